"""行の読取り One row of a file as a person; whatever is wrong is said cell by cell, in the file's own headings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from yakusho.blocks.doors import InvalidInput
from yakusho.kit.addresses import TownIndex, TownName, normalise
from yakusho.kit.calendar import parse_day
from yakusho.kit.cells import unguarded
from yakusho.kit.numbers import individual_number
from yakusho.kit.refusal import BadInput
from yakusho.registers.people.values import AddressEntry, ForeignEntry, NameEntry, OriginEntry
from yakusho.registers.people.values.bulk import Entrant
from yakusho.registers.places.values import TownView
from yakusho.systems.city.resident_exchange import rules
from yakusho.systems.city.resident_exchange.formats.columns import BY_FIELD, SECRET
from yakusho.systems.city.resident_exchange.values import RowError

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
SHOWN = 60  # characters of what was typed that are repeated
NAMES = (
    "family",
    "given",
    "family_kana",
    "given_kana",
    "former_family",
    "former_family_kana",
    "alphabet",
    "alias",
    "alias_kana",
)
ORIGIN = ("state", "domicile", "head")
FOREIGN = ("nationality", "category", "status", "period", "card_number")


@dataclass(frozen=True)
class Person:
    """読み取った人 A row that could be read: the file's own numbers, and what it says (``home`` is not yet known)."""

    row: int
    external_id: str
    household: str
    said: Entrant

    def entrant(self, home: int) -> Entrant:
        """取り込む人"""
        return self.said.model_copy(update={"home": home})


class Towns:
    """町字 The towns of a day, by code and by what people write."""

    def __init__(self, towns: Mapping[str, TownView], *, prefecture: str, city: str) -> None:
        self.by_code = towns
        names = [TownName(one.name, one.koaza, one.postcode, one.code) for one in towns.values()]
        self.index = TownIndex(names, prefecture=prefecture, city=city)

    def address(self, typed: str) -> AddressEntry:
        """住所の読取り A whole address as typed. Refusals: AddressMissing, UnknownTown, AmbiguousTown."""
        found = normalise(typed, self.index)
        building = "　".join(part for part in (found.building, found.room) if part)
        town = self.by_code[found.town.code]
        return AddressEntry(town=town.code, town_name=town.full_name, block=found.block_text, building=building)

    def coded(self, code: str, block: str, building: str) -> AddressEntry:
        """町字コードの住所 Refusals: UnknownTown."""
        town = self.by_code.get(code) or self.by_code.get(code.zfill(7))
        if town is None:
            raise rules.UnknownTown
        return AddressEntry(town=town.code, town_name=town.full_name, block=block, building=building)


@dataclass
class RowReader:
    """行の読取り手 Reads the rows of one file on one day."""

    places: Mapping[str, int]
    headings: Sequence[str]
    towns: Towns
    on: date
    errors: list[RowError] = field(default_factory=list)

    def read(self, row: int, cells: Sequence[str]) -> Person | None:
        """The person of a row, or None and the errors of the row."""
        before = len(self.errors)
        if len(cells) != len(self.headings):
            self.wrong(row, "household", rules.CellsMissing(headings=len(self.headings), cells=len(cells)), "")
            return None
        line = _Line(self, row, cells)
        said = {
            "names": line.names(),
            "relation": line.text("relation"),
            "address": line.address(),
            "resident_since": line.day("resident_since"),
            "address_since": line.day("address_since"),
            "notified_on": line.day("notified_on"),
            "came_from": line.cell("came_from"),
            "moved_from": line.cell("moved_from"),
            "origin": line.entry(OriginEntry, ORIGIN),
            "foreign": line.foreign(),
            "individual_number": line.tried("individual_number", individual_number) or "",
        }
        household = line.text("household")
        if len(self.errors) > before:
            return None
        entrant = line.checked(Entrant, home=0, **said)
        return Person(row, line.cell("external_id"), household, entrant) if entrant else None

    def wrong(self, row: int, name: str, refusal: BadInput, typed: str) -> None:
        """One cell that cannot be taken."""
        self.say(row, name, refusal.ja, refusal.en, typed)

    def say(self, row: int, name: str, ja: str, en: str, typed: str) -> None:
        """A sentence about one cell; what was typed is repeated, unless it is secret."""
        heading = (
            self.headings[self.places[name]] if name in self.places else BY_FIELD[name].ja if name in BY_FIELD else name
        )
        shown = "" if name in SECRET else typed[:SHOWN]
        self.errors.append(RowError(row=row, column=heading, typed=shown, ja=ja, en=en))


