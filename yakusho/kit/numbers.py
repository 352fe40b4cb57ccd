"""番号 Numbers with check digits, each as a function and as an annotated type for typed values.

Input may be full width and grouped by spaces or hyphens; what comes back is plain ASCII. A refused
number is never repeated in the refusal: refusals are logged and shown, individual numbers must not be.
A right check digit does not say that a number was ever issued.
"""

import re
from collections.abc import Callable, Sequence
from operator import mul
from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator

from yakusho.kit.refusal import BadInput

_GROUPING = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc]")
# 平成26年総務省令85号5条: Σ Pn·Qn from the right, Qn = n+1 (n <= 6), n-5 (n >= 7); here from the left.
_INDIVIDUAL = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# 平成26年財務省令70号2条: from the right of the twelve, 1 for odd and 2 for even places; here from the left.
_CORPORATE = (2, 1) * 6
_LOCAL = (6, 5, 4, 3, 2)
_INSURER = (2, 1, 2, 1, 2, 1, 2)


class WrongIndividualNumber(BadInput):
    """個人番号（マイナンバー）が正しくありません。12桁の数字を確かめてください。
    / The individual number is not right. Please check its twelve digits.
    / マイナンバーが ちがいます。12の 数字を たしかめて ください。
    """


class WrongCorporateNumber(BadInput):
    """法人番号が正しくありません。13桁の数字を確かめてください。
    / The corporate number is not right. Please check its thirteen digits.
    """


class WrongLocalGovernmentCode(BadInput):
    """全国地方公共団体コードが正しくありません。6桁の数字を確かめてください。
    / The local government code is not right. Please check its six digits.
    """


class WrongInsurerNumber(BadInput):
    """保険者番号が正しくありません。8桁の数字を確かめてください。
    / The insurer number is not right. Please check its eight digits.
    """


class WrongResidentCode(BadInput):
    """住民票コードが正しくありません。11桁の数字を確かめてください。
    / The resident record code is not right. Please check its eleven digits.
    """


class WrongResidenceCardNumber(BadInput):
    """在留カード等の番号は、英字2文字・数字8桁・英字2文字で入力してください。
    / A residence card number has two letters, eight digits and two letters.
    / 在留カードの 番号は アルファベット2つ、数字8つ、アルファベット2つです。
    """


def individual_digit(eleven: str) -> str:
    """個人番号の検査用数字 The check digit for the first eleven digits (平成26年総務省令85号5条)."""
    return str((11 - _weighed(eleven, _INDIVIDUAL) % 11) % 11 % 10)


def individual_number(text: str) -> str:
    """個人番号 Twelve digits with a right check digit; refuses WrongIndividualNumber."""
    return _last_digit(text, 12, individual_digit, WrongIndividualNumber)


def corporate_digit(twelve: str) -> str:
    """法人番号の検査用数字 The check digit, 1 to 9, that precedes the twelve (平成26年財務省令70号2条)."""
    return str(9 - _weighed(twelve, _CORPORATE) % 9)


def corporate_number(text: str) -> str:
    """法人番号 Thirteen digits, the first one the check digit; refuses WrongCorporateNumber."""
    digits = _digits(text, 13, WrongCorporateNumber)
    if corporate_digit(digits[1:]) != digits[0]:
        raise WrongCorporateNumber
    return digits


def local_government_digit(five: str) -> str:
    """団体コードの検査数字 The check digit for prefecture (2) and municipality (3) (総務省 全国地方公共団体コード)."""
    return str((11 - _weighed(five, _LOCAL) % 11) % 10)


def local_government_code(text: str) -> str:
    """全国地方公共団体コード Six digits with a right check digit, 032018 = 盛岡市; refuses WrongLocalGovernmentCode."""
    return _last_digit(text, 6, local_government_digit, WrongLocalGovernmentCode)


def insurer_digit(seven: str) -> str:
    """保険者番号の検証番号 Products by 2, 1, 2 … with their digits summed, ten minus the sum's last digit."""
    products = (int(digit) * weight for digit, weight in zip(seven, _INSURER, strict=True))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def insurer_number(text: str) -> str:
    """保険者番号 Eight digits: 法別番号 2, prefecture 2, number 3, check digit; refuses WrongInsurerNumber."""
    return _last_digit(text, 8, insurer_digit, WrongInsurerNumber)


def elderly_insurer_number(text: str) -> str:
    """後期高齢者医療の保険者番号 An insurer number with 法別番号 39; refuses WrongInsurerNumber."""
    number = insurer_number(text)
    if not number.startswith("39"):
        raise WrongInsurerNumber
    return number


def resident_code(text: str, *, checker: Callable[[str], bool] | None = None) -> str:
    """住民票コード Eleven digits; refuses WrongResidentCode.

    The weights of its check digit are not published in a source we could confirm, so none are built
    in: give `checker` to have the eleven digits checked by a confirmed rule.
    """
    digits = _digits(text, 11, WrongResidentCode)
    if checker is not None and not checker(digits):
        raise WrongResidentCode
    return digits


def residence_card_number(text: str) -> str:
    """在留カード・特別永住者証明書の番号 AB12345678CD, upper case; refuses WrongResidenceCardNumber (shape only)."""
    number = _plain(text).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{8}[A-Z]{2}", number):
        raise WrongResidenceCardNumber
    return number


IndividualNumber = Annotated[str, AfterValidator(individual_number)]
CorporateNumber = Annotated[str, AfterValidator(corporate_number)]
LocalGovernmentCode = Annotated[str, AfterValidator(local_government_code)]
InsurerNumber = Annotated[str, AfterValidator(insurer_number)]
ElderlyInsurerNumber = Annotated[str, AfterValidator(elderly_insurer_number)]
ResidentCode = Annotated[str, AfterValidator(resident_code)]
ResidenceCardNumber = Annotated[str, AfterValidator(residence_card_number)]


def individual_number_sql(column: str) -> str:
    """個人番号のCHECK制約 A boolean SQL expression (PostgreSQL 15) that holds exactly for right individual numbers.

    `column` is a plain lower-case column name; anything else is a ValueError.
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", column):
        raise ValueError(f"not a column name: {column!r}")
    terms = [f"{weight} * {_digit_sql(column, place)}" for place, weight in enumerate(_INDIVIDUAL, start=1)]
    digit = f"(11 - ({' + '.join(terms)}) % 11) % 11 % 10"
    return f"case when regexp_like({column}, '^[0-9]{{12}}$') then {_digit_sql(column, 12)} = {digit} else false end"


def _digit_sql(column: str, place: int) -> str:
    return f"cast(substr({column}, {place}, 1) as integer)"


def _weighed(digits: str, weights: Sequence[int]) -> int:
    if len(digits) != len(weights):
        raise ValueError(f"{len(weights)} digits are weighed, not {len(digits)}")
    return sum(map(mul, map(int, digits), weights))


def _plain(text: str) -> str:
    return _GROUPING.sub("", normalize("NFKC", text))


def _digits(text: str, length: int, refusal: type[BadInput]) -> str:
    digits = _plain(text)
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) != length:
        raise refusal
    return digits


def _last_digit(text: str, length: int, check: Callable[[str], str], refusal: type[BadInput]) -> str:
    digits = _digits(text, length, refusal)
    if check(digits[:-1]) != digits[-1]:
        raise refusal
    return digits
