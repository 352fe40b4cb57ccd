"""町字 The towns of a municipality, and which of them a typed address begins with."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from yakusho.kit.addresses.folding import fold
from yakusho.kit.refusal import BadInput

# 大通三丁目, 南花田口町二丁 (堺市), 好摩十地割 (岩手県): a numbered part of a town.
_PARTS = frozenset({"丁目", "丁", "地割"})
_NUMBERED = re.compile(r"(?P<base>.*[^0-9 ])(?P<number>[0-9]+)(?:丁目|丁|地割)")
_NUMBER = re.compile(
    r" ?(?P<number>[0-9]+) ?(?P<unit>丁目|丁|地割|番地|番|号)?(?P<link>[-ノ]?)(?P<more>[0-9]*(?:[-ノ]|番)?[0-9]*)"
)


class UnknownTown(BadInput):
    """町名が見つかりません。近い町名：{near}
    / The town cannot be found. Towns with similar names: {near}.
    / 町の なまえが わかりません。にている なまえ：{near}
    """


class AmbiguousTown(BadInput):
    """町名が一つに決まりません。次のいずれかを入力してください：{candidates}
    / The address may mean more than one town. Please enter one of: {candidates}.
    / 町の なまえを ぜんぶ かいて ください：{candidates}
    """


class AddressMissing(BadInput):
    """住所を入力してください。 / Please enter the address. / じゅうしょを かいて ください。"""


@dataclass(frozen=True)
class TownName:
    """町字 A town as the register names it: 大通三丁目; with a 小字, 浅岸 + 上大葛."""

    name: str
    koaza: str = ""
    postcode: str = ""
    code: str = ""

    @property
    def text(self) -> str:
        """表記 As an address writes it: 浅岸字上大葛."""
        return f"{self.name}字{self.koaza}" if self.koaza else self.name


class TownIndex:
    """町字索引 The towns of one municipality, built once for many addresses."""

    def __init__(self, towns: Iterable[TownName], *, prefecture: str = "", city: str = "") -> None:
        self._plain: dict[str, list[TownName]] = defaultdict(list)
        self._numbered: dict[str, dict[int, TownName]] = defaultdict(dict)
        self._bare: dict[str, list[TownName]] = defaultdict(list)
        for town in towns:
            self._add(town)
        self._known = frozenset({*self._plain, *self._numbered, *self._bare})
        self._longest = max(map(len, self._known), default=0)
        # 郡 is often left out: 串本町 for 東牟婁郡串本町.
        prefixes = (prefecture + city, city, city.partition("郡")[2], prefecture)
        self._prefixes = tuple(fold(prefix).text for prefix in prefixes if prefix)

    def begins_with(self, folded: str) -> tuple[TownName, int]:
        """町字の判定 The town a folded address begins with, and where its name ends.

        The longest name wins. Refuses UnknownTown (with near names), AmbiguousTown (上田1-5 where both
        上田 and 上田一丁目 exist; a name whose 丁目 or 小字 is missing), AddressMissing.
        """
        start = next((len(prefix) for prefix in self._prefixes if folded.startswith(prefix)), 0)
        text = folded[start:]
        if not text.strip():
            raise AddressMissing
        for length in range(min(self._longest, len(text)), 0, -1):
            if text[:length] in self._known and not (
                text[length - 1].isdigit() and text[length : length + 1].isdigit()
            ):
                town, used = self._town(text[:length], text[length:])
                return town, start + length + used
        raise UnknownTown(near=self._near(text) or ["—"])

    def _add(self, town: TownName) -> None:
        key = fold(town.name + town.koaza).text
        numbered = _NUMBERED.fullmatch(key)
        if numbered:
            self._numbered[numbered["base"]][int(numbered["number"])] = town
        else:
            self._plain[key].append(town)
        if town.koaza:
            self._bare[fold(town.name).text].append(town)

    def _town(self, key: str, after: str) -> tuple[TownName, int]:
        numbered, plain = self._numbered.get(key, {}), self._plain.get(key, [])
        number = _NUMBER.match(after)
        part = numbered.get(int(number["number"])) if number and numbered else None
        if number and part and self._is_part(number, plain=bool(plain)):
            return part, number.end("link")
        # Lists of 丁目 are complete; those of 地割 often are not, so an unlisted one stays with the block.
        if number and (number["unit"] == "丁目" or (numbered and not plain and number["unit"] in _PARTS)):
            raise UnknownTown(near=_shown([*numbered.values(), *plain] or self._bare[key]))
        if part and plain and number and number["link"] and number["unit"] is None:
            raise AmbiguousTown(candidates=_shown([part, *plain]))
        if len(plain) == 1:
            return plain[0], 0
        raise AmbiguousTown(candidates=_shown(plain or [*numbered.values()] or self._bare[key]))

    @staticmethod
    def _is_part(number: re.Match[str], *, plain: bool) -> bool:
        """Whether the number is a 丁目: said so; or three numbers; or the name alone is no town."""
        if number["unit"] in _PARTS:
            return True
        three = re.fullmatch(r"[0-9]+(?:[-ノ]|番)[0-9]+", number["more"]) is not None
        return number["unit"] is None and (not plain or (bool(number["link"]) and three))

    def _near(self, text: str) -> list[str]:
        head = re.split(r"[0-9\-]", text, maxsplit=1)[0] or text
        keys = get_close_matches(head[:20], sorted(self._known), n=3, cutoff=0.5)
        return list(dict.fromkeys(name for key in keys for name in self._names(key)))[:5]

    def _names(self, key: str) -> Iterator[str]:
        towns = self._plain.get(key) or [*self._numbered.get(key, {}).values()] or self._bare.get(key, [])
        return (town.text for town in towns)


def _shown(towns: Iterable[TownName]) -> list[str]:
    return [town.text for town in list(towns)[:8]]
