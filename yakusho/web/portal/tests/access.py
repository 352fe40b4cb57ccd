"""見える範囲 Who may open the pages of the portal: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import EVERYONE

PAGES = {"home": EVERYONE, "search": EVERYONE}
