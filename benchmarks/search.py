"""住民検索 What a clerk's search takes at three sizes of the city, through its door with the row in the record; beside it, in the same
run, the plain way over the same names (LIKE '%…%', sorted by reading) and the bound, one row by its primary key.

    bin/yakusho bench search        or: .venv/bin/python benchmarks/search.py [RESIDENTS …] [--long]
"""

from __future__ import annotations

import _measure as measure
from _desk import CLERK, ON, by_key, residents
from django.db import connection

from yakusho.systems.city.resident_records import queries

SIZES = (10_000, 100_000, 285_000)
MILLION = 1_000_000
ROUNDS = 200
PLAIN = """
select n.person_id, n.family, n.given, n.born from people_naming n
where upper(n.known) is null and n.family_kana || n.given_kana like %s order by n.family_kana || n.given_kana, n.born limit 51
"""


def kinds(drawn: list) -> dict[str, list[tuple[str, str]]]:
    """Kind of question → what is typed, and the same for LIKE; as many as people were drawn."""
    return {
        "かな2文字": [(kana[:2], kana[:2]) for *_, kana, _, _ in drawn],
        "氏のかな": [(kana, kana) for *_, kana, _, _ in drawn],
        "氏名のかな": [(f"{kana} {given}", kana + given) for *_, kana, given, _ in drawn],
        "氏の漢字": [(one[1], one[3]) for one in drawn],
        "氏のかなと生年": [(f"{one[3]} {one[5]:%Y}", one[3]) for one in drawn],
        "生年月日": [(f"{one[5]:%Y-%m-%d}", one[3] + one[4]) for one in drawn],
    }


def plain(text: str) -> object:
    """As most systems do it."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, [f"%{text}%"])
        return cursor.fetchall()


def measured(size: int, rounds: int) -> list[measure.Row]:
    """The lines of one size; the last is all kinds together."""
    lines: list[measure.Row] = []
    efforts: list[float] = []
    with measure.city(size, name="bench_search"):
        drawn = residents(rounds)
        every: dict[str, list[float]] = {"own": [], "peer": [], "bound": []}
        for kind, asked in kinds(drawn).items():
            acts = {
                "own": lambda turn, asked=asked: queries.search(text=asked[turn % len(asked)][0], by=CLERK, on=ON),
                "peer": lambda turn, asked=asked: plain(asked[turn % len(asked)][1]),
                "bound": lambda turn: by_key(drawn[turn % len(drawn)][0]),
            }
            spent = measure.interleaved(acts, rounds)
            for name, times in spent.items():
                every[name] += times
            effort = measure.effort(acts["own"], rounds)
            lines.append((*line(size, kind, spent), effort))
            efforts.append(effort)
        together = line(size, "すべて", {name: sorted(times) for name, times in every.items()})
        lines.append((*together, sum(efforts) / len(efforts)))
    return lines


def line(size: int, kind: str, spent: dict[str, list[float]]) -> measure.Row:
    own, peer, bound = (spent[name] for name in ("own", "peer", "bound"))
    middle, late = measure.share(own, 0.5), measure.share(own, 0.95)
    other, bottom = measure.share(peer, 0.95), measure.share(bound, 0.5)
    return (kind, size, middle, late, measure.share(peer, 0.5), other, bottom, other / late, middle / bottom)


def main() -> None:
    """One table."""
    rounds = ROUNDS
    chosen = measure.sizes(SIZES, long=MILLION)
    lines = [one for size in chosen for one in measured(size, rounds if size > 2_000 else 4)]
    together = [one for one in lines if one[0] == "すべて"]
    grown = measure.growth([float(str(one[3])) for one in together])
    times = ("p50 ms", "p95 ms", "LIKE p50", "LIKE p95", "key p50")
    headings = ("kind", "residents", *times, "LIKE/own p95", "own/key p50", "CPU ms")
    measure.table("住民検索 search by a clerk, through its door", headings, lines)
    pairs = zip(together, grown, strict=True)
    measure.table(
        "growth of p95 with the city", ("residents", "p95 ms", "growth"), [(one[1], one[3], by) for one, by in pairs]
    )


if __name__ == "__main__":
    main()
