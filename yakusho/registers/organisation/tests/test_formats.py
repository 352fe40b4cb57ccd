"""The city's files fit together, and what does not is named."""

from datetime import date, time

import pytest

from yakusho.registers.organisation.formats import Closing, logins, read_chart, read_closings


def test_the_offices_that_systems_name(city):
    codes = {row.code for row in read_chart(city).offices}
    assert {"citizen_registration", "audit", "informatics", "tax", "personnel"} <= codes


def test_everything_is_named_in_two_languages(city):
    chart = read_chart(city)
    for row in (*chart.offices, *chart.posts, *chart.holders):
        assert row.english.isascii(), row


def test_exactly_one_post_signs(city):
    assert [row.code for row in read_chart(city).posts if row.signs] == ["mayor"]


def test_a_counter_has_hours_and_a_place(city):
    registration = next(row for row in read_chart(city).offices if row.code == "citizen_registration")
    assert (registration.hours.opens, registration.hours.closes) == (time(8, 30), time(17, 15))
    assert registration.counter_english == "Counter 3, 1st floor"


def test_sign_in_names_are_told_once(city):
    assert logins(read_chart(city).holders) == ["admin1", "auditor1", "clerk1", "manager1"]


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("offices", lambda data: data["offices"].append(data["offices"][0]), "city_hall stands twice"),
        ("offices", lambda data: data["posts"].append(data["posts"][0]), "mayor stands twice"),
        ("offices", lambda data: data["offices"][1].update(parent="nowhere"), "mayors_office has no parent nowhere"),
        ("offices", lambda data: data["posts"][0].update(office="nowhere"), "mayor has no office nowhere"),
        ("staff", lambda data: data["holders"][0].update(post="emperor"), "見本 太郎 has no post emperor"),
        ("offices", lambda data: data["offices"][0].update(colour="blue"), "colour"),
        ("offices", lambda data: data["offices"][0].update(kind="castle"), "kind"),
        ("offices", lambda data: data["offices"][0].update(code="City Hall"), "code"),
    ],
)
def test_what_does_not_fit_is_named(city, edit, name, change, complaint):
    edit(name, change)
    with pytest.raises(ValueError, match=complaint):
        read_chart(city)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 3), True),
        (date(2027, 1, 4), False),
    ],
)
def test_a_closing_may_pass_new_year(day, closed):
    closing = Closing(starts="12-29", until="01-03", name="年末年始の休日", english="New Year")
    assert closing.covers(day) is closed


def test_a_closing_within_a_year():
    closing = Closing(starts="08-13", until="08-15", name="盆", english="Obon")
    assert [closing.covers(date(2026, 8, day)) for day in (12, 13, 15, 16)] == [False, True, True, False]


def test_closing_days_say_whether_they_are_confirmed(city):
    closings = read_closings(city)
    assert closings.confirmed is False
    assert closings.article
