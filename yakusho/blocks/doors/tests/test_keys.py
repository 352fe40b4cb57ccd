"""How long a key is remembered."""

import pytest
from django.db import connection

from yakusho.blocks.doors import keys, tasks

pytestmark = pytest.mark.django_db


def remembered():
    with connection.cursor() as cursor:
        cursor.execute("select key from doors_key order by key")
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.parametrize(("age", "left"), [(29, ["old"]), (31, [])])
def test_a_key_and_its_result_are_forgotten_after_thirty_days(age, left):
    keys.claim(key="old", actor=1, door="toy.ring", print_="0")
    keys.keep(key="old", result='"someone"')
    with connection.cursor() as cursor:
        cursor.execute("update doors_key set at = now() - make_interval(days => %s)", [age])
    assert tasks.forget_keys(timestamp=0) == 1 - len(left)
    assert remembered() == left


def test_the_keys_of_today_stay():
    keys.claim(key="new", actor=1, door="toy.ring", print_="0")
    assert keys.forget() == 0
    assert remembered() == ["new"]
