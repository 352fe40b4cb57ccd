"""請求 What can be asked for."""

from enum import StrEnum

from django.utils.translation import gettext_noop as _
from pydantic import Field

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.pages.look import look


class CopyKind(StrEnum):
    """証明の種類 The papers of this room; the value is the printed title."""

    COPY = "住民票の写し"
    ITEMS = "住民票記載事項証明書"
    CLOSED = "除票の写し"
    MOVE_OUT = "転出証明書"


class Whole(StrEnum):
    """だれの分か Everybody in the household, or one person alone (個人票)."""

    WHOLE = "世帯全員の分"
    ALONE = "この人の分だけ"


class CopyOrder(Value):
    """請求 One copy: which paper, of whom in the household, with which items beyond the usual ones."""

    kind: CopyKind = Field(title=_("証明の種類"), json_schema_extra=look(kind="radio"))
    whole: Whole = Field(title=_("だれの分が必要ですか"), json_schema_extra=look(kind="radio"))
    relation: bool = Field(False, title=_("世帯主と続柄を載せる"))
    origin: bool = Field(False, title=_("本籍と筆頭者を載せる"))
    foreign: bool = Field(False, title=_("国籍・地域、在留資格などを載せる（外国人住民）"))
    purpose: str = Field("", title=_("使いみち"), description=_("例：運転免許の手続"), max_length=60)


class Candidate(Value):
    """載せられる人 A member of the household who may stand on a copy."""

    person: PersonId
    name: str
    kana: str
    relation: str
    withheld: bool = False


class Offer(Value):
    """請求の案内 Who may stand on a copy of this person's record, and what it costs (yen)."""

    person: PersonId
    members: list[Candidate]
    fee: int
    fee_confirmed: bool
    has_foreign: bool
