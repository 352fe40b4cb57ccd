from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.kit import parameters
from yakusho.kit.parameters import Law, NoValue, Parameter, ParameterMistake
from yakusho.kit.periods import Period

FEE = """
title: 住民票の写しの交付手数料
article: 手数料条例 別表
unit: yen
confirmed: false
note: 窓口
values:
  2000-04-01: 300
  2026-04-01: 350
  2030-04-01: null
"""


def folder(tmp_path, name="room", **files):
    made = tmp_path / name
    made.mkdir(exist_ok=True)
    for stem, text in files.items():
        (made / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def law(tmp_path):
    return parameters.read(folder(tmp_path, fee=FEE))


@pytest.mark.parametrize(
    ("day", "yen"),
    [(date(2000, 4, 1), 300), (date(2026, 3, 31), 300), (date(2026, 4, 1), 350), (date(2030, 3, 31), 350)],
)
def test_the_value_in_force_on_a_day(law, day, yen):
    assert law.on(day).fee == yen


@pytest.mark.parametrize("day", [date(2000, 3, 31), date(2030, 4, 1), date(2099, 1, 1)])
def test_outside_its_days_nothing_is_guessed(law, day):
    with pytest.raises(NoValue) as caught:
        _ = law.on(day).fee
    assert "住民票の写しの交付手数料" in caught.value.ja
    assert "手数料条例 別表" in caught.value.en
    assert caught.value.facts["day"] == day


def test_an_unknown_name_is_a_mistake_of_the_program(law):
    with pytest.raises(AttributeError, match="fees"):
        _ = law.on(date(2026, 1, 1)).fees
    with pytest.raises(KeyError):
        law.is_confirmed("fees")


def test_the_source_goes_with_the_value(law):
    assert law["fee"].article == "手数料条例 別表"
    assert law["fee"].unit == "yen"
    assert law.is_confirmed("fee") is False
    assert list(law) == ["fee"]
    assert len(law) == 1


def test_periods_are_half_open_and_leave_out_days_without_a_value(law):
    assert law["fee"].periods() == [
        (Period(date(2000, 4, 1), date(2026, 4, 1)), 300),
        (Period(date(2026, 4, 1), date(2030, 4, 1)), 350),
    ]


def test_the_description_has_a_row_for_each_period(law):
    first, second = law.describe()
    assert first["period"] == "平成12年（2000年）4月1日から令和8年（2026年）3月31日まで"
    assert (first["value"], second["value"]) == ("300", "350")
    assert first["confirmed"] == "未確認"


def test_a_city_overrides_by_name_and_leaves_the_rest(tmp_path):
    city = FEE.replace("2000-04-01: 300", "2000-04-01: 200").replace("confirmed: false", "confirmed: true")
    law = parameters.read(folder(tmp_path, fee=FEE, other=FEE), folder(tmp_path, "city", fee=city))
    assert law.on(date(2001, 1, 1)).fee == 200
    assert law.on(date(2001, 1, 1)).other == 300
    assert law.is_confirmed("fee")


def test_a_folder_that_is_absent_holds_none(tmp_path):
    assert len(parameters.read(tmp_path / "nowhere")) == 0


def test_a_file_may_hold_several_by_name(tmp_path):
    text = "one: {title: 一, article: 条例1条, unit: yen, confirmed: true, values: {2026-04-01: 1}}\n"
    law = parameters.read(folder(tmp_path, many=text + text.replace("one", "two").replace(": 1}", ": 2}")))
    on = law.on(date(2026, 4, 1))
    assert (on.one, on.two) == (1, 2)


def test_tables_lists_and_exact_decimals(tmp_path):
    text = FEE.replace("2000-04-01: 300", "2000-04-01: {counter: 300, online: {card: 200}, rate: 0.1, steps: [1, 2]}")
    law = parameters.read(folder(tmp_path, fee=text))
    fee = law.on(date(2001, 1, 1)).fee
    assert fee.counter == 300
    assert fee.online.card == fee["online"]["card"] == 200
    assert fee.rate == Decimal("0.1")
    assert isinstance(fee.rate, Decimal)
    assert fee.steps == (1, 2)
    assert len(fee) == len(list(fee)) == 4
    with pytest.raises(AttributeError):
        _ = fee.absent
    assert "counter" in law.describe()[0]["value"]


@pytest.mark.parametrize(
    "text",
    [
        FEE.replace("title: 住民票の写しの交付手数料\n", ""), FEE.replace("article: 手数料条例 別表", "article: ''"), FEE.replace("unit: yen", "unit: 3"),
        FEE.replace("confirmed: false\n", ""), FEE.replace("confirmed: false", "confirmed: maybe"), FEE.replace("2000-04-01: 300", "'2000-04-01': 300"),
        FEE.replace("2000-04-01: 300", "2000-04-01T00:00:00: 300"), FEE.replace("2026-04-01", "2000-04-01"), FEE + "tittle: x\n",
        FEE[: FEE.index("  2000")], "just text", "- a\n- b\n", "a: [", "a-b: {title: t}", "a: 3", FEE.replace("300", "1.0e"+"9" * 30 + "x: ["),
    ],
)  # fmt: skip
def test_a_file_with_a_mistake_is_refused_by_name(tmp_path, text):
    with pytest.raises(ParameterMistake, match=r"fee\.yaml"):
        parameters.read(folder(tmp_path, fee=text))


def test_one_name_in_two_files_of_a_folder_is_a_mistake(tmp_path):
    named = "fee: {title: 一, article: 条例1条, unit: yen, confirmed: true, values: {2026-04-01: 1}}\n"
    with pytest.raises(ParameterMistake, match="twice"):
        parameters.read(folder(tmp_path, fee=FEE, other=named))


def test_a_law_cannot_be_changed_in_passing(law):
    with pytest.raises((TypeError, AttributeError)):
        law._parameters["fee"] = None
    with pytest.raises(AttributeError):
        law["fee"].confirmed = True


@given(
    st.dictionaries(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.none() | st.integers(), min_size=1),
    st.dates(date(1989, 1, 1), date(2041, 1, 1)),
)
def test_the_value_on_a_day_is_that_of_the_period_that_holds_the_day(values, day):
    parameter = Parameter("fee", "料", "条", "yen", True, tuple(sorted(values.items())))
    held = [value for period, value in parameter.periods() if day in period]
    assert len(held) <= 1
    try:
        found = [Law({"fee": parameter}).on(day).fee]
    except NoValue:
        found = []
    assert found == held


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers())
def test_a_new_year_is_a_new_date_and_changes_no_earlier_day(start, value):
    old = Parameter("fee", "料", "条", "yen", True, ((date(1980, 1, 1), 1),))
    new = Parameter("fee", "料", "条", "yen", True, (*old.values, (start, value)))
    assert new.on(start - timedelta(days=1)) == old.on(start - timedelta(days=1))
    assert new.on(start) == value


def test_every_parameter_of_the_cities_can_be_read():
    for city in sorted((Path(__file__).parents[3] / "cities").glob("*/parameters")):
        law = parameters.read(city)
        assert all(parameter.title and parameter.article for parameter in law.values())
