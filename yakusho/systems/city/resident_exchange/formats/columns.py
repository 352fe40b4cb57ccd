"""列 The columns of a file of people: the official name, the English name, and other names people write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from yakusho.kit.refusal import BadInput


@dataclass(frozen=True)
class Column:
    """列 One column; ``asked`` columns must be in every file."""

    field: str
    ja: str
    others: tuple[str, ...] = ()
    asked: bool = False

    @property
    def names(self) -> set[str]:
        """Every name by which the column is known."""
        return {key(name) for name in (self.field, self.ja, *self.others)}


COLUMNS = (
    Column("external_id", "宛名番号", ("外部番号", "住民番号", "整理番号")),
    Column("household", "世帯番号", ("世帯コード", "household_id"), asked=True),
    Column("name", "氏名", ("名前", "漢字氏名")),
    Column("family", "氏", ("姓",)),
    Column("given", "名"),
    Column("kana", "振り仮名", ("氏名の振り仮名", "フリガナ", "カナ氏名", "氏名カナ")),
    Column("family_kana", "氏の振り仮名", ("セイ", "氏カナ")),
    Column("given_kana", "名の振り仮名", ("メイ", "名カナ")),
    Column("kana_fixed", "戸籍に記載された振り仮名"),
    Column("sex", "性別", ("男女の別",), asked=True),
    Column("born", "生年月日", ("出生の年月日", "birth_date", "date_of_birth"), asked=True),
    Column("born_precision", "生年月日の確からしさ"),
    Column("former_family", "旧氏"),
    Column("former_family_kana", "旧氏の振り仮名"),
    Column("alphabet", "ローマ字氏名", ("アルファベット氏名", "latin_name")),
    Column("alias", "通称"),
    Column("alias_kana", "通称の振り仮名"),
    Column("relation", "続柄", ("世帯主との続柄",), asked=True),
    Column("address", "住所"),
    Column("town", "町字コード", ("town_code",)),
    Column("town_name", "町字", ("町名",)),
    Column("block", "番・号", ("番地", "番地等")),
    Column("building", "方書", ("建物名",)),
    Column("resident_since", "住民となった年月日", ("住民となった日",), asked=True),
    Column("address_since", "住所を定めた年月日", ("住所を定めた日",)),
    Column("notified_on", "届出年月日", ("届出日",)),
    Column("came_from", "転入前住所", ("従前の住所", "前住所")),
    Column("moved_from", "異動前住所"),
    Column("state", "戸籍の表示"),
    Column("domicile", "本籍"),
    Column("head", "筆頭者"),
    Column("nationality", "国籍・地域", ("国籍",)),
    Column("category", "30条の45に規定する区分", ("30条の45の区分",)),
    Column("status", "在留資格"),
    Column("period", "在留期間等", ("在留期間",)),
    Column("expires_on", "在留期間等の満了の日", ("在留期間の満了の日",)),
    Column("card_number", "在留カード等の番号", ("在留カードの番号",)),
    Column("foreign_since", "外国人住民となった年月日"),
    Column("individual_number", "個人番号", ("マイナンバー",)),
)
BY_FIELD = {column.field: column for column in COLUMNS}
DATES = ("born", "resident_since", "address_since", "notified_on", "expires_on", "foreign_since")
SECRET = {"individual_number"}
ERA = "（和暦）"  # a second column of a date, for readers; not read
ONE_OF = (("name", "family", "alphabet"), ("address", "town", "town_name"))


class ColumnMissing(BadInput):
    """次の列がありません：{columns}。見出しの行を確かめるか、列の対応を選んでください。
    / These columns are missing: {columns}. Check the heading row, or choose which column is which.
    """

    field = "columns"


class ColumnTwice(BadInput):
    """「{column}」に当たる列が2つあります（{headings}）。どちらかを外してください。
    / Two columns stand for {column} ({headings}). Take one of them away.
    """

    field = "columns"


class NoSuchColumn(BadInput):
    """列の対応に、ない名前があります：{names}。 / The mapping names columns that do not exist: {names}."""

    field = "columns"


def key(heading: str) -> str:
    """見出し A heading as it is compared: width, case and spaces do not matter."""
    return "".join(normalize("NFKC", heading).lower().replace("_", "").split())


KNOWN = {name: column.field for column in COLUMNS for name in column.names}


def proposed(headings: Sequence[str]) -> dict[str, str]:
    """列の対応の案 For each heading the column it is known as; the others are left out."""
    return {heading: KNOWN[key(heading)] for heading in headings if key(heading) in KNOWN}


def mapped(headings: Sequence[str], overrides: Mapping[str, str]) -> dict[str, int]:
    """列の対応 Which cell of a row each column is; ``overrides`` maps headings to columns by any name, or to "" (not read).

    Refusals: NoSuchColumn, ColumnTwice, ColumnMissing.
    """
    by_key = {key(heading): target for heading, target in overrides.items()}
    wrong = [target for target in by_key.values() if target and key(target) not in KNOWN]
    wrong += [heading for heading in overrides if key(heading) not in map(key, headings)]
    if wrong:
        raise NoSuchColumn(names=wrong)
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        target = by_key.get(key(heading), heading)
        field = KNOWN.get(key(target)) if target else None
        if field is None:
            continue
        if field in found:
            raise ColumnTwice(column=BY_FIELD[field].ja, headings=[headings[found[field]], heading])
        found[field] = place
    _check(found)
    return found


def _check(found: Mapping[str, int]) -> None:
    missing = [column.ja for column in COLUMNS if column.asked and column.field not in found]
    for group in ONE_OF:
        if not any(field in found for field in group):
            missing.append("・".join(BY_FIELD[field].ja for field in group))
    if missing:
        raise ColumnMissing(columns=missing)
