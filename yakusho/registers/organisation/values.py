"""What goes out of the register of the organisation."""

from datetime import date, time
from typing import Annotated

from pydantic import WithJsonSchema

from yakusho.blocks.doors import Value

# A counter's hour has no offset; JSON Schema's own format "time" asks for one.
Hour = Annotated[time, WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}:\d{2}$"})]


class OfficeView(Value):
    """課 An office as on a day."""

    code: str
    name: str
    english: str
    kind: str
    parent: str
    counter: str
    counter_english: str
    opens: Hour | None
    closes: Hour | None


class HolderView(Value):
    """在職者 Who holds a post on a day; ``account`` None when they cannot sign in."""

    post: str
    title: str
    english_title: str
    office: str
    name: str
    kana: str
    english: str
    account: int | None
    from_: date
    until: date | None


class Signatory(Value):
    """証明者 In whose name a paper is issued on a day: title, name, and the words of the seal."""

    title: str
    title_english: str
    name: str
    name_english: str
    seal: str
    seal_english: str

    @property
    def signature(self) -> str:
        """署名 盛岡市長　見本 太郎"""
        return f"{self.title}　{self.name}"


class OpenHours(Value):
    """開庁時間 Whether a counter is open on a day, its hours, and why not."""

    open: bool
    opens: Hour | None = None
    closes: Hour | None = None
    reason: str = ""
    reason_english: str = ""


class OrganisationLoad(Value):
    """組織の取込み結果 How many rows the files changed."""

    offices: int
    posts: int
    holdings: int
