"""The page on what programs can ask a server, and the types of it for the browser's program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.openapi import document
from desirepath.web.people import People
from generators.docstring import cell

WIDTH = 100
SHARED = "shared"
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


def types() -> dict[str, str]:
    """TypeScript of every request and everything that is sent or answered: a file for each part of the API.

    Models of several parts stand in a file of their own.
    """
    told = described()
    schemas = told["components"]["schemas"]
    users: dict[str, set[str]] = {name: set() for name in schemas}
    parts = _by_tag(told)
    for tag, calls in parts.items():
        for name in _models_in([one for _, one in calls], schemas):
            users[name].add(tag)
    home = {
        name: next(iter(tags)) if len(tags) == 1 else SHARED
        for name, tags in users.items()
    }
    files = {
        f"{tag}.ts": _part(tag, calls, schemas, home) for tag, calls in parts.items()
    }
    files[f"{SHARED}.ts"] = _part(SHARED, [], schemas, home)
    files["index.ts"] = _index(list(parts))
    return files


def _part(
    tag: str,
    calls: list[tuple[str, Any]],
    schemas: Mapping[str, Any],
    home: Mapping[str, str],
) -> str:
    """One file: its models, and its requests."""
    own = [name for name in schemas if home[name] == tag]
    used: set[str] = set()
    for one in [*(one for _, one in calls), *(schemas[name] for name in own)]:
        used |= set(_refs(one))
    blocks = [_type(name, schemas[name]) for name in own]
    if calls:
        lines = [_call(name, one) for name, one in sorted(calls, key=itemgetter(0))]
        head = f"/** Requests of {tag}: what each takes and answers. */\n"
        body = "\n".join(lines)
        blocks.append(f"{head}export interface {_calls_of(tag)} {{\n{body}\n}}\n")
    imports = ['import type { Call } from "../call.ts";'] if calls else []
    for other in sorted({home[name] for name in used if name not in own}):
        names = ", ".join(sorted(n for n in used if home[n] == other))
        imports.append(_imported(names, other))
    return "\n".join([*imports, *([""] if imports else []), *blocks])


def _imported(names: str, other: str) -> str:
    line = f'import type {{ {names} }} from "./{other}.ts";'
    if len(line) <= WIDTH:
        return line
    listed = "".join(f"  {one},\n" for one in names.split(", "))
    return f'import type {{\n{listed}}} from "./{other}.ts";'


def _index(tags: list[str]) -> str:
    lines = [f'import type {{ {_calls_of(tag)} }} from "./{tag}.ts";' for tag in tags]
    lines += [
        "",
        *(f'export type * from "./{one}.ts";' for one in sorted([*tags, SHARED])),
    ]
    names = ",\n    ".join(_calls_of(tag) for tag in tags)
    about = "/** Each request: what it takes and what it answers. */"
    return "\n".join(
        [*lines, "", about, f"export interface Calls\n  extends {names} {{}}", ""]
    )


def _calls_of(tag: str) -> str:
    return f"{tag.title().replace('_', '')}Calls"


def _refs(value: object) -> Iterator[str]:
    """Names of the models something mentions."""
    if isinstance(value, Mapping):
        ref = value.get("$ref")
        if isinstance(ref, str) and "/schemas/" in ref:
            yield ref.rpartition("/")[2]
        for key, one in value.items():
            # refusals are the same for all, and no type of theirs is asked for
            if key not in ("4XX", "503"):
                yield from _refs(one)
    elif isinstance(value, list):
        for one in value:
            yield from _refs(one)


def _models_in(values: list[Any], schemas: Mapping[str, Any]) -> set[str]:
    """Names of the models values mention, and of those within these."""
    found: set[str] = set()
    waiting = [name for one in values for name in _refs(one)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _refs(schemas[name])
    return found


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
        if len(kinds) == 1 and kinds[0].startswith("readonly ("):
            inner = kinds[0].removeprefix("readonly (").removesuffix(")[]").split(" | ")
            listed = "\n".join(f"{indent}  | {one}" for one in inner)
            line = f"{start} readonly (\n{listed}\n{indent})[];"
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
        is_one = len(kinds) == 1 and not inner.startswith("readonly ")
        yield f"readonly {inner}[]" if is_one else f"readonly ({inner})[]"
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
    takes = _media(one.get("requestBody", {}).get("content", {})) or ["undefined"]
    gives = _media({JSON: _good(one)[JSON]} if JSON in _good(one) else _good(one))
    given = [_record(path), _record(query), " | ".join(takes)]
    while given and given[-1] in ("object", "undefined"):
        given.pop()
    parts = [" | ".join(gives) or "null", *given]
    line = f"  {json.dumps(name)}: Call<{', '.join(parts)}>;"
    if len(line) <= WIDTH:
        return line
    listed = ",\n".join(f"    {_wrapped(one)}" for one in parts)
    return f"  {json.dumps(name)}: Call<\n{listed}\n  >;"


def _record(fields: Mapping[str, str]) -> str:
    if not fields:
        return "object"
    return "{ " + "; ".join(f"readonly {k}: {v}" for k, v in fields.items()) + " }"


def _wrapped(part: str) -> str:
    """A part of a call, a record that is too long for a line with a field in each."""
    if len(part) + len("    ,") <= WIDTH or not part.startswith("{ "):
        return part
    fields = part[2:-2].split("; ")
    named = (one.partition(": ") for one in fields)
    lines = (_typed(f"      {k}:", "      ", v.split(" | ")) for k, _, v in named)
    return "\n".join(["{", *lines, "    }"])


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
