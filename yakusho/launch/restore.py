"""`restore`: the city anew in another folder, as it was at a minute; checked against what was signed before it is given out."""

import argparse
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yakusho.launch import archive, database, replay, sealing, setup, trial
from yakusho.launch import cluster as pg
from yakusho.launch import depot as depots
from yakusho.launch.cluster import SUPERUSER, Cluster
from yakusho.launch.depot import Backup, Depot
from yakusho.launch.place import APP, Place, environment, find, make_state
from yakusho.launch.process import run
from yakusho.launch.say import Stop, line, step
from yakusho.launch.sealing import Key


@dataclass(frozen=True)
class Wish:
    """What is to be restored, from where, to which minute, into which folder."""

    backup: Backup
    depot: Depot
    key: Key
    until: datetime | None
    into: Path


def restore(place: Place, options: argparse.Namespace) -> int:
    """Build, check, then give the folder its name; whatever fails leaves nothing."""
    if options.backup is None or options.into is None:
        raise Stop("restore BACKUP --into FOLDER と指定してください。 / Say `restore BACKUP --into FOLDER`.", 2)
    clock = time.monotonic()
    until = minute(options.until) if options.until else None
    into = _free(place, options.into.resolve())
    data = options.backup.resolve()
    chosen = depots.choose(data, until)
    depot = Depot(chosen.folder.parent, (options.keys or depots.keys_of(chosen.folder.parent)).resolve())
    with setup.alone(place):
        setup.tools(place)  # on a new machine nothing is there yet
    key = _key(place, depot, options.passphrase)
    depots.check_manifest(chosen, key)
    replay.chain(depot, chosen, until=until)
    wish = Wish(chosen, depot, key, until, into)
    with _draft(replace(place, city=chosen.facts["city"]), into) as draft:
        told = _build(draft, wish)
        told["seconds"] = round(time.monotonic() - clock, 1)
        depots.put(draft.state / "restored.json", json.dumps(told, ensure_ascii=False, indent=2))
    _tell(place, wish, told)
    return 0


def minute(text: str) -> datetime:
    """An instant; without an offset it is the time on the wall in Japan."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Stop(
            f'時刻は "2026-11-23 14:05" の形で。 / Write the minute as "2026-11-23 14:05": {text!r}', 2
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=depots.JAPAN)


def _free(place: Place, into: Path) -> Path:
    """A folder that holds nothing yet: never a city that lives."""
    if into == place.state or into.is_relative_to(place.state) or place.state.is_relative_to(into):
        raise Stop(f"動いている市の上には復元しません。 / Not over the city that is here: {into}", 2)
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise Stop(f"空でないフォルダです。 / The folder is not empty: {into}", 2)
    return into


def _key(place: Place, depot: Depot, passphrase: Path | None) -> Key:
    """The key that these backups were sealed with, behind its lock in the folder of the keys."""
    try:
        lock = json.loads(depot.lock.read_text("utf-8"))
        mark = json.loads((depot.data / "depot.json").read_text("utf-8"))["key"]
    except (OSError, ValueError, KeyError) as error:
        raise Stop(f"鍵のフォルダか控えを読めません。--keys DIR / Keys or depot cannot be read: {error}", 2) from None
    if lock.get("mark") != mark:
        raise Stop(f"別の控えの鍵です。 / These keys belong to other backups: {depot.keys}", 2)
    return sealing.unlock(place, str(lock.get("lock")), sealing.asked(passphrase, may_make=False))


@contextmanager
def _draft(place: Place, into: Path) -> Iterator[Place]:
    """The new city's state folder under another name; it and its database are gone unless all went well."""
    draft = replace(place, state=into.with_name(f"{into.name}.draft"))
    _clear(draft)
    made = draft.state
    try:
        make_state(draft)
        (made / "cluster-name").write_text(f"{pg.new_mark(into)}\n", "ascii")
        yield draft
        if into.exists():
            into.rmdir()
        made.rename(into)
    except OSError as error:
        raise sealing.problem("full" if error.errno == 28 else "file", str(error)) from None
    finally:
        if made.exists():
            _clear(draft)


