"""One committed city for all tests of rights; each knock is undone."""

import pytest

from tests.access import cast
from yakusho.blocks.documents.tests import support

# Numbers that stand nowhere else: what is compared is compared without them.
FAR_APART = """
select setval(pg_get_serial_sequence(quote_ident(table_name), column_name), 7000000 + 10000 * row_number() over ())
from information_schema.columns where table_schema = 'public' and is_identity = 'YES'
"""


@pytest.fixture(scope="package")
def scene_and_cast(django_db_setup, django_db_blocker, tmp_path_factory):
    with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets"), suffix="access") as name:
        with support.owner(name) as owner:
            owner.execute(FAR_APART)
        yield cast.city()


@pytest.fixture(scope="package")
def scene(scene_and_cast):
    return scene_and_cast[0]


@pytest.fixture(scope="package")
def everybody(scene_and_cast):
    return scene_and_cast[1]


@pytest.fixture(scope="package")
def at_home(everybody):
    """Everybody, each role at one office: pages and the API add nothing to what doors say about offices."""
    return [who for who in everybody if cast.ELSEWHERE not in who.name]
