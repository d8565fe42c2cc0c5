"""Looks of a difference: lines that are shown to be more or less frequent, with sign and interval; others gray."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.evidence.flow_difference import FlowDifference, ShareDifference
from desirepath.render.views.flow_looks import LegendLine, Look, Looks, move_words
from desirepath.render.words import Words

MORE, MORE_INK = "#74b9ae", "#0b4f49"
LESS, LESS_INK = "#cf9fdb", "#5b2a70"
SAME, SAME_INK = "#d8dce4", "#4a5468"
POINTS = 100


def difference_looks(difference: FlowDifference, words: Words) -> Looks:
    """Looks of all lines of a difference, and a line on each card whose exits differ."""
    names = {"first": difference.segment, "against": difference.against}
    moves = tuple(
        _look(one, move_words(difference.flow, number, words), words)
        for number, one in enumerate(difference.moves)
    )
    legend = (
        LegendLine(MORE, words.say("diff.more", **names)),
        LegendLine(LESS, words.say("diff.less", **names)),
        LegendLine(SAME, words.say("diff.same")),
    )
    return Looks(
        moves,
        legend,
        tuple(_stop_line(one, words) for one in difference.leaves),
        tuple(_notes(difference, words)),
    )


def points_words(one: ShareDifference, words: Words) -> str:
    """Percentage points with their interval; the sign holds for all three."""
    sign = "+" if one.value > 0 else "−"
    ends = sorted((abs(one.low), abs(one.high)))
    told = [words.number(round(abs(end) * POINTS)) for end in (one.value, *ends)]
    return f"{sign}{told[0]} ({told[1]}–{told[2]})"


def _look(one: ShareDifference, label: str, words: Words) -> Look:
    if not one.is_shown:
        return Look(SAME, SAME_INK, "", f"{label}. {words.say('diff.same')}")
    text = points_words(one, words)
    color, ink = (MORE, MORE_INK) if one.value > 0 else (LESS, LESS_INK)
    return Look(color, ink, text, f"{label}. {text}")


def _stop_line(one: ShareDifference, words: Words) -> tuple[str, str, str] | None:
    if not one.is_shown:
        return None
    text = words.say("diff.leave", points=points_words(one, words))
    return "leave", text, MORE_INK if one.value > 0 else LESS_INK


def _notes(difference: FlowDifference, words: Words) -> Iterator[str]:
    yield words.say(
        "diff.cases_all" if difference.is_of_all else "diff.cases",
        first=difference.segment,
        first_cases=difference.cases[0],
        against=difference.against,
        against_cases=difference.cases[1],
    )
    yield words.say("diff.note")
