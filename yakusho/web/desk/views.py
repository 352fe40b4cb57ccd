"""職員の机 The desk's first page."""

from django.http import HttpResponse

from yakusho.blocks.doors import STAFF
from yakusho.blocks.pages import menu, search
from yakusho.blocks.pages.access import enter
from yakusho.blocks.pages.render import DESK
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page


def home(request: Request) -> HttpResponse:
    """仕事 What this person's roles open, numbered for the keys; a word narrows it."""
    enter(request, STAFF)
    question = request.GET.get("q", "").strip()[:100]
    links = [link for link in menu.links(request.actor) if not link.for_residents]
    shown = search.find(question, links) if question else links
    return page(request, "desk/home.html", shell=DESK, question=question, links=shown, all_links=links)
