"""個人番号・住民票コード Keeping the two numbers, and reading one for one purpose."""

from datetime import date

from django.db import IntegrityError, transaction

from yakusho.blocks.doors import WITHIN, PersonId, action, note
from yakusho.kit.refusal import BadInput, NotFound, Refusal
from yakusho.registers.people import seal
from yakusho.registers.people.models import PersonNumber
from yakusho.registers.people.terms import NumberKind
from yakusho.registers.people.values import HeldNumber


class NumberTaken(Refusal):
    """この番号は、すでに別の人に記録されています。番号を確かめてください。
    / This number is already recorded for somebody else. Please check it.
    """


class PurposeMissing(BadInput):
    """番号を使う目的を入力してください（番号法 9条）。 / Say what the number is used for (My Number Act, art. 9)."""

    field = "purpose"


@action(allowed=WITHIN)
def hold_number(*, person: PersonId, kind: NumberKind, number: str, since: date) -> None:
    """番号の記載 Encrypt and keep a number; an earlier one of the same kind is replaced, not forgotten.

    Refusals: WrongIndividualNumber, WrongResidentCode, NumberTaken.
    """
    found = seal.digest(number, kind=kind)
    in_force = PersonNumber.objects.filter(person=person, kind=kind.value, replaced_on__isnull=True)
    if in_force.filter(digest=found).exists():
        return
    in_force.update(replaced_on=since)
    sealed = seal.seal(number, person=person, kind=kind)
    try:
        with transaction.atomic():
            PersonNumber.objects.create(person_id=person, kind=kind.value, sealed=sealed, digest=found, since=since)
    except IntegrityError as error:
        raise NumberTaken from error


@action(allowed=WITHIN)
def individual_number(*, person: PersonId, kind: NumberKind = NumberKind.INDIVIDUAL, purpose: str) -> HeldNumber:
    """番号の利用 The number in force, decrypted. An action, not a query: each reading leaves its own row with its purpose.

    Refusals: PurposeMissing, NotFound.
    """
    if not purpose.strip():
        raise PurposeMissing
    row = PersonNumber.objects.filter(person=person, kind=kind.value, replaced_on__isnull=True).first()
    if row is None:
        raise NotFound
    note(kind=kind.name.lower(), purpose=purpose)
    return HeldNumber(person=person, kind=kind, number=seal.opened(bytes(row.sealed), person=person, kind=kind))
