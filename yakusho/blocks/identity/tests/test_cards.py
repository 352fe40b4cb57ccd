"""The card in the browser: first time, next time, and every way in which it must not open an account."""

import base64
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from yakusho.blocks.identity import samples
from yakusho.blocks.identity.models import Account, CardLink, MatchCase, SessionRecord
from yakusho.blocks.identity.tests.conftest import KENTA, MISAKI
from yakusho.blocks.identity.ways import cards


def begin(browser, **given):
    """Ask a challenge; the address of its page."""
    return browser.post(reverse("identity:card_start"), given).headers["Location"]


def words_of(browser, page):
    text = browser.get(page).content.decode()
    return re.search(r"data-words>([^<]*)</pre>", text)[1].encode()


def present(browser, page, card, pin="1234"):
    """Hold a soft card before the reader."""
    return browser.post(reverse("identity:sample_card", args=[page.rsplit("/", 1)[1]]), {"card": card, "pin": pin})


def register_card(browser, card, pin="MIHON123"):
    page = browser.get(reverse("identity:link")).content.decode()
    question = re.search(r'name="question" value="([^"]+)"', page)[1]
    return browser.post(reverse("identity:sample_link", args=[question]), {"card": card, "pin": pin})


def who(browser):
    record = SessionRecord.objects.filter(ended_at=None, pk=browser.session.get("identity")).first()
    return record.account.person if record else None


@pytest.fixture
def card(browser, clock):
    return samples.issue_sample_card(MISAKI, at=clock.now - timedelta(days=30))


@pytest.fixture
def known_card(browser, card, register):
    """A card that was registered for resident 7 in another browser."""
    register.append((MISAKI, 7))
    other = Client()
    assert present(other, begin(other), card).headers["Location"] == reverse("identity:link")
    assert register_card(other, card).status_code == 302
    return card


def test_the_first_time_a_card_is_registered_by_its_signature(browser, card, register):
    register.append((MISAKI, 7))
    answer = present(browser, begin(browser), card)
    assert answer.headers["Location"] == reverse("identity:link")
    assert who(browser) is None
    assert register_card(browser, card).headers["Location"] == "/"
    assert who(browser) == 7
    assert Account.objects.get(person=7).name == "髙橋 美咲"


def test_the_next_time_four_digits_are_enough(browser, known_card):
    assert present(browser, begin(browser), known_card).headers["Location"] == "/"
    assert who(browser) == 7


def test_a_renewed_card_opens_the_same_account(browser, known_card, clock):
    renewed = samples.issue_sample_card(MISAKI, at=clock.now - timedelta(days=1))
    present(browser, begin(browser), renewed)
    register_card(browser, renewed)
    assert who(browser) == 7
    assert CardLink.objects.filter(account__person=7, ended_at=None).count() == 2


@pytest.mark.parametrize("people", [[], [(MISAKI, 7), (MISAKI, 8)], [(KENTA, 9)]])
def test_without_exactly_one_resident_a_human_decides(browser, card, register, people):
    register.extend(people)
    present(browser, begin(browser), card)
    for _ in range(2):
        answer = register_card(browser, card)
        assert answer.status_code == 403
        assert "1人に決められませんでした" in answer.content.decode()
    assert who(browser) is None
    assert not CardLink.objects.exists()
    assert MatchCase.objects.get().candidates == len([one for one in people if one[0] is MISAKI])


def test_a_child_without_signature_certificate_is_sent_to_the_counter(browser, clock, register):
    child = samples.issue_sample_card(
        type(MISAKI)("髙橋 結", date(2018, 1, 1), "2", MISAKI.address), at=clock.now - timedelta(days=3)
    )
    present(browser, begin(browser), child)
    answer = register_card(browser, child)
    assert answer.status_code == 403
    assert "15歳未満" in answer.content.decode()


def test_somebody_elses_signature_does_not_register_my_card(browser, card, register, clock):
    register.extend([(MISAKI, 7), (KENTA, 9)])
    mine = samples.issue_sample_card(KENTA, at=clock.now - timedelta(days=3))
    present(browser, begin(browser), mine)
    other = Client()
    present(other, begin(other), card)
    page = other.get(reverse("identity:link")).content.decode()
    content = re.search(r"data-words>([^<]*)</pre>", page)[1].encode()
    document = base64.b64encode(cards.box().sign(card, "MIHON123", content)).decode()
    question = re.search(r'name="question" value="([^"]+)"', page)[1]
    answer = browser.post(reverse("identity:link"), {"question": question, "document": document})
    assert answer.status_code == 403
    assert who(browser) is None


def test_the_card_that_was_shown_is_the_one_that_signs(browser, card, register, clock):
    register.extend([(MISAKI, 7), (KENTA, 9)])
    mine = samples.issue_sample_card(KENTA, at=clock.now - timedelta(days=3))
    present(browser, begin(browser), mine)
    page = browser.get(reverse("identity:link")).content.decode()
    assert (KENTA.name in page, MISAKI.name in page) == (True, False)
    register_card(browser, card)
    assert who(browser) == 9


def test_a_card_that_waits_is_not_registered_by_the_next_person(browser, card, register, clock):
    """One browser at a support desk: the first one shows a card and goes, the second one shows theirs and signs."""
    register.extend([(MISAKI, 7), (KENTA, 9)])
    present(browser, begin(browser), card)
    clock.turn(minutes=1)
    other = samples.issue_sample_card(KENTA, at=clock.now - timedelta(days=3))
    present(browser, begin(browser), other)
    register_card(browser, other)
    assert who(browser) == 9
    first = Client()
    assert present(first, begin(first), card).headers["Location"] == reverse("identity:link")
    assert who(first) is None
    assert list(CardLink.objects.values_list("account__person", flat=True)) == [9]


