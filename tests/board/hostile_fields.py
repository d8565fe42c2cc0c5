"""Fields of the API into which somebody may write, and which of them were filled. A new field that nobody fills fails."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from tests.board.hostile_world import World

from desirepath.web.openapi import document

JSON = "application/json"
# Fields that nobody fills, and why not. Each line must be needed.
ELSEWHERE = {
    r".*/(first|session|guest|people|people/{person}|links|pages) (key|link|name|password)": "opens a door: it is kept as a hash, or was given to whoever came in",
    r".* (ref|refs\[\]|pos|at|place\.(at|lane|pos)|was.*|field)": "where something stands on the map; what is not there is refused",
    r".* (items\[\]\.id|items\[\]\.room|item|room|step|options\[\]\.(key|ref)|person|ids\[\])": "id of something that is there; any other is refused",
    r".*/notes/.* (lane|notes\.\*(\.(at|lane|text))?)": "a lane of the map, or what single notes are given",
    r".* (day|due|until|zone|language|time_format)": "a day, a zone or a language; other words are refused",
    r"POST /api/catalogue/edits value": "what is shared is given its words when it is added",
    r".*/series.* (value|target|measure|fact_target|text/csv)": "numbers, and what was measured",
    r".*/sources.* (abouts|roles|scores|segments|texts)\W.*": "names of columns; the files have them",
    r".*/sources.* (name|application/octet-stream)": "files and their names are sent as bytes",
    r".*/jobs .*": "asks for results; they are put in as jobs make them",
    r"PUT .*/changes/{change} .*": "as when it was added",
    r".*/pages origins\[\]": "addresses of sites; others are refused",
    r".* (image/.*|application/(zip|yaml))": "pictures are written anew; maps are sent as JSON, which is YAML",
}  # fmt: skip


def unfilled(world: World) -> list[str]:
    """Fields that were never filled with words that would be programs."""
    paths = document(world.server.app.routes)
    filled = set(_filled(world, paths["paths"]))
    beginnings = tuple(filled)
    return sorted(
        one
        for one in set(_fields(paths))
        if one not in filled
        and not (one.endswith(".*") and any(each.startswith(one[:-1]) for each in beginnings))
    )  # fmt: skip


def _filled(world: World, paths: Collection[str]) -> Iterator[str]:
    """Operations and fields that were given such words."""
    known = {path: re.compile(re.sub(r"{\w+}", "[^/]+", path)) for path in paths}
    given = tuple(world.words.given.values())
    for method, address, data in world.sent:
        for path, pattern in known.items():
            if pattern.fullmatch(address.partition("?")[0]):
                told = json.loads(data) if isinstance(data, str) else data
                yield from (f"{method} {path} {one}" for one in _hostile(told, given))


def _hostile(data: Any, given: tuple[str, ...], path: str = "") -> Iterator[str]:
    if isinstance(data, Mapping):
        for name, one in data.items():
            yield from _hostile(one, given, _inside(path, name))
    elif isinstance(data, list):
        for one in data:
            yield from _hostile(one, given, f"{path}[]")
    elif isinstance(data, str) and any(one in data for one in given):
        yield path
        # edits and maps are open: what stands in them is told by the map
        yield f"{path.partition('.')[0]}.*"
        yield ".*"


def _inside(path: str, name: str) -> str:
    """Edits may hold edits, and all of them have the same fields."""
    return f"{path}.{name}" if path and path != "edits[]" else name


def _fields(described: Mapping[str, Any]) -> Iterator[str]:
    """Operations and their fields that take a text."""
    schemas = described["components"]["schemas"]
    for path, operations in described["paths"].items():
        for method, one in operations.items():
            for kind, content in one.get("requestBody", {}).get("content", {}).items():
                fields = _texts(content["schema"], schemas) if kind == JSON else (kind,)
                yield from (f"{method.upper()} {path} {field}" for field in fields)


def _texts(schema: Mapping[str, Any], schemas: Mapping[str, Any], path: str = "", seen: tuple[str, ...] = ()) -> Iterator[str]:  # fmt: skip
    """Fields of a schema that take a text, or anything."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from _texts(schemas[name], schemas, path, (*seen, name))
        return
    choices = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    for one in choices:
        yield from _texts(one, schemas, path, seen)
    kind = schema.get("type")
    if choices or "enum" in schema or "const" in schema:
        return
    if kind == "array":
        yield from _texts(schema["items"], schemas, f"{path}[]", seen)
    elif kind == "object":
        yield from _inside_of(schema, schemas, path, seen)
    elif kind in ("string", None):
        yield path


def _inside_of(schema: Mapping[str, Any], schemas: Mapping[str, Any], path: str, seen: tuple[str, ...]) -> Iterator[str]:  # fmt: skip
    """Fields of an object, those of any name among them."""
    for name, one in schema.get("properties", {}).items():
        yield from _texts(one, schemas, _inside(path, name), seen)
    others = schema.get("additionalProperties", "properties" not in schema)
    if isinstance(others, Mapping):
        yield from _texts(others, schemas, f"{path}.*", seen)
    elif others:
        yield f"{path}.*"
