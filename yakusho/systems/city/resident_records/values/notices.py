"""What clerks send in. Titles are the official terms and the labels of forms."""

from datetime import date
from typing import Annotated, Self

from django.utils.translation import gettext_noop as _
from pydantic import Field, model_validator

from yakusho.blocks.doors import PersonId, Value
from yakusho.blocks.pages.look import look
from yakusho.registers.people.terms import ClosingReason, ProtectionKind
from yakusho.registers.people.values import AddressEntry, ForeignEntry, NameEntry, Opponent, OriginEntry
from yakusho.systems.city.resident_records.rules.refusals import OriginOfForeigner
from yakusho.systems.city.resident_records.terms import AmendReason, MoveInKind, RecordReason

Relation = Annotated[
    str, Field(title=_("続柄"), max_length=100, description=_("世帯主から見た続柄。例：妻、子、妻の子"))
]
Where = Annotated[str, Field(max_length=200)]
Household = Annotated[int | None, Field(title=_("世帯番号"), description=_("空のときは新しい世帯を作ります"))]
Digits = Annotated[str, Field(max_length=14, repr=False, json_schema_extra=look(kind="digits"))]


class RelationOf(Value):
    """続柄 One member's relation to the head, from the day of the movement on."""

    person: PersonId = Field(title=_("宛名番号"))
    relation: Relation


class Notice(Value):
    """届出 What every notice has: the day of the event (異動日) and the day it was received (届出日)."""

    event_on: date = Field(title=_("異動日"))
    notified_on: date | None = Field(None, title=_("届出日"), description=_("空のときは、きょう"))
    corrects: int | None = Field(
        None,
        title=_("訂正する異動"),
        description=_("この届出に置き換える異動の番号"),
        json_schema_extra=look(kind="hidden"),
    )


class Newcomer(Value):
    """記載する人 Somebody who is entered; ``person`` when the city already knows them (宛名番号)."""

    person: PersonId | None = Field(None, title=_("宛名番号"), description=_("以前に住んでいた人"))
    names: NameEntry
    relation: Relation
    origin: OriginEntry | None = Field(None, title=_("戸籍の表示"))
    foreign: ForeignEntry | None = Field(None, title=_("外国人住民の項目"))
    individual_number: Digits = Field("", title=_("個人番号"))
    resident_code: Digits = Field("", title=_("住民票コード"))

    @model_validator(mode="after")
    def _is_japanese_or_foreign(self) -> Self:
        if self.origin is not None and self.foreign is not None:
            raise OriginOfForeigner
        return self


class MoveIn(Notice):
    """転入届 (法22条) From another municipality or abroad, into a new household or one that is here."""

    kind: MoveInKind = Field(MoveInKind.DOMESTIC, title=_("転入の種類"))
    came_from: Where = Field(title=_("転入前住所"), min_length=1)
    address: AddressEntry | None = Field(None, title=_("新住所"), description=_("もとからある世帯に入るときは空のまま"))
    household: Household = None
    people: list[Newcomer] = Field(title=_("転入する人"), min_length=1, json_schema_extra=look(many=_("人")))
    members: list[RelationOf] = Field(default=[], title=_("もとからいる世帯員の続柄"), description=_("変わる人だけ"))


class Move(Notice):
    """転居届 (法23条) Inside the city: a whole household, or part of one into a new or another household."""

    people: list[RelationOf] = Field(title=_("転居する人"), min_length=1)
    address: AddressEntry | None = Field(None, title=_("新住所"), description=_("もとからある世帯に入るときは空のまま"))
    household: Household = None
    members: list[RelationOf] = Field(default=[], title=_("ほかの世帯員の続柄"), description=_("変わる人だけ"))


class MoveOut(Notice):
    """転出届 (法24条) Planned or past; ``event_on`` is the first day the people no longer live here."""

    people: list[PersonId] = Field(title=_("転出する人"), min_length=1)
    destination: Where = Field(title=_("転出先"), min_length=1)
    abroad: bool = Field(False, title=_("国外への転出"))
    members: list[RelationOf] = Field(default=[], title=_("残る世帯員の続柄"), description=_("世帯主が転出するとき"))


class MoveOutDone(Notice):
    """転出確定通知 (施行令13条3項) The other municipality says from which day the person lives there."""

    person: PersonId = Field(title=_("宛名番号"))
    destination: Where = Field("", title=_("転出先"))


class Birth(Notice):
    """出生 A child born into its mother's or father's household; twins are two children."""

    household: int = Field(title=_("世帯番号"))
    children: list[Newcomer] = Field(title=_("出生した子"), min_length=1)


