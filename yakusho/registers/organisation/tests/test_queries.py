"""Asking for offices, holders, the mayor of a day and opening hours."""

from datetime import date, time

import pytest

from yakusho.blocks.doors import NOBODY, Actor, Grant
from yakusho.kit.refusal import NotAllowed, NotFound
from yakusho.registers.organisation import queries
from yakusho.registers.organisation.models import Holding

CLERK = Actor(7, "窓口 花子", frozenset({Grant("resident_clerk", "citizen_registration")}))


def test_the_offices_come_by_code(organisation, on):
    codes = [view.code for view in queries.offices(by=NOBODY, on=on)]
    assert codes == sorted(codes)
    assert len(codes) == organisation.offices


def test_an_office_knows_its_counter(organisation, on):
    view = queries.office(code="citizen_registration", by=NOBODY, on=on)
    assert (view.name, view.parent, view.counter) == ("市民登録課", "citizens", "1階3番")
    assert (view.opens, view.closes) == (time(8, 30), time(17, 15))


@pytest.mark.parametrize("code", ["nowhere", "", "'; drop table"])
def test_an_unknown_office_is_not_found(organisation, on, code):
    with pytest.raises(NotFound):
        queries.office(code=code, by=NOBODY, on=on)


def test_papers_are_issued_in_the_name_of_the_mayor_of_the_day(organisation, on):
    signatory = queries.signatory(by=NOBODY, on=on)
    assert signatory.signature == "盛岡市長　見本 太郎"
    assert (signatory.title_english, signatory.seal) == ("Mayor of Morioka", "盛岡市長之印")


def test_without_a_mayor_no_paper_is_issued(organisation):
    with pytest.raises(NotFound):
        queries.signatory(by=NOBODY, on=date(2023, 8, 31))
    assert queries.signatory(by=NOBODY, on=date(2023, 9, 1)).name == "見本 太郎"


def test_the_holders_of_an_office_highest_first(organisation, on):
    views = queries.holders(office="citizen_registration", by=CLERK, on=on)
    assert [view.post for view in views] == [
        "registration_head", "registration_section_chief", "registration_clerk", "registration_clerk_2",
    ]  # fmt: skip
    assert views[0].title == "市民登録課長"
    assert views[0].until is None


def test_all_holders(organisation, on):
    views = queries.holders(by=CLERK, on=on)
    assert (views[0].post, len(views)) == ("mayor", 9)


def test_the_list_of_colleagues_is_for_colleagues(organisation, on):
    with pytest.raises(NotAllowed):
        queries.holders(by=NOBODY, on=on)
    assert Holding.objects.exists()


@pytest.mark.parametrize(
    ("day", "open_", "reason"),
    [
        (date(2026, 11, 24), True, ""),
        (date(2026, 11, 23), False, "勤労感謝の日"),
        (date(2026, 11, 28), False, "土曜日"),
        (date(2026, 12, 31), False, "年末年始の休日"),
    ],
)
def test_opening_hours_of_a_counter(organisation, day, open_, reason):
    hours = queries.open_hours(office="citizen_registration", by=NOBODY, on=day)
    assert (hours.open, hours.reason) == (open_, reason)
    assert hours.opens == (time(8, 30) if open_ else None)


def test_an_office_without_a_counter_says_so(organisation, on):
    hours = queries.open_hours(office="informatics", by=NOBODY, on=on)
    assert (hours.open, hours.reason_english) == (False, "This office has no counter.")


def test_an_unknown_office_has_no_hours(organisation, on):
    with pytest.raises(NotFound):
        queries.open_hours(office="nowhere", by=NOBODY, on=on)


def test_a_list_is_a_constant_number_of_statements(organisation, on, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        assert queries.holders(by=CLERK, on=on)
