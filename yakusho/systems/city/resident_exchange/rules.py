"""What may be imported and exported, and by whom. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize

from yakusho.kit.refusal import BadInput, Refusal
from yakusho.registers.people.terms import HEAD, Sex

VALID = timedelta(hours=24)  # from the agreement on
LARGEST = 64 * 2**20  # bytes of a file
SEXES = {
    Sex.MALE: ("男", "男性", "1", "m", "male"),
    Sex.FEMALE: ("女", "女性", "2", "f", "female"),
    Sex.UNKNOWN: ("不明", "3", "9"),
}
TRUE = ("1", "はい", "true", "yes", "済", "○", "有", "あり")
FALSE = ("", "0", "いいえ", "false", "no", "未", "×", "無", "なし")


class WrongSex(BadInput):
    """性別は、男・女・不明、又は1（男）・2（女）で入力してください。 / Write the sex as 男, 女, 不明, or 1 (male), 2 (female)."""


class WrongFlag(BadInput):
    """「はい」か「いいえ」（1か0）で入力してください。 / Write yes or no (1 or 0)."""


class CellsMissing(BadInput):
    """列の数が見出しと違います（見出し{headings}、この行{cells}）。
    / The number of cells differs from the headings ({headings} headings, {cells} cells).
    """


class Empty(BadInput):
    """入力してください。 / Please fill this in."""


class LiesAhead(BadInput):
    """{day}は、取込みの日より後です。 / {day} lies after the day of the import."""


class UnknownTown(BadInput):
    """この町字コードはありません。 / There is no town of this code."""


class SameNumber(BadInput):
    """{row}行目と同じ番号です。 / The same number stands in row {row}."""


class SamePerson(BadInput):
    """{row}行目と同じ人です（氏名・振り仮名・生年月日・住所が同じ）。
    / This is the person of row {row} (same name, reading, birth date and address).
    """


class AlreadyHere(BadInput):
    """すでに登録されています（宛名番号{person}、氏名・生年月日・住所が同じ）。
    / Already registered as {person} (same name, birth date and address).
    """


class NumberHeld(BadInput):
    """この個人番号は、すでに記録されています。 / This individual number is already recorded."""


class SaidOtherwise(BadInput):
    """この番号の人は、別の内容で取込み済みです。住民記録の異動として入力してください。
    / The person of this number was imported before with other content. Enter the change as a movement.
    """


class HouseholdLoaded(BadInput):
    """この世帯は取込み済みです。新しい世帯員は、住民記録の異動として入力してください。
    / This household was imported before. Enter a new member as a movement.
    """


class NoHead(BadInput):
    """この世帯には世帯主がいません。続柄「世帯主」の人を1人入れてください。
    / This household has no head. One member must have the relation 世帯主.
    """


class TwoHeads(BadInput):
    """この世帯には世帯主が2人います（{row}行目）。 / This household has two heads (row {row})."""


class RowsWrong(Refusal):
    """{wrong}か所に誤りがあります。直してからもう一度取り込んでください。何も取り込んでいません。
    / {wrong} cells are wrong. Correct them and import again. Nothing was imported.
    """

    status = 422
    field = "file"


class DoubtsOpen(Refusal):
    """同名・同生年月日の人が{doubts}人います。別人だと確かめてから、取り込んでください。何も取り込んでいません。
    / {doubts} people of the same name and birth date are registered. Make sure that they are others. Nothing was imported.
    """

    field = "namesakes_checked"


class FileMissing(BadInput):
    """ファイルを選んでください。受け付けたファイルは1日で消えます。
    / Choose a file. A file that was received is kept for one day.
    """

    field = "content"


class FileTooLarge(BadInput):
    """ファイルが大きすぎます（{megabytes}MBまで）。分けて取り込んでください。
    / The file is too large (at most {megabytes} MB). Import it in parts.
    """

    field = "content"


class NotBase64(BadInput):
    """内容がbase64ではありません。 / The content is not base64."""

    field = "content"


class SameOfficer(Refusal):
    """書出しには、申請した職員とは別の職員の承認が要ります。 / An export needs a second, different officer."""

    status = 403


class NotAgreed(Refusal):
    """この書出しは、承認されていないか、期限が過ぎたか、すでに取り出されています。
    / This export was not agreed to, has expired, or was taken already.
    """


class AlreadyDecided(Refusal):
    """この書出しは、すでに承認か却下がされています。 / This export has already been decided on."""


@dataclass(frozen=True)
class Seat:
    """世帯での位置 A row in its household."""

    row: int
    household: str
    relation: str


def sex_of(typed: str) -> Sex:
    """男女の別 Refusals: WrongSex."""
    said = normalize("NFKC", typed).strip().lower()
    for sex, words in SEXES.items():
        if said in words:
            return sex
    raise WrongSex


def flag_of(typed: str) -> bool:
    """はい・いいえ Refusals: WrongFlag."""
    said = normalize("NFKC", typed).strip().lower()
    if said not in (*TRUE, *FALSE):
        raise WrongFlag
    return said in TRUE


def split_name(typed: str) -> tuple[str, str]:
    """氏と名 A whole name at its first space; without one all of it is 氏."""
    parts = typed.replace("\u3000", " ").split(maxsplit=1)
    return (parts[0], parts[1]) if len(parts) == 2 else ("".join(parts), "")


def wrong_heads(seats: Iterable[Seat]) -> list[tuple[int, BadInput]]:
    """世帯主 Each household has one: the first row of one without, the second of two."""
    homes: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        homes[seat.household].append(seat)
    found: list[tuple[int, BadInput]] = []
    for members in homes.values():
        heads = [seat for seat in members if seat.relation == HEAD]
        if not heads:
            found.append((members[0].row, NoHead()))
        found += [(seat.row, TwoHeads(row=heads[0].row)) for seat in heads[1:]]
    return found


def repeated(keys: Sequence[tuple[int, object]]) -> list[tuple[int, int]]:
    """重複 Rows whose key stands in an earlier row, with that row; empty keys do not count."""
    first: dict[object, int] = {}
    found = []
    for row, key in keys:
        if key and first.setdefault(key, row) != row:
            found.append((row, first[key]))
    return found


def check_agreement(*, asked_by: int, by: int, decided: bool) -> None:
    """承認 By another officer, once. Refusals: SameOfficer, AlreadyDecided."""
    if decided:
        raise AlreadyDecided
    if asked_by == by:
        raise SameOfficer


def check_taking(*, until: datetime | None, taken: bool, at: datetime) -> None:
    """取出し Agreed to, in time, not taken before. Refusals: NotAgreed."""
    if until is None or taken or at >= until:
        raise NotAgreed
