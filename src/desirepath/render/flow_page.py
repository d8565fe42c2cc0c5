"""Flow on a page: pictures of each level, the small pictures, and all numbers as tables. Works without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_difference import FlowDifference
from desirepath.render.flow_tables import flow_tables
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import font_faces, scene_svg
from desirepath.render.scene import Scene
from desirepath.render.views.drop_off import drop_off_scene
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.flow_difference import difference_looks
from desirepath.render.views.flow_frame import about_words
from desirepath.render.views.strip import strip_scene
from desirepath.render.views.times import times_scene
from desirepath.render.words import Words


@dataclass(frozen=True)
class FlowPictures:
    """Everything on the page about a flow.

    Attributes:
        flows: One flow for each level.
        levels: Its picture.
        small: Ways, times and drop-off of the first level.
        words: Language of the page.
        difference: Where two segments are compared.
    """

    flows: tuple[Flow, ...]
    levels: tuple[Scene, ...]
    small: tuple[Scene, ...]
    words: Words
    difference: FlowDifference | None = None

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """All pictures."""
        return (*self.levels, *self.small)


def flow_pictures(
    flows: Sequence[Flow],
    *,
    difference: FlowDifference | None = None,
    title: str = "",
    language: str = "en",
    size: str = "A3",
    orientation: str = "landscape",
) -> FlowPictures:
    """Pictures of a flow at each level, and the small ones.

    Raises:
        RenderError: E601 if the size is not known, E602 if the orientation is not.
    """
    words = Words(language)
    looks = difference_looks(difference, words) if difference else None
    if difference and not title:
        title = difference_title(difference, words)
    levels = tuple(
        flow_scene(
            flow,
            title=title,
            language=language,
            size=size,
            orientation=orientation,
            looks=looks,
        )
        for flow in flows
    )
    small = tuple(
        draw(flows[0], language=language)
        for draw in (strip_scene, times_scene, drop_off_scene)
    )
    return FlowPictures(tuple(flows), levels, small, words, difference)


def difference_title(difference: FlowDifference, words: Words) -> str:
    """Headline of a difference."""
    first, against = difference.segment, difference.against
    return words.say("diff.title", first=first, against=against)


def all_fonts(*scenes: Scene) -> str:
    """Style sheet with the letters of several pictures."""
    ops = tuple(op for scene in scenes for op in scene.ops)
    return font_faces(replace(scenes[0], ops=ops))


def flow_section(pictures: FlowPictures) -> str:
    """The part of a page about a flow; without a script it shows the first level."""
    say = pictures.words.say
    figures = "\n".join(
        _level(pictures, number) for number in range(len(pictures.flows))
    )
    small = "\n".join(
        f'<figure class="small"><div class="scroll" tabindex="0" role="region" aria-label="{escape(scene.title)}">\n'
        f"{scene_svg(scene, has_fonts=False, is_inline=True)}</div></figure>"
        for scene in pictures.small
    )
    return (
        f'<section id="flow"><h2>{escape(say("page.flow"))}</h2>{_tools(pictures)}'
        f'<p class="soft">{escape(say("page.flow_help"))}</p>{figures}\n{small}</section>'
    )


def _tools(pictures: FlowPictures) -> str:
    """Size of the pictures, and a slider over the levels; hidden until a script makes them work."""
    words = pictures.words
    buttons = "".join(
        f'<button type="button" data-zoom="{zoom}" aria-pressed="{pressed}">'
        f"{escape(words.say(f'page.{zoom}'))}</button>"
        for zoom, pressed in (("fit", "true"), ("full", "false"))
    )
    names = [words.share(flow.min_share) for flow in pictures.flows]
    slider = (
        f'<label for="level">{escape(words.say("page.flow_level"))}</label>'
        f'<input id="level" type="range" min="0" max="{len(names) - 1}" step="1" value="0" '
        f'aria-valuetext="{escape(names[0])}" data-names="{escape("|".join(names))}">'
        f'<output for="level">{escape(names[0])}</output>'
    )
    return (
        f'<div class="tools" hidden>{buttons}{slider if len(names) > 1 else ""}</div>'
    )


def _level(pictures: FlowPictures, number: int) -> str:
    flow, words = pictures.flows[number], pictures.words
    hidden = " hidden" if number else ""
    scene = pictures.levels[number]
    svg = scene_svg(scene, has_fonts=False, is_inline=True, is_focusable=True)
    return (
        f'<figure class="level" data-level="{number}"{hidden}>'
        f'<figcaption class="soft">{escape(about_words(flow, words))}</figcaption>'
        f'<div class="scroll flow" tabindex="0" role="region" aria-label="{escape(scene.title)}">\n{svg}</div>'
        f"<details><summary>{escape(words.say('page.flow_table'))}</summary>"
        f"{flow_tables(flow, words, pictures.difference)}</details></figure>"
    )


def flow_page(pictures: FlowPictures, *, title: str = "") -> str:
    """A stand-alone page with the flow and nothing else."""
    words = pictures.words
    headline = title or pictures.levels[0].title
    body = (
        f'<a class="skip" href="#flow">{escape(words.say("page.flow"))}</a>\n'
        f"<header><h1>{escape(headline)}</h1></header>\n"
        f"<main>{flow_section(pictures)}</main>\n"
        f"<footer><p>{escape(words.say('drawn'))}</p></footer>"
    )
    return html_page(
        body,
        title=headline,
        language=words.language,
        is_rtl=pictures.levels[0].is_rtl,
        extra_style=all_fonts(*pictures.scenes),
    )
