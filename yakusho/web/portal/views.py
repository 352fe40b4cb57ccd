"""市民の玄関 The portal's own pages, made from what the rooms declare."""

from django.http import HttpResponse

from yakusho.blocks.pages import menu, search
from yakusho.blocks.pages.render import PORTAL
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page

CHIPS = 4


def home(request: Request) -> HttpResponse:
    """はじめのページ Search, my matters, everything else under its heading."""
    links = menu.for_residents(request.actor)
    mine = [link for link in links if link.needs_sign_in]
    chips = [link for link in links if link.words][:CHIPS]
    others = [link for link in links if link not in mine] if request.actor.person else links
    return page(request, "portal/home.html", shell=PORTAL, mine=mine, groups=menu.grouped(others), chips=chips)


def find(request: Request) -> HttpResponse:
    """さがす Entries that fit the words, best first."""
    question = request.GET.get("q", "").strip()[:100]
    links = menu.for_residents(request.actor)
    found = search.find(question, links)
    return page(request, "portal/search.html", shell=PORTAL, question=question, found=found, groups=menu.grouped(links))
