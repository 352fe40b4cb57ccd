"""書面 What a paper costs: printing, sealing and reading back over three sizes; our seal beside pyHanko's, in the same run;
the whole way from request to released paper with the gatekeeper's process; and how many wrong papers the gate lets through.

    .venv/bin/python benchmarks/papers.py [PAPERS]        (with the database running; makes a database of its own)
"""

from __future__ import annotations

import io
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import _measure as measure
from django.conf import settings
from django.db import connection, connections
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from yakusho.blocks.documents import actions
from yakusho.blocks.documents._internal import city_seal, gatehouse
from yakusho.blocks.documents._internal.gate import check
from yakusho.blocks.documents.isolation import OneSubject
from yakusho.blocks.documents.tests import making, support
from yakusho.blocks.documents.tests.toy import papers as toy
from yakusho.blocks.documents.values import PaperOrder
from yakusho.blocks.doors import Actor, Grant
from yakusho.blocks.doors.frames import opened

SIZES = (1, 4, 8)
PAPERS = int(sys.argv[1]) if len(sys.argv) > 1 else 100
ROUNDS, MIXED = min(25, PAPERS), min(20, PAPERS)
CLERK = Actor(7, "計測", frozenset({Grant("toy_clerk", "desk")}), purpose="計測")
SETTINGS = (
    'from yakusho.web.settings import *\nINSTALLED_APPS = [*INSTALLED_APPS, "yakusho.blocks.documents.tests.toy"]\n'
)


def cpu(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median milliseconds of processor time."""
    act()
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def family(people: int, number: int = 1) -> making.Made:
    names = tuple(f"見本 {number}の{place}" for place in range(people))
    rid = f"{number:032x}"
    return making.Made(sections=making.household(*names), rid=rid, subject=number, number=f"2026{number:08d}")


def sizes(folder: Path) -> None:
    seal = city_seal.load(folder)
    print("people pages   kB | CPU ms: print  seal  gate   all | papers per CPU second")
    for people in SIZES:
        made = family(people)
        plain = made.unsealed()
        sealed = seal.seal(plain, at=support.AT)
        wanted = made.wanted()
        printing = cpu(made.unsealed)
        sealing = cpu(partial(seal.seal, plain, at=support.AT))
        reading = cpu(partial(check, sealed, wanted, seal.certificate))
        total = printing + sealing + reading
        pages = sealed.count(b"/Type/Page/")  # each page once, the first again in the seal's own revision
        line = f"{people:6} {pages - 1:5} {len(sealed) // 1024:4} | {printing:13.1f} {sealing:5.2f} {reading:5.1f} {total:5.1f}"
        print(f"{line} | {1000 / total:6.1f}")


def by_pyhanko(plain: bytes, peer: signers.SimpleSigner) -> object:
    metadata = signers.PdfSignatureMetadata(field_name="seal", md_algorithm="sha256")
    return signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(plain)), metadata, signer=peer)


def seals(folder: Path) -> None:
    seal = city_seal.load(folder)
    peer = signers.SimpleSigner.load(str(folder / city_seal.KEY), str(folder / city_seal.CERTIFICATE))
    print("\nseal          | own per CPU second | pyHanko, kept signer | ratio")
    for people in SIZES:
        plain = family(people).unsealed()
        own, other = (
            cpu(partial(seal.seal, plain, at=support.AT)),
            cpu(partial(by_pyhanko, plain, peer), min(10, ROUNDS)),
        )
        print(f"{people:2} people     | {1000 / own:18.0f} | {1000 / other:20.1f} | {other / own:4.0f}")


def confusions(folder: Path) -> None:
    """Every paper against what is wanted of every other."""
    seal = city_seal.load(folder)
    many = [family(2, number) for number in range(1, MIXED + 1)]
    sealed = [seal.seal(made.unsealed(), at=support.AT) for made in many]
    wanted = [made.wanted() for made in many]
    wrong = right = 0
    for i, pdf in enumerate(sealed):
        for j, basis in enumerate(wanted):
            free = not check(pdf, basis, seal.certificate)
            right += free and i == j
            wrong += free and i != j
    # the same with the other's header: only the body is another's
    mixed = [replace(made, sections=other.sections) for made, other in itertools.pairwise(many)]
    for made, basis in zip(mixed, wanted, strict=False):
        wrong += not check(seal.seal(made.unsealed(), at=support.AT), basis, seal.certificate)
    print(f"\ngate: {right} of {len(many)} right papers released, {wrong} of {len(many) * 19 + len(mixed)} wrong ones")


class Unblocked:
    @contextmanager
    def unblock(self) -> Iterator[None]:
        yield


def whole_way(folder: Path) -> None:
    (folder / "toy_house.py").write_text(SETTINGS, "utf-8")
    path = os.pathsep.join([str(folder), *filter(None, sys.path)])
    gatekeeper = {"DJANGO_SETTINGS_MODULE": "toy_house", "PYTHONPATH": path}
    suffix = f"bench_papers_{os.getpid()}"
    with support.committed(Unblocked(), folder, gatekeeper=gatekeeper, suffix=suffix) as name:
        with support.owner(name) as owner:
            owner.execute(toy.MAKE)
            owner.execute(OneSubject("toy_resident", "id").sql)
        issue_one(next_request(0))
        rows, efforts = [], []
        for workers in (1, 2, 4):
            requests = [next_request(workers * 10_000 + number) for number in range(PAPERS)]
            before, begun = effort(suffix), time.perf_counter()
            with ThreadPoolExecutor(workers) as pool:
                spent = sorted(pool.map(issue_one, requests))
            rate = PAPERS / (time.perf_counter() - begun)
            each = [(after - start) / PAPERS * 1000 for after, start in zip(effort(suffix), before, strict=True)]
            efforts.append(sum(each))
            late = (measure.share(spent, part) * 1000 for part in (0.5, 0.99))
            rows.append((workers, rate, *late, *each, sum(each), 1000 / sum(each)))
        parts = ("CPU ms press", "gatekeeper", "database", "all", "papers per CPU second")
        headings = ("at once", "papers/s", "p50 ms", "p99 ms", *parts)
        measure.table("from request to released paper, every check on", headings, rows)


def effort(suffix: str) -> tuple[float, float, float]:
    """Seconds of processor time until now: this process, its gatekeeper, the database's sessions."""
    keepers = [measure.processor(pid=house.process.pid) for house in gatehouse._houses.values() if house.process]
    return time.process_time(), sum(keepers), measure.processor(words=suffix)


def next_request(number: int) -> str:
    with connection.cursor() as cursor:
        row = [number, f"見本 {number}号", "ミホン", "平成5年9月28日", f"内丸{number}番"]
        cursor.execute("insert into toy_resident (id, name, kana, born, address) values (%s, %s, %s, %s, %s)", row)
    with opened("bench.ask", "action", CLERK):
        order = PaperOrder(kind="toy.copy", subject=number)
        return actions.request_paper(order=order, by=CLERK, at=support.AT).request


def issue_one(request: str) -> float:
    begun = time.perf_counter()
    try:
        actions.issue(request=request, by=CLERK, at=support.AT)
        return time.perf_counter() - begun
    finally:
        connections["default"].close_if_unusable_or_obsolete()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        seals_folder = support.secrets_with_seal(Path(place))
        print(f"書面 papers, {os.cpu_count()} processors, state {settings.STATE}")
        sizes(seals_folder)
        seals(seals_folder)
        confusions(seals_folder)
    with tempfile.TemporaryDirectory() as place:
        whole_way(Path(place))
