"""検索キーの移行 A city whose keys were made by the folds of before: after the migration everybody is found, all rows are kept."""

import os
import threading
from datetime import date
from importlib import import_module

import psycopg
import pytest
from django.db import connection

from tests import house
from yakusho.registers.people.tests.conftest import City, address, named

# As the house of before wrote them: か゛ became が only the second time, and 大大字字 was 大字, then nothing.
BEFORE = r"""
create or replace function address_fold(t text) returns text language sql immutable strict parallel safe return
  regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(translate(regexp_replace(normalize(t, NFKC),
  U&'[\+00FE00-\+00FE0F\+0E0100-\+0E01EF]', '', 'g'), U&'一二三四五六七八九〇ー\+002010\+002011\+002012\+002013\+002014\+002015−─ヶがガッっの之 \+003000',
  '1234567890---------ケケケツツノノ'), '大字|小字', '', 'g'), '(丁目|番地|番|号)ノ?', '-', 'g'), '([0-9])ノ(?=[0-9])', '\1-', 'g'),
  '-+', '-', 'g'), '^-|-$', '', 'g');
create or replace function latin_fold(t text) returns text language sql immutable strict parallel safe return
  translate(regexp_replace(normalize(t, NFKD), U&'[\+000300-\+00036F]', '', 'g'),
  'abcdefghijklmnopqrstuvwxyz ', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
"""
ROWS = "select person_id, kind, shown, born, address from people_personsearch order by 1, 2, 3"
WAITING = """select 1 from pg_locks where not granted and relation = 'people_personsearch'::regclass
  and database = (select oid from pg_database where datname = current_database())"""
MARKED, KEY = "四ッ\u3099家1番2号", [("本宮5-4ツ家1-2",)]


@pytest.fixture(scope="module")
def kept(django_db_blocker):
    """A city in which acts are committed."""
    name = house.clone(f"test_folds_{os.getpid()}")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        yield name
        connection.close()
        connection.settings_dict["NAME"] = before
    house.drop(name)


@pytest.fixture
def database(kept):
    """The same with the functions of the house of before."""
    with owner(kept) as hand:
        hand.execute(BEFORE)
    return kept


def owner(name):
    return psycopg.connect(**connection.get_connection_params() | secret(name), autocommit=True)


def secret(name):
    password = (house.STATE / "secrets" / "db_owner").read_text("utf-8").strip()
    return {"dbname": name, "user": "yakusho_owner", "password": password, "cursor_factory": psycopg.Cursor}


def migrate(name):
    """The steps of the migration, each for itself as Django runs them where a migration is not atomic."""
    migration = import_module("yakusho.registers.people.migrations.0005_folded_once").Migration
    assert not migration.atomic
    with owner(name) as hand:
        for step in migration.operations:
            hand.execute(step.sql)


def found(city, text, **more):
    return [hit.person.id for hit in city.search(text, on=date(2026, 11, 1), **more).rows]


def people(city):
    """Three households: an address whose mark found no letter, a name that latin_fold changed, and one without either."""
    marked = city.settle(named(), at=address(block=MARKED))[0][0]
    latin = city.settle(named("李", "明", ("", ""), alphabet="LI'MING"))[0][0]
    other = city.settle(named("佐藤", "明", ("サトウ", "アキラ")), at=address(building="コーポ上田101"))[0][0]
    return marked, latin, other


def test_rows_of_the_fold_of_before_are_found_after_the_migration(database):
    city = City()
    marked, latin, other = people(city)
    with owner(database) as hand:
        before = hand.execute(ROWS).fetchall()
        untouched = hand.execute("select id from people_personsearch where person_id = %s", [other]).fetchall()
    assert marked not in found(city, "", address="本宮五丁目四ッ家")
    assert marked not in found(city, "", address="本宮五丁目" + MARKED)
    assert latin not in found(city, "liming")
    migrate(database)
    assert latin in found(city, "liming")
    assert marked in found(city, "", address="本宮五丁目四ッ家")
    assert marked in found(city, "", address="本宮五丁目" + MARKED)
    with owner(database) as hand:
        after = hand.execute(ROWS).fetchall()
        assert hand.execute("select id from people_personsearch where person_id = %s", [other]).fetchall() == untouched
        keys = hand.execute("select address from people_personsearch where person_id = %s", [marked]).fetchall()
        left = hand.execute("select count(*) from pg_proc where proname like %s", [r"%fold\_was"]).fetchone()
    assert [row[:4] for row in after] == [row[:4] for row in before]
    assert keys == KEY
    assert left == (0,)


def test_who_writes_while_it_runs_is_waited_for(database):
    """An act that began before with the old folds, and ends while the migration waits for it, has the new keys too."""
    city = City()
    marked = people(city)[0]
    with owner(database) as late:
        late.execute("begin")
        late.execute("select people_reindex(array[%s]::bigint[])", [marked])
        running = threading.Thread(target=migrate, args=[database])
        running.start()
        while not late.execute(WAITING).fetchone() and running.is_alive():
            pass
        assert running.is_alive()
        late.execute("commit")
        running.join()
        keys = late.execute("select address from people_personsearch where person_id = %s", [marked]).fetchall()
    assert keys == KEY


def test_broken_off_and_run_again_it_still_knows_the_folds_of_before(database):
    city = City()
    marked = people(city)[0]
    with owner(database) as hand:
        hand.execute("alter table people_personsearch rename to people_away")
        with pytest.raises(psycopg.errors.UndefinedTable, match="people_personsearch"):
            migrate(database)
        hand.execute("alter table people_away rename to people_personsearch")
        migrate(database)
        keys = hand.execute("select address from people_personsearch where person_id = %s", [marked]).fetchall()
    assert keys == KEY
