"""The sample city's organisation, and a copy of its files that a test may change."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings as house

from yakusho.blocks.doors import SYSTEM
from yakusho.registers.organisation import actions
from yakusho.registers.organisation.formats import read_closings

ON = date(2026, 11, 24)  # a Tuesday after a holiday


@pytest.fixture
def on():
    return ON


@pytest.fixture
def city(tmp_path, settings):
    """A folder of the city's files that the house reads instead of the real one."""
    for name in ("offices.yaml", "staff.yaml", "closed.yaml"):
        shutil.copy(Path(house.CITY_DIR) / name, tmp_path / name)
    settings.CITY_DIR = tmp_path
    read_closings.cache_clear()
    yield tmp_path
    read_closings.cache_clear()


@pytest.fixture
def edit(city):
    """Changes a file of the city: ``edit("staff", lambda data: …)``."""

    def change(name, how):
        path = city / f"{name}.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        how(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")

    return change


@pytest.fixture
def load(db, city, on):
    return lambda day=on: actions.load_organisation(by=SYSTEM, on=day)


@pytest.fixture
def organisation(load):
    return load()
