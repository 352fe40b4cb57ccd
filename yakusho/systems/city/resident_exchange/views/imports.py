"""取込みのページ Choose a file, say which column is which, see what would happen, import."""

import base64
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from yakusho.blocks.pages import language
from yakusho.blocks.pages.further import after_number, cut
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.kit.refusal import Refusal
from yakusho.systems.city.resident_exchange import actions, queries
from yakusho.systems.city.resident_exchange.formats.columns import COLUMNS
from yakusho.systems.city.resident_exchange.rules import LARGEST, FileTooLarge
from yakusho.systems.city.resident_exchange.values import ImportFile, Received


def imports(request: Request) -> HttpResponse:
    """取込み The form for a file, and the imports of before."""
    found = queries.loads(after=after_number(request), by=request.actor)
    loads, more = cut(found, queries.LATEST, lambda one: one.id)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            received = actions.receive_file(file=_sent(request), by=request.actor, at=request.now)
            return redirect("resident_exchange:file", received.upload)
        except Refusal as refusal:
            refused = refusal
    return page(
        request,
        "resident_exchange/imports.html",
        status=refused.status if refused else 200,
        loads=loads,
        more=more,
        errors=_said(refused, "#id_content"),
    )


def file(request: Request, upload: int) -> HttpResponse:
    """ファイル Which column is which; what would happen; the import itself."""
    received = queries.received(upload=upload, by=request.actor)
    chosen = {heading: received.columns.get(heading, "") for heading in received.headings}
    context: dict[str, Any] = {}
    refused: Refusal | None = None
    if request.method == "POST":
        chosen = {heading: request.POST.get(f"column-{place}", "") for place, heading in enumerate(received.headings)}
        given = ImportFile(upload=upload, columns=chosen)
        try:
            if request.POST.get("act") == "import":
                checked = bool(request.POST.get("namesakes_checked"))
                load = actions.import_people(
                    file=given, namesakes_checked=checked, by=request.actor, on=request.today, at=request.now
                )
                return redirect("resident_exchange:loaded", load.id)
        except Refusal as refusal:
            refused = refusal
        try:
            context["report"] = actions.check_import(file=given, by=request.actor, on=request.today)
        except Refusal as refusal:
            refused = refusal
    return _file_page(request, received, chosen, refused, context)


def _file_page(
    request: Request, received: Received, chosen: dict[str, str], refused: Refusal | None, context: dict[str, Any]
) -> HttpResponse:
    return page(
        request,
        "resident_exchange/file.html",
        status=refused.status if refused else 200,
        received=received,
        lines=list(enumerate(chosen.items())),
        columns=COLUMNS,
        english=language.current().word == "en",
        errors=_said(refused, "#report" if "report" in context else "#columns"),
        **context,
    )


def loaded(request: Request, load: int) -> HttpResponse:
    """取込みの結果"""
    return page(request, "resident_exchange/loaded.html", load=queries.load(load=load, by=request.actor))


def _sent(request: Request) -> ImportFile:
    sent = request.FILES.get("content")
    if sent is None:
        return ImportFile()
    if (sent.size or 0) > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // 2**20)
    return ImportFile(name=(sent.name or "")[:200], content=base64.b64encode(sent.read()).decode())


def _said(refusal: Refusal | None, where: str) -> list[tuple[str, str]]:
    return [(where, language.sentence(refusal))] if refusal else []
