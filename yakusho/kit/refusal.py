"""拒否 A refusal is a sentence in two languages: what cannot be done, and why.

The docstring of a subclass is the message::

    class NotOpen(Refusal):
        \"\"\"受付は{opens_on}からです。 / Applications open on {opens_on}.\"\"\"

    raise NotOpen(opens_on=date(2026, 12, 1))

A third part after another " / " is the same in やさしい日本語. Facts in braces are filled in:
dates in era and western years in Japanese, ISO 8601 in English. The web returns
`problem()` (RFC 9457); pages show `.ja`, `.easy` or `.en`.
"""

from typing import Any, ClassVar, Self

from yakusho.kit.sentences import Sentence, plain, snake_case


def _rebuild(kind: type["Refusal"], facts: dict[str, object], about: str) -> "Refusal":
    return kind(**facts).at(about)


class Refusal(Exception):
    """Base of all refusals: subclass it and write the sentence as the docstring.

    `status` is the HTTP status, `field` the input field it belongs to ("" = the whole matter).
    A subclass without its own sentence in two languages is refused when it is defined.
    """

    status: ClassVar[int] = 409
    field: ClassVar[str] = ""
    code: ClassVar[str] = "refusal"
    sentence: ClassVar[Sentence]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.code = snake_case(cls.__name__)
        cls.sentence = Sentence.read(cls.__name__, cls.__dict__.get("__doc__"))

    def __init__(self, **facts: object) -> None:
        if type(self) is Refusal:
            raise TypeError("a refusal needs a subclass whose docstring is the sentence")
        missing = sorted(self.sentence.facts() - facts.keys())
        if missing:
            raise TypeError(f"{type(self).__name__} needs the facts {', '.join(missing)}")
        self.facts: dict[str, object] = facts
        self.about: str = self.field
        super().__init__(f"{self.ja} / {self.en}")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.facts, self.about)

    def at(self, field: str) -> Self:
        """項目 The same refusal, said about one input field (when only the caller knows which)."""
        self.about = field
        return self

    @property
    def ja(self) -> str:
        """日本語 The sentence in Japanese, facts filled in."""
        return self.sentence.in_japanese(self.facts)

    @property
    def en(self) -> str:
        """英語 The sentence in English, facts filled in."""
        return self.sentence.in_english(self.facts)

    @property
    def easy(self) -> str:
        """やさしい日本語 The sentence in plain Japanese; the Japanese one where none was written."""
        return self.sentence.in_plain_japanese(self.facts)

    def problem(self) -> dict[str, Any]:
        """RFC 9457 The refusal as problem+json members: type, title (ja), detail (en), status, field, facts."""
        body: dict[str, Any] = {
            "type": f"urn:yakusho:refusal:{self.code}",
            "title": self.ja,
            "detail": self.en,
            "status": self.status,
            "field": self.about,
            "facts": {name: plain(value) for name, value in self.facts.items()},
        }
        return body | ({"easy": self.easy} if self.sentence.easy else {})


class NotAllowed(Refusal):
    """この操作をする権限がありません。 / You are not allowed to do this."""

    status = 403


class NotFound(Refusal):
    """見つかりません。 / Not found."""

    status = 404


class BadInput(Refusal, ValueError):
    """入力内容を確認してください。 / Please check what you entered."""

    # A ValueError too, so that pydantic collects it with the field it belongs to (ctx["error"]).
    status = 422
