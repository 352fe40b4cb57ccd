"""さがす Finding an entry by the words that people use: title, synonyms, the room's name; any width, any kana."""

import re
from collections.abc import Iterable

import jaconv

from yakusho.blocks.pages.menu import Link

_PARTICLES = re.compile(r"(がほしい|をもらう|をもらいたい|したい|ほしい|をとる|がいる|の|を|が|に|は|で|と)$")
_GAPS = re.compile(r"[\s\u3000、。・,.!?！？]+")


def folded(text: str) -> str:
    """One shape: half-width letters in lower case, full-width katakana as hiragana, no gaps."""
    wide = jaconv.h2z(jaconv.z2h(text, kana=False, ascii=True, digit=True), kana=True, ascii=False, digit=False)
    return _GAPS.sub("", jaconv.kata2hira(wide).casefold())


def find(question: str, links: Iterable[Link]) -> list[Link]:
    """さがした結果 Entries that fit, best first; none for an empty question."""
    terms = [_stem(folded(part)) for part in _GAPS.split(question) if part]
    scored = [(score, link) for link in links if terms and (score := min(_score(term, link) for term in terms))]
    return [link for score, link in sorted(scored, key=lambda pair: -pair[0])]


def _stem(term: str) -> str:
    shorter = _PARTICLES.sub("", term)
    return shorter if len(shorter) > 1 else term


def _score(term: str, link: Link) -> int:
    fields = [(4, link.title), *((3, word) for word in link.words), (2, link.group), (1, link.system)]
    return max((_fit(term, folded(text)) * weight for weight, text in fields), default=0)


def _fit(term: str, text: str) -> int:
    if not text:
        return 0
    if term == text:
        return 8
    if term in text or text in term:
        return 4
    pairs = {term[at : at + 2] for at in range(len(term) - 1)}
    shared = sum(pair in text for pair in pairs)
    return 1 if pairs and shared * 2 > len(pairs) else 0
