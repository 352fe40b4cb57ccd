"""固定長 Records of a fixed width: what stands in which place, read and written by one table.

N: a number, right-aligned, filled with zeros. D: digits that fill their place (a bank's number). C: text, left-aligned, filled with spaces.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yakusho.blocks.collection.formats.refusals import CHARACTER, CONSTANT, DIGITS, FileRefused

Row = dict[str, str | int]


@dataclass(frozen=True)
class Place:
    """項目 A place in a record; ``constant`` is what always stands there. A C place without a name is blank."""

    name: str
    kind: str
    width: int
    constant: str = ""


class Layout:
    """レコードの形 The places of one kind of record, in order; ``allowed`` are the characters of its texts."""

    def __init__(self, places: Sequence[Place], *, allowed: frozenset[str]) -> None:
        self.places, self.allowed = tuple(places), allowed
        self.width = sum(place.width for place in places)

    def columns(self) -> Iterator[tuple[int, Place]]:
        """Each place with the column at which it begins, from 1."""
        column = 1
        for place in self.places:
            yield column, place
            column += place.width

    def column(self, name: str) -> int:
        """Where the place of this name begins."""
        return next(column for column, place in self.columns() if place.name == name)

    def read(self, text: str, *, line: int) -> Row:
        """The values of a record of the right length, trimmed; numbers as int. Refusals: FileRefused."""
        found: Row = {}
        for column, place in self.columns():
            raw = text[column - 1 : column - 1 + place.width]
            value = self._value(place, raw, line, column)
            if place.constant and raw != place.constant:
                raise FileRefused(line, column, CONSTANT)
            if place.name:
                found[place.name] = value
        return found

    def _value(self, place: Place, raw: str, line: int, column: int) -> str | int:
        wrong = CHARACTER if place.kind == "C" else DIGITS
        allowed = DIGITS_ONLY if place.kind != "C" else self.allowed if place.name else BLANK
        for offset, character in enumerate(raw):
            if character not in allowed:
                raise FileRefused(line, column + offset, wrong)
        return int(raw) if place.kind == "N" else raw.rstrip(" ")

    def write(self, values: Mapping[str, str | int]) -> str:
        """A record. ValueError for what does not fit: our own data is wrong, not somebody's file."""
        return "".join(self._written(place, values.get(place.name, "")) for place in self.places)

    def _written(self, place: Place, value: str | int) -> str:
        if place.constant:
            return place.constant
        text = f"{int(value or 0):0{place.width}d}" if place.kind == "N" else f"{value:<{place.width}}"
        allowed = self.allowed if place.kind == "C" else DIGITS_ONLY
        if len(text) != place.width or not allowed.issuperset(text):
            raise ValueError(f"{place.name} does not fit into {place.width} characters of its kind")
        return text


DIGITS_ONLY = frozenset("0123456789")
BLANK = frozenset(" ")