def _clear(draft: Place) -> None:
    """Take away a restoration that was cut off, its database first."""
    if not draft.state.exists():
        return
    if (draft.state / "cluster-name").exists():
        cluster = pg.locate(draft)
        pg.stop(cluster)
        shutil.rmtree(cluster.root, ignore_errors=True)
    shutil.rmtree(draft.state)


def _build(draft: Place, wish: Wish) -> dict[str, Any]:
    _secrets(draft, wish)
    cluster = _ground(draft, wish)
    with step("変更記録 the log"):
        reach = replay.fetch(draft, cluster, wish.backup, depot=wish.depot, key=wish.key, until=wish.until)
    with step("開封 opening the boxes"):
        figures = _beside(draft, wish)
        _data(draft, wish, cluster)
    with step("検査 pg_verifybackup"):
        done = run(
            [cluster.programs / "pg_verifybackup", "-q", cluster.data],
            cwd=Path("/"),
            account=cluster.account,
            check=False,
        )
        if done.returncode:
            raise Stop(f"控えが壊れています。 / The backup is damaged:\n{done.stderr.strip()[-500:]}")
    with step("控えの終わりで照合 counting at the end of the backup"), trial.standing(draft, cluster, feed=replay.FEED):
        _compare(wish.backup, figures, trial.figures(draft, cluster), trial.record(draft, cluster))
    with step("再生 replaying"):
        _replay(draft, cluster, wish.until)
    told: dict[str, Any] = {"backup": wish.backup.folder.name, "until": wish.until.isoformat() if wish.until else None}
    told |= {"last_act": reach.last.isoformat() if reach.last else None, "segments": reach.segments}
    return told | _check(draft, cluster, wish) | {"restored": datetime.now(UTC).isoformat(timespec="seconds")}


def _secrets(draft: Place, wish: Wish) -> None:
    """Those of that minute: the newest box from before it."""
    boxes = sorted(wish.depot.keys.glob("secrets-*.box"))
    limit = depots.stamp(wish.until) if wish.until else "~"
    before = [path for path in boxes if path.stem[8:] <= limit] or boxes[:1]
    if not before:
        raise Stop(f"秘密の箱がありません。 / There is no box of secrets in {wish.depot.keys}")
    _unpack(draft, wish.key, before[-1], draft.secrets, "secrets")


def _ground(draft: Place, wish: Wish) -> Cluster:
    """The folders of the new cluster, and the programs of the data's version."""
    cluster = pg.locate(draft)
    pg.own_folder(cluster.root, cluster.account)
    (cluster.root / "belongs-to").write_text(f"{wish.into}\n", "utf-8")
    cluster.data.mkdir(mode=0o700)
    (cluster.data / "PG_VERSION").write_text(f"{wish.backup.facts['postgres']}\n", "ascii")
    return pg.locate(draft)


def _data(draft: Place, wish: Wish, cluster: Cluster) -> None:
    _unpack(draft, wish.key, wish.backup.box("base"), cluster.data, f"{wish.backup.folder.name}/base")
    if cluster.account.uid is not None:
        run(["chown", "-R", f"{cluster.account.uid}:{cluster.account.gid}", cluster.data])


def _beside(draft: Place, wish: Wish) -> trial.Figures:
    """The record, sample cards, stamps, and the city's settings of that day; the figures that were counted then."""
    _unpack(draft, wish.key, wish.backup.box("beside"), draft.state, f"{wish.backup.folder.name}/beside")
    found: trial.Figures = json.loads((draft.state / "figures.json").read_text("utf-8"))
    return found


def _unpack(draft: Place, key: Key, box: Path, folder: Path, name: str) -> None:
    sealing.order(draft, "unpack", key=key.secret, box=str(box), folder=str(folder), name=name)


