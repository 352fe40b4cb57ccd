"""From an empty machine to a house that can open, step by step; each may be cut off anywhere and run again."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from yakusho.launch import cluster as pg
from yakusho.launch import database, dependencies, packages, preparation, secrets
from yakusho.launch.place import Place, make_state
from yakusho.launch.say import line, step


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """One launcher at a time sets up a state folder; the second waits."""
    make_state(place)
    with (place.state / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            line("別の起動の終了を待っています。 / Waiting for another start of this city hall to finish its set-up …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def tools(place: Place, *, dev: bool = False) -> None:
    """Packages of the distribution, Python and npm parts."""
    packages.ensure(dev=dev, checkout=place.checkout)
    dependencies.python(place, dev=dev)
    dependencies.node(place, dev=dev)


def open_database(place: Place, *, may_make_secrets: bool = True) -> tuple[pg.Cluster, bool]:
    """The running cluster with its roles and the database; and whether this call started it."""
    if may_make_secrets:
        secrets.make_all(place.secrets)
    cluster = pg.locate(place)
    if not cluster.made():
        with step("データベース領域 database cluster"):
            pg.make(place, cluster)
        for path in pg.leftovers(place):
            line(f"  以前のデータベースが {path} に残っています。 / An earlier checkout left its database in {path}.")
    started = pg.start(cluster, say=line)
    if not database.ready(place, cluster):
        with step("役割と拡張 roles and extensions"):
            database.make(place, cluster)
    return cluster, started


def fill(place: Place, cluster: pg.Cluster, wish: preparation.Wish | None) -> bool:
    """Translations, tables, static files and, unless the wish is None, the city and what its papers need. Whether the program
    is another one than before.
    """
    preparation.translations(place)
    preparation.tables(place, cluster)
    changed = preparation.program(place, cluster)
    if wish is not None:
        preparation.city(place, cluster, wish)
        preparation.papers(place, cluster)
    preparation.static(place, cluster)
    return changed


def peek(place: Place, ask: Callable[[Place, pg.Cluster], bool]) -> bool:
    """Ask the database something without making anything; a database that was never made answers no."""
    if not (place.secrets / "db_owner").is_file():
        return False
    with alone(place):
        cluster = pg.locate(place)
        if not cluster.made():
            return False
        started = pg.start(cluster, say=line)
        try:
            return ask(place, cluster)
        finally:
            if started:
                pg.stop(cluster)
