"""監査記録 What evidence costs: the smallest action alone and with its audit row, in the same run, over three sizes of the record;
then how fast the log takes entries in, proves and verifies.

    .venv/bin/python benchmarks/audit.py [SIZE …]        (with the database running; makes a database of its own)
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yakusho.web.settings")

import django
from django.conf import settings

django.setup()

from django.db import connection, transaction  # noqa: E402

from tests import house  # noqa: E402
from yakusho.blocks.audit import log, reading, record  # noqa: E402
from yakusho.blocks.audit._internal import merkle, tiles  # noqa: E402
from yakusho.blocks.audit.verify import verify  # noqa: E402

SIZES = (1_000, 30_000, 300_000)
ROUNDS = 400
ROWS = 10_000
FILL = (
    'insert into audit_entry (kind, door, actor, actor_name, role, office, purpose, "case", subjects, node, body)'
    " select 'query', 'resident_records.household', n %% 300, '佐藤 花子', 'resident_clerk', 'residents', '転入届の受付',"
    " '2026-' || n, array[substr(sha256(int8send(n %% 20000)), 1, 16)], 'node-1', '{\"input\": \"00ff00ff00ff00ff\"}'"
    " from generate_series(1, %s) n"
)


@contextmanager
def database() -> Iterator[None]:
    """A fresh database with a table to update, and a log folder; both gone afterwards."""
    name = house.clone(f"bench_audit_{os.getpid()}", lasting=True)
    with tempfile.TemporaryDirectory() as folder, house.owner() as maker:
        settings.RECORD = folder
        connection.settings_dict["NAME"] = name
        at = maker.info
        owner = type(maker).connect(host=at.host, dbname=name, user=at.user, password=at.password, autocommit=True)
        owner.execute("create table bench_row (id int primary key, n int not null)")
        owner.execute("insert into bench_row select n, 0 from generate_series(1, %s) n", [ROWS])
        owner.execute("grant select, update on bench_row to yakusho_app")
        owner.close()
        try:
            yield
        finally:
            connection.close()
            house.drop(name)


def update(chance: random.Random) -> None:
    """The smallest action: one changed row."""
    with connection.cursor() as cursor:
        cursor.execute("update bench_row set n = n + 1 where id = %s", [chance.randint(1, ROWS)])


def bare(chance: random.Random) -> None:
    with transaction.atomic():
        update(chance)


def audited(chance: random.Random) -> None:
    with transaction.atomic():
        update(chance)
        record.write(
            kind="action",
            door="resident_records.household",
            actor=7,
            actor_name="佐藤 花子",
            role="resident_clerk",
            office="residents",
            purpose="転入届の受付",
            case="2026-1",
            subjects=[chance.randint(1, 20_000)],
            body={"input": "00ff00ff00ff00ff", "changed": ["address"]},
        )


def clocked(act: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1_000


def compare(chance: random.Random) -> tuple[float, float]:
    """Medians of interleaved runs."""
    each: dict[Callable[[random.Random], None], list[float]] = {bare: [], audited: []}
    for _ in range(ROUNDS):
        for act, times in each.items():
            times.append(clocked(lambda act=act: act(chance)))
    return statistics.median(each[bare]), statistics.median(each[audited])


def settle() -> float:
    """Seconds until everything is in the log and signed."""
    start = time.perf_counter()
    while log.waiting()[0]:
        log.integrate()
    return time.perf_counter() - start


def proofs(chance: random.Random) -> tuple[float, float]:
    """Median milliseconds and hashes of an inclusion proof, read from the tiles."""
    head = log.published_head()
    tree = tiles.Tiles(log.folder(), head.size)
    found = []
    for _ in range(100):
        leaf, start = chance.randrange(head.size), time.perf_counter()
        proof = merkle.inclusion_proof(leaf, head.size, tree.node)
        found.append(((time.perf_counter() - start) * 1_000, len(proof)))
    return statistics.median(time for time, _ in found), statistics.mean(count for _, count in found)


def measure(size: int, chance: random.Random) -> None:
    """One line of the table."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry")
        more = size - cursor.fetchone()[0]
        cursor.execute(FILL, [max(more, 0)])
    taken = settle()
    alone, evident = compare(chance)
    settle()
    proof, hashes = proofs(chance)
    looked = clocked(lambda: reading.entries_about(chance.randint(1, 20_000)))
    checked = clocked(verify) / 1_000
    print(
        f"{size:>9,} | {alone:7.3f} {evident:7.3f} {evident / alone:6.2f} | {max(more, 0) / taken:10,.0f} |"
        f" {proof:6.2f} {hashes:5.1f} | {looked:7.2f} | {log.published_head().size / checked:9,.0f}"
    )


def main() -> None:
    """The table."""
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    chance = random.Random(1)
    print("  entries |  update  +audit  ratio | integrate/s | proof ms, n | about, ms | verify/s")
    with database():
        for size in sizes:
            measure(size, chance)


if __name__ == "__main__":
    main()
