"""Empathy map: what a persona says, thinks, does and feels, with pains and gains, and what the data say of it."""

from __future__ import annotations

from desirepath.check.report import CheckReport
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.maps.refs import with_statement_ids
from desirepath.render.theme import AMBER, BLUE, GREEN, RED, TEAL, VIOLET, LaneColor
from desirepath.render.views.boxes import Box, BoxPicture, Item
from desirepath.render.views.known import Known
from desirepath.render.views.persona_card import about_persona
from desirepath.render.views.persona_facts import (
    Placed,
    Texts,
    habit_items,
    statement_item,
    statements_of,
)
from desirepath.render.words import Words
from desirepath.sentences.kept import spoken

# Words, lanes of the map that belong there, color.
PARTS: tuple[tuple[str, tuple[str, ...], LaneColor], ...] = (
    ("says", ("quotes", "says"), VIOLET),
    ("thinks", ("thoughts", "questions", "expectations", "needs", "motivations"), BLUE),
    ("does", ("actions", "touchpoints", "channels"), TEAL),
    ("feels", ("emotion", "feelings"), AMBER),
    ("pains", ("pains", "pain"), RED),
    ("gains", ("gains", "gain"), GREEN),
)
COLUMNS = 2


def empathy_map(
    journey_map: JourneyMap,
    persona: Persona,
    *,
    report: CheckReport | None = None,
    evidence: Evidence | None = None,
) -> BoxPicture:
    """A persona as an empathy map.

    Statements on the map about this persona stand in the part that their lane belongs to, with their
    verdicts; where the map has no other persona, those about everybody as well.

    Args:
        journey_map: The map it belongs to.
        persona: The persona.
        report: Verdicts to mark its statements with.
        evidence: Facts about the cases it stands for.
    """
    journey = with_statement_ids(journey_map)
    known = Known(Words(journey.language), spoken(report, journey.language), evidence)
    words = known.words
    placed = statements_of(persona, journey)
    habits = habit_items(persona, journey, evidence, words)
    texts = Texts(persona, journey, known)
    boxes = tuple(
        Box(f"persona:{persona.id}", _title(part, words), items, color)
        for part, lanes, color in PARTS
        if (items := _items(part, lanes, texts, placed, known, habits))
    )
    return BoxPicture(
        f"persona:{persona.id}",
        words.say("empathy.title", name=persona.name),
        about_persona(persona, words),
        "",
        boxes,
        COLUMNS,
        is_grid=True,
        notes=(words.say("persona.note"),),
    )


def _title(part: str, words: Words) -> str:
    is_lane = part in ("pains", "gains")
    return words.say(f"lane.{part}" if is_lane else f"empathy.{part}")


def _items(
    part: str,
    lanes: tuple[str, ...],
    texts: Texts,
    placed: list[Placed],
    known: Known,
    habits: list[Item],
) -> tuple[Item, ...]:
    """What stands in one part; an empty part says that nothing is known, so that it is asked."""
    own = texts.items(part)
    if part == "says":
        own = (*texts.quote(), *own)
    if part == "thinks":
        own = (*own, *texts.items("wants_to_achieve", "needs"))
    told = [statement_item(one, known) for one in placed if one.statement.lane in lanes]
    measured = habits if part == "does" else []
    found = (*own, *told, *measured)
    return found or (Item(known.words.say("empathy.empty"), is_soft=True),)
