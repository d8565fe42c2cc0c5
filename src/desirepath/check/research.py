"""What to find out next: importance times what is not certain, and what would settle it. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import numpy as np

from desirepath.check.claims import EMOTION, NPS, Claimed
from desirepath.check.judging import facts_of
from desirepath.check.parts import Research
from desirepath.check.report import Verdict
from desirepath.check.testing import PValues, tested
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, exact, listed, sentence
from desirepath.stats.power import further_cases_mean, further_cases_share

MOST = 5
USUAL_IMPORTANCE = 3
IMPLIED_IMPORTANCE = 1
LEVEL = 0.05
MIN_ANSWERS = 10
# What a survey is planned with before anyone has answered; said in the advice.
ASSUMED_SPREAD = 1.0
ASSUMED_NPS_SPREAD = 70.0
HALF, WITHIN = 0.5, 0.1
BOTH_SIDES_POWER = 0.9
By = Literal["events", "survey", "binding", "wording"]


def research_next(
    journey_map: JourneyMap,
    claims: Sequence[Claimed],
    verdicts: Sequence[Verdict],
    evidence: Evidence,
    *,
    most: int = MOST,
) -> tuple[Research, ...]:
    """The open claims most worth settling, at most `most`.

    Certainty is 1 - 2p for the smaller of the two one-sided p-values, before correction: 0 where the
    number lies on the limit, near 1 where the claim is all but settled. What is stale or has no number
    is not certain at all. Claims that the shape of a map makes weigh 1.
    """
    names = {step.id: step.name for step in journey_map.steps()}
    facts = facts_of(claims, evidence)
    found = [
        _research(
            claim, verdict, _certainty(verdict, tested(claim, fact)), evidence, names
        )
        for claim, verdict, fact in zip(claims, verdicts, facts, strict=True)
        if _is_open(verdict)
    ]
    # of two that weigh the same, what needs less comes first; the rest stays in map order
    found.sort(
        key=lambda one: (
            -round(one.priority, 6),
            one.needed is None,
            one.needed or 0,
        )
    )
    return tuple(found[:most])


def _is_open(verdict: Verdict) -> bool:
    """Whether there is something to find out; what moved and is settled anew is known."""
    if verdict.staleness and verdict.staleness.because == "drift":
        return verdict.word_now == "unknown"
    if verdict.is_implied and verdict.verdict == "stale":  # newer events tell it anyway
        return False
    return verdict.verdict in ("unknown", "stale", "untestable")


def _certainty(verdict: Verdict, test: PValues | None) -> float:
    if test is None or verdict.verdict != "unknown":
        return 0.0
    return float(np.clip(1 - 2 * min(test.p_inside, test.p_outside), 0.0, 1.0))


def _research(
    claim: Claimed,
    verdict: Verdict,
    certainty: float,
    evidence: Evidence,
    names: Mapping[str, str],
) -> Research:
    weight = IMPLIED_IMPORTANCE if claim.is_implied else USUAL_IMPORTANCE
    importance = claim.importance or weight
    by, needed, advice, question = _way(claim, verdict, names)
    days = _days(needed, evidence) if by == "events" and needed else None
    if days is not None:
        term = Number(float(days), "term")
        advice = listed([advice, Phrase("advice.rate", term=term)], "gap")
    return Research(
        subject=claim.subject,
        step=claim.step,
        stage=claim.stage,
        text=claim.words if claim.kind == "score" else claim.text or claim.words,
        importance=importance,
        certainty=certainty,
        priority=importance * (1 - certainty),
        by=by,
        needed=needed,
        days=days,
        advice=advice,
        question=question,
    )


def _way(
    claim: Claimed, verdict: Verdict, names: Mapping[str, str]
) -> tuple[By, int | None, str, str]:
    """What would settle a claim: the kind of evidence, how much, a sentence, a question to ask."""
    place = (
        Phrase("place.step", name=names.get(claim.step, claim.step))
        if claim.step
        else Phrase("place.journey")
    )
    if verdict.verdict == "untestable":
        question = Phrase("ask.holds", place=place, text=claim.text)
        needed = answers_for_share()
        return "wording", needed, Phrase("advice.word", count=needed), question
    if claim.kind == "score":
        return _by_survey(claim, verdict, place)
    if verdict.verdict == "stale":
        return "events", None, Phrase("advice.again"), ""
    if verdict.value is None:
        question = (
            Phrase("ask.happened", place=place, text=claim.text)
            if claim.text
            else Phrase("ask.came", place=place)
        )
        needed = answers_for_share()
        return "binding", needed, Phrase("advice.bind", count=needed), question
    if verdict.further_cases is None:
        told = listed([sentence(verdict.reason), Phrase("advice.limit")], "gap")
        return "events", None, told, ""
    further = verdict.further_cases
    return "events", further, Phrase("advice.cases", count=further), ""


def _by_survey(
    claim: Claimed, verdict: Verdict, place: Phrase
) -> tuple[By, int | None, str, str]:
    measure = claim.fact[2] if claim.fact else EMOTION
    if measure == NPS:
        question = Phrase("ask.recommend")
    else:
        question = Phrase("ask.felt", place=place)
    further = verdict.further_cases
    if further is not None and verdict.value is not None:
        return "survey", further, Phrase("advice.ask_more", count=further), question
    if verdict.value is not None and verdict.n >= MIN_ANSWERS:
        return "survey", None, sentence(verdict.reason), question
    needed = answers_for_score(claim)
    if needed is None:
        return "survey", None, Phrase("advice.ask"), question
    spread = ASSUMED_NPS_SPREAD if measure == NPS else ASSUMED_SPREAD
    advice = Phrase("advice.ask_some", count=needed, spread=exact(spread))
    return "survey", needed, advice, question


def answers_for_share() -> int:
    """Answers that tell a share near one half from one 10 points away, with a chance of 80 %.

    Examples:
        >>> answers_for_share()
        169
    """
    needed = further_cases_share(HALF + WITHIN, 1, HALF, LEVEL)
    return 1 + (needed or 0)


def answers_for_score(claim: Claimed) -> int | None:
    """Answers that would confirm a claim on a score in whose middle the truth lies.

    With one limit the truth is taken to lie half a step inside it. None where it names no limit.
    """
    is_nps = bool(claim.fact and claim.fact[2] == NPS)
    spread = ASSUMED_NPS_SPREAD if is_nps else ASSUMED_SPREAD
    inside = HALF * (20 if is_nps else 1)
    power = 0.8
    if claim.at_least is not None and claim.at_most is not None:
        inside = (claim.at_most - claim.at_least) / 2
        power = BOTH_SIDES_POWER
    elif claim.at_least is None and claim.at_most is None:
        return None
    more = further_cases_mean(inside, spread, 1, 0.0, LEVEL, power=power)
    return None if more is None else max(1 + more, MIN_ANSWERS)


def _days(needed: int, evidence: Evidence) -> int | None:
    """Days in which so many cases come, at the rate of the whole window."""
    if not evidence.window_from or not evidence.cases:
        return None
    first, last = (
        date.fromisoformat(day) for day in (evidence.window_from, evidence.window_to)
    )
    return int(np.ceil(needed * ((last - first).days + 1) / evidence.cases))
