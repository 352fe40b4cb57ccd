"""`backup`: a copy of the whole city that has been tried before it counts, and every change since; encrypted, keys apart."""

import argparse
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yakusho.launch import archive, database, proof, sealing, setup, status, trial
from yakusho.launch import cluster as pg
from yakusho.launch import depot as depots
from yakusho.launch.archive import Arrangement
from yakusho.launch.cluster import SUPERUSER, Cluster
from yakusho.launch.depot import Depot
from yakusho.launch.place import Place
from yakusho.launch.process import run
from yakusho.launch.say import Stop, line, step

BESIDE = ("sample_cards", "stamps")  # with the record: what a city has outside its database
LEAST = 64 * 2**20


def backup(place: Place, options: argparse.Namespace) -> int:
    """A new backup; `--list` tells of those there are, `--carry` only brings what waits."""
    if options.list:
        return _list(place, options)
    if not (place.secrets / "db_owner").is_file():
        raise Stop("市のデータがまだありません。 / There is no city here yet: `bin/yakusho up`.", 2)
    if options.carry:
        with archive.telling(place):
            count = archive.complete(place, pg.locate(place))
        line(f"運びました。 / Carried into the depot: {count}")
        return 0
    with archive.alone(place, "backup", wait=False) as mine:
        if not mine:
            raise Stop("別の控えを取っています。 / Another backup is under way.")
        with _database(place) as cluster:
            made = _agree(place, cluster, options)
            depots.sweep(made.depot.data)
            name = _take(place, cluster, made)
        old = depots.retain(made.depot, options.keep)
    archive.tell(place, went_well=True)
    print(f"控えを取りました。 / Backed up: {made.depot.data / name}", flush=True)
    if old:
        line(f"  古い控えを消しました。 / Dropped: {' '.join(old)}")
    return 0


@contextmanager
def _database(place: Place) -> Iterator[Cluster]:
    """The city's database, for as long as it is copied."""
    with setup.alone(place):
        setup.tools(place)
        cluster, started = setup.open_database(place, may_make_secrets=False)
    try:
        if database.query(place, cluster, "SHOW archive_mode", user=SUPERUSER) != "on":
            raise Stop(
                "一度 bin/yakusho down で止めて、開きなおしてください。 / Stop the house once (`bin/yakusho down`).", 2
            )
        yield cluster
    finally:
        if started:
            pg.stop(cluster)


def _agree(place: Place, cluster: Cluster, options: argparse.Namespace) -> Arrangement:
    """Where and under which key: as before, or agreed now."""
    system = database.query(place, cluster, "SELECT system_identifier FROM pg_control_system()", user=SUPERUSER)
    known = archive.arrangement(place)
    if known and known.system == system and options.to in (None, known.depot.data):
        archive.belongs(known)
        archive.open_spool(cluster)
        return known
    if options.to is None:
        raise Stop("置き場所を --to DIR で指定してください。 / Say where to with --to DIR.", 2)
    depot = Depot(options.to.resolve(), (options.keys or depots.keys_of(options.to)).resolve())
    made = _found(place, depot, system, options)
    archive.note(place, made)
    archive.open_spool(cluster)
    for path in archive.waiting(cluster):  # from before the first backup in the new place, perhaps of another database
        path.unlink()
    return made


def _found(place: Place, depot: Depot, system: str, options: argparse.Namespace) -> Arrangement:
    """A new depot with a new key; a folder that holds something else is left alone."""
    if any(folder.is_dir() and any(folder.iterdir()) for folder in (depot.data, depot.keys)):
        raise Stop(f"空でないフォルダです。 / The folder is not empty: {depot.data} or {depot.keys}", 2)
    inside = [folder for folder in (place.state, depot.data, depot.keys) if _within(options.passphrase, folder)]
    if inside or _within(depot.data, place.state) or _within(depot.keys, depot.data):
        raise Stop(
            "控え、鍵、合言葉は互いに別の場所に、市のフォルダの外に置きます。 / "
            "Backups, keys and passphrase lie apart from each other, and outside the city's own folder.",
            2,
        )
    word = sealing.asked(options.passphrase, may_make=True)
    key, lock = sealing.make_lock(place, word)
    for folder in (depot.data, depot.keys, depot.checkpoints):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    identity = secrets.token_hex(8)
    depots.put(depot.lock, json.dumps({"id": identity, "mark": key.mark, "lock": lock}, indent=2))
    depots.put(depot.data / "depot.json", json.dumps({"id": identity, "key": key.mark}, indent=2))
    line(
        "  合言葉は別に保管してください。なくすと復元できません。 / Keep the passphrase apart; without it nothing is restored."
    )
    return Arrangement(depot, identity, system, key)


def _within(path: Path | None, folder: Path) -> bool:
    return path is not None and path.resolve().is_relative_to(folder.resolve())


def _take(place: Place, cluster: Cluster, made: Arrangement) -> str:
    """Copy, verify, seal, try, name: only then it is a backup. Interrupted, it leaves nothing."""
    begun, clock = datetime.now(UTC), time.monotonic()
    name = depots.stamp(begun)
    copy = trial.copy_beside(cluster)
    pg.stop(copy)  # of a backup that was cut off
    shutil.rmtree(copy.root, ignore_errors=True)
    _room(cluster)
    try:
        with depots.drafted(made.depot.data / name) as draft:
            beside = copy.root / "beside"
            pg.own_folder(copy.root, copy.account)
            _beside(place, beside)
            facts = _copy(place, cluster, copy) | {"ended": datetime.now(UTC).isoformat(timespec="microseconds")}
            facts |= {
                "format": 1,
                "name": name,
                "begun": begun.isoformat(timespec="microseconds"),
                "key": made.key.mark,
            }
            facts |= {"system": made.system, "city": place.city, "version": status.version(place)}
            facts |= {"commit": proof.commit(place.home) if place.checkout else "-"}
            with step("封緘 sealing"):
                boxes = {"base": _pack(place, made, copy.data, draft, "base")}
            facts |= _try(place, copy, beside)
            boxes["beside"] = _pack(place, made, beside, draft, "beside")
            archive.await_segment(place, cluster, str(facts["end_segment"]))
            facts |= {"boxes": boxes, "seconds": round(time.monotonic() - clock, 1)}
            depots.write_manifest(draft, facts, made.key)
    except OSError as error:
        raise sealing.problem("full" if error.errno == 28 else "file", str(error)) from None
    finally:
        pg.stop(copy)
        shutil.rmtree(copy.root, ignore_errors=True)
    return name


