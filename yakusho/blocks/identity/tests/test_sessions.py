"""Sessions: time limits, rotation, the next person, a revoked right, two places at once, a second proof."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from yakusho.blocks.doors import NOBODY, SYSTEM, Grant
from yakusho.blocks.identity import actions, proof, queries, samples
from yakusho.blocks.identity.actors import SignedIn, actor_for
from yakusho.blocks.identity.models import Appointment, SessionRecord
from yakusho.blocks.identity.refusals import FreshProofNeeded, SignInFailed
from yakusho.blocks.identity.tests.conftest import KENTA, MISAKI, ON
from yakusho.blocks.identity.tests.test_cards import begin, present
from yakusho.kit.refusal import NotFound


@pytest.fixture
def city(browser, clock):
    """The sample accounts; resident 7 has a soft card."""
    samples.ensure_sample_accounts(resident=7, items=MISAKI, on=ON, at=clock.now - timedelta(days=30))


def enter(browser, login):
    return browser.post(reverse("identity:sample_sign_in", args=[login]))


def actor(browser):
    """Who the next request would find."""
    return browser.get(reverse("identity:sign_in")).wsgi_request.actor


def session_of(browser):
    return SessionRecord.objects.get(pk=browser.session["identity"])


def test_a_clerk_signs_in_and_has_the_duties_of_the_day(browser, city):
    assert enter(browser, "clerk1").headers["Location"] == "/desk/"
    found = actor(browser)
    assert found.grants == {Grant("resident_clerk", "citizen_registration")}
    assert found.proof == "sample"


def test_a_resident_is_a_person_without_duties(browser, city):
    assert enter(browser, "resident1").headers["Location"] == "/"
    found = actor(browser)
    assert (found.person, found.grants) == (7, frozenset())


def test_nobody_is_nobody(browser, city):
    assert actor(browser) == NOBODY


def test_a_revoked_right_is_gone_at_the_next_request(browser, city):
    enter(browser, "clerk1")
    assert actor(browser).holds("resident_clerk")
    row = Appointment.objects.get(account__login="clerk1")
    actions.revoke_role(appointment=row.pk, reason="異動", by=SYSTEM, on=ON)
    assert actor(browser).grants == frozenset()
    assert actor_for("clerk1", ON).grants == frozenset()


def test_a_duty_begins_and_ends_with_its_days(browser, staff, clock):
    staff("night", ("resident_clerk", "citizen_registration"), since=ON, until=ON + timedelta(days=2))
    held = [len(actor_for("night", ON + timedelta(days=n)).grants) for n in (-1, 0, 1, 2)]
    assert held == [0, 1, 1, 0]


def test_an_ended_account_is_out_at_the_next_request(browser, city):
    enter(browser, "clerk1")
    actions.end_account(account=actor(browser).account, by=SYSTEM, at=session_of(browser).started_at)
    assert actor(browser) == NOBODY
    with pytest.raises(NotFound):
        actor_for("clerk1", ON)


def test_the_actor_costs_one_statement(browser, city, django_assert_num_queries):
    enter(browser, "clerk1")
    for office in ("tax", "insurance", "audit"):
        Appointment.objects.create(
            account=Appointment.objects.get(account__login="clerk1", office="citizen_registration").account,
            role="resident_clerk", office=office, valid=(ON, None), reason="", granted_by=0,
            granted_at=session_of(browser).started_at,
        )  # fmt: skip
    page = reverse("identity:still_here")
    browser.post(page)
    with django_assert_num_queries(2):  # Django's own session, and ours with account and duties
        browser.post(page)
    with django_assert_num_queries(0):
        Client().post(page)


@pytest.mark.parametrize(
    ("login", "idle", "whole"),
    [("clerk1", timedelta(hours=1), timedelta(hours=12)), ("resident1", timedelta(minutes=15), timedelta(hours=1))],
)
def test_sessions_end_by_idleness_and_by_length(browser, city, clock, login, idle, whole):
    enter(browser, login)
    clock.now += idle - timedelta(seconds=1)
    assert actor(browser).account
    clock.now += idle
    assert actor(browser) == NOBODY
    enter(browser, login)
    for _ in range(int(whole / idle * 2) - 1):
        clock.now += idle / 2
        assert actor(browser).account
    clock.now += idle / 2
    assert actor(browser) == NOBODY
    assert list(SessionRecord.objects.order_by("pk").values_list("end_reason", flat=True)) == ["idle", "limit"]


def test_at_a_shared_device_a_minute_is_enough(browser, city, clock):
    page = begin(browser, shared="1")
    present(browser, page, card_of_seven())
    clock.turn(seconds=59)
    assert actor(browser).person == 7
    clock.turn(seconds=60)
    assert actor(browser) == NOBODY


def card_of_seven():
    return samples.cards.box().faces()[0].number


def test_signing_in_changes_the_key_of_the_session(browser, city):
    browser.get(reverse("identity:sign_in"))
    begin(browser)
    before = browser.session.session_key
    enter(browser, "clerk1")
    assert browser.session.session_key != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert actor(thief) == NOBODY


def test_the_next_person_finds_nothing(browser, city):
    enter(browser, "resident1")
    record, key = session_of(browser), browser.session.session_key
    answer = browser.post(reverse("identity:sign_out"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert actor(browser) == NOBODY
    old = Client()
    old.cookies["sessionid"] = key
    assert actor(old) == NOBODY
    record.refresh_from_db()
    assert (record.end_reason, record.ended_at is None) == ("next_person", False)


def test_leaving_needs_the_form_of_this_site(city):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("identity:sign_out")).status_code == 403
    assert strict.post(reverse("identity:sample_sign_in", args=["clerk1"])).status_code == 403


def test_one_staff_account_at_two_places_is_flagged_on_both(browser, city, clock):
    other = Client()
    enter(browser, "clerk1")
    clock.turn(minutes=3)
    enter(other, "clerk1")
    assert [session_of(one).beside for one in (browser, other)] == [True, True]
    asked = {"since": clock.now - timedelta(hours=1), "by": actor_for("auditor1", ON)}
    first, second = queries.sessions_side_by_side(**asked)
    assert queries.sessions_side_by_side(**asked, after={"account": second.account, "after": first.id}) == [second]


def test_one_after_the_other_is_not_flagged(browser, city, clock):
    other = Client()
    enter(browser, "clerk1")
    clock.turn(hours=2)
    enter(other, "clerk1")
    assert not session_of(other).beside


def test_a_session_left_behind_is_ended_from_elsewhere(browser, city):
    left = Client()
    enter(left, "resident1")
    enter(browser, "resident1")
    page = browser.get(reverse("identity:mine"))
    assert page.status_code == 200
    assert "この端末" in page.content.decode()
    browser.post(reverse("identity:end_session", args=[session_of(left).pk]))
    assert actor(left) == NOBODY
    assert actor(browser).person == 7


def test_an_administrator_ends_all_sessions_of_an_account(browser, city, clock):
    enter(browser, "resident1")
    account = session_of(browser).account_id
    assert actions.end_sessions(account=account, reason="端末の紛失", by=SYSTEM, at=clock.now) == 1
    assert actor(browser) == NOBODY
    with pytest.raises(NotFound):
        actions.end_sessions(account=account + 1000, reason="端末の紛失", by=SYSTEM, at=clock.now)


def test_nobody_ends_a_strangers_session(browser, city):
    stranger = Client()
    enter(stranger, "manager1")
    enter(browser, "resident1")
    assert browser.post(reverse("identity:end_session", args=[session_of(stranger).pk])).status_code == 404
    assert actor(stranger).account


def test_a_way_in_is_ended_only_after_a_fresh_proof(browser, city, clock):
    present(browser, begin(browser), card_of_seven())
    link = browser.get(reverse("identity:mine")).context["credentials"].cards[0]
    clock.turn(minutes=11)
    answer = browser.post(reverse("identity:end_card", args=[link.id]))
    assert answer.headers["Location"] == "/identity/again?next=%2Fidentity%2Fmine"


def test_the_last_way_in_is_not_thrown_away(browser, city):
    present(browser, begin(browser), card_of_seven())
    link = browser.get(reverse("identity:mine")).context["credentials"].cards[0]
    answer = browser.post(reverse("identity:end_card", args=[link.id]))
    assert answer.status_code == 409
    assert "最後の1つ" in answer.content.decode()


@proof.needs_fresh_proof(minutes=5)
def bank_account(request):
    return HttpResponse("bound")


def visit(browser, clock):
    """Ask for a page that commits somebody, as this browser."""
    request = RequestFactory().get("/bank-account?step=2")
    request.actor, request.now = actor(browser), clock.now
    return bank_account(request)


def test_a_commit_asks_for_the_card_again(browser, city, clock):
    present(browser, begin(browser), card_of_seven())
    assert visit(browser, clock).content == b"bound"
    clock.turn(minutes=5)
    answer = visit(browser, clock)
    assert answer.headers["Location"] == reverse("identity:again") + "?next=%2Fbank-account%3Fstep%3D2"
    assert "カードで確認する" in browser.get(answer.headers["Location"]).content.decode()
    back = present(browser, begin(browser, purpose="fresh"), card_of_seven())
    assert back.headers["Location"] == "/bank-account?step=2"
    assert visit(browser, clock).content == b"bound"


def test_the_next_persons_card_does_not_commit_the_last_one(browser, city, clock):
    present(browser, begin(browser), card_of_seven())
    clock.turn(minutes=6)
    stranger = samples.issue_sample_card(KENTA, at=clock.now - timedelta(days=1))
    answer = present(browser, begin(browser, purpose="fresh"), stranger)
    assert answer.status_code == 403
    assert "サインアウトしました" in answer.content.decode()
    assert actor(browser) == NOBODY
    assert SessionRecord.objects.get().end_reason == "other_person"


def test_a_labelled_button_is_no_fresh_proof_for_a_resident(browser, city, clock):
    enter(browser, "resident1")
    assert visit(browser, clock).status_code == 302
    assert browser.post(reverse("identity:sample_again")).status_code == 404


def test_a_sample_clerk_proves_again_by_the_button(browser, city, clock):
    enter(browser, "clerk1")
    clock.turn(minutes=10)
    assert visit(browser, clock).status_code == 302
    assert browser.post(reverse("identity:sample_again")).status_code == 302
    assert visit(browser, clock).content == b"bound"


def test_actions_can_ask_for_a_fresh_proof_too(clock):
    card = SignedIn(1, "x", proof="card", proved_at=clock.now)
    proof.check_fresh(card, at=clock.now + timedelta(minutes=4))
    for stale in (
        SignedIn(1, "x", proof="sample", proved_at=clock.now, person=1),
        SignedIn(1, "x", proof="card"),
        NOBODY,
    ):
        with pytest.raises(FreshProofNeeded):
            proof.check_fresh(stale, at=clock.now)
    with pytest.raises(FreshProofNeeded):
        proof.check_fresh(card, at=clock.now + timedelta(minutes=5))


@pytest.mark.parametrize("wanted", ["https://evil.test/", "//evil.test", "javascript:alert(1)", "\\\\evil.test"])
def test_nobody_is_led_to_another_site(browser, city, wanted):
    browser.get(reverse("identity:sign_in"), {"next": wanted})
    assert enter(browser, "resident1").headers["Location"] == "/"


def test_one_comes_back_to_where_one_was(browser, city):
    browser.get(reverse("identity:sign_in"), {"next": "/resident_records/mine?x=1"})
    assert enter(browser, "resident1").headers["Location"] == "/resident_records/mine?x=1"


def test_a_session_of_an_ended_account_cannot_begin(staff, clock):
    account = staff("gone")
    actions.end_account(account=account, by=SYSTEM, at=clock.now)
    with pytest.raises(SignInFailed):
        actions.open_session(attempt=0, account=account, proof="card", device="", by=SYSTEM, at=clock.now)
