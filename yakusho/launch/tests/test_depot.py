"""Where backups lie: what is whole, which one is taken, what is dropped."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yakusho.launch import depot as depots
from yakusho.launch import replay, restore
from yakusho.launch.depot import Backup, Depot
from yakusho.launch.say import Stop
from yakusho.launch.sealing import Key

KEY = Key("ab" * 32, "0123456789abcdef")
NIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)


def made(depot: Depot, day: int, *, segment: int, record: int = 0) -> str:
    """A whole backup of that night."""
    ended = NIGHT + timedelta(days=day)
    name = depots.stamp(ended)
    folder = depot.data / name
    folder.mkdir(parents=True)
    (folder / "base.box").write_bytes(b"12345")
    facts = {"ended": ended.isoformat(), "system": "7", "timeline": 1, "boxes": {"base": {"bytes": 5}}, "rows": 3}
    facts |= {"first_segment": f"{segment:024X}", "end_segment": f"{segment:024X}", "record": {"size": record}}
    depots.write_manifest(folder, facts, KEY)
    return name


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    found = Depot(tmp_path / "data", tmp_path / "data.keys")
    for folder in (found.keys, found.checkpoints, found.wal("7")):
        folder.mkdir(parents=True)
    return found


def boxes(depot: Depot, *numbers: int) -> None:
    for number in numbers:
        (depot.wal("7") / f"00000001{number:016X}.box").touch()


def wal(number: int) -> int:
    return (1 << 64) + number


def test_only_a_folder_with_its_manifest_is_a_backup(depot: Depot) -> None:
    name = made(depot, 0, segment=1)
    (depot.data / "20261122T170000Z").mkdir()
    (depot.data / "20261123T170000Z").mkdir()
    (depot.data / "20261123T170000Z" / "manifest.json").write_text('{"facts": ')
    (depot.data / "20261124T170000Z.draft").mkdir()
    assert [one.folder.name for one in depots.backups(depot.data)] == [name]


def test_what_breaks_while_it_is_made_gets_no_name(depot: Depot) -> None:
    def broken() -> None:
        with depots.drafted(depot.data / "20261124T170000Z") as draft:
            (draft / "base.box").touch()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert list(depot.data.glob("2026*")) == []
    with depots.drafted(depot.data / "20261124T170000Z") as draft:
        (draft / "base.box").touch()
    assert [path.name for path in depot.data.glob("2026*/*")] == ["base.box"]


def test_the_depot_gives_the_last_backup_before_the_minute(depot: Depot) -> None:
    names = [made(depot, day, segment=day) for day in range(3)]
    assert depots.choose(depot.data, None).folder.name == names[2]
    assert depots.choose(depot.data, NIGHT + timedelta(days=1, hours=3)).folder.name == names[1]
    assert depots.choose(depot.data / names[0], NIGHT + timedelta(days=9)).folder.name == names[0]


@pytest.mark.parametrize("path", ["", "20261120T170000Z"])
def test_a_minute_before_every_backup_is_refused(depot: Depot, path: str) -> None:
    made(depot, 0, segment=1)
    with pytest.raises(Stop, match="That minute is before") as stop:
        depots.choose(depot.data / path, NIGHT - timedelta(minutes=1))
    assert stop.value.code == 2
    assert "2026-11-21 02:00:00+09:00" in stop.value.message


@pytest.mark.parametrize(
    ("path", "sentence"), [("elsewhere", "no backup"), (".", "No whole"), ("20261122T170000Z", "Not")]
)
def test_no_backup_is_said(depot: Depot, path: str, sentence: str) -> None:
    (depot.data / "20261122T170000Z").mkdir()
    with pytest.raises(Stop, match=sentence):
        depots.choose(depot.data / path, None)


def test_a_manifest_is_proved(depot: Depot) -> None:
    backup = depots.read(depot.data / made(depot, 0, segment=1))
    assert backup is not None
    depots.check_manifest(backup, KEY)
    with pytest.raises(Stop, match="manifest was changed"):
        depots.check_manifest(backup, Key("cd" * 32, "x"))
    changed = Backup(backup.folder, backup.facts | {"rows": 4})
    with pytest.raises(Stop, match="manifest was changed"):
        depots.check_manifest(changed, KEY)
    (backup.folder / "base.box").write_bytes(b"1234")
    with pytest.raises(Stop, match="missing or cut off"):
        depots.check_manifest(backup, KEY)


def test_what_is_dropped_is_what_nobody_needs_any_more(depot: Depot) -> None:
    names = [made(depot, day, segment=wal(10 * day), record=100 * day) for day in range(4)]
    boxes(depot, *range(40))
    (depot.wal("7") / f"{wal(5):024X}.00000028.backup.box").touch()
    for size in (50, 150, 200, 300):
        (depot.checkpoints / f"{size:012d}").touch()
    for day in (-1, 0, 1, 3):
        (depot.keys / f"secrets-{depots.stamp(NIGHT + timedelta(days=day))}.box").touch()
    assert depots.retain(depot, 2) == names[:2]
    assert [one.folder.name for one in depots.backups(depot.data)] == names[2:]
    left = sorted(int(path.name[8:24], 16) for path in depot.wal("7").glob("*.box"))
    assert left == list(range(20, 40))
    assert sorted(int(path.name) for path in depot.checkpoints.iterdir()) == [200, 300]
    assert len(list(depot.keys.glob("secrets-*"))) == 2  # the one in use at the oldest backup, and a later one
    assert depots.retain(depot, 2) == []


def backup_of(depot: Depot) -> Backup:
    found = depots.read(depot.data / made(depot, 0, segment=wal(3)))
    assert found is not None
    return found


def test_the_chain_ends_where_the_log_ends(depot: Depot) -> None:
    boxes(depot, 1, 2, 3, 4, 5)
    names, missing = replay.chain(depot, backup_of(depot), until=None)
    assert (len(names), missing) == (3, "")


def test_a_gap_is_named_unless_the_minute_may_lie_before_it(depot: Depot) -> None:
    backup = backup_of(depot)
    boxes(depot, 3, 4, 6)
    gap = f"{wal(5):024X}"
    with pytest.raises(Stop, match=gap):
        replay.chain(depot, backup, until=None)
    names, missing = replay.chain(depot, backup, until=NIGHT)
    assert (len(names), missing) == (2, gap)


def test_a_log_that_does_not_begin_where_the_backup_ends_is_none(depot: Depot) -> None:
    boxes(depot, 4, 5)
    with pytest.raises(Stop, match=f"{wal(3):024X} is missing"):
        replay.chain(depot, backup_of(depot), until=NIGHT)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-23 14:05", datetime(2026, 11, 23, 5, 5, tzinfo=UTC)),
        ("2026-11-23T14:05:06.5", datetime(2026, 11, 23, 5, 5, 6, 500_000, tzinfo=UTC)),
        ("2026-11-23 14:05+00:00", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
    ],
)
def test_a_minute_is_japanese_unless_it_says_otherwise(text: str, instant: datetime) -> None:
    assert restore.minute(text) == instant


@pytest.mark.parametrize("text", ["昨日", "14:05", "2026-13-01 00:00", "令和8年"])
def test_what_is_no_minute_is_said(text: str) -> None:
    with pytest.raises(Stop) as stop:
        restore.minute(text)
    assert stop.value.code == 2


def test_a_file_is_put_whole_and_for_its_owner(tmp_path: Path) -> None:
    depots.put(tmp_path / "a.json", json.dumps({"a": 1}))
    depots.put(tmp_path / "a.json", json.dumps({"a": 2}))
    assert json.loads((tmp_path / "a.json").read_text()) == {"a": 2}
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").stat().st_mode & 0o077 == 0
