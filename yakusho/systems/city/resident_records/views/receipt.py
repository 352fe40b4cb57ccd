"""受付結果 What was recorded, whether it was in time, and what to do next; and the term while a form is filled in."""

from datetime import timedelta

from django.http import HttpResponse

from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.forms import moments
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.refusal import NotFound, Refusal
from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_records import queries
from yakusho.systems.city.resident_records.rules import deadlines
from yakusho.systems.city.resident_records.terms import MovementKind
from yakusho.systems.city.resident_records.values import Movement, Remark, Term
from yakusho.systems.city.resident_records.views import entries

ENTERED = frozenset({MovementKind.MOVE_OUT, MovementKind.MOVE_OUT_ABROAD})


def received(request: Request, person: int, movement: int) -> HttpResponse:
    """受付結果 The movement as recorded, with the next steps."""
    enter(request, queries.search.allowed)
    history = queries.history(person=person, by=request.actor, on=request.today)
    recorded = next((one for one in history if one.id == movement), None)
    if recorded is None:
        raise NotFound
    return page(
        request,
        "resident_records/received.html",
        number=person,
        recorded=recorded,
        term=_term_of(recorded),
        members=_members(request, recorded, person),
        leaving=recorded.kind in ENTERED,
        correction=entries.correction(recorded, person),
    )


def _term_of(recorded: Movement) -> Term:
    return Term(
        deadline=deadlines.deadline(kind=recorded.kind, event_on=recorded.event_on),
        days_late=recorded.days_late,
        remarks=[
            Remark(ja=one.ja, en=one.en) for one in deadlines.lateness(kind=recorded.kind, late=recorded.days_late)
        ],
    )


def deadline(request: Request) -> HttpResponse:
    """届出期限 By when a notice is due, while its day is typed; says nothing of a day that cannot be read."""
    enter(request, queries.deadline.allowed)
    return page(request, "resident_records/parts/term.html", term=_term(request))


def _term(request: Request) -> Term | None:
    event = _typed(request, "event_on")
    told = _typed(request, "notified_on")
    try:
        kind = MovementKind(request.GET.get("kind", ""))
        on = moments.read_day(told) if told.strip() else request.today
        return queries.deadline(kind=kind, event_on=moments.read_day(event), on=on, by=request.actor)
    except (Refusal, ValueError):
        return None


def _typed(request: Request, name: str) -> str:
    """What was typed into the field of that name, whatever form it stands in."""
    return next((request.GET[field] for field in request.GET if field.endswith(name)), "")


def _members(request: Request, recorded: Movement, person: int) -> list[Person]:
    """The people of the movement: from the household of today, or of the day before the record was closed; nobody when
    the movement that entered them was taken back."""
    try:
        one = queries.person(person=person, by=request.actor, on=request.today)
        day = request.today if one.is_resident else recorded.event_on - timedelta(days=1)
        view = queries.household(person=person, by=request.actor, on=day)
    except NotFound:
        return []
    return [member for member in view.members if member.id in recorded.people]
