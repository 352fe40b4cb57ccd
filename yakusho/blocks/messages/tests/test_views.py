"""Pages of messages: one's own, in three languages, with what was wrong said and what was typed kept."""

import re

import pytest
from django.urls import reverse

from yakusho.blocks.messages import queries

INBOX, CONTACT, OUTBOX = (reverse(f"messages:{name}") for name in ("inbox", "contact", "outbox"))


def _words(answer):
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index("<main") : html.index("</main>")]))


def test_an_empty_inbox_says_so(signed_in, mother, db):
    answer = signed_in(mother).get(INBOX)
    assert answer.status_code == 200
    assert "お知らせはまだありません" in _words(answer)


def test_the_inbox_shows_titles_and_what_is_unread(signed_in, mother, toll):
    toll(name="見本 母")
    words = _words(signed_in(mother).get(INBOX))
    assert "まだ開いていないお知らせ：1件" in words
    assert "未読 見本 母さんの鐘が鳴りました" in words


@pytest.mark.parametrize(
    ("language", "title", "word"),
    [("en", "The bell of Mihon has rung", "Unread messages: 1"), ("easy", "りました", "まだ")],
)
def test_the_inbox_in_other_languages(signed_in, mother, toll, language, title, word):
    toll(name="Mihon")
    words = _words(signed_in(mother).get(INBOX, {"lang": language}))
    assert title in words
    assert word in words


def test_opening_a_message_shows_and_marks_it(signed_in, mother, toll):
    number = toll(papers=["R-7"])
    browser = signed_in(mother)
    words = _words(browser.get(reverse("messages:message", args=[number])))
    assert "鐘を1,200回鳴らしました" in words
    assert "受付番号 C-1" in words
    assert "証明書 R-7" in words
    assert queries.unread(by=mother) == 0
    assert "未読" not in _words(browser.get(INBOX))


def test_a_message_of_somebody_else_is_a_missing_one(signed_in, neighbour, toll):
    number = toll()
    assert signed_in(neighbour).get(reverse("messages:message", args=[number])).status_code == 404


def test_markup_in_a_fact_is_only_text(signed_in, mother, toll):
    number = toll(name="<script>alert(1)</script>")
    html = signed_in(mother).get(reverse("messages:message", args=[number])).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_drill_is_marked_on_every_page(signed_in, mother, toll):
    number = toll(drill=True)
    browser = signed_in(mother)
    assert "訓練" in _words(browser.get(INBOX))
    assert "これは訓練です" in _words(browser.get(reverse("messages:message", args=[number])))


def test_whoever_is_not_signed_in_is_asked_to(client, db):
    for address in (INBOX, CONTACT, OUTBOX, reverse("messages:message", args=[1])):
        assert client.get(address).status_code in (302, 403)


def test_an_address_is_registered(signed_in, mother, db):
    browser = signed_in(mother)
    form = browser.get(CONTACT).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    names = re.findall(r'name="([^"]*(?:mail|language))"', form)
    typed = hidden | {name: "mother@example.jp" if name.endswith("mail") else "en" for name in names}
    answer = browser.post(CONTACT, typed)
    assert (answer.status_code, answer["location"]) == (303, INBOX)
    assert queries.contact(by=mother).mail == "mother@example.jp"
    assert queries.contact(by=mother).language.value == "en"


def test_a_wrong_address_is_said_at_its_field_and_kept(signed_in, mother, db):
    browser = signed_in(mother)
    form = browser.get(CONTACT).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    names = re.findall(r'name="([^"]*(?:mail|language))"', form)
    typed = hidden | {name: "mother-at-home" if name.endswith("mail") else "ja" for name in names}
    answer = browser.post(CONTACT, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>エラー：" in html
    assert "mother-at-home" in html
    assert queries.contact(by=mother).mail == ""


def test_the_outbox_is_a_page_of_the_sample_city(signed_in, clerk, toll, with_mail):
    toll(name="見本 母")
    words = _words(signed_in(clerk).get(OUTBOX))
    assert "mother@example.jp" in words
    assert "送付待ち" in words


def test_a_real_city_has_no_such_page(signed_in, clerk, real_city, db):
    assert signed_in(clerk).get(OUTBOX).status_code == 403


def test_the_inbox_is_few_statements(signed_in, mother, toll, django_assert_max_num_queries):
    for _ in range(20):
        toll()
    browser = signed_in(mother)
    with django_assert_max_num_queries(14):
        assert browser.get(INBOX).status_code == 200
