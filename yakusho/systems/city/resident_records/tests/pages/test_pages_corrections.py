"""Who may take a notice at the desk, and corrections of one that was taken."""

from datetime import timedelta

import pytest

from yakusho.systems.city.resident_records import urls, values
from yakusho.systems.city.resident_records.models import Movement
from yakusho.systems.city.resident_records.tests.conftest import CLERK, MANAGER, ON

TODAY = {"notice-event_on": "R8.4.6"}
NAMES = {
    "notice-names-family": "山田",
    "notice-names-given": "明",
    "notice-names-sex": "男",
    "notice-names-born": "1990-01-01",
}


def test_only_clerks_take_notices(browser, family):
    assert browser.sit(MANAGER).show("move", family.people[0]).status == 403
    assert browser.sit(MANAGER).send("move_out", family.people[0], who=str(family.people[0]), **TODAY).status == 403


def test_a_correction_replaces_the_movement_and_both_stay(browser, desk, family):
    later = ON + timedelta(days=3)
    wrong = values.MoveOut(event_on=later, people=[family.people[3]], destination="東京都港区")
    moved = desk.do("move_out", wrong, on=later)
    browser.sit(CLERK, day=later)
    page = browser.show("household", family.people[3])
    link = page.html.split("corrects=")[1].split('"')[0].replace("&amp;", "&")
    assert link == f"{moved.movement}&on={ON + timedelta(days=2)}"
    form = browser.show("move_out", family.people[3], corrects=moved.movement, on=(ON + timedelta(days=2)).isoformat())
    assert form.value("notice-corrects") == str(moved.movement)
    assert form.html.count('name="who"') == 4
    again = browser.send(
        "move_out",
        family.people[3],
        query=f"corrects={link}",
        who=str(family.people[2]),
        **{"notice-event_on": "R8.4.9", "notice-destination": "東京都中央区", "notice-corrects": str(moved.movement)},
    )
    assert again.status == 303
    assert desk.at(family.people[3], on=later).is_resident
    assert not desk.at(family.people[2], on=later).is_resident
    assert Movement.objects.get(corrects=moved.movement).kind == "転出"
    words = browser.show("household", family.people[3]).words
    assert "取消・訂正済み" in words


def test_a_correction_before_anybody_was_recorded_shows_today(browser, desk, family):
    page = browser.show("move_out", family.people[0], corrects=family.movement, on="2020-01-01")
    assert page.status == 200
    assert page.html.count('name="who"') == 4


@pytest.mark.parametrize("address", sorted(urls.ABOUT_A_PERSON))
def test_a_notice_about_nobody_is_not_found(browser, address):
    name = urls.NAMES.get(address, address.replace("-", "_"))
    assert browser.show(name, 987654321).status == 404
