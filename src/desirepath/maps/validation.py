"""Plain data as a typed part of a map; what is wrong is said in a user's words, with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from desirepath.errors import MAX_PROBLEMS, MapError, Problem, did_you_mean
from desirepath.maps.base import Part
from desirepath.maps.refs import Path
from desirepath.maps.values import Duration, Share

P = TypeVar("P", bound=Part)

# Names Pydantic adds to a path where a value may be of two kinds, and the data each is about.
BRANCHES: Mapping[str, type] = {
    "str": str,
    "tuple[str, ...]": list,
    "Persona": dict,
    "Entry": dict,
}
EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "keys and values",
    "dict_type": "keys and values",
}
FOUND_LENGTH = 40
FULL_PERCENT = 100


def validate(
    model: type[P],
    data: object,
    locate: Callable[[Path], tuple[int, str]],
    *,
    nulls_count: bool = False,
) -> P:
    """The part that plain data describes.

    Args:
        model: What it should be.
        data: Dicts, lists and scalars.
        locate: Gives line and place of a path, for messages.
        nulls_count: Keys without a value are values; else they count as left out.

    Raises:
        MapError: up to 20 of E113 to E119, in the order of the text.
    """
    given = data if nulls_count else without_nulls(data)
    try:
        return model.model_validate_json(json.dumps(given))
    except ValidationError as error:
        found = []
        for path, one in _meant(error.errors(include_url=False), given):
            problem_path, problem = _problem(model, path, one)
            line, where = locate(problem_path)
            found.append((line, where, problem))
    found.sort(key=lambda one: one[0])
    raise MapError(
        *(
            Problem(problem.code, problem.what, where, problem.hint)
            for _, where, problem in found[:MAX_PROBLEMS]
        )
    )


def without_nulls(data: object) -> object:
    """The data without keys that have no value, except in free fields.

    Examples:
        >>> without_nulls({"owner": None, "custom": {"budget": None}})
        {'custom': {'budget': None}}
    """
    if isinstance(data, dict):
        return {
            key: value if key == "custom" else without_nulls(value)
            for key, value in data.items()
            if value is not None
        }
    return [without_nulls(value) for value in data] if isinstance(data, list) else data


def _meant(
    errors: Iterable[ErrorDetails], data: object
) -> Iterator[tuple[Path, ErrorDetails]]:
    """Errors with their paths in the text, one kind of value only where two are allowed.

    Where a value may be text or something else, Pydantic complains for both; only what fits the
    value that was written helps. Where nothing fits, text is what is asked for.
    """
    placed = [(*_real_path(error["loc"], data), error) for error in errors]
    fitting = {one for _, choices, _ in placed for one, fit in choices.items() if fit}
    for path, choices, error in placed:
        unfit = [one for one, fit in choices.items() if not fit]
        if not unfit or ("str" in error["loc"] and not fitting & set(unfit)):
            yield path, error


def _real_path(loc: Path, data: Any) -> tuple[Path, dict[Path, bool]]:
    """Path in the text, and the choices on the way, each with whether the error is of the fitting kind."""
    path: list[str | int] = []
    choices: dict[Path, bool] = {}
    for key in loc:
        if key in BRANCHES and not (isinstance(data, dict) and key in data):
            kind = type(data) if isinstance(data, (dict, list)) else str
            choices[tuple(path)] = BRANCHES[str(key)] is kind
            continue
        path.append(key)
        is_inside = isinstance(data, list) or (isinstance(data, dict) and key in data)
        data = data[key] if is_inside else None
    return tuple(path), choices


def _problem(
    model: type[BaseModel], path: Path, error: ErrorDetails
) -> tuple[Path, Problem]:
    kind, found = error["type"], error["input"]
    key = str(path[-1]) if path else ""
    owner = _model_at(model, path[:-1])
    if kind == "extra_forbidden":
        known = did_you_mean(key, owner.model_fields if owner else ())
        hint = known.replace("Known names", "Known keys")
        return path, Problem("E113", f'unknown key "{key}"', hint=hint)
    if kind == "missing":
        hint = f'Add "{key}: …" here.'
        return path[:-1], Problem("E114", f'"{key}" is missing', hint=hint)
    unit = _unit(owner, key) if owner and kind == "string_type" else None
    if unit and _is_number(found):
        return path, _without_unit(unit, found)
    return path, _wrong(kind, error)


def _wrong(kind: str, error: ErrorDetails) -> Problem:
    if kind == "literal_error":
        return _wrong_word(error)
    if kind == "value_error":
        return _wrong_value(error["msg"].removeprefix("Value error, "))
    if kind.endswith("_than_equal"):
        return _out_of_range(error)
    return _wrong_kind(kind, error["input"])


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Model that describes the mapping at a path."""
    current: type[BaseModel] | None = model
    for key in path:
        if isinstance(key, str) and current is not None:
            field = current.model_fields.get(key)
            current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(inner) for inner in get_args(annotation))
    return next((one for one in found if one is not None), None)


