"""The page on the map format, from the Pydantic models."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap
from desirepath.maps.values import Duration, Share
from generators.docstring import cell, markdown

NAMES: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
}
INTRO = """# Map format

One YAML (or JSON) file holds one map.
Unknown keys are errors that name the nearest known key.
Anchors, aliases and tags are refused.
Free fields live under `custom`.

A share is a percentage (`20%`), a duration a number with a unit (`30s`, `10m`, `2h`, `2d`, `3w`, `2mo`, `1y`); bare numbers are refused.
A pattern of an activity is shell-like: `*` stands for any characters, `?` for one.

`desirepath schema` prints the JSON Schema; `desirepath new` writes a map to start from; [lint rules](lint-rules.md) say what a good one has.
"""


def page() -> str:
    """Markdown of every part of a map, the document first, in order of first use."""
    parts: list[type[Part]] = [JourneyMap]
    for part in parts:  # grows while it is walked
        for field in part.model_fields.values():
            parts.extend(one for one in _parts(field.annotation) if one not in parts)
    return INTRO + "\n" + "\n".join(_section(part) for part in parts)


def _section(part: type[Part]) -> str:
    text = markdown(part.__doc__)
    rows = [
        f"| `{name}` | {_type(field)} | {_default(field)} |"
        for name, field in part.model_fields.items()
    ]
    table = "\n".join(["| key | value | default |", "| --- | --- | --- |", *rows])
    return f"## {_words(part)}\n\n{text}\n\n{table if rows else ''}\n"


def _words(part: type[Part]) -> str:
    """Name of a part as a heading: TimeClaim → Time claim."""
    return " ".join(re.findall(r"[A-Z][a-z]+", part.__name__)).capitalize()


def _parts(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [one for each in typing.get_args(annotation) for one in _parts(each)]


def _type(field: FieldInfo) -> str:
    # Pydantic takes the outermost Annotated apart: a share is a text with a validator
    rules = repr(field.metadata)
    for word in ("share", "duration"):
        if f"is_{word}" in rules:
            return word
    return cell(_word(field.annotation) + _limits(field.metadata))


def _word(kind: Any) -> str:
    """Words for a type."""
    special = {Share: "share", Duration: "duration", **NAMES}
    if kind in special:
        return special[kind]
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(_word(one) for one in inner if one is not type(None))
    if origin is tuple:
        return f"list of {_word(inner[0])}"
    if origin is typing.Annotated:
        return _word(inner[0]) + _limits(getattr(inner[1], "metadata", ()))
    return "mapping" if origin is dict else _link(kind)


def _limits(rules: Iterable[Any]) -> str:
    """Words for the limits of a number."""
    found = ""
    for rule in rules:
        for name, word in (("ge", "from"), ("le", "to")):
            if hasattr(rule, name):
                found += f" {word} {getattr(rule, name)}"
    return found


def _link(part: type[Part]) -> str:
    words = _words(part).lower()
    return f"[{words}](#{words.replace(' ', '-')})"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    value = field.default
    if value is None or value == () or value is PydanticUndefined:
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
