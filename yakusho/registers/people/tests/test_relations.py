"""続柄 The wording of relations: what is accepted, what is refused and with which advice."""

import pytest

from yakusho.registers.people.rules.relations import (
    RelationContradictsSex,
    UnknownRelation,
    check_sex,
    written,
)
from yakusho.registers.people.terms import Sex


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("世帯主", "世帯主"),
        ("妻", "妻"),
        ("妻(未届)", "妻（未届）"),
        ("妻 の 父", "妻の父"),
        ("妻の父の妹", "妻の父の妹"),
        ("子の妻(未届)", "子の妻（未届）"),
        ("同居人の子", "同居人の子"),
    ],
)
def test_a_relation_is_written_in_one_way(typed, recorded):
    assert written(typed) == recorded
    assert written(recorded) == recorded


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("長男", "子"),
        ("二女", "子"),
        ("孫", "子の子"),
        ("本人", "世帯主"),
        ("内縁の妻", "妻（未届）"),
        ("弟の長男", "子"),
        ("友人", "同居人"),
        ("", "同居人"),
    ],
)
def test_old_and_common_words_are_refused_with_the_right_one(typed, advice):
    with pytest.raises(UnknownRelation) as refused:
        written(typed)
    assert advice in refused.value.ja
    assert refused.value.field == "relation"


def test_the_head_is_no_link_of_a_chain():
    with pytest.raises(UnknownRelation):
        written("世帯主の子")


@pytest.mark.parametrize(
    ("relation", "sex"), [("夫", Sex.FEMALE), ("妻の母", Sex.MALE), ("子の夫", Sex.FEMALE), ("妹", Sex.MALE)]
)
def test_a_relation_that_contradicts_the_registered_sex_is_refused(relation, sex):
    with pytest.raises(RelationContradictsSex) as refused:
        check_sex(relation=relation, sex=sex, name="髙橋　蓮")
    assert "髙橋　蓮" in refused.value.ja


@pytest.mark.parametrize(
    ("relation", "sex"), [("夫", Sex.MALE), ("夫", Sex.UNKNOWN), ("子", Sex.FEMALE), ("同居人", Sex.MALE)]
)
def test_other_relations_pass(relation, sex):
    assert check_sex(relation=relation, sex=sex, name="髙橋　蓮") is None