def _room(cluster: Cluster) -> None:
    """The copy lies beside the data for a while."""
    needed = sum(path.stat().st_size for path in cluster.data.rglob("*") if path.is_file()) + LEAST
    free = shutil.disk_usage(cluster.root).free
    if free < needed:
        raise Stop(
            f"空きが足りません（{needed >> 20} MB 必要、{free >> 20} MB）。 / "
            f"Not enough room beside the data: {needed >> 20} MB needed, {free >> 20} MB free: {cluster.root}"
        )


def _beside(place: Place, target: Path) -> None:
    """The published record first: the database may know more than it, never less."""
    gone = shutil.ignore_patterns(".*", "*.draft")
    for name, source in {"audit": archive.record(place), **{one: place.state / one for one in BESIDE}}.items():
        if source.is_dir():
            try:
                shutil.copytree(source, target / name, ignore=gone)
            except (
                shutil.Error
            ) as error:  # partial tiles are tidied away while we read; they are made anew from the rows
                if any("No such file" not in str(one[2]) for one in error.args[0]):
                    raise
    shutil.copytree(place.data / "cities" / place.city, target / "cities" / place.city)


def _copy(place: Place, cluster: Cluster, copy: Cluster) -> dict[str, Any]:
    """pg_basebackup with its own part of the log, and pg_verifybackup of what it wrote."""
    login = ["-h", cluster.socket, "-U", SUPERUSER, "-w"]
    how = ["-D", copy.data, "-X", "stream", "-c", "fast", "--manifest-checksums=SHA256", "--no-sync"]
    word = {"PGPASSWORD": database.password(place, SUPERUSER)}
    with step("写し pg_basebackup"):
        done = run(
            [cluster.programs / "pg_basebackup", *login, *how],
            env=word,
            cwd=Path("/"),
            account=cluster.account,
            check=False,
        )
        if done.returncode:
            full = "No space left" in done.stderr
            raise sealing.problem("full" if full else "file", str(copy.root) if full else done.stderr.strip()[-500:])
    if any((copy.data / "pg_tblspc").iterdir()):
        raise Stop("表領域のあるデータベースは控えられません。 / A database with tablespaces cannot be backed up.", 2)
    with step("検査 pg_verifybackup"):
        run([cluster.programs / "pg_verifybackup", "-q", copy.data], cwd=Path("/"), account=cluster.account)
    (log,) = json.loads((copy.data / "backup_manifest").read_text("utf-8"))["WAL-Ranges"]
    return {
        "postgres": int((copy.data / "PG_VERSION").read_text("ascii")),
        "timeline": log["Timeline"],
        "begin_lsn": log["Start-LSN"],
        "end_lsn": log["End-LSN"],
        "first_segment": archive.segment_of(log["Timeline"], _after(log["Start-LSN"])),
        "end_segment": archive.segment_of(log["Timeline"], log["End-LSN"]),
    }


def _after(lsn: str) -> str:
    high, low = (int(part, 16) for part in lsn.split("/"))
    return f"{high:X}/{low + 1:X}"


def _pack(place: Place, made: Arrangement, source: Path, draft: Path, name: str) -> dict[str, Any]:
    box = str(draft / f"{name}.box")
    return sealing.order(place, "pack", key=made.key.secret, folder=str(source), box=box, name=f"{draft.stem}/{name}")


def _try(place: Place, copy: Cluster, beside: Path) -> dict[str, Any]:
    """Backups count only when restored: the copy is started, brought to its end and counted."""
    with step("試し復元 trial restore"), trial.standing(place, copy):
        record = trial.record(place, copy)
        found = trial.figures(place, copy)
    trial.write_figures(beside / "figures.json", found)
    rows = sum(int(count) for count, _ in found.values())
    return {"record": record, "tables": len(found), "rows": rows}


def _list(place: Place, options: argparse.Namespace) -> int:
    """When, how much, how far: nothing about anybody."""
    made = archive.arrangement(place)
    data = options.to or (made.depot.data if made else None)
    if data is None:
        raise Stop(
            "控えの置き場所が決まっていません。 / No backup has been made yet: `bin/yakusho backup --to DIR`.", 2
        )
    for one in depots.backups(data):
        size = sum(box["bytes"] for box in one.facts["boxes"].values())
        words = [one.folder.name, depots.local(one.ended), f"{size / 2**20:.1f} MB"]
        print("  ".join([*words, f"{one.facts['rows']} rows", f"record {one.facts['record']['size']}"]))
    if made and os.access(made.depot.data, os.R_OK):
        timelines = {one.facts["timeline"] for one in depots.backups(made.depot.data)}
        there = (name for number in timelines for name in archive.segments(made.depot, made.system, number))
        last = max(there, default="-")
        line(f"  変更記録 / log until {last}; 未搬送 / waiting {len(archive.waiting(pg.locate(place)))}")
    return 0
