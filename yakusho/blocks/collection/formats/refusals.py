"""What is wrong with a file or code from outside: where, and what."""

from yakusho.kit.refusal import BadInput


class FileRefused(BadInput):
    """ファイルを受け付けられません。{line}行目の{column}桁目：{ja_why}。何も取り込んでいません。
    / The file is refused. Line {line}, column {column}: {why}. Nothing was taken in.
    """

    def __init__(self, line: int, column: int, why: "Why") -> None:
        super().__init__(line=line, column=column, ja_why=why.ja, why=why.en)


class Why:
    """理由 One reason in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        self.ja, self.en = ja, en


LENGTH = Why("1行の長さが120桁ではありません", "a record has 120 characters")
EMPTY = Why("ファイルが空です", "the file is empty")
CHARACTER = Why("使えない文字があります", "a character that is not allowed")
DIGITS = Why("数字でなければなりません", "digits are wanted")
CONSTANT = Why("決まった値ではありません", "not the value that stands here")
ORDER = Why(
    "ヘッダー・データ・トレーラー・エンドの順になっていません", "header, data, trailer and end are out of order"
)
TOTALS = Why("件数か金額の合計が、データと合いません", "the totals are not those of the records")
TWICE = Why("同じ顧客番号が2回あります", "a customer stands there twice")
RESULT = Why("振替結果の数字が決められたものではありません", "an unknown result code")
DAY = Why("日付または時刻として読み取れません", "not a day or time")
CODE = Why("バーコードの数字が正しくありません", "the digits of the bar code are wrong")
KIND = Why("データの種別が決められたものではありません", "an unknown kind of record")
HEADINGS = Why("見出しが決められたものではありません", "other headings are wanted")
