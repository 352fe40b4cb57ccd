"""What the public may ask: published figures, who answers to a measure, and how often it is used."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import gettext

from yakusho.blocks.audit import record
from yakusho.blocks.doors import NOBODY, systems
from yakusho.systems.city.evaluation import queries


@pytest.fixture
def today(db):
    with connection.cursor() as cursor:
        cursor.execute("select (clock_timestamp() at time zone 'Asia/Tokyo')::date")
        return cursor.fetchone()[0]


@pytest.fixture
def used(db):
    """Writes rows into the record as doors do."""

    def write(kind, door, times=1):
        for _ in range(times):
            record.write(
                kind=kind, door=door, actor=1, actor_name="x", role="r", office="o", purpose="p", case="", subjects=[1], body={}
            )  # fmt: skip

    return write


def _measure(name, on):
    return next(one for one in queries.measures(by=NOBODY, on=on) if one.name == name)


def _use(system, on):
    return next((one.acts, one.looks) for one in queries.use(by=NOBODY, on=on) if one.system == system)


@pytest.mark.django_db
def test_everybody_may_see_the_published_totals():
    told = queries.overview(by=NOBODY)
    assert (told.totals.measures, told.totals.done, told.totals.partly, told.totals.not_started) == (75, 39, 29, 7)
    assert [pillar.id for pillar in told.pillars] == ["e-citizen", "e-business", "e-city"]


@pytest.mark.django_db
def test_measures_come_by_pillar_or_all(today):
    counts = [len(queries.measures(pillar=p, by=NOBODY, on=today)) for p in ("e-citizen", "e-business", "e-city")]
    assert counts == [24, 9, 24]
    assert len(queries.measures(by=NOBODY, on=today)) == sum(counts)


def test_a_measure_that_a_system_declares_is_running(today):
    own = _measure("行政評価システムの構築", today)
    assert (own.system, own.running) == ("city.evaluation", "running")


def test_a_measure_whose_system_is_not_here_is_planned(today):
    voting = _measure("電子投票システムの導入", today)
    assert (voting.system, voting.running) == ("citizen.voting", "planned")
    assert voting.status == "not_started"
    assert voting.why


def test_a_system_that_does_not_say_so_is_being_prepared(today, monkeypatch):
    monkeypatch.setattr(type(apps.get_app_config("evaluation")), "measures", [])
    assert _measure("行政評価システムの構築", today).running == "prepared"


def test_no_system_declares_a_measure_that_the_plans_do_not_name():
    names = {measure.name for measure in queries.programme().measures}
    wrong = {config.label: set(config.measures) - names for config in systems() if set(config.measures) - names}
    assert wrong == {}


def test_no_measure_is_declared_twice():
    declared = [measure for config in systems() for measure in config.measures]
    assert sorted(declared) == sorted(set(declared))


def test_use_is_counted_from_the_record(used, today):
    used("action", "evaluation.made_up", 3)
    used("query", "evaluation.made_up", 2)
    used("denied", "evaluation.made_up")
    used("action", "evaluations.other")
    assert _use("city.evaluation", today) == (3, 2)
    assert (_measure("行政評価システムの構築", today).acts, _measure("行政評価システムの構築", today).looks) == (3, 2)


def test_use_of_other_days_does_not_count(used, today):
    used("action", "evaluation.made_up")
    assert _use("city.evaluation", today - timedelta(days=1)) == (0, 0)
    assert _use("city.evaluation", today + timedelta(days=queries.DAYS - 1)) == (1, 0)
    assert _use("city.evaluation", today + timedelta(days=queries.DAYS)) == (0, 0)


def test_only_systems_are_listed_not_the_floors_below(today):
    assert all(one.system.split(".")[0] in ("citizen", "business", "city") for one in queries.use(by=NOBODY, on=today))


def test_asking_is_one_statement_however_much_is_recorded(used, today, django_assert_max_num_queries):
    used("action", "evaluation.made_up", 50)
    with django_assert_max_num_queries(3):
        assert len(queries.measures(by=NOBODY, on=today)) == 57


@pytest.mark.django_db
def test_asking_in_public_leaves_no_row():
    queries.overview(by=NOBODY)
    queries.use(by=NOBODY, on=date(2026, 11, 23))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry where door like 'evaluation.%'")
        assert cursor.fetchone()[0] == 0


def test_the_room_has_its_title_in_two_languages():
    assert gettext("行政評価") in ("行政評価", "Evaluation")
    assert str(apps.get_app_config("evaluation").title)
