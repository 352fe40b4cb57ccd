"""町字の入力 A typed town becomes one of the register: resolved when the form is sent, chosen where several fit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from yakusho.blocks.doors import Actor
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import page
from yakusho.registers.places import queries as places
from yakusho.registers.places.values import TownView

NAME, CODE, BLOCK = "-town_name", "-town", "-block"
MOST = 30


@dataclass(frozen=True)
class Typed:
    """入力された町字 What was typed, and the towns it may mean."""

    text: str
    towns: tuple[TownView, ...]

    @property
    def sentence(self) -> str:
        """What to do about it."""
        if not self.text:
            return ""
        if self.towns:
            return _("町字の候補がいくつかあります。1つ選んでください")
        return _("「%(text)s」で始まる町字がありません。町字を確かめてください") % {"text": self.text}


def resolved(data: Any, *, by: Actor, on: date) -> tuple[QueryDict, Mapping[str, Typed]]:
    """町字の解決 What was posted, with the code of every town that is certain; and, by prefix, what is not."""
    changed, open_ = data.copy(), {}
    for prefix in list(_addresses(data)):
        text = data.get(prefix + NAME, "").strip()
        town, found = _meant(text, data.get(prefix + CODE, ""), by=by, on=on) if text else (None, [])
        if town is None:
            changed[prefix + CODE] = ""
            open_[prefix] = Typed(text, tuple(found))
        else:
            _put(changed, prefix, town, text, by=by, on=on)
    return changed, open_


def suggestions(request: Request) -> HttpResponse:
    """町字の候補 Options for a field while it is typed into; the form works without them."""
    text = next((typed for name, typed in request.GET.items() if name.endswith("town_name")), "")
    found = places.find_town(text=text, limit=MOST, by=request.actor, on=request.today) if text.strip() else []
    return page(request, "resident_records/parts/towns.html", towns=found)


def _addresses(data: Any) -> Iterator[str]:
    return (name.removesuffix(NAME) for name in data if name.endswith(NAME))


def _meant(text: str, chosen: str, *, by: Actor, on: date) -> tuple[TownView | None, list[TownView]]:
    found = places.find_town(text=text, limit=MOST, by=by, on=on)
    certain = [town for town in found if town.code == chosen] or (found if len(found) == 1 else [])
    return (certain[0] if certain else None), found


def _put(data: QueryDict, prefix: str, town: TownView, text: str, *, by: Actor, on: date) -> None:
    """The town; what was typed behind its name goes into the next field."""
    data[prefix + CODE], data[prefix + NAME] = town.code, town.full_name
    if not data.get(prefix + BLOCK):
        match = places.match_address(text=text, by=by, on=on)
        data[prefix + BLOCK] = match.rest if match and match.town.code == town.code else ""
