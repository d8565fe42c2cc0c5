"""What stands on a poster and where: bands, columns, lanes and cards, before any size is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.maps.refs import score_words
from desirepath.render.views.card import DEFAULT_IMPORTANCE, QUOTE, Card
from desirepath.render.views.derived import blueprint_lanes, derived_texts
from desirepath.render.views.gaps import gap_marks, promise_marks, touchpoint_marks
from desirepath.render.views.known import Known, Mark
from desirepath.render.views.moves import MoveCards
from desirepath.render.views.points import (
    ALL_TOGETHER,
    EMOTION,
    Apart,
    Point,
    personas_apart,
    points_of,
)
from desirepath.render.views.quotes import QUOTES, quoted
from desirepath.render.words import Words

STEP_IMPORTANCE = 100  # steps leave the picture only when no statement is left to leave
STEPS, NEXT = "actions", "next"


@dataclass(frozen=True, slots=True)
class Band:
    """One stage: a heading over some columns, and what is said of the stage as a whole."""

    ref: str
    name: str
    goal: str
    columns: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the map.

    Attributes:
        key: Name of the lane in the map.
        title: Words for it.
        wide: Cards that stand across a band, one tuple for each band.
        cells: Cards of each column, one tuple for each column of all bands.
    """

    key: str
    title: str
    wide: tuple[tuple[Card, ...], ...]
    cells: tuple[tuple[Card, ...], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything between the header and the foot."""

    bands: tuple[Band, ...]
    lanes: tuple[Lane, ...]
    points: tuple[Point, ...]
    apart: Apart = ALL_TOGETHER
    hidden_stages: int = 0

    @property
    def column_count(self) -> int:
        """Number of columns of all bands."""
        return sum(len(band.columns) for band in self.bands)


def content_of(
    journey: JourneyMap, known: Known, max_columns: int, *, has_curve: bool = True
) -> Content:
    """Bands, lanes and cards of a map whose statements have ids.

    Args:
        journey: The map.
        known: Verdicts and facts.
        max_columns: Where the map has more steps, several share a column.
        has_curve: A curve shows the scores; without it, scores are cards like all others.
    """
    bands = _bands(journey, known.words, max_columns)
    shown = max(1, max_columns - bool(journey.statements))
    builder = _Builder(journey, known, bands, has_curve=has_curve)
    lanes = tuple(builder.lane(key) for key in _lane_keys(journey, known))
    stages = {f"stage:{stage.id}": stage for stage in journey.stages}
    columns = [
        (stages.get(band.ref), steps) for band in bands for steps in band.columns
    ]
    apart = personas_apart(journey)
    return Content(
        bands,
        lanes,
        tuple(points_of(columns, known, apart)),
        apart,
        hidden_stages=max(0, len(journey.stages) - shown),
    )


def column_counts(journey: JourneyMap) -> list[int]:
    """Numbers of columns a map can be drawn in: a step in each, two steps in each, …, a stage in each.

    Examples:
        >>> steps = tuple(Step(id=name, name=name) for name in "abcde")
        >>> column_counts(JourneyMap(id="m", title="M", stages=(Stage(id="s", name="S", steps=steps),)))
        [5, 3, 2, 1]
    """
    longest = max((len(stage.steps) for stage in journey.stages), default=1)
    counts = [
        _column_count(journey.stages, per_column) + bool(journey.statements)
        for per_column in range(1, max(longest, 1) + 1)
    ]
    return sorted(set(counts), reverse=True)


def _column_count(stages: Iterable[Stage], per_column: int) -> int:
    return sum(-(-max(1, len(stage.steps)) // per_column) for stage in stages)


def _bands(journey: JourneyMap, words: Words, max_columns: int) -> tuple[Band, ...]:
    has_whole = bool(journey.statements)
    room = max(1, max_columns - has_whole)
    stages = journey.stages[:room]
    per_column = 1
    while _column_count(stages, per_column) > room:
        per_column += 1
    bands = [
        Band(
            f"stage:{stage.id}",
            stage.name,
            stage.goal or "",
            _columns(stage, per_column),
        )
        for stage in stages
    ]
    if has_whole:
        bands.append(Band("map", words.say("whole"), "", ((),)))
    return tuple(bands)


def _columns(stage: Stage, per_column: int) -> tuple[tuple[Step, ...], ...]:
    """Steps of a stage in columns of nearly equal number."""
    count = max(1, -(-len(stage.steps) // per_column))
    ends = [round(number * len(stage.steps) / count) for number in range(count + 1)]
    return tuple(stage.steps[start:end] for start, end in pairwise(ends))


def all_statements(journey: JourneyMap) -> Iterator[Statement]:
    """Statements of the map, its stages and its steps."""
    yield from journey.statements
    for stage in journey.stages:
        yield from stage.statements
        for step in stage.steps:
            yield from step.statements


def _lane_keys(journey: JourneyMap, known: Known) -> tuple[str, ...]:
    """Lanes in order: as listed, then as used; steps always, moves where they are known."""
    listed = [*journey.lanes]
    used = [statement.lane for statement in all_statements(journey)]
    if any(step.touchpoints for step in journey.steps()) and not listed:
        listed.append("touchpoints")
    keys = [*dict.fromkeys(chain(listed, used))]
    if known.quotes and QUOTES not in keys:
        after = keys.index(EMOTION) + 1 if EMOTION in keys else len(keys)
        keys.insert(after, QUOTES)
    if journey.view == "blueprint":
        keys = blueprint_lanes(keys)
    elif STEPS in keys:
        keys.remove(STEPS)
        keys.insert(0, STEPS)
    else:
        keys.insert(0, STEPS)
    has_moves = any(step.next for step in journey.steps()) or any(
        known.moves(step) for step in journey.step_ids()
    )
    if has_moves and NEXT not in keys:
        keys.insert(keys.index(STEPS) + 1, NEXT)
    return tuple(keys)


class _Builder:
    """Cards of one map, cell by cell."""

    def __init__(
        self,
        journey: JourneyMap,
        known: Known,
        bands: tuple[Band, ...],
        *,
        has_curve: bool,
    ) -> None:
        self._has_curve = has_curve
        self._map = journey
        self._known = known
        self._words = known.words
        self._bands = bands
        self._touchpoints = {one.id: one for one in journey.touchpoints}
        self._stages = {f"stage:{stage.id}": stage for stage in journey.stages}
        self._personas = {
            one.id: one.name for one in journey.personas if not isinstance(one, str)
        }
        numbered = any(len(column) > 1 for band in bands for column in band.columns)
        self._numbers = {
            step.id: f"{number}. " if numbered else ""
            for number, step in enumerate(journey.steps(), start=1)
        }
        self._move_cards = MoveCards(journey, known, self._numbers)
        # a touchpoint of many steps tells its gap once, at the first of them
        self._first_at: dict[str, str] = {}
        for step in journey.steps():
            for touchpoint in step.touchpoints:
                self._first_at.setdefault(f"touchpoint:{touchpoint}", step.id)

    def lane(self, key: str) -> Lane:
        """One lane with its cards."""
        return Lane(
            key,
            self._words.lane(key),
            tuple(tuple(self._wide(band, key)) for band in self._bands),
            tuple(
                tuple(chain.from_iterable(self._of_step(step, key) for step in column))
                for band in self._bands
                for column in band.columns
            ),
        )

    def _wide(self, band: Band, key: str) -> Iterator[Card]:
        stage = self._stages.get(band.ref)
        statements = stage.statements if stage else self._map.statements
        has_point = stage is not None and not stage.steps
        yield from self._statements(statements, key, "", has_point=has_point)

    def _of_step(self, step: Step, key: str) -> Iterator[Card]:
        prefix = self._numbers[step.id]
        if key == STEPS:
            yield Card(
                f"step:{step.id}",
                prefix + step.name,
                (
                    *self._known.step_marks(step.id),
                    *gap_marks(self._known, f"step:{step.id}"),
                ),
                importance=STEP_IMPORTANCE,
                look="step",
                is_moment=step.moment_of_truth,
            )
        if key == NEXT:
            yield from self._move_cards.of(step)
        for ref, text, note in derived_texts(
            step, key, self._touchpoints, is_blueprint=self._map.view == "blueprint"
        ):
            is_told = self._first_at.get(ref, step.id) == step.id
            yield Card(
                ref,
                prefix + text,
                tuple(self._told(ref, key)) if is_told else (),
                note="" if note.casefold() == text.casefold() else note,
            )
        if key == QUOTES:
            yield from self._quotes(step)
        yield from self._statements(step.statements, key, prefix, has_point=True)

    def _told(self, ref: str, lane: str) -> Iterator[Mark]:
        """Numbers of a touchpoint, those that belong to a lane."""
        one = self._touchpoints.get(ref.partition(":")[2])
        if one is not None:
            has_promise = bool(one.promise)
            for mark, _ in touchpoint_marks(
                self._known, ref, lane, has_promise=has_promise
            ):
                yield mark

    def _statements(
        self,
        statements: Iterable[Statement],
        key: str,
        prefix: str,
        *,
        has_point: bool,
    ) -> Iterator[Card]:
        for one in statements:
            if one.lane != key:
                continue
            marks = (
                *self._known.marks(f"statement:{one.id}"),
                *promise_marks(self._known, one.id or ""),
            )
            # A score nobody measured says no more than its point on the curve.
            is_settled = any(
                mark.verdict not in ("unknown", "untestable") for mark in marks
            )
            is_bare = key == EMOTION and not one.text and not is_settled
            if self._has_curve and has_point and is_bare and one.score is not None:
                continue  # the curve says it
            words = statement_words(one)
            if key == QUOTES:
                words = quoted(words, self._words.language)
            yield Card(
                f"statement:{one.id}",
                prefix + words,
                marks,
                note=self._personas.get(one.persona, one.persona)
                if one.persona
                else "",
                importance=one.importance or DEFAULT_IMPORTANCE,
                look=QUOTE if key == QUOTES else "statement",
            )

    def _quotes(self, step: Step) -> Iterator[Card]:
        for number, quote in enumerate(self._known.quotes.get(step.id, ())):
            yield Card(
                f"quote:{step.id}-{number}",
                quoted(quote.text, quote.language or self._words.language),
                note=quote.theme.replace("_", " "),
                importance=1,
                look=QUOTE,
                language=quote.language,
            )


def statement_words(statement: Statement) -> str:
    """Text of a statement with its typed values; what its picture shows where it has none.

    Examples:
        >>> statement_words(Statement(lane="time", text="I wait", duration="2d"))
        'I wait (2d)'
        >>> statement_words(Statement(lane="pains", image="queue.png", image_alt="A queue"))
        'A queue'
    """
    values = [
        score_words(statement.score) if statement.score is not None else None,
        statement.duration,
        statement.share,
    ]
    shown = ", ".join(value for value in values if value)
    if not statement.text:
        return shown or statement.image_alt or statement.lane
    return f"{statement.text} ({shown})" if shown else statement.text
