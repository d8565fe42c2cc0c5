"""Curves of personas: one line each, told apart by color, dash and marker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from desirepath.maps.refs import score_words
from desirepath.render.canvas import Canvas
from desirepath.render.theme import PAPER
from desirepath.render.views.plot import Plot, Spot, bend
from desirepath.render.views.points import Point

MARKER_EM = 0.34
SHIFT_EM = 0.7  # between the markers of two personas at one step


@dataclass(frozen=True, slots=True)
class PersonaLook:
    """How a persona's curve is drawn."""

    color: str
    dash_em: float
    marker: str
    width_em: float = 0.17


PERSONA_LOOKS = (
    PersonaLook("#2457d6", 0.0, "circle"),
    PersonaLook("#9a3d00", 1.0, "square"),
    PersonaLook("#7a4cc2", 0.45, "diamond"),
    PersonaLook("#0f7f86", 0.22, "triangle"),
)
SHAPES = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0.0, -1.25), (1.25, 0.0), (0.0, 1.25), (-1.25, 0.0)),
    "triangle": ((0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
}


def persona_spots(
    plot: Plot, points: Sequence[Point], number: int
) -> list[Spot | None]:
    """Where a persona's curve passes each point; None where the team said nothing."""
    count = len(points[0].personas) if points else 0
    shift = (number - (count - 1) / 2) * SHIFT_EM * plot.style.em_mm
    found: list[Spot | None] = []
    for point in points:
        score = point.personas[number]
        found.append(None if score is None else (plot.x(point) + shift, plot.y(score)))
    return found


def paint_persona(
    canvas: Canvas, plot: Plot, points: Sequence[Point], number: int, name: str
) -> None:
    """Draw the curve of one persona with a marker at each score."""
    em, look = plot.style.em_mm, PERSONA_LOOKS[number]
    spots = persona_spots(plot, points, number)
    for start, end in pairwise(spot for spot in spots if spot):
        canvas.path(
            bend(start, end),
            stroke=look.color,
            stroke_mm=look.width_em * em,
            dash_mm=look.dash_em * em,
            is_round=not look.dash_em,
        )
    for point, spot in zip(points, spots, strict=True):
        score = point.personas[number]
        if spot and score is not None:
            label = f"{point.label}: {name} {score_words(round(score, 1))}"
            with canvas.group(point.ref, label, "img"):
                paint_marker(canvas, look, *spot, em)


def paint_marker(
    canvas: Canvas, look: PersonaLook, x_mm: float, y_mm: float, em_mm: float
) -> None:
    """Draw the marker of a persona around a spot."""
    radius = MARKER_EM * em_mm
    if look.marker == "circle":
        canvas.circle(x_mm, y_mm, radius, look.color, PAPER, 0.1 * em_mm)
        return
    corners = [
        (x_mm + dx * radius, y_mm + dy * radius) for dx, dy in SHAPES[look.marker]
    ]
    lines = (("M", *corners[0]), *(("L", *corner) for corner in corners[1:]), ("Z",))
    canvas.path(lines, fill=look.color, stroke=PAPER, stroke_mm=0.1 * em_mm)
