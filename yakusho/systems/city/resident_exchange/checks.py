"""確認 What an import would do: every row read, rows compared with each other and with the register. Nothing is written."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from yakusho.blocks.doors import Actor
from yakusho.kit.refusal import BadInput
from yakusho.registers.people import queries as people
from yakusho.registers.people.values.bulk import Likeness
from yakusho.registers.places.queries import town_index
from yakusho.systems.city.resident_exchange import models, rules, vault
from yakusho.systems.city.resident_exchange.formats.columns import mapped
from yakusho.systems.city.resident_exchange.formats.persons_csv import Sheet, read_sheet
from yakusho.systems.city.resident_exchange.reading import Person, RowReader, Towns
from yakusho.systems.city.resident_exchange.values import Doubt, ImportFile, ImportReport

SHOWN = 500


@dataclass
class Draft:
    """取込みの下書き A file read and compared."""

    name: str
    digest: str
    sheet: Sheet
    reader: RowReader
    people: list[Person]
    already: int = 0
    loaded: int | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def households(self) -> list[str]:
        """世帯 The file's households of people who are new, in their order."""
        return list(dict.fromkeys(one.household for one in self.people))

    def report(self) -> ImportReport:
        """確認の結果"""
        headings, places = self.sheet.headings, self.reader.places
        errors = sorted(self.reader.errors, key=lambda one: one.row)
        return ImportReport(
            name=self.name,
            digest=self.digest,
            encoding=self.sheet.encoding,
            delimiter="TAB" if self.sheet.delimiter == "\t" else self.sheet.delimiter,
            columns={headings[place]: name for name, place in places.items()},
            unread=[heading for place, heading in enumerate(headings) if place not in places.values()],
            rows=len(self.sheet.rows),
            households=len(self.households),
            already=self.already,
            wrong=len(errors),
            errors=errors[:SHOWN],
            doubts=self.doubts[:SHOWN],
            loaded=self.loaded,
        )


def content_of(file: ImportFile) -> tuple[str, bytes]:
    """内容 The name and the bytes of a file. Refusals: FileMissing, NotBase64."""
    if file.upload is not None:
        row = models.Upload.objects.filter(pk=file.upload).first()
        if row is None:
            raise rules.FileMissing
        return row.name, vault.opened(bytes(row.content))
    if not file.content:
        raise rules.FileMissing
    if len(file.content) > rules.LARGEST // 3 * 4:
        raise rules.FileTooLarge(megabytes=rules.LARGEST // 2**20)
    try:
        return file.name, base64.b64decode(file.content, validate=True)
    except ValueError as error:  # no base64, or not even ASCII
        raise rules.NotBase64 from error


def digest_of(data: bytes) -> str:
    """ファイルのハッシュ SHA-256."""
    return hashlib.sha256(data).hexdigest()


def draft(file: ImportFile, *, by: Actor, on: date) -> Draft:
    """取込みの確認 Refusals: those of the file as a whole (encoding, headings); rows are told in the report."""
    name, data = content_of(file)
    sheet = read_sheet(data)
    towns = Towns(town_index(on=on), prefecture=settings.CITY["prefecture"], city=settings.CITY["name"])
    reader = RowReader(mapped(sheet.headings, file.columns), sheet.headings, towns, on)
    found = [person for row, cells in sheet.rows if (person := reader.read(row, cells)) is not None]
    made = Draft(name, digest_of(data), sheet, reader, found)
    made.loaded = models.Load.objects.filter(digest=made.digest).values_list("pk", flat=True).first()
    if made.loaded is None:
        _compare(made, by)
    return made


def _compare(made: Draft, by: Actor) -> None:
    """The rows with each other, then with what was imported before, then with the register."""
    _against_each_other(made)
    made.people = list(_new(made))
    _numbers(made, by)
    likenesses = [_likeness(one) for one in made.people]
    for found in people.namesakes(people=likenesses, by=by):
        one = made.people[found.place]
        if found.same_address:
            _wrong(made, one, "family", rules.AlreadyHere(person=found.person))
        else:
            made.doubts.append(Doubt(row=one.row, person=found.person))


def _against_each_other(made: Draft) -> None:
    rows = {one.row: one for one in made.people}
    for row, first in rules.repeated([(one.row, one.external_id) for one in made.people]):
        _wrong(made, rows[row], "external_id", rules.SameNumber(row=first))
    for row, first in rules.repeated([(one.row, one.said.individual_number) for one in made.people]):
        _wrong(made, rows[row], "individual_number", rules.SameNumber(row=first))
    for row, first in rules.repeated([(one.row, _same(one)) for one in made.people]):
        _wrong(made, rows[row], "family", rules.SamePerson(row=first))
    # A household is judged when all its rows could be read.
    broken = {one.row for one in made.reader.errors}
    unread = {made.sheet.rows[place][1] for place in range(len(made.sheet.rows)) if made.sheet.rows[place][0] in broken}
    homes = {
        cells[made.reader.places["household"]].strip() for cells in unread if len(cells) == len(made.sheet.headings)
    }
    seats = [rules.Seat(one.row, one.household, one.said.relation) for one in made.people if one.household not in homes]
    for row, refusal in rules.wrong_heads(seats):
        _wrong(made, rows[row], "relation", refusal)


def _new(made: Draft) -> Iterator[Person]:
    """Rows that were not imported before; a row that says something else than then is wrong."""
    ids = [one.external_id for one in made.people if one.external_id]
    before = dict(models.Arrival.objects.filter(external_id__in=ids).values_list("external_id", "said"))
    homes = {one.household for one in made.people}
    loaded = set(
        models.Arrival.objects.filter(external_household__in=homes).values_list("external_household", flat=True)
    )
    for one in made.people:
        if one.external_id in before:
            made.already += 1
            if before[one.external_id] != said_of(one):
                _wrong(made, one, "external_id", rules.SaidOtherwise())
            continue
        if one.household in loaded:
            _wrong(made, one, "household", rules.HouseholdLoaded())
        yield one


def _numbers(made: Draft, by: Actor) -> None:
    numbered = [one for one in made.people if one.said.individual_number]
    numbers = [one.said.individual_number for one in numbered]
    for place in people.held_numbers(numbers=numbers, by=by) if numbers else ():
        _wrong(made, numbered[place], "individual_number", rules.NumberHeld())


def said_of(one: Person) -> str:
    """行のハッシュ What a row says, numbers left out (a hash of them could be tried through)."""
    said = one.said.model_dump(mode="json", exclude={"home", "individual_number"})
    return digest_of(json.dumps([one.household, said], ensure_ascii=False, sort_keys=True).encode())


def _likeness(one: Person) -> Likeness:
    names, address = one.said.names, one.said.address
    return Likeness(
        name=names.family + names.given,
        reading=names.family_kana + names.given_kana,
        alphabet=names.alphabet,
        born=names.born,
        address=address.town_name + address.block,
        building=address.building,
    )


def _same(one: Person) -> Sequence[object]:
    like = _likeness(one)
    return (like.name, like.reading, like.alphabet, like.born, like.address, like.building)


def _wrong(made: Draft, one: Person, name: str, refusal: BadInput) -> None:
    names = one.said.names
    typed = {
        "external_id": one.external_id,
        "household": one.household,
        "family": names.name,
        "relation": one.said.relation,
    }
    made.reader.wrong(one.row, name, refusal, typed.get(name, ""))
