"""Groups a reader of a page can choose: personas, segments and windows that were measured apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.render.words import Words

GroupKind = Literal["persona", "segment", "window"]
EVERYONE = ""
PEOPLE = "persona="


@dataclass(frozen=True, slots=True)
class Group:
    """Customers whose numbers can be shown apart.

    Attributes:
        key: ``persona=ID``, ``name=value``, or ``from..to`` of a window.
        name: Words for it.
        kind: What it is.
    """

    key: str
    name: str
    kind: GroupKind


def page_groups(
    journey: JourneyMap, evidence: Evidence, words: Words
) -> tuple[Group, ...]:
    """Personas, then segments, then windows that facts were measured of."""
    found = dict.fromkeys(fact.segment for fact in evidence.facts if fact.segment)
    windows = evidence_windows(evidence)
    names = {
        f"{PEOPLE}{one.id}": one.name
        for one in journey.personas
        if isinstance(one, Persona)
    }
    people = [key for key in names if key in found]
    return (
        *(Group(key, names[key], "persona") for key in people),
        *(
            Group(key, key.replace("_", " ").replace("=", ": ", 1), "segment")
            for key in found
            if key not in names
        ),
        *(
            Group(key, words.say("page.window", first=words.day(first)), "window")
            for key, (first, _) in sorted(windows.items())
        ),
    )


def group_key(fact: Fact) -> str:
    """Key of the group a fact is about; a fact about everyone has that of the whole window."""
    return fact.segment or f"{fact.window_from}..{fact.window_to}"


def evidence_windows(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Parts of the whole window that were measured apart, with their days."""
    whole = (evidence.window_from, evidence.window_to)
    return {
        group_key(fact): (fact.window_from, fact.window_to)
        for fact in evidence.facts
        if fact.window_from
        and not fact.segment
        and (fact.window_from, fact.window_to) != whole
    }
