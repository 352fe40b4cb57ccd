"""部品の見本 The pages of the gallery."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yakusho.blocks.pages import errors
from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.gallery.practice import NobodyHome, Practice, PracticeDoor
from yakusho.blocks.pages.render import DESK, PORTAL, page
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage
from yakusho.kit.refusal import NotAllowed, NotFound

DOOR = PracticeDoor()
STEPS = (
    (gettext_lazy("何に使いますか"), "purpose"),
    (gettext_lazy("何通いりますか"), "copies", "since", "items", "urgent", "agreed", "phone", "note", "to"),
    (gettext_lazy("だれの分ですか"), "people"),
)
BROKEN = {
    "copies": "100",
    "since_y": "令和8",
    "since_m": "2",
    "since_d": "30",
    "people-count": "1",
    "to-postcode": "020-08",
}


def parts(request: Request) -> HttpResponse:
    """居住者の部品 The parts of residents' pages."""
    return page(request, "pages/gallery/parts.html", shell=PORTAL, **_samples(request, desk=False))


def desk_parts(request: Request) -> HttpResponse:
    """職員の部品 The parts of the desk."""
    return page(request, "pages/gallery/desk.html", shell=DESK, desk=True, **_samples(request, desk=True))


def _samples(request: Request, *, desk: bool) -> dict[str, Any]:
    wrong = Form(Practice, BROKEN, desk=desk)
    wrong.is_valid()
    steps = [("done", _("受け付けました")), ("now", _("確認しています")), ("next", _("結果をお知らせします"))]
    return {
        "form": Form(Practice, desk=desk, first={"people": [{}, {}]}),
        "wrong": wrong,
        "errors": wrong.errors,
        "bars": [(_("0〜14歳"), 30), (_("15〜64歳"), 165), (_("65歳以上"), 84)],
        "steps": [{"state": state, "title": title} for state, title in steps],
        "pairs": [(_("種類"), _("住民票の写し")), (_("ページ数"), "2")],
        "tabs": [
            {"title": _("進行中"), "address": "#1", "current": True},
            {"title": _("終わったもの"), "address": "#2"},
        ],
        "page_obj": Paginator(range(90), 10).get_page(4),
        "yesterday": request.today - timedelta(days=1),
        "now": request.now,
    }


def done(request: Request) -> HttpResponse:
    """終わり Where the practice forms end."""
    return page(request, "pages/gallery/done.html", shell=PORTAL, number=request.GET.get("n", ""))


def state(request: Request, kind: str) -> HttpResponse:
    """状態 One whole page of each state."""
    makers = {
        "not-found": lambda: errors.not_found(request),
        "missing": lambda: errors.refused(request, NotFound()),
        "not-allowed": lambda: errors.not_allowed(request),
        "denied": lambda: errors.refused(request, NotAllowed()),
        "refused": lambda: errors.refused(request, NobodyHome()),
        "bad-request": lambda: errors.bad_request(request),
        "csrf": lambda: errors.csrf_failed(request),
        "error": lambda: errors.server_error(request),
        "unavailable": lambda: errors.unavailable(request, until=request.now + timedelta(hours=2)),
    }
    return makers.get(kind, makers["not-found"])()


def _ended(request: Request, result: int) -> str:
    return f"/components/done?n={result}"


question = ActionPage(DOOR, done=_ended, title=gettext_lazy("練習の請求"))  # type: ignore[arg-type]
desk_form = ActionPage(DOOR, done=_ended, desk=True)  # type: ignore[arg-type]
walk = ActionPage(DOOR, done=_ended, steps=STEPS, button=gettext_lazy("2通を請求する"))  # type: ignore[arg-type]
desk_check = ActionPage(DOOR, done=_ended, desk=True, check=True)  # type: ignore[arg-type]
