"""Whether answers are what the description of the API says; every call of the server tests is held to it."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator


class Answered(Protocol):
    """What a server answered."""

    status: int
    data: Any
    headers: Mapping[str, str]


@cache
def description(port: int) -> dict[str, Any]:
    """What the server of a port says of itself."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/api/openapi.json")
        answer = connection.getresponse()
        assert answer.status == 200
        found: dict[str, Any] = json.loads(answer.read())
        return found
    finally:
        connection.close()


def operation_of(document: dict[str, Any], method: str, path: str) -> Any:
    """The operation an address means, None where there is none."""
    for template, operations in document["paths"].items():
        if method.lower() in operations and _pattern(template).fullmatch(path):
            return operations[method.lower()]
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)))


def refuse_misfit(
    document: dict[str, Any], method: str, address: str, sent: Any, answer: Answered
) -> None:
    """Fail where an answer is not what is described, or something undescribed was accepted."""
    path = urlsplit(address).path
    if not path.startswith("/api/"):
        return
    operation = operation_of(document, method, path)
    kind = answer.headers.get("content-type", "").partition(";")[0]
    if operation is None:
        assert answer.status in (404, 405), (method, path, answer)
        assert kind == "application/problem+json"
        return
    said = operation["responses"]
    response = said.get(str(answer.status)) or said.get(f"{answer.status // 100}XX")
    assert response, f"{method} {path} answered {answer.status}, which is not described"
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].split("/")[-1]]
    if "content" not in response:
        assert answer.data == "", (method, path, answer)
        return
    assert kind in response["content"], f"{method} {path} answered {kind}"
    if "json" in kind:
        check(document, response["content"][kind]["schema"], answer.data)
    if answer.status < 300 and isinstance(sent, dict):
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            check(document, content["application/json"]["schema"], sent)


def check(document: dict[str, Any], schema: dict[str, Any], data: Any) -> None:
    """Fail where data does not fit a schema of the description."""
    _validator(json.dumps(schema), json.dumps(document["components"])).validate(data)


@cache
def _validator(schema: str, components: str) -> Draft202012Validator:
    whole = json.loads(schema) | {"components": json.loads(components)}
    return Draft202012Validator(whole)
