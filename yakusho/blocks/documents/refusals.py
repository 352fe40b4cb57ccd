"""拒否 What can be refused about a paper, each a sentence for the person who asked."""

from yakusho.kit.refusal import BadInput, NotFound, Refusal


class CharacterNotPrintable(Refusal):
    """「{character}」（{code_point}）は、証明書の文字にないため印刷できません。窓口で確認します。
    / The character "{character}" ({code_point}) cannot be printed: no print font has it."""

    status = 422


class PaperWithheld(Refusal):
    """申し訳ありません。出来上がった書面の確認ができなかったため、お渡しを止めました。担当者が調べます（受付番号{alarm}）。
    / We are sorry. The finished paper could not be confirmed and was not handed out (number {alarm})."""

    status = 503


class PaperTookTooLong(Refusal):
    """時間内に出来上がらなかったため、発行を取りやめました。もう一度お試しください。
    / The paper was not finished in time, so the whole issue was abandoned. Please try again."""

    status = 503


class EvidenceLate(Refusal):
    """監査記録の署名が遅れているため、証明書の発行を止めています。復旧までお待ちください。請求は残っています。
    / No certificate is issued while the signed record is late. Your request is kept; please try again later."""

    status = 503


class OtherBuild(Refusal):
    """この窓口の機械では、市が使うものと違う版のプログラムが動いています。証明書の発行を止めています。請求は残っています。
    / This machine runs another version of the program than the city. No certificate is issued here; your request is kept."""

    status = 503


class SealUnusable(Refusal):
    """市の公印が使えないため、証明書の発行を止めています。請求は残っています。
    / The city's seal cannot be used now. No certificate is issued; your request is kept, please try again later."""

    status = 503


class RecordChanged(Refusal):
    """発行の途中で記録が変わりました。書面は出していません。もう一度お試しください。
    / The record changed while the paper was being made. No paper came out. Please try again."""


class BeingIssued(Refusal):
    """この申請は、いま発行しているところです。 / This request is being issued right now."""


class RequestClosed(Refusal):
    """この申請からは、もう発行できません（{state}）。 / Nothing more can be issued from this request ({state})."""


class AlreadyHandedOver(Refusal):
    """この書面は交付済みです。もう一度出すときは、理由を付けて再発行してください。
    / This paper was handed over already. To print it again, reprint it and say why."""


class AlreadyRevoked(Refusal):
    """この書面は、すでに無効です。 / This paper has been revoked already."""


class ReasonMissing(BadInput):
    """理由を入力してください。 / Please say why."""

    field = "reason"


class ComparisonMissing(Refusal):
    """書面の内容の比較を記録するまで、警報は閉じられません。 / The alarm stays open until the comparison of the bytes is recorded."""


class NoSuchPaper(NotFound):
    """この番号の書面は見つかりません。 / There is no paper with this number."""


class NoSuchKind(NotFound):
    """この種類の書面はありません。 / There is no such kind of paper."""


class NoSuchAlarm(NotFound):
    """この番号の警報はありません。 / There is no alarm with this number."""


class AlarmClosed(Refusal):
    """この警報は、すでに閉じています。 / This alarm is closed already."""


class NotAPdf(BadInput):
    """PDFのファイルを選んでください。 / Choose a PDF file."""

    field = "content"


class FileTooLarge(BadInput):
    """ファイルが大きすぎます（{most}MBまで）。 / The file is too large (at most {most} MB)."""

    field = "content"
