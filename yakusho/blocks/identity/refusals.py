"""本人確認の拒否 Every sentence with which the door to the house stays shut."""

from yakusho.blocks.jpki.refusals import CardRefused
from yakusho.kit.refusal import BadInput, NotAllowed, Refusal


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


class ChallengeExpired(CardRefused):
    """確認の時間が切れたか、すでに使われています。最初からやり直してください。
    / This request has expired or was already used. Start again.
    / 時間(じかん)が すぎました。はじめから やって ください。"""


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


class PersonMissing(BadInput):
    """住民のアカウントには、宛名番号が要ります。 / An account of a resident needs the person's number."""

    field = "person"


class BadToken(NotAllowed):
    """APIトークンが無効です。 / The API token is not valid."""

    status = 401


class NotPrivate(Refusal):
    """httpsで接続してください。送られたトークンは、もう安全ではありません。取り消してください。
    / Connect by https. The token that you sent is no longer safe: revoke it.
    """

    status = 403


class OutOfScope(NotAllowed):
    """このAPIトークンでは使えない操作です。 / This API token does not cover this operation."""


class OwnAccount(NotAllowed):
    """自分の任命の取消しとアカウントの終了は、ほかの管理者が行います。
    / Another administrator revokes your appointments and ends your account."""


class OwnAppointment(NotAllowed):
    """自分の任命は、自分では登録できません。 / Nobody can grant themselves a role."""
