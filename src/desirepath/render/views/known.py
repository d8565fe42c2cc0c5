"""What is known about each element of a map, worded for a picture. Judges and measures nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.render.views.quotes import Said
from desirepath.render.words import Words

MIN_MOVE_SHARE = 0.05
MIN_MOVE_COUNT = 10  # of fewer moves a share says nothing of the many who stay
MAX_MOVES = 3
# Signs where they stand in a line of text; on cards they are drawn.
SIGNS = {
    "confirmed": "✓",
    "refuted": "✗",
    "mixed": "⇅",
    "unknown": "?",
    "stale": "◷",
    "untestable": "–",
    "": "",
    "short": "↓",
    "better": "↑",
    "even": "=",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Sign, and words and numbers behind it; without a verdict only numbers.

    Attributes:
        verdict: Word of the verdict, sign of a gap, or "".
        text: What it says.
        is_bare: Pictures draw the sign alone.
    """

    verdict: str
    text: str
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """Where customers go from a step."""

    step: str
    share: float
    n: int
    typical_s: float | None


@dataclass(frozen=True)
class Known:
    """Verdicts, facts and quotes by element."""

    words: Words
    report: CheckReport | None = None
    evidence: Evidence | None = None
    quotes: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    _by_subject: dict[str, list[Verdict]] = field(default_factory=dict)
    _facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    _kept: dict[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        judged = (*self.report.verdicts, *self.report.personas) if self.report else ()
        for verdict in judged:
            self._by_subject.setdefault(verdict.subject, []).append(verdict)
            if verdict.is_implied and verdict.step:
                self._by_subject.setdefault(f"implied:{verdict.step}", []).append(
                    verdict
                )
        for fact in self.evidence.facts if self.evidence else ():
            if not fact.segment:  # the whole window stands before its parts
                self._facts.setdefault((fact.subject, fact.measure), fact)
                if fact.measure == "promise_kept":
                    self._kept.setdefault(fact.target, fact)

    def fact(self, subject: str, measure: str) -> Fact | None:
        """The fact about an element over all cases and the whole window."""
        return self._facts.get((subject, measure))

    def has(self, measure: str) -> bool:
        """Whether there is any fact of a measure."""
        return any(name == measure for _, name in self._facts)

    def kept(self, statement: str) -> Fact | None:
        """The share of cases in which the promise of a statement was kept."""
        return self._kept.get(statement)

    def marks(self, ref: str) -> tuple[Mark, ...]:
        """Marks of a statement, stage or the map; what cannot be tested carries a bare sign."""
        return tuple(
            Mark(
                one.verdict,
                mark_text(one, self.words),
                is_bare=one.verdict == "untestable",
            )
            for one in self._by_subject.get(ref, ())
            if not one.is_implied
        )

    def step_marks(self, step: str) -> tuple[Mark, ...]:
        """Marks of what the map claims by its shape: that customers come here, in this order."""
        implied = [
            one
            for one in self._by_subject.get(f"implied:{step}", ())
            if one.verdict != "untestable"
        ]
        if implied or self.report:
            return tuple(
                Mark(one.verdict, self._short(one))
                for one in implied
                if one.kind == "reach" or one.verdict != "confirmed"
            )
        reach = self.fact(f"step:{step}", "reach")
        if reach is None or reach.value is None:
            return ()
        words = f"{self.words.say('kind.reach')} {self.words.share(reach.value)}"
        return (Mark("", f"{words} · n\u00a0{self.words.number(reach.n)}"),)

    def _short(self, verdict: Verdict) -> str:
        kind = f"kind.{verdict.kind}"
        name = (
            self.words.say(kind)
            if kind in ("kind.reach", "kind.order", "kind.next", "kind.goal")
            else verdict.kind
        )
        parts = [
            name
            if verdict.verdict in ("confirmed", "refuted")
            else f"{name}: {self.words.say(f'verdict.{verdict.verdict}')}"
        ]
        if verdict.value is not None:
            numbers = (verdict.value, verdict.low, verdict.high)
            told = self.words.measured(*numbers, verdict.told_unit, verdict.limits)
            parts[0] += f" {told}"
        if verdict.n:
            parts.append(f"n\u00a0{self.words.number(verdict.n)}")
        return " · ".join(parts)

    def moves(self, step: str) -> tuple[Move, ...]:
        """Where customers go from a step, most frequent first."""
        return tuple(
            sorted(self._moves(step), key=lambda move: -move.share)[:MAX_MOVES]
        )

    def _moves(self, step: str) -> Iterator[Move]:
        prefix = f"transition:{step}>"
        for (subject, measure), fact in self._facts.items():
            if measure != "next" or not subject.startswith(prefix):
                continue
            if fact.value is None or fact.value < MIN_MOVE_SHARE:
                continue
            if fact.n < MIN_MOVE_COUNT:
                continue
            time = self.fact(subject, "time")
            yield Move(
                subject.removeprefix(prefix),
                fact.value,
                fact.n,
                time.value if time else None,
            )


def mark_text(verdict: Verdict, words: Words) -> str:
    r"""Word, value, interval and n of a verdict.

    Examples:
        >>> pain = Verdict("statement:s-1", "find", "", "share", "", "", False, "refuted", "",
        ...     0.031, "share", 7904, 0.02, 0.04)
        >>> mark_text(pain, Words("en")).replace("\xa0", " ")
        'refuted · 3 % (2–4 %) · n 7,904'
        >>> effect = Verdict("statement:s-2", "pay", "", "effect", "", "", False, "confirmed", "",
        ...     -0.39, "share", 310, -0.52, -0.27)
        >>> mark_text(effect, Words("en")).replace("\xa0", " ")
        'confirmed · −39 points (−52 … −27) · n 310'
    """
    parts = [words.say(f"verdict.{verdict.verdict}")]
    if verdict.value is not None:
        numbers = (verdict.value, verdict.low, verdict.high)
        parts.append(words.measured(*numbers, verdict.told_unit, verdict.limits))
    if verdict.n:
        parts.append(f"n\u00a0{words.number(verdict.n)}")
    if verdict.verdict == "unknown" and verdict.further_cases is not None:
        key = "more.answers" if verdict.kind == "score" else "more"
        parts.append(words.say(key, count=verdict.further_cases))
    return " · ".join(parts)
