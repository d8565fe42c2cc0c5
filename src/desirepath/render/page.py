"""Page: the poster, the same map in words, and every verdict with its numbers, in one HTML file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import get_args

from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.refs import with_statement_ids
from desirepath.render.flow_page import FlowPictures, all_fonts, flow_section
from desirepath.render.formats.html import html_page
from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Scene
from desirepath.render.views.card import Card
from desirepath.render.views.content import (
    STEPS,
    content_of,
    statement_words,
)
from desirepath.render.views.footer import gap_words
from desirepath.render.views.header import header_blocks, kind_words
from desirepath.render.views.known import SIGNS, Known, Mark, mark_text
from desirepath.render.words import Words

VERDICTS: tuple[VerdictWord, ...] = get_args(VerdictWord)
ALL_COLUMNS = 10_000


def map_page(
    journey_map: JourneyMap,
    scene: Scene,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    pictures: FlowPictures | None = None,
) -> str:
    """The map as a stand-alone HTML page; works without scripts and without a network.

    Args:
        journey_map: The map.
        scene: Its poster.
        report: Verdicts to list.
        evidence: Facts for reach and moves.
        pictures: How cases move.
    """
    journey = with_statement_ids(journey_map)
    known = Known(Words(journey.language), report, evidence)
    body = "\n".join(
        [
            _head(journey, known),
            "<main>",
            _poster(scene, known),
            flow_section(pictures) if pictures else "",
            _in_words(journey, known),
            _verdicts(journey, known) if report else "",
            "</main>",
            f"<footer><p>{escape(known.words.say('drawn'))}</p></footer>",
        ]
    )
    return html_page(
        body,
        title=journey.title,
        language=journey.language,
        is_rtl=scene.is_rtl,
        extra_style=all_fonts(scene, *(pictures.scenes if pictures else ())),
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


def _in_words(journey: JourneyMap, known: Known) -> str:
    say = known.words.say
    facts = "".join(
        f"<dt>{escape(block.label)}</dt><dd>{'<br>'.join(map(escape, block.texts))}</dd>"
        for block in header_blocks(journey, known)
    )
    return (
        f'<section id="map"><h2>{escape(say("page.map"))}</h2><dl>{facts}</dl>'
        + _table(journey, known)
        + "</section>"
    )


def _table(journey: JourneyMap, known: Known) -> str:
    """Steps as rows, lanes as columns; on a narrow screen each row becomes a list."""
    content = content_of(journey, known, ALL_COLUMNS, has_curve=False)
    lanes = [lane for lane in content.lanes if lane.key != STEPS or any(lane.wide)]
    say = known.words.say
    heads = [say("page.stage"), say("page.step"), *(lane.title for lane in lanes)]
    rows = []
    column = 0
    for number, band in enumerate(content.bands):
        if any(lane.wide[number] for lane in content.lanes) or not any(band.columns):
            cells = [_cell(lane.title, lane.wide[number], journey) for lane in lanes]
            rows.append(_table_row(band.name, band.goal, "", cells))
        for steps in band.columns:
            for step in steps:
                cells = [
                    _cell(
                        lane.title,
                        [card for card in lane.cells[column] if card.look != "step"],
                        journey,
                    )
                    for lane in lanes
                ]
                marks = "".join(map(_mark, known.step_marks(step.id)))
                rows.append(
                    _table_row(band.name, "", f"{escape(step.name)}{marks}", cells)
                )
            column += 1
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(title)}</th>' for title in heads
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(say("page.map"))}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )


def _table_row(stage: str, goal: str, step: str, cells: list[str]) -> str:
    words = escape(stage) + (
        f'<span class="note">{escape(goal)}</span>' if goal else ""
    )
    head = f'<th scope="row" role="rowheader" class="stage">{words}</th>'
    named = (
        f'<th scope="row" role="rowheader">{step}</th>'
        if step
        else '<td role="cell"></td>'
    )
    return f'<tr role="row">{head}{named}{"".join(cells)}</tr>'


def _cell(title: str, cards: Iterable[Card], journey: JourneyMap) -> str:
    statements = {f"statement:{one.id}": one for one in _statements(journey)}
    items = []
    for card in cards:
        marks = "".join(map(_mark, card.marks))
        notes = [
            card.note,
            *_people_words(statements.get(card.ref), Words(journey.language)),
        ]
        note = " · ".join(one for one in notes if one)
        quiet = f'<span class="note">{escape(note)}</span>' if note else ""
        items.append(f"<li>{escape(card.text)}{quiet}{marks}</li>")
    inside = f"<ul>{''.join(items)}</ul>" if items else ""
    return f'<td role="cell" data-label="{escape(title)}">{inside}</td>'


def _statements(journey: JourneyMap) -> Iterator[Statement]:
    parts: list[JourneyMap | Stage | Step] = [
        journey,
        *journey.stages,
        *journey.steps(),
    ]
    for part in parts:
        yield from part.statements


def _people_words(statement: Statement | None, words: Words) -> list[str]:
    """How sure people are of a statement, who says so, how much it matters."""
    if statement is None:
        return []
    found = [words.say(f"page.{statement.status}")]
    if statement.source and statement.source.kind == "ai":
        found.append(words.say("page.ai"))
    elif statement.source and statement.source.by:
        found.append(f"{words.say('page.source')}: {statement.source.by}")
    if statement.importance:
        found.append(words.say("page.importance", count=statement.importance))
    return found


def _mark(mark: Mark) -> str:
    sign = (
        f'<span aria-hidden="true">{SIGNS[mark.verdict]}</span> '
        if mark.verdict
        else ""
    )
    return f'<span class="mark {mark.verdict}">{sign}{escape(mark.text)}</span>'


def _verdicts(journey: JourneyMap, known: Known) -> str:
    report, say = known.report, known.words.say
    if report is None or not report.verdicts:
        return f'<section id="verdicts"><h2>{escape(say("page.verdicts"))}</h2><p>{escape(say("page.none"))}</p></section>'
    buttons = [
        f'<button type="button" data-filter="" aria-pressed="true">{escape(say("page.all"))}</button>'
    ]
    buttons += [
        f'<button type="button" data-filter="{word}" aria-pressed="false">'
        f'<span aria-hidden="true">{SIGNS[word]}</span> {escape(say(f"verdict.{word}"))} ({report.count(word)})</button>'
        for word in VERDICTS
        if report.count(word)
    ]
    template = escape(say("page.shown", count="{count}"))
    status = template.replace("{count}", str(len(report.verdicts)))
    items = "\n".join(_verdict_items(journey, known, report))
    names = {step.id: step.name for step in journey.steps()}
    gaps = "".join(
        f"<li>{escape(gap_words(gap, names, known))}</li>" for gap in report.missing
    )
    missing = f"<h2>{escape(say('page.missing'))}</h2><ul>{gaps}</ul>" if gaps else ""
    notes = "".join(f'<p class="soft">{escape(note)}</p>' for note in report.notes)
    return (
        f'<section id="verdicts"><h2>{escape(say("page.verdicts"))}</h2>{notes}'
        f'<div class="tools" role="group" aria-label="{escape(say("page.verdicts"))}" hidden>{"".join(buttons)}'
        f'<span id="shown" role="status" data-text="{template}">{status}</span></div>'
        f'<ul class="verdicts">{items}</ul>{missing}</section>'
    )


def _verdict_items(
    journey: JourneyMap, known: Known, report: CheckReport
) -> Iterator[str]:
    seen: set[str] = set()
    names = {step.id: step.name for step in journey.steps()}
    stages = {stage.id: stage.name for stage in journey.stages}
    wordings = {
        f"statement:{one.id}": statement_words(one) for one in _statements(journey)
    }
    for verdict in report.verdicts:
        place = names.get(verdict.step, verdict.step) or stages.get(
            verdict.stage, verdict.stage
        )
        own_id = (
            ""
            if verdict.subject in seen
            else f' id="verdict-{escape(verdict.subject)}"'
        )
        seen.add(verdict.subject)
        words = verdict.text or wordings.get(verdict.subject, "") or verdict.claim
        yield (
            f'<li{own_id} class="{verdict.verdict}" data-verdict="{verdict.verdict}" tabindex="-1">'
            f'<span class="place soft">{escape(place or journey.title)}</span>'
            f"<p><strong>{escape(words)}</strong></p>"
            f'<span class="mark"><span aria-hidden="true">{SIGNS[verdict.verdict]}</span> '
            f"{escape(mark_text(verdict, known.words))}</span>{_verdict_facts(verdict, known)}</li>"
        )


def _verdict_facts(verdict: Verdict, known: Known) -> str:
    say = known.words.say
    claim = verdict.claim
    if verdict.is_implied and claim:
        claim = f"{claim} ({say('page.implied')})"
    segments = "; ".join(
        f"{name}: {say(f'verdict.{word}')}" for name, word in verdict.segments
    )
    pairs = [
        ("page.claim", claim),
        ("page.reason", verdict.reason),
        ("page.segments", segments),
        ("page.proposal", verdict.proposal),
    ]
    rows = "".join(
        f"<dt>{escape(say(key))}</dt><dd>{escape(text)}</dd>"
        for key, text in pairs
        if text
    )
    return f"<dl>{rows}</dl>" if rows else ""
