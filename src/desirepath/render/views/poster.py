"""Poster: the whole map on one page of an exact size, in the largest text that fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.evidence.flow import Flow
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.render.canvas import Canvas
from desirepath.render.paper import paper
from desirepath.render.scene import Scene
from desirepath.render.theme import SOFT_INK
from desirepath.render.views.inset import ways_inset
from desirepath.render.views.known import Known
from desirepath.render.views.layout import Layout, fitted_layout
from desirepath.render.views.quotes import Said, chosen_quotes
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken


def poster_scene(
    journey_map: JourneyMap,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    quotes: Iterable[Said] = (),
    flows: Sequence[Flow] = (),
    size: str = "A3",
    orientation: str = "landscape",
) -> Scene:
    """The map as a poster.

    Text is as large as the page allows, 6 pt at least. What does not fit at 6 pt is left out,
    the least important statements first, and the foot says how many.

    Args:
        journey_map: The map.
        report: Verdicts to mark statements and steps with.
        evidence: Facts for reach, moves, what was felt, expected and delivered.
        quotes: What customers said at steps, the best first; at most two a step are shown.
        flows: How cases move; their most frequent ways stand below the map where there is room.
        size: A0 to A4, letter or tabloid.
        orientation: landscape or portrait.

    Raises:
        RenderError: E601 if the size is not known, E602 if the orientation is not.

    Examples:
        >>> scene = poster_scene(JourneyMap(id="shop", title="I order a plant"))
        >>> scene.width_mm, scene.height_mm
        (420.0, 297.0)
    """
    page = paper(size, orientation)
    journey = with_statement_ids(journey_map)
    report = spoken(report, journey.language)
    known = Known(Words(journey.language), report, evidence, chosen_quotes(quotes))
    return _painted(fitted_layout(journey, known, page), journey, known, flows)


def _painted(
    layout: Layout, journey: JourneyMap, known: Known, flows: Sequence[Flow]
) -> Scene:
    page = layout.page
    canvas = Canvas(
        page.width_mm,
        page.height_mm,
        language=journey.language,
        is_rtl=layout.setting.is_rtl,
    )
    left, width = page.margin_mm, page.width_mm - 2 * page.margin_mm
    y = page.margin_mm
    layout.header.paint(canvas, left, y, width)
    y += layout.header.height_mm
    foot = page.height_mm - page.margin_mm - layout.footer.height_mm
    if layout.stages.bands:
        layout.stages.paint(canvas, y, layout.stages.height_mm)
        end = _paint_rows(canvas, layout, y + layout.stages.height_mm + layout.gap_mm)
        end += layout.setting.style.em_mm
        canvas.add(ways_inset(flows, page, journey.language, end, foot - end))
    else:
        _paint_empty(canvas, layout, (y + foot) / 2, known.words.say("empty"))
    layout.footer.paint(canvas, left, foot)
    return canvas.scene(journey.title)


def _paint_rows(canvas: Canvas, layout: Layout, y_mm: float) -> float:
    """Draw the rows and tell where they end; spare height makes them higher, the curve most, but never mostly empty."""
    growth = layout.growth
    for row in layout.rows:
        height = row.height_mm + row.stretch * growth
        row.paint(canvas, y_mm, height)
        y_mm += height + layout.gap_mm
    return y_mm


def _paint_empty(canvas: Canvas, layout: Layout, y_mm: float, text: str) -> None:
    """Say that there is nothing to see yet."""
    setting, page = layout.setting, layout.page
    width = page.width_mm - 2 * page.margin_mm
    words = setting.sized(text, width, 1.4 * setting.style.body_pt)
    top = y_mm - words.height_mm / 2
    canvas.text(words, page.margin_mm, top, width, SOFT_INK, "middle")
