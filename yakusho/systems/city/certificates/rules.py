"""交付の決まり Who may stand on a copy, and the words that certify it. No Django, no clock, no database."""

from yakusho.kit.refusal import Refusal


class AddressWithheld(Refusal):
    """この証明は、オンラインでは発行できません。窓口で責任者の確認を受けてください。
    / This certificate cannot be issued online. Please come to the counter.
    / この しょうめいしょは 市役所の まどぐちで もらって ください。
    """


class PaperHidden(Refusal):
    """この証明書は、今は表示できません。窓口で責任者の確認を受けてください。
    / This certificate cannot be shown now. Please come to the counter.
    / この しょうめいしょは いま 見ることが できません。市役所の まどぐちに 来て ください。
    """

    status = 403


class NotResident(Refusal):
    """今は市内に住民登録がありません。「除票の写し」を選んでください。
    / There is no current resident record. Please choose a copy of the closed record.
    """

    field = "order.kind"


class HouseholdChanged(Refusal):
    """請求のあとで、世帯の人が変わりました。もう一度請求してください。
    / The household has changed since the request. Please ask anew.
    / せいきゅうの あとで、いっしょに すんでいる 人が かわりました。もう いちど せいきゅうして ください。
    """


class NotClosed(Refusal):
    """この人の住民票は消除されていません。「住民票の写し」を選んでください。
    / This record is not closed. Please choose a copy of the resident record.
    """

    field = "order.kind"


class NoMoveOut(Refusal):
    """転出の届出がありません。 / No moving-out notice has been recorded."""

    field = "order.kind"


STATEMENTS = {
    "住民票の写し": "この写しは、住民票の原本と相違ないことを証明する。",
    "住民票記載事項証明書": "この証明書に記載した事項は、住民票に記載されている事項と相違ないことを証明する。",
    "除票の写し": "この写しは、除票の原本と相違ないことを証明する。",
    "転出証明書": "上記のとおり転出の届出があったことを証明する。",
}
WHOLE = "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"


def statement(*, kind: str, everybody: bool) -> str:
    """認証文 The words that certify the paper (住民基本台帳事務処理要領 第2-4); 世帯全員の only where everybody is on it."""
    return WHOLE if kind == "住民票の写し" and everybody else STATEMENTS[kind]
