"""CheckReport: what the evidence says of each statement of a map."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

VerdictWord = Literal["confirmed", "refuted", "mixed", "unknown", "stale", "untestable"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence says of one claim.

    Attributes:
        subject: Ref of the statement, step, stage or map.
        step: Id of the step it stands at; "" for a stage or the map.
        stage: Id of the stage; "" for the map.
        kind: Kind of claim, "" where there is none.
        claim: The claim in words: "at least 20 % of the cases here show search_empty".
        text: The statement as the team wrote it; "" for a claim the map implies.
        is_implied: True where the map claims it by its shape, not in a statement.
        verdict: The word.
        reason: One sentence for the reader.
        value: Measured value; None where there is none.
        unit: share, s, count, emotion (-2 to +2), nps, score or "".
        n: Effective number of observations.
        low: Lower end of the 95 % interval.
        high: Upper end of the 95 % interval.
        further_cases: For unknown: further cases at which a value like this would be settled with
            power 0.8; for a score, further customers who answer. None where no number would.
        proposal: For untestable: how to word a claim.
        segments: (segment, verdict) of segments that are settled.
        importance: 1 to 5 as the team gave it, else None.
    """

    subject: str
    step: str
    stage: str
    kind: str
    claim: str
    text: str
    is_implied: bool
    verdict: VerdictWord
    reason: str
    value: float | None = None
    unit: str = ""
    n: int = 0
    low: float | None = None
    high: float | None = None
    further_cases: int | None = None
    proposal: str = ""
    segments: tuple[tuple[str, str], ...] = ()
    importance: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something customers do that the map does not show.

    Attributes:
        kind: activity, move or channel.
        name: Name of it; for a move "from > to".
        cases: Cases that do it.
        share: Share of all cases, with `low` and `high` at 95 %.
        goal_difference: Difference in goal share between cases with and without it, with interval;
            an association, not a cause. None where the map names no goal event.
        after: Id of the step it mostly follows, "" where it mostly comes first.
    """

    kind: Literal["activity", "move", "channel"]
    name: str
    cases: int
    share: float
    low: float
    high: float
    goal_difference: float | None = None
    goal_low: float | None = None
    goal_high: float | None = None
    after: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Verdicts on every statement of a map, what the map misses and what nobody does.

    Attributes:
        dead: (step id, cases that reach it, upper end of the interval of its reach).
    """

    map_id: str
    title: str
    verdicts: tuple[Verdict, ...]
    missing: tuple[Gap, ...]
    dead: tuple[tuple[str, int, float], ...]
    cases: int
    customers: int
    events: int
    window_from: str
    window_to: str
    false_discovery_rate: float
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order."""
        return {"format": "desirepath/check/1", **asdict(self)}

    def count(self, verdict: VerdictWord) -> int:
        """Number of statements with this verdict.

        Examples:
            >>> CheckReport("m", "M", (), (), (), 0, 0, 0, "", "", 0.05).count("refuted")
            0
        """
        return sum(one.verdict == verdict for one in self.verdicts)

    def of(self, subject: str) -> tuple[Verdict, ...]:
        """Verdicts on one element."""
        return tuple(one for one in self.verdicts if one.subject == subject)