class Death(Notice):
    """死亡 A person who died (戸籍法 86条) or was declared missing."""

    person: PersonId = Field(title=_("宛名番号"))
    reason: ClosingReason = Field(ClosingReason.DIED, title=_("消除の事由"))
    members: list[RelationOf] = Field(default=[], title=_("残る世帯員の続柄"), description=_("世帯主が亡くなったとき"))


class Merge(Notice):
    """世帯合併 (法25条) A whole household joins another one at the same address."""

    household: int = Field(title=_("合併される世帯"))
    into: int = Field(title=_("合併する先の世帯"))
    members: list[RelationOf] = Field(title=_("加わる人の続柄"), min_length=1)


class Split(Notice):
    """世帯分離 (法25条) Part of a household becomes a household of its own, at the same address."""

    people: list[RelationOf] = Field(title=_("分離する人"), min_length=1)
    members: list[RelationOf] = Field(default=[], title=_("残る世帯員の続柄"), description=_("世帯主が分離するとき"))


class NewHead(Notice):
    """世帯主変更 (法25条) Another member becomes the head; relations that do not follow by themselves are given."""

    household: int = Field(title=_("世帯番号"))
    head: PersonId = Field(title=_("新しい世帯主"))
    members: list[RelationOf] = Field(default=[], title=_("ほかの世帯員の続柄"))


class Composition(Notice):
    """世帯構成変更 (法25条) Relations change although nobody comes, goes or becomes the head (婚姻, 離婚, 養子縁組)."""

    household: int = Field(title=_("世帯番号"))
    members: list[RelationOf] = Field(title=_("続柄"), min_length=1)


class Recording(Notice):
    """職権記載 (施行令12条) Entered by the mayor's authority."""

    reason: RecordReason = Field(title=_("事由"))
    came_from: Where = Field("", title=_("転入前住所"))
    address: AddressEntry | None = Field(None, title=_("住所"), description=_("もとからある世帯に入るときは空のまま"))
    household: Household = None
    people: list[Newcomer] = Field(title=_("記載する人"), min_length=1)


class Erasing(Notice):
    """職権消除 (施行令12条) Closed by the mayor's authority, after an inquiry."""

    people: list[PersonId] = Field(title=_("消除する人"), min_length=1)
    reason: ClosingReason = Field(ClosingReason.NOT_LIVING_THERE, title=_("消除の事由"))
    members: list[RelationOf] = Field(default=[], title=_("残る世帯員の続柄"))


class Amending(Notice):
    """職権修正 The address is written differently from a day on, although nobody moved."""

    household: int = Field(title=_("世帯番号"))
    reason: AmendReason = Field(title=_("事由"))
    address: AddressEntry = Field(title=_("住所"))


class Renaming(Notice):
    """氏名等の修正 Name, reading, former name, alias, sex or birth date (戸籍の届出, 旧氏の記載, 性別の取扱いの変更)."""

    person: PersonId = Field(title=_("宛名番号"))
    names: NameEntry
    since_birth: bool = Field(False, title=_("はじめから誤っていた"), description=_("誤記の修正のとき"))


class OriginChange(Notice):
    """戸籍の表示の修正 Registered domicile or first person of the family register."""

    person: PersonId = Field(title=_("宛名番号"))
    origin: OriginEntry


class Naturalising(Notice):
    """帰化・国籍取得 A foreign resident becomes Japanese: name, family register, no status of residence."""

    person: PersonId = Field(title=_("宛名番号"))
    names: NameEntry
    origin: OriginEntry


class NationalityLoss(Notice):
    """国籍喪失 A Japanese resident becomes a foreign one (国籍喪失による経過滞在者 for 60 days)."""

    person: PersonId = Field(title=_("宛名番号"))
    names: NameEntry
    foreign: ForeignEntry


class StatusChange(Notice):
    """在留資格等の変更 Notified by the Immigration Services Agency (法30条の50)."""

    person: PersonId = Field(title=_("宛名番号"))
    foreign: ForeignEntry


class ForeignRelation(Notice):
    """30条の48 The relation of a foreign resident to a foreign head has changed."""

    household: int = Field(title=_("世帯番号"))
    members: list[RelationOf] = Field(title=_("続柄"), min_length=1)


class ProtectionRequest(Value):
    """支援措置の申出 It protects from intake (仮支援措置), the people named with it too."""

    person: PersonId = Field(title=_("申出者"))
    kind: ProtectionKind = Field(title=_("種別"))
    together: list[PersonId] = Field(default=[], title=_("併せて支援を求める人"))
    opponents: list[Opponent] = Field(title=_("相手方"), min_length=1)
