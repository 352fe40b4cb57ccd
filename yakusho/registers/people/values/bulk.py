"""大量の記載 Many people at once: what an import says of each of them, and who is already here."""

from datetime import date

from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.registers.people.values.entries import AddressEntry, ForeignEntry, Name, NameEntry, OriginEntry, Text
from yakusho.registers.people.values.views import Person


class Entrant(Value):
    """取り込む人 Everything about one person, as of now; ``home`` is the place of the household in the list of new households."""

    home: int = Field(ge=0)
    names: NameEntry
    relation: Name = Field(min_length=1)
    address: AddressEntry
    resident_since: date
    address_since: date | None = None
    notified_on: date | None = None
    came_from: Text = ""
    moved_from: Text = ""
    origin: OriginEntry | None = None
    foreign: ForeignEntry | None = None
    individual_number: str = ""


class Entered(Value):
    """取り込んだ人 New 宛名番号 and 世帯番号, in the order given."""

    people: list[PersonId]
    households: list[int]


class Likeness(Value):
    """照合 By what a person is recognised: name, reading, birth, address."""

    name: str
    reading: str
    alphabet: str
    born: date
    address: str
    building: str = ""


class Namesake(Value):
    """同名・同生年月日 Somebody registered with the same name, reading and birth date as the one at this place of the list.

    ``same_address`` is never said of a protected person.
    """

    place: int
    person: PersonId
    same_address: bool


class Page(Value):
    """住民一覧の1ページ Residents by number; ``after`` is the last number looked at, None at the end."""

    people: list[Person]
    after: int | None
