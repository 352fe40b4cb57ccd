import re
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.jp import cn, in_

from yakusho.kit import numbers
from yakusho.kit.refusal import BadInput


def digits(length):
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


@pytest.mark.parametrize(
    ("check", "number"),
    [
        (numbers.individual_number, "983205673214"), (numbers.individual_number, "621498320257"),
        (numbers.corporate_number, "7123456789012"), (numbers.corporate_number, "4011001098993"),
        (numbers.corporate_number, "2120901007402"), (numbers.corporate_number, "1180301018771"),
        (numbers.local_government_code, "032018"), (numbers.local_government_code, "030007"),
        (numbers.local_government_code, "032026"), (numbers.local_government_code, "131016"),
        (numbers.local_government_code, "011002"), (numbers.local_government_code, "271004"),
        (numbers.insurer_number, "33120015"), (numbers.resident_code, "12345678901"),
        (numbers.residence_card_number, "AB12345678CD"),
    ],
)  # fmt: skip
def test_published_numbers_are_right(check, number):
    assert check(number) == number


@pytest.mark.parametrize(
    ("check", "number"),
    [
        (numbers.individual_number, "983205673210"), (numbers.individual_number, "98320567321"),
        (numbers.individual_number, "9832056732144"), (numbers.individual_number, "98320567321X"),
        (numbers.individual_number, "0000000000"), (numbers.corporate_number, "8123456789012"),
        (numbers.corporate_number, "0123456789012"), (numbers.local_government_code, "032017"),
        (numbers.local_government_code, "03201"), (numbers.insurer_number, "33120016"),
        (numbers.elderly_insurer_number, "33120015"), (numbers.resident_code, "1234567890"),
        (numbers.resident_code, "123456789012"), (numbers.residence_card_number, "A123456789CD"),
        (numbers.residence_card_number, "AB1234567CD"), (numbers.individual_number, ""), (numbers.individual_number, "፩" * 12),
    ],
)  # fmt: skip
def test_wrong_numbers_are_refused(check, number):
    with pytest.raises(BadInput) as caught:
        check(number)
    assert caught.value.status == 422


@pytest.mark.parametrize(
    "spelling", ["9832 0567 3214", "９８３２０５６７３２１４", "9832-0567-3214", "9832ー0567ー3214", " 983205673214 "]
)
def test_grouping_and_width_do_not_matter(spelling):
    assert numbers.individual_number(spelling) == "983205673214"


def test_letters_of_a_card_become_upper_case():
    assert numbers.residence_card_number("ａｂ 12345678 ｃｄ") == "AB12345678CD"


def test_a_refused_number_is_not_repeated_anywhere():
    with pytest.raises(numbers.WrongIndividualNumber) as caught:
        numbers.individual_number("983205673210")
    assert "9832" not in str(caught.value.problem())


def test_no_refusal_of_a_number_names_it():
    kinds = [kind for name, kind in vars(numbers).items() if name.startswith("Wrong")]
    assert len(kinds) == 6
    assert all(kind.sentence.facts() == set() for kind in kinds)


def _stdnum_says(module, number):
    try:
        return bool(module.validate(number))
    except StdnumError:
        return False


def _we_say(check, number):
    try:
        return bool(check(number))
    except BadInput:
        return False


@given(digits(12))
def test_individual_numbers_agree_with_a_second_implementation(number):
    assert _we_say(numbers.individual_number, number) == _stdnum_says(in_, number)
    right = number[:11] + numbers.individual_digit(number[:11])
    assert _stdnum_says(in_, right)


@given(digits(12))
def test_corporate_numbers_agree_with_a_second_implementation(number):
    right = numbers.corporate_digit(number) + number
    assert _stdnum_says(cn, right)
    assert numbers.corporate_number(right) == right
    assert right[0] in "123456789"


WEIGHED = [
    (numbers.individual_digit, numbers.individual_number, 11),
    (numbers.local_government_digit, numbers.local_government_code, 5),
    (numbers.insurer_digit, numbers.insurer_number, 7),
]


@pytest.mark.parametrize(("digit", "check", "length"), WEIGHED)
@given(data=st.data())
def test_exactly_one_last_digit_is_right(digit, check, length, data):
    body = data.draw(digits(length))
    assert [d for d in "0123456789" if _we_say(check, body + d)] == [digit(body)]


@given(digits(7), st.integers(0, 6), st.integers(1, 9))
def test_the_insurer_digit_detects_any_single_wrong_digit(body, place, shift):
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    assert numbers.insurer_digit(wrong) != numbers.insurer_digit(body)


def test_the_elderly_insurer_number_begins_with_39():
    right = "3903201" + numbers.insurer_digit("3903201")
    assert numbers.elderly_insurer_number(right) == right


def test_a_confirmed_rule_can_be_plugged_into_the_resident_code():
    assert numbers.resident_code("12345678901", checker=lambda code: code.endswith("1")) == "12345678901"
    with pytest.raises(numbers.WrongResidentCode):
        numbers.resident_code("12345678902", checker=lambda code: code.endswith("1"))


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (numbers.IndividualNumber, "9832-0567-3214"), (numbers.CorporateNumber, "7123456789012"),
        (numbers.LocalGovernmentCode, "０３２０１８"), (numbers.InsurerNumber, "33120015"),
        (numbers.ResidentCode, "123 4567 8901"), (numbers.ResidenceCardNumber, "ab12345678cd"),
        (numbers.ElderlyInsurerNumber, "3903201" + numbers.insurer_digit("3903201")),
    ],
)  # fmt: skip
def test_each_is_a_type_for_typed_values(kind, number):
    value = TypeAdapter(kind).validate_python(number)
    assert re.fullmatch(r"[0-9A-Z]+", value)
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python("1")
    assert isinstance(caught.value.errors()[0]["ctx"]["error"], BadInput)


@pytest.fixture(scope="module")
def sql():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function(
            "regexp_like", 2, lambda text, pattern: bool(re.fullmatch(pattern.strip("^$"), text))
        )
        statement = f"select {numbers.individual_number_sql('number')} from (select ? as number)"
        yield lambda number: bool(connection.execute(statement, (number,)).fetchone()[0])


@given(body=digits(11))
def test_the_constraint_has_the_same_weights(sql, body):
    assert [d for d in "0123456789" if sql(body + d)] == [numbers.individual_digit(body)]


@pytest.mark.parametrize("number", ["", "98320567321", "9832056732144", "98320567321X", "９８３２０５６７３２１４"])
def test_the_constraint_refuses_other_shapes(sql, number):
    assert sql(number) is False


def test_the_constraint_takes_only_a_column_name():
    with pytest.raises(ValueError, match="column"):
        numbers.individual_number_sql("number); drop table person")
