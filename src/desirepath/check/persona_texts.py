"""Claims of the texts on personas: held against the cases of the persona alone. Tests nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desirepath.check.claims import Claimed, claims_of
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.maps.statements import persona_statements, with_persona_statements
from desirepath.sentences.phrase import Phrase

NO_RULE = Phrase("blocked.no_rule")
OF_STEPS = ("reach", "order", "next")
AT_A_STEP = Phrase("blocked.of_step")


def all_claims(journey_map: JourneyMap, evidence: Evidence) -> Iterator[Claimed]:
    """Everything a map and its personas claim, in map order.

    A text of a persona whose cases the data cannot tell is blocked, and says why.

    Args:
        journey_map: The map.
        evidence: Facts about it.
    """
    own = {f"statement:{one.id}" for one in persona_statements(journey_map)}
    why = {
        one.id: _why_not(one, evidence)
        for one in journey_map.personas
        if isinstance(one, Persona)
    }
    for claim in claims_of(with_persona_statements(journey_map)):
        if claim.subject in own:
            blocked = why[claim.persona] if claim.kind else ""
            if claim.kind in OF_STEPS:
                blocked = blocked or AT_A_STEP
            yield replace(claim, is_own=True, blocked=blocked or claim.blocked)
        else:
            yield claim


def _why_not(persona: Persona, evidence: Evidence) -> str:
    """Why the cases of a persona cannot be told, "" where they can."""
    if persona.segment is None or not persona.segment.is_bound:
        return NO_RULE
    told = evidence.sources.get(f"persona {persona.id}", "")
    why = told.removeprefix("cannot be told: ")
    return NO_RULE if why == NO_RULE else why
