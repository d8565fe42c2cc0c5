"""How lines of a flow look: color and number of each, for one flow or for the difference of two. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.evidence.flow import Flow
from desirepath.render.words import Words

ONWARD, ONWARD_INK = "#b7c6ec", "#22335f"
BACK, BACK_INK = "#ecc484", "#5e3c00"


@dataclass(frozen=True, slots=True)
class Look:
    """Color of a line, its number, and what it says in words."""

    color: str
    ink: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A sample of a line with its meaning; some only where lines come back."""

    color: str
    text: str
    is_back: bool = False


@dataclass(frozen=True)
class Looks:
    """Looks of all lines.

    Attributes:
        moves: Look of each move of the flow.
        legend: What the colors mean.
        stop_lines: Sign, text and color of a further line of each card, or None.
        notes: What the reader must know besides.
    """

    moves: tuple[Look, ...]
    legend: tuple[LegendLine, ...]
    stop_lines: tuple[tuple[str, str, str] | None, ...] = ()
    notes: tuple[str, ...] = ()

    def stop_line(self, number: int) -> tuple[str, str, str] | None:
        """Further line of the card of a stop."""
        return self.stop_lines[number] if self.stop_lines else None

    def only(self, stops: Sequence[int], moves: Sequence[int]) -> Looks:
        """Looks of some stops and moves, in the order given."""
        return Looks(
            tuple(self.moves[number] for number in moves),
            self.legend,
            tuple(self.stop_lines[number] for number in stops)
            if self.stop_lines
            else (),
            self.notes,
        )


def plain_looks(flow: Flow, words: Words) -> Looks:
    """Lines of one flow: forward and back in two colors, with the share of the cases at their start."""
    moves = tuple(
        Look("", "", words.share(move.onward.share), move_words(flow, number, words))
        for number, move in enumerate(flow.moves)
    )
    legend = (
        LegendLine(ONWARD, words.say("flow.onward")),
        LegendLine(BACK, words.say("flow.back"), is_back=True),
    )
    return Looks(moves, legend)


def move_words(flow: Flow, number: int, words: Words) -> str:
    """A move in words, for those who do not see it."""
    move = flow.moves[number]
    start, end = flow.stops[move.start], flow.stops[move.end]
    told = words.say(
        "flow.move",
        start=start.name,
        end=end.name,
        share=words.share(move.onward.share),
        cases=move.all.cases,
    )
    if move.waits is None:
        return told
    time = words.duration(move.waits.median_s)
    return f"{told}, {words.say('typical', time=time)}"
