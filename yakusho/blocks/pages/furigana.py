"""ふりがな In やさしい日本語 `市役所(しやくしょ)` becomes ruby, everywhere in the text of a page."""

import re

_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_READING = re.compile(r"([々〆ヶ\u3400-\u9fff\uf900-\ufaff]+)\(([ぁ-ゖー]+)\)")
_OPENS = re.compile(r"<(title|textarea|option|script|style|text|ruby)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(title|textarea|option|script|style|text|ruby)\s*>", re.IGNORECASE)
_RUBY = r"<ruby>\1<rp>(</rp><rt>\2</rt><rp>)</rp></ruby>"


def with_ruby(html: str) -> str:
    """ふりがな Readings in brackets set above the kanji before them; not in titles, fields, attributes or pictures."""
    pieces = _TAG.split(html)
    plain = 0
    for number, piece in enumerate(pieces):
        if number % 2:
            plain += bool(_OPENS.match(piece)) - bool(_CLOSES.match(piece))
        elif not plain and _READING.search(piece):
            # One span around the run: in a button or a heading with an icon each ruby would be an item of its own.
            pieces[number] = f"<span>{_READING.sub(_RUBY, piece)}</span>"
    return "".join(pieces)
