"""続柄 How a relation to the head of a household is written (住民基本台帳事務処理要領 第2-1-(2)-エ)."""

from unicodedata import normalize

from yakusho.kit.refusal import BadInput
from yakusho.registers.people.terms import HEAD, Sex

SEX_OF: dict[str, Sex | None] = {
    "夫": Sex.MALE,
    "妻": Sex.FEMALE,
    "夫（未届）": Sex.MALE,
    "妻（未届）": Sex.FEMALE,
    "子": None,
    "父": Sex.MALE,
    "母": Sex.FEMALE,
    "兄": Sex.MALE,
    "弟": Sex.MALE,
    "姉": Sex.FEMALE,
    "妹": Sex.FEMALE,
    "縁故者": None,
    "同居人": None,
}
SPOUSES = ("夫", "妻", "夫（未届）", "妻（未届）")
INSTEAD = {  # what people say, and what the record says (children since 平成7年3月1日)
    **dict.fromkeys(
        ("長男", "長女", "二男", "次男", "二女", "次女", "三男", "三女", "息子", "娘", "養子", "養女", "実子"), "子"
    ),
    **dict.fromkeys(("孫", "孫娘"), "子の子"),
    "曽孫": "子の子の子",
    "祖父": "父の父、母の父",
    "祖母": "父の母、母の母",
    "養父": "父",
    "養母": "母",
    "義父": "妻の父、夫の父",
    "義母": "妻の母、夫の母",
    "配偶者": "夫、妻",
    "内縁の夫": "夫（未届）",
    "内縁の妻": "妻（未届）",
    "嫁": "妻、子の妻",
    "婿": "子の夫",
    "おじ": "父の兄、母の弟など",
    "おば": "父の姉、母の妹など",
    "甥": "兄の子、妹の子など",
    "姪": "兄の子、妹の子など",
    "本人": HEAD,
}


class UnknownRelation(BadInput):
    """続柄「{relation}」は使えません。「{instead}」と書いてください。
    / The relation "{relation}" is not used. Write "{instead}".
    """

    field = "relation"


class RelationContradictsSex(BadInput):
    """{name}さん（{sex}）の続柄が「{relation}」になっています。 / {name} ({sex}) cannot be "{relation}"."""

    field = "relation"


def written(text: str) -> str:
    """続柄の表記 A relation as it is recorded: full-width brackets, no spaces; refuses UnknownRelation."""
    relation = "".join(normalize("NFKC", text).split()).replace("(", "（").replace(")", "）")
    if relation == HEAD or all(term in SEX_OF for term in terms(relation)):
        return relation
    wrong = next((term for term in terms(relation) if term not in SEX_OF), relation)
    instead = INSTEAD.get(relation) or INSTEAD.get(
        wrong, "夫、妻、子、父、母、兄、弟、姉、妹（「の」でつなぐ）、縁故者、同居人"
    )
    raise UnknownRelation(relation=text, instead=instead)


def terms(relation: str) -> list[str]:
    """続柄の部分 The links of the chain: 妻の父 → 妻, 父."""
    return relation.split("の")


def check_sex(*, relation: str, sex: Sex, name: str) -> None:
    """続柄と性別 Refuse a 夫 who is registered female, and so on; unknown sex passes."""
    said = SEX_OF.get(terms(relation)[-1])
    if said is not None and sex is not Sex.UNKNOWN and sex is not said:
        raise RelationContradictsSex(name=name, sex=sex.value, relation=relation)
