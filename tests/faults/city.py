"""A city to break: a database, a state folder and a rig of its own."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import house
from tests.faults.ledger import Ledger
from yakusho.blocks.documents.tests import support

START = "import django; django.setup(); from tests.faults.rig import main; main()"


def seed() -> int:
    """What chooses the crash points of a fast run; YAKUSHO_SEED repeats one."""
    return int(os.environ.get("YAKUSHO_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


class Rig:
    """Sends orders to a process that knocks (see `rig.py`)."""

    def __init__(self, environ: dict[str, str], *, before: tuple[str, ...] = ()) -> None:
        command = [*before, sys.executable, "-W", "ignore", "-c", START]
        self.process = subprocess.Popen(
            command, cwd=house.ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.actions: list[str] = self._read()["ready"]

    def _read(self) -> Any:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the rig has ended")
        return json.loads(line)

    def all(self, orders: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send orders that are obeyed at the same time."""
        self.process.stdin.write(json.dumps(orders) + "\n")
        self.process.stdin.flush()
        return self._read()

    def one(self, order: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Send one order."""
        return self.all([order | more])[0]

    def act(self, name: str, **given: Any) -> Any:
        """Have one of the acts done; its result."""
        answer = self.one({"act": name, "with": given})
        if "result" not in answer:
            raise RuntimeError(f"{name}: {answer.get('where') or answer}")
        return answer["result"]

    def prepare(self, door: str) -> dict[str, Any]:
        """A knock at this door that has everything it needs, with a new key."""
        return self.act("prepare", door=door) | {"key": str(uuid.uuid4()), "name": f"faults-{uuid.uuid4().hex[:12]}"}

    def close(self) -> None:
        """Let it end."""
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def surroundings(database: str, folder: Path, **more: str) -> dict[str, str]:
    """The environment of a process over this database, with a state folder of its own."""
    if not (folder / "secrets").exists():
        (folder / "secrets").mkdir(parents=True)
        support.secrets_with_seal(folder / "secrets")
        if (house.STATE / "fonts").exists():
            (folder / "fonts").symlink_to(house.STATE / "fonts")  # their table takes seconds to make
    own = {"YAKUSHO_STATE": str(folder), "YAKUSHO_SECRETS": str(folder / "secrets"), "YAKUSHO_RECORD": ""}
    return house.surroundings(database) | {"YAKUSHO_DB_HOST": house.HOST} | own | more


@contextmanager
def broken_city(name: str, folder: Path, *, before: tuple[str, ...] = (), **more: str) -> Iterator[tuple[Rig, Ledger]]:
    """A migrated, empty city with its rig, and a look into its tables; all gone at the end."""
    database = house.clone(f"faults_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_{os.getpid()}")
    rig = Rig(surroundings(database, folder, **more), before=before)
    try:
        with support.owner(database) as connection:
            yield rig, Ledger(connection)
    finally:
        rig.close()
        house.drop(database)
        shutil.rmtree(folder, ignore_errors=True)
