"""Draw a map into a file: the suffix of its name says in which format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from desirepath.analyze.finding import AnalysisReport
from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.evidence.flow import Flow
from desirepath.maps.model import JourneyMap
from desirepath.render.flow_page import flow_pictures
from desirepath.render.page import map_page
from desirepath.render.picture_file import (
    PAGE,
    check_picture,
    scene_bytes,
    write_picture,
)
from desirepath.render.views.poster import poster_scene
from desirepath.render.views.quotes import Said
from desirepath.steps import step


@step("drawing the map")
def draw_map(  # noqa: PLR0913 - all but two by name
    journey_map: JourneyMap,
    path: str | Path,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    flows: Sequence[Flow] = (),
    quotes: Iterable[Said] = (),
    analysis: AnalysisReport | None = None,
    size: str = "A3",
    orientation: str = "landscape",
    ppi: float = 150,
) -> Path:
    """Draw a map as a poster, or as a page with the poster on it.

    The same map gives the same bytes. An existing file is replaced only when the new one is whole.

    Args:
        journey_map: The map.
        path: File to write; ends in .pdf, .png, .svg or .html.
        report: Verdicts to mark statements and steps with.
        evidence: Facts for reach, moves, what was felt, expected and delivered.
        flows: How cases move, one flow for each level; a page shows them, a poster with room to
            spare the most frequent ways.
        quotes: What customers said at steps, the best first: objects with `step`, `text`, `theme`
            and `language`. A poster shows at most two a step, a page all; none is shortened.
        analysis: Findings from `analyze_map`; a page shows what to fix first.
        size: Paper: A0 to A4, letter or tabloid.
        orientation: landscape or portrait.
        ppi: Pixels per inch of a PNG, 20 to 1200.

    Returns:
        The file.

    Raises:
        RenderError: E601 unknown size, E602 unknown orientation, E603 unknown suffix, E604 the
            file cannot be written, E605 ppi out of range.
    """
    target = Path(path)
    suffix = check_picture(target, ppi)
    said = tuple(quotes)
    scene = poster_scene(
        journey_map,
        report=report,
        evidence=evidence,
        quotes=said,
        flows=() if suffix == PAGE else flows,
        size=size,
        orientation=orientation,
    )
    if suffix != PAGE:
        return write_picture(target, scene_bytes(scene, suffix, ppi))
    pictures = flow_pictures(flows, language=journey_map.language) if flows else None
    page = map_page(
        journey_map,
        scene,
        report=report,
        evidence=evidence,
        pictures=pictures,
        quotes=said,
        analysis=analysis,
    )
    return write_picture(target, page.encode())
