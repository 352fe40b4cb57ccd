"""職員の認証と権限: pages of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.identity import actions, queries
from yakusho.blocks.identity.apps import SYSTEM_ADMINISTRATOR
from yakusho.blocks.identity.values import AccountMark, AccountView
from yakusho.blocks.pages.further import after_number, after_text, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page
from yakusho.kit.refusal import NotFound
from yakusho.systems.city.staff_access import choices


def accounts(request: Request) -> HttpResponse:
    """職員 Everybody who has or had an account, with the duties of today."""
    text = request.GET.get("text", "").strip()[:60]
    found = queries.staff_accounts(text=text, after=_mark(after_text(request)), by=request.actor)
    lines, more = cut(found, queries.LONGEST, lambda one: f"{int(one.ended)}{one.login}")
    held = queries.appointments(accounts=[one.account for one in lines], by=request.actor, on=request.today)
    duties: dict[int, list[Any]] = {}
    for one in held:
        duties.setdefault(one.account, []).append(one)
    rows = [(one, duties.get(one.account, [])) for one in lines]
    shown: dict[str, Any] = {"text": text, "rows": rows, "more": more, "may": _may(request)}
    return page(request, "staff_access/accounts.html", **shown, **_words(request))


def _mark(said: str) -> AccountMark | None:
    """What the address says of the last line before: 1 and the login of an ended account, 0 and that of another."""
    return AccountMark(ended=said[0] == "1", login=said[1:]) if said else None


def account(request: Request, account: int) -> HttpResponse:
    """職員1人 Their duties with dates and reasons; end a duty, invite to a first passkey, end the account."""
    if request.method == "POST":
        return _act(request, account)
    return _account_page(request, account)


def _act(request: Request, account: int) -> HttpResponse:
    """One of the buttons. An invitation is shown on this very answer: it is kept nowhere else."""
    act, by, at = request.POST.get("act", ""), request.actor, request.now
    if act == "invite":
        told = actions.invite(account=account, by=by, at=at)
        address = request.build_absolute_uri(reverse("identity:enrol", args=[told.code]))
        return _account_page(request, account, invitation={"address": address, "until": told.expires_at})
    if act == "end":
        actions.end_account(account=account, by=by, at=at)
    elif act == "revoke":
        appointment, reason = _number(request, "appointment"), request.POST.get("reason", "").strip()
        if not reason:
            told_why = [(f"#reason-{appointment}", _("取り消す理由を入力してください。"))]
            return _account_page(request, account, status=422, errors=told_why)
        given = {"appointment": appointment, "reason": reason}
        actions.revoke_role.call(given, by=by, on=request.today, at=at)
    return redirect("staff_access:account", account)


def _number(request: Request, name: str) -> int:
    """What a hidden field of our own page says; anything else is about nothing."""
    said = request.POST.get(name, "")
    if not said.isdecimal():
        raise NotFound
    return int(said)


def _account_page(request: Request, account: int, *, status: int = 200, **more: Any) -> HttpResponse:
    one = queries.staff_account(account=account, by=request.actor)
    appointments = queries.duties(account=account, by=request.actor)
    shown = {"one": one, "appointments": appointments, "own": account == request.actor.account, "today": request.today}
    return page(
        request, "staff_access/account.html", status=status, may=_may(request), **shown, **_words(request), **more
    )


def _may(request: Request) -> bool:
    """Whether this person changes anything here, or looks."""
    return SYSTEM_ADMINISTRATOR.granting(request.actor) is not None


def _words(request: Request) -> dict[str, Any]:
    """Official names of duties and offices."""
    return {"titles": choices.duties(), "offices": choices.offices(by=request.actor, on=request.today)}


def _opened(_request: Request, made: AccountView) -> str:
    return reverse("staff_access:account", args=[made.account])


def _whom(request: Request, account: int) -> dict[str, Any]:
    return {"one": queries.staff_account(account=account, by=request.actor), **_words(request)}


def _granted(_request: Request, made: Any) -> str:
    return reverse("staff_access:account", args=[made.account])


open_account = ActionPage(
    actions.open_account,
    template="staff_access/open.html",
    desk=True,
    given=lambda _request: {"kind": "staff", "person": None},
    done=_opened,
    title=_("職員のアカウントを開く"),
    button=_("開設する"),
)
grant = ActionPage(
    actions.grant_role,
    template="staff_access/grant.html",
    desk=True,
    given=lambda _request, account: {"appointment": {"account": account}},
    initial=lambda request, account: {"appointment": {"since": request.today}},
    context=_whom,
    done=_granted,
    title=_("任命する"),
    button=_("任命する"),
)


def matches(request: Request) -> HttpResponse:
    """照合待ち Cards whose holder was not found without doubt, oldest first; settled once the register is right."""
    if request.method == "POST":
        given = {"match": _number(request, "match")}
        actions.settle_match.call(given, by=request.actor, on=request.today, at=request.now)
        return redirect("staff_access:matches")
    found = queries.waiting_matches(after=after_number(request), by=request.actor)
    lines, more = cut(found, queries.LATEST, lambda one: one.id)
    return page(request, "staff_access/matches.html", matches=lines, more=more)
