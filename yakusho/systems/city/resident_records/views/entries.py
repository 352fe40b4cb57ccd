"""この世帯でできること Which notices fit a record, in groups, each with its key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yakusho.registers.people.values import Person
from yakusho.systems.city.resident_records.terms import MovementKind as Kind
from yakusho.systems.city.resident_records.values import Movement


def here(one: Person) -> bool:
    """現住 Lives here."""
    return one.is_resident


def gone(one: Person) -> bool:
    """除票 Does not live here any more."""
    return not one.is_resident


def foreign(one: Person) -> bool:
    """外国人住民"""
    return one.is_resident and one.foreign is not None


def japanese(one: Person) -> bool:
    """日本人住民"""
    return one.is_resident and one.foreign is None


def leaving(one: Person) -> bool:
    """転出予定 A 転出 that is not yet final."""
    return one.closing is not None and one.closing.planned


@dataclass(frozen=True)
class Entry:
    """入口 One notice: its address, its key, whom it fits."""

    name: str
    title: str | Promise
    fits: Callable[[Person], bool]
    key: str = ""


GROUPS: tuple[tuple[str | Promise, tuple[Entry, ...]], ...] = (
    (
        _("届出"),
        (
            Entry("move", _("転居"), here, "F6"),
            Entry("move_out", _("転出"), here, "F7"),
            Entry("complete_move_out", _("転出確定"), leaving, "F3"),
            Entry("cancel_move_out", _("転出取消"), leaving, "F1"),
            Entry("register_birth", _("出生"), here, "F2"),
            Entry("register_death", _("死亡・失踪"), here, "F8"),
            Entry("move_in_again", _("ふたたび転入"), gone, "F6"),
        ),
    ),
    (
        _("世帯"),
        (
            Entry("split", _("世帯分離"), here, "F9"),
            Entry("merge", _("世帯合併"), here, "g"),
            Entry("change_head", _("世帯主変更"), here, "h"),
            Entry("recompose", _("世帯構成変更"), here, "c"),
            Entry("change_foreign_relation", _("30条の48届出"), foreign, "r"),
        ),
    ),
    (
        _("記載事項"),
        (
            Entry("rename", _("氏名・性別等"), here, "F10"),
            Entry("change_origin", _("戸籍の表示"), japanese, "o"),
            Entry("change_status", _("在留資格等"), foreign, "s"),
            Entry("become_mid_term", _("30条の47届出"), foreign, "z"),
            Entry("naturalise", _("帰化"), foreign, "n"),
            Entry("gain_nationality", _("国籍取得"), foreign, "w"),
            Entry("lose_nationality", _("国籍喪失"), japanese, "l"),
        ),
    ),
    (
        _("職権"),
        (
            Entry("amend", _("職権修正（住所の表記）"), here, "a"),
            Entry("erase", _("職権消除"), here, "e"),
            Entry("record_again", _("職権記載"), gone, "j"),
        ),
    ),
)
CORRECTED_BY = {
    Kind.MOVE_IN: "move_in_again",
    Kind.MOVE_IN_ABROAD: "move_in_again",
    Kind.MOVE_IN_CARD: "move_in_again",
    Kind.MOVE_IN_UNREGISTERED: "move_in_again",
    Kind.MOVE: "move",
    Kind.MOVE_OUT: "move_out",
    Kind.MOVE_OUT_ABROAD: "move_out",
    Kind.DEATH: "register_death",
    Kind.MERGE: "merge",
    Kind.SPLIT: "split",
    Kind.NEW_HEAD: "change_head",
    Kind.COMPOSITION: "recompose",
    Kind.RECORD: "record_again",
    Kind.ERASE: "erase",
    Kind.AMEND: "amend",
    Kind.NAMES: "rename",
    Kind.ORIGIN: "change_origin",
    Kind.NATURALISED: "naturalise",
    Kind.NATIONALITY_GAINED: "gain_nationality",
    Kind.NATIONALITY_LOST: "lose_nationality",
    Kind.STATUS: "change_status",
    Kind.ARTICLE_30_46: "enter_foreign_resident_again",
    Kind.ARTICLE_30_47: "become_mid_term",
    Kind.ARTICLE_30_48: "change_foreign_relation",
}
ARRIVALS = frozenset({"move_in_again", "record_again", "enter_foreign_resident_again"})
RESTORED = frozenset({Kind.ERASE, Kind.DEATH})
FINAL = frozenset({Kind.CANCEL, Kind.RESTORE, Kind.MOVE_OUT_CANCELLED})


def address(name: str, person: int) -> str:
    """住所 The address of a notice about a person."""
    return reverse(f"resident_records:{name}", args=[person])


def groups(one: Person) -> Iterator[tuple[str | Promise, list[tuple[Entry, str]]]]:
    """できること The notices that fit, under their headings; empty headings are left out."""
    for title, entries in GROUPS:
        fitting = [(entry, address(entry.name, one.id)) for entry in entries if entry.fits(one)]
        if fitting:
            yield title, fitting


def correction(movement: Movement, person: int) -> str:
    """訂正のページ The notice that replaces a movement, over the household as it was; "" where none does."""
    name = CORRECTED_BY.get(movement.kind, "")
    if not name or movement.cancelled or movement.kind in FINAL:
        return ""
    day: date = movement.event_on - timedelta(days=0 if name in ARRIVALS else 1)
    return f"{address(name, person)}?{urlencode({'corrects': movement.id, 'on': day.isoformat()})}"


def cancellable(movement: Movement) -> bool:
    """取り消せるか A movement that stands, and is not itself a cancellation."""
    return not movement.cancelled and movement.cancels is None and movement.kind not in FINAL
