"""図 Bars of the page as percentages without a viewBox, so that words keep their size at 320 px."""

from dataclasses import dataclass

from yakusho.systems.city.evaluation.rules import Pillar, Plan

HEIGHT = 196
TOP = 16


@dataclass(frozen=True)
class Part:
    """A part of a bar: share of the width, and its figure where it stands."""

    kind: str
    text: str
    figure: int
    x: str
    width: str
    middle: str


@dataclass(frozen=True)
class Column:
    """One plan as a column: what it carried on and what it listed anew, in pixels from the top."""

    plan: Plan
    x: str
    middle: str
    old_y: int
    old_height: int
    new_y: int
    new_height: int
    new_middle: int
    label_y: int


def bar(pillar: Pillar, longest: int) -> list[Part]:
    """柱の棒 done, partly and not started of a pillar, on the scale of the longest pillar."""
    parts, start = [], 0
    counts = pillar.counts
    for kind, text, figure in (("a", "on", counts.done), ("b", "ink", counts.partly), ("c", "ink", counts.not_started)):
        if figure:
            middle = start + figure / 2
            parts.append(
                Part(kind, text, figure, *(f"{part * 100 / longest:.2f}%" for part in (start, figure, middle)))
            )
        start += figure
    return parts


def columns(plans: list[Plan]) -> list[Column]:
    """計画の棒 Measures listed by each plan, new ones on top."""
    longest = max(plan.measures for plan in plans)
    width = 100 // len(plans)
    return [_column(plan, 3 + number * width, longest) for number, plan in enumerate(plans)]


def _column(plan: Plan, x: int, longest: int) -> Column:
    new = plan.new or 0
    old_height, new_height = (round(figure * HEIGHT / longest) for figure in (plan.measures - new, new))
    old_y = TOP + HEIGHT - old_height
    new_y = old_y - new_height
    return Column(
        plan, f"{x}%", f"{x + 8.5}%", old_y, old_height, new_y, new_height, new_y + new_height // 2 + 5, new_y - 8
    )
