"""Signing and verifying after Standard Webhooks, back-off, names, data, and addresses that must not be reached."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.exchange import rules

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
KEY, OTHER = b"k" * 32, b"o" * 32
BODY = b'{"type":"resident_records.moved_in"}'


def _signed(*keys, at=NOW, body=BODY, id_="msg_1"):
    return rules.headers(keys=keys or (KEY,), id=id_, at=at, body=body)


def _secrets(*keys):
    return [rules.secret_text(key) for key in keys or (KEY,)]


def test_the_published_example_of_the_standard():
    secret, payload = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b'{"test": 2432232314}'
    sent = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    now = datetime.fromtimestamp(1614265330, UTC)
    assert rules.verify(sent, payload, [secret], now) == "msg_p5jXN8AQM9LWM0D4loKWxJek"


def test_what_was_signed_is_verified_and_tells_its_id():
    assert rules.verify(_signed(), BODY, _secrets(), NOW) == "msg_1"


def test_header_names_may_come_in_any_case():
    given_ = {name.title(): value for name, value in _signed().items()}
    assert rules.verify(given_, BODY, _secrets(), NOW) == "msg_1"


@pytest.mark.parametrize("known", [(KEY,), (OTHER,), (KEY, OTHER)])
def test_while_keys_change_either_key_verifies(known):
    assert rules.verify(_signed(KEY, OTHER), BODY, _secrets(*known), NOW) == "msg_1"


def test_a_retired_key_verifies_no_more():
    with pytest.raises(rules.Unsigned):
        rules.verify(_signed(OTHER), BODY, _secrets(KEY), NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-timestamp": "1"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "１２３"},
        {"webhook-timestamp": "9" * 40},
        {"webhook-timestamp": ""},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v2,abc"},
    ],
)
def test_a_changed_header_is_refused(change):
    with pytest.raises(rules.Unsigned):
        rules.verify({**_signed(), **change}, BODY, _secrets(), NOW)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_refused(name):
    sent = _signed()
    del sent[name]
    with pytest.raises(rules.Unsigned):
        rules.verify(sent, BODY, _secrets(), NOW)


@given(st.binary(max_size=60))
def test_another_body_is_refused(body):
    if body != BODY:
        with pytest.raises(rules.Unsigned):
            rules.verify(_signed(), body, _secrets(), NOW)


def test_no_keys_verify_nothing():
    with pytest.raises(rules.Unsigned):
        rules.verify(_signed(), BODY, [], NOW)


def test_a_secret_that_is_no_base64_verifies_nothing():
    with pytest.raises(rules.Unsigned):
        rules.verify(_signed(), BODY, ["whsec_not base64!"], NOW)


@pytest.mark.parametrize("late", [timedelta(minutes=5), timedelta(minutes=-5), timedelta(0)])
def test_five_minutes_either_way_are_accepted(late):
    assert rules.verify(_signed(at=NOW + late), BODY, _secrets(), NOW) == "msg_1"


@pytest.mark.parametrize(
    "late", [timedelta(minutes=5, seconds=1), timedelta(minutes=-5, seconds=-1), timedelta(days=1)]
)
def test_more_than_five_minutes_are_refused(late):
    with pytest.raises(rules.OutsideWindow):
        rules.verify(_signed(at=NOW + late), BODY, _secrets(), NOW)


def test_a_forged_old_message_is_called_unsigned_not_late():
    with pytest.raises(rules.Unsigned):
        rules.verify(_signed(OTHER, at=NOW - timedelta(days=1)), BODY, _secrets(), NOW)


def test_a_secret_is_whsec_and_base64():
    assert rules.secret_text(KEY) == "whsec_" + base64.b64encode(KEY).decode()


def test_waits_grow_and_then_end():
    waits = [rules.next_attempt(attempts=n, at=NOW) - NOW for n in range(1, len(rules.WAITS) + 1)]
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) > timedelta(days=3)
    assert rules.next_attempt(attempts=len(rules.WAITS) + 1, at=NOW) is None


@pytest.mark.parametrize("name", ["moved_in", "Resident.moved", "a.b.c", "a.", ".b", "", "転入.届", "a.b\n"])
def test_an_event_without_a_proper_name_is_refused(name):
    with pytest.raises(rules.BadName):
        rules.check_event(name)


@pytest.mark.parametrize("patterns", [["*"], ["resident_records.*"], ["resident_records.moved_in", "tax.*"]])
def test_patterns_of_a_subscription(patterns):
    rules.check_patterns(patterns)
    assert rules.wants(patterns, "resident_records.moved_in")


@pytest.mark.parametrize("pattern", ["**", "*.moved_in", "resident_records", "resident_records.**"])
def test_other_patterns_are_refused(pattern):
    with pytest.raises(rules.BadName):
        rules.check_patterns([pattern])


@pytest.mark.parametrize("pattern", ["resident.*", "resident_records.moved_out", "tax.*"])
def test_what_is_not_subscribed_is_not_wanted(pattern):
    assert not rules.wants([pattern], "resident_records.moved_in")


@pytest.mark.parametrize("value", [1, 0, None, True, "R8-1-000123", "2026-11-23", "2026-11-23T09:00:00+09:00", ""])
def test_numbers_and_codes_may_leave(value):
    rules.check_data({"it": value})
    assert rules.CODE.fullmatch(str(value)) is not None


@pytest.mark.parametrize("value", ["見本 太郎", "Taro Mihon", "内丸12-2", "a@b", "x" * 65, 1.5, ["a"], {"a": 1}])
def test_names_addresses_and_sentences_may_not_leave(value):
    with pytest.raises(rules.PersonalData) as caught:
        rules.check_data({"ok": 1, "who": value})
    assert caught.value.facts == {"field": "who"}
    assert str(value) not in caught.value.ja


INSIDE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "0.0.0.0",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
    "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:0:1::1", "2001:db8::1",
    "::127.0.0.1", "::10.0.0.1", "::8.8.8.8", "64:ff9b:1::a00:1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_inner_address_is_not_public(address):
    assert not rules.is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address):
    assert rules.is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_one_inner_address_among_public_ones_is_enough_to_refuse(address):
    with pytest.raises(rules.BadAddress):
        rules.check_resolved(["8.8.8.8", address], allow_private=False)
    assert rules.check_resolved([address], allow_private=True) == address


def test_a_name_that_resolves_to_nothing_is_refused():
    with pytest.raises(rules.BadAddress):
        rules.check_resolved([], allow_private=True)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://example.jp/hook", ("example.jp", 443)),
        ("https://example.jp:8443/hook?a=1", ("example.jp", 8443)),
        ("https://[2606:4700::1]/x", ("2606:4700::1", 443)),
    ],
)
def test_an_address_is_read(url, found):
    assert rules.check_url(url, allow_private=False) == found


@pytest.mark.parametrize(
    "url",
    [
        "http://example.jp/", "ftp://example.jp/", "file:///etc/passwd", "gopher://example.jp/", "//example.jp/", "example.jp",
        "https://", "https:///x", "https://user@example.jp/", "https://user:pw@example.jp/", "https://:pw@example.jp/",
        "https://example.jp:99999/", "https://example.jp:x/", "https://[::1/", "",
    ],
)  # fmt: skip
def test_an_improper_address_is_refused(url):
    with pytest.raises(rules.BadAddress):
        rules.check_url(url, allow_private=False)


def test_plain_http_is_for_inner_receivers_only():
    assert rules.check_url("http://10.0.0.5:8080/hook", allow_private=True) == ("10.0.0.5", 8080)
    with pytest.raises(rules.BadAddress):
        rules.check_url("ftp://10.0.0.5/", allow_private=True)
