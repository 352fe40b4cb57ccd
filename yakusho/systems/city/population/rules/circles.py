"""網 Circles in a network: which nodes reach each other, and which edges lie on no circle. Without recursion, in one walk each."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

Arcs = dict[Hashable, list[tuple[int, Hashable]]]  # from each node: number of the edge, and the node it leads to
Parts = dict[Hashable, int]


@dataclass
class Visit:
    """訪問 One node on the way down: by which edge it was reached, and which of its edges come next."""

    node: Hashable
    by: int
    edges: Iterator[tuple[int, Hashable]]


class Walk:
    """深さ優先探索 A walk in depth (Tarjan): the order of arrival, and the earliest node that each one reaches."""

    def __init__(self, arcs: Arcs) -> None:
        self.arcs = arcs
        self.order: dict[Hashable, int] = {}
        self.low: dict[Hashable, int] = {}
        self.done: set[Hashable] = set()  # nodes whose part is complete: they no longer count

    def from_(self, root: Hashable, *, both_ways: bool) -> Iterator[Visit]:
        """Every node below a root as it is left, deepest first. ``both_ways``: the edge of arrival leads back, too."""
        way = [self._arrive(root, -1)]
        while way:
            step = self._step(way[-1], both_ways)
            if step is not None:
                way.append(step)
                continue
            left = way.pop()
            yield left
            if way:
                above = way[-1].node
                self.low[above] = min(self.low[above], self.low[left.node])

    def _arrive(self, node: Hashable, by: int) -> Visit:
        self.order[node] = self.low[node] = len(self.order)
        return Visit(node, by, iter(self.arcs[node]))

    def _step(self, here: Visit, both_ways: bool) -> Visit | None:
        for edge, other in here.edges:
            if other not in self.order:
                return self._arrive(other, edge)
            if other not in self.done and not (both_ways and edge == here.by):
                self.low[here.node] = min(self.low[here.node], self.order[other])
        return None


def parts(arcs: Arcs) -> Parts:
    """強連結成分 For each node the number of its part: two nodes of one part reach each other."""
    walk = Walk(arcs)
    open_: list[Hashable] = []
    part_of: Parts = {}
    for root in list(arcs):
        if root in walk.order:
            continue
        for left in walk.from_(root, both_ways=False):
            open_.append(left.node)
            if walk.low[left.node] == walk.order[left.node]:
                _close(walk, open_, part_of, left.node)
    return part_of


def _close(walk: Walk, open_: list[Hashable], part_of: Parts, first: Hashable) -> None:
    """All nodes that were reached after the first one of a part and belong to no other part are its members."""
    number = walk.order[first]
    while open_ and walk.order[open_[-1]] >= number:
        node = open_.pop()
        part_of[node] = number
        walk.done.add(node)


def bridges(arcs: Arcs) -> set[int]:
    """橋 Edges on no circle, where every edge leads both ways."""
    walk = Walk(arcs)
    found: set[int] = set()
    for root in list(arcs):
        if root not in walk.order:
            visits = walk.from_(root, both_ways=True)
            found |= {left.by for left in visits if left.by >= 0 and walk.low[left.node] == walk.order[left.node]}
    return found
