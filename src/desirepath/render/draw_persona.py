"""Draw a persona into a file: a card, an empathy map, or all personas side by side."""

from __future__ import annotations

from html import escape
from pathlib import Path

from desirepath.check.report import CheckReport
from desirepath.errors import Problem, RenderError, did_you_mean
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.flow_page import all_fonts
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import scene_svg
from desirepath.render.paper import paper
from desirepath.render.picture_file import (
    PAGE,
    check_picture,
    scene_bytes,
    write_picture,
)
from desirepath.render.scene import Scene
from desirepath.render.views.boxes import BoxPicture, box_scene
from desirepath.render.views.empathy import empathy_map
from desirepath.render.views.persona_card import persona_card
from desirepath.render.views.personas import personas_scene
from desirepath.render.words import Words

VIEWS = ("persona", "empathy", "personas")


def draw_persona(
    journey_map: JourneyMap,
    path: str | Path,
    *,
    view: str = "persona",
    persona: str = "",
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    paper_size: tuple[str, str] = ("A4", "landscape"),
    ppi: float = 150,
) -> Path:
    """Draw a persona of a map as a card or an empathy map, or all of them side by side.

    Args:
        journey_map: The map, with described personas.
        path: File to write; ends in .pdf, .png, .svg or .html.
        view: persona, empathy or personas.
        persona: Id of the persona; the first described one if empty.
        report: Verdicts to mark its statements with.
        evidence: Facts about the cases it stands for.
        paper_size: Size and orientation whose width the picture has; its height follows.
        ppi: Pixels per inch of a PNG, 20 to 1200.

    Returns:
        The file.

    Raises:
        RenderError: E601 to E605 as `draw_map`, E608 if the map describes no such persona.
    """
    target = Path(path)
    suffix = check_picture(target, ppi)
    width_mm = paper(*paper_size).width_mm
    picture: BoxPicture | None = None
    if view == "personas":
        scene = personas_scene(journey_map, evidence, width_mm=width_mm)
    else:
        one = described(journey_map, persona)
        picture = (
            persona_card(
                journey_map, one, report=report, evidence=evidence, width_mm=width_mm
            )
            if view == "persona"
            else empathy_map(journey_map, one, report=report, evidence=evidence)
        )
        scene = box_scene(picture, width_mm, journey_map.language)
    if suffix == PAGE:
        return write_picture(target, _page(scene, picture).encode())
    return write_picture(target, scene_bytes(scene, suffix, ppi))


def described(journey_map: JourneyMap, name: str) -> Persona:
    """Persona of a map by its id, the first where none is named.

    Raises:
        RenderError: E608 if the map describes no such persona.
    """
    personas = [one for one in journey_map.personas if isinstance(one, Persona)]
    for one in personas:
        if name in ("", one.id):
            return one
    what = (
        f'the map describes no persona "{name}"'
        if name
        else "the map describes no persona"
    )
    hint = (
        did_you_mean(name, [one.id for one in personas])
        if personas
        else "Write personas: [{id: …, name: …}] into the map, or personas/ID.yaml into the project."
    )
    raise RenderError(Problem("E608", what, journey_map.id, hint))


def _page(scene: Scene, picture: BoxPicture | None) -> str:
    """A stand-alone page with the picture and, for those who do not see it, the same in words."""
    words = Words(scene.language)
    svg = scene_svg(scene, has_fonts=False, is_inline=True)
    figure = (
        '<figure><div class="scroll" tabindex="0" role="region" '
        f'aria-label="{escape(scene.title)}">\n{svg}</div></figure>'
    )
    body = (
        f"<header><h1>{escape(scene.title)}</h1></header>\n"
        f"<main>{figure}{_in_words(picture) if picture else ''}</main>\n"
        f"<footer><p>{escape(words.say('drawn'))}</p></footer>"
    )
    return html_page(
        body,
        title=scene.title,
        language=scene.language,
        is_rtl=scene.is_rtl,
        extra_style=all_fonts(scene),
    )


def _in_words(picture: BoxPicture) -> str:
    parts = []
    for box in picture.boxes:
        items = "".join(
            f"<li>{escape('. '.join([item.text, *(mark.text for mark in item.marks)]))}"
            f"{f' ({item.level}/5)' if item.level else ''}</li>"
            for item in box.items
        )
        if items:
            parts.append(f"<h2>{escape(box.title)}</h2><ul>{items}</ul>")
    return f"<section>{''.join(parts)}</section>"
