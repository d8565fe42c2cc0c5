"""Pictures as files: the suffix of the name says in which format. Draws nothing itself."""

from __future__ import annotations

from pathlib import Path

from desirepath.errors import Problem, RenderError, did_you_mean
from desirepath.render.formats.svg import scene_svg
from desirepath.render.formats.typst import scene_pdf, scene_png
from desirepath.render.scene import Scene
from desirepath.whole_files import write_whole

PAGE = ".html"
SUFFIXES = (".html", ".pdf", ".png", ".svg")
LEAST_PPI, MOST_PPI = 20.0, 1200.0


def check_picture(target: Path, ppi: float) -> str:
    """Suffix of a picture that can be written.

    Raises:
        RenderError: E603 if the suffix is not known, E605 if `ppi` is out of range.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        what = (
            f'no picture format is called "{target.suffix}"'
            if suffix
            else "the name of the file does not end with a picture format"
        )
        hint = did_you_mean(suffix, SUFFIXES)
        raise RenderError(Problem("E603", what, str(target), hint))
    if not LEAST_PPI <= ppi <= MOST_PPI:
        raise RenderError(
            Problem(
                "E605",
                f"expected a resolution of 20 to 1200 pixels per inch, found {ppi:g}",
                hint="Give --ppi 150 for a screen, 300 for print.",
            )
        )
    return suffix


def scene_bytes(scene: Scene, suffix: str, ppi: float) -> bytes:
    """The scene as .pdf, .png or .svg."""
    if suffix == ".pdf":
        return scene_pdf(scene)
    if suffix == ".png":
        return scene_png(scene, ppi=ppi)
    return scene_svg(scene).encode()


def write_picture(target: Path, data: bytes) -> Path:
    """Write a picture whole or not at all.

    Raises:
        RenderError: E604 if it cannot be written.
    """
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
