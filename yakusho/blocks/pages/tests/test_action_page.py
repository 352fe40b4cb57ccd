"""A page of an action shows, judges, acts once, and keeps what was typed when it may not act."""

import re

import pytest
from django.urls import NoReverseMatch

from yakusho.blocks.doors import RESIDENT, Role
from yakusho.blocks.pages.tests.toys import GOOD, NOON, RESIDENT_ACTOR, Colour, Door, request
from yakusho.blocks.pages.views import ActionPage
from yakusho.kit.refusal import NotAllowed


def text(response):
    return response.content.decode()


def title(response):
    return re.search(r"<title>(.*?)</title>", text(response), re.DOTALL)[1]


def key_of(response):
    return re.search(r'name="_key" value="([^"]+)"', text(response))[1]


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def view(door):
    return ActionPage(door, done=lambda request, result: f"/done/{result}", desk=True)


def test_the_first_showing_has_a_key_and_no_errors(view):
    shown = view(request())
    assert shown.status_code == 200
    assert len(key_of(shown)) == 36
    assert "エラー" not in title(shown)
    assert title(shown).startswith("用件")


def test_a_good_form_acts_with_who_when_and_goes_on_with_303(view, door):
    sent = view(request(post=GOOD | {"_key": key_of(view(request()))}, actor=RESIDENT_ACTOR))
    assert (sent.status_code, sent["Location"]) == (303, "/done/1")
    call = door.calls[0]
    assert (call["by"], call["on"], call["at"]) == (RESIDENT_ACTOR, NOON.date(), NOON)
    assert (call["given"]["count"], call["given"]["colour"]) == (2, Colour.BLUE)


def test_two_submits_of_one_showing_have_one_effect(view, door):
    key = key_of(view(request()))
    places = {view(request(post=GOOD | {"_key": key}))["Location"] for _ in range(3)}
    assert places == {"/done/1"}
    assert len(door.calls) == 1


def test_two_showings_are_two_matters(view, door):
    for _ in range(2):
        view(request(post=GOOD | {"_key": key_of(view(request()))}))
    assert len(door.calls) == 2


def test_a_wrong_form_is_422_says_so_in_title_and_summary_and_keeps_everything(view, door):
    shown = view(request(post=GOOD | {"count": "たくさん"}))
    assert shown.status_code == 422
    assert title(shown).startswith("エラー：")
    assert '<a href="#id_count">通数は、数字で入力してください</a>' in text(shown)
    assert 'aria-invalid="true"' in text(shown)
    assert 'value="たくさん"' in text(shown)
    assert 'value="見本 花子"' in text(shown)
    assert door.calls == []


def test_the_error_is_tied_to_its_field(view):
    html = text(view(request(post=GOOD | {"count": ""})))
    field = re.search(r'<input[^>]*name="count"[^>]*>', html)[0]
    described = re.search(r'aria-describedby="([^"]+)"', field)[1].split()
    assert all(f'id="{one}"' in html for one in described)


@pytest.mark.parametrize(("name", "place"), [("閉", "#id_on_day"), ("止", "")])
def test_a_refusal_of_the_action_stays_on_the_page(view, name, place):
    shown = view(request(post=GOOD | {"name": name}))
    assert shown.status_code == 409
    assert title(shown).startswith("エラー：")
    assert f'value="{name}"' in text(shown)
    assert (f'<a href="{place}">' in text(shown)) is bool(place)


def test_a_refusal_of_permission_is_not_a_matter_of_the_form(view):
    with pytest.raises(NotAllowed):
        view(request(post=GOOD | {"name": "禁"}))


def test_a_page_is_not_shown_to_whom_its_door_is_shut():
    view = ActionPage(Door(allowed=RESIDENT | Role("clerk", "担当")), done="x")
    with pytest.raises(NotAllowed):
        view(request())
    assert view(request(actor=RESIDENT_ACTOR)).status_code == 200


def test_given_and_address_are_not_asked(door):
    view = ActionPage(door, done=lambda request, result: "/x", given=lambda request, **address: {"name": "見本"})
    shown = view(request(), count=3)
    assert 'name="name"' not in text(shown)
    assert 'name="count"' not in text(shown)
    view(request(post=GOOD | {"name": "偽", "count": "9"}), count=3)
    assert (door.calls[0]["given"]["name"], door.calls[0]["given"]["count"]) == ("見本", 3)


def test_initial_contents_are_shown(door):
    view = ActionPage(door, done="x", initial=lambda request: {"name": "髙橋", "on_day": NOON.date()}, desk=True)
    assert 'value="髙橋"' in text(view(request()))
    assert 'value="R8.11.23"' in text(view(request()))


def test_adding_a_block_needs_no_javascript_and_judges_nothing(view, door):
    shown = view(request(post=GOOD | {"_more": "children", "name": ""}))
    assert shown.status_code == 200
    assert 'name="children-0-name"' in text(shown)
    assert "エラー" not in title(shown)
    assert door.calls == []


def test_more_context_reaches_the_template(door):
    view = ActionPage(door, done="x", context=lambda request: {"about": "住民基本台帳法"}, desk=True)
    assert "住民基本台帳法" in text(view(request()))


def test_done_may_be_the_name_of_an_address(door):
    assert ActionPage(door, done="portal:home")(request(post=GOOD))["Location"] == "/"
    with pytest.raises(NoReverseMatch):
        ActionPage(door, done="nowhere:here")(request(post=GOOD | {"_key": ""}))
