"""The archive: finished log segments wait in the spool beside the data; they are carried into the depot as boxes."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from yakusho.launch import database, sealing
from yakusho.launch import depot as depots
from yakusho.launch.cluster import SUPERUSER, Cluster, own_folder
from yakusho.launch.depot import SEGMENT, Depot
from yakusho.launch.place import Place, environment
from yakusho.launch.say import Stop
from yakusho.launch.sealing import Key

BATCH = 16
EVERY = 60.0  # seconds of work that a lost disk may cost while the house is open
ARCHIVED_SECONDS = 120
SWITCH = "SELECT system_identifier || ' ' || pg_walfile_name(pg_switch_wal()) FROM pg_control_system()"


@dataclass(frozen=True)
class Arrangement:
    """Where this city keeps its backups, under which key; agreed at the first backup, kept in the state folder."""

    depot: Depot
    identity: str
    system: str
    key: Key


def folder(place: Place) -> Path:
    return place.state / "backup"


def arrangement(place: Place) -> Arrangement | None:
    """What was agreed; nothing where there has never been a backup."""
    try:
        told = json.loads((folder(place) / "arrangement.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    key = Key((folder(place) / "key").read_text("ascii").strip(), told["key"])
    return Arrangement(Depot(Path(told["to"]), Path(told["keys"])), told["id"], told["system"], key)


def note(place: Place, made: Arrangement) -> None:
    """Keep what was agreed."""
    folder(place).mkdir(mode=0o700, exist_ok=True)
    told = {"to": str(made.depot.data), "keys": str(made.depot.keys), "id": made.identity}
    depots.put(folder(place) / "key", made.key.secret)
    depots.put(
        folder(place) / "arrangement.json", json.dumps({**told, "system": made.system, "key": made.key.mark}, indent=2)
    )


def spool(cluster: Cluster) -> Path:
    return cluster.root / "spool"


def open_spool(cluster: Cluster) -> None:
    """With this folder the server begins to archive; only its own user looks into it."""
    own_folder(spool(cluster), cluster.account)
    spool(cluster).chmod(0o700)


def waiting(cluster: Cluster) -> list[Path]:
    """Segments and their histories that are not in the depot yet, in their order."""
    return sorted(path for path in spool(cluster).glob("[0-9A-F]*"))


@contextmanager
def alone(place: Place, name: str, *, wait: bool) -> Iterator[bool]:
    """One at a time; false where another one is at it and this one does not wait."""
    folder(place).mkdir(mode=0o700, exist_ok=True)
    with (folder(place) / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def carry(place: Place, cluster: Cluster, *, wait: bool = False) -> int:
    """Bring into the depot what is new: segments, the published checkpoint, changed secrets; how many segments."""
    made = arrangement(place)
    if made is None:
        raise Stop(
            "控えの置き場所が決まっていません。 / No backup has been made yet: `bin/yakusho backup --to DIR`.", 2
        )
    with alone(place, "carry", wait=wait) as mine:
        if not mine:
            return 0
        belongs(made)
        target = made.depot.wal(made.system)
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = waiting(cluster)
        for start in range(0, len(found), BATCH):
            batch = found[start : start + BATCH]
            files = [[str(path), str(target / f"{path.name}.box"), f"wal/{path.name}"] for path in batch]
            sealing.order(place, "seal", key=made.key.secret, files=files)
            depots.sync(target)
            for path in batch:
                path.unlink()
        _checkpoint(place, made.depot)
        _secrets(place, made)
    return len(found)


def complete(place: Place, cluster: Cluster) -> int:
    """Bring into the depot all that was done until now: the log's present segment is ended, whatever room it has left."""
    made = arrangement(place)
    if made:
        belongs(made)  # while the depot is away no segment is ended early: it would wait on the database's own disk
    if made and cluster.answers() == 0:
        system, segment = database.query(place, cluster, SWITCH, user=SUPERUSER, database="postgres").split()
        if system != made.system:
            raise Stop(
                "データベースが作りなおされています。 / The database was made anew: `bin/yakusho backup --to` elsewhere.",
                2,
            )
        open_spool(cluster)
        return await_segment(place, cluster, segment)
    return carry(place, cluster, wait=True)


def await_segment(place: Place, cluster: Cluster, segment: str) -> int:
    """Carry until this segment has come; the server archives in its own time."""
    made, until, count = arrangement(place), time.monotonic() + ARCHIVED_SECONDS, 0
    while made and not (made.depot.wal(made.system) / f"{segment}.box").exists():
        if time.monotonic() > until:
            raise Stop(f"変更記録が届きません。 / The archive does not get the log: {segment}; see {cluster.log}")
        if (spool(cluster) / segment).exists():
            count += carry(place, cluster, wait=True)
        time.sleep(0.05)
    return count + carry(place, cluster, wait=True)


def belongs(made: Arrangement) -> None:
    """Is the depot there, and this city's? An empty mount point is not."""
    try:
        told = json.loads((made.depot.data / "depot.json").read_text("utf-8"))
    except OSError:
        raise Stop(
            f"控えの置き場所が見つかりません（未接続？）。 / The depot is not there (not mounted?): {made.depot.data}"
        ) from None
    if told["id"] != made.identity:
        raise Stop(
            f"別の市の控えの置き場所です。 / That folder holds the backups of another city: {made.depot.data}", 2
        )


