"""Verdicts, numbers and gaps of one check as they are answered. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desirepath.check.claims import EMOTION
from desirepath.check.parts import Against, Coverage, Gap
from desirepath.check.report import CheckReport, Verdict
from desirepath.errors import DesirepathError
from desirepath.evidence.facts import Fact
from desirepath.maps.yaml_source import parse_yaml
from desirepath.web.verdicts.groups import Facts
from desirepath.web.verdicts.held import held_at
from desirepath.web.verdicts.said import (
    AgainstSaid,
    ByGroupSaid,
    DeadStepSaid,
    GapAdditionSaid,
    GapSaid,
    HeldSaid,
    MapCoverageSaid,
    MarkSaid,
    MeasuredSaid,
    MetStepSaid,
    RealCaseSaid,
    WasSaid,
)
from desirepath.web.verdicts.since import Since

FEWEST = 10  # guests hear nothing of groups that are smaller
# Facts that answer a kind of claim, where they have another name.
MEASURES = {"time": ("time", "time_within")}


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered of one group.

    Attributes:
        report: Its verdicts.
        facts: Its numbers.
        is_guest: Whether it is for somebody with a link: then without small groups and real cases.
    """

    report: CheckReport
    facts: Facts
    is_guest: bool

    def marks(self, since: Since) -> Iterator[MarkSaid]:
        """Verdicts at the cards they are shown at."""
        research = {one.subject: one for one in reversed(self.report.research)}
        for one in self.report.verdicts:
            fact, what = self._fact_of(one), research.get(one.subject)
            yield MarkSaid(
                ref=_card_of(one),
                kind=one.kind,
                claim=one.claim,
                is_implied=one.is_implied,
                verdict=one.verdict,
                # the reason of a verdict on few people says how few they are
                reason="" if self._is_hidden(one.n) else one.reason,
                number=self._behind(one, fact),
                source=fact.source if fact else "",
                window_from=fact.window_from if fact else self.report.window_from,
                window_to=fact.window_to if fact else self.report.window_to,
                further=one.further_cases,
                proposal=one.proposal,
                advice=what.advice if what else "",
                question=what.question if what else "",
                persona=one.persona,
                due=one.due,
                was=self._was(one),
                segments=[
                    ByGroupSaid(segment=name, verdict=word)
                    for name, word in one.segments
                    if word != one.verdict
                ],
                against=list(self._against(one)),
                is_changed=(one.subject, one.kind) in since.changed,
                limits=list(one.limits),
            )

    def steps(self, refs: Iterable[str]) -> Iterator[MetStepSaid]:
        """How each step is met."""
        for ref in refs:
            time = self.facts.into(ref.removeprefix("step:"))
            yield MetStepSaid(
                ref=ref,
                reach=self._measured(self.facts.get(ref, "reach")),
                left=self._measured(self.facts.get(ref, "drop_off")),
                again=self._measured(self.facts.get(ref, "repeat")),
                time=self._measured(time),
                time_from=_before(time) if time else "",
                felt=self._measured(self.facts.get(ref, "score", EMOTION)),
            )

    def held(self, refs: Iterable[str]) -> Iterator[HeldSaid]:
        """Promise, expectation and delivery of steps and touchpoints."""
        return held_at(self.facts, refs, self._measured)

    def missing(self) -> Iterator[GapSaid]:
        """What the map does not show, each thing once."""
        seen: set[tuple[str, str]] = set()
        for one in self.report.missing:
            if (one.kind, one.name) in seen or self._is_hidden(one.cases):
                continue
            seen.add((one.kind, one.name))
            share = _number(one.share, "share", one.asked, one.low, one.high)
            yield GapSaid(
                kind=one.kind,
                name=one.name,
                share=share.model_copy(update={"hits": one.cases, "cases": one.asked}),
                goal=_goal(one),
                after=f"step:{one.after}" if one.after else "",
                examples=[] if self.is_guest else list(_examples(one)),
                addition=_addition(one),
            )

    def dead(self) -> Iterator[DeadStepSaid]:
        """Steps nobody does."""
        for step, hits, high in self.report.dead:
            fact = self.facts.get(f"step:{step}", "reach")
            value = fact.value if fact else None
            number = _number(value, "share", self.report.cases, None, high)
            told = {"hits": hits, "cases": self.report.cases}
            if self._is_hidden(hits):
                told, number = {}, number.model_copy(update={"value": None})
            yield DeadStepSaid(ref=f"step:{step}", reach=number.model_copy(update=told))

    def coverage(self) -> MapCoverageSaid | None:
        """How much of the map is settled, None for a map without statements."""
        for one in self.report.coverage:
            if one.kind == "map":
                return _coverage(one)
        return None

    def _is_hidden(self, n: int) -> bool:
        return self.is_guest and 0 < n < FEWEST

    def _is_of_few(self, fact: Fact) -> bool:
        """Whether a share tells of few who do something, or of few who do not."""
        is_share = fact.unit == "share" and fact.cases > 0
        both = (fact.hits, fact.cases - fact.hits) if is_share else ()
        return any(map(self._is_hidden, both))

    def _measured(self, fact: Fact | None) -> MeasuredSaid | None:
        if fact is None or self._is_hidden(fact.n) or self._is_of_few(fact):
            return None
        number = _number(fact.value, fact.unit, fact.n, fact.low, fact.high)
        return number.model_copy(update={"hits": fact.hits, "cases": fact.cases})

    def _fact_of(self, verdict: Verdict) -> Fact | None:
        for measure in MEASURES.get(verdict.kind, (verdict.kind,)):
            fact = self.facts.first(verdict.subject, measure)
            if fact is not None:
                return fact
        return None

    def _behind(self, verdict: Verdict, fact: Fact | None) -> MeasuredSaid | None:
        """The number behind a verdict."""
        if (verdict.value is None and not verdict.n) or self._is_hidden(verdict.n):
            return None
        number = _number(
            verdict.value, verdict.told_unit, verdict.n, verdict.low, verdict.high
        )
        is_same = fact is not None and fact.value == verdict.value
        if fact is not None and is_same and self._is_of_few(fact):
            return None
        counts = {"hits": fact.hits, "cases": fact.cases} if fact and is_same else {}
        return number.model_copy(update=counts)

    def _was(self, verdict: Verdict) -> WasSaid | None:
        old = verdict.staleness
        if old is None or self._is_hidden(old.n):
            return None
        return WasSaid(
            because=old.because,
            verdict=old.was,
            now=old.now,
            number=_number(old.value, verdict.told_unit, old.n, old.low, old.high),
            window_from=old.window_from,
            window_to=old.window_to,
        )

    def _against(self, verdict: Verdict) -> Iterator[AgainstSaid]:
        for one in verdict.against:
            if self.is_guest and (one.kind in ("people", "item") or one.n < FEWEST):
                continue
            unit = verdict.told_unit if one.unit == verdict.unit else one.unit
            yield _speaking(one, unit)


