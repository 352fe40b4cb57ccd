"""かな Kana of names: width, hiragana and katakana, and what 振り仮名 may hold."""

import re
from unicodedata import normalize

from yakusho.kit.refusal import BadInput

_HALF_KANA = re.compile(r"[\uff61-\uff9f]+")
_HIRAGANA = {code: chr(code + 0x60) for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_KATAKANA = {ord(kata): chr(code) for code, kata in _HIRAGANA.items()}
_FULL = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {0x20: "\u3000"}
_SPACING_MARKS = {0x309B: "\u3099", 0x309C: "\u309a"}
_MARKED = re.compile(r"[\u3041-\u30ff][\u3099\u309a]")
# Katakana of 現代仮名遣い with small ones, ヴ and the long mark; historical ヰヱ stay possible for old records.
_FURIGANA = frozenset(map(chr, range(0x30A1, 0x30F5))) | {"ー"}


class NotFurigana(BadInput):
    """振り仮名に使えない文字があります（{characters}）。カタカナで入力してください。
    / These characters cannot be used in a reading: {characters}. Please use katakana.
    / よみかたは カタカナで かいて ください（{characters}は つかえません）。
    """


class FuriganaMissing(BadInput):
    """振り仮名を入力してください。 / Please enter the reading in katakana. / よみかたを かいて ください。"""


def join_marks(text: str) -> str:
    """濁点の結合 Kana followed by a dakuten or handakuten as one character (か゛, か + U+3099 -> が)."""
    return _MARKED.sub(lambda found: normalize("NFC", found[0]), text.translate(_SPACING_MARKS))


def full_width(text: str) -> str:
    """全角 ASCII and half-width kana as full-width characters, dakuten joined; the rest stays."""
    return join_marks(_HALF_KANA.sub(lambda run: normalize("NFKC", run[0]), text).translate(_FULL))


def katakana(text: str) -> str:
    """カタカナ Hiragana as katakana; the rest stays."""
    return text.translate(_HIRAGANA)


def hiragana(text: str) -> str:
    """ひらがな Katakana as hiragana, where a hiragana exists; the rest stays."""
    return text.translate(_KATAKANA)


def furigana(text: str, *, separators: str = "") -> str:
    """氏名の振り仮名 Full-width katakana from whatever kana was typed; refuses NotFurigana and FuriganaMissing.

    Spaces at the ends go. Inside, only `separators` are allowed: none for a reading in the 戸籍, "・　" for
    the convenience kana of names that have parts. A reading does not begin with a long mark.
    """
    reading = katakana(full_width(text.strip()))
    if not reading:
        raise FuriganaMissing
    wrong = [character for character in reading if character not in _FURIGANA and character not in separators]
    if wrong or reading.startswith("ー"):
        raise NotFurigana(characters=list(dict.fromkeys(wrong or ["ー"])))
    return reading
