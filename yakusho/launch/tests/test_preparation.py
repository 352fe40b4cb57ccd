"""Translations, tables, the city and static files."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch import preparation, process
from yakusho.launch.place import Place
from yakusho.launch.preparation import Wish
from yakusho.launch.process import OURSELVES
from yakusho.launch.say import Stop

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "転入届"\nmsgstr "Moving in"\n'


class House:
    """Stands in for Django and the database: remembers what was asked of them."""

    def __init__(self) -> None:
        self.managed: list[tuple[str, ...]] = []
        self.users: list[str] = []
        self.schema = "one"
        self.sample = False

    def manage(self, place: Place, cluster: pg.Cluster, words: list[str], *, user: str = "", live: bool = False) -> str:
        self.managed.append(tuple(words))
        self.users.append(user)
        return ""

    def query(self, place: Place, cluster: pg.Cluster, sql: str, **_: Any) -> str:
        if sql.startswith("COMMENT"):
            self.sample = True
            return ""
        if "shobj_description" in sql:
            return "sample" if self.sample else ""
        return self.schema


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, place: Place, tmp_path: Path) -> House:
    made = House()
    package = tmp_path / "yakusho"
    (package / "kit" / "migrations").mkdir(parents=True)
    (package / "web").mkdir()
    (package / "web" / "settings.py").write_text("")
    (package / "kit" / "migrations" / "0001.py").write_text("")
    (package / "web" / "management" / "commands").mkdir(parents=True)
    (package / "web" / "management" / "commands" / "city.py").write_text("")
    monkeypatch.setattr(preparation, "PACKAGE", package)
    monkeypatch.setattr(preparation, "manage", made.manage)
    monkeypatch.setattr(preparation.database, "query", made.query)
    settings = place.data / "cities" / "morioka"
    settings.mkdir(parents=True)
    (settings / "city.toml").write_text('name = "盛岡市"\nsample = true\n')
    return made


@pytest.fixture
def cluster(place: Place) -> pg.Cluster:
    return pg.Cluster(place.state / "pg", place.state / "pg" / "run", OURSELVES, Path("/nowhere"))


@pytest.fixture
def catalogue(house: House) -> Path:
    folder = preparation.PACKAGE / "kit" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    return folder / "django.po"


@pytest.fixture
def with_babel(place: Place) -> Place:
    """The running interpreter has babel; an environment of the temporary checkout has not."""
    return Place(place.home, place.state, place.data, place.city, checkout=False)


def test_catalogues_are_compiled(with_babel: Place, catalogue: Path) -> None:
    preparation.translations(with_babel)
    assert b"Moving in" in catalogue.with_suffix(".mo").read_bytes()
    assert sorted(path.suffix for path in catalogue.parent.iterdir()) == [".mo", ".po"]


def test_only_stale_catalogues_are_compiled(
    with_babel: Place, catalogue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preparation.translations(with_babel)
    monkeypatch.setattr(preparation, "run", lambda *_, **__: pytest.fail("compiled again"))
    preparation.translations(with_babel)
    os.utime(catalogue)
    with pytest.raises(pytest.fail.Exception, match="compiled again"):
        preparation.translations(with_babel)


def test_a_broken_catalogue_stops_the_start(with_babel: Place, catalogue: Path) -> None:
    catalogue.write_bytes(b'msgid "\xff')
    with pytest.raises(Stop, match="failed"):
        preparation.translations(with_babel)


def test_tables_are_made_once_by_the_owner(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.tables(place, cluster)
    preparation.tables(place, cluster)
    assert house.managed == [("prepare", "--verbosity", "0")]
    assert house.users == ["yakusho_owner"]


def test_a_new_migration_is_applied(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.tables(place, cluster)
    (preparation.PACKAGE / "kit" / "migrations" / "0002.py").write_text("")
    preparation.tables(place, cluster)
    assert len(house.managed) == 2


def test_another_database_is_migrated_whatever_the_stamp_says(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.tables(place, cluster)
    house.schema = "restored from an older copy"
    preparation.tables(place, cluster)
    assert len(house.managed) == 2


def test_the_city_is_built_once_and_marked_as_a_sample(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.city(place, cluster, Wish())
    preparation.city(place, cluster, Wish())
    assert house.managed == [("city", "build", "--population", "10000", "--if-empty")]
    assert preparation.is_sample(place, cluster)


def test_population_and_seed_are_passed_on(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.city(place, cluster, Wish(population=285_000, seed=0))
    assert house.managed == [("city", "build", "--population", "285000", "--seed", "0", "--if-empty")]


def test_an_interrupted_city_is_built_on_the_next_start(
    place: Place, cluster: pg.Cluster, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(preparation, "manage", cut_off)
        with pytest.raises(KeyboardInterrupt):
            preparation.city(place, cluster, Wish())
    assert preparation.is_sample(place, cluster)
    preparation.city(place, cluster, Wish())
    assert len(house.managed) == 1


def test_a_city_that_stands_is_kept_and_it_is_said(
    place: Place, cluster: pg.Cluster, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    preparation.city(place, cluster, Wish(population=500))
    preparation.city(place, cluster, Wish(population=9000))
    assert len(house.managed) == 1
    assert "built with 500 people and is kept" in capsys.readouterr().err


def test_a_real_city_gets_its_towns_and_no_mark_of_a_sample(place: Place, cluster: pg.Cluster, house: House) -> None:
    (place.data / "cities" / "morioka" / "city.toml").write_text('name = "本物市"\nsample = false\n')
    preparation.city(place, cluster, Wish())
    assert house.managed == [("city", "build", "--population", "10000", "--if-empty")]
    assert not preparation.is_sample(place, cluster)


def test_an_unknown_city_is_refused(place: Place, house: House) -> None:
    nowhere = Place(place.home, place.state, place.data, "nowhere", checkout=True)
    with pytest.raises(Stop, match="no city of that name") as stop:
        preparation.city_settings(nowhere)
    assert stop.value.code == 2


def test_the_seal_of_a_sample_city_is_made_once(place: Place, cluster: pg.Cluster, house: House) -> None:
    preparation.papers(place, cluster)
    preparation.papers(place, cluster)
    assert house.managed == [("make_seal",)]
    assert house.users == [""]


def test_a_real_city_brings_its_own_seal(place: Place, cluster: pg.Cluster, house: House) -> None:
    (place.data / "cities" / "morioka" / "city.toml").write_text("sample = false\n")
    preparation.papers(place, cluster)
    assert house.managed == []


def test_static_files_are_collected_when_they_change(place: Place, cluster: pg.Cluster, house: House) -> None:
    style = preparation.PACKAGE / "kit" / "static" / "kit.css"
    style.parent.mkdir()
    style.write_text("a")
    preparation.static(place, cluster)
    preparation.static(place, cluster)
    assert len(house.managed) == 1
    style.write_text("ab")
    preparation.static(place, cluster)
    assert [words[0] for words in house.managed] == ["collectstatic", "collectstatic"]


def test_static_files_are_collected_again_when_their_folder_was_removed(
    place: Place, cluster: pg.Cluster, house: House
) -> None:
    preparation.static(place, cluster)
    (place.state / "static" / ".stamp").unlink()
    preparation.static(place, cluster)
    assert len(house.managed) == 2


def test_a_command_of_the_house_is_found_by_its_file(house: House) -> None:
    folder = preparation.PACKAGE / "web" / "management" / "commands"
    (folder / "ask.py").write_text("")
    assert preparation.command_file("ask") == folder / "ask.py"
    assert preparation.command_file("tell") is None


def test_a_failing_program_shows_its_last_lines() -> None:
    talk = "import sys; print('\\n'.join(f'line {n}' for n in range(40))); sys.exit(3)"
    with pytest.raises(Stop, match="line 39") as stop:
        process.run([sys.executable, "-c", talk])
    assert "line 25\n" in stop.value.message
    assert "line 24\n" not in stop.value.message


def test_a_program_shown_live_that_fails_stops_the_launcher(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="Failed"):
        process.show([sys.executable, "-c", "import sys; sys.exit(1)"], env={}, cwd=tmp_path)


def test_the_program_is_declared_when_it_changes(
    house: House, place: Place, cluster: pg.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YAKUSHO_BUILD")
    code = preparation.PACKAGE / "kit" / "money.py"
    assert preparation.program(place, cluster)
    assert (house.managed[0][0], house.users) == ("declare_build", [preparation.OWNER])
    assert not preparation.program(place, cluster)
    (preparation.PACKAGE / "kit" / "README.md").write_text("said anew")
    assert not preparation.program(place, cluster)
    code.write_text("YEN = 1\n")
    assert preparation.program(place, cluster)
    house.schema = "two"  # the same program on another database
    assert preparation.program(place, cluster)
    assert len(house.managed) == 3


def test_an_image_is_known_by_its_name(
    house: House, place: Place, cluster: pg.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for image, new in (("one", True), ("one", False), ("two", True)):
        monkeypatch.setenv("YAKUSHO_BUILD", image)
        (preparation.PACKAGE / "kit" / "money.py").write_text(f"YEN = {len(house.managed)}\n")
        assert preparation.program(place, cluster) is new
