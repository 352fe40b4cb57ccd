"""One committed city for all tests of rights; each knock is undone."""

import pytest

from tests.access import cast
from yakusho.blocks.documents.tests import support


@pytest.fixture(scope="package")
def scene_and_cast(django_db_setup, django_db_blocker, tmp_path_factory):
    with support.committed(django_db_blocker, tmp_path_factory.mktemp("secrets"), suffix="access"):
        yield cast.city()


@pytest.fixture(scope="package")
def scene(scene_and_cast):
    return scene_and_cast[0]


@pytest.fixture(scope="package")
def everybody(scene_and_cast):
    return scene_and_cast[1]
