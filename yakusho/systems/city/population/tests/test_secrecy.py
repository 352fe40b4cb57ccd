"""No small number is published, and none that is hidden can be computed: proved by algebra, not by our own network."""

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yakusho.systems.city.population.rules import tables
from yakusho.systems.city.population.rules.secrecy import SMALLEST, Count, hidden

BANDS = (0, 5, 85)


def equations(keys):
    """Every sum a reader knows of, as rows of +1 and -1 over the counts; written down without looking at the rules."""
    keys = list(keys)
    place = {key: number for number, key in enumerate(keys)}
    towns = {town for town, _, _ in keys} - {tables.CITY}
    sexes = {sex for _, sex, _ in keys} - {tables.ALL}
    rows = []

    def add(total, parts):
        row = np.zeros(len(keys))
        row[place[total]] = -1
        for part in parts:
            row[place[part]] += 1
        rows.append(row)

    for town in (tables.CITY, *towns):
        add((town, tables.ALL, -1), [(town, sex, -1) for sex in sexes])
        for sex in sexes:
            add((town, sex, -1), [(town, sex, band) for band in tables.BANDS])
    for key in keys:
        if key[0] == tables.CITY:
            add(key, [(town, *key[1:]) for town in towns])
    return keys, np.array(rows)


def computable(table):
    """Hidden counts that the published ones determine: a unit vector lies in the space of the known sums."""
    keys, rows = equations(table)
    away = [number for number, key in enumerate(keys) if table[key] is None]
    if not away:
        return []
    known = rows[:, away]
    rank = np.linalg.matrix_rank(known)
    found = []
    for column, number in enumerate(away):
        unit = np.zeros((1, len(away)))
        unit[0, column] = 1
        if np.linalg.matrix_rank(np.vstack([known, unit])) == rank:
            found.append(keys[number])
    return found


CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["0001", "0002", "0003"]), st.sampled_from(["男", "女"]), st.sampled_from(BANDS)),
    st.integers(0, 12),
    min_size=1,
)


@pytest.fixture(autouse=True, params=[0, 30])
def ages_from(request, monkeypatch):
    """With and without towns too small for ages."""
    monkeypatch.setattr(tables, "AGES_FROM", request.param)
    return request.param


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_no_small_number_can_be_computed(cells):
    table, true = tables.published(cells), tables.summed(cells)
    found = computable(table)
    assert [key for key in found if 0 < true[key] < SMALLEST] == []
    # What is hidden beside small numbers stays open, too; ages of small towns are only left out.
    assert [key for key in found if key[2] == tables.EVERYBODY] == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CELLS)
def test_what_is_published_is_true_and_not_small(cells):
    true = tables.summed(cells)
    for key, number in tables.published(cells).items():
        assert number is None or (number == true[key] and not 0 < number < SMALLEST)


def others(counts):
    """For each hidden count every value it may have when no hidden count is below one, found by trying (small tables only)."""
    away = sorted(hidden(counts))
    seen = {place: set() for place in away}
    balance = sum(SIGN[counts[place].source] * counts[place].number for place in away)
    for tried in product(range(1, 16), repeat=len(away)):
        if sum(SIGN[counts[place].source] * number for place, number in zip(away, tried, strict=True)) == balance:
            for place, number in zip(away, tried, strict=True):
                seen[place].add(number)
    return seen


SIGN = {"a": 1, "b": -1}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=4))
def test_hidden_parts_of_one_sum_stay_open_to_who_knows_that_zeros_are_shown(numbers):
    counts = [Count(number, *("ab" if way else "ba")) for number, way in numbers]
    if len(hidden(counts)) < len(counts):
        assert all(len(values) > 1 for values in others(counts).values())


def test_zeros_are_published_and_hide_nobody():
    table = tables.published({("0001", "男", 0): 0, ("0001", "女", 0): 50, ("0002", "女", 0): 60})
    assert table["0001", "男", 0] == 0
    assert None not in table.values()


def test_one_small_count_takes_others_with_it():
    cells = {(town, sex, band): 20 for town in ("0001", "0002", "0003") for sex in "男女" for band in BANDS}
    cells["0001", "男", 5] = 3
    table = tables.published(cells)
    away = {key for key, number in table.items() if number is None}
    assert ("0001", "男", 5) in away
    assert len(away) == 4
    assert table["", "", -1] == 343


def test_a_single_person_is_hidden_in_every_sum(ages_from):
    table = tables.published({("0001", "女", 85): 1})
    away = {(town, *rest) for town in ("", "0001") for rest in (("女", 85), ("女", -1), ("", -1))}
    found = {key for key, number in table.items() if number is None}
    assert away <= found
    assert ages_from or found == away


def test_ages_of_a_small_town_are_left_out_and_its_people_told(ages_from):
    cells = {("0001", "男", 0): 6, ("0001", "女", 5): 7} | {("0002", sex, band): 40 for sex in "男女" for band in BANDS}
    table = tables.published(cells)
    assert table["0001", "", -1] == 13
    assert table["0001", "男", 0] == (None if ages_from else 6)
    assert table["0002", "男", 0] == 40


def test_a_table_too_small_to_protect_is_hidden_whole():
    assert hidden([Count(3, "a", "b"), Count(0, "a", "b")]) == {0, 1}


def test_sex_not_registered_is_counted_and_protected():
    cells = {(town, sex, 0): 30 for town in ("0001", "0002") for sex in ("男", "女")} | {("0001", "不明", 0): 2}
    table = tables.published(cells)
    assert table["0001", "不明", 0] is None
    assert computable(table) == []
    assert table["", "", -1] == 122


@pytest.mark.parametrize(("age", "band"), [(0, 0), (4, 0), (5, 5), (84, 80), (85, 85), (104, 85)])
def test_bands_of_five_years(age, band):
    assert tables.five_years(age) == band


def test_households_of_one_small_town_hide_a_second_town():
    told = tables.published_households({"0001": 3, "0002": 40, "0003": 90})
    assert told == {"": 133, "0001": None, "0002": None, "0003": 90}


def test_households_that_a_total_would_tell():
    told = tables.published_households({"0001": 3})
    assert set(told.values()) == {None}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_events_of_a_month_are_not_told_by_its_balance(events):
    told = tables.published_months([tables.Month(None, 1000, *events)])[0]
    shown = [told.births, told.arrivals, told.deaths, told.departures]
    assert all(one is None or one == 0 or one >= SMALLEST for one in shown)
    assert told.population == 1000
    assert shown.count(None) != 1


def test_a_birth_and_an_arrival_do_not_tell_each_other():
    told = tables.published_months([tables.Month(None, 1000, 1, 1, 0, 9)])[0]
    assert (told.births, told.arrivals, told.departures) == (None, None, None)


def test_a_city_of_four_does_not_say_so():
    assert tables.published_months([tables.Month(None, 4)])[0].population is None


def test_a_large_table_is_protected_in_good_time():
    rng = np.random.default_rng(3)
    cells = {
        (f"{town:04}", sex, band): int(number)
        for town in range(60)
        for sex, numbers in (("男", rng.poisson(4, 18)), ("女", rng.poisson(4, 18)))
        for band, number in zip(tables.BANDS, numbers, strict=True)
    }
    table = tables.published(cells)
    away = [key for key, number in table.items() if number is None]
    assert table["", "", -1] == sum(cells.values())
    small = sum(0 < number < SMALLEST for number in cells.values())
    assert small <= len(away) < small + 60
