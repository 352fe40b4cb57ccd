"""住民票の写し等の交付: pages for residents, and the clerk's counter."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.documents.values import RequestView
from yakusho.blocks.identity.proof import fresh_proof
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page
from yakusho.systems.city.certificates import actions, queries


def choose(request: Request) -> HttpResponse:
    """請求を始める What it needs and costs, and whose copy: the resident's own household."""
    offer = queries.offer(person=request.actor.person or 0, by=request.actor, on=request.today)
    return page(request, "certificates/choose.html", offer=offer)


def _offered(request: Request, person: int) -> dict[str, Any]:
    offer = queries.offer(person=person, by=request.actor, on=request.today)
    named = next(member for member in offer.members if member.person == person)
    return {"offer": offer, "named": named}


def _issued(request: Request, asked: RequestView) -> str:
    """The paper is made in the same go; asking again for the same shows the same paper."""
    paper = actions.issue_copy(request=asked.request, by=request.actor, at=request.now, key=f"issue-{asked.request}")
    return reverse("documents:paper", args=[paper.number])


order = ActionPage(
    actions.request_copy,
    template="certificates/order.html",
    check=True,
    before=fresh_proof(minutes=10),
    done=_issued,
    context=_offered,
    title=_("住民票の写しを請求する"),
    button=_("請求して、証明書を受け取る"),
)
counter = ActionPage(
    actions.request_copy,
    template="certificates/counter.html",
    desk=True,
    done=_issued,
    context=_offered,
    title=_("証明書を発行する"),
    button=_("発行する"),
)
