"""What can be seen of the plans."""

from typing import Literal

from yakusho.blocks.doors import Value
from yakusho.systems.city.evaluation.rules import Counts, Percent, Pillar, PillarId, Plan, Status

Running = Literal["running", "prepared", "planned"]


class Overview(Value):
    """計画の総括 Published totals, pillars and plans."""

    title: str
    english: str
    source: str
    source_english: str
    totals: Counts
    percent: Percent
    pillars: list[Pillar]
    plans: list[Plan]


class MeasureView(Value):
    """施策 What the text says of a measure, and the system that answers to it.

    ``running``: a system of this house says that it delivers the measure; ``prepared``: the system is here but does not
    say so; ``planned``: it is not here. ``acts`` and ``looks``: how often it was used in the last days.
    """

    name: str
    english: str
    pillar: PillarId
    plans: list[int]
    status: Status
    why: str
    why_english: str
    relisted: list[PillarId]
    system: str
    running: Running
    acts: int
    looks: int


class UseView(Value):
    """利用状況 How often a system was used: acts and looks at people's data, refused knocks left out."""

    system: str
    title: str
    acts: int
    looks: int
