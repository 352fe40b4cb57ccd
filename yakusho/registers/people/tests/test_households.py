"""世帯の形 Impossible households are refused, unlikely ones remarked."""

from datetime import date

import pytest

from yakusho.registers.people.rules.households import Member, NoHead, TwoHeads, TwoSpouses, check
from yakusho.registers.people.terms import Sex

ON = date(2026, 11, 1)


def member(person, relation, sex=Sex.MALE, born=date(1980, 1, 1)):
    return Member(person, f"見本　{person}", relation, sex, born)


HEAD = member(1, "世帯主")
WIFE = member(2, "妻", Sex.FEMALE, date(1982, 2, 2))
CHILD = member(3, "子", Sex.FEMALE, date(2010, 3, 3))


def test_a_plain_family_passes_without_remarks():
    assert check([HEAD, WIFE, CHILD], on=ON) == []


def test_an_empty_household_is_no_matter():
    assert check([], on=ON) == []


def test_a_household_without_a_head_is_refused():
    with pytest.raises(NoHead):
        check([WIFE, CHILD], on=ON)


def test_two_heads_are_refused_by_name():
    with pytest.raises(TwoHeads) as refused:
        check([HEAD, member(9, "世帯主")], on=ON)
    assert "見本　9" in refused.value.ja


def test_two_spouses_are_refused_also_unregistered_ones():
    with pytest.raises(TwoSpouses):
        check([HEAD, WIFE, member(4, "妻（未届）", Sex.FEMALE)], on=ON)


@pytest.mark.parametrize(
    ("strange", "word"),
    [
        (member(5, "妻", Sex.FEMALE, date(2009, 1, 1)), "18歳未満"),
        (member(5, "子", born=date(1985, 1, 1)), "年の差"),
        (member(5, "子", born=date(1970, 1, 1)), "年の差"),
        (member(5, "父", born=date(1975, 1, 1)), "年の差"),
        (member(5, "夫", born=date(1981, 1, 1)), "性別が同じ"),
        (member(5, "妻の子", born=date(2012, 1, 1)), "妻が世帯にいません"),
    ],
)
def test_what_is_unlikely_is_remarked_and_not_refused(strange, word):
    remarks = check([HEAD, strange], on=ON)
    assert any(word in remark.ja for remark in remarks)
    assert all(remark.en for remark in remarks)


def test_twins_are_not_remarked():
    assert check([HEAD, WIFE, CHILD, member(6, "子", Sex.FEMALE, CHILD.born)], on=ON) == []
