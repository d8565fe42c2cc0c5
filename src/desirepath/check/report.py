"""CheckReport: what the evidence says of each statement of a map."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from desirepath.check.parts import (
    Against,
    Coverage,
    Departures,
    Gap,
    Research,
    Staleness,
    VerdictWord,
)
from desirepath.evidence.disagreement import Disagreement
from desirepath.evidence.touchpoints import TouchpointNumbers
from desirepath.sentences.kept import phrases_in

__all__ = ["CheckReport", "Gap", "Verdict", "VerdictWord"]


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
        lane: Lane of the statement; "" for a claim the map implies.
        spread: For scores: standard deviation between customers.
        persona: Id of the persona the statement is about, "" where it is about everybody.
        due: ISO date on which it is due for review; "" where the map names no `review_every`.
        staleness: For stale: what it was and what it is now; the numbers above are those of now.
        against: Settled evidence that speaks against the verdict; kept, whatever the verdict.
        limits: Limits of the claim in the unit of the value, which decide the verdict.
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
    lane: str = ""
    spread: float | None = None
    persona: str = ""
    due: str = ""
    staleness: Staleness | None = None
    against: tuple[Against, ...] = ()
    limits: tuple[float, ...] = ()

    @property
    def told_unit(self) -> str:
        """Unit as people are told it: ``points`` for an effect, which is a difference of shares.

        Examples:
            >>> Verdict("s", "", "", "effect", "", "", False, "unknown", "", 0.1, "share").told_unit
            'points'
        """
        is_points = self.unit == "share" and self.kind == "effect"
        return "points" if is_points else self.unit

    @property
    def word_now(self) -> VerdictWord:
        """What the newest evidence says by itself: the verdict, or for a stale one what it is now."""
        return self.staleness.now if self.staleness else self.verdict


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Verdicts on every statement of a map, what the map misses and what nobody does.

    Attributes:
        verdicts: In map order.
        missing: What customers do and the map does not show, most important first.
        dead: (step id, cases that reach it, upper end of the interval of its reach).
        departures: Where customers depart from the path drawn; None where it was not measured.
        coverage: How many statements are settled: of the map, of each stage, of each lane.
        research: What to find out next, most important first.
        review_every: As the map says, "" where it says nothing.
        due: ISO date on which the settled statements are due for review, "" where unknown.
        today: Day of the check as given, "" where none was.
        earlier_to: Last day of the evidence of the earlier check held against this one, "" for none.
        disagreements: Where staff, management and customers say different things of one step.
        is_future: True for a map of how it shall be: then the path drawn is a plan.
        personas: Verdicts on the texts of personas, each held against the cases of its persona; they
            count in no number about the map.
        touchpoints: Promise, expectation and delivery of each touchpoint that promises something, or of
            which customers said what they expected.
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
    departures: Departures | None = None
    coverage: tuple[Coverage, ...] = ()
    research: tuple[Research, ...] = ()
    review_every: str = ""
    due: str = ""
    today: str = ""
    earlier_to: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    is_future: bool = False
    personas: tuple[Verdict, ...] = ()
    touchpoints: tuple[TouchpointNumbers, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order.

        Sentences are English. `phrases` holds the parts of each, so that `report_from` and `spoken`
        can say them in other languages.
        """
        data = asdict(self)
        return {"format": "desirepath/check/1", **data, "phrases": phrases_in(data)}

    def count(self, verdict: VerdictWord) -> int:
        """Number of statements with this verdict.

        Examples:
            >>> CheckReport("m", "M", (), (), (), 0, 0, 0, "", "", 0.05).count("refuted")
            0
        """
        return sum(one.verdict == verdict for one in self.verdicts)

    @property
    def is_refuted(self) -> bool:
        """True where the newest evidence refutes something, be it new or known for long.

        Examples:
            >>> CheckReport("m", "M", (), (), (), 0, 0, 0, "", "", 0.05).is_refuted
            False
        """
        return any(
            one.word_now == "refuted" for one in (*self.verdicts, *self.personas)
        )

    def of(self, subject: str) -> tuple[Verdict, ...]:
        """Verdicts on one element."""
        return tuple(
            one for one in (*self.verdicts, *self.personas) if one.subject == subject
        )
