"""The verbs of `bin/yakusho`."""

import os
import shlex
import sys

from yakusho.launch import cluster as pg
from yakusho.launch import database, secrets
from yakusho.launch.place import Place, environment, find, make_state
from yakusho.launch.say import Stop, line


def open_database(place: Place) -> tuple[pg.Cluster, bool]:
    make_state(place)
    secrets.make_all(place.secrets)
    cluster = pg.locate(place)
    pg.make(place, cluster)
    started = pg.start(cluster, say=line)
    if not database.ready(place, cluster):
        database.make(place, cluster)
    return cluster, started


def main() -> int:
    place = find(os.environ)
    verb = sys.argv[1] if len(sys.argv) > 1 else "help"
    try:
        if verb in {"db", "env"}:
            cluster, _ = open_database(place)
            for name, value in environment(place, socket=cluster.socket).items():
                print(f"export {name}={shlex.quote(value)}")
            return 0
        if verb == "down":
            pg.stop(pg.locate(place))
            return 0
    except Stop as stop:
        line(stop.message)
        return stop.code
    line("unknown")
    return 2
