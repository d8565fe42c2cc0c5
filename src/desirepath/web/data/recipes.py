"""What somebody said about a file, as the entry of a recipe, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desirepath.web.data.proofs import CONSTANT, Said

ROLES = ("case", "customer", "activity", "channel", "time", "sequence")
ANSWER_ROLES = ("customer", "case", "time", "at", "channel", "language", "question", "answer", "scale")  # fmt: skip


def recipe_of(said: Said) -> dict[str, Any]:
    """The entry of a recipe, without its files.

    Examples:
        >>> recipe_of(Said("events", {"case": "id", "channel": "(constant) app"}, (), "UTC"))
        {'case': 'id', 'channel': {'constant': 'app'}, 'zone': 'UTC', 'segments': []}
    """
    found: dict[str, Any] = {}
    for role, name in (said.roles or {}).items():
        is_constant = name.startswith(CONSTANT)
        found[role] = {"constant": name.removeprefix(CONSTANT)} if is_constant else name
    if said.zone:
        found["zone"] = said.zone
    if said.time_format:
        found["time_format"] = said.time_format
    if said.segments is not None and said.kind == "events":
        found["segments"] = list(said.segments)
    if said.scores:
        abouts = said.abouts or {}
        found["scores"] = {
            name: {
                **({"scale": scale} if scale else {}),
                **({"at": abouts[name]} if abouts.get(name) else {}),
            }
            for name, scale in said.scores.items()
        }
    if said.texts:
        found["text"] = list(said.texts)
    return found


def said_of(recipe: Mapping[str, Any], kind: str) -> Said:
    """What was said about a file that is read by a recipe.

    Examples:
        >>> said = Said("feedback", {"time": "when"}, scores={"nps": "nps"}, abouts={"nps": "pay"})
        >>> said_of(recipe_of(said), "feedback") == said
        True
    """
    known = ROLES if kind == "events" else ANSWER_ROLES
    roles = {role: _named(recipe[role]) for role in known if role in recipe}
    scores = recipe.get("scores")
    return Said(
        kind,
        roles=roles,
        segments=recipe.get("segments"),
        zone=recipe.get("zone", ""),
        time_format=recipe.get("time_format", ""),
        scores=scores and {name: one.get("scale", "") for name, one in scores.items()},
        texts=recipe.get("text"),
        abouts=scores
        and {name: one["at"] for name, one in scores.items() if one.get("at")},
    )


def _named(role: str | Mapping[str, str]) -> str:
    return role if isinstance(role, str) else CONSTANT + role["constant"]
