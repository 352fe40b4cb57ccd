"""The data agrees with the published totals, and a slip of the pen anywhere in it is found."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.systems.city.evaluation import rules
from yakusho.systems.city.evaluation.formats import read_programme

PLANS = Path(__file__).resolve().parents[5] / "cities" / "morioka" / "plans"


@pytest.fixture
def programme():
    return read_programme(PLANS)


def test_the_published_totals(programme):
    totals = programme.totals
    assert (totals.measures, totals.done, totals.partly, totals.not_started) == (75, 39, 29, 7)
    percent = programme.percent
    assert (percent.done, percent.partly, percent.not_started, percent.started) == (52, 39, 9, 91)


@pytest.mark.parametrize(
    ("pillar", "counts"), [("e-citizen", (34, 12, 19, 3)), ("e-business", (12, 7, 4, 1)), ("e-city", (29, 20, 6, 3))]
)
def test_the_published_counts_of_each_pillar(programme, pillar, counts):
    found = next(p.counts for p in programme.pillars if p.id == pillar)
    assert (found.measures, found.done, found.partly, found.not_started) == counts


def test_listed_and_new_measures_of_each_plan(programme):
    assert [plan.measures for plan in programme.plans] == [49, 29, 25, 22]
    assert [plan.new for plan in programme.plans] == [None, 11, 5, 7]


def test_the_plans_follow_each_other_for_fourteen_years(programme):
    assert [(p.starts.year, p.until.year) for p in programme.plans] == [
        (2002, 2007),
        (2007, 2010),
        (2010, 2013),
        (2013, 2016),
    ]


def test_only_named_measures_are_listed(programme):
    by_pillar = {p.id: sum(m.pillar == p.id for m in programme.measures) for p in programme.pillars}
    assert by_pillar == {"e-citizen": 24, "e-business": 9, "e-city": 24}
    assert all(by_pillar[p.id] <= p.counts.measures for p in programme.pillars)


def test_all_seven_that_were_not_started_are_named_with_the_reason(programme):
    never = [m for m in programme.measures if m.status == "not_started"]
    assert len(never) == programme.totals.not_started
    assert all(m.why and m.why_english for m in never)


def test_one_measure_is_listed_again_under_another_pillar(programme):
    again = [(m.name, m.pillar, m.also) for m in programme.measures if m.also]
    assert again == [("地方税申告システムの導入", "e-citizen", ("e-city",))]


def test_the_data_has_no_contradiction(programme):
    assert rules.contradictions(programme) == []


def _changed(programme, **changes):
    return programme.model_copy(update=changes)


@pytest.mark.parametrize("name", ["measures", "done", "partly", "not_started"])
@pytest.mark.parametrize("slip", [-1, 1, 10])
def test_a_mistyped_total_is_found(programme, name, slip):
    totals = programme.totals.model_copy(update={name: getattr(programme.totals, name) + slip})
    assert rules.contradictions(_changed(programme, totals=totals))


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("name", ["measures", "done", "partly", "not_started"])
def test_a_mistyped_count_of_a_pillar_is_found(programme, index, name):
    pillars = list(programme.pillars)
    counts = pillars[index].counts
    wrong = counts.model_copy(update={name: getattr(counts, name) + 1})
    pillars[index] = pillars[index].model_copy(update={"counts": wrong})
    assert rules.contradictions(_changed(programme, pillars=tuple(pillars)))


def _every_group(programme):
    return [(i, j) for i, p in enumerate(programme.pillars) for j in range(len(p.started))]


@pytest.mark.parametrize("field", ["done", "partly", "done_or_partly", "relisted"])
def test_a_mistyped_count_of_any_group_is_found(programme, field):
    for i, j in _every_group(programme):
        pillars = list(programme.pillars)
        groups = list(pillars[i].started)
        groups[j] = groups[j].model_copy(update={field: getattr(groups[j], field) + 1})
        pillars[i] = pillars[i].model_copy(update={"started": tuple(groups)})
        assert rules.contradictions(_changed(programme, pillars=tuple(pillars))), (i, j)


@pytest.mark.parametrize("name", ["done", "partly", "not_started", "started"])
def test_a_mistyped_percentage_is_found(programme, name):
    percent = programme.percent.model_copy(update={name: getattr(programme.percent, name) + 1})
    assert rules.contradictions(_changed(programme, percent=percent)) == [
        f"percent: {name} is not the share of the total"
    ]


def test_a_measure_typed_twice_is_found(programme):
    measures = (*programme.measures, programme.measures[0])
    assert any("stands twice" in s for s in rules.contradictions(_changed(programme, measures=measures)))


def test_too_many_named_measures_in_a_full_group_are_found(programme):
    extra = programme.measures[8].model_copy(
        update={"name": "推測の施策"}
    )  # the second plan has one partly and one done
    found = rules.contradictions(_changed(programme, measures=(*programme.measures, extra)))
    assert any("named" in sentence for sentence in found)


def test_a_measure_without_its_plans_is_found(programme):
    lost = programme.measures[0].model_copy(update={"plans": (2, 3)})
    found = rules.contradictions(_changed(programme, measures=(lost, *programme.measures[1:])))
    assert found == ["ＩＴ講習の推進: the text has no such group of plans"]


def test_a_measure_not_started_needs_its_reason(programme):
    measures = tuple(m.model_copy(update={"why": ""}) for m in programme.measures)
    assert len(rules.contradictions(_changed(programme, measures=measures))) == 7


def test_a_gap_between_plans_is_found(programme):
    plans = list(programme.plans)
    plans[1] = plans[1].model_copy(update={"until": plans[1].until.replace(year=2009)})
    assert rules.contradictions(_changed(programme, plans=tuple(plans))) == ["plan 3 does not begin where plan 2 ends"]


def test_more_new_measures_than_measures_are_found(programme):
    plans = list(programme.plans)
    plans[3] = plans[3].model_copy(update={"new": 23})
    assert rules.contradictions(_changed(programme, plans=tuple(plans)))


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_is_the_nearest_whole_percent(part, whole):
    assert abs(100 * part - rules.share(part, whole) * whole) * 2 <= whole


def test_a_half_percent_goes_up():
    assert rules.share(1, 200) == 1


def test_every_name_in_japanese_has_an_english_name(programme):
    assert all(m.english and not re.search(r"[\u3040-\u9fff]", m.english) for m in programme.measures)
