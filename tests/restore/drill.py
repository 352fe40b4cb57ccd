"""A city of its own that is backed up, destroyed and restored by the real command, while writers go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests import house
from tests.faults import writers
from tests.faults.ledger import Ledger
from tests.faults.private import Private, private_city
from yakusho.launch import cluster as clusters
from yakusho.launch import trial
from yakusho.launch.place import Place

KINDS = ["movement", "endpoint", "movement"]


@dataclass(frozen=True)
class Told:
    """What the command answered."""

    code: int
    text: str
    seconds: float

    def must(self) -> Told:
        """It has to have worked."""
        if self.code:
            raise RuntimeError(self.text)
        return self


@dataclass
class Drill:
    """The living city, the folders of its backups, and a process that knocks at its doors."""

    city: Private
    folder: Path
    rig: Any
    books: list[Path] = field(default_factory=list)

    @property
    def depot(self) -> Path:
        return self.folder / "depot"

    @property
    def keys(self) -> Path:
        return self.folder / "depot.keys"

    @property
    def word(self) -> Path:
        return self.folder / "word"

    @property
    def record(self) -> Path:
        """The published record of the living city."""
        return self.city.place.state / "own" / "audit"

    def environ(self, **more: str) -> dict[str, str]:
        """For the command, as the city's own administrator types it."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("YAKUSHO", "DJANGO", "PG"))}
        own = {"YAKUSHO_STATE": str(self.city.place.state), "YAKUSHO_RECORD": str(self.record)}
        return kept | own | more

    def command(self, *words: object, before: tuple[str, ...] = (), **more: str) -> Told:
        """`bin/yakusho …`, to its end."""
        begun = time.monotonic()
        command = [*before, sys.executable, str(house.ROOT / "bin" / "yakusho"), *map(str, words)]
        done = subprocess.run(command, env=self.environ(**more), capture_output=True, text=True, cwd=house.ROOT)
        return Told(done.returncode, done.stdout + done.stderr, time.monotonic() - begun)

    def backup(self, *words: object, **more: Any) -> Told:
        """A backup into the drill's depot."""
        return self.command("backup", "--to", self.depot, "--passphrase", self.word, *words, **more)

    def restore(self, into: Path, *words: object, depot: Path | None = None, **more: Any) -> Told:
        """A restoration; the last ``--passphrase`` counts."""
        given = ["--into", into, "--keys", self.keys, "--passphrase", self.word, *words]
        return self.command("restore", depot or self.depot, *given, **more)

    @contextmanager
    def writing(self, name: str, *, seconds: float, hands: int = 2, rate: float = 0) -> Iterator[list[Path]]:
        """People who go on writing, each so often a second or as fast as it goes, and note what was acknowledged."""
        books = [self.folder / f"{name}-{number}" for number in range(hands)]
        self.books += books
        orders = [
            {"act": "write", "with": {"kinds": KINDS, "seconds": seconds, "rate": rate, "notes": str(book)}}
            for book in books
        ]
        answers: list[Any] = []
        work = threading.Thread(target=lambda: answers.extend(self.rig.all(orders)))
        work.start()
        try:
            yield books
        finally:
            work.join()
        broken = [answer for answer in answers if "result" not in answer]
        if broken:
            raise RuntimeError(str(broken))

    def settle(self) -> dict[str, Any]:
        """Bring all entries into the signed record."""
        return self.rig.act("settle")

    def now(self) -> datetime:
        """The database's own clock."""
        with self.city.connect() as connection:
            return connection.execute("select clock_timestamp()").fetchone()[0]

    def figures(self) -> trial.Figures:
        """Rows and contents of every table at this moment."""
        return trial.figures(self.city.place, self.city.cluster)

    def destroy(self) -> None:
        """The machine burns: database, record, secrets."""
        self.rig.close()
        self.city.kill()
        time.sleep(0.2)
        for name in ("pg/data", "own", "secrets", "backup"):
            shutil.rmtree(self.city.place.state / name, ignore_errors=True)


@contextmanager
def drill(folder: Path) -> Iterator[Drill]:
    """The city and its writers; all gone at the end."""
    folder.chmod(0o711)
    with private_city() as city:
        made = Drill(city, folder, city.rig())
        try:
            yield made
        finally:
            if made.rig.process.poll() is None:
                made.rig.close()


def place_of(state: Path) -> Place:
    """A restored city, as the launcher sees it."""
    return Place(home=house.ROOT, state=state, data=house.ROOT, city="morioka", checkout=True)


@contextmanager
def opened(state: Path) -> Iterator[tuple[Private, Ledger]]:
    """A look into a restored city."""
    place = place_of(state)
    private = Private(place, clusters.locate(place))
    clusters.start(private.cluster)
    try:
        with private.ledger() as ledger:
            yield private, ledger
    finally:
        clusters.stop(private.cluster)


def discard(state: Path) -> None:
    """Take a restored city away, its database first, wherever that lies."""
    for found in (state, state.with_name(f"{state.name}.draft")):
        if (found / "cluster-name").exists():
            cluster = clusters.locate(place_of(found))
            clusters.stop(cluster)
            shutil.rmtree(cluster.root, ignore_errors=True)
        shutil.rmtree(found, ignore_errors=True)


def lines(books: list[Path]) -> set[tuple[str, str, str]]:
    """What was acknowledged so far: kind, key, number."""
    texts = [book.read_text("ascii") for book in books if book.exists()]
    return {tuple(line.split()) for text in texts for line in text.splitlines(keepends=True) if line.endswith("\n")}


def found(ledger: Ledger, acts: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Those of these acts that are there."""
    there = set()
    for kind in {kind for kind, _, _ in acts}:
        keys = [key for what, key, _ in acts if what == kind]
        rows = ledger.connection.execute(writers.FOUND[kind], [keys]).fetchall()
        there |= {(kind, key, number) for key, number in rows}
    return there


def told(state: Path) -> dict[str, Any]:
    """What a restored city says of its restoration."""
    return json.loads((state / "restored.json").read_text("utf-8"))
