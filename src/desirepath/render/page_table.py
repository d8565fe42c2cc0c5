"""The map in words: what it is about, and its steps as rows with lanes as columns."""

from __future__ import annotations

from html import escape

from desirepath.render.page_cards import PageCards
from desirepath.render.views.content import STEPS, Lane, content_of
from desirepath.render.views.header import header_blocks
from desirepath.render.views.known import SIGNS, mark_text

ALL_COLUMNS = 10_000


def words_section(cards: PageCards) -> str:
    """The part of a page with everything on the map, in words."""
    known, say = cards.known, cards.known.words.say
    judged = {
        f"{SIGNS[one.verdict]} {mark_text(one, known.words)}": one
        for one in (known.report.of("map") if known.report else ())
    }

    def told(text: str) -> str:
        one = judged.get(text)
        return cards.verdict_mark(one) if one else escape(text)

    facts = "".join(
        f"<dt>{escape(block.label)}</dt><dd>{'<br>'.join(map(told, block.texts))}</dd>"
        for block in header_blocks(cards.journey, known)
    )
    return (
        f'<section id="map"><h2>{escape(say("page.map"))}</h2><dl>{facts}</dl>'
        + _table(cards)
        + "</section>"
    )


def _table(cards: PageCards) -> str:
    """Steps as rows, lanes as columns; on a narrow screen each row becomes a list."""
    known = cards.known
    content = content_of(cards.journey, known, ALL_COLUMNS, has_curve=False)
    lanes = [lane for lane in content.lanes if lane.key != STEPS or _has_more(lane)]
    say = known.words.say
    heads = [say("page.stage"), say("page.step"), *(lane.title for lane in lanes)]
    rows = []
    column = 0
    for number, band in enumerate(content.bands):
        if any(lane.wide[number] for lane in content.lanes) or not any(band.columns):
            cells = [
                _cell(lane, cards.items(lane.wide[number], lane.key)) for lane in lanes
            ]
            rows.append(_table_row(band.name, band.goal, "", cells))
        for steps in band.columns:
            for step in steps:
                cells = [
                    _cell(lane, cards.items(lane.cells[column], lane.key, step.id))
                    for lane in lanes
                ]
                name = f"{escape(step.name)}{cards.step_marks(step)}"
                rows.append(_table_row(band.name, "", name, cells))
            column += 1
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(title)}</th>' for title in heads
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(say("page.map"))}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )


def _has_more(lane: Lane) -> bool:
    """Whether the lane of the steps says more than their names, which head the rows."""
    cards = [card for cell in lane.cells for card in cell]
    return any(lane.wide) or any(card.look != "step" for card in cards)


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


def _cell(lane: Lane, inside: str) -> str:
    return f'<td role="cell" data-label="{escape(lane.title)}">{inside}</td>'
