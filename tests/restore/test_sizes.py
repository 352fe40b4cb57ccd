"""The same at the size of a city, to a minute in the middle of the work: what it takes, and what was acknowledged."""

import tempfile
from pathlib import Path

import pytest

from tests import house
from tests.faults import samples, writers
from tests.faults.city import Rig
from tests.restore import drill
from tests.sizes import LONG, PROVE

SIZES = [10_000] * PROVE + [285_000] * LONG
pytestmark = [pytest.mark.faults, pytest.mark.skipif(not SIZES, reason="minutes: bin/yakusho prove")]


def built(act, population):
    """The sample city with so many people, in the private cluster."""
    owner = act.city.environ() | {"YAKUSHO_DB_USER": "yakusho_owner"}
    words = ["city", "build", "--population", str(population), "--seed", "7"]
    house.manage(*words, database="city", **{name: owner[name] for name in owner if name.startswith("YAKUSHO")})


def lies(private):
    with private.ledger() as ledger:
        return ledger.lies(samples.truths() | writers.UNANSWERED)


def goes_on(private, into):
    """The restored city acts, and its record goes on from where it was."""
    rig = Rig(private.environ() | {"YAKUSHO_RECORD": str(into / "audit")})
    try:
        size = rig.act("settle")["size"]
        acted = rig.one(rig.prepare("resident_records.move_in"))
        settled = rig.act("settle")
        return "result" in acted and settled["ok"] and settled["size"] > size >= drill.told(into)["record"]["size"]
    finally:
        rig.close()


def weight(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def worked(act):
    """Backed up while people write; a minute taken while they go on writing; what was acknowledged by then and later."""
    with act.writing("during", seconds=20):
        backup = act.backup().must()
    with act.writing("through", seconds=6) as books:
        while len(drill.lines(books)) < 6:
            pass
        minute = act.now()
        by_then = drill.lines(act.books)
    later = [book.read_text("ascii").splitlines() for book in books]
    known = {" ".join(line) for line in by_then}
    new = [[line for line in lines if line not in known][1:] for lines in later]  # the first was under way
    act.command("backup", "--carry").must()
    return backup, minute, by_then, {tuple(line.split()) for lines in new for line in lines}


@pytest.mark.parametrize("population", SIZES)
def test_a_city_comes_back_as_of_a_minute_in_the_middle_of_its_work(population, record_property):
    with tempfile.TemporaryDirectory(prefix="yakusho-restore-", dir="/tmp") as made, drill.drill(Path(made)) as act:
        built(act, population)
        act.settle()
        before = lies(act.city)  # an invented city has no letters about how it came to be
        backup, minute, by_then, later = worked(act)
        data = weight(act.city.cluster.data)
        act.destroy()
        into = act.folder / "restored"
        try:
            again = act.restore(into, "--until", minute.isoformat()).must()
            with drill.opened(into) as (private, ledger):
                lost, late = by_then - drill.found(ledger, by_then), drill.found(ledger, later)
                assert (lost, late) == (set(), set())
                assert lies(private) == before
                assert ledger.value("select count(*) from people_person") >= population
                assert goes_on(private, into)
            told = drill.told(into)
            assert told["witness"] <= told["record"]["size"]
        finally:
            drill.discard(into)
        figures = {
            "residents": population,
            "rows": told["rows"],
            "acknowledged": len(by_then),
            "lost": len(lost),
            "later": len(later),
            "late": len(late),
            "data_mb": round(data),
            "backup_mb": round(weight(next(act.depot.glob("*T*Z")))),
            "backup_seconds": round(backup.seconds, 1),
            "restore_seconds": round(again.seconds, 1),
        }
        for name, value in figures.items():
            record_property(f"{name}_{population}", value)
        steps = (line for text in (backup.text, again.text) for line in text.splitlines())
        record_property(f"steps_{population}", "; ".join(line.strip() for line in steps if line.endswith(" s")))
        assert later
