"""個人番号・住民票コード Kept encrypted, found by a keyed hash, read for a purpose that is recorded each time."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, connection, transaction

from yakusho.kit.numbers import WrongIndividualNumber, WrongResidentCode
from yakusho.kit.refusal import NotFound
from yakusho.registers.people import actions, seal
from yakusho.registers.people.actions.numbers import NumberTaken, PurposeMissing
from yakusho.registers.people.models import PersonNumber
from yakusho.registers.people.terms import NumberKind
from yakusho.registers.people.tests.conftest import ON, call, named

NUMBER, OTHER, CODE = "983205673214", "123456789018", "12345678901"


@pytest.fixture
def person(city):
    return city.settle(named())[0][0]


def hold(person, number=NUMBER, kind=NumberKind.INDIVIDUAL, since=ON):
    call(actions.hold_number, person=person, kind=kind, number=number, since=since)


def read(person, purpose="児童手当の認定", **more):
    return call(actions.individual_number, person=person, purpose=purpose, **more).number


def test_a_number_comes_back_only_decrypted(person):
    hold(person, "9832 0567 3214")
    assert read(person) == NUMBER
    row = PersonNumber.objects.get()
    assert NUMBER.encode() not in bytes(row.sealed) + bytes(row.digest)


def test_both_numbers_are_kept_apart(person):
    hold(person)
    hold(person, CODE, NumberKind.RESIDENT_CODE)
    assert read(person, kind=NumberKind.RESIDENT_CODE) == CODE


@pytest.mark.parametrize(
    ("number", "kind", "refusal"),
    [
        ("983205673210", NumberKind.INDIVIDUAL, WrongIndividualNumber),
        ("98320567321", NumberKind.INDIVIDUAL, WrongIndividualNumber),
        ("1234567890", NumberKind.RESIDENT_CODE, WrongResidentCode),
    ],
)
def test_a_wrong_digit_is_noticed_before_anything_is_written(person, number, kind, refusal):
    with pytest.raises(refusal) as refused:
        hold(person, number, kind)
    assert number not in str(refused.value)
    assert not PersonNumber.objects.exists()


def test_a_number_belongs_to_one_person_for_ever(city, person):
    hold(person)
    other = city.settle(named(given="陽菜"))[0][0]
    with pytest.raises(NumberTaken):
        hold(other)


def test_a_new_number_replaces_the_old_one_and_keeps_it(person):
    hold(person)
    hold(person)
    hold(person, OTHER, since=date(2026, 5, 1))
    assert read(person) == OTHER
    assert PersonNumber.objects.count() == 2


def test_reading_needs_a_purpose_and_a_number(person):
    with pytest.raises(NotFound):
        read(person)
    hold(person)
    with pytest.raises(PurposeMissing):
        read(person, purpose="　")


def test_each_reading_leaves_its_own_row_without_the_number(person):
    hold(person)
    for _ in range(2):
        read(person)
    with connection.cursor() as cursor:
        cursor.execute("select body::text from audit_entry where door = 'people.individual_number'")
        bodies = [row[0] for row in cursor.fetchall()]
        cursor.execute("select string_agg(e::text, ' ') from audit_entry e")
        whole = cursor.fetchone()[0]
    assert len(bodies) == 2
    assert all("児童手当の認定" in body for body in bodies)
    assert NUMBER not in whole


def test_a_text_moved_to_another_person_does_not_open(person):
    sealed = seal.seal(NUMBER, person=person, kind=NumberKind.INDIVIDUAL)
    with pytest.raises(InvalidTag):
        seal.opened(sealed, person=person + 1, kind=NumberKind.INDIVIDUAL)


def test_the_same_number_is_never_encrypted_alike(person):
    one, two = (seal.seal(NUMBER, person=person, kind=NumberKind.INDIVIDUAL) for _ in range(2))
    assert one != two
    assert seal.digest(NUMBER, kind=NumberKind.INDIVIDUAL) == seal.digest("9832-0567-3214", kind=NumberKind.INDIVIDUAL)


def test_the_database_refuses_a_text_of_another_length(person):
    def behind_the_doors():
        with transaction.atomic():
            PersonNumber.objects.create(
                person_id=person, kind="個人番号", sealed=NUMBER.encode(), digest=b"0" * 32, since=ON
            )

    with pytest.raises(IntegrityError):
        behind_the_doors()
    assert not PersonNumber.objects.exists()
