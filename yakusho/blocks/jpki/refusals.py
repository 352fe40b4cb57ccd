"""カードの拒否 Why a card or a certificate is not accepted, each in a sentence."""

from yakusho.kit.refusal import NotAllowed


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


class NoSignatureCertificate(CardRefused):
    """署名用電子証明書が必要です。15歳未満の方などは、窓口でお手続きください。
    / A signature certificate is needed. Children under 15 and others without one can be served at the
    city hall."""


class PinWrong(NotAllowed):
    """暗証番号が違います。あと{left}回まちがえると使えなくなります。
    / Wrong PIN. It locks after {left} more wrong tries."""

    field = "pin"


class PinLocked(NotAllowed):
    """暗証番号を続けてまちがえたため、カードがロックされました。市役所の窓口で解除してください。
    / The card is locked after too many wrong PINs. It can be unlocked at the city hall."""

    field = "pin"