def test_a_card_waits_five_minutes_for_its_signature(browser, card, register, clock):
    register.append((MISAKI, 7))
    present(browser, begin(browser), card)
    page = browser.get(reverse("identity:link")).content.decode()
    question = re.search(r'name="question" value="([^"]+)"', page)[1]
    clock.turn(minutes=5)
    answer = browser.post(reverse("identity:link"), {"question": question, "document": "AA=="})
    assert answer.headers["Location"] == reverse("identity:sign_in")
    assert browser.get(reverse("identity:link")).headers["Location"] == reverse("identity:sign_in")
    assert not CardLink.objects.exists()


def test_each_card_waits_for_human_eyes_of_its_own(browser, card, clock):
    other = samples.issue_sample_card(KENTA, at=clock.now - timedelta(days=3))
    for one, desk in ((card, browser), (other, Client())):
        present(desk, begin(desk), one)
        assert register_card(desk, one).status_code == 403
    assert MatchCase.objects.filter(settled_at=None).count() == 2


def test_in_easy_japanese_the_readings_of_these_pages_are_ruby_and_the_length_fits(browser):
    answer = browser.get(reverse("identity:sign_in") + "?lang=easy")
    assert "<ruby>" in answer.content.decode()
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def answer_by_hand(browser, page, card, words=None):
    certificate, signature = cards.box().answer(card, "1234", words or words_of(browser, page))
    given = {"certificate": base64.b64encode(certificate), "signature": base64.b64encode(signature)}
    return browser.post(page, {name: octets.decode() for name, octets in given.items()})


def test_software_of_a_real_reader_answers_the_same_page(browser, known_card):
    assert answer_by_hand(browser, begin(browser), known_card).headers["Location"] == "/"
    assert who(browser) == 7


def test_an_answer_works_once(browser, known_card):
    page = begin(browser)
    words = words_of(browser, page)
    assert answer_by_hand(browser, page, known_card, words).status_code == 302
    browser.post(reverse("identity:sign_out"))
    assert answer_by_hand(browser, page, known_card, words).status_code == 403
    assert who(browser) is None


def test_a_failed_answer_uses_the_challenge_up(browser, known_card):
    page = begin(browser)
    words = words_of(browser, page)
    assert answer_by_hand(browser, page, known_card, b"other words").status_code == 403
    assert answer_by_hand(browser, page, known_card, words).status_code == 403
    assert who(browser) is None


def test_an_answer_from_another_browser_is_worth_nothing(browser, known_card):
    page = begin(browser)
    words, thief = words_of(browser, page), Client()
    assert answer_by_hand(thief, page, known_card, words).status_code == 403
    assert who(thief) is None


def test_five_minutes_later_it_is_too_late(browser, known_card, clock):
    page = begin(browser)
    words = words_of(browser, page)
    clock.turn(minutes=5)
    answer = answer_by_hand(browser, page, known_card, words)
    assert answer.status_code == 403
    assert "時間が切れた" in answer.content.decode()


def test_a_signature_for_a_second_proof_does_not_sign_in(browser, known_card):
    fresh, login = begin(browser, purpose="fresh"), begin(browser)
    words = words_of(browser, fresh)
    assert b"fresh" in words
    assert answer_by_hand(browser, login, known_card, words).status_code == 403
    assert who(browser) is None


def test_a_revoked_card_is_refused_with_a_sentence(browser, known_card, clock):
    cards.box().revoke(known_card, at=clock.now)
    answer = present(browser, begin(browser), known_card)
    assert answer.status_code == 403
    assert "失効しています" in answer.content.decode()
    english = Client(headers={"accept-language": "en"})
    assert "has been revoked" in present(english, begin(english), known_card).content.decode()


def test_an_expired_card_is_refused_with_a_sentence(browser, known_card, clock):
    clock.turn(days=366 * 5)
    answer = present(browser, begin(browser), known_card)
    assert answer.status_code == 403
    assert "有効期間が過ぎています" in answer.content.decode()


@pytest.mark.parametrize("rubbish", ["", "###", "AAAA", "あ", "A" * 50_000])
def test_rubbish_is_refused_with_a_sentence(browser, rubbish):
    answer = browser.post(begin(browser), {"certificate": rubbish, "signature": rubbish})
    assert answer.status_code == 422
    assert "読み取れませんでした" in answer.content.decode()


def test_three_wrong_pins_lock_the_card(browser, known_card):
    page = begin(browser)
    texts = [present(browser, page, known_card, "0000").content.decode() for _ in range(3)]
    assert "あと2回" in texts[0]
    assert "あと1回" in texts[1]
    assert "ロックされました" in texts[2]
    assert "ロックされました" in present(browser, page, known_card).content.decode()
    assert who(browser) is None


def test_five_wrong_long_pins_lock_the_signature_only(browser, card, register):
    register.append((MISAKI, 7))
    present(browser, begin(browser), card)
    for left in (4, 3, 2, 1):
        assert f"あと{left}回" in register_card(browser, card, "WRONG123").content.decode()
    assert "ロックされました" in register_card(browser, card, "WRONG123").content.decode()
    assert "ロックされました" in register_card(browser, card).content.decode()
    assert present(browser, begin(browser), card).status_code == 302


def test_pins_are_forgiving_about_width_and_case(browser, card, register):
    register.append((MISAKI, 7))
    present(browser, begin(browser), card, "１２３４")
    assert register_card(browser, card, "ｍｉｈｏｎ１２３").headers["Location"] == "/"


@pytest.mark.parametrize("number", ["nobody", "..%2f..", "", "../authentication"])
def test_a_card_that_is_not_there_is_not_found(browser, known_card, number):
    assert present(browser, begin(browser), number).status_code == 404
