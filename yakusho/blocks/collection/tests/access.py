"""見える範囲 Samples of what can be asked here: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import EVERYONE

SAMPLES = {"late_charge": {"kind": "tax", "yen": 65_000, "due": "2021-05-31", "paid_on": "2022-01-31"}}
PAGES = {"late_charge": EVERYONE}
