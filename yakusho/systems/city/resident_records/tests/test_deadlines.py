"""届出期間 The 14-day rule and the days that are possible."""

from datetime import date

import pytest

from yakusho.systems.city.resident_records.rules.deadlines import (
    EventLiesAhead,
    NotifiedLater,
    check_days,
    days_late,
    deadline,
    lateness,
)
from yakusho.systems.city.resident_records.terms import MovementKind as Kind

EVENT = date(2026, 11, 14)


def test_the_day_of_the_event_is_not_counted_and_a_saturday_moves_the_end():
    assert deadline(kind=Kind.MOVE_IN, event_on=EVENT) == date(2026, 11, 30)  # the 28th is a Saturday


def test_a_birth_counts_its_own_day():
    assert deadline(kind=Kind.BIRTH, event_on=date(2026, 11, 12)) == date(2026, 11, 25)


def test_what_the_mayor_does_by_authority_has_no_term():
    assert deadline(kind=Kind.ERASE, event_on=EVENT) is None
    assert days_late(kind=Kind.ERASE, event_on=EVENT, notified_on=date(2030, 1, 1)) == 0


@pytest.mark.parametrize(
    ("notified", "late"), [(date(2026, 11, 14), 0), (date(2026, 11, 30), 0), (date(2026, 12, 1), 1)]
)
def test_lateness_is_counted_from_the_last_day(notified, late):
    assert days_late(kind=Kind.MOVE, event_on=EVENT, notified_on=notified) == late


def test_a_late_notice_names_the_fine_and_its_article():
    (remark,) = lateness(kind=Kind.MOVE, late=3)
    assert "3日" in remark.ja
    assert "5万円以下の過料" in remark.ja
    assert "52条2項" in remark.ja
    assert "137条" in lateness(kind=Kind.DEATH, late=1)[0].ja
    assert lateness(kind=Kind.MOVE, late=0) == []


@pytest.mark.parametrize("kind", [Kind.MOVE_IN, Kind.MOVE, Kind.BIRTH, Kind.DEATH, Kind.SPLIT, Kind.ERASE])
def test_nothing_but_a_move_out_is_notified_in_advance(kind):
    with pytest.raises(EventLiesAhead):
        check_days(kind=kind, event_on=date(2026, 11, 15), notified_on=EVENT, on=EVENT)


def test_a_move_out_may_be_planned():
    assert check_days(kind=Kind.MOVE_OUT, event_on=date(2026, 12, 31), notified_on=EVENT, on=EVENT) is None


def test_a_notice_is_not_received_tomorrow():
    with pytest.raises(NotifiedLater):
        check_days(kind=Kind.MOVE, event_on=EVENT, notified_on=date(2026, 11, 16), on=date(2026, 11, 15))
