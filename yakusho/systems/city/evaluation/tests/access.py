"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import EVERYONE

SAMPLES = {"measures": {}, "overview": {}, "use": {}}
PAGES = dict.fromkeys(("overview", "measures_csv"), EVERYONE)
