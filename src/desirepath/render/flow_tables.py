"""A flow as tables: every number of the pictures, with interval and n, for reading instead of seeing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from desirepath.evidence.flow import CaseShare, Flow, Move, Stop
from desirepath.evidence.flow_difference import FlowDifference
from desirepath.render.views.drop_off import share_words
from desirepath.render.views.flow_difference import points_words
from desirepath.render.words import Words


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table of plain text; the first cell of a row names it.

    Attributes:
        title: What it is about.
        heads: Heads of its columns.
        rows: Its rows.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def flow_tables(flow: Flow, words: Words, difference: FlowDifference | None) -> str:
    """Tables of stops, moves and ways as HTML."""
    return "".join(
        f"<h3>{escape(one.title)}</h3>{html_table(one.title, one.heads, one.rows)}"
        for one in tables_of(flow, words, difference)
    )


def tables_of(
    flow: Flow, words: Words, difference: FlowDifference | None
) -> tuple[FlowTable, ...]:
    """Tables of stops, moves and ways."""
    return (
        _stops(flow, words),
        _moves(flow, words, difference),
        _ways(flow, words),
    )


def html_table(label: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of plain text as a table; the first cell names its row, narrow screens stack the rest."""
    head = "".join(
        f'<th scope="col" role="columnheader">{escape(title)}</th>' for title in heads
    )
    body = "".join(
        '<tr role="row">'
        f'<th scope="row" role="rowheader">{escape(row[0])}</th>'
        + "".join(
            f'<td role="cell" data-label="{escape(title)}">{escape(cell)}</td>'
            for title, cell in zip(heads[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label)}">'
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _stops(flow: Flow, words: Words) -> FlowTable:
    say = words.say
    leave = "leave" if flow.is_goal_known else "end"
    heads = ["stop", "reach", "begin", leave, "again"]
    heads += ["goal"] if flow.is_goal_known else []
    heads += ["customers", "channels"] if flow.channels else ["customers"]

    def row(stop: Stop) -> list[str]:
        shares: list[CaseShare | None] = [
            stop.reach,
            stop.begin,
            stop.leave,
            stop.again,
        ]
        shares += [stop.goal] if flow.is_goal_known else []
        cells = [share_words(one, words) if one else "" for one in shares]
        total = sum(count for _, count in stop.channels)
        channels = ", ".join(
            f"{name} {words.share(count / total)}" for name, count in stop.channels
        )
        cells += [words.number(stop.customers)]
        return [stop.name, *cells, *([channels] if flow.channels else [])]

    titles = [say(f"page.flow_{head}") for head in heads]
    rows = (tuple(row(stop)) for stop in flow.stops)
    return FlowTable(say("page.flow_stops"), tuple(titles), tuple(rows))


def _moves(flow: Flow, words: Words, difference: FlowDifference | None) -> FlowTable:
    say = words.say
    heads = ["from", "to", "onward", "cases", "customers", "count", "time"]
    titles = [say(f"page.flow_{head}") for head in heads]
    if difference:
        titles += [difference.segment, difference.against, say("diff.points")]

    def row(number: int, move: Move) -> list[str]:
        cells = [
            flow.stops[move.start].name,
            flow.stops[move.end].name,
            share_words(move.onward, words),
            words.number(move.all.cases),
            words.number(move.customers),
            words.number(move.count),
            _time(move, words),
        ]
        if difference:
            one = difference.moves[number]
            told = points_words(one, words) if one.is_shown else say("diff.same")
            cells += [
                share_words(one.first, words),
                share_words(one.against, words),
                told,
            ]
        return cells

    rows = (tuple(row(number, move)) for number, move in enumerate(flow.moves))
    return FlowTable(say("page.flow_moves"), tuple(titles), tuple(rows))


def _time(move: Move, words: Words) -> str:
    if move.waits is None:
        return "–"
    low, high = words.duration(move.waits.p25_s), words.duration(move.waits.p75_s)
    return f"{words.duration(move.waits.median_s)} ({low}–{high})"


def _ways(flow: Flow, words: Words) -> FlowTable:
    say = words.say
    titles = (say("page.flow_way"), say("page.flow_share"))
    rows = (
        (
            ", ".join(flow.stops[stop].name for stop in journey.stops)
            + (f" ({say('flow.goal')})" if journey.has_goal else ""),
            share_words(journey.all, words),
        )
        for journey in flow.journeys
    )
    return FlowTable(say("page.flow_ways"), titles, tuple(rows))
