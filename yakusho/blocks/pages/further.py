"""続き Lists by pages: a page goes on after its last line. No line is counted or skipped: in a list of a million rows the last
page costs what the first does, and lines that come or go meanwhile move no other line from one page to another."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from yakusho.blocks.pages.request import Request

Row = TypeVar("Row")
Mark = TypeVar("Mark")
LONGEST = 18  # digits that fit a number of the database


def after_text(request: Request) -> str:
    """どこから What the address says that the page comes after; "" from the beginning."""
    return request.GET.get("after", "")[:100]


def after_number(request: Request) -> int | None:
    """どこから The same where lines have numbers; what is no number is the beginning."""
    said = after_text(request)
    return int(said) if said.isdecimal() and len(said) <= LONGEST else None


def cut(found: Sequence[Row], most: int, mark: Callable[[Row], Mark]) -> tuple[list[Row], Mark | None]:
    """1ページ分 The lines of a page, and what the next one comes after: None where no line follows (the query gives one more)."""
    lines = list(found[:most])
    return lines, mark(lines[-1]) if len(found) > most else None
