"""What goes in and out of import and export."""

from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.pages.look import look


class ImportFile(Value):
    """取込みファイル A file of people: its content in base64, or the number of one received before.

    ``columns``: headings of the file to columns by any of their names, or to "" for a column that is not read.
    """

    name: str = Field("", title=_("ファイル名"), max_length=200)
    content: str = Field("", title=_("内容（base64）"))
    upload: int | None = Field(None, title=_("受付番号"))
    columns: dict[str, str] = Field(default={}, title=_("列の対応"))


class Received(Value):
    """受付 A file kept for a day: its number, its headings, and the columns they seem to be."""

    upload: int
    digest: str
    name: str
    rows: int
    headings: list[str]
    columns: dict[str, str]


class RowError(Value):
    """行の誤り One cell that cannot be taken as it is; an individual number is never repeated."""

    row: int
    column: str
    typed: str
    ja: str
    en: str


class Doubt(Value):
    """同名・同生年月日 Somebody of the register who may be the person of this row."""

    row: int
    person: PersonId


class ImportReport(Value):
    """確認の結果 What an import would do; nothing has been written. ``errors`` holds the first 500 of ``wrong``."""

    name: str
    digest: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    unread: list[str]
    rows: int
    households: int
    already: int
    wrong: int
    errors: list[RowError]
    doubts: list[Doubt]
    loaded: int | None

    @property
    def ready(self) -> bool:
        """取り込めるか Whether nothing stands in the way."""
        return not self.wrong and self.loaded is None


class Load(Value):
    """取込み One import; ``already``: the same file had been imported before, nothing was done now."""

    id: int
    name: str
    digest: str
    rows: int
    households: int
    skipped: int
    by: str
    at: datetime
    already: bool = False


class ExportWish(Value):
    """書出しの申請 What for, and of which towns (none: the whole city)."""

    purpose: str = Field(title=_("使用の目的"), min_length=5, max_length=200, json_schema_extra=look(span=4))
    towns: list[Annotated[str, Field(max_length=12)]] = Field(
        default=[],
        title=_("町字コード"),
        description=_("空のときは市全体。町字を選ぶと、照会制限のある方は入りません"),
        max_length=600,
    )
    on: date | None = Field(None, title=_("基準日"), description=_("空のときは申請の日"))


class Export(Value):
    """書出し Who asked, who agreed, until when, and whether it was taken."""

    id: int
    state: str
    purpose: str
    towns: list[str]
    on: date
    asked_by: str
    asked_at: datetime
    agreed_by: str
    agreed_at: datetime | None
    until: datetime | None
    begun_at: datetime | None
    taken_at: datetime | None
    rows: int | None
    own: bool


class ExportPart(Value):
    """書出しの一部 Rows as CSV text; ``after`` for the next part, None at the end."""

    text: str
    people: list[PersonId]
    after: int | None
