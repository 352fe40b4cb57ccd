"""ページ What our pages cost beside a bare Django page with one query: the same server program, database and run, over three sizes.

Wall time by an interleaved client; processor time of the server and its database session together, by page.

    bin/yakusho bench page          or: .venv/bin/python benchmarks/page.py [RESIDENTS …]
"""

from __future__ import annotations

from contextlib import ExitStack

import _measure as measure
from _serving import Browser, served

SIZES = (1_000, 10_000, 50_000)
ROUNDS = 100
PAGES = {
    "書面の確認": ("", "/documents/verify"),
    "入口": ("", "/"),
    "職員の机": ("clerk1", "/desk/"),
    "住民検索": ("clerk1", "/resident_records/desk/search?text=サトウ"),
    "世帯": ("clerk1", "/resident_records/desk/person/5"),
    "自分の記録": ("resident1", "/resident_records/mine"),
}
BARE = "Django, 1 query"


def effort(browser: Browser, database: str, path: str, rounds: int) -> float:
    """Milliseconds of processor time a page; what a session spends that ends meanwhile is lost, never counted below nothing."""
    before = browser.effort(database)
    for _ in range(rounds):
        browser.get(path)
    return sum(max(now - before.get(pid, 0), 0) for pid, now in browser.effort(database).items()) / rounds * 1000


def measured(size: int) -> list[measure.Row]:
    """The lines of one size: page, residents, p50, p95, processor time, and what they are of the bare page's."""
    rounds = ROUNDS if size >= 1_000 else 3
    with measure.city(size, name="bench_page") as database, ExitStack() as stack:
        bare = stack.enter_context(served(database, settings="benchmarks._bare_settings"))
        house = stack.enter_context(served(database))
        visitors = {login: Browser(house.port, house.pid) for login, _ in PAGES.values()}
        for login in filter(None, visitors):
            visitors[login].sign_in(login)
        acts = {BARE: lambda _: bare.get("/")} | {
            name: lambda _, login=login, path=path: visitors[login].get(path) for name, (login, path) in PAGES.items()
        }
        spent = measure.interleaved(acts, rounds, warm=5)
        efforts = {BARE: effort(bare, database, "/", rounds)} | {
            name: effort(visitors[login], database, path, rounds) for name, (login, path) in PAGES.items()
        }
    least, cheapest = measure.share(spent[BARE], 0.5), efforts[BARE]
    return [
        (
            name,
            size,
            middle,
            measure.share(times, 0.95),
            efforts[name],
            middle / least,
            efforts[name] / max(cheapest, 0.01),
        )
        for name, times in spent.items()
        for middle in [measure.share(times, 0.5)]
    ]


def main() -> None:
    """Two tables."""
    each = [measured(size) for size in measure.sizes(SIZES)]
    headings = ("page", "residents", "p50 ms", "p95 ms", "CPU ms", "p50/bare", "CPU/bare")
    measure.table("ページ pages beside a bare Django page", headings, [one for lines in each for one in lines])
    grown = [
        (lines[0][0], lines[0][1], *measure.growth([float(str(one[4])) or 0.01 for one in lines])[1:])
        for lines in zip(*each, strict=True)
    ]
    measure.table("growth of processor time", ("page", "from", *(str(one[0][1]) for one in each[1:])), grown)


if __name__ == "__main__":
    main()
