"""Courses of lines in a row: forward through the gaps, back below the cards, ends with a letter. Paints nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desirepath.render.scene import PathCommand
from desirepath.render.views.flow_band import (
    CIRCLE_EM,
    CORNER_EM,
    HEAD_EM,
    STUB_EM,
    TRACK_EM,
    BandPlan,
    Kind,
    PlacedLine,
    PlacedStop,
    Point,
)

# Where along a track a number stands, the best first.
TRACK_SPOTS = (0.5, 0.38, 0.62, 0.26, 0.74, 0.16, 0.84, 0.08, 0.92)
CURVE_SPOTS = (0.2, 0.35, 0.5, 0.65, 0.1, 0.8, 0.9, 0.03)


@dataclass(frozen=True)
class Course:
    """Everything placed in a row but its lines.

    Attributes:
        plan: The row.
        left_mm: Left edge of each column.
        card_mm: Width of the cards.
        stops: The cards by number of the stop.
        passes: Middle of each move in each column it passes.
        right_at: Height of each end on the right of a card, by key.
        left_at: Height of each end on the left of a card, by key.
        bottoms_mm: Lowest point of each column.
    """

    plan: BandPlan
    left_mm: Sequence[float]
    card_mm: float
    stops: Mapping[int, PlacedStop]
    passes: Mapping[tuple[int, int], float]
    right_at: Mapping[tuple[str, int], float]
    left_at: Mapping[tuple[str, int], float]
    bottoms_mm: Sequence[float]

    def lines(self) -> list[PlacedLine]:
        """All lines of the row."""
        onward = [self._onward(number) for number in self.plan.band.onward]
        out = [self._out(number) for number in self.plan.out]
        into = [self._into(*key) for key in self.plan.into]
        return [*onward, *self._back(), *out, *into]

    def _onward(self, number: int) -> PlacedLine:
        """From the right of a card through the gaps to the left of another."""
        plan, em, zones = self.plan, self.plan.em, self.plan.zones
        move = plan.measure.flow.moves[number]
        first, last = plan.column[move.start], plan.column[move.end]
        x = self.left_mm[first] + self.card_mm
        y = self.right_at["line", number]
        commands: list[PathCommand] = [("M", x, y)]
        spots: list[Point] = []
        for column in range(first + 1, last + 1):
            is_end = column == last
            x0 = self.left_mm[column - 1] + self.card_mm + zones.right_mm[column - 1]
            head = 0.8 * HEAD_EM * em if is_end else 0.0
            x1 = self.left_mm[column] - max(zones.left_mm[column], head)
            y1 = self.left_at["line", number] if is_end else self.passes[column, number]
            middle = (x0 + x1) / 2
            commands += [("L", x0, y), ("C", middle, y, middle, y1, x1, y1)]
            spots += [_on_curve((x0, y), (x1, y1), part) for part in CURVE_SPOTS]
            y = y1
            if not is_end:
                commands.append(("L", self.left_mm[column] + self.card_mm, y))
        tip = self.left_mm[last]
        commands.append(("L", tip - HEAD_EM * em * 0.8, y))
        width = plan.measure.line_mm(number)
        return PlacedLine(
            (number,),
            "onward",
            width,
            tuple(commands),
            (tip, y, max(width / 2, 0.36 * em)),
            spots=tuple(spots),
        )

    def _back(self) -> list[PlacedLine]:
        """Down on the right of a card, along below all cards passed, up on the left of another."""
        plan, em, zones = self.plan, self.plan.em, self.plan.zones
        found: list[PlacedLine] = []
        taken: list[tuple[float, float, float, float]] = []
        for number in plan.back:
            move = plan.measure.flow.moves[number]
            start, end = plan.column[move.start], plan.column[move.end]
            width = plan.measure.line_mm(number)
            x0 = self.left_mm[start] + self.card_mm + zones.right_of[number]
            x1 = self.left_mm[end] - zones.left_of[number]
            low, high = sorted((start, end))
            y = max(self.bottoms_mm[low : high + 1]) + 0.8 * em + width / 2
            least = max(width, 0.0)
            while True:
                clash = [
                    one
                    for one in taken
                    if one[0] < max(x0, x1) + em
                    and one[1] > min(x0, x1) - em
                    and abs(one[2] - y) < (one[3] + least) / 2 + TRACK_EM * em
                ]
                if not clash:
                    break
                y = max(one[2] + (one[3] + least) / 2 for one in clash) + TRACK_EM * em
                y += 1e-6
            taken.append((min(x0, x1), max(x0, x1), y, width))
            ya, yb = self.right_at["line", number], self.left_at["line", number]
            tip = self.left_mm[end]
            course = _bent(
                [
                    (self.left_mm[start] + self.card_mm, ya),
                    (x0, ya),
                    (x0, y),
                    (x1, y),
                    (x1, yb),
                    (tip - 0.8 * HEAD_EM * em, yb),
                ],
                CORNER_EM * em,
            )
            found.append(
                PlacedLine(
                    (number,),
                    "back",
                    width,
                    course,
                    (tip, yb, max(width / 2, 0.36 * em)),
                    spots=tuple((x0 + (x1 - x0) * part, y) for part in TRACK_SPOTS),
                )
            )
        return found

    def _out(self, number: int) -> PlacedLine:
        """A short line to a circle with the letter of where it goes on."""
        plan, em = self.plan, self.plan.em
        move = plan.measure.flow.moves[number]
        column = plan.column[move.start]
        x, y = self.left_mm[column] + self.card_mm, self.right_at["out", number]
        end = x + plan.zones.right_mm[column] + STUB_EM * em
        circle = (end + CIRCLE_EM * em, y)
        side = circle[0] + (CIRCLE_EM + 1.5) * em
        return PlacedLine(
            (number,),
            plan.kind(number),
            plan.measure.line_mm(number),
            (("M", x, y), ("L", end, y)),
            None,
            circle,
            plan.measure.letters[move.end],
            ((side, y), (side + 0.4 * em, y), (side, y - 0.7 * em), (side, y + 0.7 * em), (circle[0], y - 1.5 * em), (circle[0], y + 1.5 * em)),
        )  # fmt: skip

    def _into(self, stop: int, kind: Kind) -> PlacedLine:
        """A short line from a circle with the letter to the card."""
        plan, em = self.plan, self.plan.em
        moves = plan.into[stop, kind]
        column = plan.column[stop]
        x, y = self.left_mm[column], self.left_at[f"in-{kind}", stop]
        start = x - plan.zones.left_mm[column] - (STUB_EM + 0.3) * em
        width = plan.measure.line_mm(*moves)
        return PlacedLine(
            tuple(moves),
            kind,
            width,
            (("M", start, y), ("L", x - 0.8 * HEAD_EM * em, y)),
            (x, y, max(width / 2, 0.36 * em)),
            (start - CIRCLE_EM * em, y),
            plan.measure.letters[stop],
        )


def _on_curve(start: Point, end: Point, part: float) -> Point:
    """Point of the curve between two points whose ends are level."""
    (x0, y0), (x1, y1) = start, end
    rest, middle = 1 - part, (start[0] + end[0]) / 2
    x = rest**3 * x0 + 3 * rest * part * middle + part**3 * x1
    y = (rest**3 + 3 * rest**2 * part) * y0 + (3 * rest * part**2 + part**3) * y1
    return x, y


def _bent(points: Sequence[Point], corner_mm: float) -> tuple[PathCommand, ...]:
    """Straight pieces with round corners."""
    commands: list[PathCommand] = [("M", *points[0])]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        first, second = _near(at, before, corner_mm), _near(at, after, corner_mm)
        commands += [("L", *first), ("C", *at, *at, *second)]
    return (*commands, ("L", *points[-1]))


def _near(at: Point, to: Point, most_mm: float) -> Point:
    """Point on the way from one to another, no further than half of it."""
    dx, dy = to[0] - at[0], to[1] - at[1]
    length = max(abs(dx), abs(dy), 1e-9)
    part = min(most_mm / length, 0.5)
    return at[0] + dx * part, at[1] + dy * part
