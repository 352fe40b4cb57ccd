"""What runs right now."""

import importlib.metadata
import os
import tomllib
from typing import Any

from yakusho.launch import archive, database, depot, pids, serve
from yakusho.launch import cluster as pg
from yakusho.launch.place import DATABASE, Place
from yakusho.launch.say import Stop


def version(place: Place) -> str:
    """Of the checkout, or of the installed wheel."""
    if place.checkout:
        return str(tomllib.loads((place.home / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    return importlib.metadata.version("yakusho")


def facts(place: Place) -> dict[str, Any]:
    """Cluster, database, web, worker, version, city and port, ready for JSON."""
    cluster = _cluster(place)
    running = cluster is not None and cluster.made() and cluster.answers() == 0
    web = pids.find(serve.folder(place), "web") or {}
    worker = pids.find(serve.folder(place), "worker") or {}
    supervisor = pids.find(serve.folder(place), "supervisor") or {}
    return {
        "version": version(place),
        "city": place.city,
        "home": str(place.home),
        "state": str(place.state),
        "port": web.get("port"),
        "cluster": {"running": running, "socket": str(cluster.socket) if cluster else None},
        "database": {"name": DATABASE, "ready": running and cluster is not None and _ready(place, cluster)},
        "web": {"running": bool(web), "pid": web.get("pid"), "url": supervisor.get("url") if web else None},
        "worker": {"running": bool(worker), "pid": worker.get("pid")},
        "backup": _backup(place, cluster),
    }


def _backup(place: Place, cluster: pg.Cluster | None) -> dict[str, Any]:
    """The last whole backup, and how many segments of the log are not in the depot yet."""
    made = archive.arrangement(place) if os.access(place.state / "backup" / "key", os.R_OK) else None
    found = depot.backups(made.depot.data) if made else []
    return {
        "last": found[-1].facts["ended"] if found else None,
        "waiting": len(archive.waiting(cluster)) if made and cluster else None,
    }


def _cluster(place: Place) -> pg.Cluster | None:
    try:
        return pg.locate(place) if place.state.is_dir() else None
    except Stop:
        return None


def _ready(place: Place, cluster: pg.Cluster) -> bool:
    """Not with another user's secrets: a look at the state asks for nothing."""
    return os.access(place.secrets / "db_render", os.R_OK) and database.ready(place, cluster)


def _on(part: dict[str, object]) -> str:
    return "動作中 running" if part.get("running") or part.get("ready") else "停止 stopped"


def _kept(known: dict[str, Any]) -> str:
    waits = f"  未搬送 log segments waiting: {known['waiting']}" if known["waiting"] else ""
    return f"{known['last'] or 'なし none'}{waits}"


def lines(known: dict[str, Any]) -> list[str]:
    """The same for a person."""
    return [
        f"役所 Yakusho {known['version']}  {known['city']}",
        f"データベース database: {_on(known['cluster'])}",
        f"市のデータ city data: {_on(known['database'])}",
        f"画面 web: {_on(known['web'])} {known['web']['url'] or ''}".rstrip(),
        f"作業 worker: {_on(known['worker'])}",
        f"控え backup: {_kept(known['backup'])}",
    ]
