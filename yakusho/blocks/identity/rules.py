"""本人確認のきまり Pure rules of the door: periods, conflicting roles, lockout, time limits, substituted characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase

from yakusho.blocks.identity.refusals import AppointmentOverlaps, BadPeriod, RolesConflict, TooManyAttempts


@dataclass(frozen=True)
class Held:
    """任命 A role at an office on days [since, until); `until` None is open."""

    role: str
    office: str
    since: date
    until: date | None = None

    def meets(self, other: Held) -> bool:
        """重なり Whether some day belongs to both."""
        return (self.until is None or other.since < self.until) and (other.until is None or self.since < other.until)


@dataclass(frozen=True)
class Conflict:
    """兼職の禁止 Two duties that nobody may hold on the same day; patterns as `accounting_*`.

    `same_office` limits the ban to one and the same office.
    """

    one: str
    other: str
    why: str
    why_en: str
    same_office: bool = False

    def forbids(self, first: Held, second: Held) -> bool:
        """Whether these two appointments fall under the ban, whichever was first."""
        if self.same_office and first.office != second.office:
            return False
        return self._fits(first.role, second.role) or self._fits(second.role, first.role)

    def _fits(self, one: str, other: str) -> bool:
        return fnmatchcase(one, self.one) and fnmatchcase(other, self.other) and one != other


def check_period(*, since: date, until: date | None) -> None:
    """期間 Refuse a period that ends before or when it begins."""
    if until is not None and until <= since:
        raise BadPeriod


def check_appointment(new: Held, held: Iterable[Held], conflicts: Iterable[Conflict]) -> None:
    """任命の確認 Refuse a duty that overlaps the same duty, or one that may not be held beside another.

    Refusals: AppointmentOverlaps; RolesConflict.
    """
    bans = list(conflicts)
    for old in held:
        if not old.meets(new):
            continue
        if (old.role, old.office) == (new.role, new.office):
            raise AppointmentOverlaps
        ban = next((one for one in bans if one.forbids(old, new)), None)
        if ban:
            raise RolesConflict(held=old.role, role=new.role, why=ban.why, why_en=ban.why_en)


FREE_TRIES = 5  # of one account or card, before waiting begins
FREE_TRIES_ADDRESS = 40  # of one address within the hour: a family, an office or a counter shares one
LONGEST_WAIT = timedelta(hours=1)
MEMORY = timedelta(hours=24)
MEMORY_ADDRESS = timedelta(hours=1)


def wait_after(failures: int, *, free: int = FREE_TRIES) -> timedelta:
    """待ち時間 One minute after the last free try, doubled by each further failure, at most an hour."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(minutes=2 ** min(failures - free, 10)), LONGEST_WAIT)


def check_lockout(*, failures: int, last: datetime | None, at: datetime, free: int = FREE_TRIES) -> None:
    """ロック Refuse a try that comes before the wait after the last failure is over. Refusals: TooManyAttempts."""
    wait = wait_after(failures, free=free)
    if last is None or not wait:
        return
    left = min(last + wait - at, wait)  # a clock that stepped back makes nobody wait longer
    if left > timedelta(0):
        raise TooManyAttempts(minutes=max(1, -(-left // timedelta(minutes=1))))


@dataclass(frozen=True)
class Limits:
    """時間の上限 How long a session may last at most, and how long without a sign of life."""

    whole: timedelta
    idle: timedelta


STAFF_LIMITS = Limits(timedelta(hours=12), timedelta(hours=1))
RESIDENT_LIMITS = Limits(timedelta(hours=1), timedelta(minutes=15))
SHARED_IDLE = timedelta(seconds=60)  # 共用の端末: the next person must not find the last one's pages


def limits_of(kind: str, *, shared: bool) -> Limits:
    """時間の上限 Of a session, by kind of account and of device."""
    limits = STAFF_LIMITS if kind == "staff" else RESIDENT_LIMITS
    return Limits(limits.whole, SHARED_IDLE) if shared else limits


SKEW = timedelta(minutes=5)  # what the clocks of several machines may differ


def ended_by_time(*, started: datetime, seen: datetime, at: datetime, limits: Limits) -> str:
    """時間切れ "limit", "idle", or "" while the session lives.

    A clock that was set back revives nothing: whoever was seen later than now has to sign in again.
    """
    if at >= started + limits.whole or at < seen - SKEW:
        return "limit"
    return "idle" if at >= seen + limits.idle else ""


def same_but_for_substitutes(certificate: str, substituted: str, registered: str) -> bool:
    """代替文字 Whether a text of a certificate is the registered one, leaving marked characters open.

    `substituted` marks with "1" each character of the certificate that stands for another. Variation selectors,
    compatibility forms and the width of spaces do not tell texts apart.
    """
    ours, theirs = _folded(registered), _folded(certificate)
    marks = [
        mark for mark, char in zip(substituted.ljust(len(certificate), "0"), certificate, strict=False) if char.strip()
    ]
    if len(ours) != len(theirs) or len(marks) != len(theirs):
        return False
    return all(mark == "1" or a == b for mark, a, b in zip(marks, ours, theirs, strict=True))


def _folded(text: str) -> Sequence[str]:
    kept = (char for char in text if not _is_selector(char) and char.strip())
    return [unicodedata.normalize("NFKC", char) for char in kept]


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
