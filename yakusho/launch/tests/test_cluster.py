"""A real cluster: made, started, killed, healed, stopped."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch import database, preparation, secrets, setup
from yakusho.launch.place import APP, OWNER, RENDER, Place
from yakusho.launch.say import Stop

pytestmark = pytest.mark.slow


def ask(place: Place, sql: str, *, user: str = OWNER, name: str = "city") -> str:
    return database.query(place, pg.locate(place), sql, user=user, database=name)


def master(place: Place) -> int:
    return int((pg.locate(place).data / "postmaster.pid").read_text().split()[0])


@pytest.fixture
def running(shared_place: Place) -> Place:
    """The same cluster for all these tests, running again whatever the test before did to it."""
    setup.open_database(shared_place)
    return shared_place


def test_a_start_makes_everything_and_a_second_one_nothing(open_place: Place) -> None:
    cluster, started = setup.open_database(open_place)
    first = master(open_place)
    assert started
    assert setup.open_database(open_place) == (cluster, False)
    assert master(open_place) == first


def test_a_new_database_does_not_inherit_the_record_of_the_one_before(open_place: Place) -> None:
    setup.open_database(open_place)
    number = preparation.database_number(open_place, pg.locate(open_place))
    pg.stop(pg.locate(open_place))
    (open_place.state / "audit").mkdir()
    (open_place.state / "audit" / "checkpoint").write_text("of the first")
    shutil.rmtree(pg.locate(open_place).root)
    setup.open_database(open_place)
    assert not (open_place.state / "audit").exists()
    assert (open_place.state / "audit.before-1" / "checkpoint").read_text() == "of the first"
    assert preparation.database_number(open_place, pg.locate(open_place)) != number


def test_japanese_text_can_be_searched_here_and_in_test_databases(running: Place) -> None:
    assert ask(running, "SELECT cardinality(show_trgm('住民税'))") > "0"
    assert ask(running, "SHOW server_encoding") == "UTF8"
    ask(running, "CREATE DATABASE scratch")
    found = ask(running, "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension", name="scratch")
    assert found.split() == ["btree_gist", "pg_trgm", "pgcrypto", "plpgsql", "postgis", "unaccent"]


def test_no_role_of_the_house_is_an_administrator(running: Place) -> None:
    rights = ask(
        running,
        "SELECT string_agg(concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb), ',' "
        "ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'yakusho%'",
    )
    assert rights == "yakusho_app f f f f,yakusho_owner f f f t,yakusho_render f f f f"


def test_the_serving_role_can_make_nothing(running: Place) -> None:
    with pytest.raises(Stop, match="permission denied"):
        ask(running, "CREATE TABLE t (a int)", user=APP)
    with pytest.raises(Stop, match="permission denied"):
        ask(running, "SET ROLE yakusho_owner", user=RENDER)


def test_nobody_enters_without_the_right_password(running: Place) -> None:
    cluster = pg.locate(running)
    login = [cluster.programs / "psql", "-w", "-h", cluster.socket, "-U", APP, "-d", "city", "-c", "SELECT 1"]
    for word in ("", "wrong"):
        done = subprocess.run(login, env={**os.environ, "PGPASSWORD": word}, capture_output=True, text=True)
        assert done.returncode == 2
        assert "password" in done.stderr


def test_it_listens_on_no_network_address(running: Place) -> None:
    assert ask(running, "SHOW listen_addresses") == ""
    inodes = {os.readlink(link) for link in Path(f"/proc/{master(running)}/fd").iterdir() if link.is_symlink()}
    tables = [Path(f"/proc/net/{kind}").read_text().splitlines()[1:] for kind in ("tcp", "tcp6")]
    listening = {f"socket:[{line.split()[9]}]" for table in tables for line in table if line.split()[3] == "0A"}
    assert inodes & listening == set()


def test_a_killed_server_comes_back_with_what_was_committed(running: Place) -> None:
    ask(running, "CREATE TABLE kept (a int); INSERT INTO kept VALUES (42)")
    os.kill(master(running), signal.SIGKILL)
    cluster, started = setup.open_database(running)
    assert started
    assert cluster.answers() == 0
    assert ask(running, "SELECT a FROM kept") == "42"


def test_what_a_cut_off_set_up_left_is_cleared(open_place: Place) -> None:
    secrets.make_all(open_place.secrets)
    cluster = pg.locate(open_place)
    half = cluster.root / "data.draft"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    setup.open_database(open_place)
    assert not half.exists()
    assert ask(open_place, "SELECT 1") == "1"


def test_missing_roles_and_extensions_are_healed(running: Place) -> None:
    cluster = pg.locate(running)
    database.query(running, cluster, f"DROP EXTENSION pg_trgm; DROP OWNED BY {RENDER}", user="postgres")
    database.query(running, cluster, f"DROP ROLE {RENDER}", user="postgres")
    assert not database.ready(running, cluster)
    setup.open_database(running)
    assert database.ready(running, cluster)


def test_a_changed_password_is_taken_over(running: Place) -> None:
    (running.secrets / "db_app").write_text("another-word-of-more-than-32-letters\n")
    setup.open_database(running)
    assert ask(running, "SELECT 1", user=APP) == "1"


def test_no_password_reaches_the_log(running: Place) -> None:
    with pytest.raises(Stop):
        ask(running, "ALTER ROLE nobody PASSWORD 'x'")
    log = pg.locate(running).log.read_text()
    assert [name for name in secrets.NAMES if secrets.read(running.secrets, name) in log] == []


def test_stopping_ends_open_sessions_and_twice_is_harmless(running: Place) -> None:
    cluster = pg.locate(running)
    word = secrets.read(running.secrets, "db_app")
    login = [cluster.programs / "psql", "-h", cluster.socket, "-U", APP, "-d", "city", "-c", "SELECT pg_sleep(60)"]
    with subprocess.Popen(login, env={**os.environ, "PGPASSWORD": word}, stderr=subprocess.DEVNULL) as session:
        time.sleep(0.3)
        assert pg.stop(cluster) is True
        assert session.wait(10) != 0
    assert pg.stop(cluster) is False


def test_a_start_that_cannot_work_shows_the_servers_own_words(running: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = pg.locate(running)
    pg.stop(cluster)
    (cluster.data / "local.conf").write_text("shared_buffers = 'much'\n")
    monkeypatch.setattr(pg, "START_SECONDS", 0)
    with pytest.raises(Stop, match='invalid value for parameter "shared_buffers"'):
        pg.start(cluster)
    (cluster.data / "local.conf").unlink()
