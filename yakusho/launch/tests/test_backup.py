"""A backup counts when it has been tried, and a restored city is compared with the last it must know."""

from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from yakusho.launch import backup, restore
from yakusho.launch import depot as depots
from yakusho.launch.depot import Depot
from yakusho.launch.place import Place
from yakusho.launch.say import Stop
from yakusho.launch.sealing import Key

FACTS = {"timeline": 1, "first_segment": "0" * 24, "end_segment": "0" * 24}


@pytest.fixture
def depot(tmp_path: Path) -> Depot:
    found = Depot(tmp_path / "data", tmp_path / "data.keys")
    for folder in (found.keys, found.checkpoints):
        folder.mkdir(parents=True)
    return found


@pytest.fixture
def taken(place: Place, depot: Depot, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`_take` with everything that needs a server replaced: what is left is the order of the steps."""
    asked: list[str] = []

    def packed(place: object, made: object, source: Path, draft: Path, name: str) -> dict[str, int]:
        asked.append(name)
        (draft / f"{name}.box").write_bytes(b"12345")
        return {"bytes": 5}

    cluster = SimpleNamespace(root=place.state / "copy", data=place.state / "copy" / "data", account=None)
    monkeypatch.setattr(backup.trial, "copy_beside", lambda _: cluster)
    for name in ("stop", "own_folder"):
        monkeypatch.setattr(backup.pg, name, lambda *_: None)
    for name in ("_room", "_beside"):
        monkeypatch.setattr(backup, name, lambda *_: None)
    monkeypatch.setattr(backup, "_copy", lambda *_: FACTS)
    monkeypatch.setattr(backup, "_pack", packed)
    monkeypatch.setattr(backup.archive, "await_segment", lambda *_: None)
    monkeypatch.setattr(backup.proof, "commit", lambda _: "-")
    made = SimpleNamespace(depot=depot, key=Key("ab" * 32, "0123456789abcdef"), system="7")
    return SimpleNamespace(run=lambda: backup._take(place, cluster, made), asked=asked)  # type: ignore[arg-type]


def test_a_copy_that_cannot_be_brought_to_its_end_is_no_backup(
    taken: Any, depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def broken(*_: object, **__: object) -> Any:
        raise Stop("控えの終わりまで復元できません。 / The end of the backup is not reached.")
        yield

    monkeypatch.setattr(backup.trial, "standing", broken)
    with pytest.raises(Stop, match="The end of the backup is not reached"):
        taken.run()
    assert taken.asked == ["base"]
    assert depots.backups(depot.data) == []
    assert [path.name for path in depot.data.glob("*T*Z*")] == []


def test_what_was_tried_is_a_backup_and_says_what_was_counted(
    taken: Any, depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"record": {"size": 3, "root": "aa"}, "tables": 1, "rows": 2}
    monkeypatch.setattr(backup, "_try", lambda *_: found)
    name = taken.run()
    (one,) = depots.backups(depot.data)
    assert one.folder.name == name
    assert {word: one.facts[word] for word in found} == found
    assert taken.asked == ["base", "beside"]


def test_the_last_checkpoint_carried_away_is_the_witness(depot: Depot) -> None:
    for size in (0, 40, 90, 300):
        (depot.checkpoints / str(size)).write_text("note")
    found = [restore._witness(depot, size) for size in (300, 299, 40, 39)]
    assert [path and path.name for path in found] == ["300", "90", "40", None]
