"""住民検索 One field, as clerks do it; the first line is ready to be opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yakusho.blocks.pages.forms.form import Form
from yakusho.blocks.pages.request import Request
from yakusho.blocks.pages.views import QueryPage
from yakusho.kit.calendar import age
from yakusho.registers.people.values import Hit, Hits, Person
from yakusho.systems.city.resident_records import queries

Tag = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """結果の行 One person as a line of the table."""

    hit: Hit
    age: int | None
    other_name: str
    tags: tuple[Tag, ...]

    @property
    def person(self) -> Person:
        """その人"""
        return self.hit.person


class SearchPage(QueryPage):
    """住民検索のページ The query's page with its result as lines."""

    def form(self, request: Request, address: Mapping[str, Any]) -> tuple[Form, bool]:
        """Nothing is asked while nothing is typed, whatever is filtered."""
        form, asked = super().form(request, address)
        return form, asked and bool(request.GET.get("text", "").strip())

    def ask(self, request: Request, form: Form) -> tuple[Any, int]:
        """Ask; hits become lines."""
        found, status = super().ask(request, form)
        return (found and shown(found, on=request.today)), status


def shown(hits: Hits, *, on: date) -> dict[str, Any]:
    """結果 Lines, and where the next ones begin."""
    return {"lines": [line(hit, on=on) for hit in hits.rows], "after": hits.after}


def line(hit: Hit, *, on: date) -> Line:
    """結果の行"""
    names = hit.person.names
    own = {names.name, names.alphabet, names.kana}
    other = hit.matched if hit.matched and hit.matched.replace(" ", "　") not in own and hit.matched not in own else ""
    return Line(hit, years(hit.person, on=on), other, tuple(tags(hit)))


def years(one: Person, *, on: date) -> int | None:
    """年齢 On a day; None for the dead and the unborn."""
    gone = one.closing is not None and one.closing.reason in ("死亡", "失踪宣告")
    return None if gone or one.names.born > on else age(one.names.born, on=on)


def tags(hit: Hit) -> list[Tag]:
    """注意 What a clerk must see beside a name."""
    one, found = hit.person, []
    if one.withheld:
        found.append(("guard", _("照会制限")))
    if not one.is_resident:
        found.append(("", _("除票")))
    elif one.closing is not None:
        found.append(("warn", _("転出予定")))
    if one.foreign is not None:
        found.append(("info", _("外国人住民")))
    if hit.same_name_and_birth:
        found.append(("warn", _("同名・同生年月日")))
    return found


def filters(request: Request, **address: Any) -> dict[str, Any]:
    """絞りこみ Which chips are pressed."""
    return {"residents": bool(request.GET.get("residents_only"))}


search = SearchPage(queries.search, template="resident_records/search.html", desk=True, context=filters)
