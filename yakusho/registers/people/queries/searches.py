"""検索 Finding people as clerks do; one index walk, at most 50 lines, always the same number of statements."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan

from yakusho.blocks.doors import WITHIN, query
from yakusho.blocks.history import record
from yakusho.kit.periods import Period
from yakusho.registers.people import reading
from yakusho.registers.people.models import PersonSearch, Protection, Residence
from yakusho.registers.people.rules import asked as rules
from yakusho.registers.people.rules.asked import Asked
from yakusho.registers.people.values import Hit, Hits

LINES = 50
LAST = "\U0010ffff"
BY_READING = ("reading", "born", "id")
BY_WRITING = ("writing", "reading", "born", "id")
BY_GIVEN_READING = ("given_reading", "born", "id")
BY_GIVEN_WRITING = ("given_writing", "born", "id")
BY_ADDRESS = ("address", "reading", "id")
BY_BIRTH = ("born", "reading", "id")


@query(allowed=WITHIN)
def search(
    *,
    text: str,
    address: str = "",
    residents_only: bool = False,
    after: str = "",
    on: date,
    known_at: datetime | None = None,
) -> Hits:
    """住民検索 「たかはし S54」「450305」「本宮5-15-8」「KIM 90」「*みさき」: names of now and before, shown as of a day.

    An address neither finds nor counts a protected person. Refusals: NumberNotSearched, NothingAsked.
    """
    asked = rules.read(text, on=on, address=address)
    order = _order(asked)
    rows = _after(_matching(asked), order, after)
    if residents_only:
        here = record.as_of(Residence.objects.filter(person=OuterRef("person")), on=on, known_at=known_at)
        rows = rows.filter(Exists(here))
    found = list(rows.order_by(*order).annotate(doubled=_doubled())[: LINES + 1])
    return _hits(found, on=on, known_at=known_at)


def _hits(found: list[PersonSearch], *, on: date, known_at: datetime | None) -> Hits:
    lines = list({row.person_id: row for row in reversed(found[:LINES])}.values())[::-1]
    people = {one.id: one for one in reading.views([row.person_id for row in lines], on=on, known_at=known_at)}
    hits = [
        Hit(person=people[row.person_id], matched=row.shown, same_name_and_birth=row.doubled)
        for row in lines
        if row.person_id in people
    ]
    return Hits(rows=hits, after=str(found[LINES - 1].pk) if len(found) > LINES else "")


def _order(asked: Asked) -> tuple[str, ...]:
    """The index to walk: the most telling thing that was asked."""
    if asked.reading:
        return BY_READING
    if asked.writing:
        return BY_WRITING
    if asked.given:
        return BY_GIVEN_READING if asked.given_is_reading else BY_GIVEN_WRITING
    return BY_ADDRESS if asked.address else BY_BIRTH


def _matching(asked: Asked) -> QuerySet[PersonSearch]:
    rows = PersonSearch.objects.all()
    if asked.number is not None:
        rows = rows.filter(person=asked.number)
    if asked.reading:
        rows = rows.filter(_prefix("reading", asked.reading))
    if asked.writing:
        rows = rows.filter(_prefix("writing", asked.writing))
    if asked.given:
        rows = rows.filter(_given(asked))
    if asked.born:
        rows = rows.filter(_born(asked.born))
    if asked.address:
        protected = Protection.objects.filter(person=OuterRef("person"), ended_on__isnull=True)
        rows = rows.filter(_prefix("address", asked.address), ~Exists(protected))
    return rows


def _given(asked: Asked) -> Q:
    by_reading, by_writing = (
        _prefix("given_reading", asked.given_reading),
        _prefix("given_writing", asked.given_writing),
    )
    if asked.reading or asked.writing:
        # 「高橋 本宮」: the second word may be a town; a protected person's key holds no address
        return by_reading | by_writing | _prefix("address", asked.given_town)
    return by_reading if asked.given_is_reading else by_writing


def _prefix(column: str, start: str) -> Q:
    """A prefix as a half-open range: it walks the index, whatever the plan."""
    return Q(**{f"{column}__gte": start, f"{column}__lt": start + LAST})


def _born(spans: tuple[Period[date], ...]) -> Q:
    days = Q()
    for span in spans:
        days |= Q(born__gte=span.from_, born__lt=span.until)
    return days


def _after(rows: QuerySet[PersonSearch], order: tuple[str, ...], after: str) -> QuerySet[PersonSearch]:
    if not after:
        return rows
    last = PersonSearch.objects.filter(pk=int(after) if after.isdigit() else None).values_list(*order).first()
    if last is None:
        return rows.none()
    return rows.filter(TupleGreaterThan(Tuple(*order), last))


def _doubled() -> Q:
    """Somebody else with the same name (as read or as written) and the same birth date."""
    others = PersonSearch.objects.filter(born=OuterRef("born")).exclude(person=OuterRef("person"))
    return Q(Exists(others.filter(reading=OuterRef("reading")).exclude(reading=""))) | Q(
        Exists(others.filter(writing=OuterRef("writing")).exclude(writing=""))
    )
