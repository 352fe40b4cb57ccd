"""A journey of questions: one a page, back and refresh keep the answers, check, change, act once."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import QueryDict

from yakusho.blocks.pages import drafts
from yakusho.blocks.pages.tests.toys import GOOD, Door, request
from yakusho.blocks.pages.views import ActionPage

STEPS = (
    ("お名前は", "name", "kana"),
    ("いつですか", "on_day", "count"),
    ("ほかに", "colour", "wanted", "told", "to", "children"),
)
OF_STEP = {
    1: ("name", "kana"),
    2: ("on_day_y", "on_day_m", "on_day_d", "count"),
    3: ("colour", "wanted", "children-count"),
}


class Browser:
    """Follows one journey as a browser would, without JavaScript."""

    def __init__(self, view):
        self.view, self.session = view, SessionStore()

    def get(self, address="/toys/"):
        self.shown = self.view(self._request(address))
        return self.follow()

    def post(self, number, **changes):
        fields = {name: GOOD[name] for name in OF_STEP.get(number, ())} | changes
        hidden = dict(re.findall(r'type="hidden" name="(_\w+)" value="([^"]*)"', self.text))
        self.shown = self.view(self._request(self.address, hidden | fields))
        return self.follow()

    def follow(self):
        self.sent = None
        while self.shown.status_code == 303:
            self.sent = self.shown["Location"]
            if not self.sent.startswith("/toys/"):
                return self
            self.address = self.sent
            self.shown = self.view(self._request(self.sent))
        return self

    def _request(self, address, post=None):
        self.address = address
        return request(address, post, session=self.session)

    @property
    def text(self):
        return self.shown.content.decode()

    @property
    def heading(self):
        return re.search(r"<h1[^>]*>(.*?)</h1>", self.text)[1]

    @property
    def at(self):
        return parse_qs(urlparse(self.address).query).get("at", ["1"])[0]


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def browser(door):
    return Browser(ActionPage(door, done=lambda request, result: f"/done/{result}", steps=STEPS, button="届け出る"))


def to_check(browser):
    browser.get()
    for number in (1, 2, 3):
        browser.post(number)
    return browser


def test_one_question_a_page_with_the_way_back(browser):
    assert browser.get().heading == "お名前は"
    assert 'name="count"' not in browser.text
    assert browser.post(1).heading == "いつですか"
    assert 'class="back"' in browser.text
    assert "質問 2／3" in browser.text


def test_the_check_page_says_every_answer_and_nothing_is_done_yet(browser, door):
    to_check(browser)
    assert browser.at == "check"
    for said in ("見本 花子", "ミホン ハナコ", "令和8年11月14日（土）", "青", "はい", "入力していません"):
        assert said in browser.text
    assert door.calls == []


def test_the_act_from_the_check_page_ends_the_journey(browser, door):
    to_check(browser).post("check")
    assert browser.sent == "/done/1"
    assert door.calls[0]["given"]["name"] == "見本 花子"
    assert browser.session[drafts.DRAFTS] == {}


def test_going_back_after_the_act_lands_where_it_ended(browser, door):
    to_check(browser)
    check = browser.address
    browser.post("check")
    assert browser.get(check).sent == "/done/1"
    assert len(door.calls) == 1


def test_sending_the_check_page_twice_acts_once(browser, door):
    to_check(browser)
    check, hidden = browser.address, dict(re.findall(r'type="hidden" name="(_\w+)" value="([^"]*)"', browser.text))
    places = {browser.view(browser._request(check, hidden))["Location"] for _ in range(3)}
    assert places == {"/done/1"}
    assert len(door.calls) == 1


def test_a_wrong_answer_stays_on_its_page_and_later_ones_are_not_asked_yet(browser):
    browser.get()
    browser.post(1, name="")
    assert browser.shown.status_code == 422
    assert browser.heading == "お名前は"
    assert browser.text.count("field__error") == 1


def test_back_and_refresh_keep_the_answers(browser):
    browser.get().post(1)
    second = browser.address
    assert 'value="見本 花子"' in browser.get(second.replace("at=2", "at=1")).text
    assert browser.get(second).heading == "いつですか"


def test_change_one_answer_and_come_straight_back(browser):
    to_check(browser)
    change = re.search(r'<dt>氏名</dt>.*?href="([^"]+)"', browser.text, re.DOTALL)[1].replace("&amp;", "&")
    assert change.endswith("#id_name")
    browser.get(change.split("#")[0])
    assert 'value="見本 花子"' in browser.text
    browser.post(1, name="見本 二郎")
    assert browser.at == "check"
    assert "見本 二郎" in browser.text
    assert "ミホン ハナコ" in browser.text


def test_a_refusal_at_the_end_is_said_on_the_check_page(browser, door):
    browser.get().post(1, name="止")
    browser.post(2)
    browser.post(3)
    browser.post("check")
    assert browser.shown.status_code == 409
    assert "いまは受け付けていません。" in browser.text
    assert "止" in browser.text


def test_two_tabs_have_two_journeys(browser):
    browser.get().post(1, name="一")
    first = browser.address
    browser.get("/toys/").post(1, name="二")
    assert 'value="一"' in browser.get(first.replace("at=2", "at=1")).text


def test_an_unknown_key_begins_again(browser):
    browser.get("/toys/?key=00000000-0000-4000-8000-000000000000&at=check")
    assert browser.heading == "お名前は"


def test_skipping_questions_leads_to_the_first_that_is_wrong(browser):
    browser.get().post(1)
    browser.get(browser.address.replace("at=2", "at=check"))
    assert browser.heading == "いつですか"


def test_blocks_are_added_within_a_journey(browser):
    browser.get().post(1)
    browser.post(2)
    browser.post(3, _more="children")
    assert 'name="children-0-name"' in browser.text
    browser.post(3, **{"children-count": "1", "children-0-name": "蓮", "children-0-born_y": "R2"})
    assert browser.shown.status_code == 422
    browser.post(
        3,
        **{
            "children-count": "1",
            "children-0-name": "蓮",
            "children-0-born_y": "R2",
            "children-0-born_m": "8",
            "children-0-born_d": "23",
        },
    )
    assert "令和2年8月23日" in browser.text


def test_the_first_contents_reach_later_questions(door):
    view = ActionPage(door, done="portal:home", steps=STEPS, initial=lambda request: {"count": 4, "told": True})
    browser = Browser(view)
    browser.get().post(1)
    assert 'value="4"' in browser.text


def test_only_ten_journeys_are_remembered():
    asked = request(session=SessionStore())
    for number in range(15):
        drafts.save(asked, str(number), {"a": ["1"]})
    assert list(asked.session[drafts.DRAFTS]) == [str(number) for number in range(5, 15)]
    assert drafts.load(asked, "14") == QueryDict("a=1")
    assert drafts.load(asked, "0") is None


def test_before_the_last_page_there_may_be_something_to_do_first_and_the_answers_wait(door):
    proved = []
    view = ActionPage(door, done="/done/", steps=STEPS, before=lambda _asked, back: "" if proved else f"/card/?{back}")
    browser = to_check(Browser(view).get())
    assert browser.sent.startswith("/card/?/toys/?key=")
    back = browser.sent.removeprefix("/card/?")
    proved.append(True)
    assert GOOD["name"] in browser.get(back).text
    proved.clear()
    assert browser.post("check", _at="check").sent == f"/card/?{back}"
    assert door.calls == []
    proved.append(True)
    assert browser.get(back).post("check").sent == "/done/"
    assert len(door.calls) == 1
