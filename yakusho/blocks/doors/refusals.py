"""Input that does not fit a door, told field by field in two languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from yakusho.kit.refusal import BadInput, Refusal

SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("入力してください。", "Please fill this in."),
    "extra_forbidden": ("この項目はありません。", "There is no such field."),
    "string_too_long": ("{max_length}文字以内で入力してください。", "Use at most {max_length} characters."),
    "string_too_short": ("{min_length}文字以上で入力してください。", "Use at least {min_length} characters."),
    "too_short": ("{min_length}つ以上入力してください。", "Give at least {min_length}."),
    "too_long": ("{max_length}つまでにしてください。", "Give at most {max_length}."),
    "enum": ("選択肢から選んでください。", "Choose one of the options."),
    "literal_error": ("選択肢から選んでください。", "Choose one of the options."),
    "greater_than_equal": ("{ge}以上の数字を入力してください。", "Enter a number of at least {ge}."),
    "less_than_equal": ("{le}以下の数字を入力してください。", "Enter a number of at most {le}."),
    "greater_than": ("{gt}より大きい数字を入力してください。", "Enter a number above {gt}."),
    "less_than": ("{lt}より小さい数字を入力してください。", "Enter a number below {lt}."),
    "bool": ("はい・いいえで答えてください。", "Answer yes or no."),
    "date": ("日付は、2026-04-01や令和8年4月1日のように入力してください。", "Enter a date such as 2026-04-01."),
    "datetime": (
        "日時は、2026-04-01T09:00+09:00のように入力してください。",
        "Enter a date and time such as 2026-04-01T09:00+09:00.",
    ),
    "int": ("数字で入力してください。", "Enter a number."),
    "string": ("文字で入力してください。", "Enter text."),
}
OTHER = ("この値は使えません。", "This value cannot be used.")


@dataclass(frozen=True)
class FieldError:
    """One field and what is wrong with it; ``path`` is dotted (``members.0.family``)."""

    path: str
    ja: str
    en: str


def _sentence(kind: str, context: dict[str, Any]) -> tuple[str, str]:
    refusal = context.get("error")
    if isinstance(refusal, Refusal):
        return refusal.ja, refusal.en
    # pydantic names its errors by type and fault (date_from_datetime_parsing, int_parsing …)
    stem = next((name for name in (kind, kind.split("_")[0]) if name in SENTENCES), "")
    ja, en = SENTENCES.get(stem, OTHER)
    return ja.format_map(context), en.format_map(context)


class InvalidInput(BadInput):
    """入力内容を確認してください。 / Please check what you entered."""

    errors: tuple[FieldError, ...] = ()

    @classmethod
    def of(cls, error: ValidationError, model: type[BaseModel]) -> InvalidInput:
        """Translate pydantic's errors; what was typed is never repeated in them."""
        return cls.listing(
            FieldError(".".join(map(str, one["loc"])), *_sentence(one["type"], one.get("ctx") or {}))
            for one in error.errors(include_url=False, include_input=False)
        )

    @classmethod
    def unknown(cls, names: Iterable[str]) -> InvalidInput:
        """Fields that the asker may not give."""
        return cls.listing(FieldError(name, *SENTENCES["extra_forbidden"]) for name in names)

    @classmethod
    def listing(cls, errors: Iterable[FieldError]) -> InvalidInput:
        """A refusal that carries these field errors."""
        refusal = cls()
        refusal.errors = tuple(errors)
        return refusal

    def problem(self) -> dict[str, Any]:
        """RFC 9457 with one member more: the fields."""
        errors = [{"path": error.path, "ja": error.ja, "en": error.en} for error in self.errors]
        return super().problem() | {"errors": errors}