@dataclass(frozen=True)
class _Line:
    reader: RowReader
    row: int
    cells: Sequence[str]

    def cell(self, name: str) -> str:
        place = self.reader.places.get(name)
        return "" if place is None else unguarded(self.cells[place]).strip()

    def text(self, name: str) -> str:
        """A cell that must not be empty."""
        typed = self.cell(name)
        if not typed:
            self.reader.wrong(self.row, name, rules.Empty(), "")
        return typed

    def tried(self, name: str, read: Callable[[str], T]) -> T | None:
        """What a cell means; None when it is empty or wrong."""
        typed = self.cell(name)
        try:
            return read(typed) if typed else None
        except BadInput as refusal:
            self.reader.wrong(self.row, name, refusal, typed)
            return None

    def day(self, name: str) -> date | None:
        day = self.tried(name, _day)
        if day is not None and day > self.reader.on and name != "expires_on":
            self.reader.wrong(self.row, name, rules.LiesAhead(day=day), self.cell(name))
        if day is None and name in ("born", "resident_since") and not self.cell(name):
            self.reader.wrong(self.row, name, rules.Empty(), "")
        return day

    def names(self) -> NameEntry | None:
        said: dict[str, Any] = {name: self.cell(name) for name in NAMES}
        if not said["family"]:
            said["family"], said["given"] = rules.split_name(self.cell("name"))
        if not said["family_kana"]:
            said["family_kana"], said["given_kana"] = rules.split_name(self.cell("kana"))
        said["born"], said["sex"] = self.day("born"), self.text("sex") and self.tried("sex", rules.sex_of)
        said["kana_fixed"] = bool(self.tried("kana_fixed", rules.flag_of))
        if precision := self.cell("born_precision"):
            said["born_precision"] = precision
        return self.checked(NameEntry, **said) if said["born"] and said["sex"] else None

    def address(self) -> AddressEntry | None:
        code, town, whole = self.cell("town"), self.cell("town_name"), self.cell("address")
        block, building = self.cell("block"), self.cell("building")
        if code:
            return self._found("town", code, lambda: self.reader.towns.coded(code, block, building))
        typed = whole or f"{town}{block}　{building}".strip()
        name = "address" if "address" in self.reader.places and not town else "town_name"
        return self._found(name, typed, lambda: self.reader.towns.address(typed))

    def _found(self, name: str, typed: str, find: Callable[[], AddressEntry]) -> AddressEntry | None:
        try:
            return find()
        except ValidationError as error:
            self._say(error, AddressEntry)
        except BadInput as refusal:
            self.reader.wrong(self.row, name, refusal, typed)
        return None

    def foreign(self) -> ForeignEntry | None:
        days = {name: self.day(name) for name in ("expires_on", "foreign_since")}
        return self.entry(ForeignEntry, FOREIGN, **days)

    def entry(self, model: type[M], names: Sequence[str], **more: Any) -> M | None:
        """Cells as one value; None when all of them are empty."""
        said = {name: typed for name in names if (typed := self.cell(name))}
        return self.checked(model, **said, **more) if said else None

    def checked(self, model: type[M], **said: Any) -> M | None:
        """The cells as a value of the register; what it refuses is said about the cell."""
        try:
            return model(**said)
        except ValidationError as error:
            self._say(error, model)
            return None

    def _say(self, error: ValidationError, model: type[BaseModel]) -> None:
        for one in InvalidInput.of(error, model).errors:
            name = one.path.partition(".")[0] or ("alphabet" if "alphabet" in self.reader.places else "family")
            self.reader.say(self.row, name, one.ja, one.en, self.cell(name) if name in BY_FIELD else "")


@lru_cache(maxsize=65536)
def _day(typed: str) -> date:
    return parse_day(typed)
