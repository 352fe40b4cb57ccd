"""印字 The pure press: template, data and instant in, the same bytes out; no clock, no database, no shared names.

All data goes in as one JSON string; the template prints strings and never evaluates them. PDF/A-2a and PDF/UA-1 are
demanded, so a missing glyph is an error; so is every warning.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from yakusho.blocks.documents._internal import fonts

LIBRARY = Path(__file__).parent.parent / "templates" / "documents"


class NotRendered(RuntimeError):
    """The template did not compile without a warning."""


@cache
def _kept_fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def strings(value: Any) -> Iterator[str]:
    """Every text inside the data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def special_fonts(data: Any, folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Texts that the first family cannot print alone, cut into pieces with their family.

    Refusals: CharacterNotPrintable, before anything is printed.
    """
    cut = {text: fonts.runs(text, folder) for text in set(strings(data))}
    return {
        text: pieces for text, pieces in sorted(cut.items()) if pieces and {p[0] for p in pieces} != {fonts.NAMES[0]}
    }


def render(template: str, data: Mapping[str, Any], issued_at: datetime, *, state: Path) -> bytes:
    """印字 The finished PDF of a Typst template over ``data``; ``state`` holds the print fonts.

    Refusals: CharacterNotPrintable. Raises NotRendered for a template or data that does not fit.
    """
    folder = fonts.folder(state)
    printed = {key: value for key, value in data.items() if key != "qr"}
    special = special_fonts(printed, folder)
    given = json.dumps({**data, "fonts": special}, ensure_ascii=False, sort_keys=True)
    try:
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            template.encode(),
            root=LIBRARY,
            font_paths=_kept_fonts(folder),
            format="pdf",
            timestamp=int(issued_at.timestamp()),
            sys_inputs={"d": given},
            pdf_standards=["a-2a", "ua-1"],
        )
    except typst.TypstError as error:
        raise NotRendered(error.message) from error
    if warnings or not isinstance(pdf, bytes):
        raise NotRendered("; ".join(str(warning) for warning in warnings))
    return pdf
