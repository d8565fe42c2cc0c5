"""Scores along a map: what the team assumes, for each persona where it says so, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desirepath.maps.model import JourneyMap, Stage, Statement, Step
from desirepath.render.views.known import Known

EMOTION = "emotion"
MOST_PERSONAS = 4


@dataclass(frozen=True, slots=True)
class Felt:
    """What customers answered, as emotions: mean, ends of its interval where there is one, customers."""

    score: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """Scores of one step.

    Attributes:
        column: Its column.
        place: Its place in the column, 0 to 1.
        score: What the team assumes; of those who are no persona of their own where personas are
            drawn apart. None where nobody said.
        ref: The step, or a stage without steps.
        label: Its name.
        felt: What customers answered.
        personas: What the team assumes for each persona that is drawn apart, in their order.
    """

    column: int
    place: float
    score: float | None
    ref: str
    label: str
    felt: Felt | None = None
    personas: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Personas whose scores are drawn as curves of their own.

    Attributes:
        personas: Id and name of each.
        hidden: Count of those without room.
    """

    personas: tuple[tuple[str, str], ...] = ()
    hidden: int = 0

    def place(self, persona: str | None) -> int | None:
        """Number of a persona's curve."""
        ids = [one for one, _ in self.personas]
        return ids.index(persona) if persona in ids else None


ALL_TOGETHER = Apart()


def personas_apart(journey: JourneyMap) -> Apart:
    """Personas drawn apart: where scores are given for several, or for one beside all."""
    parts: list[Step | Stage] = []
    for stage in journey.stages:
        parts += stage.steps or (stage,)
    given = [one.persona or "" for part in parts for one in _scored(part.statements)]
    found = set(given)
    if len(found) < 2:  # noqa: PLR2004 - one curve for all
        return ALL_TOGETHER
    names = {one.id: one.name for one in journey.personas if not isinstance(one, str)}
    # in the order of the map, then as they come
    order = [
        *(one for one in names if one in found),
        *sorted(found - set(names) - {""}),
    ]
    shown = tuple((one, names.get(one, one)) for one in order[:MOST_PERSONAS])
    return Apart(shown, len(order) - len(shown))


def _scored(statements: Iterable[Statement]) -> Iterator[Statement]:
    return (one for one in statements if one.lane == EMOTION and one.score is not None)


def points_of(
    columns: Iterable[tuple[Stage | None, tuple[Step, ...]]], known: Known, apart: Apart
) -> Iterator[Point]:
    """Scores of the steps, and of stages that have no steps of their own.

    Args:
        columns: Stage and steps of each column.
        known: Facts of the kind `score`.
        apart: Personas drawn apart.
    """
    for column, (stage, steps) in enumerate(columns):
        for place, step in enumerate(steps):
            yield _point(column, (place + 0.5) / len(steps), step, known, apart)
        if not steps and stage is not None:
            yield _point(column, 0.5, stage, known, apart)


def _point(
    column: int, place: float, part: Step | Stage, known: Known, apart: Apart
) -> Point:
    by: dict[int | None, list[float]] = {}
    for one in _scored(part.statements):
        is_hidden = bool(
            apart.personas and one.persona and apart.place(one.persona) is None
        )
        if one.score is not None and not is_hidden:
            by.setdefault(apart.place(one.persona), []).append(one.score)
    means: Mapping[int | None, float] = {
        key: sum(scores) / len(scores) for key, scores in by.items()
    }
    ref = f"{'step' if isinstance(part, Step) else 'stage'}:{part.id}"
    return Point(
        column,
        place,
        means.get(None),
        ref,
        part.name,
        _felt(known, ref),
        tuple(means.get(number) for number in range(len(apart.personas))),
    )


def _felt(known: Known, ref: str) -> Felt | None:
    """What customers answered at an element, None where nobody did."""
    # the weighted score is what the verdicts speak of
    fact = known.fact(ref, "score_weighted") or known.fact(ref, "score")
    if fact is None or fact.value is None or fact.unit != EMOTION:
        return None
    return Felt(fact.value, fact.low, fact.high, fact.n)
