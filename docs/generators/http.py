"""The page on what programs can ask a server, and the types of it for the browser's program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.openapi import document
from desirepath.web.people import People
from generators.docstring import cell

WIDTH = 100
JSON = "application/json"
INTRO = """# HTTP

What programs can ask a server that `desirepath serve` started.
The server tells the same as OpenAPI 3.1 at `/api/openapi.json`, for programs that make a client of it.

- Programs send a token with every request: `Authorization: Bearer …`. [Edit maps together](../how-to/edit-maps-together.md) says how to get one.
- Each role has the rights of those before it: viewer, commenter, editor, facilitator, administrator.
- What is refused is answered as `application/problem+json` with a code of [the list](codes.md); nothing has changed then. Too many tries are 429, and `Retry-After` says how many seconds to wait.
- Lists come in parts of at most 100. `after` of an answer is null in the last part; else `?after=` and this text ask for the next.
- A map has an `ETag`. With `If-Match` a change is refused (412, `E718`) where the map has changed since; with `If-None-Match` an answer is empty (304) where it has not.
- Edits of several people at once go over the socket `/api/maps/ID/live`, told in [Edit maps together](../how-to/edit-maps-together.md).
"""


def described() -> dict[str, Any]:
    """The description of the API, as a server tells it."""
    log = EditLog("sqlite://")
    try:
        return document(build_app(log, People(log.engine), lambda: 0).routes)
    finally:
        log.close()


def page() -> str:
    """Markdown of every address and everything that is sent or answered."""
    told = described()
    lines = [INTRO]
    for tag, calls in _by_tag(told).items():
        lines.append(f"## {tag.capitalize()}\n")
        lines.append("| request | does | role | takes | gives |")
        lines.append("| --- | --- | --- | --- | --- |")
        lines += [_row(name, one) for name, one in calls]
        lines.append("")
    lines.append("## What is sent and answered\n")
    for name, schema in told["components"]["schemas"].items():
        lines += _model(name, schema)
    return "\n".join(lines).rstrip() + "\n"


def types() -> str:
    """TypeScript of every request and everything that is sent or answered."""
    told = described()
    schemas = told["components"]["schemas"]
    parts = ["/** What the server is asked and answers. */\n"]
    parts += [_type(name, schema) for name, schema in schemas.items()]
    calls = [_call(name, one) for name, one in sorted(_calls(told))]
    parts.append("/** Each request: what it takes and what it answers. */")
    parts.append("export interface Calls {\n" + "\n".join(calls) + "\n}\n")
    return "\n".join(parts)


def _calls(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, operations in told["paths"].items():
        for method, one in operations.items():
            yield f"{method.upper()} {path}", one


def _by_tag(told: Mapping[str, Any]) -> dict[str, list[tuple[str, Any]]]:
    found: dict[str, list[tuple[str, Any]]] = {}
    for name, one in _calls(told):
        found.setdefault(one["tags"][0], []).append((name, one))
    return dict(sorted(found.items()))


def _row(name: str, one: Mapping[str, Any]) -> str:
    query = [p["name"] for p in one.get("parameters", []) if p["in"] == "query"]
    shown = name + (f"?{'&'.join(f'{q}=' for q in query)}" if query else "")
    takes = _content(one.get("requestBody", {}).get("content", {}))
    words = [one["summary"].replace("``", "`"), one.get("description", "")]
    does = " ".join(" ".join(words).split())
    role = one.get("x-role", "–")
    return f"| `{shown}` | {cell(does)} | {role} | {takes} | {_content(_good(one))} |"


def _good(one: Mapping[str, Any]) -> Mapping[str, Any]:
    # a redirect is an answer too
    status = next(code for code in one["responses"] if code.startswith(("2", "303")))
    content: Mapping[str, Any] = one["responses"][status].get("content", {})
    return content


def _content(content: Mapping[str, Any]) -> str:
    shown = []
    for kind, media in content.items():
        ref = media["schema"].get("$ref", "").rpartition("/")[2]
        shown.append(f"[{ref}](#{ref.lower()})" if ref else f"`{kind}`")
    return " or ".join(shown) or "–"


def _model(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {name}\n"
    about = schema.get("description", "").partition("\n\n")[0]
    yield " ".join(about.split()).replace("``", "`") + "\n"
    fields = schema.get("properties", {})
    needed = schema.get("required", ())
    if not fields:
        choices = " or ".join(_kinds(schema))
        if choices:
            yield f"One of: {choices}.\n"
        return
    yield "| field | is | needed |"
    yield "| --- | --- | --- |"
    for key, one in fields.items():
        kind = " or ".join(dict.fromkeys(_kinds(one)))
        words = f"{kind}. {one['description']}" if "description" in one else kind
        yield f"| `{key}` | {cell(words)} | {'yes' if key in needed else ''} |"
    yield ""


def _kinds(value: Mapping[str, Any]) -> Iterator[str]:
    for one in value.get("anyOf", value.get("oneOf", ())):
        yield from _kinds(one)
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        yield f"[{name}](#{name.lower()})"
    elif "const" in value:
        yield f"`{json.dumps(value['const'])}`"
    elif "enum" in value:
        yield from (f"`{one}`" for one in value["enum"])
    elif value.get("type") == "array":
        yield f"list of {' or '.join(dict.fromkeys(_kinds(value.get('items', {}))))}"
    elif "type" in value:
        yield {"string": "text", "integer": "whole number"}.get(
            value["type"], value["type"]
        )
    elif "anyOf" not in value and "oneOf" not in value:
        yield "anything"


def _type(name: str, schema: Mapping[str, Any]) -> str:
    about = " ".join(schema.get("description", name).partition("\n\n")[0].split())
    head = f"/** {about.replace('``', '`')} */\n"
    if "properties" not in schema:
        return head + _typed(f"export type {name} =", "", list(_in_script(schema)))
    needed = schema.get("required", ())
    lines = [f"{head}export interface {name} {{"]
    for key, one in schema["properties"].items():
        mark = "" if key in needed else "?"
        lines.append(_typed(f"  readonly {key}{mark}:", "  ", list(_in_script(one))))
    return "\n".join([*lines, "}", ""]).replace(";\n\n", ";\n")


def _typed(start: str, indent: str, kinds: list[str]) -> str:
    kinds = list(dict.fromkeys(kinds))
    line = f"{start} {' | '.join(kinds)};"
    if len(line) > WIDTH:
        line = f"{start}\n" + "\n".join(f"{indent}  | {one}" for one in kinds) + ";"
    return line if indent else line + "\n"


def _in_script(value: Mapping[str, Any]) -> Iterator[str]:
    """Types of a value."""
    choices = value.get("anyOf", value.get("oneOf"))
    if choices is not None:
        for one in choices:
            yield from _in_script(one)
    elif "$ref" in value:
        yield value["$ref"].rpartition("/")[2]
    elif "const" in value:
        yield json.dumps(value["const"])
    elif "enum" in value:
        yield from (json.dumps(one) for one in value["enum"])
    elif value.get("type") == "array":
        kinds = list(dict.fromkeys(_in_script(value.get("items", {}))))
        inner = " | ".join(kinds)
        yield f"readonly ({inner})[]" if len(kinds) > 1 else f"readonly {inner}[]"
    elif value.get("type") == "object":
        within = value.get("additionalProperties")
        is_told = isinstance(within, Mapping)
        inner = " | ".join(dict.fromkeys(_in_script(within))) if is_told else "unknown"
        yield f"Readonly<Record<string, {inner}>>"
    else:
        yield {"integer": "number"}.get(
            value.get("type", ""), value.get("type", "unknown")
        )


def _call(name: str, one: Mapping[str, Any]) -> str:
    parameters = one.get("parameters", [])
    path = {p["name"]: "string" for p in parameters if p["in"] == "path"}
    query = {
        p["name"] + ("" if p.get("required") else "?"): " | ".join(
            _in_script(p["schema"])
        )
        + ("" if p.get("required") else " | undefined")
        for p in parameters
        if p["in"] == "query"
    }
    lines = [f"  {json.dumps(name)}: {{"]
    lines.append(f"    readonly path: {_record(path)};")
    lines.append(f"    readonly query: {_record(query)};")
    takes = _media(one.get("requestBody", {}).get("content", {})) or ["undefined"]
    gives = _media({JSON: _good(one)[JSON]} if JSON in _good(one) else _good(one))
    lines.append(f"    readonly body: {' | '.join(takes)};")
    lines.append(f"    readonly answer: {' | '.join(gives) or 'null'};")
    return "\n".join([*lines, "  };"])


def _record(fields: Mapping[str, str]) -> str:
    if not fields:
        return "object"
    return "{ " + "; ".join(f"readonly {k}: {v}" for k, v in fields.items()) + " }"


def _media(content: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for kind, media in content.items():
        if "$ref" in media["schema"]:
            found += _in_script(media["schema"])
        elif kind == JSON:
            found.append("Readonly<Record<string, unknown>>")
        else:
            found.append(
                "string" if media["schema"].get("type") == "string" else "Blob"
            )
    return list(dict.fromkeys(found))
