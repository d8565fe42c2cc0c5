"""Texts of personas as statements, and every claim wherever it stands. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim
from desirepath.maps.entry import Entry
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.persona import TEXTS, Persona
from desirepath.maps.promises import as_statement
from desirepath.maps.refs import Path, elements, with_statement_ids


def with_persona_statements(journey: JourneyMap) -> JourneyMap:
    """The map with an id on every statement, and every text of its personas as a statement of the whole map.

    A lane is the name of the field: ``pains``, ``needs``. The statements come last, so ids of others
    stay as they are; the same map gives the same ids.

    Examples:
        >>> anna = Persona(id="anna", name="Anna", pains=("It takes too long",))
        >>> told = with_persona_statements(JourneyMap(id="shop", title="I order", personas=(anna,)))
        >>> [(one.lane, one.persona) for one in told.statements]
        [('pains', 'anna')]
    """
    named = with_statement_ids(journey)
    texts = tuple(
        one
        for persona in journey.personas
        if isinstance(persona, Persona)
        for one in _texts(persona)
    )
    if not texts:
        return named
    update = {"statements": (*named.statements, *texts)}
    return with_statement_ids(named.model_copy(update=update))


def persona_statements(journey: JourneyMap) -> tuple[Statement, ...]:
    """Every text of the personas of a map as a statement with an id, persona by persona.

    Examples:
        >>> persona_statements(JourneyMap(id="shop", title="I order"))
        ()
    """
    told = with_persona_statements(journey)
    return told.statements[len(journey.statements) :]


def _texts(persona: Persona) -> Iterator[Statement]:
    for field in TEXTS:
        value = getattr(persona, field)
        for text in value if isinstance(value, tuple) else (value,):
            if text:
                yield as_statement(text, field, persona=persona.id)


def placed_claims(journey: JourneyMap) -> Iterator[tuple[str, Path, Claim]]:
    """Every claim of statements, personas and touchpoints, with the ref and the path of what makes it."""
    for element in elements(journey):
        part, path = element.part, element.path
        if isinstance(part, Statement) and part.claim:
            yield element.ref, path, part.claim
        elif isinstance(part, Touchpoint) and isinstance(part.promise, Entry):
            if part.promise.claim:
                yield element.ref, (*path, "promise"), part.promise.claim
        elif isinstance(part, Persona):
            for within, entry in _entries(part):
                if entry.claim:
                    yield element.ref, (*path, *within), entry.claim


def _entries(persona: Persona) -> Iterator[tuple[Path, Entry]]:
    """Texts of a persona that are more than plain, with their paths in it."""
    for field in TEXTS:
        value = getattr(persona, field)
        if isinstance(value, Entry):
            yield (field,), value
        elif isinstance(value, tuple):
            for number, one in enumerate(value):
                if isinstance(one, Entry):
                    yield (field, number), one
