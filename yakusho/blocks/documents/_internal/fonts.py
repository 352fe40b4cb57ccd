"""字体 Which print font has which character, selectors (異体字セレクタ) included.

A missing glyph prints as an empty box, a selector of another collection silently as its base form, and reading the text
back sees neither. So every text is looked up before it is printed. The table is made once per font file and kept.
"""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from fontTools.ttLib import TTFont

from yakusho.blocks.documents.refusals import CharacterNotPrintable

FACES = (  # family as Typst names it, file, Debian package, face number in a collection
    ("IPAmjMincho", "ipamjm.ttf", "fonts-ipamj-mincho", -1),
    ("Noto Serif CJK JP", "NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", 0),
    ("Noto Sans CJK JP", "NotoSansCJK-Regular.ttc", "fonts-noto-cjk", 0),
)
NAMES = ("IPAmjMincho", "Noto Serif CJK JP")  # the families that names and values are printed in, in this order
SYSTEM = Path("/usr/share/fonts")
UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, bidi marks, surrogates, private use: never printed


class FontMissing(RuntimeError):
    """A print font is not installed."""


@dataclass(frozen=True)
class Face:
    """字体 One font: the characters it has and its pairs of base and selector."""

    family: str
    characters: frozenset[int]
    pairs: frozenset[tuple[int, int]]

    def covers(self, cluster: str) -> bool:
        """Whether every character, and every selector after its base, has a glyph of its own."""
        codes = [ord(c) for c in cluster]
        bases = all(code in self.characters for code in codes if not is_selector(code))
        return bases and all(
            (before, code) in self.pairs for before, code in zip([0, *codes], codes, strict=False) if is_selector(code)
        )


def is_selector(code: int) -> bool:
    """異体字セレクタ Standardised (U+FE00) or ideographic (U+E0100) variation selector."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def clusters(text: str) -> Iterator[str]:
    """A base with the selectors and combining marks that follow it."""
    held = ""
    for character in text:
        if held and not is_selector(ord(character)) and not unicodedata.combining(character):
            yield held
            held = ""
        held += character
    if held:
        yield held


def folder(state: Path) -> Path:
    """The folder with the three print fonts and nothing else, linked from the distribution's packages."""
    place = state / "fonts"
    place.mkdir(parents=True, exist_ok=True)
    for family, file, package, _ in FACES:
        link = place / file
        if not link.exists():
            found = next(SYSTEM.rglob(file), None)
            if found is None:
                raise FontMissing(f"{family}: install the package {package}")
            link.unlink(missing_ok=True)
            link.symlink_to(found)
    return place


def _read(path: Path, number: int) -> dict[str, list[list[int]]]:
    with TTFont(path, fontNumber=number, lazy=True) as font:
        best = font.getBestCmap()
        pairs = [
            [base, selector]
            for table in font["cmap"].tables
            if table.format == 14
            for selector, entries in table.uvsDict.items()
            for base, glyph in entries
            if glyph is not None or base in best  # None = the base's own glyph
        ]
    return {"characters": [sorted(best)], "pairs": sorted(pairs)}


def _kept(fonts: Path, file: str, number: int) -> dict[str, list[list[int]]]:
    path = fonts / file
    stat = path.stat()
    table = fonts / f"{path.stem}-{stat.st_size}-{int(stat.st_mtime)}.json"
    if not table.exists():
        draft = table.with_suffix(".new")
        draft.write_text(json.dumps(_read(path, number)))
        draft.replace(table)
    return json.loads(table.read_text())  # type: ignore[no-any-return]


@cache
def faces(fonts: Path) -> tuple[Face, ...]:
    """The families that names are printed in, with their coverage."""
    found = []
    for family, file, _, number in FACES:
        if family in NAMES:
            table = _kept(fonts, file, number)
            pairs = frozenset((base, selector) for base, selector in table["pairs"])
            found.append(Face(family, frozenset(table["characters"][0]), pairs))
    return tuple(found)


def runs(text: str, fonts: Path) -> list[tuple[str, str]]:
    """The text in pieces, each with the family that has all of it; the first family wins.

    Refusals: CharacterNotPrintable, naming the first character that no family has.
    """
    pieces: list[tuple[str, str]] = []
    for cluster in clusters(text):
        family = _family(cluster, fonts)
        if pieces and pieces[-1][0] == family:
            pieces[-1] = (family, pieces[-1][1] + cluster)
        else:
            pieces.append((family, cluster))
    return pieces


@lru_cache(2**14)  # characters, not texts: nothing of anybody is kept
def _family(cluster: str, fonts: Path) -> str:
    safe = not any(unicodedata.category(c) in UNSAFE for c in cluster)
    family = next((face.family for face in faces(fonts) if safe and face.covers(cluster)), None)
    if family is None:
        shown = cluster if safe else "□"
        raise CharacterNotPrintable(character=shown, code_point=" ".join(f"U+{ord(c):04X}" for c in cluster))
    return family


def choose_font(text: str, fonts: Path) -> str:
    """字体の選択 The one family that prints the whole text, or "" where pieces need different families.

    Refusals: CharacterNotPrintable.
    """
    cut = runs(text, fonts)
    whole = (face.family for face in faces(fonts) if all(face.covers(piece) for piece in clusters(text)))
    return next(chain(whole, (cut[0][0],) if len(cut) == 1 else ()), "")
