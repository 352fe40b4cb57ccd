"""支援措置 How long a measure lasts and when to remind; it never ends by itself (住民基本台帳事務処理要領 第5-10)."""

from datetime import date, timedelta

from yakusho.kit.refusal import Refusal
from yakusho.registers.people.terms import ProtectionState

RELEASE_MINUTES = timedelta(minutes=15)


class TooEarlyToExtend(Refusal):
    """延長の申出は、{remind_on}から受け付けます。 / An extension can be requested from {remind_on}."""


class AlreadyEnded(Refusal):
    """この支援措置は、すでに終了しています。 / This measure has already ended."""


class AlreadyConfirmed(Refusal):
    """この支援措置は、すでに確認されています。 / This measure has already been confirmed."""


class NotConfirmed(Refusal):
    """仮支援措置のままでは延長できません。先に必要性を確認してください。
    / A provisional measure cannot be extended. Confirm the need first.
    """


def year_from(day: date) -> date:
    """1年後 The first day after one year from a day (its anniversary; 1 March for 29 February)."""
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def remind_on(until: date) -> date:
    """案内を始める日 One month before the period ends (the last day of a shorter month)."""
    last = until - timedelta(days=1)
    before = last.replace(day=1) - timedelta(days=1)
    return before if last.day > before.day else before.replace(day=last.day)


def due_until(on: date) -> date:
    """案内する満了日 The last end of a period for which the reminder has begun by a day: `remind_on(end) <= on` just until there."""
    return max(end for end in (on + timedelta(days=number) for number in range(25, 35)) if remind_on(end) <= on)


def state(*, starts_on: date | None, ended_on: date | None) -> ProtectionState:
    """状態 Provisional from intake, confirmed from the start; past its year it stays in force until a decision."""
    if ended_on is not None:
        return ProtectionState.ENDED
    return ProtectionState.PROVISIONAL if starts_on is None else ProtectionState.CONFIRMED


def extended(*, until: date | None, ended_on: date | None, on: date) -> date:
    """延長 The new end, one year on; refuses AlreadyEnded, NotConfirmed, TooEarlyToExtend."""
    if ended_on is not None:
        raise AlreadyEnded
    if until is None:
        raise NotConfirmed
    if on < remind_on(until):
        raise TooEarlyToExtend(remind_on=remind_on(until))
    return year_from(until)
