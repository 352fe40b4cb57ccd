"""図 Pyramid and curve as percentages without a viewBox, so that words keep their size at 320 px."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from yakusho.systems.city.population.values import Band, MonthView

ROW = 22
WING = 40  # percent of the width on each side of the ages
HEIGHT, TOP = 200, 12


@dataclass(frozen=True)
class Step:
    """段 One band of the pyramid: men to the left, women to the right."""

    band: Band
    label: str
    y: int
    text_y: int
    men_x: str
    men_width: str
    women_width: str


@dataclass(frozen=True)
class Pyramid:
    """人口ピラミッド Oldest on top."""

    steps: list[Step]
    height: int
    women_x: str = f"{100 - WING}%"


@dataclass(frozen=True)
class Curve:
    """推移 Straight lines from month to month, with the ends of the scale; gaps where a number is hidden."""

    lines: list[tuple[str, str, str, str]]
    years: list[tuple[str, int]]
    highest: int
    lowest: int
    height: int = HEIGHT + 36
    top: int = TOP
    bottom: int = TOP + HEIGHT


def pyramid(bands: Sequence[Band]) -> Pyramid:
    """人口ピラミッド Each bar on the scale of the longest one; a hidden number has no bar."""
    longest = max([1, *(number for band in bands for number in (band.men, band.women) if number)])
    steps = [_step(band, place, longest) for place, band in enumerate(reversed(bands))]
    return Pyramid(steps, ROW * len(steps))


def _step(band: Band, place: int, longest: int) -> Step:
    men, women = ((number or 0) * WING / longest for number in (band.men, band.women))
    label = f"{band.first}–{band.last}" if band.last else f"{band.first}+"
    return Step(band, label, place * ROW + 1, place * ROW + 16, f"{WING - men:.2f}%", f"{men:.2f}%", f"{women:.2f}%")


def curve(months: Sequence[MonthView]) -> Curve | None:
    """推移の線 None when fewer than two months can be shown."""
    told = [one.population for one in months if one.population is not None]
    if len(told) < 2:
        return None
    low, high = _round(min(told), max(told))
    points = [(place * 100 / (len(months) - 1), one.population) for place, one in enumerate(months)]
    lines = [
        (f"{x:.2f}%", _y(number, low, high), f"{next_x:.2f}%", _y(next_number, low, high))
        for (x, number), (next_x, next_number) in itertools.pairwise(points)
        if number is not None and next_number is not None
    ]
    years = [(f"{x:.2f}%", one.month.year) for (x, _), one in zip(points, months, strict=True) if one.month.month == 1]
    return Curve(lines, years, high, low)


def _y(number: int, low: int, high: int) -> str:
    return f"{TOP + HEIGHT - (number - low) * HEIGHT / (high - low):.1f}"


def _round(low: int, high: int) -> tuple[int, int]:
    """The ends of the scale: round numbers around all points."""
    step = 1
    while step * 10 < max(high - low, 10):
        step *= 10
    return low // step * step, -(-(high + 1) // step) * step
