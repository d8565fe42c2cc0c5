"""The description of the API (OpenAPI 3.1), made of the routes themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from desirepath.web.api.asking import COOKIE, AskedRoute, Content, Terms, route
from desirepath.web.api.describe import ProblemAnswer
from desirepath.web.policy import NEEDS, Actor

JSON = "application/json"
REF = "#/components/schemas/{model}"
IN_PATH = re.compile(r"{(\w+)}")
PATHS: Mapping[str, str] = {
    "map": "Id of a map.",
    "name": "Name of a version or of a template.",
    "image": "Id of a picture.",
    "key": "Id of a session, token or link.",
    "person": "Id of an account.",
    "series": "Id of a series of numbers.",
    "day": "A day: 2026-03-02.",
    "change": "Id of a change in the business.",
    "page": "Id of a public page.",
}
ABOUT = """\
Maps of customer journeys, edited by several people and programs at once.

Programs send a token: `Authorization: Bearer …`. What is refused is answered as
`application/problem+json` with a code that never changes its meaning. Lists come in parts:
`after` of the answer is null in the last one, else it is what to ask for next.
"""


def described(routes: Iterable[BaseRoute]) -> list[AskedRoute]:
    """The routes of the API, in their order."""
    return [one for one in routes if isinstance(one, AskedRoute)]


def document(routes: Iterable[BaseRoute]) -> dict[str, Any]:
    """The whole description.

    Args:
        routes: All routes of the app.
    """
    asked = described(routes)
    paths: dict[str, dict[str, Any]] = {}
    for one in asked:
        paths.setdefault(one.path, {})[method_of(one).lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "desirepath",
            "version": version("desirepath"),
            "description": ABOUT,
            "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            },
            "schemas": _schemas(asked),
            "responses": {
                "Problem": {
                    "description": "It was refused; nothing has changed.",
                    "content": {"application/problem+json": {"schema": _ref(ProblemAnswer)}},
                }
            },
        },
    }  # fmt: skip


def method_of(one: AskedRoute) -> str:
    """The method of a route: GET rather than HEAD, which comes along with it."""
    (method,) = (one.methods or set()) - {"HEAD"}
    return method


def about(one: AskedRoute) -> tuple[str, str]:
    """What a route does: a sentence, and what else there is to know."""
    first, _, rest = (inspect.getdoc(one.answer) or "").partition("\n\n")
    return " ".join(first.split()), rest.strip()


def _schemas(asked: Iterable[AskedRoute]) -> dict[str, Any]:
    found = dict.fromkeys(_models(asked))
    inputs = [(one, "validation") for one in found]
    _, made = models_json_schema(inputs, ref_template=REF)  # type: ignore[arg-type]
    schemas: dict[str, Any] = made["$defs"]
    return dict(sorted(schemas.items()))


def _models(asked: Iterable[AskedRoute]) -> Iterable[type[BaseModel]]:
    yield ProblemAnswer
    for one in asked:
        terms = one.terms or Terms()
        for content in (*terms.takes, *terms.gives):
            if not isinstance(content, str):
                yield content


def _operation(one: AskedRoute) -> dict[str, Any]:
    terms = one.terms or Terms()
    summary, more = about(one)
    operation: dict[str, Any] = {
        "operationId": one.answer.__name__,
        "tags": [one.answer.__module__.rpartition(".")[2]],
        "summary": summary,
    }
    if more:
        operation["description"] = more
    if one.action is None:
        operation["security"] = [{}, {"token": []}, {"session": []}]
    else:
        operation["x-role"] = NEEDS[one.action]
    parameters = [*_path(one), *_query(terms), *_tags(one, terms)]
    if parameters:
        operation["parameters"] = parameters
    if terms.takes:
        operation["requestBody"] = {"required": True, "content": _content(terms.takes)}
    operation["responses"] = _responses(one, terms)
    return operation


def _path(one: AskedRoute) -> Iterable[dict[str, Any]]:
    for name in IN_PATH.findall(one.path):
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": PATHS.get(name, ""),
            "schema": {"type": "string"},
        }


def _query(terms: Terms) -> Iterable[dict[str, Any]]:
    if terms.query is None:
        return
    schema = terms.query.model_json_schema(ref_template=REF)
    needed = schema.get("required", [])
    for name, one in schema["properties"].items():
        said = {key: value for key, value in one.items() if key != "title"}
        words = said.pop("description", "")
        found = {"name": name, "in": "query", "description": words, "schema": said}
        yield found | ({"required": True} if name in needed else {})


def _tags(one: AskedRoute, terms: Terms) -> Iterable[dict[str, Any]]:
    if not terms.is_tagged:
        return
    is_read = method_of(one) == "GET"
    name, words = (
        ("If-None-Match", "304 where the tag is still this one.")
        if is_read
        else ("If-Match", "412 where the tag is no longer this one.")
    )
    yield {"name": name, "in": "header", "description": words, "schema": {"type": "string"}}  # fmt: skip


def _responses(one: AskedRoute, terms: Terms) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    if terms.gives:
        good["content"] = _content(terms.gives)
    found = {str(terms.status): good}
    if terms.is_tagged:
        good["headers"] = {
            "ETag": {"description": "Number of the last edit.", "schema": {"type": "string"}}
        }  # fmt: skip
        if method_of(one) == "GET":
            found["304"] = {"description": "It has not changed."}
    problem = {"$ref": "#/components/responses/Problem"}
    return found | {"4XX": problem, "503": problem}


def _content(content: Iterable[Content]) -> dict[str, Any]:
    return {
        one if isinstance(one, str) else JSON: {
            "schema": _media(one) if isinstance(one, str) else _ref(one)
        }
        for one in content
    }


def _media(kind: str) -> dict[str, Any]:
    if "json" in kind:
        return {"type": "object"}
    is_text = kind.startswith("text/") or "yaml" in kind or "xml" in kind
    return {"type": "string"} if is_text else {}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REF.format(model=model.__name__)}


async def openapi(request: Request, _: Actor) -> Response:
    """This description, for programs that make a client of it."""
    state = request.app.state
    if not hasattr(state, "openapi"):
        state.openapi = document(request.app.routes)
    return JSONResponse(state.openapi)


def routes() -> list[BaseRoute]:
    """The route of the description."""
    return [route("/api/openapi.json", openapi, "GET", None).says(gives=JSON)]
