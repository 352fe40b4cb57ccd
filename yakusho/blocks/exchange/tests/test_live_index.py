"""An index that is built while people write may be left half-made: the migration runs again and makes it whole."""

import os

import psycopg
import pytest

from tests import house

FOUND = """
select pg_get_indexdef(indexrelid), indisvalid from pg_index where indexrelid = 'exchange_dispatch_dead'::regclass
"""
AGAIN = "delete from django_migrations where app = 'exchange' and name = '0003_latest'"


@pytest.fixture
def database():
    name = house.clone(f"test_live_index_{os.getpid()}")
    yield name
    house.drop(name)


def owned(name):
    with house.owner() as maker:
        at = maker.info
        return psycopg.connect(host=at.host, dbname=name, user=at.user, password=at.password, autocommit=True)


@pytest.mark.slow
def test_what_an_interrupted_run_left_is_made_anew(database):
    with owned(database) as connection:
        whole = connection.execute(FOUND).fetchall()
        connection.execute("drop index exchange_dispatch_dead")
        connection.execute("create index exchange_dispatch_dead on exchange_dispatch (attempts)")
        connection.execute(AGAIN)
        assert connection.execute(FOUND).fetchall() != whole
    house.manage("migrate", "exchange", database=database)
    with owned(database) as connection:
        assert connection.execute(FOUND).fetchall() == whole
