"""料金代理収納バーコード（GS1-128） The 44 digits on a slip that convenience stores take money for.

AI 91, issuer, 21 free digits, reissues, last day, stamp mark, yen, check digit (modulus 10, weight 3, over all 43 digits before
it). Source: 標準料金代理収納ガイドライン, as two independent programs implement it.
"""

from dataclasses import dataclass
from datetime import date

from yakusho.kit.refusal import BadInput

AI, DIGITS, NO_DAY = "91", 44, "999999"


class NotASlipCode(BadInput):
    """バーコードの44桁の数字が正しくありません。 / These are not the 44 digits of a payment slip."""


class TooMuchForStores(BadInput):
    """{most}円を超える納付書は、コンビニエンスストアでは納められません。
    / A slip of more than {most} yen cannot be paid at a convenience store.
    """


@dataclass(frozen=True)
class SlipCode:
    """バーコードの内容 ``issuer`` 6 digits, ``free`` 21 digits, ``reissue`` 0-9, ``last_day`` None = without end, yen 0-999,999."""

    issuer: str
    free: str
    yen: int
    last_day: date | None = None
    reissue: int = 0
    stamp: bool = False

    def digits(self, *, most: int) -> str:
        """44桁 With the check digit; stores take ``most`` yen. Refusals: TooMuchForStores. ValueError for what does not fit."""
        if self.yen > most:
            raise TooMuchForStores(most=f"{most:,}")
        day = self.last_day.strftime("%y%m%d") if self.last_day else NO_DAY
        body = f"{AI}{self.issuer:0>6}{self.free:0>21}{self.reissue}{day}{int(self.stamp)}{self.yen:06d}"
        if len(body) != DIGITS - 1 or not (body.isascii() and body.isdigit()):
            raise ValueError("what stands in the code does not fit its places")
        return body + check_digit(body)

    def lines(self, *, most: int) -> tuple[str, str]:
        """添え書き The same digits as people read them, in two lines below the bars."""
        d = self.digits(most=most)
        return f"({AI}){d[2:8]}-{d[8:29]}", f"{d[29]}-{d[30:36]}-{d[36]}-{d[37:43]}-{d[43]}"


def check_digit(body: str) -> str:
    """検査数字 Modulus 10, weight 3 from the right, over the 43 digits with the AI."""
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return str(-weighed % 10)


def read(digits: str) -> SlipCode:
    """44桁の読取り What a scanner or a store's file gives. Refusals: NotASlipCode."""
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()) or not digits.startswith(AI):
        raise NotASlipCode
    if check_digit(digits[:-1]) != digits[-1] or digits[36] not in "01":
        raise NotASlipCode
    return SlipCode(
        issuer=digits[2:8],
        free=digits[8:29],
        yen=int(digits[37:43]),
        last_day=_day(digits[30:36]),
        reissue=int(digits[29]),
        stamp=digits[36] == "1",
    )


def _day(six: str) -> date | None:
    if six == NO_DAY:
        return None
    try:
        return date(2000 + int(six[:2]), int(six[2:4]), int(six[4:]))
    except ValueError as error:
        raise NotASlipCode from error
