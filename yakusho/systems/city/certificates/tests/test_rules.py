"""The words that certify a paper."""

import pytest

from yakusho.systems.city.certificates import rules
from yakusho.systems.city.certificates.papers import wanted
from yakusho.systems.city.certificates.values import CopyKind


@pytest.mark.parametrize("kind", CopyKind)
def test_each_paper_is_certified_in_the_same_words_by_printer_and_gate(kind):
    assert rules.statement(kind=kind.value, everybody=False) == wanted.CERTIFIED[f"certificates.{kind.name.lower()}"]


def test_everybody_is_certified_only_on_a_copy_of_the_whole_household():
    assert "世帯全員の" in rules.statement(kind="住民票の写し", everybody=True)
    assert "世帯全員の" not in rules.statement(kind="住民票の写し", everybody=False)
    assert "世帯全員の" not in rules.statement(kind="住民票記載事項証明書", everybody=True)
