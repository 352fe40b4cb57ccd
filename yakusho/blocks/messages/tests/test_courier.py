"""Mail over real SMTP: said once, tried again with patience, given up in the open; the content stays at home."""

import socket
from datetime import timedelta

import pytest

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.doors.watch import watched
from yakusho.blocks.messages import actions, courier, queries
from yakusho.blocks.messages.models import Delivery
from yakusho.blocks.messages.values import ContactInput, Outcome


def _row():
    return Delivery.objects.get()


def test_a_mail_arrives(toll, with_mail, post_office, clock):
    toll(name="見本 母")
    assert courier.carry(clock=clock) == 1
    (mail,) = post_office.got
    assert mail["subject"] == "見本 母さんの鐘が鳴りました"
    assert (mail["to"], post_office.recipients) == ("mother@example.jp", ["mother@example.jp"])
    assert "盛岡市からお知らせがあります" in mail.get_content()
    assert (_row().state, _row().attempts, _row().due) == ("sent", 1, None)


def test_the_content_of_the_message_stays_at_home(toll, with_mail, post_office, clock):
    toll()
    courier.carry(clock=clock)
    assert "回鳴らしました" not in post_office.got[0].get_content()
    assert "http" not in post_office.got[0].get_content()


def test_a_mail_comes_in_the_language_of_its_receiver(toll, post_office, clock, mother):
    actions.set_contact(contact=ContactInput(mail="mother@example.jp", language="en"), by=mother)
    toll(name="Mihon")
    courier.carry(clock=clock)
    (mail,) = post_office.got
    assert mail["subject"] == "The bell of Mihon has rung"
    assert mail.get_content().startswith("Morioka City has a message for you.")
    assert mail["content-language"] == "en"


def test_a_machine_wrote_it_and_the_id_follows_from_the_delivery(toll, with_mail, post_office, clock):
    toll()
    courier.carry(clock=clock)
    (mail,) = post_office.got
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["message-id"] == f"<delivery-{_row().pk}@localhost>"


def test_a_name_with_a_line_break_makes_no_header(toll, with_mail, post_office, clock):
    toll(name="x\nBcc: thief@example.jp")
    courier.carry(clock=clock)
    assert post_office.recipients == ["mother@example.jp"]
    assert post_office.got[0]["bcc"] is None


def test_what_is_sent_is_not_sent_again(toll, with_mail, post_office, clock):
    toll()
    courier.carry(clock=clock)
    clock.pass_(days=3)
    assert courier.carry(clock=clock) == 0
    assert len(post_office.got) == 1


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_is_busy_is_asked_again(toll, with_mail, post_office, clock, verb):
    post_office.answers[verb] = "451 later"
    toll()
    courier.carry(clock=clock)
    assert (_row().state, _row().due) == ("retry", clock() + timedelta(minutes=1))
    post_office.answers.clear()
    clock.pass_(minutes=1)
    courier.carry(clock=clock)
    assert (_row().state, _row().attempts, len(post_office.got)) == ("sent", 2, 1)


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_refuses_for_good_is_not_asked_again(toll, with_mail, post_office, clock, verb):
    post_office.answers[verb] = "550 no such person"
    toll()
    courier.carry(clock=clock)
    assert (_row().state, _row().due) == ("failed", None)
    assert "550" in _row().last_error
    assert "example.jp" not in _row().last_error


def test_after_the_last_attempt_it_has_failed(toll, with_mail, real_city, settings, clock):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = unused.getsockname()
        settings.CITY = {**settings.CITY, "messages": {"retry_minutes": [1, 2]}}
        toll()
        while courier.carry(clock=clock):
            clock.pass_(hours=1)
    assert (_row().state, _row().attempts, _row().last_error) == ("failed", 3, "ConnectionRefusedError")


def test_in_the_sample_city_nothing_leaves_the_house(toll, with_mail, post_office, settings, clock):
    settings.SAMPLE_CITY = True
    toll()
    assert courier.carry(clock=clock) == 1
    assert post_office.got == []
    assert _row().state == "sent"


def test_two_couriers_do_not_carry_the_same(toll, with_mail, clock):
    toll()
    assert len(actions.claim(by=SYSTEM, at=clock())) == 1
    assert actions.claim(by=SYSTEM, at=clock()) == []


def test_a_courier_that_died_loses_its_parcels_to_the_next(toll, with_mail, clock):
    toll()
    actions.claim(by=SYSTEM, at=clock())
    clock.pass_(minutes=6)
    assert courier.carry(clock=clock) == 1


def test_a_result_that_comes_too_late_is_dropped(toll, with_mail, clock):
    toll()
    (slow,) = actions.claim(by=SYSTEM, at=clock())
    clock.pass_(minutes=6)
    courier.carry(clock=clock)
    assert actions.settle(parcel=slow, outcome=Outcome(error="late"), by=SYSTEM, at=clock()) == "sent"
    assert _row().attempts == 1


def test_a_message_is_delivered_once_by_each_channel(toll, with_mail, clock):
    for _ in range(45):
        toll()
    assert courier.carry(clock=clock) == 45
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_nothing_is_written_or_read_outside_a_door(toll, with_mail, mother, clock):
    with watched():
        number = toll()
        assert courier.carry(clock=clock) == 1
        assert queries.unread(by=mother) == 1
        actions.open_message(message=number, by=mother, at=clock())
        assert queries.unread(by=mother) == 0