def _unit(owner: type[BaseModel], key: str) -> object | None:
    hint = get_type_hints(owner, include_extras=True).get(key)
    return next(
        (one for one in (Share, Duration) if one in (hint, *get_args(hint))), None
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _without_unit(unit: object, number: float) -> Problem:
    if unit is Duration:
        return Problem(
            "E117",
            f"expected a duration, found the bare number {number}",
            hint="Write a number with a unit: 30s, 10m, 2h, 2d, 3w, 2mo, 1y.",
        )
    percent = number * FULL_PERCENT if 0 < number < 1 else number
    is_share = 0 <= percent <= FULL_PERCENT
    return Problem(
        "E117",
        f"expected a share, found the bare number {number}",
        hint=f"Write a percentage, such as {percent if is_share else 20:g}%.",
    )


def _wrong_word(error: ErrorDetails) -> Problem:
    words = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    found = error["input"]
    hint = did_you_mean(str(found), words).replace("Known names", "Allowed words")
    return Problem(
        "E116", f"expected {' or '.join(words)}, found {found_words(found)}", hint=hint
    )


def _wrong_value(message: str) -> Problem:
    what, _, advice = message.partition("; ")
    if advice:
        return Problem("E117", what, hint=f"{advice[0].upper()}{advice[1:]}.")
    return Problem(
        "E119",
        what,
        hint="For example: claim: {share: {activity: search_empty, at_least: 20%}}",
    )


def _out_of_range(error: ErrorDetails) -> Problem:
    ((side, limit),) = error["ctx"].items()
    words = {"ge": "at least", "le": "at most"}[side]
    return Problem(
        "E118",
        f"expected {words} {limit:g}, found {error['input']}",
        hint=f"Write a number that is {words} {limit:g}.",
    )


def _wrong_kind(kind: str, found: object) -> Problem:
    expected = EXPECTED.get(kind, "something else")
    hint = f"Write {expected} here."
    if found is None:
        hint = "Write something there or delete the line."
    elif kind == "string_type" and not isinstance(found, (dict, list)):
        hint = f'Put it in quotes: "{_as_typed(found)}".'
    elif kind == "tuple_type" and not isinstance(found, dict):
        hint = f"Write a list: [{_as_typed(found)}]."
    return Problem(
        "E115", f"expected {expected}, found {found_words(found)}", hint=hint
    )


def _as_typed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def found_words(value: object) -> str:
    """A value as a message names it.

    Examples:
        >>> found_words(404), found_words("x"), found_words([1]), found_words(True)
        ('the number 404', '"x"', 'a list', 'true')
    """
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, str):
        cut = value if len(value) <= FOUND_LENGTH else value[: FOUND_LENGTH - 1] + "…"
        return f'"{cut}"'
    return _as_typed(value) if isinstance(value, bool) else f"the number {value}"
