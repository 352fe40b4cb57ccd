"""番地と方書 What follows the town: block numbers, building, room."""

import re
from dataclasses import dataclass
from unicodedata import normalize

_LINK = r"(?:番地ノ?|番ノ?|号[ノ-]|地割ノ?-?|-|ノ)"
_NUMBERS = rf"(?P<numbers>[0-9]+(?:{_LINK}[0-9]+)*(?P<unit>番地|番|号(?![室館棟]))?)"
_BLOCK = re.compile(rf"[- ,、]*{_NUMBERS}")
# 甲5番地, イ12, 中5-19; and a longer name of a part (小字) only where 番地 or 番 says that a block follows.
_WITH_PART = re.compile(rf"(?P<part>[^0-9\- ]{{1,10}}){_NUMBERS}")
_ROOM = re.compile(r"(?:^|(?<=\s)|(?<=[^0-9A-Z\-]))(?P<room>[A-Z]?-?[0-9]{1,4}[A-Z]?)\s*(?P<unit>号室|号|室)?$")


@dataclass(frozen=True)
class Block:
    """番地 Block numbers linked by hyphens, how they were written, and where in the folded text they end."""

    numbers: str
    style: str
    room: str
    end: int


def read_block(folded: str, start: int) -> Block:
    """番地の読取り The block numbers from a place on; all empty where there are none.

    A third or later number of three or four digits is a room (5-12-301). A name before the numbers stays
    with them (甲5, 10地割5-3).
    """
    found = _BLOCK.match(folded, start) or _WITH_PART.match(folded, start)
    if found is None or not _is_block(found, folded[found.end() :]):
        return Block("", "", "", start)
    written = found["numbers"]
    numbers = re.findall("[0-9]+", written)
    room = numbers.pop() if len(numbers) >= 3 and len(numbers[-1]) >= 3 else ""
    style = "番地" if "番地" in written else "番号" if "番" in written else ""
    part = found.groupdict().get("part") or ""
    if "地割" in written:
        part, numbers = f"{part}{numbers[0]}地割", numbers[1:]
    return Block(part + "-".join(numbers), style, room, found.end())


def _is_block(found: re.Match[str], after: str) -> bool:
    part = found.groupdict().get("part") or ""
    if part and re.match(" [0-9]", after):
        return False
    return len(part) <= 1 or "番" in found["numbers"]


def split_room(typed: str) -> tuple[str, str]:
    """方書 A building and its room: コーポ盛岡　１０１号室 -> (コーポ盛岡, 101).

    The number is a room where 号室, 号 or 室 follows it or a space precedes it; else it stays in the name
    (レジデンス２１).
    """
    building = typed.strip(" \u3000,，、-－ー‐−")
    narrow = normalize("NFKC", building)
    found = _ROOM.search(narrow) if len(narrow) == len(building) else None
    if found is None or not (found["unit"] or found.start() == 0 or narrow[found.start() - 1].isspace()):
        return building, ""
    return building[: found.start()].strip(" \u3000,，、-－"), found["room"]
