"""Sending over real HTTP: signed, repeated with patience, given up in the open, and never twice for one result."""

import json
import socket
from datetime import timedelta

import pytest

from yakusho.blocks.doors import SYSTEM
from yakusho.blocks.doors.watch import watched
from yakusho.blocks.exchange import actions, courier, guard, keys, queries, rules
from yakusho.blocks.exchange.models import Dispatch, Endpoint
from yakusho.blocks.exchange.values import Outcome


def _row():
    return Dispatch.objects.get()


def _secrets(endpoint, clerk):
    return [key.secret for key in queries.signing_keys(endpoint=endpoint.pk, by=clerk)]


def test_the_receiver_can_verify_what_it_gets(endpoint, toll, outsider, clock, clerk):
    hook = toll(bell=5)
    assert courier.carry(clock=clock) == 1
    headers, body, path = outsider.got[0]
    assert rules.verify(headers, body, _secrets(endpoint, clerk), clock()) == hook
    assert path == "/hook"
    told = json.loads(body)
    assert (told["type"], told["data"]) == ("toy.tolled", {"subject": "bell:5", "note": "C4"})
    assert (_row().state, _row().last_status, _row().due) == ("sent", 204, None)


def test_the_host_is_the_name_in_the_address(endpoint, toll, outsider, clock):
    toll()
    courier.carry(clock=clock)
    headers = outsider.got[0][0]
    assert headers["host"] == outsider.url.split("/")[2]
    assert headers["content-type"] == "application/json"


def test_what_is_sent_is_not_sent_again(endpoint, toll, outsider, clock):
    toll()
    assert (courier.carry(clock=clock), courier.carry(clock=clock)) == (1, 0)
    clock.pass_(days=10)
    assert courier.carry(clock=clock) == 0
    assert len(outsider.got) == 1


def test_a_failure_is_tried_again_later_under_the_same_id(endpoint, toll, outsider, clock):
    outsider.answer = lambda n: 500 if n == 1 else 200
    toll()
    courier.carry(clock=clock)
    assert (_row().state, _row().last_error, _row().due) == ("retry", "HTTP 500", clock() + timedelta(seconds=5))
    assert courier.carry(clock=clock) == 0
    clock.pass_(seconds=5)
    assert courier.carry(clock=clock) == 1
    assert (_row().state, _row().attempts) == ("sent", 2)
    assert len({headers["webhook-id"] for headers, _, _ in outsider.got}) == 1
    assert len({headers["webhook-timestamp"] for headers, _, _ in outsider.got}) == 2


def test_after_the_last_attempt_it_lies_with_the_dead_letters(endpoint, toll, outsider, clock, clerk):
    outsider.answer = lambda n: 503
    toll()
    while courier.carry(clock=clock):
        clock.pass_(days=2)
    assert len(outsider.got) == len(rules.WAITS) + 1
    assert [(letter.state, letter.last_status) for letter in queries.dead_letters(by=clerk)] == [("dead", 503)]
    assert _row().due is None


def test_a_dead_letter_is_sent_again_by_hand(endpoint, toll, outsider, clock, clerk):
    hook = toll()
    Dispatch.objects.update(state="dead", due=None, attempts=10)
    actions.replay(dispatch=_row().pk, by=clerk, at=clock())
    courier.carry(clock=clock)
    assert outsider.got[0][0]["webhook-id"] == hook
    assert (_row().state, _row().attempts) == ("sent", 1)


def test_a_receiver_that_is_gone_is_not_asked_again(endpoint, toll, outsider, clock):
    outsider.answer = lambda n: 410
    toll()
    courier.carry(clock=clock)
    assert (_row().state, Endpoint.objects.get().active) == ("dead", False)


def test_a_redirect_is_not_followed(endpoint, toll, outsider, clock):
    outsider.answer, outsider.location = lambda n: 302, outsider.url
    toll()
    courier.carry(clock=clock)
    assert len(outsider.got) == 1
    assert (_row().state, _row().last_status) == ("retry", 302)


