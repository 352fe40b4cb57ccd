"""A query made once asks the same as a query made anew, with whatever values; examples must be found in it."""

from datetime import date

import pytest
from django.db.models import F, Q

from yakusho.blocks.audit.models import Entry
from yakusho.blocks.doors.prepared import Prepared


def _entries(number, word):
    return Entry.objects.filter(Q(actor=number) | Q(door=word)).annotate(who=F("actor")).values_list("door", "who")


@pytest.mark.django_db
def test_it_asks_with_other_values():
    asked = Prepared(_entries, number=-1, word="example")
    for number, word in ((0, "none"), (1, "identity.open_session"), (-1, "example")):
        assert sorted(asked.rows(number=number, word=word)) == sorted(_entries(number, word))


@pytest.mark.django_db
def test_values_are_never_part_of_the_statement():
    asked = Prepared(_entries, number=-1, word="example")
    assert asked.rows(number=5, word="' or 1=1 --") == []


def test_an_example_that_stands_nowhere_is_a_mistake():
    with pytest.raises(TypeError, match="do not stand"):
        Prepared(lambda day: Entry.objects.filter(actor=1).values_list("door"), day=date.min).rows(day=date.max)


@pytest.mark.django_db
def test_a_value_left_out_is_a_mistake():
    with pytest.raises(KeyError):
        Prepared(_entries, number=-1, word="example").rows(number=5)
