"""Persona card: who they are, what they want, and what the data say of them, on one sheet."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.entry import text_of
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.maps.refs import with_statement_ids
from desirepath.render.theme import AMBER, BLUE, GRAY, GREEN, RED, TEAL, VIOLET
from desirepath.render.views.boxes import Box, BoxPicture, Item
from desirepath.render.views.known import Known
from desirepath.render.views.persona_facts import (
    Texts,
    habit_items,
    measured_items,
    plain_items,
    statement_item,
    statements_of,
)
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken

COLUMNS = 3
WIDE_MM = 240.0  # narrower pages take two columns


def persona_card(
    journey_map: JourneyMap,
    persona: Persona,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
    width_mm: float = 297,
) -> BoxPicture:
    """A persona as a card.

    Args:
        journey_map: The map it belongs to.
        persona: The persona.
        report: Verdicts to mark its statements with.
        evidence: Facts about the cases it stands for.
        width_mm: Width the picture will have.
    """
    journey = with_statement_ids(journey_map)
    known = Known(Words(journey.language), spoken(report, journey.language), evidence)
    return BoxPicture(
        f"persona:{persona.id}",
        persona.name,
        about_persona(persona, known.words),
        quoted(persona, known.words),
        tuple(_boxes(persona, journey, known)),
        COLUMNS if width_mm >= WIDE_MM else COLUMNS - 1,
        is_grid=False,
        notes=(known.words.say("persona.note"),),
    )


def about_persona(persona: Persona, words: Words) -> str:
    """Tagline, role, kind and relationship in one line."""
    kinds = [words.say(f"persona.{persona.kind}")]
    if persona.new_or_existing:
        kinds.append(words.say(f"persona.{persona.new_or_existing}"))
    if persona.buying_role:
        kinds.append(words.say(f"persona.{persona.buying_role.replace(' ', '_')}"))
    parts = [persona.tagline, persona.role, persona.category, ", ".join(kinds)]
    return " · ".join(part for part in parts if part)


def quoted(persona: Persona, words: Words) -> str:
    """The quote in the quotation marks of the language."""
    if not persona.quote:
        return ""
    return (
        f"{words.say('quote.open')}{text_of(persona.quote)}{words.say('quote.close')}"
    )


def _boxes(persona: Persona, journey: JourneyMap, known: Known) -> Iterator[Box]:
    say, ref = known.words.say, f"persona:{persona.id}"
    measured = measured_items(persona, known.evidence, known.words)
    habits = habit_items(persona, journey, known.evidence, known.words)
    yield Box(ref, say("persona.data"), (*measured, *habits), TEAL)
    texts = Texts(persona, journey, known)
    yield Box(ref, say("persona.wants"), texts.items("wants_to_achieve"), BLUE)
    yield Box(ref, say("persona.needs"), texts.items("needs", "jobs"), BLUE)
    yield Box(ref, say("lane.pains"), texts.items("pains"), RED)
    yield Box(ref, say("lane.gains"), texts.items("gains"), GREEN)
    on_map = tuple(
        statement_item(one, known) for one in statements_of(persona, journey)
    )
    yield Box(ref, say("persona.on_map"), on_map, AMBER)
    traits = tuple(Item(one.name, level=one.value) for one in persona.traits)
    yield Box(ref, say("persona.traits"), traits, GRAY)
    yield Box(ref, say("persona.likes"), texts.items("likes"), VIOLET)
    yield Box(ref, say("persona.found"), texts.items("found_us"), GRAY)
    before = texts.items("heard_before", "past_experience")
    yield Box(ref, say("persona.past"), before, GRAY)
    places = plain_items(*persona.channels, *persona.brands)
    yield Box(ref, say("persona.channels"), places, VIOLET)
