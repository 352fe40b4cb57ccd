"""見本の操作 One sample of each action, for the tests that break things."""

from tests.faults.samples import Knock, Stage


def load_towns(stage: Stage) -> Knock:
    return Knock("places.load_towns", {}, stage.system)
