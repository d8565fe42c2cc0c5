"""Differences between maps in words a team would use."""

from __future__ import annotations

from typing import Any

from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import Element, elements, part_label, score_words
from desirepath.maps.yaml_text import flow_text

MAX_LENGTH = 100


class Names:
    """Words for the elements of two maps: the new name where there is one."""

    def __init__(self, old: JourneyMap, new: JourneyMap) -> None:
        self.known: dict[str, Element] = {
            element.ref: element
            for journey in (old, new)
            for element in elements(journey)
        }

    def of(self, ref: str) -> str:
        """Such as: step “I pay”, stage Buy, the map."""
        if ref == "map":
            return "the map"
        kind, _, name = ref.partition(":")
        element = self.known.get(ref)  # none for a persona given by its id only
        label = part_label(element.part) if element else name
        if element and isinstance(element.part, Statement):
            return f"“{label}” ({element.part.lane})"
        return f"stage {label}" if kind == "stage" else f"{kind} “{label}”"

    def place_of(self, ref: str) -> str:
        """Where a statement stands: at “I wait”, in stage Buy, on the map."""
        parent = self.known[ref].parent
        if parent == "map":
            return "on the map"
        where = self.of(parent)
        return (
            f"at {where.removeprefix('step ')}"
            if parent.startswith("step:")
            else f"in {where}"
        )


def whole(names: Names, kind: str, ref: str, parent: str, inside_count: int) -> str:
    """Words for an element that was added or removed."""
    where = ""
    if ref.startswith("statement:"):
        where = f" {names.place_of(ref)}"
    elif parent != "map":
        where = f" {'to' if kind == 'added' else 'from'} {names.of(parent)}"
    things = "thing" if inside_count == 1 else "things"
    inside = f", with {inside_count} {things} in it" if inside_count else ""
    return f"{names.of(ref)} was {kind}{where}{inside}"


def moved(names: Names, ref: str, old_parent: str, new_parent: str) -> str:
    """Words for an element that stands elsewhere now."""
    return (
        f"{names.of(ref)} moved from {names.of(old_parent)} to {names.of(new_parent)}"
    )


def reordered(names: Names, ref: str, follows: str) -> str:
    """Words for an element that changed places with its neighbors."""
    place = f"after {names.of(follows)}" if follows else "first"
    return f"{names.of(ref)} now comes {place}"


def described(names: Names, ref: str, *, is_now_described: bool) -> str:
    """Words for a persona that is described in the map now, or no longer."""
    word = "is now described in the map" if is_now_described else "is now only named"
    return f"{names.of(ref)} {word}"


def changed(names: Names, ref: str, part: Part, field: str, old: Any, new: Any) -> str:
    """Words for a field that has another value."""
    if field == "name" and ref != "map":
        kind = ref.partition(":")[0]
        return f"{kind} “{old}” is now called “{new}”"
    subject = f"{field.replace('_', ' ').replace('.', ' ')} of {names.of(ref)}"
    if isinstance(part, Statement):
        is_content = field in {"score", "text"}
        subject = f"{part.lane if is_content else subject} {names.place_of(ref)}"
    if _is_nothing(old):
        return f"{subject} is now {value_words(field, new)}"
    if _is_nothing(new):
        return f"{subject} was taken away (it was {value_words(field, old)})"
    return (
        f"{subject} changed from {value_words(field, old)} to {value_words(field, new)}"
    )


def _is_nothing(value: object) -> bool:
    return value is None or value in ([], "", {})


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and "text" in value)


def _text_words(value: str | dict[str, Any]) -> str:
    """A text of a persona, with its claim where it has one."""
    if isinstance(value, str):
        return value
    claim = f" ({flow_text(value['claim'])})" if "claim" in value else ""
    return f"{value['text']}{claim}"


def value_words(field: str, value: Any) -> str:
    """A value as people say it.

    Examples:
        >>> value_words("score", 1), value_words("loop", True), value_words("lanes", ["pains", "gains"])
        ('+1', 'yes', 'pains, gains')
    """
    if field == "score":
        return score_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        text = f"“{value}”"
    elif isinstance(value, list) and all(_is_text(one) for one in value):
        text = ", ".join(_text_words(one) for one in value) or "nothing"
    else:
        text = flow_text(value)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"