def record(place: Place) -> Path:
    """The folder of the published record."""
    return Path(os.environ.get("YAKUSHO_RECORD") or place.state / "audit")


def _checkpoint(place: Place, depot: Depot) -> None:
    """The published checkpoint testifies from outside; it names nobody."""
    published = record(place) / "checkpoint"
    if published.is_file():
        text = published.read_text("utf-8")
        size = int(text.splitlines()[1])
        target = depot.checkpoints / f"{size:012d}"
        if not target.exists():
            depots.put(target, text.removesuffix("\n"))


def _secrets(place: Place, made: Arrangement) -> None:
    """All secrets in a box of their own, in the folder of the keys, again whenever one of them changes."""
    found = sorted(path for path in place.secrets.iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in found:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    seen = folder(place) / "secrets-seen"
    mark = f"{made.key.mark} {digest.hexdigest()}"
    newest = max(made.depot.keys.glob("secrets-*.box"), default=None)
    if newest and seen.exists() and seen.read_text("ascii").strip() == mark:
        return
    with tempfile.TemporaryDirectory(dir=folder(place), prefix="secrets-") as draft:
        for path in found:
            shutil.copy2(path, draft)
        name = f"secrets-{depots.stamp(datetime.now(UTC))}"
        box = made.depot.keys / f".{name}.draft"
        box.unlink(missing_ok=True)
        sealing.order(place, "pack", key=made.key.secret, folder=draft, box=str(box), name="secrets")
        box.replace(made.depot.keys / f"{name}.box")
    depots.put(seen, mark)


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Whatever comes of it, the house reads afterwards when this last went well, and of when the last whole backup is."""
    went_well = False
    try:
        yield
        went_well = True
    finally:
        tell(place, went_well=went_well)


def tell(place: Place, *, went_well: bool) -> None:
    """For the house, which rings when it is long ago; nothing where there has never been a backup."""
    made = arrangement(place)
    if made is None:
        return
    now = datetime.now(UTC).isoformat()
    if went_well:
        whole = depots.backups(made.depot.data)
        _told(place, {"well": now} | ({"last": whole[-1].facts["ended"]} if whole else {}), also=True)
    else:
        _told(place, {"well": now}, also=False)


def opened(place: Place) -> None:
    """The house opens: while it was closed nobody carried, and nobody was to be told of it."""
    if (folder(place) / "seen.json").exists():
        _told(place, {"well": datetime.now(UTC).isoformat()}, also=True)


def _told(place: Place, new: dict[str, str], *, also: bool) -> None:
    """Keep what is new; what was known already gives way only ``also``. A disk that takes nothing makes it old: it rings."""
    seen = folder(place) / "seen.json"
    with suppress(OSError), alone(place, "seen", wait=True):
        try:
            known = dict(json.loads(seen.read_text("utf-8")))
        except (OSError, ValueError):
            known = {}
        depots.put(seen, json.dumps({**known, **new} if also else {**new, **known}))


def segment_of(timeline: int, lsn: str) -> str:
    """The name of the segment that holds the byte before this position."""
    high, low = (int(part, 16) for part in lsn.split("/"))
    number = ((high << 32) + low - 1) >> 24
    return f"{timeline:08X}{number >> 8:08X}{number & 0xFF:08X}"


def following(segment: str) -> str:
    """The name of the next segment of the same timeline."""
    number = (int(segment[8:16], 16) << 8) + int(segment[16:], 16) + 1
    return f"{segment[:8]}{number >> 8:08X}{number & 0xFF:08X}"


def segments(depot: Depot, system: str, timeline: int) -> list[str]:
    """Names of the segments of one timeline that are in the depot."""
    names = sorted(path.stem for path in depot.wal(system).glob(f"{timeline:08X}*.box"))
    return [name for name in names if SEGMENT.fullmatch(name)]


class Carrier:
    """Has the log carried every minute while the house is open, by a process of its own."""

    def __init__(self, place: Place, cluster: Cluster) -> None:
        self._place, self._cluster, self._next = place, cluster, time.monotonic() + EVERY
        self._child: subprocess.Popen[bytes] | None = None
        opened(place)

    def look(self) -> None:
        """Cheap, as often as one likes; a depot that cannot be reached is tried again."""
        if time.monotonic() < self._next or (self._child and self._child.poll() is None):
            return
        self._next = time.monotonic() + EVERY
        if not (folder(self._place) / "arrangement.json").exists():
            return
        env = {**os.environ, **environment(self._place, socket=self._cluster.socket)}
        command = [sys.executable, "-m", "yakusho.launch.main", "backup", "--carry"]
        with (self._place.logs / "backup.log").open("wb") as log:
            self._child = subprocess.Popen(
                command, env=env, cwd=self._place.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def close(self) -> None:
        """Let the one under way finish."""
        if self._child:
            self._child.wait()
