"""Each command sent one to five times, at the same time or one after another, with one key: one effect, one answer."""

import random
import sys

import pytest

from tests.faults import city, crashes, samples
from tests.sizes import sized

pytestmark = pytest.mark.faults
COMMANDS = sized(5, 30, 1_000)
ALWAYS = ("resident_records.move_in", "documents.issue", "documents.hand_over", "identity.begin", "exchange.claim")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    with city.broken_city("repeats", tmp_path_factory.mktemp("repeats")) as found:
        yield found


def repeated(rig, ledger, door, times, gap):
    """A command sent ``times`` times, each ``gap`` seconds after the one before; what is wrong."""
    way = crashes.course(rig, ledger, door)
    knock = rig.prepare(door)
    mark = ledger.mark()
    answers = rig.all([knock | {"wait": gap * number} for number in range(times)])
    results = [answer["result"] for answer in answers if "result" in answer]
    others = [answer for answer in answers if "result" not in answer and answer.get("refusal") != "shown_once"]
    state = ledger.since(mark)
    wrong = [f"answers differ: {answers}"] if any(result != results[0] for result in results) else []
    wrong += [f"refused or broken: {others}"] if others or not results else []
    wrong += [] if state == way.whole else [f"{state} instead of {way.whole}"]
    return [f"{door} × {times}: {what}" for what in [*wrong, *ledger.lies(samples.truths())]]


def go_through(rig, ledger, doors, chance):
    """Each of these commands, one to five times; what is wrong."""
    return [
        what
        for door in doors
        for what in repeated(rig, ledger, door, chance.randint(1, 5), chance.choice([0, 0, 0.01, 0.1]))
    ]


def test_one_to_five_times_one_effect(broken, record_property):
    seed = city.seed()
    sys.stdout.write(f"YAKUSHO_SEED={seed}\n")
    doors = crashes.chosen(samples.sampled(), COMMANDS, ALWAYS, seed)
    wrong = go_through(*broken, doors, random.Random(seed))
    record_property("commands", len(doors))
    record_property("with other than one effect", len(wrong))
    assert wrong == [], f"YAKUSHO_SEED={seed}"


def test_commands_in_any_order_with_repeats_have_each_one_effect(broken):
    """Ten commands, sent two times each in an order by chance, five at a time."""
    rig, ledger = broken
    seed = city.seed()
    chance = random.Random(seed)
    doors = chance.sample([door for door in samples.sampled() if door.startswith("resident_records.")], 10)
    knocks = [rig.prepare(door) for door in doors]
    keys = {knock["key"] for knock in knocks}
    sent = chance.sample(knocks * 2, len(knocks) * 2)
    for at in range(0, len(sent), 5):
        rig.all(sent[at : at + 5])
    stored = "select count(*) from doors_key where key = any(%s) and result <> ''"
    rows = "select count(*) from audit_entry where id > 0 and door = any(%s) and kind = 'action'"
    before = ledger.value(rows, doors)
    assert ledger.value(stored, list(keys)) == len(keys), f"YAKUSHO_SEED={seed}"
    for knock in chance.sample(knocks, len(knocks)):
        rig.one(knock)
    assert ledger.value(rows, doors) == before
    assert ledger.lies(samples.truths()) == []


def test_the_same_key_for_something_else_is_refused(broken):
    rig, ledger = broken
    knock = rig.prepare("resident_records.move_in")
    assert "result" in rig.one(knock)
    mark = ledger.mark()
    other = knock | {"given": {"notice": knock["given"]["notice"] | {"came_from": "別の住所"}}}
    assert rig.one(other)["refusal"] == "key_reused"
    assert rig.one(knock, by=knock["by"] | {"account": 999})["refusal"] == "key_reused"
    assert ledger.since(mark) == {}
