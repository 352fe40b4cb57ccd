"""用語 The register's closed lists. The value of each member is the official wording, as printed and as exchanged."""

from enum import StrEnum


class Sex(StrEnum):
    """男女の別 As registered; 不明 only where a foreign document says neither."""

    MALE = "男"
    FEMALE = "女"
    UNKNOWN = "不明"


class BirthPrecision(StrEnum):
    """生年月日の確からしさ How much of a birth date is known; the unknown parts of the date are filled with 1."""

    DAY = "年月日"
    MONTH = "年月"
    YEAR = "年"
    NOTHING = "不詳"


class OriginState(StrEnum):
    """戸籍の表示 Whether a family register is known (住民基本台帳法 7条5号)."""

    KNOWN = "あり"
    NONE = "本籍なし"
    UNKNOWN = "本籍不明"


class ForeignCategory(StrEnum):
    """30条の45の区分 The kinds of foreign residents who are registered."""

    MID_TO_LONG_TERM = "中長期在留者"
    SPECIAL_PERMANENT = "特別永住者"
    TEMPORARY_REFUGE = "一時庇護許可者"
    PROVISIONAL_STAY = "仮滞在許可者"
    PASSING_BY_BIRTH = "出生による経過滞在者"
    PASSING_BY_LOSS = "国籍喪失による経過滞在者"


class ClosingReason(StrEnum):
    """消除の事由 Why a record was closed; the closed record is the 除票."""

    MOVED_OUT = "転出"
    MOVED_ABROAD = "国外転出"
    DIED = "死亡"
    DECLARED_MISSING = "失踪宣告"
    NATIONALITY_LOST = "国籍喪失"
    STAY_ENDED = "在留資格等の喪失"
    NOT_LIVING_THERE = "不現住"
    WRONG_ENTRY = "誤記載"


class ProtectionKind(StrEnum):
    """支援措置の種別 What a protected person is protected from (住民基本台帳事務処理要領 第5-10)."""

    SPOUSE = "配偶者からの暴力"
    STALKING = "ストーカー行為等"
    CHILD = "児童虐待"
    OTHER = "その他これらに準ずる行為"


class ProtectionState(StrEnum):
    """支援措置の状態 Intake already protects; only a decision ends it."""

    PROVISIONAL = "仮支援措置"
    CONFIRMED = "支援措置"
    ENDED = "終了"


class NumberKind(StrEnum):
    """番号の種類 The two numbers that are kept encrypted."""

    INDIVIDUAL = "個人番号"
    RESIDENT_CODE = "住民票コード"


HEAD = "世帯主"
