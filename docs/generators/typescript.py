"""Types of the map for the browser's program, from the JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).resolve().parents[1] / "reference" / "map.schema.json"
WIDTH = 100
TOP = "JourneyMap"
INTRO = """/** A map as a file has it. What equals its default is left out there. */

"""


def page() -> str:
    """TypeScript of every part of a map, and of the values to choose from."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    parts = {**schema["$defs"], TOP: schema}
    types = "\n".join(_interface(name, part) for name, part in parts.items())
    return INTRO + types + "\n" + _choices(parts)


def _interface(name: str, part: Mapping[str, Any]) -> str:
    needed = set(part.get("required", ()))
    lines = [f"/** {_first(part.get('description', name))} */"]
    lines.append(f"export interface {name} {{")
    for key, value in part.get("properties", {}).items():
        kinds = list(dict.fromkeys(_kinds(value)))
        lines.append(_member(f"readonly {key}{'' if key in needed else '?'}:", kinds))
    return "\n".join([*lines, "}", ""])


def _member(start: str, kinds: list[str]) -> str:
    line = f"  {start} {' | '.join(kinds)};"
    if len(line) <= WIDTH:
        return line
    return f"  {start}\n" + "\n".join(f"    | {one}" for one in kinds) + ";"


def _first(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split())


def _kinds(value: Mapping[str, Any]) -> Iterator[str]:
    """Types of a value; null is left out, for nothing stands where a file has nothing."""
    if "anyOf" in value:
        for one in value["anyOf"]:
            yield from _kinds(one)
    elif "$ref" in value:
        yield value["$ref"].rpartition("/")[2]
    elif "const" in value:
        yield json.dumps(value["const"])
    elif "enum" in value:
        yield from (json.dumps(one) for one in value["enum"])
    elif value.get("type") == "array":
        kinds = list(dict.fromkeys(_kinds(value["items"])))
        inner = " | ".join(kinds)
        yield f"readonly ({inner})[]" if len(kinds) > 1 else f"readonly {inner}[]"
    elif value.get("type") == "object":
        within = value.get("additionalProperties")
        inner = "unknown"
        if isinstance(within, Mapping):
            inner = " | ".join(dict.fromkeys(_kinds(within)))
        yield f"Readonly<Record<string, {inner}>>"
    elif value.get("type") != "null":
        yield {"integer": "number"}.get(value["type"], value["type"])


def _choices(parts: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "/** Values to choose from, by part and field. */",
        "export const CHOICES = {",
    ]
    for name, part in parts.items():
        found = {
            key: choices
            for key, value in part.get("properties", {}).items()
            if len(choices := list(_enum(value))) > 1
        }
        if found:
            lines.append(f"  {name}: {{")
            lines += [_list(key, choices) for key, choices in found.items()]
            lines.append("  },")
    return "\n".join([*lines, "} as const;", ""])


def _list(key: str, choices: list[str]) -> str:
    words = [json.dumps(one) for one in choices]
    line = f"    {key}: [{', '.join(words)}],"
    if len(line) <= WIDTH:
        return line
    return f"    {key}: [\n" + "".join(f"      {one},\n" for one in words) + "    ],"


def _enum(value: Mapping[str, Any]) -> Iterator[str]:
    for one in value.get("anyOf", [value]):
        yield from one.get("enum", ())
