"""What is sent and answered as models, so that the same lines check it and describe it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import json_of
from desirepath.web.policy import Actor

PAGE = 100
LANGUAGE = Field("", max_length=35, description="Language of the words, such as `de`; that of the map where none is named.")  # fmt: skip


class Said(BaseModel):
    """Something that is sent or answered: exact types, and nothing beside its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Asked(BaseModel):
    """What stands behind the "?" of an address: texts, read as what they should be."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageAsked(Asked):
    """Which part of a list.

    Attributes:
        after: The `after` of the part before.
        limit: How many at most.
    """

    after: str = Field("", description="The `after` of the part before.")
    limit: int = Field(PAGE, ge=1, le=PAGE, description="How many at most.")


class ProblemSaid(Said):
    """One thing that is wrong."""

    code: str
    what: str
    place: str
    hint: str


class ProblemAnswer(Said):
    """Why a request was refused (RFC 9457); `code` never changes its meaning."""

    type: str
    title: str
    detail: str
    code: str
    status: int
    problems: list[ProblemSaid]


Model = TypeVar("Model", bound=BaseModel)
Item = TypeVar("Item")


async def taken(model: type[Model], request: Request, actor: Actor) -> Model:
    """What was sent, as a model.

    Raises:
        WebError: E707 it is too large, E717 it is not a JSON object, E719 a value is missing or wrong.
    """
    return _fitting(model, await json_of(request, actor))


def asked(model: type[Model], request: Request) -> Model:
    """What stands behind the "?" of the address, as a model.

    Raises:
        WebError: E719 a value is wrong.
    """
    return _fitting(model, dict(request.query_params))


def given(
    answer: BaseModel, status: int = 200, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A model as an answer."""
    return JSONResponse(answer.model_dump(mode="json"), status, headers)


def page_of(
    found: Sequence[Item], key: Callable[[Item], str], wanted: PageAsked
) -> tuple[list[Item], str | None]:
    """A part of a list, and what to ask for to get the next; None at its end.

    Args:
        found: The whole list.
        key: What an item is found by; parts come in rising order of it.
        wanted: Which part.
    """
    # sorted here, because databases sort texts in ways of their own
    rest = sorted((one for one in found if key(one) > wanted.after), key=key)
    part = rest[: wanted.limit]
    return part, key(part[-1]) if len(rest) > len(part) else None


def _fitting(model: type[Model], data: Mapping[str, Any]) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [_problem(one) for one in error.errors(include_url=False)]
        raise WebError(*problems) from None


def _problem(error: Any) -> Problem:
    where = ".".join(str(part) for part in error["loc"]) or "the request"
    if error["type"] == "missing":
        return Problem("E719", f'"{where}" is missing', hint="Send it too.")
    if error["type"] == "extra_forbidden":
        hint = "Leave it out; what is known stands in /api/openapi.json."
        return Problem("E719", f'"{where}" is not known here', hint=hint)
    hint = f"{error['msg'].removeprefix('Value error, ')}."
    return Problem("E719", f'"{where}" is wrong', hint=hint)
