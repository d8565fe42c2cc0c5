"""Starter maps: complete examples to overwrite, one YAML file each."""

from __future__ import annotations

import re
from importlib.resources import files

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.files import parse_document, parse_map, updated_text
from desirepath.maps.model import JourneyMap

# Name and what it is for, in the order in which they are offered.
TEMPLATES = {
    "classic": "how things are now, from first need to recommending you",
    "lens": "one persona: expects, does, thinks, feels, and what follows",
    "business": "the customer above, goals and measures of the business below",
    "future": "how it should be: promise, solution, expected effect",
    "blueprint": "what people and systems do behind each step",
    "day-in-the-life": "from morning to night, whether you take part or not",
    "lifecycle": "existing customers: onboarding, renewal, leaving, coming back",
    "b2b": "several people buy together",
    "single-interaction": "one touchpoint: promised, expected, delivered",
    "service-recovery": "something went wrong: from problem to trust regained",
    "several-providers": "public services and partners: who acts, who waits",
    "story": "one true story of one customer, scene by scene",
}


def new_map(
    template: str = "classic", *, title: str | None = None, map_id: str | None = None
) -> JourneyMap:
    """Map to start from, with examples to overwrite.

    Args:
        template: One of `TEMPLATES`.
        title: Title; without one, that of the example.
        map_id: Id; without one, made from the title.

    Raises:
        MapError: E121 the id holds characters that references cannot hold, E123 no such template.

    Examples:
        >>> shop = new_map("classic", title="I rent a bicycle")
        >>> shop.id, len(shop.stages)
        ('i-rent-a-bicycle', 5)
    """
    return parse_map(new_text(template, title=title, map_id=map_id))


def new_text(
    template: str = "classic", *, title: str | None = None, map_id: str | None = None
) -> str:
    """YAML text of a map to start from, with notes on what belongs where.

    Raises:
        MapError: E121 the id holds characters that references cannot hold, E123 no such template.
    """
    if template not in TEMPLATES:
        hint = did_you_mean(template, TEMPLATES)
        raise MapError(
            Problem("E123", f'no template is called "{template}"', hint=hint)
        )
    name = f"{template}.yaml"
    text = (files(__package__) / name).read_text(encoding="utf-8")
    document = parse_document(text, name, is_json_text=False)
    example = document.journey
    journey = example.model_copy(
        update={
            "title": title or example.title,
            "id": map_id or (id_of(title) if title else example.id),
        }
    )
    return updated_text(document, journey)


def id_of(title: str) -> str:
    """Id made from a title.

    Examples:
        >>> id_of("I rent a bicycle!"), id_of("Größe: XL"), id_of("?")
        ('i-rent-a-bicycle', 'größe-xl', 'map')
    """
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "map"
