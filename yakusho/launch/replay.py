"""The log to be replayed: out of its boxes, without a gap, just as far as the minute that is wanted."""

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from yakusho.launch import archive, sealing
from yakusho.launch import depot as depots
from yakusho.launch.cluster import Cluster
from yakusho.launch.depot import Backup, Depot
from yakusho.launch.place import Place
from yakusho.launch.process import run
from yakusho.launch.say import Stop
from yakusho.launch.sealing import Key

BATCH = 16
FEED = "cp ../replay/%f %p"
COMMIT = re.compile(r"desc: COMMIT (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+) UTC")


@dataclass(frozen=True)
class Reach:
    """How far the log goes: the last act in it that is wanted, and how many segments lead there."""

    last: datetime | None
    segments: int


def chain(depot: Depot, backup: Backup, *, until: datetime | None) -> tuple[list[str], str]:
    """The segments that follow each other from the end of the backup on; and the one that is missing, if one is."""
    facts = backup.facts
    there = archive.segments(depot, facts["system"], facts["timeline"])
    found, wanted = [], facts["end_segment"]
    known = set(there)
    while wanted in known:
        found.append(wanted)
        wanted = archive.following(wanted)
    missing = wanted if not found or (there and there[-1] > wanted) else ""
    if missing and (until is None or not found):
        raise _missing(missing, None)
    return found, missing


def _missing(segment: str, last: datetime | None) -> Stop:
    until = f"「{depots.local(last)}」までは復元できます。" if last else ""
    english = f" What was done until {depots.local(last)} can be restored." if last else ""
    return Stop(f"変更記録 {segment} がありません。{until} / The log segment {segment} is missing.{english}")


def fetch(place: Place, cluster: Cluster, backup: Backup, *, depot: Depot, key: Key, until: datetime | None) -> Reach:
    """Put the segments beside the data. Stops, before anything is replayed, where the log does not reach the minute."""
    found, missing = chain(depot, backup, until=until)
    folder = cluster.root / "replay"
    folder.mkdir(mode=0o700)
    os.chown(folder, cluster.account.number, -1)
    last, count = None, 0
    for start in range(0, len(found), BATCH):
        batch = found[start : start + BATCH]
        _out(place, depot, backup, key, folder, batch, cluster)
        count += len(batch)
        for name in batch if until is not None or start + BATCH >= len(found) else ():
            for commit in commits(cluster, folder, name):
                if until is not None and commit > until:
                    return Reach(last, count)
                last = commit
    if until is None:
        return Reach(last, count)
    if missing:
        raise _missing(missing, last)
    end = depots.local(last) if last else depots.local(backup.ended)
    raise Stop(f"その時刻は記録の外です。記録は {end} まで。 / That is beyond the log, whose last act is of {end}.", 2)


def _out(
    place: Place, depot: Depot, backup: Backup, key: Key, folder: Path, names: list[str], cluster: Cluster
) -> None:
    boxes = depot.wal(backup.facts["system"])
    files = [[str(boxes / f"{name}.box"), str(folder / name), f"wal/{name}"] for name in names]
    try:
        sealing.order(place, "unseal", key=key.secret, files=files)
    except Stop as stop:
        whole = [name for name in names if (folder / name).exists()]
        broken = boxes / f"{names[len(whole)]}.box" if len(whole) < len(names) else boxes
        raise Stop(f"{stop.message}\n{broken}", stop.code) from None
    for name in names:
        os.chown(folder / name, cluster.account.number, -1)


def commits(cluster: Cluster, folder: Path, segment: str) -> list[datetime]:
    """The instants of the acts in a segment, in the order of the log."""
    command = [cluster.programs / "pg_waldump", "-p", folder, "--rmgr=Transaction", segment, segment]
    text = run(command, env={"TZ": "UTC"}, cwd=Path("/"), check=False).stdout
    return [datetime.fromisoformat(found).replace(tzinfo=UTC) for found in COMMIT.findall(text)]
