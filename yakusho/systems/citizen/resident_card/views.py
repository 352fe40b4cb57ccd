"""個人番号カード: pages."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import ActionPage, page
from yakusho.systems.citizen.resident_card import actions

make = ActionPage(
    actions.make_sample_card,
    desk=True,
    title=_("見本のカードを作る"),
    button=_("作る"),
    done="resident_card:made",
)


def made(request: Request) -> HttpResponse:
    """見本のカードができた What to do with it."""
    return page(request, "resident_card/made.html", desk=True)
