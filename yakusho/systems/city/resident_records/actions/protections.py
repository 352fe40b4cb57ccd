"""支援措置 Intake, confirmation, extension, end by decision, and releases by two officers (住民基本台帳事務処理要領 第5-10)."""

from datetime import date, datetime

from yakusho.blocks.doors import Actor, PersonId, Reason, action
from yakusho.blocks.identity.proof import check_fresh
from yakusho.registers.people import actions as people_actions
from yakusho.registers.people import queries as people_queries
from yakusho.registers.people.values import Protection, Release
from yakusho.systems.city.resident_records.apps import RESIDENT_CLERK, RESIDENT_MANAGER
from yakusho.systems.city.resident_records.values import ProtectionRequest

OFFICER = RESIDENT_CLERK | RESIDENT_MANAGER


@action(allowed=OFFICER)
def request_protection(*, request: ProtectionRequest, by: Actor, on: date) -> Protection:
    """支援措置の申出 Protects from this instant (仮支援措置): the applicant, who is named with them, their household.

    Refusals: NotFound, AlreadyProtected.
    """
    people_queries.person(person=request.person, on=on, by=by)
    number = people_actions.protect(
        person=request.person, kind=request.kind, together=request.together, opponents=request.opponents, by=by, on=on
    )
    return people_queries.protection(protection=number, by=by)


@action(allowed=RESIDENT_MANAGER)
def confirm_protection(*, protection: int, by: Actor, on: date) -> Protection:
    """支援措置の決定 The need is confirmed: one year from today. Refusals: NotFound, AlreadyEnded, AlreadyConfirmed."""
    people_actions.confirm_protection(protection=protection, by=by, on=on)
    return people_queries.protection(protection=protection, by=by)


@action(allowed=RESIDENT_MANAGER)
def extend_protection(*, protection: int, by: Actor, on: date) -> Protection:
    """支援措置の延長 One year more. Refusals: NotFound, AlreadyEnded, NotConfirmed, TooEarlyToExtend."""
    people_actions.extend_protection(protection=protection, by=by, on=on)
    return people_queries.protection(protection=protection, by=by)


@action(allowed=RESIDENT_MANAGER)
def end_protection(*, protection: int, because: Reason, by: Actor, on: date) -> Protection:
    """支援措置の終了 Ends by this decision only, with its reason. Refusals: NotFound, AlreadyEnded, ReasonMissing."""
    people_actions.end_protection(protection=protection, because=because, by=by, on=on)
    return people_queries.protection(protection=protection, by=by)


@action(allowed=OFFICER)
def ask_release(*, person: PersonId, paper: Reason, reason: Reason, by: Actor, at: datetime) -> Release:
    """解除の申請 The first officer asks that one protected address be shown in one paper. Refusals: NotProtected."""
    number = people_actions.ask_release(person=person, paper=paper, reason=reason, by=by, at=at)
    return people_queries.release(release=number, by=by)


@action(allowed=RESIDENT_MANAGER)
def agree_release(*, release: int, by: Actor, at: datetime) -> Release:
    """解除の承認 The second officer agrees: 15 minutes, that paper only, once. Whoever agrees proved a moment ago who they are:
    a colleague's open session is no second officer. Refusals: FreshProofNeeded, NotFound, SameOfficer, ReleaseOver.
    """
    check_fresh(by, at=at)
    people_actions.agree_release(release=release, by=by, at=at)
    return people_queries.release(release=release, by=by)
