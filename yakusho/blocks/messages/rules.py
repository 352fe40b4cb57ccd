"""通知の文面と再送 Reading a template in three languages, filling it in, and when to try again; pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from yakusho.kit.sentences import Sentence

DRILL_MARK = {"ja": "【訓練】", "en": "[DRILL] ", "ja-easy": "【訓練(くんれん)】"}
SECTIONS = {"[ja]": "ja", "[en]": "en", "[easy]": "ja-easy"}
LANGUAGES = tuple(DRILL_MARK)
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class Wording(BaseModel):
    """文面 Title and body in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    body: str


class Wordings(BaseModel):
    """三つのことばの文面 The same message in Japanese, English and やさしい日本語."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by_language: dict[str, Wording]

    def in_language(self, code: str) -> Wording:
        """The wording in a language; Japanese where there is none."""
        return self.by_language.get(code, self.by_language["ja"])


def read_template(name: str, text: str) -> Wordings:
    """文面の読取り Split ``[ja]``, ``[en]`` and ``[easy]``; the first line of each is the title. ValueError names what is missing."""
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in text.splitlines():
        if line.strip() in SECTIONS:
            here = parts.setdefault(SECTIONS[line.strip()], [])
        else:
            here.append(line)
    found = {code: _wording("\n".join(lines).strip()) for code, lines in parts.items()}
    if missing := [code for code in LANGUAGES if code not in found or not found[code].body]:
        raise ValueError(f"{name}: title and body are missing in {', '.join(missing)}")
    return Wordings(by_language=found)


def _wording(text: str) -> Wording:
    title, _, body = text.partition("\n")
    return Wording(title=title.strip(), body=body.strip())


def fill(name: str, wordings: Wordings, facts: Mapping[str, object]) -> Wordings:
    """差込み Put facts into all languages; days are written as each language writes them. TypeError names a missing fact."""
    titles, bodies = (_sentence(wordings, part) for part in ("title", "body"))
    if missing := sorted((titles.facts() | bodies.facts()) - facts.keys()):
        raise TypeError(f"{name} needs the facts {', '.join(missing)}")
    filled = {}
    for code, way in (("ja", "in_japanese"), ("en", "in_english"), ("ja-easy", "in_plain_japanese")):
        title = CONTROL.sub(" ", getattr(titles, way)(facts))  # a title is one line, whatever a fact holds
        filled[code] = Wording(title=title, body=getattr(bodies, way)(facts))
    return Wordings(by_language=filled)


def _sentence(wordings: Wordings, part: str) -> Sentence:
    return Sentence(*(getattr(wordings.by_language[code], part) for code in LANGUAGES))


def marked(wordings: Wordings) -> Wordings:
    """訓練 The same wording with 訓練 before every title and body, in every language."""
    return Wordings(
        by_language={
            code: Wording(title=DRILL_MARK[code] + one.title, body=f"{DRILL_MARK[code].strip()}\n\n{one.body}")
            for code, one in wordings.by_language.items()
        }
    )


def next_attempt(*, attempts: int, at: datetime, minutes: Sequence[int]) -> datetime | None:
    """再送時刻 When to try again after so many failed attempts; None when it has failed for good."""
    return at + timedelta(minutes=minutes[attempts - 1]) if attempts <= len(minutes) else None


def mail_body(title: str, *, language: str, city: str) -> str:
    """メール本文 The mail says that there is a message, never what it says: mail is an open postcard. No links, so none can be forged."""
    return MAIL[language].format(title=title, city=city)


MAIL = {
    "ja": """{city}からお知らせがあります。

　{title}

内容は、{city}の電子市役所にサインインして「お知らせ」を開くと読めます。
なりすましを防ぐため、このメールにリンクはありません。このメールには返信できません。
""",
    "en": """{city} has a message for you.

  {title}

To read it, sign in to the electronic city hall and open "Messages".
To protect you from fraud this mail holds no links. Please do not reply to it.
""",
    "ja-easy": """{city}から お知(し)らせが あります。

　{title}

電子市役所(でんししやくしょ)に サインインして、「お知(し)らせ」を 見(み)てください。
このメールに リンクは ありません。返事(へんじ)は できません。
""",
}
