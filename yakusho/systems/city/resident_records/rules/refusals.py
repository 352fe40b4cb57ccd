"""拒否 Why a movement cannot be recorded."""

from yakusho.kit.refusal import BadInput, NotFound, Refusal


class UnknownPerson(NotFound):
    """宛名番号{person}の人は見つかりません。 / Person {person} is not found."""


class UnknownHousehold(NotFound):
    """その日に、世帯番号{household}の世帯はありません。 / Household {household} has no members on that day."""

    field = "household"


class NamedTwice(BadInput):
    """同じ人が2回入力されています。 / The same person is named twice."""

    field = "people"


class NotHere(Refusal):
    """{names}さんは、{on}には市の住民ではありません。 / {names} does not live in the city on {on}."""

    field = "people"


class AlreadyHere(Refusal):
    """{names}さんは、すでに住民として記録されています。 / {names} is already registered as a resident."""

    field = "people"


class NotOneHousehold(Refusal):
    """別の世帯の人が含まれています。世帯ごとに届け出てください。 / These people belong to different households."""

    field = "people"


class WholeHousehold(Refusal):
    """全員を分離することはできません。残る人を確かめてください。 / A household cannot be split off whole."""

    field = "people"


class MembersMissing(Refusal):
    """{names}さんの続柄がありません。世帯の全員を入力してください。 / The relation of {names} is missing; name all members."""

    field = "members"


class AddressMissing(BadInput):
    """新しい世帯の住所を入力してください。 / Enter the address of the new household."""

    field = "address"


class AddressDiffers(BadInput):
    """入る世帯の住所と違います。住所を空にするか、世帯を確かめてください。
    / This is not the household's address. Leave the address empty, or check the household.
    """

    field = "address"


class HeadChangesHere(Refusal):
    """世帯主が変わるときは、世帯主変更の届出にしてください。 / When the head changes, use the notice for a new head."""

    field = "members"


class ForeignItemsMissing(BadInput):
    """{names}さんの外国人住民の項目を入力してください。 / Enter the items of a foreign resident for {names}."""

    field = "people"


class NotForeign(Refusal):
    """外国人住民ではありません。 / This person is not registered as a foreign resident."""

    field = "person"


class IsForeign(Refusal):
    """外国人住民として記録されています。 / This person is registered as a foreign resident."""

    field = "person"


class NoPlannedMoveOut(Refusal):
    """転出の予定が記録されていません。 / No planned move out is recorded."""

    field = "person"


class AlreadyCancelled(Refusal):
    """この異動は、すでに取り消されたか訂正されています。 / This movement has already been cancelled or corrected."""

    field = "movement"


class NotOfThisKind(Refusal):
    """この異動は{kind}ではありません。 / This movement is not of the kind {kind}."""

    field = "movement"


class ChangedMeanwhile(Refusal):
    """ほかの職員が、いま同じ世帯を更新しました。内容を確かめて、もう一度お願いします。
    / Somebody else has just changed this household. Please check and try again.
    """


class BornLater(BadInput):
    """{name}さんの生年月日（{born}）が、異動日（{event_on}）より後です。
    / {name} was born ({born}) after the day of the event ({event_on}).
    """

    field = "people"


class BirthDayDiffers(BadInput):
    """{name}さんの生年月日（{born}）と、出生の異動日（{event_on}）が違います。
    / The day of the event ({event_on}) is not the birth date of {name} ({born}).
    """

    field = "event_on"


class OriginOfForeigner(BadInput):
    """外国人住民には、戸籍の表示（本籍・筆頭者）がありません。どちらかを空にしてください。
    / A foreign resident has no family register. Leave one of the two empty.
    """

    field = "origin"
