"""住所の畳み込み One shape for the many spellings of an address, with the way back to what was typed.

Digits for kanji numerals, one hyphen for all dashes, ケ for ヶ and が, ノ for の, common characters for
variants; 字, 大字 and 第 before a number do not count. A space stays only after a number.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from yakusho.kit.names import compose, full_width, kanji_fold
from yakusho.kit.numerals import RUN, NotANumeral, kanji_number

_DASHES = "ー\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u301c~/"
_ALIKE = str.maketrans("ヶがガっッのの之" + _DASHES, "ケケケツツノノノ" + "-" * len(_DASHES))
_SILENT = r"大字|小字|字|第(?=[0-9〇零一二三四五六七八九十百千])"
_TOKEN = re.compile(rf"(?P<silent>{_SILENT})|(?P<digits>[0-9]+)|(?P<kanji>{RUN.pattern})|(?P<space>\s+)|.", re.DOTALL)


@dataclass(frozen=True)
class Folded:
    """畳み込んだ住所 The folded text, the full-width text it came from, and where each character came from."""

    text: str
    wide: str
    origins: tuple[int, ...]

    def rest(self, start: int) -> str:
        """残り What was typed (full width) from a place of the folded text on."""
        return self.wide[self.origins[start] :] if start < len(self.origins) else ""


def fold(text: str) -> Folded:
    """畳み込み The folded form of an address or of a town's name."""
    wide = full_width(compose(text).strip())
    narrow = [(shown, place) for place, typed in enumerate(wide) for shown in normalize("NFKC", typed)]
    folded: list[tuple[str, int]] = []
    for token in _TOKEN.finditer("".join(shown for shown, _ in narrow)):
        place = narrow[token.start()][1]
        after_number = bool(folded) and folded[-1][0].isdigit()
        folded += [(shown, place) for shown in _folded(token, after_number=after_number)]
    return Folded("".join(shown for shown, _ in folded), wide, tuple(place for _, place in folded))


def _folded(token: re.Match[str], *, after_number: bool) -> str:
    if token["silent"]:
        return ""
    if token["space"]:
        return " " if after_number else ""
    # Two numbers written in two ways are two numbers: 7千代田 is not 7000代田.
    apart = " " if after_number else ""
    if token["digits"]:
        return apart + str(int(token["digits"]))
    if token["kanji"]:
        return apart + _number(token["kanji"])
    return _alike(token[0])


@lru_cache(maxsize=8192)
def _alike(character: str) -> str:
    return kanji_fold(character).translate(_ALIKE)


def _number(run: str) -> str:
    try:
        return str(kanji_number(run))
    except NotANumeral:
        return run
