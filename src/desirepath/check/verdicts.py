"""Verdicts: claims held against facts, with false-discovery control over the map. Formats nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from desirepath.check.against import with_contradictions
from desirepath.check.claims import Claimed
from desirepath.check.coverage import coverage_of
from desirepath.check.departures import departures_of
from desirepath.check.gaps import dead_steps, missing_from
from desirepath.check.judging import judged
from desirepath.check.parts import Smallest
from desirepath.check.persona_texts import all_claims
from desirepath.check.report import CheckReport, Verdict
from desirepath.check.research import research_next
from desirepath.check.stale import (
    SETTLED,
    by_age,
    by_drift,
    drifted,
    due_on,
    newest_of,
    settled_before,
)
from desirepath.check.testing import settled_segments, settled_windows
from desirepath.check.wording import notes_of
from desirepath.errors import CheckError, Problem
from desirepath.evidence.disagreement import disagreements
from desirepath.evidence.facts import Evidence
from desirepath.evidence.library import (
    EvidenceItem,
    ForAndAgainst,
    Library,
    all_sides,
)
from desirepath.evidence.touchpoints import touchpoint_numbers
from desirepath.maps.model import JourneyMap
from desirepath.maps.statements import with_persona_statements
from desirepath.steps import step

FALSE_DISCOVERY_RATE = 0.05


@step("judging the map")
def check_map(
    journey_map: JourneyMap,
    evidence: Evidence,
    *,
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
    earlier: CheckReport | None = None,
    newest: Evidence | None = None,
    today: date | None = None,
    smallest: Smallest | None = None,
    items: Iterable[EvidenceItem] = (),
) -> CheckReport:
    """What the evidence says of every statement of a map.

    A claim is a region for one number. It is confirmed where the number is shown to lie inside,
    refuted where it is shown to lie outside, mixed where segments are settled in opposite ways,
    stale where it was settled before and the number has moved or the evidence is too old, otherwise
    unknown. Fewer than 10 cases settle nothing.

    Args:
        journey_map: The map.
        evidence: From `measure_map` with this very map.
        false_discovery_rate: Share of wrong verdicts among the settled ones that is accepted.
        earlier: An earlier check of this map; what it settled is held against the newest evidence.
        newest: Evidence on the cases after that check alone; without it the newest window in
            `evidence` counts, or all of `evidence` where it begins later.
        today: Day from which the age of the evidence is counted; no verdict is too old without it.
        smallest: Smallest changes that make a verdict stale; 5 points of a share, 20 % of a time,
            0.3 of a score if None.
        items: Anecdotes, interviews and other items of the library; they change no verdict, and are
            kept beside one that they contradict.

    Raises:
        CheckError: E401 if the evidence or the earlier check is about another map, E402 if the rate
            is not between 0 and 1.

    References:
        Benjamini and Hochberg 1995; the two one-sided tests of Schuirmann 1987.
    """
    _refuse(journey_map, evidence, earlier, false_discovery_rate)
    claims = list(all_claims(journey_map, evidence))
    verdicts = judged(claims, evidence, false_discovery_rate)
    fresh = newest_of(evidence, earlier, newest) if earlier else None
    if earlier and fresh:
        now = (
            verdicts
            if fresh is evidence
            else judged(claims, fresh, false_discovery_rate)
        )
        before = [settled_before(earlier, one) for one in verdicts]
        moved = drifted(before, now, false_discovery_rate, smallest or Smallest())
        for index, p in moved.items():
            was = before[index]
            if was is not None and _matters(verdicts[index], now[index], was):
                verdicts[index] = by_drift(now[index], was, earlier, p)
    due = due_on(evidence.window_to, journey_map.review_every)
    verdicts = [
        _dated(one, due, today, evidence, journey_map.review_every or "")
        for one in verdicts
    ]
    whole = with_persona_statements(journey_map)
    told = all_sides(whole, None, Library(items=tuple(items)))
    verdicts = _contradicted(
        claims, verdicts, evidence, earlier, told, false_discovery_rate
    )
    judged_claims = list(zip(claims, verdicts, strict=True))
    on_map = [one for claim, one in judged_claims if not claim.is_own]
    # plain texts of personas are many and nobody needs to be told about each
    testable = [(claim, one) for claim, one in judged_claims if claim.kind or not claim.is_own]  # fmt: skip
    return CheckReport(
        map_id=journey_map.id,
        title=journey_map.title,
        verdicts=tuple(on_map),
        missing=missing_from(journey_map, evidence),
        dead=dead_steps(journey_map, evidence),
        cases=evidence.cases,
        customers=evidence.customers,
        events=evidence.events,
        window_from=evidence.window_from,
        window_to=evidence.window_to,
        false_discovery_rate=false_discovery_rate,
        notes=notes_of(evidence, earlier, fresh),
        departures=departures_of(evidence),
        coverage=tuple(coverage_of(on_map)),
        research=research_next(
            journey_map,
            [claim for claim, _ in testable],
            [one for _, one in testable],
            evidence,
        ),
        review_every=journey_map.review_every or "",
        due=due,
        today=today.isoformat() if today else "",
        earlier_to=earlier.window_to if earlier else "",
        is_future=journey_map.state == "future",
        disagreements=disagreements(journey_map, evidence),
        personas=tuple(one for claim, one in judged_claims if claim.is_own),
        touchpoints=touchpoint_numbers(journey_map, evidence),
    )


def _refuse(
    journey_map: JourneyMap,
    evidence: Evidence,
    earlier: CheckReport | None,
    rate: float,
) -> None:
    for name, map_id in (
        ("evidence", evidence.map_id),
        ("earlier check", earlier.map_id if earlier else journey_map.id),
    ):
        if map_id != journey_map.id:
            what = f'the {name} is about the map "{map_id}", not "{journey_map.id}"'
            hint = "Measure this map: desirepath measure MAP --events FILE."
            raise CheckError(Problem("E401", what, hint=hint))
    if not 0 < rate < 1:
        raise CheckError(
            Problem(
                "E402",
                f"the false discovery rate is {rate:g}",
                hint="Give a number between 0 and 1, such as 0.05.",
            )
        )


def _matters(verdict: Verdict, now: Verdict, was: Verdict) -> bool:
    """Whether a moved number makes a verdict stale.

    What the shape of the map claims is stale only where the newest evidence says otherwise: how many
    come to a step may well move as long as some do.
    """
    return not verdict.is_implied or now.verdict != was.word_now


def _dated(
    verdict: Verdict,
    due: str,
    today: date | None,
    evidence: Evidence,
    review_every: str,
) -> Verdict:
    """The verdict with the day it is due for review; stale where that day is over."""
    if verdict.word_now not in SETTLED or not due:
        return verdict
    verdict = replace(verdict, due=due)
    is_over = today is not None and today.isoformat() > due
    if not is_over or verdict.verdict == "stale":
        return verdict
    window = (evidence.window_from, evidence.window_to)
    return by_age(verdict, window, review_every)


def _contradicted(
    claims: Sequence[Claimed],
    verdicts: Sequence[Verdict],
    evidence: Evidence,
    earlier: CheckReport | None,
    told: Sequence[ForAndAgainst],
    rate: float,
) -> list[Verdict]:
    """The verdicts, each with what speaks against it."""
    segments = settled_segments(claims, evidence, rate)
    windows = settled_windows(claims, evidence, rate)
    sides = {f"statement:{one.statement}": one for one in told}
    return [
        with_contradictions(
            verdict,
            claim,
            () if claim.is_own else segments.get(index, ()),
            () if claim.is_own else windows.get(index, ()),
            earlier,
            sides.get(claim.subject),
        )
        for index, (claim, verdict) in enumerate(zip(claims, verdicts, strict=True))
    ]
