"""Evidence: the table of facts about a map. Measures nothing itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from desirepath.errors import EvidenceError, Problem
from desirepath.evidence.sealed import break_seal, sealed_text
from desirepath.whole_files import write_whole

FORMAT = "desirepath/evidence/1"
MAX_FILE_BYTES = 200_000_000
# Differences of two shares: told in points, not in percent.
DIFFERENCES = frozenset(
    (
        "effect",
        "effect_raw",
        "effect_weighted",
        "goal_difference",
        "later_effect",
        "shown_effect",
        "wait_effect",
    )
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One number about one element, never without its n and interval.

    Attributes:
        subject: Ref of the element: ``map``, ``stage:find``, ``step:search``, ``statement:s-1a2b3c``,
            ``transition:search>compare``.
        measure: What is measured: reach, order, next, drop_off, time, goal, share, channel, score, …
        value: Share between 0 and 1, seconds, or count; None where it cannot be told (a median that
            fewer than half reach).
        unit: ``share``, ``s``, ``count``, ``emotion`` (-2 to +2), ``nps`` (-100 to 100) or ``score``.
        n: Effective number of independent observations behind the value.
        low: Lower end of the interval; None where unbounded.
        high: Upper end of the interval; None where unbounded.
        hits: Count of cases for which it holds, for shares.
        cases: Cases looked at, before any reduction to an effective number.
        target: The other side where there is one: a step, an activity pattern, a channel, a limit.
        segment: ``name=value``, or "" for all cases.
        window_from: First day, ISO date, UTC; "" where the source has no times.
        window_to: Last day, ISO date, UTC.
        level: Coverage of the interval.
        after: For what no step binds, the step it mostly follows.
        source: Which source the number comes from.
        spread: Standard deviation between customers, for means; None for everything else.
    """

    subject: str
    measure: str
    value: float | None
    unit: str
    n: int
    low: float | None
    high: float | None
    hits: int = 0
    cases: int = 0
    target: str = ""
    segment: str = ""
    window_from: str = ""
    window_to: str = ""
    level: float = 0.95
    after: str = ""
    source: str = "events"
    spread: float | None = None

    @property
    def told_unit(self) -> str:
        """Unit as people are told it: ``points`` for differences of shares.

        Examples:
            >>> Fact("step:pay", "effect", -0.1, "share", 90, -0.2, -0.01).told_unit
            'points'
        """
        is_points = self.unit == "share" and self.measure in DIFFERENCES
        return "points" if is_points else self.unit


@dataclass(frozen=True, slots=True)
class Example:
    """One real case that shows what a fact counts. Names of activities only, nothing a customer wrote.

    Attributes:
        subject: As in the fact.
        measure: As in the fact.
        target: As in the fact.
        moment: Day and minute of it, UTC, as ``2024-05-19 14:03``; "" without times.
        activities: What happened around it, in order; what repeats at once is named once.
        at: Which of the activities it is, from 0.
        events: Events of the whole case.
    """

    subject: str
    measure: str
    target: str
    moment: str
    activities: tuple[str, ...]
    at: int
    events: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the events say about one map.

    Attributes:
        map_id: The map it is about.
        facts: All facts, in map order.
        cases: Cases measured.
        events: Events in them.
        customers: Customers behind the cases.
        window_from: First day, ISO date, UTC; "" where the source has no times.
        window_to: Last day.
        open_cases: Cases that may still go on.
        deviation_median: Median deviation of the cases from the map, 0 to 1.
        unbound_steps: Steps no event is bound to, or whose events do not occur.
        sources: Where the events come from and which rules were applied.
        examples: A few real cases for what no step shows.
    """

    map_id: str
    facts: tuple[Fact, ...]
    cases: int
    events: int
    customers: int
    window_from: str
    window_to: str
    open_cases: int = 0
    deviation_median: float = 0.0
    unbound_steps: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    def find(
        self,
        subject: str,
        measure: str,
        *,
        target: str | None = None,
        segment: str = "",
    ) -> Fact | None:
        """The fact about an element over the whole window, None where it was not measured."""
        return next(self.select(subject, measure, target=target, segment=segment), None)

    def select(
        self,
        subject: str | None = None,
        measure: str | None = None,
        *,
        target: str | None = None,
        segment: str | None = None,
    ) -> Iterator[Fact]:
        """Facts about an element, in order; None stands for any."""
        for fact in self.facts:
            if (
                (subject is None or fact.subject == subject)
                and (measure is None or fact.measure == measure)
                and (target is None or fact.target == target)
                and (segment is None or fact.segment == segment)
            ):
                yield fact

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order; facts as rows below one list of columns."""
        columns = [column.name for column in fields(Fact)]
        rows = [[getattr(fact, column) for column in columns] for fact in self.facts]
        # not `asdict` of the whole, which copies every fact to throw it away
        rest = {
            key: value
            for key, value in asdict(replace(self, facts=(), sources={})).items()
            if key not in ("facts", "sources")
        }
        return {
            "format": FORMAT,
            **rest,
            "sources": dict(self.sources),
            "columns": columns,
            "facts": rows,
        }


