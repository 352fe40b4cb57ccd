"""世帯主の交代 Relations to a new head."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yakusho.registers.people.rules.households import Member
from yakusho.registers.people.rules.relations import SEX_OF, written
from yakusho.registers.people.rules.succession import (
    HeadMissing,
    Proposal,
    RelationMissing,
    inverse,
    propose,
    regroup,
)
from yakusho.registers.people.terms import Sex

MALE, FEMALE = Sex.MALE, Sex.FEMALE
FATHER = Member(1, "父さん", "世帯主", MALE, date(1970, 1, 1))
MOTHER = Member(2, "母さん", "妻", FEMALE, date(1971, 1, 1))
SON = Member(3, "息子", "子", MALE, date(2000, 1, 1))
DAUGHTER = Member(4, "娘", "子", FEMALE, date(2003, 1, 1))
GRANDMOTHER = Member(5, "祖母", "母", FEMALE, date(1940, 1, 1))
HER_FATHER = Member(6, "妻の父", "妻の父", MALE, date(1941, 1, 1))
LODGER = Member(7, "下宿人", "同居人", MALE, date(1999, 1, 1))
FAMILY = [FATHER, MOTHER, SON, DAUGHTER, GRANDMOTHER, HER_FATHER, LODGER]


@pytest.mark.parametrize(
    ("relation", "sex", "turned"),
    [
        ("妻", MALE, "夫"),
        ("夫（未届）", FEMALE, "妻（未届）"),
        ("子", MALE, "父"),
        ("子", FEMALE, "母"),
        ("母", MALE, "子"),
        ("兄", FEMALE, "妹"),
        ("妹", MALE, "兄"),
        ("妻の父", MALE, "子の夫"),
        ("父の父", MALE, "子の子"),
        ("子の妻", MALE, "夫の父"),
        ("妻の子", MALE, "母の夫"),
        ("兄の子", FEMALE, "父の妹"),
        ("子の子", MALE, ""),
        ("子", Sex.UNKNOWN, ""),
        ("同居人", MALE, ""),
    ],
)
def test_what_the_old_head_is_to_the_new_one(relation, sex, turned):
    assert inverse(relation, sex=sex) == turned


def test_when_the_wife_becomes_head():
    proposals = {one.person: (one.relation, one.certain) for one in propose(FAMILY, head=2)}
    assert proposals == {
        1: ("夫", True),
        2: ("世帯主", True),
        3: ("子", False),  # may be the husband's only
        4: ("子", False),
        5: ("夫の母", True),
        6: ("父", True),
        7: ("同居人", True),
    }


def test_when_a_son_becomes_head():
    proposals = {one.person: (one.relation, one.certain) for one in propose(FAMILY, head=3)}
    assert proposals[1] == ("父", True)
    assert proposals[2] == ("母", False)  # may be the father's second wife
    assert proposals[4] == ("妹", True)
    assert proposals[5] == ("父の母", True)
    assert proposals[6] == ("", False)


def test_siblings_as_heads():
    brother = Member(8, "弟", "弟", MALE, date(1975, 1, 1))
    sister = Member(9, "姉", "姉", FEMALE, date(1968, 1, 1))
    assert propose([FATHER, brother, sister], head=8)[2] == Proposal(9, "姉", certain=False)
    assert propose([FATHER, brother, DAUGHTER], head=8)[2] == Proposal(4, "兄の子", certain=True)


def test_nobody_changes_when_the_head_stays():
    assert regroup(FAMILY, leaving=[3], given={}) == {}
    assert regroup(FAMILY, leaving=[3], given={4: "妻の子"}) == {4: "妻の子"}


def test_the_last_one_becomes_head_by_himself():
    assert regroup([FATHER, MOTHER], leaving=[1], given={}) == {2: "世帯主"}


def test_a_new_head_must_be_named_when_several_remain():
    with pytest.raises(HeadMissing):
        regroup(FAMILY, leaving=[1], given={})
    with pytest.raises(HeadMissing):
        regroup(FAMILY, leaving=[1], given={2: "世帯主", 3: "世帯主"})


def test_what_cannot_be_derived_must_be_given():
    with pytest.raises(RelationMissing) as refused:
        regroup(FAMILY, leaving=[1], given={2: "世帯主"})
    assert "息子、娘" in refused.value.ja
    changed = regroup(FAMILY, leaving=[1], given={2: "世帯主", 3: "子", 4: "子"})
    assert changed == {2: "世帯主", 5: "夫の母", 6: "父"}


def test_an_empty_rest_needs_nothing():
    assert regroup([FATHER, MOTHER], leaving=[1, 2], given={}) == {}


RELATIONS = st.lists(st.sampled_from(sorted(SEX_OF)), min_size=1, max_size=3).map("の".join)


@given(st.lists(RELATIONS, min_size=1, max_size=5), st.integers(0, 4), st.sampled_from(list(Sex)))
def test_every_proposal_is_a_relation_the_record_accepts(relations, chosen, sex):
    members = [
        FATHER,
        *(Member(10 + n, str(n), relation, sex, date(1990, 1, 1 + n)) for n, relation in enumerate(relations)),
    ]
    proposals = propose(members, head=members[1 + chosen % len(relations)].person)
    assert [one.relation for one in proposals].count("世帯主") == 1
    assert all(written(one.relation) == one.relation for one in proposals if one.relation)
