"""秘匿 Which counts of a table are not published, so that no small count can be read off or computed.

Counts of a table with totals are a flow in a network: every count flows from one sum in which it stands to the other, as a
part into the one and as the whole out of the other. The hidden counts could be others exactly along the circles of the network
of hidden counts. So around each hidden count there must be a circle of hidden ones along which it can grow (or shrink) by one
while no count falls below one: then it stays open even to a reader who knows that no zero is ever hidden.
"""

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import count as turns_from

from yakusho.systems.city.population.rules.circles import Arcs, Parts, bridges, parts

SMALLEST = 5  # counts of 1 to 4 are not published


@dataclass(frozen=True)
class Count:
    """数 One count of a table: how many, and the two sums in which it stands; ``kept`` is told elsewhere unless it is small."""

    number: int
    source: Hashable
    target: Hashable
    kept: bool = False


def hidden(counts: Sequence[Count]) -> frozenset[int]:
    """秘匿する数 Places of the counts that are not published: small ones, and as few others as protect them.

    When the table is too small to protect anything in it, all of it is hidden, zeros too.
    """
    away = {place for place, count in enumerate(counts) if 0 < count.number < SMALLEST}
    net = Net(counts, {place for place, count in enumerate(counts) if place in away or _can_help(count)})
    settled: set[int] = set()
    while bare := list(_apart(counts, _doubtful(counts, away), settled)):
        for place, part_of in bare:
            circle = _circle(net, away, place, part_of)
            if circle is None:
                return frozenset(range(len(counts)))
            away.update(circle)
            settled.add(place)
    return frozenset(away)


def _apart(
    counts: Sequence[Count], doubtful: Iterable[tuple[int, Parts]], settled: Set[int]
) -> Iterator[tuple[int, Parts]]:
    """One doubtful count a sum: the circle found for it often helps the others in the same sum."""
    seen: set[Hashable] = set()
    for place, part_of in doubtful:
        count = counts[place]
        if place not in settled and not seen & {count.source, count.target}:
            seen |= {count.source, count.target}
            yield place, part_of


def _can_help(count: Count) -> bool:
    return count.number >= 2 and not count.kept


class Net:
    """網 Ways to change counts by one: up along the flow, down against it where at least one is left."""

    def __init__(self, counts: Sequence[Count], places: Set[int]) -> None:
        self.counts = counts
        self.ahead: Arcs = defaultdict(list)
        self.back: Arcs = defaultdict(list)
        for place in sorted(places):
            count = counts[place]
            self._lead(place, count.source, count.target)
            if count.number >= 2:
                self._lead(place, count.target, count.source)

    def _lead(self, place: int, source: Hashable, target: Hashable) -> None:
        self.ahead[source].append((place, target))
        self.ahead[target]  # a node without a way on is a node, too
        self.back[target].append((place, source))


def _doubtful(counts: Sequence[Count], away: Set[int]) -> Iterator[tuple[int, Parts]]:
    """Hidden counts that may lie on no circle, with the parts of the network that hang together without them.

    Ones only grow, along the flow: for them it is exact. Larger ones go both ways: what is a bridge is looked at.
    """
    part_of = parts(Net(counts, away).ahead)
    large = {place for place in away if counts[place].number >= 2}
    on_no_circle = bridges(Net(counts, large).ahead)
    firm = parts(Net(counts, away - on_no_circle).ahead)
    for place in sorted(away):
        if place in on_no_circle or place not in large:
            seen = firm if place in large else part_of
            count = counts[place]
            if count.source not in seen or seen[count.source] != seen.get(count.target):
                yield place, seen


def _circle(net: Net, away: Set[int], place: int, part_of: Parts) -> list[int] | None:
    """The circle through one count that hides the fewest people; None when there is none."""
    count = net.counts[place]
    up = _cheapest(net, away, place, (count.target, count.source), part_of)
    if up is not None or count.number == 1:
        return up
    return _cheapest(net, away, place, (count.source, count.target), part_of)


def _cheapest(
    net: Net, away: Set[int], place: int, ends: tuple[Hashable, Hashable], part_of: Parts
) -> list[int] | None:
    """The cheapest way from one end to the other without the count itself, walked from the end with fewer ways.

    Whoever reaches the part of the network in which the other end lies has reached the end.
    """
    start, goal = ends
    arcs = net.ahead
    if len(net.back[goal]) < len(net.ahead[start]):
        start, goal, arcs = goal, start, net.back
    best: dict[Hashable, int] = {start: 0}
    came: dict[Hashable, tuple[int, Hashable]] = {}
    waiting: list[tuple[int, int, Hashable]] = [(0, 0, start)]
    turns = turns_from(1)
    while waiting:
        cost, _, node = heapq.heappop(waiting)
        if node == goal or (node in part_of and part_of[node] == part_of.get(goal)):
            return _way(came, start, node)
        if cost > best[node]:
            continue
        for edge, other in arcs[node]:
            further = cost + (0 if edge in away else net.counts[edge].number)
            if edge != place and further < best.get(other, further + 1):
                best[other], came[other] = further, (edge, node)
                heapq.heappush(waiting, (further, next(turns), other))
    return None


def _way(came: dict[Hashable, tuple[int, Hashable]], start: Hashable, node: Hashable) -> list[int]:
    way = []
    while node != start:
        edge, node = came[node]
        way.append(edge)
    return way