def _number(
    value: float | None, unit: str, n: int, low: float | None, high: float | None
) -> MeasuredSaid:
    return MeasuredSaid(
        value=value, unit=unit, low=low, high=high, n=n, hits=0, cases=0
    )


def _card_of(verdict: Verdict) -> str:
    """The card a verdict is shown at: a transition at the step it leads to."""
    if verdict.subject.startswith("transition:"):
        return f"step:{verdict.step}"
    return verdict.subject


def _before(time: Fact) -> str:
    """Ref of the step a move starts from."""
    start = time.subject.removeprefix("transition:").removesuffix(f">{time.target}")
    return f"step:{start}"


def _speaking(one: Against, unit: str) -> AgainstSaid:
    has_number = one.value is not None or one.n > 0
    number = _number(one.value, unit, one.n, one.low, one.high)
    return AgainstSaid(
        kind=one.kind,
        name=one.name,
        verdict=one.verdict,
        number=number if has_number else None,
    )


def _goal(gap: Gap) -> MeasuredSaid | None:
    if gap.goal_difference is None:
        return None
    return _number(
        gap.goal_difference, "points", gap.cases, gap.goal_low, gap.goal_high
    )


def _examples(gap: Gap) -> Iterator[RealCaseSaid]:
    for one in gap.examples:
        yield RealCaseSaid(
            activities=list(one.activities), at=one.at, moment=one.moment
        )


def _addition(gap: Gap) -> GapAdditionSaid | None:
    one = gap.addition
    if one is None:
        return None
    claim = _claim_in(one.claim)
    if claim is None:
        return None
    return GapAdditionSaid(
        at=f"step:{one.step}" if one.step else "map",
        lane=one.lane,
        text=one.text,
        claim=claim,
    )


@lru_cache(maxsize=1_024)
def _claim_in(text: str) -> dict[str, Any] | None:
    """A claim as data, None where it is none; groups miss much the same, and reading takes a while."""
    try:
        claim = parse_yaml(text, "claim").data()
    except DesirepathError:
        return None
    return claim if isinstance(claim, dict) else {}


def _coverage(one: Coverage) -> MapCoverageSaid:
    return MapCoverageSaid(
        statements=one.statements,
        settled=one.settled,
        confirmed=one.confirmed,
        refuted=one.refuted,
        mixed=one.mixed,
        stale=one.stale,
        unknown=one.unknown,
        untestable=one.untestable,
    )
