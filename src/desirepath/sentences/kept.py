"""Sentences in files: English text, and beside it the parts from which other languages say it. Words nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast, get_args

from desirepath.sentences.catalog import CATALOGS
from desirepath.sentences.numerals import Form, Number
from desirepath.sentences.phrase import Part, Phrase, say

MOST_INSIDE = 12  # phrases inside each other; no sentence needs as many
FORMS = frozenset(get_args(Form))

Told = TypeVar("Told")


def phrases_in(data: Any) -> dict[str, Any]:
    """Parts of every phrase in plain data, by its English text.

    Examples:
        >>> phrases_in({"reason": Phrase("reason.few", count=Number(3.0, "cases_here"), least=10)})
        {'only 3 cases are here; fewer than 10 settle nothing': ['reason.few', {'count': {'value': 3.0, 'form': 'cases_here'}, 'least': 10}]}
    """
    return {str(one): _plain(one) for one in _phrases(data)}


def with_phrases(told: Told, phrases: Any) -> Told:
    """Frozen data whose texts are phrases again, where `phrases_in` kept their parts.

    What was kept is held against what it says: parts that make another sentence are left out, and the
    text stands as it is.

    Args:
        told: Data of text, numbers, tuples and dataclasses.
        phrases: From `phrases_in`, as it came back from JSON.
    """
    kept = phrases if isinstance(phrases, dict) else {}
    again = {text: _again(text, data) for text, data in kept.items()}
    known = {text: phrase for text, phrase in again.items() if phrase is not None}
    return _with(told, lambda text: known.get(text, text)) if known else told


def spoken(told: Told, language: str) -> Told:
    """Frozen data with every phrase in it said in a language, as plain text.

    Args:
        told: Data of text, numbers, tuples and dataclasses, such as a check or a comparison.
        language: Code of the language; English where there is no catalog of it.
    """
    return _with(told, lambda text: _said(text, language))


def _said(text: str, language: str) -> str:
    return str(say(text, language)) if isinstance(text, Phrase) else text


def _phrases(data: Any) -> Iterator[Phrase]:
    if isinstance(data, Phrase):
        yield data
    elif isinstance(data, dict):
        for one in data.values():
            yield from _phrases(one)
    elif isinstance(data, (list, tuple)):
        for one in data:
            yield from _phrases(one)


def _plain(part: Part) -> Any:
    if isinstance(part, Phrase):
        return [part.key, {name: _plain(one) for name, one in part.parts.items()}]
    if isinstance(part, Number):
        stated = {"stated": part.stated} if part.stated else {}
        return {"value": part.value, "form": part.form, **stated}
    if isinstance(part, tuple):
        return {"items": [_plain(one) for one in part]}
    return part


def _with(told: Told, change: Callable[[str], str]) -> Told:
    """The same data with texts changed; what holds none that change stays the same object."""
    return cast("Told", _changed(told, change))


def _changed(told: Any, change: Callable[[str], str]) -> Any:
    if isinstance(told, str):
        return change(told)
    if isinstance(told, tuple):
        parts = [_changed(one, change) for one in told]
        is_same = all(old is new for old, new in zip(told, parts, strict=True))
        return told if is_same else tuple(parts)
    if not is_dataclass(told) or isinstance(told, type):
        return told
    known = {field.name: getattr(told, field.name) for field in fields(told)}
    new = {name: _changed(old, change) for name, old in known.items()}
    new = {name: one for name, one in new.items() if one is not known[name]}
    return replace(told, **new) if new else told


def _again(text: str, data: Any) -> Phrase | None:
    """A phrase made of its parts, None where they do not make this text."""
    try:
        found = _phrase(data, MOST_INSIDE)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    return found if found == text else None


def _phrase(data: Any, deep: int) -> Phrase:
    key, parts = data
    if deep < 1 or key not in CATALOGS["en"]:
        raise ValueError(key)
    return Phrase(key, **{name: _part(one, deep - 1) for name, one in parts.items()})


def _part(data: Any, deep: int) -> Part:
    if isinstance(data, (str, int)):
        return data
    if isinstance(data, list):
        return _phrase(data, deep)
    if not isinstance(data, Mapping):
        raise TypeError(data)
    if "items" in data:
        return tuple(_item(one, deep) for one in data["items"])
    value, form = data["value"], data["form"]
    if form not in FORMS:
        raise ValueError(form)
    number = None if value is None else float(value)
    return Number(number, form, str(data.get("stated", "")))


def _item(data: Any, deep: int) -> str:
    """A text in a list of texts."""
    if isinstance(data, list):
        return _phrase(data, deep)
    if not isinstance(data, str):
        raise TypeError(data)
    return data
