"""操作者 Actors of accounts: for a session, for the command line, for a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.identity.models import Account, Appointment
from yakusho.kit.refusal import NotFound


@dataclass(frozen=True)
class SignedIn(Actor):
    """サインイン中の操作者 An actor who proved who they are at an instant (`proved_at`)."""

    proved_at: datetime | None = None


def grants_on(on: date, *, account: str = "pk") -> ArraySubquery:
    """その日の担当 Expression for a query over accounts: the roles and offices held on a day, in the same statement."""
    held = Appointment.objects.filter(Appointment.in_force(on), account=OuterRef(account))
    return ArraySubquery(held.values(found=JSONObject(role=F("role"), office=F("office"))))


def signed_in(account: Account, grants: list[dict[str, str]], *, proof: str, proved_at: datetime | None) -> SignedIn:
    """操作者 The actor of an account with these grants."""
    held = frozenset(Grant(**grant) for grant in grants)
    return SignedIn(account.pk, account.name, held, account.person, proof=proof, proved_at=proved_at)


def actor_for(login: str, on: date) -> Actor:
    """コマンドラインの操作者 The actor of a sign-in name on a day (`--as clerk1`). Refusals: NotFound."""
    found = Account.objects.filter(login=login, ended_at=None).annotate(held=grants_on(on)).first()
    if found is None:
        raise NotFound
    return signed_in(found, found.held, proof="command_line", proved_at=None)
