"""見える範囲 The gallery of parts shows no data: for the matrix of rights in `tests/access`."""

from yakusho.blocks.doors import EVERYONE

PAGES = dict.fromkeys(("desk", "desk_check", "desk_form", "done", "parts", "question", "state", "walk"), EVERYONE)
