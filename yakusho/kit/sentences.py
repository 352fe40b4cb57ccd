"""文 A sentence in Japanese and English with facts to fill in, read from a docstring.

Japanese writes days with era and western year, English in ISO 8601; both in Japanese time.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from string import Formatter
from typing import Any, ClassVar, Self

from yakusho.kit.eras import written

JST = timezone(timedelta(hours=9), "JST")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_LINE = re.compile(r"\s*\n\s*")
_WIDE_LINE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


class _Japanese(Formatter):
    comma: ClassVar[str] = "、"

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            return format(value, format_spec)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, list | tuple | set | frozenset):
            members = sorted(value, key=str) if isinstance(value, set | frozenset) else value
            return self.comma.join(self.format_field(member, "") for member in members)
        return str(value.value) if isinstance(value, Enum) else str(value)

    def day(self, value: date) -> str:
        if isinstance(value, datetime):
            local = value.astimezone(JST) if value.tzinfo else value
            return f"{self.day(local.date())}{local.hour}時{local.minute:02}分"
        return written(value)


class _English(_Japanese):
    comma = ", "

    def day(self, value: date) -> str:
        if isinstance(value, datetime):
            local = value.astimezone(JST) if value.tzinfo else value
            return local.isoformat(sep=" ", timespec="minutes")
        return value.isoformat()


@dataclass(frozen=True)
class Sentence:
    """文 What is said, in Japanese, English and (or "") やさしい日本語, with `{facts}` still open."""

    ja: str
    en: str
    easy: str

    @classmethod
    def read(cls, owner: str, doc: str | None) -> Self:
        """Read "日本語。 / English. / やさしい日本語。" (the third may be absent); TypeError names the owner."""
        text = _LINE.sub(" ", _WIDE_LINE.sub("", (doc or "").strip()))
        parts = [part.strip() for part in text.split(" / ")]
        if not 2 <= len(parts) <= 3 or not all(parts):
            raise TypeError(
                f'{owner}: the docstring must read "日本語。 / English.", or " / やさしい日本語。" as a third'
            )
        sentence = cls(parts[0], parts[1], parts[2] if len(parts) == 3 else "")
        if any(not fact.isidentifier() for fact in sentence.facts()):
            raise TypeError(f"{owner}: facts in braces must be plain names")
        if not _in_two_languages(_without_facts(parts[0]), _without_facts(parts[1])):
            raise TypeError(f"{owner}: the Japanese sentence comes first, the English one second")
        return sentence

    def facts(self) -> set[str]:
        """The names in braces, of all languages together."""
        parts = (part for text in (self.ja, self.en, self.easy) for part in Formatter().parse(text))
        return {name for _, name, _, _ in parts if name is not None}

    def in_japanese(self, facts: Mapping[str, object]) -> str:
        """The Japanese sentence, filled in."""
        return _Japanese().vformat(self.ja, (), facts)

    def in_english(self, facts: Mapping[str, object]) -> str:
        """The English sentence, filled in."""
        return _English().vformat(self.en, (), facts)

    def in_plain_japanese(self, facts: Mapping[str, object]) -> str:
        """やさしい日本語, filled in; the Japanese sentence where none was written."""
        return _Japanese().vformat(self.easy or self.ja, (), facts)


def _without_facts(text: str) -> str:
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


def _in_two_languages(ja: str, en: str) -> bool:
    # The English sentence may quote the official term, as in "the notice (転入届)".
    return bool(_JAPANESE.search(ja)) and len(_LATIN.findall(en)) > len(_JAPANESE.findall(en))


def snake_case(name: str) -> str:
    """The machine's name of a class: CSVRowBroken -> csv_row_broken."""
    return _CAPITAL.sub("_", name).lower()


def plain(value: object) -> Any:
    """A value as strict JSON has it: ISO dates, lists for sets, text for everything JSON does not know."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(member) for key, member in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(member) for member in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        return [plain(member) for member in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else str(value)
