"""Ready plans of workshops: kinds, minutes and rooms of their items; their words stand in `plan_words`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from desirepath.web.workshop.plan import AgendaItem, Exercise, Workshop
from desirepath.web.workshop.plan_words import EN, LANGUAGES

PLANS: Final[Mapping[str, Sequence[tuple[Exercise, int, str]]]] = {
    "mapping": (
        ("welcome", 10, ""),
        ("draw", 15, ""),
        ("notes", 20, "workshop/notes"),
        ("discuss", 15, "workshop/notes"),
        ("apart", 15, "workshop/scoring"),
        ("vote", 10, "workshop/votes"),
        ("close", 5, ""),
    ),
    "evidence": (
        ("welcome", 5, ""),
        ("evidence", 15, ""),
        ("discuss", 15, ""),
        ("apart", 10, "workshop/scoring"),
        ("vote", 10, "workshop/votes"),
        ("close", 5, ""),
    ),
    "prioritizing": (
        ("welcome", 5, ""),
        ("evidence", 15, ""),
        ("notes", 15, "workshop/notes"),
        ("score", 10, "workshop/votes"),
        ("vote", 10, "workshop/votes"),
        ("discuss", 15, ""),
        ("close", 5, ""),
    ),
}


def ready_plans(language: str) -> dict[str, Workshop]:
    """Ready plans by name, in a language; in English where there is none.

    Examples:
        >>> [(name, sum(one.minutes for one in plan.items)) for name, plan in ready_plans("de").items()]
        [('mapping', 90), ('evidence', 60), ('prioritizing', 75)]
    """
    words = LANGUAGES.get(language, EN)
    return {name: _plan(name, *words[name]) for name in PLANS}


def _plan(name: str, title: str, words: Sequence[tuple[str, str]]) -> Workshop:
    items = [
        AgendaItem(title=head, exercise=exercise, minutes=minutes, what=what, room=room)
        for (exercise, minutes, room), (head, what) in zip(PLANS[name], words, strict=True)
    ]  # fmt: skip
    return Workshop(title=title, items=items)
