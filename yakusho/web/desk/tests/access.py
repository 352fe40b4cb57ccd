"""見える範囲 Who may open the pages of the desk: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import STAFF

PAGES = {"home": STAFF}
