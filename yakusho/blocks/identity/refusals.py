"""本人確認の拒否 Every sentence with which the door to the house stays shut."""

from yakusho.kit.refusal import NotAllowed, Refusal


class SignInFailed(NotAllowed):
    """サインインできませんでした。入力した内容を確かめて、もう一度お試しください。
    / You could not be signed in. Check what you entered and try again.
    / サインインできません でした。もう一度(いちど) ためして ください。"""

    # One sentence for "no such account", "wrong proof" and "ended account": nobody learns which accounts exist.


class TooManyAttempts(NotAllowed):
    """続けて失敗したため、しばらくサインインを止めています。{minutes}分ほどたってからお試しください。
    / Too many failed attempts. Try again in about {minutes} minutes.
    / 何回(なんかい)も まちがえました。{minutes}分(ふん) まって ください。"""

    status = 429


class CardRefused(NotAllowed):
    """このカードは使えません。 / This card cannot be used."""


class CardExpired(CardRefused):
    """電子証明書の有効期間が過ぎています。市役所の窓口で更新してください。
    / The certificate on the card has expired. Renew it at the city hall.
    / カードの 中(なか)の 証明書(しょうめいしょ)の 期限(きげん)が すぎました。市役所(しやくしょ)で 新(あたら)しく
    して ください。"""


class CardNotYetValid(CardRefused):
    """電子証明書の有効期間がまだ始まっていません。 / The certificate on the card is not valid yet."""


class CardRevoked(CardRefused):
    """電子証明書が失効しています。引っ越しや氏名の変更のあとは、市役所の窓口で新しい証明書を入れてください。
    / The certificate on the card has been revoked. After a move or change of name, get a new one at the
    city hall.
    / カードの 中(なか)の 証明書(しょうめいしょ)は 使(つか)えません。市役所(しやくしょ)に 来(き)て ください。"""


class WrongCertificate(CardRefused):
    """この手続では使えない種類の電子証明書です。 / This kind of certificate cannot be used for this step."""


class UntrustedIssuer(CardRefused):
    """発行者を確認できない電子証明書です。 / The issuer of this certificate is not on the city's trust list."""


class UnreadableCard(CardRefused):
    """カードのデータを読み取れませんでした。もう一度カードをかざしてください。
    / The data from the card could not be read. Present the card again."""

    status = 422


class WrongSignature(CardRefused):
    """カードの署名が、この画面で求めたものと一致しません。最初からやり直してください。
    / The card's signature does not belong to this request. Start again."""


class RevocationUnknown(CardRefused):
    """電子証明書が失効していないことを、いま確認できません。しばらくしてからお試しください。
    / It cannot be confirmed at the moment that the certificate is not revoked. Try again later."""

    status = 503


class ChallengeExpired(CardRefused):
    """確認の時間が切れたか、すでに使われています。最初からやり直してください。
    / This request has expired or was already used. Start again.
    / 時間(じかん)が すぎました。はじめから やって ください。"""


class NoSignatureCertificate(CardRefused):
    """署名用電子証明書が必要です。15歳未満の方などは、窓口でお手続きください。
    / A signature certificate is needed. Children under 15 and others without one can be served at the
    city hall."""


class NoUniqueMatch(CardRefused):
    """カードの氏名・生年月日・性別・住所と一致する方を1人に決められませんでした。職員が確認して、お知らせします。
    / The name, birth date, sex and address on the card do not lead to exactly one resident. Staff will
    check and tell you."""


class OtherPersonsCard(NotAllowed):
    """サインインしている方と違う方のカードです。安全のためサインアウトしました。
    / This card belongs to somebody else. You have been signed out for safety.
    / 別(べつ)の 人(ひと)の カードです。サインアウト しました。"""


class FreshProofNeeded(NotAllowed):
    """大切な手続なので、もう一度ご本人の確認が必要です。
    / This step needs you to prove again that it is you.
    / もう一度(いちど) 本人(ほんにん)か たしかめます。"""


class RolesConflict(Refusal):
    """「{held}」と「{role}」は同じ人が兼ねられません（{why}）。
    / The same person cannot hold "{held}" and "{role}" ({why_en})."""

    field = "role"


class AppointmentOverlaps(Refusal):
    """同じ役割と課の任命が、期間の重なる形で登録されています。
    / There is already an appointment to this role and office in this period."""

    field = "role"


class BadPeriod(Refusal):
    """期間の終わりは、始まりより後の日にしてください。 / The period must end after it begins."""

    status = 422
    field = "until"


class AlreadyLinked(Refusal):
    """すでに登録されています。 / This is already registered."""


class LastCredential(Refusal):
    """最後の1つの認証手段は外せません。先に別の手段を登録してください。
    / The last way to sign in cannot be removed. Register another one first."""


class LoginTaken(Refusal):
    """このサインイン名は使われています。 / This sign-in name is taken."""

    field = "login"


class PinWrong(NotAllowed):
    """暗証番号が違います。あと{left}回まちがえると使えなくなります。
    / Wrong PIN. It locks after {left} more wrong tries."""

    field = "pin"


class PinLocked(NotAllowed):
    """暗証番号を続けてまちがえたため、カードがロックされました。市役所の窓口で解除してください。
    / The card is locked after too many wrong PINs. It can be unlocked at the city hall."""

    field = "pin"


class BadToken(NotAllowed):
    """APIトークンが無効です。 / The API token is not valid."""

    status = 401


class OutOfScope(NotAllowed):
    """このAPIトークンでは使えない操作です。 / This API token does not cover this operation."""


class OwnAppointment(NotAllowed):
    """自分の任命は、自分では登録できません。 / Nobody can grant themselves a role."""
