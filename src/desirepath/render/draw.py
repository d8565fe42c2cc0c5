"""Draw a map into a file: the suffix of its name says in which format."""

from __future__ import annotations

from pathlib import Path

from desirepath.check.report import CheckReport
from desirepath.errors import Problem, RenderError, did_you_mean
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.render.formats.svg import scene_svg
from desirepath.render.formats.typst import scene_pdf, scene_png
from desirepath.render.page import map_page
from desirepath.render.views.poster import poster_scene
from desirepath.whole_files import write_whole

SUFFIXES = (".html", ".pdf", ".png", ".svg")
LEAST_PPI, MOST_PPI = 20.0, 1200.0


def draw_map(
    journey_map: JourneyMap,
    path: str | Path,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
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
        evidence: Facts for reach and moves.
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
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise RenderError(
            Problem(
                "E603",
                f'no picture format is called "{target.suffix}"',
                str(target),
                did_you_mean(suffix, SUFFIXES),
            )
        )
    if not LEAST_PPI <= ppi <= MOST_PPI:
        raise RenderError(
            Problem(
                "E605",
                f"expected a resolution of 20 to 1200 pixels per inch, found {ppi:g}",
                hint="Give --ppi 150 for a screen, 300 for print.",
            )
        )
    scene = poster_scene(
        journey_map,
        report=report,
        evidence=evidence,
        size=size,
        orientation=orientation,
    )
    if suffix == ".pdf":
        data = scene_pdf(scene)
    elif suffix == ".png":
        data = scene_png(scene, ppi=ppi)
    elif suffix == ".svg":
        data = scene_svg(scene).encode()
    else:
        data = map_page(journey_map, scene, report=report, evidence=evidence).encode()
    return _write(target, data)


def _write(target: Path, data: bytes) -> Path:
    try:
        return write_whole(target, data)
    except OSError as error:
        raise RenderError(
            Problem(
                "E604",
                f"the picture cannot be written: {error.strerror}",
                str(target),
                "Choose a folder that exists and that you may write to.",
            )
        ) from error
