"""Personas side by side: share, goal, value and pain of each, with intervals on one scale."""

from __future__ import annotations

from functools import partial

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.canvas import Canvas
from desirepath.render.scene import Scene
from desirepath.render.theme import PAPER, ROW_STROKE
from desirepath.render.views.flow_rows import PictureRow, RowPicture, row_scene
from desirepath.render.views.persona_curves import PERSONA_LOOKS
from desirepath.render.views.persona_facts import with_interval
from desirepath.render.words import Words

MEASURES = ("persona_share", "persona_goal", "persona_value", "persona_pain")
ROW_MM = 5.0
DOT_MM = 1.1


def personas_scene(
    journey_map: JourneyMap, evidence: Evidence | None, *, width_mm: float = 297
) -> Scene:
    """The personas of a map that the data can tell, one row each below each measure.

    Args:
        journey_map: The map.
        evidence: From `measure_map`.
        width_mm: Width of the picture; its height follows.
    """
    words = Words(journey_map.language)
    personas = [one for one in journey_map.personas if isinstance(one, Persona)]
    rows: list[PictureRow] = []
    for measure in MEASURES if evidence else ():
        facts = [
            (number, one, fact)
            for number, one in enumerate(personas)
            if evidence
            and (fact := evidence.find(f"persona:{one.id}", measure))
            and fact.value is not None
        ]
        top = max((fact.high or fact.value or 0.0 for _, _, fact in facts), default=1.0)
        if facts:
            rows.append(_heading(measure, words))
        rows += [
            _row(number, one, fact, top or 1.0, words) for number, one, fact in facts
        ]
    nobody = evidence.find("map", "persona_nobody") if evidence else None
    notes = (
        (words.say("personas.nobody", share=with_interval(nobody, words)),)
        if nobody and nobody.value
        else ()
    )
    picture = RowPicture(
        words.say("personas.title", title=journey_map.title),
        words.say("evidence.cases", cases=evidence.cases) if evidence else "",
        tuple(rows),
        notes,
        words.say("personas.none"),
    )
    return row_scene(picture, width_mm, journey_map.language)


def _heading(measure: str, words: Words) -> PictureRow:
    text = words.say(f"personas.{measure}")
    return PictureRow(measure, text, "", _paint_nothing, ROW_MM)


def _row(
    number: int, persona: Persona, fact: Fact, top: float, words: Words
) -> PictureRow:
    paint = partial(
        _paint_interval, fact, top, PERSONA_LOOKS[number % len(PERSONA_LOOKS)].color
    )
    ref = f"persona:{persona.id}"
    return PictureRow(
        ref, f"– {persona.name}", with_interval(fact, words), paint, ROW_MM
    )


def _paint_nothing(
    canvas: Canvas, x_mm: float, y_mm: float, width_mm: float, height_mm: float
) -> None:
    """A heading has no drawing."""
    del canvas, x_mm, y_mm, width_mm, height_mm


def _paint_interval(
    fact: Fact,
    top: float,
    color: str,
    canvas: Canvas,
    x_mm: float,
    y_mm: float,
    width_mm: float,
    height_mm: float,
) -> None:
    """A dot at the value, a line for the interval, on a scale from 0 to the highest end."""
    room = width_mm - 2 * DOT_MM
    value, low, high = (
        room * (end or 0.0) / top for end in (fact.value, fact.low, fact.high)
    )
    middle = y_mm + height_mm / 2
    canvas.rect(x_mm, middle - 0.1, width_mm, 0.2, ROW_STROKE)
    canvas.rect(x_mm + low, middle - 0.25, max(high - low, 0.2), 0.5, color)
    for end in (low, high):
        canvas.rect(x_mm + end - 0.15, middle - 0.9, 0.3, 1.8, color)
    canvas.circle(x_mm + max(value, DOT_MM), middle, DOT_MM, color, PAPER, 0.3)
