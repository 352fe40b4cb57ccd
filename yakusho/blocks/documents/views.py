"""書面のページ Verification for everybody; papers for their owners; queue and alarms for the desk."""

import base64

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yakusho.blocks.documents import actions, queries
from yakusho.blocks.documents.refusals import FileTooLarge, NotAPdf
from yakusho.blocks.documents.values import Verdict
from yakusho.blocks.pages.further import after_number, after_text, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page
from yakusho.kit.refusal import BadInput, NotAllowed

MOST_BYTES = queries.MOST_MEGABYTES * 2**20


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    """証明書の確認 By the code on the paper (GET) or by the file itself (POST)."""
    if request.method == "POST":
        return _verify_file(request)
    code = request.GET.get("code", "").strip()
    return verify_code(request, code) if code else page(request, "documents/verify.html")


@require_safe
def verify_code(request: Request, code: str) -> HttpResponse:
    """証明書の確認 What the QR code leads to."""
    return _result(request, queries.verify(code=code, by=request.actor, on=request.today))


def _verify_file(request: Request) -> HttpResponse:
    chosen = request.FILES.get("file")
    try:
        if chosen is None or chosen.size is None:
            raise NotAPdf
        if chosen.size > MOST_BYTES:
            raise FileTooLarge(most=queries.MOST_MEGABYTES)
        content = base64.b64encode(chosen.read()).decode()
        found = queries.verify_file(name=chosen.name or "", content=content, by=request.actor, on=request.today)
    except BadInput as refusal:
        return page(request, "documents/verify.html", status=refusal.status, refusal=refusal)
    return _result(request, found)


def _result(request: Request, found: Verdict) -> HttpResponse:
    kilobytes = -(-found.size // 1024)
    return page(request, "documents/verdict.html", found=found, kilobytes=kilobytes, checked_at=request.now)


@require_safe
def papers(request: Request) -> HttpResponse:
    """発行した書面 The signed-in resident's own papers."""
    if request.actor.person is None:
        raise NotAllowed
    found = queries.papers_of(person=request.actor.person, after=after_text(request), by=request.actor)
    lines, more = cut(found, queries.PAGE, lambda one: one.number)
    return page(request, "documents/papers.html", papers=lines, more=more)


@require_safe
def paper(request: Request, number: str) -> HttpResponse:
    """書面 The same content as a page, with the PDF beside it."""
    return page(request, "documents/paper.html", twin=queries.twin(number=number, by=request.actor, at=request.now))


@require_safe
def paper_pdf(request: Request, number: str) -> HttpResponse:
    """書面 The PDF itself."""
    found = queries.paper(number=number, by=request.actor, at=request.now)
    response = HttpResponse(base64.b64decode(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.name}"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def issue(request: Request, request_number: str) -> HttpResponse:
    """発行 Issue a request and go to its paper."""
    key = request.POST.get("key", "")[:100]
    issued = actions.issue(request=request_number, by=request.actor, at=request.now, key=key)
    return redirect("documents:paper", number=issued.number)


@require_safe
def queue(request: Request) -> HttpResponse:
    """交付待ち Papers to print and hand over."""
    found = queries.print_queue(by=request.actor, after=after_text(request))
    lines, more = cut(found, queries.PAGE, lambda one: one.number)
    return page(request, "documents/queue.html", papers=lines, more=more, desk=True)


@require_POST
def hand_over(request: Request, number: str) -> HttpResponse:
    """交付 Out of the queue."""
    actions.hand_over(number=number, by=request.actor, at=request.now)
    return redirect("documents:queue")


reprint = ActionPage(
    actions.reprint,
    desk=True,
    title=_("書面を再発行する"),
    button=_("元の書面を無効にして、再発行する"),
    done="documents:queue",
)
revoke = ActionPage(
    actions.revoke, desk=True, title=_("書面を無効にする"), button=_("無効にする"), done="documents:queue"
)


@require_safe
def alarms(request: Request) -> HttpResponse:
    """警報 Withheld papers."""
    closed = request.GET.get("closed") == "1"
    found = queries.alarms(by=request.actor, closed=closed, after=after_number(request))
    lines, more = cut(found, queries.PAGE, lambda one: one.alarm)
    return page(request, "documents/alarms.html", alarms=lines, more=more, closed=closed, desk=True)


@require_safe
def alarm(request: Request, alarm: int) -> HttpResponse:
    """警報 One withheld paper, its comparison and its end."""
    return page(request, "documents/alarm.html", alarm=queries.alarm(alarm=alarm, by=request.actor), desk=True)


@require_POST
def compare(request: Request, alarm: int) -> HttpResponse:
    """内容の比較 Compare the bytes now."""
    actions.compare_alarm(alarm=alarm, by=request.actor, at=request.now)
    return redirect("documents:alarm", alarm=alarm)


close = ActionPage(
    actions.close_alarm,
    desk=True,
    title=_("警報を閉じる"),
    button=_("調査結果を記録して閉じる"),
    done="documents:alarms",
)
