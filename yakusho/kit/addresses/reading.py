"""住所の読取り An address taken apart; nothing is guessed, unknown and doubtful towns are refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from yakusho.kit.addresses.blocks import read_block, split_room
from yakusho.kit.addresses.folding import fold
from yakusho.kit.addresses.towns import TownIndex, TownName
from yakusho.kit.names import compose

_POSTCODE = re.compile(r"\s*(?:〒\s*([0-9]{3})-?([0-9]{4})|([0-9]{3})-([0-9]{4}))(?![0-9])\s*")
_DASHES = str.maketrans(dict.fromkeys("ー‐‑–—―−－", "-"))


@dataclass(frozen=True)
class Address:
    """住所 A town, block numbers ("5-12"), building (full width) and room; parts that were not typed are "".

    `style` is 番号 (5番12号) or 番地 (5番地12) where the person wrote so, else "": the numbers alone do not tell.
    """

    town: TownName
    block: str = ""
    building: str = ""
    room: str = ""
    postcode: str = ""
    style: str = ""

    @property
    def block_text(self) -> str:
        """番地の表記 "5番12号" or "5番地12" where known to be so, else "5-12"."""
        first, _, others = self.block.partition("-")
        if self.style == "番地":
            return f"{first}番地{others.replace('-', 'の')}"
        if self.style == "番号" and others:
            return f"{first}番{others}号"
        return f"{first}番" if self.style else self.block

    @property
    def text(self) -> str:
        """表記 The whole address without prefecture and city: 大通三丁目5番12号　コーポ盛岡　101."""
        return "　".join(part for part in (self.town.text + self.block_text, self.building, self.room) if part)


def normalise(text: str, towns: TownIndex | Iterable[TownName]) -> Address:
    """住所の正規化 An address of this municipality as typed, in its parts.

    Full or half width, any dash, 丁目 番地 番 号 の or hyphens, kanji numerals, 字 and 大字 or not, with or
    without postcode, prefecture and city. For many addresses give a TownIndex, built once. Refuses
    AddressMissing, UnknownTown, AmbiguousTown; the refusals do not repeat what was typed.
    """
    index = towns if isinstance(towns, TownIndex) else TownIndex(towns)
    postcode, typed = _without_postcode(text)
    folded = fold(typed)
    town, end = index.begins_with(folded.text)
    block = read_block(folded.text, end)
    building, room = split_room(folded.rest(block.end))
    numbers = block.numbers
    if block.room and room:
        numbers = f"{numbers}-{block.room}"
    return Address(town, numbers, building, room or block.room, postcode or town.postcode, block.style)


def _without_postcode(text: str) -> tuple[str, str]:
    composed = compose(text)
    # Only the head is looked at, and width does not change the length of digits, dashes and 〒.
    head = "".join(narrow if len(narrow := normalize("NFKC", typed)) == 1 else typed for typed in composed)
    found = _POSTCODE.match(head.translate(_DASHES))
    if found is None:
        return "", composed
    return "".join(part for part in found.groups() if part), composed[found.end() :]
