"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from tests.faults.samples import prepared
from yakusho.blocks.exchange.apps import OPERATORS

SAMPLES = {
    "add_key": {"endpoint": Of("endpoint")},
    "dead_letters": {},
    "dispatches": {"endpoint": Of("endpoint")},
    "endpoints": {},
    "pause_endpoint": {"endpoint": Of("endpoint"), "active": False},
    "replay": {"dispatch": Of("dispatch")},
    "retire_key": {"endpoint": Of("endpoint"), "version": 1},
    "signing_keys": {"endpoint": Of("endpoint")},
    "waiting": {},
}


def endpoint(scene, person, by):
    return prepared("exchange.retire_key").given["endpoint"]


def dispatch(scene, person, by):
    return prepared("exchange.replay").given["dispatch"]


OBJECTS = {"endpoint": endpoint, "dispatch": dispatch}
PAGES = {"dead_letters": OPERATORS, "endpoint": OPERATORS, "endpoints": OPERATORS}
