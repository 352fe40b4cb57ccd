"""Where the cluster lies, and who may touch it."""

import os
import stat
from pathlib import Path

import pytest

from yakusho.launch import cluster as pg
from yakusho.launch.place import Place, make_state
from yakusho.launch.process import OURSELVES, Account
from yakusho.launch.say import Stop

DATABASE_USER = Account(uid=os.getuid(), gid=os.getgid())


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A PostgreSQL 15 that need not be there, and a database user that is ourselves."""
    programs = tmp_path / "postgresql" / "15" / "bin"
    programs.mkdir(parents=True)
    monkeypatch.setattr(pg, "programs", lambda _: programs)
    monkeypatch.setattr(pg, "_account", lambda euid: DATABASE_USER if euid == 0 else OURSELVES)
    return programs


def test_without_root_the_cluster_lies_in_the_state_folder(place: Place, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    cluster = pg.locate(place, elsewhere=tmp_path, euid=1000)
    assert cluster.root == place.state / "pg"
    assert cluster.data == place.state / "pg" / "data"


def test_as_root_the_cluster_lies_in_the_state_folder_where_its_user_can_enter(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pg, "open_to_all", lambda _: True)
    assert pg.locate(place, elsewhere=tmp_path, euid=0).root == place.state / "pg"


def test_as_root_in_a_closed_home_the_cluster_lies_elsewhere(place: Place, tmp_path: Path) -> None:
    place.home.chmod(0o700)
    first = pg.locate(place, elsewhere=tmp_path / "lib", euid=0)
    assert first.root.parent == tmp_path / "lib"
    assert pg.locate(place, elsewhere=tmp_path / "lib", euid=0) == first


def test_a_fresh_checkout_at_the_same_path_gets_a_place_of_its_own(place: Place, tmp_path: Path) -> None:
    place.home.chmod(0o700)
    first = pg.locate(place, elsewhere=tmp_path, euid=0)
    (place.state / "cluster-name").unlink()
    assert pg.locate(place, elsewhere=tmp_path, euid=0).root != first.root


def test_what_an_earlier_checkout_left_is_named_and_kept(place: Place, tmp_path: Path) -> None:
    place.home.chmod(0o700)
    first = pg.locate(place, elsewhere=tmp_path, euid=0).root
    first.mkdir()
    assert pg.leftovers(place, elsewhere=tmp_path) == []
    (place.state / "cluster-name").unlink()
    pg.locate(place, elsewhere=tmp_path, euid=0).root.mkdir()
    assert pg.leftovers(place, elsewhere=tmp_path) == [first]
    assert first.is_dir()


def test_two_checkouts_have_two_places(place: Place, tmp_path: Path) -> None:
    place.home.chmod(0o700)
    other = Place(place.home, place.home / "var2", place.data, "morioka", checkout=True)
    make_state(other)
    roots = {pg.locate(each, elsewhere=tmp_path, euid=0).root for each in (place, other)}
    assert len(roots) == 2


def test_one_closed_parent_closes_the_path(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    for parent in (inner, *inner.parents):
        if parent.stat().st_uid == os.getuid() and tmp_path in (parent, *parent.parents):
            parent.chmod(0o711)
    before = pg.open_to_all(inner / "pg")
    (tmp_path / "a").chmod(0o700)
    assert pg.open_to_all(inner / "pg") is False
    assert before is pg.open_to_all(tmp_path)


def test_a_short_path_keeps_the_socket_beside_the_data() -> None:
    assert pg.socket_folder(Path("/srv/city/var/pg"), OURSELVES) == Path("/srv/city/var/pg/run")


def test_a_long_path_moves_the_socket_to_a_short_one() -> None:
    long = Path("/srv") / ("市" * 30) / "var" / "pg"
    folder = pg.socket_folder(long, Account(104, 104))
    assert len(os.fsencode(folder)) < pg.SOCKET_LIMIT
    assert folder.name.startswith("yakusho-104-")
    assert folder == pg.socket_folder(long, Account(104, 104))
    assert folder != pg.socket_folder(long / "other", Account(104, 104))


def test_the_folder_of_the_cluster_can_be_walked_through(tmp_path: Path) -> None:
    pg.own_folder(tmp_path / "pg", OURSELVES)
    assert stat.S_IMODE((tmp_path / "pg").stat().st_mode) == 0o711


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "target")
    with pytest.raises(Stop, match="belongs to another user"):
        pg.own_folder(tmp_path / "run", OURSELVES)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(pg.os, "geteuid", lambda: 4242)
    with pytest.raises(Stop, match="belongs to another user") as stop:
        pg.own_folder(tmp_path / "run", OURSELVES)
    assert stop.value.code == 2


def test_the_newest_postgresql_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for version in ("9.6", "13", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert pg.programs(tmp_path / "data", folder=tmp_path) == tmp_path / "17" / "bin"


def test_data_stay_with_the_version_that_made_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for version in ("15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True, exist_ok=True)
        (tmp_path / version / "bin" / "initdb").touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("15\n")
    assert pg.programs(tmp_path / "data", folder=tmp_path) == tmp_path / "15" / "bin"
    (tmp_path / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(Stop, match="PostgreSQL 16 is not installed"):
        pg.programs(tmp_path / "data", folder=tmp_path)


def test_an_old_postgresql_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (tmp_path / "13" / "bin").mkdir(parents=True)
    (tmp_path / "13" / "bin" / "initdb").touch()
    with pytest.raises(Stop, match="PostgreSQL 15 is not installed"):
        pg.programs(tmp_path / "data", folder=tmp_path)


def test_settings_close_the_network_and_ask_everybody_for_a_password(place: Place) -> None:
    cluster = pg.locate(place, euid=1000)
    cluster.data.mkdir(parents=True)
    (cluster.data / "local.conf").write_text("work_mem = '64MB'\n")
    pg.configure(cluster)
    conf = (cluster.data / "postgresql.conf").read_text()
    assert "listen_addresses = ''\n" in conf
    assert conf.rstrip().endswith("include_if_exists 'local.conf'")
    assert "log_error_verbosity = terse\nlog_min_error_statement = panic\n" in conf
    rules = [line for line in (cluster.data / "pg_hba.conf").read_text().splitlines() if not line.startswith("#")]
    assert rules == ["local all all scram-sha-256", "local replication postgres scram-sha-256"]
    assert (cluster.data / "local.conf").read_text() == "work_mem = '64MB'\n"


def test_the_password_for_initdb_is_never_left_behind(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def broken(command: list[object], **_: object) -> None:
        words = next(Path(str(word).removeprefix("--pwfile=")) for word in command if "--pwfile" in str(word))
        seen.append(stat.S_IMODE(words.stat().st_mode))
        raise Stop("no space")

    (place.secrets / "db_superuser").write_text("x" * 64)
    monkeypatch.setattr(pg, "run", broken)
    cluster = pg.locate(place, euid=1000)
    with pytest.raises(Stop, match="no space"):
        pg.make(place, cluster)
    assert seen == [0o600]
    assert not cluster.made()
    assert [path.name for path in cluster.root.iterdir()] == ["belongs-to"]
    assert (cluster.root / "belongs-to").read_text() == f"{place.state}\n"
