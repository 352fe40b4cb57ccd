"""The pure rules: periods, conflicts, waiting, time limits, substituted characters."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.blocks.identity import rules
from yakusho.blocks.identity._internal.conflicts import conflicts
from yakusho.blocks.identity.refusals import AppointmentOverlaps, BadPeriod, RolesConflict, TooManyAttempts
from yakusho.blocks.identity.rules import Held, same_but_for_substitutes

AT = datetime(2026, 11, 24, tzinfo=UTC)
DAY = date(2026, 4, 1)
days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
periods = st.tuples(days, st.none() | days).filter(lambda pair: pair[1] is None or pair[0] < pair[1])


def held(role, office="audit", since=DAY, until=None):
    return Held(role, office, since, until)


@given(periods, periods)
def test_periods_meet_when_some_day_is_in_both(first, second):
    one, other = held("a", since=first[0], until=first[1]), held("b", since=second[0], until=second[1])
    each = [date(2026, 1, 1) + timedelta(days=n) for n in range(90)]
    both = any(all(p[0] <= day and (p[1] is None or day < p[1]) for p in (first, second)) for day in each)
    assert one.meets(other) is both is other.meets(one)


@pytest.mark.parametrize("until", [DAY, DAY - timedelta(days=1)])
def test_a_period_ends_after_it_begins(until):
    rules.check_period(since=DAY, until=None)
    rules.check_period(since=DAY, until=DAY + timedelta(days=1))
    with pytest.raises(BadPeriod):
        rules.check_period(since=DAY, until=until)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("system_administrator", "accounting_manager"),
        ("system_administrator", "general_accounting_clerk"),
        ("system_administrator", "payment_approver"),
        ("system_administrator", "auditor"),
        ("auditor", "resident_clerk"),
        ("auditor", "tax_manager"),
        ("expense_drafter", "expense_approver"),
        ("expense_approver", "expense_payer"),
        ("expense_drafter", "expense_payer"),
    ],
)
def test_what_one_person_must_not_hold_is_refused_in_both_orders(one, other):
    for first, second in ((one, other), (other, one)):
        with pytest.raises(RolesConflict):
            rules.check_appointment(held(first), [held(second, "elsewhere")], conflicts())


def test_drafting_and_deciding_collide_in_one_office_only():
    with pytest.raises(RolesConflict):
        rules.check_appointment(held("tax_clerk", "tax"), [held("tax_manager", "tax")], conflicts())
    rules.check_appointment(held("tax_clerk", "tax"), [held("resident_manager", "citizen_registration")], conflicts())


def test_a_past_duty_does_not_stand_in_the_way():
    past = held("auditor", until=DAY)
    rules.check_appointment(held("resident_clerk"), [past], conflicts())
    with pytest.raises(RolesConflict):
        rules.check_appointment(held("resident_clerk", since=DAY - timedelta(days=1)), [past], conflicts())


def test_the_same_duty_is_not_given_twice_for_one_day():
    with pytest.raises(AppointmentOverlaps):
        rules.check_appointment(held("auditor"), [held("auditor")], [])
    rules.check_appointment(held("auditor", "tax"), [held("auditor", "audit")], [])


def test_the_sentence_says_why_in_both_languages():
    with pytest.raises(RolesConflict) as caught:
        rules.check_appointment(held("auditor"), [held("tax_clerk")], conflicts())
    assert "自分の仕事を自分で監査してはならない" in caught.value.ja
    assert "nobody audits their own work" in caught.value.en


@given(st.integers(0, 200))
def test_waiting_never_shrinks_and_never_exceeds_an_hour(failures):
    wait = rules.wait_after(failures)
    assert wait <= rules.wait_after(failures + 1) <= rules.LONGEST_WAIT
    assert (wait == timedelta(0)) is (failures < rules.FREE_TRIES)


def test_a_try_too_early_is_told_how_long_to_wait():
    rules.check_lockout(failures=5, last=AT - timedelta(minutes=1), at=AT)
    with pytest.raises(TooManyAttempts) as caught:
        rules.check_lockout(failures=8, last=AT - timedelta(seconds=30), at=AT)
    assert caught.value.facts == {"minutes": 8}
    assert "8分" in caught.value.ja


def test_a_clock_that_steps_back_makes_nobody_wait_longer():
    rules.check_lockout(failures=4, last=AT + timedelta(hours=5), at=AT)
    with pytest.raises(TooManyAttempts) as caught:
        rules.check_lockout(failures=6, last=AT + timedelta(hours=5), at=AT)
    assert caught.value.facts == {"minutes": 2}


@pytest.mark.parametrize("kind", ["staff", "resident"])
def test_shared_devices_are_stricter(kind):
    assert rules.limits_of(kind, shared=True).idle < rules.limits_of(kind, shared=False).idle
    assert rules.limits_of(kind, shared=True).whole == rules.limits_of(kind, shared=False).whole


@pytest.mark.parametrize(
    ("certificate", "marks", "registered", "same"),
    [
        ("高橋 美咲", "00000", "高橋 美咲", True),
        ("高橋　美咲", "00000", "高橋 美咲", True),
        ("〓橋 美咲", "10000", "髙橋 美咲", True),
        ("〓橋 美咲", "10000", "\U00020089橋 美咲", True),
        ("〓橋 美咲", "10000", "髙\U000e0100橋 美咲", True),
        ("葛 飾", "000", "葛\U000e0101 飾", True),
        ("〓橋 美咲", "00000", "髙橋 美咲", False),
        ("〓橋 美咲", "10000", "髙橋 美希", False),
        ("〓橋 美咲", "10000", "髙橋 美", False),
        ("髙橋 美咲", "00000", "高橋 美咲", False),
        ("内丸12番2号", "0000000", "内丸１２番２号", True),
        ("内丸12番2号", "", "内丸12番2号", True),
        ("", "", "高橋", False),
    ],
)
def test_substituted_characters_are_left_open_and_nothing_else(certificate, marks, registered, same):
    assert same_but_for_substitutes(certificate, marks, registered) is same


@given(st.text("髙高橋齋藤渡邉 　", min_size=1, max_size=12))
def test_a_name_agrees_with_itself(name):
    assert same_but_for_substitutes(name, "0" * len(name), name)


def test_a_clock_that_was_set_back_revives_no_session():
    seen = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    limits = rules.limits_of("staff", shared=False)

    def ended(minutes):
        return rules.ended_by_time(started=seen, seen=seen, at=seen - timedelta(minutes=minutes), limits=limits)

    assert [ended(minutes) for minutes in (0, 1, 4, 6, 1440)] == ["", "", "", "limit", "limit"]
