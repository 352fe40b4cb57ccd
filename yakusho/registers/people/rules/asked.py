"""検索のことば What a clerk typed into the one search box: 「たかはし S54」「450305」「本宮5-15-8」「KIM 90」「*みさき」."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize

from yakusho.kit.calendar.reading import candidate_spans
from yakusho.kit.names import address_fold, kana_fold, kanji_fold, latin_fold
from yakusho.kit.periods import Period
from yakusho.kit.refusal import BadInput

ADDRESS = re.compile(r"丁目|番地|番(?!$)|\d号|[^\d\sA-Z-]\d|^\d+(-\d+)+$")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc・]+")
LATIN = re.compile(r"[A-Z\u00c0-\u024f][A-Z\u00c0-\u024f'’.\- ]*")


class NumberNotSearched(BadInput):
    """個人番号・住民票コードでは検索できません。 / Individual numbers and resident codes are not searched."""

    field = "text"


class NothingAsked(BadInput):
    """氏名、振り仮名、生年月日、住所、宛名番号のどれかを入力してください。
    / Enter a name, a reading, a date of birth, an address or a person's number.
    """

    field = "text"


@dataclass(frozen=True)
class Asked:
    """検索条件 Folded prefixes and spans of days; everything that is given must match."""

    number: int | None = None
    reading: str = ""
    writing: str = ""
    given: str = ""
    born: tuple[Period[date], ...] = ()
    address: str = ""

    @property
    def given_reading(self) -> str:
        """名の読み The given name as a folded reading."""
        return folded_reading(self.given)

    @property
    def given_town(self) -> str:
        """町字かもしれない The second word read as the beginning of an address."""
        return address_fold(self.given)

    @property
    def given_is_reading(self) -> bool:
        """Whether the given name was typed in kana or Latin letters."""
        return _is_reading(self.given)

    @property
    def given_writing(self) -> str:
        """名の文字 The given name as folded characters."""
        return kanji_fold(self.given)


def folded_reading(text: str) -> str:
    """読みの畳み込み Katakana, or capital Latin letters, without what people vary."""
    return latin_fold(text) if LATIN.fullmatch(text.upper()) else kana_fold(text)


def read(text: str, *, on: date, address: str = "") -> Asked:
    """検索のことばを読む Refusals: NumberNotSearched, NothingAsked. Dates that lie after ``on`` are not meant."""
    asked = Asked(address=address_fold(address) if address else "")
    names: list[str] = []
    for word in normalize("NFKC", text).split():
        asked = _read_word(asked, word, names, on)
    asked = _with_names(asked, names)
    if asked == Asked():
        raise NothingAsked
    return asked


def _read_word(asked: Asked, word: str, names: list[str], on: date) -> Asked:
    if re.fullmatch(r"\d{11,12}|\d{4}-\d{4}-\d{4}", word):
        raise NumberNotSearched
    if spans := _spans(word, on):
        return replace(asked, born=spans)
    if word.isdigit():
        return replace(asked, number=int(word))
    if ADDRESS.search(word.upper()):
        town = names.pop() if word[0].isdigit() and names else ""
        return replace(asked, address=address_fold(asked.address + town + word))
    names.append(word)
    return asked


def _spans(word: str, on: date) -> tuple[Period[date], ...]:
    if re.fullmatch(r"\d{2}", word):
        return tuple(_years(int(word), on))
    if not re.search(r"[\d元]", word):
        return ()
    try:
        return tuple(span for span in candidate_spans(word, latest=on) if span.from_ <= on)
    except BadInput:
        return ()


def _years(two: int, on: date) -> Iterable[Period[date]]:
    """A year of two digits: 1990 or 2090, and 昭和 where it had such a year."""
    western = [1900 + two, 2000 + two, *([1925 + two] if 1 <= two <= 64 else [])]
    return [Period(date(year, 1, 1), date(year + 1, 1, 1)) for year in sorted(western) if year <= on.year]


def _with_names(asked: Asked, names: list[str]) -> Asked:
    if not names:
        return asked
    first, rest = names[0], "".join(names[1:])
    if first[0] in "*＊":
        return replace(asked, given=first[1:] + rest)
    if _is_reading(first):
        return replace(asked, reading=folded_reading(first), given=rest)
    return replace(asked, writing=kanji_fold(first), given=rest)


def _is_reading(text: str) -> bool:
    return bool(KANA.fullmatch(text) or LATIN.fullmatch(text.upper()))
