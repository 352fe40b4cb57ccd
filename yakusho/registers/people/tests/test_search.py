"""検索 People are found as clerks look for them, and never by what is withheld."""

from datetime import date

import pytest

from yakusho.registers.people import actions, queries, values
from yakusho.registers.people.terms import ClosingReason, ProtectionKind, Sex
from yakusho.registers.people.tests.conftest import ON, address, call, named

LATER = date(2026, 6, 1)


def found(city, text, **more):
    return [hit.person.id for hit in city.search(text, **more).rows]


@pytest.fixture
def misaki(city):
    return city.settle(named(former_family="佐藤", former_family_kana="サトウ", alphabet="TAKAHASHI MISAKI"))[0][0]


@pytest.mark.parametrize(
    "typed",
    [
        "たかはし",
        "ﾀｶﾊｼ ﾐｻｷ",
        "タカハシミサキ",
        "高橋",
        "髙橋 美咲",
        "たか みさ",
        "*みさき",
        "*美咲",
        "さとう みさき",
        "佐藤",
        "takahashi",
        "S54.3.5",
        "540305",
        "1979-3-5",
        "たかはし S54",
        "高橋 79",
        "本宮5-15-8",
        "本宮五丁目",
        "高橋 本宮 5-15-8",
        "高橋 本宮",
    ],
)
def test_one_person_many_ways(city, misaki, typed):
    assert found(city, typed) == [misaki]


@pytest.mark.parametrize("typed", ["たかはし S55", "すずき", "*ケンイチ", "本宮5-15-9", "高橋 上田1-4", "1979-3-6"])
def test_everything_that_is_asked_must_match(city, misaki, typed):
    assert found(city, typed) == []


def test_the_persons_number_finds_the_person(city, misaki):
    assert found(city, f"{misaki:07d}") == [misaki]


@pytest.mark.parametrize(
    ("registered", "typed"),
    [("シマヅ", "しまず"), ("キヨウコ", "きょうこ"), ("オーノ", "おの"), ("ヂヨンソン", "ジョンソン")],
)
def test_readings_that_people_vary(city, registered, typed):
    (person,), _ = city.settle(named(kana=(registered, "")))
    assert found(city, typed) == [person]


@pytest.mark.parametrize(("registered", "typed"), [("渡邉", "渡辺"), ("齋藤", "斉藤"), ("﨑", "崎"), ("辻󠄀", "辻")])
def test_characters_that_people_vary(city, registered, typed):
    (person,), _ = city.settle(named(family=registered))
    assert found(city, typed) == [person]


def test_a_former_name_still_leads_to_the_person(city, misaki):
    city.change(LATER, names=[values.NameChange(person=misaki, names=named(family="鈴木", kana=("スズキ", "ミサキ")))])
    hits = city.search("たかはし").rows
    assert [hit.person.id for hit in hits] == [misaki]
    assert hits[0].matched == "髙橋　美咲"
    assert hits[0].person.names.family == "鈴木"


def test_an_alias_of_a_foreign_resident(city):
    (person,), _ = city.settle(
        named(family="", given="", kana=("", ""), alphabet="KIM MINSU", alias="金田　民", alias_kana="カネダ　ミン")
    )
    assert found(city, "KIM") == found(city, "かねだ") == found(city, "金田") == found(city, "KIM 79") == [person]


def test_same_name_and_birth_are_marked(city, misaki):
    twin = city.settle(named(given="美早紀"), at=address("みたけ三丁目", "10番1号"))[0][0]
    city.settle(named(given="みさき", born=date(1988, 11, 20)))
    marks = {hit.person.id: hit.same_name_and_birth for hit in city.search("たかはし").rows}
    assert marks[misaki]
    assert marks[twin]
    assert sum(marks.values()) == 2


def test_only_residents_when_asked(city, misaki):
    city.change(LATER, closings=[values.ClosingEntry(person=misaki, reason=ClosingReason.MOVED_OUT)])
    assert found(city, "たかはし", on=date(2026, 5, 1), residents_only=True) == [misaki]
    assert found(city, "たかはし", residents_only=True) == []
    assert found(city, "たかはし") == [misaki]


def test_pages_follow_each_other_without_loss(city):
    people, _ = city.settle(
        *[named(given=f"子{n}", kana=("タカハシ", "アイウエオカキクケコ"[n % 10])) for n in range(120)],
        relations=["世帯主", *["子"] * 119],
    )
    seen, after = [], ""
    for _ in range(4):
        hits = city.search("たかはし", after=after)
        assert len(hits.rows) <= 50
        seen += [hit.person.id for hit in hits.rows]
        after = hits.after
        if not after:
            break
    assert sorted(seen) == sorted(people)
    assert city.search("たかはし", after="999999999").rows == []


def test_a_search_costs_the_same_for_one_and_for_fifty(city, django_assert_num_queries):
    city.settle(named(given="一", kana=("スズキ", "イチ")))
    city.settle(*[named(given=f"子{n}") for n in range(60)], relations=["世帯主", *["子"] * 59])
    with django_assert_num_queries(2 + 3):
        assert len(city.search("すずき").rows) == 1
    with django_assert_num_queries(2 + 3):
        assert len(city.search("たかはし").rows) == 50


@pytest.fixture
def protected(city):
    (person,), _ = city.settle(named(sex=Sex.FEMALE))
    opponent = values.Opponent(name="髙橋　健一")
    call(actions.protect, person=person, kind=ProtectionKind.SPOUSE, together=[], opponents=[opponent], on=ON)
    return person


@pytest.mark.parametrize("typed", ["本宮5-15-8", "本宮五丁目", "高橋 本宮5-15-8", "S54.3.5 本宮5-15-8", "高橋 本宮"])
def test_an_address_never_finds_a_protected_person(city, protected, typed):
    neighbour = city.settle(named(given="隣"))[0][0]
    assert found(city, typed) == [neighbour]
    assert found(city, "", address="本宮") == [neighbour]


def test_a_name_finds_a_protected_person_without_the_address(city, protected):
    hit = city.search("たかはし").rows[0]
    assert hit.person.withheld
    assert hit.person.residence.address is None
    assert "本宮" not in hit.model_dump_json()


def test_search_keys_themselves_hold_no_protected_address(city, protected):
    call(actions.reindex)
    assert found(city, "本宮5-15-8") == []


def test_people_of_one_name_and_birth_date_are_told_by_place_and_not_without_end(city):
    other = city.settle(named(given="隣", kana=("タカハシ", "トナリ")))[0][0]
    same = [city.settle(named())[0][0] for _ in range(22)]
    asked = [named(given="隣", kana=("タカハシ", "トナリ")), named(family="高橋"), named(born=date(1979, 3, 6))]
    told = [(one.place, one.person) for one in call(queries.alike, names=asked)]
    assert told == [(0, other), *((1, person) for person in sorted(same)[:20])]
