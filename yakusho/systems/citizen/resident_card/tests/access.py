"""見える範囲 Samples of what can be done here: for the matrix of rights in `tests/access`."""

from tests.access.rooms import Of
from yakusho.blocks.doors import EVERYONE

SAMPLES = {"make_sample_card": {"person": Of("person")}}
PAGES = {"made": EVERYONE}
