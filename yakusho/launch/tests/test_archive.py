"""The archive: names of segments, whose depot it is, and who asks for the passphrase."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from yakusho.launch import archive, backup, sealing
from yakusho.launch import cluster as pg
from yakusho.launch.archive import Arrangement, Carrier
from yakusho.launch.depot import Depot
from yakusho.launch.place import Place
from yakusho.launch.process import OURSELVES
from yakusho.launch.say import Stop
from yakusho.launch.sealing import Key
from yakusho.launch.words import parser


@pytest.fixture
def cluster(place: Place) -> pg.Cluster:
    found = pg.Cluster(place.state / "pg", place.state / "pg" / "run", OURSELVES, Path("/nowhere"))
    archive.open_spool(found)
    return found


@pytest.fixture
def arranged(place: Place, tmp_path: Path) -> Arrangement:
    depot = Depot(tmp_path / "depot", tmp_path / "depot.keys")
    for folder in (depot.data, depot.keys, depot.checkpoints):
        folder.mkdir(parents=True)
    (depot.data / "depot.json").write_text(json.dumps({"id": "a1", "key": "m"}))
    made = Arrangement(depot, "a1", "7", Key("ab" * 32, "m"))
    archive.note(place, made)
    return made


def seen(place: Place) -> dict[str, str]:
    told: dict[str, str] = json.loads((archive.folder(place) / "seen.json").read_text("utf-8"))
    return told


def test_the_house_is_told_when_the_depot_was_last_there_and_of_the_last_whole_backup(
    place: Place, arranged: Arrangement
) -> None:
    with pytest.raises(Stop), archive.telling(place):
        raise Stop("away")
    first = seen(place)
    assert set(first) == {"well"}  # it has to begin somewhere
    with pytest.raises(Stop), archive.telling(place):
        raise Stop("away")
    assert seen(place) == first
    whole = arranged.depot.data / "20261120T170000Z"
    whole.mkdir()
    (whole / "manifest.json").write_text(json.dumps({"facts": {"ended": "2026-11-20T17:00:00+00:00"}}))
    with archive.telling(place):
        pass
    carried = seen(place)
    assert carried["well"] > first["well"]
    assert carried["last"] == "2026-11-20T17:00:00+00:00"
    archive.opened(place)
    assert seen(place)["well"] > carried["well"]
    assert seen(place)["last"] == carried["last"]


def test_without_a_depot_there_is_nothing_to_tell(place: Place) -> None:
    with archive.telling(place):
        archive.opened(place)
    assert not (archive.folder(place) / "seen.json").exists()


def test_a_word_that_cannot_be_read_or_kept_stops_no_backup(place: Place, arranged: Arrangement) -> None:
    (archive.folder(place) / "seen.json").write_text("{")
    archive.tell(place, went_well=True)
    assert set(seen(place)) == {"well"}
    (archive.folder(place) / "seen.json").unlink()
    (archive.folder(place) / "seen.json").mkdir()
    archive.tell(place, went_well=True)
    assert (archive.folder(place) / "seen.json").is_dir()


@pytest.mark.parametrize(
    ("lsn", "segment"),
    [
        ("0/6000100", "000000010000000000000006"),
        ("0/7000000", "000000010000000000000006"),
        ("1/0", "0000000100000000000000FF"),
        ("A/FF000001", "000000010000000A000000FF"),
    ],
)
def test_a_position_ends_in_the_segment_before_it(lsn: str, segment: str) -> None:
    assert archive.segment_of(1, lsn) == segment


def test_segments_follow_each_other_over_the_end_of_their_numbers() -> None:
    assert archive.following("000000010000000000000006") == "000000010000000000000007"
    assert archive.following("0000000200000000000000FF") == "000000020000000100000000"


def test_what_was_agreed_is_kept_for_its_owner(place: Place, arranged: Arrangement) -> None:
    assert archive.arrangement(place) == arranged
    kept = [path for path in archive.folder(place).iterdir() if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in [archive.folder(place), *kept]} == {0}


def test_nothing_is_carried_to_where_nothing_is_mounted_or_to_another_city(
    place: Place, cluster: pg.Cluster, arranged: Arrangement
) -> None:
    waiting = archive.spool(cluster) / "000000010000000000000001"
    waiting.touch()
    mark = arranged.depot.data / "depot.json"
    mark.write_text(json.dumps({"id": "another"}))
    with pytest.raises(Stop, match="another city"):
        archive.carry(place, cluster)
    mark.unlink()
    for act in (archive.carry, archive.complete):  # which then asks the server for nothing either
        with pytest.raises(Stop, match="not mounted"):
            act(place, cluster)
    assert waiting.exists()


def test_only_finished_segments_are_carried(place: Place, cluster: pg.Cluster) -> None:
    for name in (".000000010000000000000002", "000000010000000000000001", "00000002.history", "note"):
        (archive.spool(cluster) / name).touch()
    assert [path.name for path in archive.waiting(cluster)] == ["000000010000000000000001", "00000002.history"]


def test_what_was_carried_leaves_the_spool_and_the_checkpoint_and_secrets_go_along(
    place: Place, cluster: pg.Cluster, arranged: Arrangement, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = []

    def order(_: Place, do: str, **what: object) -> dict[str, object]:
        orders.append((do, what))
        if do == "pack":
            Path(str(what["box"])).touch()
        return {}

    monkeypatch.setattr(sealing, "order", order)
    (place.state / "audit").mkdir()
    (place.state / "audit" / "checkpoint").write_text("city\n42\nroot\n\nsignature\n")
    (place.secrets / "number_key").write_text("12")
    for number in range(20):
        (archive.spool(cluster) / f"{number:024X}").touch()
    assert archive.carry(place, cluster) == 20
    assert archive.waiting(cluster) == []
    assert [do for do, _ in orders] == ["seal", "seal", "pack"]
    assert (arranged.depot.checkpoints / "000000000042").read_text() == "city\n42\nroot\n\nsignature\n"
    assert len(list(arranged.depot.keys.glob("secrets-*.box"))) == 1
    assert archive.carry(place, cluster) == 0
    assert len(orders) == 3  # secrets that have not changed stay where they are
    (place.secrets / "number_key").write_text("34")
    archive.carry(place, cluster)
    assert orders[3][0] == "pack"


def test_the_carrier_is_started_once_a_minute_and_only_where_something_was_agreed(
    place: Place, cluster: pg.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(archive, "EVERY", 0.0)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: started.append(command) or Idle())
    carrier = Carrier(place, cluster)
    carrier.look()
    assert started == []
    (archive.folder(place)).mkdir()
    (archive.folder(place) / "arrangement.json").touch()
    carrier.look()
    assert [command[-2:] for command in started] == [["backup", "--carry"]]
    monkeypatch.setattr(archive, "EVERY", 60.0)
    Carrier(place, cluster).look()
    assert len(started) == 1
    carrier.close()


class Idle:
    def poll(self) -> int:
        return 0

    def wait(self) -> int:
        return 0


def archived(data: Path, name: str) -> int:
    """What the server does with a finished segment."""
    command = pg.ARCHIVE.replace("%p", f"pg_wal/{name}").replace("%f", name)
    return subprocess.run(["sh", "-c", command], cwd=data).returncode


def test_the_server_archives_only_where_backups_are_kept(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "pg_wal").mkdir(parents=True)
    (data / "pg_wal" / "0001").write_bytes(b"log")
    assert archived(data, "0001") == 0
    assert not (tmp_path / "spool").exists()
    (tmp_path / "spool").mkdir()
    assert archived(data, "0001") == 0
    assert archived(data, "0001") == 0  # again after a crash
    assert {path.name: path.read_bytes() for path in (tmp_path / "spool").iterdir()} == {"0001": b"log"}
    assert archived(data, "0002") != 0


def test_a_passphrase_is_made_once_and_strong(tmp_path: Path) -> None:
    word = sealing.asked(tmp_path / "word", may_make=True)
    assert len(word.replace("-", "")) == 32
    assert set(word) <= set(sealing.LETTERS + "-")
    assert (tmp_path / "word").stat().st_mode & 0o077 == 0
    assert sealing.asked(tmp_path / "word", may_make=True) == word
    assert sealing.asked(tmp_path / "word", may_make=False) == word


def test_without_a_passphrase_it_says_how_to_give_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sealing.VARIABLE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(Stop, match="--passphrase FILE"):
        sealing.asked(None, may_make=True)
    with pytest.raises(Stop, match="cannot be read"):
        sealing.asked(tmp_path / "none", may_make=False)
    monkeypatch.setenv(sealing.VARIABLE, "from the environment")
    assert sealing.asked(None, may_make=False) == "from the environment"


def test_a_typed_passphrase_is_typed_twice_when_it_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sealing.VARIABLE, raising=False)
    monkeypatch.setattr(sys, "stdin", Terminal())
    typed = ["one long passphrase", "another long passphrase", "the same words", "the same words", "once"]
    monkeypatch.setattr(sealing, "getpass", lambda _: typed.pop(0))
    with pytest.raises(Stop, match="not the same"):
        sealing.asked(None, may_make=True)
    assert sealing.asked(None, may_make=True) == "the same words"
    assert sealing.asked(None, may_make=False) == "once"


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("kind", sealing.PROBLEMS)
def test_every_problem_is_said_in_both_languages(kind: str) -> None:
    japanese, _, english = sealing.problem(kind, "x.box").message.partition(" / ")
    assert any(ord(letter) > 0x3000 for letter in japanese)
    assert english.isascii()


@pytest.mark.parametrize("words", [["--to", "{state}/b"], ["--to", "{tmp}/b", "--passphrase", "{tmp}/b/word"]])
def test_backups_keys_and_passphrase_lie_apart(place: Place, tmp_path: Path, words: list[str]) -> None:
    given = [word.format(state=place.state, tmp=tmp_path) for word in words]
    options = parser().parse_args(["backup", *given])
    depot = Depot(options.to, options.to.with_name("b.keys"))
    with pytest.raises(Stop, match="apart from each other"):
        backup._found(place, depot, "7", options)
    assert not depot.data.exists()


def test_a_folder_with_something_in_it_is_left_alone(place: Place, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "photo.jpg").touch()
    options = parser().parse_args(["backup", "--to", str(tmp_path / "b"), "--passphrase", str(tmp_path / "word")])
    with pytest.raises(Stop, match="not empty"):
        backup._found(place, Depot(tmp_path / "b", tmp_path / "k"), "7", options)
    assert not (tmp_path / "word").exists()


def test_two_backups_at_a_time_are_one_too_many(place: Place) -> None:
    with archive.alone(place, "backup", wait=False) as first, archive.alone(place, "backup", wait=False) as second:
        assert (first, second) == (True, False)
    with archive.alone(place, "backup", wait=True) as third:
        assert third


def test_without_a_city_or_a_place_there_is_no_backup(place: Place) -> None:
    for words, sentence in ((["backup"], "no city here"), (["backup", "--list"], "No backup has been made")):
        with pytest.raises(Stop, match=sentence) as stop:
            backup.backup(place, parser().parse_args(words))
        assert stop.value.code == 2
    assert not archive.folder(place).exists()
