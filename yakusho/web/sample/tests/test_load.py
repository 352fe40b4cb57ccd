"""A city is built as an owner may: its keys are away for a moment, all back at the end; the same city for the same seed."""

import psycopg
import pytest

from tests import house

FACTS = ("naming", "residence", "closing", "origin", "foreignstatus", "protection", "person", "household")
KEYS = """
select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid), convalidated::text from pg_constraint
where connamespace = 'public'::regnamespace
union all select tablename::text, indexname::text, indexdef, '' from pg_indexes where schemaname = 'public'
union all select tgrelid::regclass::text, tgname::text, '', tgenabled::text from pg_trigger where not tgisinternal
order by 1, 2, 3
"""
SEARCH = """
select person_id, kind, reading, given_reading, writing, given_writing, shown, born, address from people_personsearch order by id
"""
HEADLESS = """
select count(*) from (select household_id from people_residence where upper(known) is null group by 1
having range_agg(valid) is distinct from range_agg(valid) filter (where relation = '世帯主')) as headless
"""


def asked(database, *queries):
    """The rows of the last query, by the owner."""
    with house.owner() as maker:
        at = maker.info
        with psycopg.connect(host=at.host, dbname=database, user=at.user, password=at.password) as connection:
            return [connection.execute(query) for query in queries][-1].fetchall()


def test_every_key_constraint_and_guard_is_back(cities):
    keys = asked(cities.built, KEYS)
    assert keys == asked(cities.empty, KEYS)
    assert any("EXCLUDE" in row[2] for row in keys)


@pytest.mark.parametrize("table", FACTS)
def test_the_same_seed_gives_the_same_city(cities, table):
    rows = f"select to_jsonb(r) - 'changed_at' from people_{table} r order by id"
    assert asked(cities.built, rows) == asked(cities.again, rows) != []


def test_search_keys_are_those_that_the_register_makes(cities):
    loaded = asked(cities.built, SEARCH)
    assert len({row[0] for row in loaded}) == 336
    assert asked(cities.built, "select people_reindex(null)", SEARCH) == loaded
    some = "select people_reindex(array(select id from people_person where id > 100))"
    assert sorted(asked(cities.built, some, SEARCH)) == sorted(loaded)


def test_no_household_was_ever_without_a_head(cities):
    assert asked(cities.built, HEADLESS) == [(0,)]


def test_a_city_with_people_is_not_built_over(cities):
    house.manage("city", "build", "--population", "300", database=cities.built, ok=(1,))
    assert asked(cities.built, "select count(*) from people_person") == [(336,)]
