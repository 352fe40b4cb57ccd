"""文字 Characters of names: clusters with variation selectors (外字, IVS), and what must not be stored.

A character with its selector is one glyph (行政事務標準文字 writes rare shapes so). Compatibility
ideographs (U+F900…) are left as they are: normalising them would change the shape of a name.
"""

import re
from functools import cache
from importlib.resources import files
from unicodedata import category, name, normalize

import yaml

from yakusho.kit.names.kana import join_marks
from yakusho.kit.refusal import BadInput

_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SELECTORS = re.compile(f"[{_SELECTOR}]")
_CLUSTER = re.compile(rf".[{_SELECTOR}\u0300-\u036f\u3099\u309a]*", re.DOTALL)
_IDEOGRAPHS = re.compile(r"([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_RADICAL = re.compile(r"[\u2e80-\u2fd5]")
_FORBIDDEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})


class UnusableCharacter(BadInput):
    """使えない文字があります：{characters}。入力し直してください。
    / Some characters cannot be used: {characters}. Please enter them again.
    """


class RadicalTyped(BadInput):
    """漢字ではなく部首の記号が入力されています。次のように直してください：{corrections}
    / Signs of radicals were typed in place of characters. Please correct: {corrections}.
    """


class LoneSelector(BadInput):
    """異体字セレクタ（{selector}）の前に文字がありません。 / The variation selector {selector} has no character before it."""


def clusters(text: str) -> list[str]:
    """字形の並び The text cut into glyphs: each base character with its selectors and marks."""
    return _CLUSTER.findall(text)


def strip_selectors(text: str) -> str:
    """異体字セレクタの除去 The text without variation selectors (all other characters as they are)."""
    return _SELECTORS.sub("", text)


def unify(text: str) -> str:
    """統合漢字 Compatibility ideographs (U+F900…) as the unified ones, for systems that know no other."""
    return _IDEOGRAPHS.sub(lambda run: normalize("NFKC", run[0]), text)


def compose(text: str) -> str:
    """合成 Dakuten and accents joined with their letters (NFC), but no ideograph changed."""
    parts = _IDEOGRAPHS.split(join_marks(text))
    return "".join(part if place % 2 else normalize("NFC", part) for place, part in enumerate(parts))


def name_text(text: str) -> str:
    """氏名等の文字 A name ready to be stored: composed, no spaces at the ends.

    Refuses UnusableCharacter (control and format characters, text direction marks, private use and unassigned
    code points, which no other system can show), RadicalTyped (⼭ for 山) and LoneSelector.
    """
    composed = compose(text).strip()
    _refuse_unusable(composed)
    return composed


def free_text(text: str) -> str:
    """文章 As name_text, for remarks of several lines: line ends become \\n and are kept."""
    composed = compose(re.sub(r"\r\n?", "\n", text)).strip()
    _refuse_unusable(composed.replace("\n", ""))
    return composed


@cache
def _radicals() -> dict[str, str]:
    text = (files("yakusho.kit") / "data" / "radicals.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = yaml.safe_load(text)
    return table


def _instead(radical: str) -> str:
    return _radicals().get(radical) or normalize("NFKC", radical)


def _refuse_unusable(text: str) -> None:
    unusable = [character for character in text if category(character) in _FORBIDDEN]
    if unusable:
        raise UnusableCharacter(characters=[_called(character) for character in dict.fromkeys(unusable)])
    radicals = list(dict.fromkeys(_RADICAL.findall(text)))
    if radicals:
        raise RadicalTyped(corrections=[f"{radical}→{_instead(radical)}" for radical in radicals])
    lone = next((cluster for cluster in clusters(text) if _SELECTORS.match(cluster)), None)
    if lone:
        raise LoneSelector(selector=f"U+{ord(lone[0]):04X}")


def _called(character: str) -> str:
    return f"U+{ord(character):04X} {name(character, '')}".rstrip()
