"""町字の検索 Keys by which towns are found; pure."""

import re

from yakusho.kit.names import address_fold, kana_fold
from yakusho.kit.numerals import RUN, with_digits

LAST = "\U0010ffff"
KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\uff66-\uff9f\s\u3000・]+")
WIDE = str.maketrans("０１２３４５６７８９－ー―−‐\u3000", "0123456789----- ")
POSTCODE = re.compile(r"^〒?\s*[0-9]{3}-?[0-9]{4}\s*(?![0-9-])|^〒\s*[0-9]{3}-?[0-9]{4}")
SHORTEST_POSTCODE = re.compile(r"〒?([0-9]{3})-?([0-9]{0,4})")
NUMBERED = re.compile(f"第?({RUN.pattern}|[0-9０-９]+)(?=地割|丁目)")
AZA = re.compile("(?<!文)字")  # 三ツ割字鉢ノ皮 is 三ツ割鉢ノ皮, but 十文字 stays


def _fold(text: str) -> str:
    """One key for 大字川目第十五地割, 川目第15地割 and 川目１５地割."""
    return AZA.sub("", address_fold(NUMBERED.sub(lambda found: with_digits(found[1]), text)))


def name_key(name: str, koaza: str = "") -> str:
    """町字の検索キー A town's name as typed addresses are compared with it."""
    return _fold(name + koaza)


def kana_key(kana: str) -> str:
    """読みの検索キー A town's reading as typed readings are compared with it."""
    return kana_fold(kana)


def reading_typed(text: str) -> str:
    """読みでの検索 The key when the text is kana alone, else empty (many towns are written in kana: both are searched)."""
    return kana_fold(text) if KANA.fullmatch(text.strip()) else ""


def postcode_typed(text: str) -> str:
    """郵便番号での検索 The digits when the text is a postcode or the beginning of one (three digits at least), else empty."""
    found = SHORTEST_POSTCODE.fullmatch(_ascii(text).replace(" ", ""))
    return "".join(found.groups()) if found else ""


def address_typed(text: str, *, prefecture: str, city: str) -> str:
    """住所での検索 The key of a typed address without postcode, prefecture and city (〒020-8530 岩手県盛岡市内丸12-2)."""
    key = _fold(_without_postcode(text))
    for before in (_fold(prefecture), _fold(city)):
        key = key.removeprefix(before)
    return key


def prefixes(key: str) -> list[str]:
    """前方の切出し Everything with which the key begins, itself included; a number is never cut in two (上田12 is not 上田1)."""
    ends = range(1, len(key) + 1)
    return [key[:end] for end in ends if not (key[end - 1].isdecimal() and key[end : end + 1].isdecimal())]


def behind(key: str, name_key: str) -> str:
    """町字の後ろ What stands behind the town in a folded address: 5-12 of 大通3-5-12."""
    return key.removeprefix(name_key).lstrip("-")


def span(prefix: str) -> tuple[str, str]:
    """前方一致の範囲 The half-open range of keys that begin with the prefix, in byte order (LIKE would not use the index)."""
    return prefix, prefix + LAST


def _without_postcode(text: str) -> str:
    # Found in the plain form of the digits, cut from the text as typed: the long mark ー is part of names.
    found = POSTCODE.match(_ascii(text))
    return text.strip()[found.end() :] if found else text.strip()


def _ascii(text: str) -> str:
    return text.strip().translate(WIDE)
