"""People under 支援措置 whose addresses nobody may learn: each has words that stand nowhere else in the house."""

from __future__ import annotations

import random
import re
import unicodedata
from dataclasses import dataclass, field

from tests.access import cast
from tests.faults.samples import Stage
from yakusho.blocks.doors import Actor

SOUNDS = "ヌヘホムメヤユヨルレロワ"
KINDS = ("settled", "fled", "leaving", "left", "covered")
MOVED = {"event_on": "2026-11-22"}


@dataclass(frozen=True)
class Hidden:
    """A protected person and how they came to be where nobody may find them."""

    person: int
    how: str
    words: tuple[str, ...]
    address: str = ""


@dataclass
class Refuge:
    """Everybody who hides, the ones they hide from, and who lives with them."""

    stage: Stage
    database: str = ""
    hidden: list[Hidden] = field(default_factory=list)
    opponents: dict[str, int] = field(default_factory=dict)
    mates: dict[str, int] = field(default_factory=dict)

    def near(self, watcher: str) -> list[Hidden]:
        """Those from whose own household somebody watches."""
        return [one for one in self.hidden if watcher in (f"opponent of one who {one.how}", one.how)][:1]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds any word of anybody."""
        return re.compile("|".join(word for one in self.hidden for word in one.words))


def plain(text: str) -> str:
    """As a search would see it: width, kana and dashes do not hide a word."""
    folded = unicodedata.normalize("NFKC", text).replace("-", "番")
    return "".join(chr(ord(one) + 96) if "ぁ" <= one <= "ゖ" else one for one in folded)


class Words:
    """Words that stand nowhere else."""

    def __init__(self, seed: int) -> None:
        self.chance, self.used = random.Random(seed), set[str]()

    def house(self) -> str:
        """The name of a house."""
        return self._new(lambda: "".join(self.chance.choices(SOUNDS, k=9)))

    def block(self) -> str:
        """A block number that no city has."""
        return self._new(lambda: f"{self.chance.randrange(4_100_000, 9_999_999)}番")

    def _new(self, make) -> str:
        while (word := make()) in self.used:
            pass
        self.used.add(word)
        return word


def refuge(stage: Stage, people: int, seed: int) -> Refuge:
    """So many protected people, of every kind in turn."""
    words, found = Words(seed), Refuge(stage)
    for number in range(people):
        MAKERS[KINDS[number % len(KINDS)]](found, words, number)
    return found


def _address(words: Words) -> tuple[dict[str, str], tuple[str, ...]]:
    block, house = words.block(), words.house()
    return {"town": "0405000", "town_name": "若園町", "block": f"{block}3号", "building": f"{house}荘"}, (block, house)


def _protect(found: Refuge, person: int, opponent: int | None, together: list[int] | None = None) -> None:
    named = {"name": "見本　相手"} | ({"person": opponent} if opponent else {})
    request = {"person": person, "kind": "配偶者からの暴力", "opponents": [named], "together": together or []}
    found.stage.do("resident_records.request_protection", request=request)


def _arrive(found: Refuge, address: dict[str, str], came_from: str, *people: dict[str, object]) -> list[int]:
    notice = {"event_on": "2026-11-20", "came_from": came_from, "address": address, "people": list(people)}
    arrived: list[int] = found.stage.do("resident_records.move_in", notice=notice).people
    return arrived


def _victim(number: int, relation: str = "世帯主") -> dict[str, object]:
    return cast.member(f"守子{number}", relation, sex="女", born=f"19{70 + number % 29}-03-03")


def _settled(found: Refuge, words: Words, number: int) -> None:
    """Lives alone at a hidden address, and came from one."""
    address, own = _address(words)
    origin = words.house()
    (person,) = _arrive(found, address, f"宮城県仙台市{origin}", _victim(number))
    _protect(found, person, None)
    found.hidden.append(Hidden(person, "settled", (*own, origin), f"若園町{address['block']}"))


def _couple(found: Refuge, number: int, how: str) -> tuple[int, int]:
    home = {"town": "0405000", "town_name": "若園町", "block": f"{number + 1}番1号"}
    names = cast.member(f"乱{number}", "世帯主"), _victim(number, "妻")
    opponent, person = _arrive(found, home, "宮城県仙台市", *names)
    _protect(found, person, opponent)
    found.opponents.setdefault(how, opponent)
    return opponent, person


def _fled(found: Refuge, words: Words, number: int) -> None:
    """Left the spouse for a hidden address in the same city, and moved once more."""
    _, person = _couple(found, number, "fled")
    known: tuple[str, ...] = ()
    for day in ("2026-11-21", "2026-11-22"):
        address, own = _address(words)
        people = [{"person": person, "relation": "世帯主"}]
        found.stage.do("resident_records.move", notice={"event_on": day, "people": people, "address": address})
        known = (*known, *own)
    found.hidden.append(Hidden(person, "fled", known, f"若園町{address['block']}"))


def _leaving(found: Refuge, words: Words, number: int) -> None:
    """Still in one household with the spouse; leaves next week for a place that the spouse must not learn."""
    _, person = _couple(found, number, "leaving")
    _go(found, words, person, "2026-11-30", "leaving")


def _left(found: Refuge, words: Words, number: int) -> None:
    """Has left the city."""
    _, person = _couple(found, number, "left")
    _go(found, words, person, "2026-11-22", "left")


def _go(found: Refuge, words: Words, person: int, day: str, how: str) -> None:
    where = words.house()
    notice = {"event_on": day, "people": [person], "destination": f"仙台市{where}"}
    found.stage.do("resident_records.move_out", notice=notice)
    found.hidden.append(Hidden(person, how, (where,)))


def _covered(found: Refuge, words: Words, number: int) -> None:
    """Whoever lives with a protected person is hidden too, and who joins them later."""
    address, own = _address(words)
    child = cast.member(f"葵{number}", "子", sex="女", born="2015-01-10")
    person, mate = _arrive(found, address, "宮城県仙台市", _victim(number), child)
    _protect(found, person, None)
    found.mates.setdefault("covered", mate)
    found.hidden.append(Hidden(person, "covered", own, f"若園町{address['block']}"))


MAKERS = {"settled": _settled, "fled": _fled, "leaving": _leaving, "left": _left, "covered": _covered}


def watchers(found: Refuge) -> dict[str, Actor]:
    """Residents from whom the addresses are kept: those named as opponents, and the hidden themselves."""
    people = {f"opponent of one who {how}": person for how, person in found.opponents.items()}
    people |= {"covered": found.mates["covered"], "protected": found.hidden[0].person}
    return {name: cast.resident(person) for name, person in people.items()}
