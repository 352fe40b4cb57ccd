"""A program that sends another type than the one that is described is told so at the field; nothing is guessed."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError, create_model

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.doors.exact import Asked, exact


class Inner(Value):
    """A value inside another."""

    number: int = 0
    sure: bool = False


FIELDS = {
    "number": (int, 0),
    "person": (PersonId | None, None),
    "people": (list[PersonId], []),
    "day": (date | None, None),
    "moment": (datetime | None, None),
    "sure": (bool, False),
    "word": (str, ""),
    "either": (int | str, 0),
    "inner": (Inner | None, None),
    "inners": (list[Inner], []),
}
Model = create_model("Model", __base__=Asked, **FIELDS)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"number": True}, ("number",)),
        ({"number": "7"}, ("number",)),
        ({"number": 1.5}, ("number",)),
        ({"person": False}, ("person",)),
        ({"people": [1, True]}, ("people", 1)),
        ({"day": 0}, ("day",)),
        ({"day": 0.0}, ("day",)),
        ({"day": True}, ("day",)),
        ({"moment": 1_700_000_000}, ("moment",)),
        ({"word": 7}, ("word",)),
        ({"sure": 0.0}, ("sure",)),
        ({"sure": 1}, ("sure",)),
        ({"sure": "off"}, ("sure",)),
        ({"sure": None}, ("sure",)),
        ({"inner": {"sure": 0}}, ("inner", "sure")),
        ({"inner": {"number": True}}, ("inner", "number")),
        ({"inners": [{}, {"number": "1"}]}, ("inners", 1, "number")),
    ],
)
def test_another_type_is_refused_at_its_field(given, place):
    with pytest.raises(ValidationError) as refused:
        Model.model_validate(given)
    assert [error["loc"] for error in refused.value.errors()] == [place]


@pytest.mark.parametrize(
    "given",
    [
        {"number": 7, "person": 8, "people": [9]},
        {"person": None, "day": "2026-11-23", "moment": "2026-11-23T09:00+09:00"},
        {"day": date(2026, 11, 23), "sure": True, "word": "7", "either": "7"},
        {"inner": {"number": 1, "sure": True}, "inners": [Inner(number=2)]},
    ],
)
def test_what_is_described_passes_unchanged(given):
    made = Model.model_validate(given)
    again = Model.model_validate(made.model_dump())
    assert again == made


def test_what_is_no_object_is_left_to_the_model():
    assert exact(Model, [1]) == [1]
    with pytest.raises(ValidationError):
        Model.model_validate([1])
