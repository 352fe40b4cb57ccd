"""用語 The kinds of movement. The value of each is the official wording, as printed, filtered and exchanged."""

from enum import StrEnum


class MovementKind(StrEnum):
    """異動事由 Why a record changed."""

    MOVE_IN = "転入"
    MOVE_IN_ABROAD = "国外転入"
    MOVE_IN_CARD = "特例転入"
    MOVE_IN_UNREGISTERED = "未届転入"
    MOVE = "転居"
    MOVE_OUT = "転出"
    MOVE_OUT_ABROAD = "国外転出"
    MOVE_OUT_DONE = "転出確定"
    MOVE_OUT_CANCELLED = "転出取消"
    BIRTH = "出生"
    DEATH = "死亡"
    MERGE = "世帯合併"
    SPLIT = "世帯分離"
    NEW_HEAD = "世帯主変更"
    COMPOSITION = "世帯構成変更"
    RECORD = "職権記載"
    ERASE = "職権消除"
    AMEND = "職権修正"
    RESTORE = "職権回復"
    NAMES = "氏名等の修正"
    ORIGIN = "戸籍の表示の修正"
    NATURALISED = "帰化"
    NATIONALITY_GAINED = "国籍取得"
    NATIONALITY_LOST = "国籍喪失"
    STATUS = "在留資格等の変更"
    ARTICLE_30_46 = "30条の46転入"
    ARTICLE_30_47 = "30条の47届出"
    ARTICLE_30_48 = "30条の48届出"
    CANCEL = "異動の取消"
    CORRECT = "異動の訂正"


class MoveInKind(StrEnum):
    """転入の種類 How people come into the city."""

    DOMESTIC = "転入"
    CARD = "特例転入"
    ABROAD = "国外転入"
    UNREGISTERED = "未届転入"


class RecordReason(StrEnum):
    """職権記載の事由 Why the mayor records somebody without a notice (施行令 12条)."""

    NOT_NOTIFIED = "転入未届"
    BIRTH = "出生"
    FAMILY_REGISTER = "就籍"
    ADDRESS = "住所設定"
    OTHER = "その他"


class AmendReason(StrEnum):
    """職権修正の事由 Why an address is corrected although nobody moved."""

    RENUMBERED = "住居表示の実施"
    LOT_NUMBER = "地番の変更"
    BOUNDARY = "行政区画の変更"
    WRONG_ENTRY = "誤記の修正"
