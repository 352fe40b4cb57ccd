"""入力の補正 What people type, repaired before it is judged: widths, spaces, hyphens, marks. Pure functions.

Names keep their characters as typed: no Unicode normalisation, which would replace 外字 (﨑, 神) by others.
"""

import re

import jaconv

_SPACES = re.compile(r"[\s\u3000]+")
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u2028\u2029\ufeff]")
_DASHES = re.compile(r"[-‐‑‒–—―−ｰー－]")
_NUMBER = re.compile(r"[-+]?\d+")
_UNITS = re.compile(r"[,，、\s\u3000]|[円人歳通枚個件回つ]$")


def words(text: str) -> str:
    """文字 One line: half-width kana widened, spaces at the ends dropped, invisible characters removed."""
    return jaconv.h2z(_INVISIBLE.sub("", text), kana=True, ascii=False, digit=False).strip()


def lines(text: str) -> str:
    """文章 Several lines, each kept, line ends made one kind."""
    return words(text.replace("\r\n", "\n").replace("\r", "\n"))


def kana(text: str) -> str:
    """振り仮名 Full-width katakana with single spaces, from any width and from hiragana."""
    return _SPACES.sub(" ", jaconv.hira2kata(words(text)))


def narrow(text: str) -> str:
    """半角 Full-width letters, digits and marks made half-width."""
    return jaconv.z2h(_INVISIBLE.sub("", text), kana=False, ascii=True, digit=True).strip()


def digits(text: str) -> str:
    """数字 Digits only where only marks stand between them (〒020-0866, ０１９（６５１）４１１１); otherwise as typed, narrow."""
    bare = re.sub(r"[\s\u3000〒()（）.・/]", "", _DASHES.sub("", narrow(text)))
    return bare if bare.isdecimal() else narrow(text)


def code(text: str) -> str:
    """番号 Half-width, without spaces, one kind of hyphen."""
    return _DASHES.sub("-", _SPACES.sub("", narrow(text)))


def whole(text: str) -> int | None:
    """整数 １，０００円 is 1000; None when it is not a whole number."""
    bare = _UNITS.sub("", narrow(text)).replace("−", "-").replace("－", "-")
    return int(bare) if _NUMBER.fullmatch(bare) and len(bare) <= 18 else None
