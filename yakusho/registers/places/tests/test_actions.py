"""Loading: all or nothing, harmless to repeat, and a name that changes keeps its past."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from yakusho.blocks.doors import NOBODY, SYSTEM
from yakusho.blocks.doors.watch import watched
from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.places import actions, queries
from yakusho.registers.places.formats import BadTowns
from yakusho.registers.places.models import Town, TownVersion
from yakusho.registers.places.tests.conftest import LINES

LATER = date(2027, 4, 1)


@pytest.mark.django_db
def test_the_city_is_loaded_and_again_nothing_changes(on):
    first = actions.load_towns(by=SYSTEM, on=on)
    again = actions.load_towns(by=SYSTEM, on=on)
    assert (first.rows, first.opened, first.closed, first.corrected) == (1002, 1002, 0, 0)
    assert (again.version, again.opened, again.closed, again.corrected) == (first.version, 0, 0, 0)
    assert Town.objects.count() == 1002


@pytest.mark.django_db
def test_loading_takes_few_statements_however_many_towns(on, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        actions.load_towns(by=SYSTEM, on=on)
    assert TownVersion.objects.get().rows == 1002


def test_the_beginning_of_what_was_always_there_is_unknown(register):
    assert set(Town.objects.values_list("valid", flat=True).distinct()) == {Town.objects.first().valid}
    assert (Town.objects.first().valid.lower, Town.objects.first().valid.upper) == (None, None)


def test_a_renaming_keeps_the_past(register, load):
    changed = load([line.replace("内丸", "丸の内") for line in LINES], LATER)
    assert (changed.opened, changed.closed, changed.corrected) == (1, 1, 0)
    assert queries.town(code="0001000", by=NOBODY, on=LATER - timedelta(days=1)).name == "内丸"
    assert queries.town(code="0001000", by=NOBODY, on=LATER).name == "丸の内"


def test_a_town_that_is_gone_ends(register, load):
    assert load(LINES[1:], LATER).closed == 1
    with pytest.raises(NotFound):
        queries.town(code="0001000", by=NOBODY, on=LATER)
    assert queries.town(code="0001000", by=NOBODY, on=date(2026, 1, 1)).until == LATER


def test_a_new_town_begins_on_the_day(register, load):
    load([*LINES, "0009000,新町,,シンマチ,,141.1,39.7"], LATER)
    assert queries.town(code="0009000", by=NOBODY, on=LATER).from_ == LATER
    with pytest.raises(NotFound):
        queries.town(code="0009000", by=NOBODY, on=LATER - timedelta(days=1))


def test_a_town_that_comes_back_has_a_gap(register, load):
    load(LINES[1:], LATER)
    load(LINES, LATER + timedelta(days=365))
    assert Town.objects.filter(code="0001000").count() == 2
    with pytest.raises(NotFound):
        queries.town(code="0001000", by=NOBODY, on=LATER)


def test_a_correction_of_a_reading_is_no_renaming(register, load):
    changed = load([line.replace("ウチマル", "ウチマールー") for line in LINES], LATER)
    assert (changed.opened, changed.closed, changed.corrected) == (0, 0, 1)
    assert Town.objects.filter(code="0001000").count() == 1


def test_a_mistake_of_the_same_day_leaves_no_trace(register, load):
    load([line.replace("内丸", "丸の内") for line in LINES], LATER)
    load([line.replace("内丸", "丸ノ内町") for line in LINES], LATER)
    names = list(Town.objects.filter(code="0001000").order_by("valid").values_list("name", flat=True))
    assert names == ["内丸", "丸ノ内町"]


def test_a_broken_file_changes_nothing(register, load):
    with pytest.raises(BadTowns):
        load([*LINES[:3], "x"], LATER)
    assert Town.objects.filter(valid__upper_inf=True).count() == len(LINES)
    assert TownVersion.objects.count() == 1


def test_only_the_house_loads(db, on):
    with pytest.raises(NotAllowed):
        actions.load_towns(by=NOBODY, on=on)
    assert not Town.objects.exists()


@pytest.mark.parametrize(
    "change", [{"code": "x1234"}, {"postcode": "123"}, {"lon": 0}, {"lat": 89}, {"valid": "empty"}]
)
def test_the_database_refuses_what_cannot_be(register, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Town.objects.filter(code="0001000").update(**change)


def test_the_database_refuses_two_names_at_once(register):
    row = Town.objects.get(code="0001000")
    row.pk, row.name = None, "丸の内"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_nothing_is_written_outside_an_action(load):
    with watched():
        assert load(LINES).opened == len(LINES)
