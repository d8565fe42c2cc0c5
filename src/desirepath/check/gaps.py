"""What customers do that the map does not show, and what the map shows that nobody does."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.check.additions import for_activity, for_channel, for_move, for_theme
from desirepath.check.parts import Addition, Gap, GapKind
from desirepath.check.places import place_of
from desirepath.events.feedback.cues import is_general, side_of
from desirepath.evidence.facts import Evidence, Example, Fact
from desirepath.maps.claims import Claim
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import placed_statements

MIN_SHARE = 0.02
DEAD_SHARE = 0.01
LEAST_DIFFERENCE = 0.01
COMPLAINT = 0.25  # a complaint weighs a quarter of a customer lost: a convention
MAX_GAPS = 30


def missing_from(journey_map: JourneyMap, evidence: Evidence) -> tuple[Gap, ...]:
    """What the map does not show and at least 2 % of the cases do, or of those who write speak of.

    Activities, moves, channels, themes of what customers write, and places of contact that belong to
    others. The lower end of the interval counts. Ranked by people affected times difference in goal
    share; where the goal is not known, by people affected. A theme affects those who wrote of it, not
    the share of all whom they may stand for; a complaint weighs a quarter of a customer lost.
    """
    gaps = [
        *_activities(journey_map, evidence),
        *_channels(journey_map, evidence),
        *_moves(journey_map, evidence),
        *_themes(journey_map, evidence),
    ]
    gaps.sort(
        key=lambda gap: (
            -_affected(gap, evidence) * _weight(gap),
            -gap.cases,
            gap.name,
        )
    )
    return tuple(gaps[:MAX_GAPS])


def _affected(gap: Gap, evidence: Evidence) -> float:
    """Share of all cases it touches; of a theme, only those who wrote of it."""
    return gap.cases / max(evidence.cases, 1) if gap.kind == "theme" else gap.share


def _weight(gap: Gap) -> float:
    """How bad it is for each of them."""
    is_complaint = gap.kind == "theme" and side_of(gap.name) == "bad"
    least = COMPLAINT if is_complaint else LEAST_DIFFERENCE
    return max(abs(gap.goal_difference or 0.0), least)


def dead_steps(
    journey_map: JourneyMap, evidence: Evidence
) -> tuple[tuple[str, int, float], ...]:
    """Steps nobody does: (step id, cases that reach it, upper end of its reach), where that end is below 1 %."""
    found = []
    for step in journey_map.step_ids():
        fact = evidence.find(f"step:{step}", "reach")
        if fact is not None and fact.high is not None and fact.high < DEAD_SHARE:
            found.append((step, fact.hits, fact.high))
    return tuple(found)


def _is_common(fact: Fact) -> bool:
    return fact.low is not None and fact.low >= MIN_SHARE


def _whole(evidence: Evidence, subject: str | None, measure: str) -> Iterator[Fact]:
    """Facts over the whole window; those of its parts, which stand behind, say the same again."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in evidence.select(subject, measure, segment=""):
        found.setdefault((fact.subject, fact.target), fact)
    yield from found.values()


def _claims(journey_map: JourneyMap) -> Iterator[tuple[str, Claim]]:
    """Claims of statements, each with the id of its step, "" for stages and the map."""
    for one, at, steps in placed_statements(journey_map):
        if one.claim:
            yield steps[0] if at.startswith("step:") else "", one.claim


def _examples(evidence: Evidence, fact: Fact) -> tuple[Example, ...]:
    key = (fact.subject, fact.measure, fact.target)
    return tuple(
        one
        for one in evidence.examples
        if (one.subject, one.measure, one.target) == key
    )


def _gap(
    kind: GapKind,
    name: str,
    fact: Fact,
    evidence: Evidence,
    addition: Addition | None,
    difference: Fact | None = None,
    after: str = "",
) -> Gap:
    return Gap(
        kind=kind,
        name=name,
        cases=fact.hits,
        share=fact.value or 0.0,
        low=fact.low or 0.0,
        high=fact.high if fact.high is not None else 1.0,
        goal_difference=difference.value if difference else None,
        goal_low=difference.low if difference else None,
        goal_high=difference.high if difference else None,
        after=after,
        examples=_examples(evidence, fact),
        addition=addition,
    )


def _activities(journey_map: JourneyMap, evidence: Evidence) -> Iterator[Gap]:
    differences = {
        fact.target: fact
        for fact in evidence.select("map", "goal_difference", segment="")
    }
    for fact in _whole(evidence, "map", "elsewhere"):
        if not _is_common(fact):
            continue
        difference = differences.get(fact.target)
        addition = for_activity(journey_map, evidence, fact)
        kind: GapKind = "place" if place_of(fact.target) else "activity"
        yield _gap(kind, fact.target, fact, evidence, addition, difference, fact.after)


def _channels(journey_map: JourneyMap, evidence: Evidence) -> Iterator[Gap]:
    claimed = {
        channel
        for _, claim in _claims(journey_map)
        for channel in (
            claim.channel.channel if claim.channel else None,
            claim.share.channel if claim.share else None,
        )
    }
    for fact in _whole(evidence, "map", "channel_elsewhere"):
        if _is_common(fact) and fact.target not in claimed:
            kind: GapKind = "place" if place_of(fact.target) else "channel"
            addition = for_channel(journey_map, fact)
            yield _gap(kind, fact.target, fact, evidence, addition)


def _moves(journey_map: JourneyMap, evidence: Evidence) -> Iterator[Gap]:
    names = {step.id: step.name for step in journey_map.steps()}
    claimed = {
        (step, claim.next.step) for step, claim in _claims(journey_map) if claim.next
    }
    for fact in _whole(evidence, None, "move_elsewhere"):
        before = fact.subject.removeprefix("transition:").removesuffix(
            f">{fact.target}"
        )
        if not _is_common(fact) or (before, fact.target) in claimed:
            continue
        end = names.get(fact.target, fact.target)
        addition = for_move(journey_map, evidence, fact, before, end)
        name = f"{names.get(before, before)} > {end}"
        yield _gap("move", name, fact, evidence, addition, after=before)


def _themes(journey_map: JourneyMap, evidence: Evidence) -> Iterator[Gap]:
    """Themes of what customers write that no claim of the map speaks of."""
    claimed = {
        claim.mentions.theme for _, claim in _claims(journey_map) if claim.mentions
    }
    at_steps: dict[str, Fact] = {}
    for fact in _whole(evidence, None, "mentions"):
        best = at_steps.get(fact.target)
        is_more = best is None or (fact.low or 0.0) > (best.low or 0.0)
        if fact.subject.startswith("step:") and is_more:  # where most of them say it
            at_steps[fact.target] = fact
    for fact in _whole(evidence, "map", "mentions"):
        is_matter = fact.target not in claimed and not is_general(fact.target)
        if not _is_common(fact) or not is_matter:
            continue
        here = at_steps.get(fact.target)
        step = here.subject.removeprefix("step:") if here else ""
        addition = for_theme(journey_map, fact, step, here)
        yield _gap("theme", fact.target, fact, evidence, addition, after=step)
