"""What the house cannot hold is refused at the door, each with its place; everything that people write passes."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from yakusho.blocks.doors import InvalidInput, Value
from yakusho.blocks.doors.fit import unfit
from yakusho.blocks.doors.tests import toy


class Deep(Value):
    """A value with everything in it."""

    texts: dict[str, str] = {}
    numbers: list[int] = []
    day: date | None = None
    moment: datetime | None = None
    inner: "Deep | None" = None


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066", "\ufffe"])
def test_characters_that_no_paper_can_hold_are_refused_wherever_they_stand(character):
    value = Deep.model_construct(texts={"a": f"山田{character}"}, numbers=[], day=None, moment=None, inner=None)
    (wrong,) = unfit(value)
    assert wrong.path == "texts.a"
    assert "文字" in wrong.ja
    (name,) = unfit({character: ""})
    assert name.en == wrong.en


@pytest.mark.parametrize(
    "text",
    ["髙﨑", "葛\U000e0100城", "か\u3099", "ﾀｶﾊｼ", "𠮷野家", "一行\n二行\t三", "Ångström", "\ue000", "👪", "\u200d"],
)
def test_everything_that_people_write_passes(text):
    assert list(unfit(Deep(texts={text: text}))) == []


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"numbers": [1, 2**63]}, "numbers.1"),
        ({"numbers": [-(10**40)]}, "numbers.0"),
        ({"day": date(1799, 12, 31)}, "day"),
        ({"day": date.max}, "day"),
        ({"moment": datetime(2026, 1, 1)}, "moment"),  # noqa: DTZ001 - that is the point
        ({"moment": datetime(1, 1, 1, tzinfo=UTC)}, "moment"),
        ({"moment": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=20, minutes=10)))}, "moment"),
        ({"moment": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=-23)))}, "moment"),
        ({"inner": Deep(inner=Deep(day=date.min))}, "inner.inner.day"),
    ],
)
def test_numbers_and_days_that_no_register_knows_are_refused(given, path):
    assert [wrong.path for wrong in unfit(Deep(**given))] == [path]


def test_the_ends_of_what_is_possible_pass():
    value = Deep(numbers=[2**63 - 1, -(2**63 - 1)], day=date(1800, 1, 1), moment=datetime(2299, 12, 31, tzinfo=UTC))
    assert list(unfit(value)) == []


@pytest.mark.django_db
def test_a_door_says_it_before_anything_happens(ringer):
    with pytest.raises(InvalidInput) as refused:
        toy.ring(ring={"times": 10**30}, by=ringer, on=date(2026, 11, 23))
    assert [one.path for one in refused.value.errors] == ["ring.times"]
    assert toy.effects == []
