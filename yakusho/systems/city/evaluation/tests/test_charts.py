"""Pictures: parts add up, nothing leaves the frame."""

from pathlib import Path

import pytest

from yakusho.systems.city.evaluation import charts
from yakusho.systems.city.evaluation.formats import read_programme

PLANS = Path(__file__).resolve().parents[5] / "cities" / "morioka" / "plans"


@pytest.fixture
def programme():
    return read_programme(PLANS)


def _percent(text):
    return float(text.removesuffix("%"))


def test_the_longest_bar_fills_the_width(programme):
    parts = charts.bar(programme.pillars[0], 34)
    assert [part.figure for part in parts] == [12, 19, 3]
    assert sum(_percent(part.width) for part in parts) == pytest.approx(100, abs=0.05)
    assert _percent(parts[1].x) == pytest.approx(_percent(parts[0].width), abs=0.02)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_figures_stand_inside_their_parts(programme, index):
    for part in charts.bar(programme.pillars[index], 34):
        assert _percent(part.x) < _percent(part.middle) < _percent(part.x) + _percent(part.width)


def test_an_empty_part_is_not_drawn(programme):
    pillar = programme.pillars[0]
    none = pillar.model_copy(update={"counts": pillar.counts.model_copy(update={"not_started": 0, "partly": 22})})
    assert [part.kind for part in charts.bar(none, 34)] == ["a", "b"]


def test_columns_stand_on_the_axis_and_stay_in_the_frame(programme):
    columns = charts.columns(list(programme.plans))
    assert [column.old_y + column.old_height for column in columns] == [charts.TOP + charts.HEIGHT] * 4
    assert all(column.label_y > 0 and column.new_y >= charts.TOP - 1 for column in columns)
    assert all(_percent(column.x) + 17 <= 100 for column in columns)


def test_new_measures_stand_on_those_carried_on(programme):
    first, second, *_ = charts.columns(list(programme.plans))
    assert first.new_height == 0
    assert second.new_y + second.new_height == second.old_y
    assert second.new_height == round(11 * charts.HEIGHT / 49)
