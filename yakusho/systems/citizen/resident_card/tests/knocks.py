"""見本の操作 One sample of each action, for the tests that break things."""

from tests.faults.samples import Knock, Stage, prepared


def make_sample_card(stage: Stage) -> Knock:
    came = prepared("resident_records.move_in")
    return Knock("resident_card.make_sample_card", {"person": stage.do(came.door, **came.given).people[1]}, stage.clerk)
