"""GS1-128 Published codes, what people read below the bars, and whatever is not such a code."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.collection.formats.slip_code import NotASlipCode, SlipCode, TooMuchForStores, check_digit, read
from yakusho.blocks.collection.queries import law

PUBLISHED = [  # an agent's own test file: 44 digits each
    "91929023252070000010123499900199999900106050",
    "91929023252070000010123499900299999900154357",
    "91929023252070000010123499900399999911066327",
    "91929023252070000010123499900499999900095559",
    "91929023252070000010123499900599999900040008",
    "91929023252070000010123499900699999900106055",
    "91929023252070000010123499900799999900154352",
]
MOST = law().on(date(2026, 4, 1)).store_slip_most
DIGIT = st.sampled_from("0123456789")


def digits(width: int) -> st.SearchStrategy[str]:
    return st.text(DIGIT, min_size=width, max_size=width)


CODES = st.builds(
    SlipCode,
    issuer=digits(6),
    free=digits(21),
    yen=st.integers(0, 300_000),
    last_day=st.none() | st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    reissue=st.integers(0, 9),
    stamp=st.booleans(),
)


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_code_is_read_and_written(code):
    found = read(code)
    assert (found.issuer, found.last_day, found.yen) == ("929023", None, int(code[37:43]))
    assert found.digits(most=MOST) == code


def test_a_published_check_digit():
    assert check_digit("9191234501234567890123456789010103310123000") == "3"


def test_people_read_it_in_two_lines():
    code = SlipCode("912345", "452087500", 29_500, date(2004, 1, 31))
    assert code.lines(most=MOST) == (
        "(91)912345-000000000000452087500",
        f"0-040131-0-029500-{code.digits(most=MOST)[-1]}",
    )


@given(CODES)
def test_what_is_written_is_read(code):
    assert read(code.digits(most=MOST)) == code


@given(CODES, st.integers(0, 43), DIGIT)
def test_one_wrong_digit_is_never_taken_for_the_same_slip(code, place, digit):
    right = code.digits(most=MOST)
    wrong = right[:place] + digit + right[place + 1 :]
    if wrong != right:
        with pytest.raises(NotASlipCode):
            read(wrong)


@pytest.mark.parametrize(
    "typed", ["", "91", "9" * 44, "９" * 44, PUBLISHED[0][:-1], PUBLISHED[0] + "0", "EAN" + PUBLISHED[0]]
)
def test_anything_else_is_refused(typed):
    with pytest.raises(NotASlipCode):
        read(typed)


def test_a_day_that_does_not_exist_is_refused():
    body = PUBLISHED[0][:30] + "260230" + PUBLISHED[0][36:43]
    with pytest.raises(NotASlipCode):
        read(body + check_digit(body))


def test_stores_take_no_more_than_they_take():
    assert len(SlipCode("912345", "1", 300_000).digits(most=MOST)) == 44
    with pytest.raises(TooMuchForStores):
        SlipCode("912345", "1", 300_001).digits(most=MOST)


@pytest.mark.parametrize(
    "wrong",
    [
        SlipCode("9123456", "1", 1),
        SlipCode("912345", "1" * 22, 1),
        SlipCode("91234X", "1", 1),
        SlipCode("912345", "1", -1),
    ],
)
def test_what_does_not_fit_is_not_written(wrong):
    with pytest.raises(ValueError, match="does not fit"):
        wrong.digits(most=MOST)
