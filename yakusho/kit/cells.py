"""表計算の項目 CSV that spreadsheets open: every file out of the house is written here, so that no cell of it is ever run."""

import csv
import io
from collections.abc import Iterable

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
SKIPPED = " \u3000\n\u200b\u2060\ufeff"  # what spreadsheets may drop before they look at the first character


def guarded(cell: str) -> str:
    """数式の無害化 A cell that a spreadsheet shows as text: an apostrophe before everything that begins like a formula.

    A cell that begins with an apostrophe gets another one, so that reading back gives what was written.
    """
    return f"'{cell}" if cell.lstrip(SKIPPED).startswith((*FORMULA, "'")) else cell


def unguarded(cell: str) -> str:
    """無害化の解除 The cell as it was before ``guarded``."""
    bare = cell.removeprefix("'")
    return bare if bare != cell and guarded(bare) == cell else cell


def written(rows: Iterable[Iterable[str | int]], *, first: bool = True) -> str:
    """CSVの書出し Rows as CSV text, texts guarded, numbers as they are; UTF-8 with BOM at the beginning of a file."""
    out = io.StringIO()
    shown = ([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    csv.writer(out, lineterminator="\r\n").writerows(shown)
    return (BOM if first else "") + out.getvalue()
