"""Numbers on lines: each finds a free place or is left out; none lies on a card or on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from desirepath.render.scene import PathCommand
from desirepath.render.text import PT_MM, line_width_mm

ON_LINE = (
    1.15  # a line this much wider than the letters carries its number without a ground
)
STEPS = 12
AIR_EM, TIGHT_COST = 0.5, 2.5  # a number right beside a card reads as part of it

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Wish:
    """A number that wants a place.

    Attributes:
        line: Number of the line it belongs to.
        text: The number.
        color: Its color.
        spots: Middles it may take, the best first.
        importance: The largest is placed first.
    """

    line: int
    text: str
    color: str
    spots: Sequence[tuple[float, float]]
    importance: float


@dataclass(frozen=True, slots=True)
class Label:
    """A number with its place."""

    wish: Wish
    box: Box
    size_pt: float


def place_labels(
    wishes: Iterable[Wish],
    obstacles: Iterable[Box],
    courses: Sequence[Sequence[PathCommand]],
    within: Box,
    size_pt: float,
) -> list[Label]:
    """Labels that found a place; a place on few other lines is better than an earlier one.

    Args:
        wishes: What wants a place.
        obstacles: Cards, circles and arrow heads.
        courses: Course of each line.
        within: Labels stay inside.
        size_pt: Size of the letters.
    """
    em = size_pt * PT_MM
    points, owners = _samples(courses)
    taken = list(obstacles)
    found = []
    for wish in sorted(wishes, key=lambda one: (-one.importance, one.line)):
        wide = line_width_mm(wish.text, size_pt) + 0.35 * em
        best: tuple[float, Box] | None = None
        for rank, (x, y) in enumerate(wish.spots):
            box = (x - wide / 2, y - 0.55 * em, x + wide / 2, y + 0.55 * em)
            if not _is_inside(box, within) or any(_overlap(box, one) for one in taken):
                continue
            cost = rank + 6.0 * _foreign(box, points, owners, wish.line)
            airy = (box[0] - AIR_EM * em, box[1], box[2] + AIR_EM * em, box[3])
            cost += TIGHT_COST * any(_overlap(airy, one) for one in taken)
            if best is None or cost < best[0]:
                best = (cost, box)
        if best:
            taken.append(best[1])
            found.append(Label(wish, best[1], size_pt))
    return found


def _samples(
    courses: Sequence[Sequence[PathCommand]],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """float64[k, 2] points on all lines, and int64[k] the line of each."""
    points: list[tuple[float, float]] = [(-1.0, -1.0)]
    owners = [-1]
    for number, commands in enumerate(courses):
        at = (0.0, 0.0)
        for command in commands:
            values = [float(value) for value in command[1:]]
            end = (values[-2], values[-1])
            if command[0] != "M":
                pulls = [at, *zip(values[::2], values[1::2], strict=True)]
                points += [_bezier(pulls, (step + 1) / STEPS) for step in range(STEPS)]
                owners += [number] * STEPS
            at = end
    return np.array(points), np.array(owners, dtype=np.int64)


def _bezier(pulls: Sequence[tuple[float, float]], part: float) -> tuple[float, float]:
    """Point of a straight line or curve given by its ends and what pulls it (de Casteljau)."""
    points = list(pulls)
    while len(points) > 1:
        points = [
            (a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
            for a, b in pairwise(points)
        ]
    return points[0]


def _foreign(
    box: Box, points: NDArray[np.float64], owners: NDArray[np.int64], own: int
) -> int:
    """Number of other lines that run through a box."""
    left, top, right, bottom = box
    inside = (points[:, 0] > left) & (points[:, 0] < right)
    inside &= (points[:, 1] > top) & (points[:, 1] < bottom) & (owners != own)
    return len(np.unique(owners[inside]))


def _is_inside(box: Box, within: Box) -> bool:
    return (
        box[0] >= within[0]
        and box[1] >= within[1]
        and box[2] <= within[2]
        and box[3] <= within[3]
    )


def _overlap(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )
