"""A private PostgreSQL to be killed: made by the launcher's own code in a folder of its own, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from tests import house
from tests.faults.city import Rig, surroundings
from tests.faults.ledger import Ledger
from yakusho.launch import cluster as clusters
from yakusho.launch import database
from yakusho.launch.place import Place
from yakusho.launch.process import run


@dataclass(frozen=True)
class Private:
    """A cluster with a migrated, empty city in it."""

    place: Place
    cluster: clusters.Cluster

    def environ(self) -> dict[str, str]:
        """For processes that work on it."""
        return surroundings("city", self.place.state / "own", YAKUSHO_DB_HOST=str(self.door))

    @property
    def door(self) -> Path:
        """Where programs find the database: a link, as a name in a network that is moved to another server."""
        link = self.place.state / "door"
        if not link.is_symlink():
            link.symlink_to(self.cluster.socket)
        return link

    def replica(self) -> clusters.Cluster:
        """複製 A second server that has everything before a commit is acknowledged (synchronous streaming)."""
        twin = self.place.state / "twin"
        made = clusters.Cluster(twin, twin / "run", self.cluster.account, self.cluster.programs)
        clusters.own_folder(twin, made.account)
        copy = [made.programs / "pg_basebackup", "-h", self.cluster.socket, "-U", clusters.SUPERUSER]
        copy += ["-D", made.data, "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast"]
        word = (self.place.secrets / "db_superuser").read_text("utf-8").strip()
        run(["env", f"PGPASSWORD={word}", *copy], cwd=Path("/"), account=made.account)
        clusters.start(made)
        self._settings("synchronous_standby_names = '*'\n", self.cluster)
        return made

    def promote(self, replica: clusters.Cluster) -> None:
        """The first server is gone: the second takes its place and waits for no other; programs find it."""
        self._settings("", replica)
        run([replica.programs / "pg_ctl", "promote", "-w", "-D", replica.data], cwd=Path("/"), account=replica.account)
        moved = self.place.state / "door.new"
        moved.symlink_to(replica.socket)
        moved.rename(self.place.state / "door")

    def _settings(self, text: str, cluster: clusters.Cluster) -> None:
        (cluster.data / "local.conf").write_text(text, "ascii")
        run([cluster.programs / "pg_ctl", "reload", "-D", cluster.data], cwd=Path("/"), account=cluster.account)

    def rig(self) -> Rig:
        """A process that knocks at its doors."""
        return Rig(self.environ())

    def connect(self, name: str = "city") -> psycopg.Connection[Any]:
        """A look from outside, as the owner of the tables, once the database has recovered."""
        word, end = database.password(self.place, "yakusho_owner"), time.monotonic() + 60
        login = {"host": str(self.door), "dbname": name, "user": "yakusho_owner", "password": word}
        while True:
            try:
                return psycopg.connect(**login, autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """The tables as they are now."""
        with self.connect() as connection:
            yield Ledger(connection)

    def kill(self) -> None:
        """kill -9 of the whole server: its first process, at once; the others follow."""
        os.kill(int((self.cluster.data / "postmaster.pid").read_text("ascii").split()[0]), signal.SIGKILL)

    def kill_a_session(self) -> None:
        """kill -9 of one of the sessions: the server throws out all the others and recovers."""
        query = "select pid from pg_stat_activity where usename = 'yakusho_app' order by backend_start limit 1"
        with self.connect() as connection:
            row = connection.execute(query).fetchone()
        if row:
            os.kill(row[0], signal.SIGKILL)

    def start(self) -> None:
        """As `bin/yakusho up` does after a crash."""
        clusters.start(self.cluster)

    def stop(self) -> None:
        """In order."""
        clusters.stop(self.cluster)

    def restart(self) -> None:
        """An administrator's restart: sessions are ended."""
        clusters.stop(self.cluster)
        clusters.start(self.cluster)


def fill(private: Private) -> None:
    """A migrated, empty city: made once for each state of the migrations, copied as files after that."""
    base = house.STATE / "tests" / f"private_{house._print_of_migrations()}"
    data = private.cluster.data
    with house._alone():
        if not base.exists():
            clusters.make(private.place, private.cluster)
            clusters.start(private.cluster)
            database.make(private.place, private.cluster)
            house.manage("prepare", database="city", **(private.environ() | {"YAKUSHO_DB_USER": "yakusho_owner"}))
            clusters.stop(private.cluster)
            for old in base.parent.glob("private_*"):
                shutil.rmtree(old)
            subprocess.run(["cp", "-a", data, f"{base}_draft"], check=True)
            Path(f"{base}_draft").rename(base)
    if not data.exists():
        clusters.own_folder(private.cluster.root, private.cluster.account)
        subprocess.run(["cp", "-a", base, data], check=True)
    clusters.start(private.cluster)


@contextmanager
def volume(folder: Path, size: str) -> Iterator[None]:
    """A small disk of its own at this folder, which can be full."""
    if not size:
        yield
        return
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def private_city(*, disk: str = "") -> Iterator[Private]:
    """A city on a server of its own, in a folder that the server's user can reach, or on a small disk of this size."""
    folder = Path(tempfile.mkdtemp(prefix="yakusho-faults-", dir="/tmp"))
    folder.chmod(0o711)
    place = Place(home=house.ROOT, state=folder, data=house.ROOT, city="morioka", checkout=True)
    place.secrets.mkdir(mode=0o700)
    for secret in Path(settings.SECRETS).iterdir():
        if secret.is_file():
            shutil.copy2(secret, place.secrets)
    root, account = folder / "pg", clusters._account(os.geteuid())
    made = clusters.Cluster(root, clusters.socket_folder(root, account), account, clusters.programs(root / "data"))
    try:
        with volume(root, disk):
            try:
                private = Private(place, made)
                fill(private)
                yield private
            finally:
                if made.made():
                    clusters.start(made)
                    clusters.stop(made)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
