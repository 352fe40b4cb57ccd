import json
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, field_validator

from yakusho.kit.refusal import BadInput, NotAllowed, NotFound, Refusal


class NotOpenYet(Refusal):
    """受付は{opens_on}からです。 / Applications open on {opens_on}. / {opens_on}から 申しこむ ことが できます。"""


class FeeUnpaid(Refusal):
    """手数料{amount:,}円が未納です。 / The fee of {amount:,} yen is unpaid."""

    status = 402
    field = "fee"


class LongOne(Refusal):
    """これは二行に
    わたる文です。
    / This sentence runs over
    two lines.
    """


class CSVRowBroken(BadInput):
    """行を読めません。 / The row cannot be read."""


class Colour(Enum):
    RED = "赤"


class Anything(Refusal):
    """{what}です。 / It is {what}."""


def test_the_docstring_is_the_message_with_dates_readable_in_both_languages():
    refusal = NotOpenYet(opens_on=date(2019, 5, 1))
    assert refusal.ja == "受付は令和元年（2019年）5月1日からです。"
    assert refusal.en == "Applications open on 2019-05-01."
    assert refusal.easy == "令和元年（2019年）5月1日から 申しこむ ことが できます。"
    assert str(refusal) == f"{refusal.ja} / {refusal.en}"


def test_plain_japanese_falls_back_to_the_official_sentence():
    assert FeeUnpaid(amount=1200).easy == "手数料1,200円が未納です。"


def test_lines_are_joined_without_a_gap_in_japanese():
    assert LongOne().ja == "これは二行にわたる文です。"
    assert LongOne().en == "This sentence runs over two lines."


def test_problem_has_the_members_of_rfc_9457():
    assert FeeUnpaid(amount=300).problem() == {
        "type": "urn:yakusho:refusal:fee_unpaid",
        "title": "手数料300円が未納です。",
        "detail": "The fee of 300 yen is unpaid.",
        "status": 402,
        "field": "fee",
        "facts": {"amount": 300},
    }
    assert "申しこむ" in NotOpenYet(opens_on=date(2026, 1, 1)).problem()["easy"]


def test_a_refusal_can_be_said_about_a_field_the_caller_knows():
    assert CSVRowBroken().at("row 3").problem()["field"] == "row 3"
    assert CSVRowBroken().problem()["field"] == ""


def test_codes_are_snake_case():
    assert [kind.code for kind in (NotOpenYet, CSVRowBroken, NotFound)] == [
        "not_open_yet",
        "csv_row_broken",
        "not_found",
    ]


def test_statuses_of_the_common_refusals():
    assert [kind.status for kind in (Refusal, NotAllowed, NotFound, BadInput, CSVRowBroken)] == [
        409,
        403,
        404,
        422,
        422,
    ]


@pytest.mark.parametrize(
    "doc",
    [
        None,
        "",
        "日本語だけです。",
        "English only.",
        "English first. / 日本語が後。",
        "日本語。 / ",
        "日本語。 / 日本語です OK.",
        "一。 / Two. / 三。 / Four.",
        "{a.b}です。 / It is {a.b}.",
        "{}です。 / It is {}.",
    ],
)
def test_a_class_without_a_sentence_in_two_languages_cannot_be_defined(doc):
    with pytest.raises(TypeError):
        type("Wrong", (Refusal,), {"__doc__": doc})


def test_a_sentence_is_not_inherited():
    with pytest.raises(TypeError, match="Silent"):
        type("Silent", (NotOpenYet,), {})


def test_the_base_itself_says_nothing_and_cannot_be_raised():
    with pytest.raises(TypeError):
        Refusal()


def test_a_missing_fact_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="opens_on"):
        NotOpenYet()


def test_extra_facts_are_kept_for_machines():
    assert NotFound(person=7).problem()["facts"] == {"person": 7}


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (
            datetime(2026, 11, 23, 5, 4, tzinfo=UTC),
            "令和8年（2026年）11月23日14時04分です。",
            "It is 2026-11-23 14:04+09:00.",
        ),
        (date(1850, 1, 2), "1850年1月2日です。", "It is 1850-01-02."),
        ([date(2020, 1, 1), "B"], "令和2年（2020年）1月1日、Bです。", "It is 2020-01-01, B."),
        ({"b", "a"}, "a、bです。", "It is a, b."),
        (Colour.RED, "赤です。", "It is 赤."),
        (3, "3です。", "It is 3."),
    ],
)
def test_facts_are_written_for_people(value, ja, en):
    assert (Anything(what=value).ja, Anything(what=value).en) == (ja, en)


def test_braces_in_a_fact_are_not_formatted_again():
    assert Anything(what="{secret}").ja == "{secret}です。"


_FACTS: tuple[Callable[[], st.SearchStrategy[object]], ...] = (st.none, st.booleans, st.integers, st.floats, st.text)


@given(
    st.recursive(
        st.one_of(
            *(make() for make in _FACTS),
            st.dates(),
            st.datetimes(),
            st.decimals(),
            st.sets(st.text()),
            st.just(Colour.RED),
        ),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_every_problem_is_strict_json(value):
    text = json.dumps(Anything(what=value).problem(), allow_nan=False, ensure_ascii=False)
    assert json.loads(text)["type"] == "urn:yakusho:refusal:anything"


def test_decimals_become_text():
    assert Anything(what=Decimal("1.50")).problem()["facts"] == {"what": "1.50"}


def test_a_refusal_crosses_processes():
    there = pickle.loads(pickle.dumps(FeeUnpaid(amount=5).at("other")))
    assert there.problem() == FeeUnpaid(amount=5).at("other").problem()


def test_pydantic_collects_bad_input_with_its_field():
    class Form(BaseModel):
        row: str

        @field_validator("row")
        @classmethod
        def readable(cls, value: str) -> str:
            raise CSVRowBroken

    with pytest.raises(ValidationError) as caught:
        Form(row="x")
    (error,) = caught.value.errors()
    assert error["loc"] == ("row",)
    assert isinstance(error["ctx"]["error"], CSVRowBroken)
