"""Tries and challenges: no free guess, no second use, whatever the order and however many at once."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from yakusho.blocks.doors import NOBODY, SYSTEM
from yakusho.blocks.identity import actions, rules
from yakusho.blocks.identity._internal import challenges, lockout
from yakusho.blocks.identity.models import Challenge, SignInAttempt
from yakusho.blocks.identity.refusals import ChallengeExpired, SignInFailed, TooManyAttempts
from yakusho.blocks.identity.tests.conftest import Clock, rivals
from yakusho.blocks.identity.values import Begun, Purpose
from yakusho.kit.refusal import NotAllowed


def ask(at, browser="b", purpose=Purpose.CARD):
    return actions.ask(purpose=purpose, browser=browser, by=SYSTEM, at=at)


def begin(at, who="card 1", address="192.0.2.1", **more):
    return actions.begin(method="card", who=who, address=address, by=SYSTEM, at=at, **more)


def take(at, question, browser="b", purpose=Purpose.CARD):
    return begin(at, challenge=question.id, purpose=purpose, browser=browser)


class Door(RuleBasedStateMachine):
    """Two cards and two addresses try; a simple model says who may."""

    @initialize()
    def empty(self):
        SignInAttempt.objects.all().delete()
        self.clock = Clock()
        self.failures, self.last, self.tries = Counter(), {}, {}
        self.open = []

    def may(self, who, address):
        tries = len(self.recently(address))
        waits = rules.wait_after(self.failures[who]), rules.wait_after(tries, free=rules.FREE_TRIES_ADDRESS)
        lasts = self.last.get(who), max(self.recently(address), default=None)
        return all(last is None or self.clock.now >= last + wait for last, wait in zip(lasts, waits, strict=True))

    def recently(self, address):
        return [one for one in self.tries.get(address, []) if one > self.clock.now - rules.MEMORY_ADDRESS]

    @rule(
        who=st.sampled_from(["card 1", "card 2"]),
        address=st.sampled_from(["192.0.2.1", "2001:db8::1"]),
        right=st.booleans(),
    )
    def knock(self, who, address, right):
        may = self.may(who, address)
        try:
            attempt = begin(self.clock.now, who, address).attempt
        except TooManyAttempts:
            assert not may
            return
        assert may
        if right:
            actions.settle(attempt=attempt, by=SYSTEM)
            self.failures[who], self.last[who] = 0, None
        else:
            self.failures[who] += 1
            self.last[who] = self.clock.now
            self.tries.setdefault(address, []).append(self.clock.now)

    @rule(seconds=st.sampled_from([1, 30, 60, 120, 600, 3600]))
    def wait(self, seconds):
        self.clock.turn(seconds=seconds)

    @rule()
    def ask(self):
        self.open.append(ask(self.clock.now))

    @rule(data=st.data())
    def answer(self, data):
        if not self.open:
            return
        question = data.draw(st.sampled_from(self.open))
        used = Challenge.objects.get(pk=question.id).used_at is not None
        good = not used and self.clock.now < question.expires_at
        try:
            assert challenges.take(question.id, Purpose.CARD, browser="b", at=self.clock.now).nonce == question.nonce
            assert good
        except ChallengeExpired:
            assert not good

    @invariant()
    def nothing_is_in_clear(self):
        kept = SignInAttempt.objects.values_list("who", "address")
        assert all(len(mark) == 64 for row in kept for mark in row)


def test_any_order_of_tries_and_answers(db):
    options = settings(
        max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(Door, settings=options)


def test_a_crash_during_the_check_leaves_the_try_as_failed(db, clock):
    begin(clock.now)
    assert SignInAttempt.objects.get().succeeded is False


def test_the_wait_grows_and_success_forgets(db, clock):
    for _ in range(5):
        attempt = begin(clock.now).attempt
    waits = []
    for _ in range(3):
        with pytest.raises(TooManyAttempts) as caught:
            begin(clock.now)
        waits.append(caught.value.facts["minutes"])
        clock.turn(minutes=waits[-1])
        attempt = begin(clock.now).attempt
    assert waits == [1, 2, 4]
    actions.settle(attempt=attempt, by=SYSTEM)
    for _ in range(5):
        begin(clock.now)


def test_the_refusal_is_the_same_for_those_who_exist_and_those_who_do_not(staff, clock):
    known = staff("mari")
    sentences = set()
    for who in (f"code {known}", "code 999999"):
        for _ in range(5):
            begin(clock.now, who, who)
        with pytest.raises(TooManyAttempts) as caught:
            begin(clock.now, who, who)
        sentences.add(caught.value.ja)
    assert len(sentences) == 1


def test_one_card_does_not_lock_another_but_an_address_does(db, clock):
    for number in range(rules.FREE_TRIES_ADDRESS):
        begin(clock.now, who=f"card {number}")
    with pytest.raises(TooManyAttempts):
        begin(clock.now, who="card of somebody else")
    assert begin(clock.now, who="card of somebody else", address="192.0.2.99")
    clock.turn(hours=1)
    assert begin(clock.now, who="card of somebody else")


def test_of_many_answers_at_once_one_is_taken(committed, clock):
    question = ask(clock.now)
    outcomes = rivals(
        *(
            partial(begin, clock.now, f"card {n}", challenge=question.id, purpose=Purpose.CARD, browser="b")
            for n in range(8)
        )
    )
    assert len([one for one in outcomes if isinstance(one, Begun)]) == 1
    assert len([one for one in outcomes if isinstance(one, ChallengeExpired)]) == 7


def test_a_hundred_guesses_at_once_are_five_guesses(committed, clock):
    outcomes = rivals(*(partial(begin, clock.now) for _ in range(20)))
    assert len([one for one in outcomes if isinstance(one, Begun)]) == rules.FREE_TRIES


@pytest.mark.parametrize(
    ("browser", "purpose", "later"),
    [("other", Purpose.CARD, 0), ("b", Purpose.FRESH, 0), ("b", Purpose.CARD, 300), ("", Purpose.CARD, 0)],
)
def test_a_challenge_is_for_one_browser_one_purpose_and_five_minutes(db, clock, browser, purpose, later):
    question = ask(clock.now)
    assert take(clock.now + timedelta(seconds=299), ask(clock.now)).nonce
    with pytest.raises(ChallengeExpired):
        take(clock.now + timedelta(seconds=later), question, browser, purpose)


def test_an_unknown_challenge_is_refused(db, clock):
    with pytest.raises(ChallengeExpired):
        begin(clock.now, challenge="nothing", purpose=Purpose.CARD, browser="b")


def test_challenges_are_random_and_long(db, clock):
    nonces = {ask(clock.now).nonce for _ in range(20)}
    assert len(nonces) == 20
    assert all(len(bytes.fromhex(nonce)) * 8 >= 128 for nonce in nonces)


def test_old_challenges_are_forgotten(db, clock):
    old = ask(clock.now)
    clock.turn(days=2)
    ask(clock.now)
    assert not Challenge.objects.filter(pk=old.id).exists()


def test_old_tries_are_forgotten(db, clock):
    begin(clock.now)
    clock.turn(days=91)
    begin(clock.now)
    assert actions.forget_attempts(by=SYSTEM, at=clock.now) == 1
    assert SignInAttempt.objects.get().at == clock.now


def test_the_steps_of_signing_in_are_not_for_outsiders(staff, clock):
    account = staff("mari")
    for by in (NOBODY, None):
        with pytest.raises((NotAllowed, TypeError)):
            actions.open_session(attempt=0, account=account, proof="card", device="", by=by, at=clock.now)


def test_a_mark_says_nothing_but_equal_is_equal(db):
    assert lockout.mark("192.0.2.1") == lockout.mark("192.0.2.1") != lockout.mark("192.0.2.2")


def test_a_failure_of_a_second_proof_is_refused(db, clock):
    with pytest.raises(SignInFailed):
        actions.prove_again(attempt=0, session=12345, proof="card", by=SYSTEM, at=clock.now)
