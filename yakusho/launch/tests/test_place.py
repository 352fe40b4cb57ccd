"""Where things lie."""

import stat
import sys
from pathlib import Path

import pytest

from yakusho.launch.place import PACKAGE, Place, environment, find, make_state


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "yakusho").touch()
    (tmp_path / "yakusho").mkdir()
    return tmp_path


def test_this_very_checkout_is_found() -> None:
    place = find({})
    assert place.checkout
    assert place.home == PACKAGE.parent
    assert place.state == PACKAGE.parent / "var"


def test_a_checkout_keeps_everything_inside(checkout: Path) -> None:
    place = find({}, package=checkout / "yakusho")
    assert (place.home, place.data) == (checkout, checkout)
    assert place.python == checkout / ".venv" / "bin" / "python"
    assert {place.secrets.parent, place.stamps.parent, place.logs.parent} == {checkout / "var"}


def test_a_wheel_lives_in_the_folder_it_is_started_from(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "yakusho"
    place = find({}, package=package, cwd=tmp_path / "desk")
    assert not place.checkout
    assert place.home == tmp_path / "desk" / "yakusho-city"
    assert place.data == package / "_data"
    assert place.python == Path(sys.executable)


def test_a_wheel_follows_yakusho_home(tmp_path: Path) -> None:
    place = find({"YAKUSHO_HOME": str(tmp_path / "house")}, package=tmp_path / "site-packages" / "yakusho")
    assert place.home == tmp_path / "house"


def test_state_and_city_can_be_chosen(checkout: Path) -> None:
    chosen = {"YAKUSHO_STATE": str(checkout / "elsewhere"), "YAKUSHO_CITY": "hanamaki"}
    place = find(chosen, package=checkout / "yakusho")
    assert (place.state, place.city) == (checkout / "elsewhere", "hanamaki")


def test_an_empty_setting_counts_as_none(checkout: Path) -> None:
    place = find({"YAKUSHO_STATE": "", "YAKUSHO_CITY": ""}, package=checkout / "yakusho")
    assert (place.state, place.city) == (checkout / "var", "morioka")


def test_others_may_walk_through_the_state_but_not_into_secrets(place: Place) -> None:
    make_state(place)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (place.state, place.secrets, place.stamps, place.logs)}
    assert modes == {place.state: 0o711, place.secrets: 0o700, place.stamps: 0o700, place.logs: 0o700}


def test_programs_get_the_settings_of_the_house(place: Place) -> None:
    settings = environment(place, socket=Path("/s"), user="yakusho_owner")
    assert settings["YAKUSHO_DB_HOST"] == "/s"
    assert settings["YAKUSHO_DB_USER"] == "yakusho_owner"
    assert settings["YAKUSHO_SECRETS"] == str(place.secrets)
    assert settings["YAKUSHO_HOME"] == str(place.home)
    assert settings["YAKUSHO_STATE"] == str(place.state)
    assert settings["DJANGO_SETTINGS_MODULE"] == "yakusho.web.settings"


def test_serving_uses_the_role_with_the_least_rights(place: Place) -> None:
    assert environment(place, socket=Path("/s"))["YAKUSHO_DB_USER"] == "yakusho_app"
