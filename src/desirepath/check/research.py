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
        advice += f" At the present rate that takes {_days_words(days)}."
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
    place = f"“{names.get(claim.step, claim.step)}”" if claim.step else "the journey"
    if verdict.verdict == "untestable":
        question = (
            f"Thinking of {place}: “{claim.text}” - does that hold for you? (yes / no)"
        )
        needed = answers_for_share()
        advice = f"Give it a claim that can be counted, or ask: {needed} answers tell a share to ± 10 points."
        return "wording", needed, advice, question
    if claim.kind == "score":
        return _by_survey(claim, verdict, place)
    if verdict.verdict == "stale":
        return (
            "events",
            None,
            "Measure again with newer events, and save the check.",
            "",
        )
    if verdict.value is None:
        question = (
            f"At {place}: did this happen to you - “{claim.text}”? (yes / no)"
            if claim.text
            else f"Did you come to {place}? (yes / no)"
        )
        needed = answers_for_share()
        advice = f"Record or bind the event that shows it; until then ask: {needed} answers tell a share to ± 10 points."
        return "binding", needed, advice, question
    if verdict.further_cases is None:
        return (
            "events",
            None,
            f"{_sentence(verdict.reason)} Name a limit that would change a decision.",
            "",
        )
    advice = f"About {verdict.further_cases:,} further cases would settle it."
    return "events", verdict.further_cases, advice, ""


def _by_survey(
    claim: Claimed, verdict: Verdict, place: str
) -> tuple[By, int | None, str, str]:
    measure = claim.fact[2] if claim.fact else EMOTION
    if measure == NPS:
        question = "How likely is it that you would recommend us? (0 to 10)"
    else:
        question = (
            f"How did you feel at {place}? (very bad -2 · -1 · 0 · +1 · +2 very good)"
        )
    if verdict.further_cases is not None and verdict.value is not None:
        advice = f"Ask {verdict.further_cases:,} more customers."
        return "survey", verdict.further_cases, advice, question
    if verdict.value is not None and verdict.n >= MIN_ANSWERS:
        return "survey", None, _sentence(verdict.reason), question
    needed = answers_for_score(claim)
    if needed is None:
        return "survey", None, "Ask customers.", question
    spread = ASSUMED_NPS_SPREAD if measure == NPS else ASSUMED_SPREAD
    advice = f"Ask {needed:,} customers; that settles it if the team is right and answers differ as usual (by {spread:g})."
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


def _days_words(days: int) -> str:
    """Days as a person says them.

    Examples:
        >>> _days_words(1), _days_words(20), _days_words(200), _days_words(3000)
        ('1 day', '3 weeks', '7 months', '8 years')
    """
    for name, size in (("year", 365), ("month", 30), ("week", 7)):
        if days >= 2 * size:
            return (
                f"{-(-days // size) if name != 'year' else round(days / size)} {name}s"
            )
    return f"{days} day" + ("s" if days != 1 else "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
