"""Writes an empty room that already keeps every rule of the house."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from yakusho.kit.refusal import BadInput, Refusal

PILLARS = ("citizen", "business", "city")
PATTERNS = Path(__file__).parent / "room"


class NotAPillar(BadInput):
    """柱は citizen・business・city のどれかです。 / The pillar is citizen, business or city."""


class NotAName(BadInput):
    """名前は、英小文字の名詞をアンダースコアでつないでください。 / The name is lower-case English nouns joined by underscores."""


class RoomExists(Refusal):
    """「{name}」という部屋はもうあります。 / There is already a room named {name}."""


@dataclass(frozen=True)
class NewSystem:
    """新しい部屋 What the author says of it; everything else follows."""

    pillar: str
    name: str
    japanese: str
    english: str

    def check(self, house: Path) -> None:
        """Refusals: NotAPillar, NotAName, RoomExists."""
        if self.pillar not in PILLARS:
            raise NotAPillar
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", self.name) or keyword.iskeyword(self.name):
            raise NotAName
        if any(house.glob(f"systems/*/{self.name}")) or any(house.glob(f"*/{self.name}")):
            raise RoomExists(name=self.name)

    @property
    def words(self) -> dict[str, str]:
        """What the patterns of the room are filled with."""
        camel = "".join(part.capitalize() for part in self.name.split("_"))
        return {
            "pillar": self.pillar,
            "name": self.name,
            "class": camel,
            "japanese": self.japanese,
            "english": self.english,
        }

    def write(self, house: Path) -> list[Path]:
        """Write the room below ``house`` (the package folder) and return its files."""
        self.check(house)
        room = house / "systems" / self.pillar / self.name
        written = []
        for pattern in sorted(path for path in PATTERNS.rglob("*") if path.is_file()):
            place = str(pattern.relative_to(PATTERNS)).replace("NAME", self.name).removesuffix(".pattern")
            target = room / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(pattern.read_text("utf-8")).substitute(self.words), "utf-8")
            written.append(target)
        return written
