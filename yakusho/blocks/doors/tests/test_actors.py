"""Who may open what."""

import pytest

from yakusho.blocks.doors import EVERYONE, NOBODY, RESIDENT, STAFF, SYSTEM, Actor, Grant, Role

CLERK, CHIEF = Role("clerk", "係"), Role("chief", "長")
clerk = Actor(1, "係", frozenset({Grant("clerk", "desk")}))
resident = Actor(2, "市民", person=5)


@pytest.mark.parametrize(
    ("permission", "actor", "opens"),
    [
        (CLERK, clerk, True),
        (CHIEF, clerk, False),
        (CLERK | CHIEF, clerk, True),
        (CHIEF | RESIDENT, clerk, False),
        (CHIEF | RESIDENT, resident, True),
        (EVERYONE, NOBODY, True),
        (STAFF, clerk, True),
        (STAFF, resident, False),
        (STAFF, SYSTEM, False),
        (STAFF, NOBODY, False),
        (RESIDENT, NOBODY, False),
    ],
)
def test_a_permission_opens_for_its_holders_alone(permission, actor, opens):
    assert (permission.granting(actor) is not None) is opens


def test_permissions_say_their_names_for_the_table_of_rights():
    assert (CLERK | CHIEF | RESIDENT).names == ("clerk", "chief", "resident")


def test_the_grant_that_opens_is_the_one_recorded():
    both = Actor(1, "二役", frozenset({Grant("clerk", "desk"), Grant("chief", "office")}))
    assert CHIEF.granting(both) == Grant("chief", "office")
    assert both.holds("chief")
    assert not both.holds("auditor")
