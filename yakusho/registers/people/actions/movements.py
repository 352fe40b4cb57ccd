"""Recording movements: new numbers, all facts of a change at one instant, and taking a change back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection

from yakusho.blocks.doors import WITHIN, PersonId, action
from yakusho.blocks.history import record as facts
from yakusho.kit.refusal import Refusal
from yakusho.registers.people import writing
from yakusho.registers.people.actions.protections import cover
from yakusho.registers.people.models import FACTS, Household, Person, Residence
from yakusho.registers.people.values import Allotment, Change

HEADS = "people_residence_one_head, people_residence_has_head"


class HouseholdWithoutHead(Refusal):
    """この異動では、世帯主のいない期間ができます。世帯主を指定してください。
    / This would leave a household without a head for some days. Name the head.
    """

    field = "members"


class HouseholdWithTwoHeads(Refusal):
    """この異動では、世帯主が2人いる期間ができます。
    / This would give a household two heads for some days.
    """

    field = "members"


@action(allowed=WITHIN)
def allot(*, people: int = 0, household: bool = False) -> Allotment:
    """付番 New numbers: 宛名番号 for so many people and, if asked for, a 世帯番号."""
    persons = Person.objects.bulk_create([Person() for _ in range(people)])
    return Allotment(
        people=[person.pk for person in persons], household=Household.objects.create().pk if household else None
    )


@action(allowed=WITHIN)
def record(*, change: Change) -> None:
    """記載 Everything one movement says, at one instant; search keys and covered people follow.

    Refusals: NotResident, HouseholdWithoutHead, HouseholdWithTwoHeads.
    """
    people = writing.people_of(change)
    at = facts.instant(Person.objects.all(), people)
    with heads_settled():
        writing.write(change, at=at)
    cover(households={entry.household for entry in change.residences if entry.household})
    _reindex(people)


@action(allowed=WITHIN)
def revert(*, cause: int, by_cause: int, people: list[PersonId]) -> None:
    """取消 Believe again what was believed about these people before a movement. Refusals: BuiltUpon and those of record."""
    homes = _households(
        people
    )  # households before people, as everywhere: two clerks wait instead of blocking each other
    list(Household.objects.filter(pk__in=homes).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    at = facts.instant(Person.objects.all(), people)
    with heads_settled():
        for person in sorted(people):
            for model in FACTS:
                facts.revert(model, subject=person, cause=cause, at=at, by_cause=by_cause)
    cover(households=_households(people))
    _reindex(people)


@action(allowed=WITHIN)
def reindex(*, people: list[PersonId] | None = None) -> None:
    """検索キーの作成 Search keys of these people, or of everybody after a bulk load."""
    _reindex(people)


@contextmanager
def heads_settled() -> Iterator[None]:
    """One head a household and day, checked now instead of at commit so that the refusal can be said."""
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"set constraints {HEADS} immediate; set constraints {HEADS} deferred")
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        refusal = {
            "people_residence_has_head": HouseholdWithoutHead,
            "people_residence_one_head": HouseholdWithTwoHeads,
        }.get(name)
        if refusal is None:
            raise
        raise refusal from error


def _households(people: Iterable[int]) -> set[int]:
    return set(facts.known(Residence.objects.filter(person__in=people)).values_list("household", flat=True))


def _reindex(people: Iterable[int] | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select people_reindex(%s)", [None if people is None else sorted(people)])
