"""Page: the poster, what to fix first, the journey step by step, the map in words, every verdict and number."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from desirepath.analyze.finding import AnalysisReport
from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import with_statement_ids
from desirepath.render.flow_page import FlowPictures, all_fonts, flow_section
from desirepath.render.formats.html import html_page, page_file
from desirepath.render.formats.svg import scene_svg
from desirepath.render.page_cards import PageCards
from desirepath.render.page_first import first_section
from desirepath.render.page_numbers import choice, numbers_section
from desirepath.render.page_rows import Numbers
from desirepath.render.page_story import panel_dialog, story_section, walk_dialog
from desirepath.render.page_table import words_section
from desirepath.render.page_touchpoints import touchpoints_section
from desirepath.render.page_verdicts import verdicts_section
from desirepath.render.scene import Scene
from desirepath.render.views.header import kind_words
from desirepath.render.views.known import Known
from desirepath.render.views.quotes import Said, chosen_quotes
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken


def map_page(
    journey_map: JourneyMap,
    scene: Scene,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    pictures: FlowPictures | None = None,
    quotes: Iterable[Said] = (),
    analysis: AnalysisReport | None = None,
) -> str:
    """The map as a stand-alone HTML page; works without scripts and without a network.

    Args:
        journey_map: The map.
        scene: Its poster.
        report: Verdicts to list.
        evidence: Facts: reach, moves, feelings, each for every persona, segment and window.
        pictures: How cases move.
        quotes: What customers said.
        analysis: Findings, to show the first of.
    """
    journey = with_statement_ids(journey_map)
    said = tuple(quotes)
    report = spoken(report, journey.language)
    known = Known(Words(journey.language), report, evidence, chosen_quotes(said))
    numbers = Numbers(journey, known.words, evidence)
    cards = PageCards(journey, known, numbers)
    body = "\n".join(
        [
            _head(journey, known),
            "<main>",
            _poster(scene, known),
            choice(numbers, known.words),
            first_section(journey, analysis, known.words),
            story_section(cards, said),
            words_section(cards),
            touchpoints_section(cards),
            flow_section(pictures) if pictures else "",
            verdicts_section(journey, known, numbers),
            numbers_section(journey, numbers, report, known.words),
            "</main>",
            f"<footer><p>{escape(known.words.say('drawn'))}</p></footer>",
            walk_dialog(cards),
            panel_dialog(cards),
        ]
    )
    return html_page(
        body,
        title=journey.title,
        language=journey.language,
        is_rtl=scene.is_rtl,
        extra_style=page_file("page_map.css")
        + all_fonts(scene, *(pictures.scenes if pictures else ())),
        extra_script=page_file("page_map.js"),
    )


def _head(journey: JourneyMap, known: Known) -> str:
    return (
        f'<a class="skip" href="#map">{escape(known.words.say("page.skip"))}</a>\n'
        f"<header><h1>{escape(journey.title)}</h1>"
        f'<p class="soft">{escape(kind_words(journey, known))}</p></header>'
    )


def _poster(scene: Scene, known: Known) -> str:
    say = known.words.say
    return (
        f'<section id="poster" aria-label="{escape(say("page.poster"))}">'
        '<div class="tools" hidden>'
        f'<button type="button" data-zoom="fit" aria-pressed="true">{escape(say("page.fit"))}</button>'
        f'<button type="button" data-zoom="full" aria-pressed="false">{escape(say("page.full"))}</button></div>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(say("page.poster"))}">\n'
        + scene_svg(scene, has_fonts=False, is_inline=True)
        + "</div></section>"
    )
