"""Where a sticky note may belong: proposals by rules that say their reason. Nothing is sorted by them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desirepath.events.feedback.cues import cue_list, side_of
from desirepath.events.feedback.terms import Stems
from desirepath.events.feedback.tokens import tokens_of, words_of
from desirepath.maps.edits.board import Board, Card
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.notes import Note

LANGUAGES = ("en", "de")
ENOUGH_OF_COLOR = 2
SAME_COLUMN = 400.0  # how far from its heading a note may lie, as whiteboards count
# What people write of: words that begin a note, or stand in it, by lane.
WANTS = {"en": ("we should", "should be", "idea", "could offer", "why not"), "de": ("wir sollten", "idee", "man könnte", "warum nicht")}  # fmt: skip
HOPES = {"en": ("i expect", "hopes", "i hope", "i want", "i need", "needs"), "de": ("erwartet", "ich erwarte", "hofft", "ich will", "ich möchte", "ich brauche", "braucht")}  # fmt: skip
QUESTIONS = {"en": ("how", "where", "when", "what", "which", "why", "who", "can i", "do i", "is it", "will"), "de": ("wie", "wo", "wann", "was", "welche", "welcher", "warum", "wer", "kann ich", "muss ich", "ist das")}  # fmt: skip
QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb'\u2018\u2019"
# The lanes a rule may propose, the first that the map has.
LANES: Mapping[str, tuple[str, ...]] = {
    "question": ("questions",),
    "bad": ("pains",),
    "good": ("gains",),
    "idea": ("opportunities", "solutions"),
    "hope": ("expectations", "needs", "goals"),
    "quote": ("thoughts", "quotes"),
}

Why = Literal[
    "", "question", "bad", "good", "idea", "hope", "quote", "color", "words", "below"
]


class Proposal(Form):
    """Where a note may belong, and why.

    Attributes:
        lane: A lane of the map, "" for none.
        lane_why: The rule that says so.
        lane_word: The word it goes by.
        at: Ref of a stage or step, "" for none.
        at_why: The rule that says so.
        at_word: The words it goes by.
        same_as: Id of an earlier note that says the same, "" for none.
    """

    lane: str = ""
    lane_why: Why = ""
    lane_word: str = ""
    at: str = ""
    at_why: Why = ""
    at_word: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    ref: str
    name: str
    stems: Mapping[str, float]


def proposals(board: Board, notes: Mapping[str, Note]) -> dict[str, Proposal]:
    """A proposal for each note.

    Args:
        board: The map.
        notes: By id; those that people sorted teach which color goes where.
    """
    language = str(board.cards["map"].fields.get("language") or "en")[:2]
    lanes = lanes_of(board)
    places = _places(board, language)
    colors = _colors(notes.values())
    headings = [
        (one.x, one.y, place)
        for one in notes.values()
        for place in places
        if one.x is not None and one.y is not None and _same(one.text) == _same(place.name)
    ]  # fmt: skip
    first: dict[str, str] = {}
    found = {}
    for note_id, note in notes.items():
        lane, lane_why, lane_word = _lane(note, language, lanes, colors)
        at, at_why, at_word = _at(note, language, places, headings)
        same_as = first.setdefault(_same(note.text), note_id)
        found[note_id] = Proposal(
            lane=lane, lane_why=lane_why, lane_word=lane_word, at=at, at_why=at_why, at_word=at_word,
            same_as="" if same_as == note_id else same_as,
        )  # fmt: skip
    return found


def lanes_of(board: Board) -> tuple[str, ...]:
    """Lanes of a map: those listed, then those that statements name."""
    listed = [card.id for card in board.row("map", "lane")]
    named = [
        card.spot.lane
        for card in board.cards.values()
        if card.ref.startswith("statement:") and not card.gone
    ]
    return tuple(dict.fromkeys((*listed, *sorted(named))))


def _same(text: str) -> str:
    return " ".join(words_of(text))


def _colors(notes: Iterable[Note]) -> Mapping[str, str]:
    """Lane of each color of which all sorted notes went into one."""
    sorted_ones = [(one.color, one.lane) for one in notes if one.color and one.lane]
    counts = Counter(sorted_ones)
    lanes: dict[str, set[str]] = {}
    for color, lane in counts:
        lanes.setdefault(color, set()).add(lane)
    return {
        color: lane
        for (color, lane), count in counts.items()
        if len(lanes[color]) == 1 and count >= ENOUGH_OF_COLOR
    }


def _lane(
    note: Note, language: str, lanes: Sequence[str], colors: Mapping[str, str]
) -> tuple[str, Why, str]:
    if note.color in colors and colors[note.color] in lanes:
        return colors[note.color], "color", note.color
    rule, word = _kind(note.text, language)
    lane = next((one for one in LANES.get(rule, ()) if one in lanes), "")
    return (lane, rule, word) if lane else ("", "", "")


@lru_cache(maxsize=4096)
def _kind(text: str, language: str) -> tuple[Why, str]:
    """What a note is, and the word that says so."""
    plain = " ".join(words_of(text))
    if text.rstrip(QUOTES + " ").endswith("?"):
        return "question", "?"
    if len(text) > 2 and text[0] in QUOTES and text.rstrip()[-1] in QUOTES:  # noqa: PLR2004 - more than the marks
        return "quote", text[0]
    known = tuple(dict.fromkeys((language, *LANGUAGES)))
    for rule, phrases in (("idea", WANTS), ("hope", HOPES)):
        word = _phrase(plain, phrases, known)
        if word:
            return rule, word  # type: ignore[return-value] # both are reasons
    for one in known:
        word = next((w for w in QUESTIONS.get(one, ()) if plain.startswith(f"{w} ")), "")  # fmt: skip
        if word and one == language:
            return "question", word
    return _cued(text, known)


def _phrase(plain: str, phrases: Mapping[str, Sequence[str]], known: Sequence[str]) -> str:  # fmt: skip
    padded = f" {plain} "
    wanted = (" ".join(words_of(one)) for language in known for one in phrases.get(language, ()))  # fmt: skip
    return next((one for one in wanted if f" {one} " in padded), "")


def _cued(text: str, known: Sequence[str]) -> tuple[Why, str]:
    """Blame or praise, where the cues of one language find one of them only."""
    for language in known:
        cues = cue_list(language)
        hits = cues.find(text) if cues is not None else []
        sides = {side_of(one.theme) for one in hits} - {""}
        if len(sides) == 1:
            start = hits[0].start
            word = next((text[start : start + len(t.text)] for t in tokens_of(text, language) if t.start == start), "")  # fmt: skip
            return ("bad" if "bad" in sides else "good"), word
    return "", ""


def _places(board: Board, language: str) -> list[_Place]:
    """Stages and steps with the stems of their words; stems that stand everywhere weigh little."""
    stem = Stems(language)
    found: list[tuple[Card, set[str], set[str]]] = []
    for stage in board.row("map", "stage"):
        for card in (stage, *board.row(stage.ref, "step")):
            name = set(stem(str(card.fields.get("name", ""))))
            said = {
                one
                for statement in board.row(card.ref, "statement")
                for one in stem(str(statement.fields.get("text") or ""))
            }
            found.append((card, name, said))
    counts = Counter(one for _, name, said in found for one in name | said)
    places = []
    for card, name, said in found:
        weights = {
            one: (2.0 if one in name else 1.0) * math.log((len(found) + 1) / counts[one])
            for one in name | said
        }  # fmt: skip
        places.append(_Place(card.ref, str(card.fields.get("name", card.id)), weights))
    return places


@lru_cache(maxsize=4096)
def _stems(text: str, language: str) -> Mapping[str, str]:
    """Words of a text by their stems."""
    stems = Stems(language)
    return {one: stems.word(one) for one in stems(text)}


def _at(
    note: Note,
    language: str,
    places: Sequence[_Place],
    headings: Sequence[tuple[float | None, float | None, _Place]],
) -> tuple[str, Why, str]:
    below = _below(note, headings)
    if below is not None:
        return below.ref, "below", below.name
    mine = _stems(note.text, language)
    scored = [
        (sum(one.stems.get(stem, 0.0) for stem in mine), one)
        for one in places
    ]  # fmt: skip
    best = max((score for score, _ in scored), default=0.0)
    winners = [one for score, one in scored if score > 0 and score == best]
    if len(winners) != 1:
        return "", "", ""
    weights = winners[0].stems
    shared = sorted(
        mine.keys() & weights.keys(), key=lambda stem: (-weights[stem], stem)
    )
    return winners[0].ref, "words", ", ".join(mine[one] for one in shared[:3])


def _below(
    note: Note, headings: Sequence[tuple[float | None, float | None, _Place]]
) -> _Place | None:
    """The stage or step whose name hangs above a note."""
    if note.x is None or note.y is None:
        return None
    near = [
        (abs(x - note.x), place)
        for x, y, place in headings
        if x is not None and y is not None and y < note.y and abs(x - note.x) <= SAME_COLUMN
    ]  # fmt: skip
    return min(near, key=lambda one: one[0])[1] if near else None
