"""Texts that stand outside the cells of a map, and promises above all, as statements."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.entry import Entry
from desirepath.maps.model import JourneyMap, Statement

PROMISE_LANE = "promise"
TOUCHPOINT = "touchpoint:"


def touchpoint_promises(
    journey: JourneyMap,
) -> Iterator[tuple[Statement, str, tuple[str, ...]]]:
    """The promise of each touchpoint with its ref and the ids of the steps that use it, in map order.

    The id of such a statement is the ref of the touchpoint.

    Examples:
        >>> from desirepath.maps.blueprint import Touchpoint
        >>> desk = Touchpoint(id="desk", name="The desk", promise="Open at eight")
        >>> [(one.text, ref) for one, ref, _ in touchpoint_promises(JourneyMap(id="m", title="M", touchpoints=(desk,)))]
        [('Open at eight', 'touchpoint:desk')]
    """
    for touchpoint in journey.touchpoints:
        if touchpoint.promise:
            ref = f"{TOUCHPOINT}{touchpoint.id}"
            steps = tuple(
                step.id for step in journey.steps() if touchpoint.id in step.touchpoints
            )
            yield as_statement(touchpoint.promise, PROMISE_LANE, name=ref), ref, steps


def as_statement(
    value: str | Entry,
    lane: str,
    *,
    name: str | None = None,
    persona: str | None = None,
) -> Statement:
    """A text, plain or with a claim, as a statement in a lane."""
    entry = Entry(text=value) if isinstance(value, str) else value
    return Statement(
        id=name,
        lane=lane,
        text=entry.text,
        persona=persona,
        importance=entry.importance,
        status=entry.status,
        source=entry.source,
        claim=entry.claim,
        evidence=entry.evidence,
    )


def subject_of(statement: Statement, place: str) -> str:
    """Ref under which facts and verdicts on a statement stand: its own, or that of the touchpoint.

    Examples:
        >>> subject_of(Statement(id="s-1", lane="pains"), "step:pay"), subject_of(Statement(lane="promise"), "touchpoint:app")
        ('statement:s-1', 'touchpoint:app')
    """
    return place if place.startswith(TOUCHPOINT) else f"statement:{statement.id}"