def whole_cases(n: float) -> int:
    """An effective number as a count, rounded down, but not because of the last digits of a float.

    Examples:
        >>> whole_cases(9.999_999_999), whole_cases(9.9)
        (10, 9)
    """
    return int(n + 1e-6)


def write_evidence(evidence: Evidence, path: str | Path) -> Path:
    """File with the evidence as JSON and a checksum; written whole or not at all.

    Raises:
        EvidenceError: E313 if it cannot be written.
    """
    text = sealed_text(evidence.to_dict())
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return write_whole(Path(path), text.encode())
    except OSError as error:
        what = f"the evidence cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise EvidenceError(Problem("E313", what, str(path), hint)) from error


def read_evidence(path: str | Path) -> Evidence:
    """Evidence saved before.

    Raises:
        EvidenceError: E310 if the file cannot be read, E311 if it is no evidence, E312 if it was
            changed since it was saved.
    """
    place = str(path)
    try:
        if Path(path).stat().st_size > MAX_FILE_BYTES:
            raise EvidenceError(
                Problem("E311", "the file is too large to be evidence", place, _AGAIN)
            )
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise EvidenceError(Problem("E310", what, place, _AGAIN)) from error
    except (ValueError, RecursionError) as error:
        raise EvidenceError(
            Problem("E311", "the file is not evidence in JSON", place, _AGAIN)
        ) from error
    if isinstance(data, dict) and data.get("format") == FORMAT and not break_seal(data):
        raise EvidenceError(
            Problem("E312", "the file was changed since it was saved", place, _AGAIN)
        )
    return evidence_from(data, place)


def evidence_from(data: Any, place: str = "") -> Evidence:
    """Evidence made of what `Evidence.to_dict` gave, as it came back from JSON.

    Args:
        data: What was read.
        place: Where from, for the error.

    Raises:
        EvidenceError: E311 if it is no evidence.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        what = f'expected format "{FORMAT}", found {found or "none"}'
        raise EvidenceError(Problem("E311", what, place, _AGAIN))
    columns = data["columns"]
    facts = tuple(Fact(**dict(zip(columns, row, strict=True))) for row in data["facts"])
    rest = {
        key: value
        for key, value in data.items()
        if key
        not in ("format", "columns", "facts", "unbound_steps", "examples", "sha256")
    }
    examples = tuple(
        Example(**{**one, "activities": tuple(one["activities"])})
        for one in data.get("examples", ())
    )
    steps = tuple(data["unbound_steps"])
    return Evidence(facts=facts, unbound_steps=steps, examples=examples, **rest)


_AGAIN = "Measure the map again: desirepath measure MAP --events FILE -o FILE."
