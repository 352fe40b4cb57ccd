"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import EVERYONE

SAMPLES = {"months": {}, "statistics": {}}
PAGES = dict.fromkeys(("overview", "towns_csv", "months_csv"), EVERYONE)
