"""Personas held against cases: whom each stands for, how many they are, and how they fare. Ranks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from desirepath.events.patterns import matching_codes, pattern_regex
from desirepath.events.sequences import BoolArray, Sequences
from desirepath.evidence.groups import Group, group_of
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import Question, ShareQuestion
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona, Segment, listed

PERSONA = "persona"


@dataclass(frozen=True, slots=True)
class Stood:
    """The cases a persona stands for.

    Attributes:
        persona: The persona.
        cases: bool[n_cases]; None where the data cannot tell.
        why_not: Why they cannot, "" where they can.
    """

    persona: Persona
    cases: BoolArray | None
    why_not: str = ""

    @property
    def segment(self) -> str:
        """Name of the segment of facts about these cases."""
        return f"{PERSONA}={self.persona.id}"


def stood_for(journey_map: JourneyMap, sequences: Sequences) -> tuple[Stood, ...]:
    """The cases of each described persona of a map, in its order.

    A persona whose rule names a property or an activity that the data do not have stands for nobody
    that can be told: it is not silently empty.
    """
    personas = (one for one in journey_map.personas if isinstance(one, Persona))
    return tuple(_stood(one, sequences) for one in personas)


def _stood(persona: Persona, sequences: Sequences) -> Stood:
    segment = persona.segment
    if segment is None or not segment.is_bound:
        return Stood(persona, None, "no segment.rule says who they are")
    why_not = _unknown(segment, sequences)
    if why_not:
        return Stood(persona, None, why_not)
    return Stood(persona, cases_of(segment, sequences))


def _unknown(segment: Segment, sequences: Sequences) -> str:
    """What the rule names and the data do not have, "" where they have all of it."""
    for name in segment.rule:
        if name not in sequences.segments:
            known = ", ".join(sorted(sequences.segments)) or "none"
            return f'no property of cases is called "{name}"; known: {known}'
    for pattern in (*listed(segment.did), *listed(segment.did_not)):
        if not matching_codes(sequences.activities, sequences.channels, pattern).any():
            return f'no activity matches "{pattern}"'
    return ""


def cases_of(segment: Segment, sequences: Sequences) -> BoolArray:
    """bool[n_cases], cases that fit a rule; properties the data do not have fit nobody.

    Examples:
        >>> from desirepath.events.simulate import null_world, simulate_journey
        >>> log = simulate_journey(null_world(), 100, np.random.default_rng(1)).sequences
        >>> bool(cases_of(Segment(name="all", did="sees *"), log).all())
        True
    """
    fits = np.ones(sequences.case_count, dtype=np.bool_)
    for name, value in segment.rule.items():
        part = sequences.segments.get(name)
        if part is None:
            return np.zeros(sequences.case_count, dtype=np.bool_)
        wanted = [pattern_regex(one) for one in listed(value)]
        is_wanted = [
            bool(text) and any(one.fullmatch(text) for one in wanted)
            for text in part.values
        ]
        fits &= np.array(is_wanted, dtype=np.bool_)[part.codes]
    for pattern in listed(segment.did):
        fits &= _times(pattern, sequences) >= segment.times_at_least
    for pattern in listed(segment.did_not):
        fits &= _times(pattern, sequences) == 0
    return fits


def _times(
    pattern: str, sequences: Sequences
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """int64[n_cases], events of each case that match."""
    codes = matching_codes(sequences.activities, sequences.channels, pattern)
    total = np.concatenate([[0], np.cumsum(codes[sequences.codes])])
    return np.asarray(np.diff(total[sequences.offsets]), dtype=np.int64)


def persona_groups(stood: Sequence[Stood], sequences: Sequences) -> list[Group]:
    """Cases of each persona as a segment ``persona=ID``, those of nobody left out."""
    return [
        group_of(sequences, one.segment, one.cases)
        for one in stood
        if one.cases is not None and one.cases.any()
    ]


def persona_questions(laid: Laid, stood: Sequence[Stood]) -> Iterator[Question]:
    """How many each persona stands for, how they fare, whom they share, and whom nobody stands for.

    - ``persona_share``: of all cases, those of the persona.
    - ``persona_customers``: of all customers, those with at least one such case.
    - ``persona_goal``: of the cases of the persona, those that reach the goal.
    - ``persona_value``: of all cases that reach the goal, those of the persona.
    - ``persona_pain``: of all cases, those of the persona that miss the goal.
    - ``persona_overlap``: of all cases, those of the persona and of another one.
    - ``persona_nobody``: of all cases, those that no persona stands for.
    """
    known = [(f"{PERSONA}:{one.persona.id}", one) for one in stood]
    told = [(ref, one.cases) for ref, one in known if one.cases is not None]
    everyone = laid.everyone
    for ref, cases in told:
        yield ShareQuestion(ref, "persona_share", everyone, cases)
        yield _customers(laid, ref, cases)
        if laid.aligned.binding.is_goal_known:
            goal = laid.goal
            yield ShareQuestion(ref, "persona_goal", cases, cases & goal)
            yield ShareQuestion(ref, "persona_value", goal, cases & goal)
            yield ShareQuestion(ref, "persona_pain", everyone, cases & ~goal)
    for (ref, cases), (other, others) in combinations(told, 2):
        yield ShareQuestion(
            ref, "persona_overlap", everyone, cases & others, other.partition(":")[2]
        )
    if told:
        anybody = np.logical_or.reduce([cases for _, cases in told])
        yield ShareQuestion("map", "persona_nobody", everyone, ~anybody)


def _customers(laid: Laid, ref: str, cases: BoolArray) -> ShareQuestion:
    """Of all customers, those with a case of the persona; each counts at the first of their cases."""
    _, first, owner = np.unique(
        laid.sequences.customers, return_index=True, return_inverse=True
    )
    asked = np.zeros(len(cases), dtype=np.bool_)
    asked[first] = True
    hits = np.zeros(len(cases), dtype=np.bool_)
    hits[first] = np.bincount(owner, weights=cases, minlength=len(first)) > 0
    return ShareQuestion(ref, "persona_customers", asked, hits)


def persona_sources(stood: Sequence[Stood]) -> dict[str, str]:
    """Personas that the data cannot tell, and why; nothing where they can tell all.

    Examples:
        >>> persona_sources([Stood(Persona(id="anna", name="Anna"), None, "no segment.rule says who they are")])
        {'persona anna': 'cannot be told: no segment.rule says who they are'}
    """
    return {
        f"persona {one.persona.id}": f"cannot be told: {one.why_not}"
        for one in stood
        if one.cases is None
    }