def _compare(backup: Backup, before: trial.Figures, after: trial.Figures, record: dict[str, Any]) -> None:
    """Same rows, same contents, same root of the record as when the backup was made."""
    other = trial.differences(before, after)
    if other or record != backup.facts["record"]:
        raise Stop(f"控えの数字と合いません。 / The figures differ from the backup's: {', '.join(other) or 'record'}")


def _replay(draft: Place, cluster: Cluster, until: datetime | None) -> None:
    """Forward to the minute, not an act further; then it is a database of its own."""
    settings = {"restore_command": replay.FEED, "recovery_target_timeline": "current"}
    if until:
        target = until.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")
        settings |= {"recovery_target_time": target, "recovery_target_action": "promote"}
    with trial.recovering(cluster, settings):
        end = time.monotonic() + trial.PATIENCE
        while database.query(draft, cluster, "SELECT pg_is_in_recovery()", user=SUPERUSER, database="postgres") != "f":
            if time.monotonic() > end:
                raise Stop(f"再生が終わりません。 / The replay does not end:\n{trial.last_words(cluster)}")
            time.sleep(0.05)
    shutil.rmtree(cluster.root / "replay")


def _check(draft: Place, cluster: Cluster, wish: Wish) -> dict[str, Any]:
    """Is the record whole, and is it the one whose checkpoints were seen from outside?"""
    pg.start(cluster)
    try:
        with step("記録の検証 audit verify"):
            record = trial.record(draft, cluster)
            witness = _witness(wish.depot, record["size"])
            told = _manage(
                draft,
                cluster,
                "audit",
                "verify",
                "--rebuild",
                "--json",
                *(["--witness", str(witness)] if witness else []),
            )
        root = json.loads(told)
        found = trial.figures(draft, cluster)
    finally:
        pg.stop(cluster)
    trial.write_figures(draft.state / "figures.json", found)
    if (root["size"], root["root"]) != (record["size"], record["root"]) and record["size"]:
        raise Stop(f"記録の根が違います。 / The root of the record differs: {root['root']}")
    rows = sum(int(count) for count, _ in found.values())
    return {"record": record, "witness": int(witness.name) if witness else None, "tables": len(found), "rows": rows}


def _witness(depot: Depot, size: int) -> Path | None:
    """The last checkpoint that was carried away while the record was not longer than it is now."""
    carried = (path for path in depot.checkpoints.glob("[0-9]*") if 0 < int(path.name) <= size)
    return max(carried, key=lambda path: int(path.name), default=None)


def _manage(draft: Place, cluster: Cluster, *words: str) -> str:
    own = {"YAKUSHO_RECORD": "", "YAKUSHO_SAMPLE_CARDS": str(draft.state / "sample_cards"), "YAKUSHO_PRODUCTION": ""}
    env = environment(draft, socket=cluster.socket, user=APP) | own
    done = run([draft.python, "-m", "django", *words], env=env, cwd=draft.home, check=False)
    if done.returncode:
        raise Stop(
            f"記録が署名どおりではありません。 / The record is not as it was signed:\n{done.stdout}{done.stderr[-1500:]}"
        )
    return done.stdout


def _tell(place: Place, wish: Wish, told: dict[str, Any]) -> None:
    record = told["record"]
    print(
        f"復元しました。 / Restored into {wish.into}: {told['rows']} rows, {told['tables']} tables, {told['seconds']} s"
    )
    print(f"  記録 record: {record['size']} entries, root {record['root']}")
    if told["witness"]:
        print(
            f"  外に運んだ確認点 {told['witness']} と一致。 / Agrees with the checkpoint of {told['witness']} carried away."
        )
    command = "bin/yakusho" if place.checkout else "yakusho"
    named = wish.backup.facts["city"]
    city = "" if named == find({}).city else f"YAKUSHO_CITY={named} "
    line(f"  開くには / To serve it: {city}YAKUSHO_STATE={wish.into} {command} up --port 8100")
    if archive.arrangement(place):
        line("  復元した市の控えは新しい置き場所に。 / Back the restored city up into a depot of its own.")
