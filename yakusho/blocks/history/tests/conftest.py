"""Two toy tables, made by the owner in the test database: things, and the colour that each thing has on a day."""

import pytest
from django.conf import settings
from django.db import connection, connections, models

from yakusho.blocks.history.models import Fact, one_truth
from yakusho.blocks.history.operations import guarded


class Thing(models.Model):
    """Something that has a colour."""

    class Meta:
        app_label = "history"
        db_table = "toy_thing"


class Colour(Fact):
    """The colour that a thing has."""

    subject_field = "thing"

    thing = models.ForeignKey(Thing, models.PROTECT, db_constraint=False)
    name = models.CharField(max_length=20)

    class Meta:
        app_label = "history"
        db_table = "toy_colour"
        constraints = one_truth("toy_colour", "thing")


@pytest.fixture(scope="session")
def toys(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The toy tables, with the guard that every fact table has."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        connections.databases["owner"] = {
            **connection.settings_dict,
            "USER": "yakusho_owner",
            "PASSWORD": _owners_password(),
        }
        owner = connections["owner"]
        with owner.schema_editor() as editor:
            editor.create_model(Thing)
            editor.create_model(Colour)
            editor.execute(guarded("toy_colour").sql)
        owner.close()
        del connections.databases["owner"]


def _owners_password() -> str:
    return settings.SECRETS.joinpath("db_owner").read_text("utf-8").strip()


@pytest.fixture
def thing(toys: None, db: None) -> int:
    """A thing without a colour yet."""
    return Thing.objects.create().pk
