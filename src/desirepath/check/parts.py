"""Parts of a check report: gaps, departures, staleness, coverage, what to research. Computes nothing."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from typing import Literal

from desirepath.evidence.facts import Example

VerdictWord = Literal["confirmed", "refuted", "mixed", "unknown", "stale", "untestable"]
GapKind = Literal["activity", "move", "channel", "theme", "place"]
DepartureKind = Literal["passed_over", "repeat", "too_early", "elsewhere_next"]


@dataclass(frozen=True, slots=True)
class Addition:
    """A statement that would put something on the map.

    Attributes:
        step: Id of the step it belongs to, "" for the map as a whole.
        lane: Its lane.
        text: What it says.
        claim: Its claim, as YAML in one line.
    """

    step: str
    lane: str
    text: str
    claim: str

    def command(self, map_file: str) -> str:
        """Command that adds it to a map, to be pasted into a shell.

        Examples:
            >>> one = Addition("pay", "pains", "It fails", "{reach: {at_most: 1%}}")
            >>> one.command("shop.yaml")
            "desirepath add shop.yaml --step pay --lane pains --text 'It fails' --claim '{reach: {at_most: 1%}}'"
        """
        where = ["--step", self.step] if self.step else []
        words = ["desirepath", "add", map_file, *where, "--lane", self.lane]
        return shlex.join([*words, "--text", self.text, "--claim", self.claim])


@dataclass(frozen=True, slots=True)
class Gap:
    """Something customers do that the map does not show.

    Attributes:
        kind: activity, move, channel, theme of what customers write, or place: a place of contact
            that belongs to others, such as a mail, an ad or a marketplace.
        name: Name of it; for a move "from > to".
        cases: Cases that do it; for a theme, customers who write of it.
        share: Share of all cases (of those who write, for a theme), with `low` and `high` at 95 %.
        goal_difference: Difference in goal share between cases with and without it, with interval;
            an association, not a cause. None where the map names no goal event.
        after: Id of the step it mostly follows, "" where it mostly comes first.
        examples: Up to three real cases.
        addition: The statement that would put it on the map.
    """

    kind: GapKind
    name: str
    cases: int
    share: float
    low: float
    high: float
    goal_difference: float | None = None
    goal_low: float | None = None
    goal_high: float | None = None
    after: str = ""
    examples: tuple[Example, ...] = ()
    addition: Addition | None = None

    @property
    def asked(self) -> int:
        """Of how many the share is: all cases, or for a theme those who write.

        Examples:
            >>> Gap("theme", "waiting", 4, 4 / 49, 0.03, 0.19).asked
            49
        """
        return round(self.cases / self.share) if self.share else 0


@dataclass(frozen=True, slots=True)
class Departure:
    """One way in which customers depart from the path drawn at a step.

    Attributes:
        step: Id of the step.
        kind: passed_over (they come later on the map, never here), repeat (they come back here),
            too_early (they come here before an earlier step) or elsewhere_next (their next event is
            on no step).
        cases: Cases that do.
        asked: Cases that could.
        share: Share of those, with `low` and `high` at 95 %.
    """

    step: str
    kind: DepartureKind
    cases: int
    asked: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Departures:
    """How far the paths taken are from the path drawn.

    Attributes:
        median: Median deviation of a case, 0 (just as drawn) to 1.
        follows: Cases that do exactly what is drawn.
        share: Share of all cases, with `low` and `high` at 95 %.
        places: Where they depart, most cases first.
    """

    median: float
    follows: int
    share: float
    low: float
    high: float
    places: tuple[Departure, ...]


@dataclass(frozen=True, slots=True)
class Staleness:
    """What a stale verdict was, and why it is stale.

    Attributes:
        because: age (the evidence is older than the map allows) or drift (the number has moved).
        was: The verdict before.
        value: The number behind it, with `n`, `low` and `high`.
        window_from: First day of its evidence.
        window_to: Last day.
        now: What the newest evidence says by itself.
        p: For drift: p-value of "it has not moved", adjusted over the map.
    """

    because: Literal["age", "drift"]
    was: VerdictWord
    value: float | None
    n: int
    low: float | None
    high: float | None
    window_from: str
    window_to: str
    now: VerdictWord
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Against:
    """Settled evidence that speaks against a verdict.

    Attributes:
        kind: segment, window, earlier (an earlier check), people (what the team marked it) or item (an
            anecdote, an interview or another item of the library).
        name: Which segment, window, word or item; never what a customer said.
        verdict: What it says.
        value: Its number, with `n`, `low` and `high`; None where it has none.
        unit: Unit of the number, as in facts.
    """

    kind: Literal["segment", "window", "earlier", "people", "item"]
    name: str
    verdict: str
    value: float | None = None
    n: int = 0
    low: float | None = None
    high: float | None = None
    unit: str = "share"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements of a map, a stage or a lane are settled by fresh evidence.

    Attributes:
        kind: map, stage or lane.
        name: Id of the stage or name of the lane, "" for the map.
        statements: Statements people wrote, so not what the shape of the map claims.
        confirmed: Of these; so are the others below. They add up to `statements`.
        share: Share of the importance of all statements that lies in confirmed, refuted and mixed
            ones; a statement without importance weighs 3.
    """

    kind: Literal["map", "stage", "lane"]
    name: str
    statements: int
    confirmed: int
    refuted: int
    mixed: int
    stale: int
    unknown: int
    untestable: int
    share: float

    @property
    def settled(self) -> int:
        """Confirmed, refuted and mixed ones together."""
        return self.confirmed + self.refuted + self.mixed


@dataclass(frozen=True, slots=True)
class Research:
    """One thing worth finding out next.

    Attributes:
        subject: Ref of the statement.
        step: Id of its step, "" for a stage or the map.
        stage: Id of its stage, "" for the map.
        text: The statement, or the claim where the shape of the map makes it.
        importance: 1 to 5; 3 where the team gave none.
        certainty: 0 (nothing known) to 1 (settled).
        priority: importance × (1 - certainty).
        by: What would settle it: more events, a survey, events to be recorded or bound (binding), or
            first of all a claim that can be counted (wording).
        needed: Further cases, or answers, with which it would be settled with a chance of 80 %.
        days: Days in which so many cases come at the present rate; None where not known.
        advice: One sentence on what to do.
        question: For a survey: the question to ask, else "".
    """

    subject: str
    step: str
    stage: str
    text: str
    importance: int
    certainty: float
    priority: float
    by: Literal["events", "survey", "binding", "wording"]
    needed: int | None
    days: int | None
    advice: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Smallest:
    """Smallest changes that matter to the team; a smaller one makes no verdict stale, however sure it is.

    Attributes:
        share: Of a share: 0.05 is 5 points. In comparisons a share that is halved or doubled matters
            as well, however rare.
        time: Of a time, as a share of it.
        score: Of a mean score, in the unit of its scale.
        nps: Of a net promoter score, in points.
    """

    share: float = 0.05
    time: float = 0.2
    score: float = 0.3
    nps: float = 10.0

    def of(self, unit: str) -> float:
        """Smallest change of a number in a unit; of times on the log scale."""
        if unit == "s":
            return math.log1p(self.time)
        return {"share": self.share, "nps": self.nps}.get(unit, self.score)