def test_nobody_listening_is_a_failure_to_try_again(endpoint, toll, clock):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        Endpoint.objects.update(url=f"http://127.0.0.1:{unused.getsockname()[1]}/")
    toll()
    courier.carry(clock=clock)
    assert (_row().state, _row().last_status, _row().last_error) == ("retry", None, "ConnectError")


def test_both_keys_sign_while_the_receiver_changes_over(endpoint, toll, outsider, clock, clerk):
    old = _secrets(endpoint, clerk)
    actions.add_key(endpoint=endpoint.pk, by=clerk)
    new = _secrets(endpoint, clerk)[:1]
    toll()
    courier.carry(clock=clock)
    headers, body, _ = outsider.got[0]
    assert old != new
    assert rules.verify(headers, body, old, clock()) == rules.verify(headers, body, new, clock())


def test_a_retired_key_signs_no_more(endpoint, toll, outsider, clock, clerk):
    old = _secrets(endpoint, clerk)
    actions.add_key(endpoint=endpoint.pk, by=clerk)
    actions.retire_key(endpoint=endpoint.pk, version=1, by=clerk)
    toll()
    courier.carry(clock=clock)
    headers, body, _ = outsider.got[0]
    with pytest.raises(rules.Unsigned):
        rules.verify(headers, body, old, clock())


def test_a_receiver_that_moved_inside_meanwhile_is_not_reached(endpoint, toll, outsider, clock, settings):
    toll()
    settings.CITY = {**settings.CITY, "exchange": {"allow_private_addresses": False}}
    Endpoint.objects.update(url=outsider.url.replace("http:", "https:"))
    courier.carry(clock=clock)
    assert outsider.got == []
    assert (_row().state, _row().last_status) == ("retry", None)
    assert "private network" in _row().last_error


def test_two_couriers_do_not_carry_the_same(endpoint, toll, clock):
    toll()
    first = actions.claim(by=SYSTEM, at=clock())
    assert len(first) == 1
    assert actions.claim(by=SYSTEM, at=clock()) == []


def test_a_courier_that_died_loses_its_parcels_to_the_next(endpoint, toll, clock, outsider):
    toll()
    actions.claim(by=SYSTEM, at=clock())
    clock.pass_(minutes=3)
    assert courier.carry(clock=clock) == 1
    assert _row().state == "sent"


def test_a_result_that_comes_too_late_is_dropped(endpoint, toll, clock):
    toll()
    (slow,) = actions.claim(by=SYSTEM, at=clock())
    clock.pass_(minutes=3)
    courier.carry(clock=clock)
    late = actions.settle(parcel=slow, outcome=Outcome(error="Timeout"), by=SYSTEM, at=clock())
    assert (late, _row().attempts) == ("sent", 1)


def test_many_events_go_in_the_order_in_which_they_happened(endpoint, toll, outsider, clock):
    for bell in range(25):
        toll(bell=bell)
    assert courier.carry(clock=clock) == 25
    told = [json.loads(body)["data"]["subject"] for _, body, _ in outsider.got]
    assert told == [f"bell:{bell}" for bell in range(25)]


def test_an_unknown_name_resolves_to_nothing():
    assert guard.resolve("no-such-name.invalid", 443) == []


@pytest.mark.parametrize("found", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:192.168.0.1"]])
def test_a_name_that_points_inside_is_refused(found):
    with pytest.raises(rules.BadAddress):
        guard.check_target("https://example.jp/", allow_private=False, resolver=lambda host, port: found)


def test_the_connection_goes_to_the_address_that_was_checked():
    target = guard.check_target("https://example.jp/", allow_private=False, resolver=lambda host, port: ["8.8.8.8"])
    assert (target.host, target.port, target.ip) == ("example.jp", 443, "8.8.8.8")


def test_keys_differ_by_endpoint_and_version():
    made = {keys.key(endpoint=e, version=v) for e in range(5) for v in range(1, 4)}
    assert len(made) == 15
    assert all(len(key) == 32 for key in made)


def test_nothing_is_written_or_read_outside_a_door(endpoint, toll, clerk, clock, outsider):
    with watched():
        toll()
        assert courier.carry(clock=clock) == 1
        assert queries.endpoints(by=clerk)[0].waiting == 0
    assert len(outsider.got) == 1
