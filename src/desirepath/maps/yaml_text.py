"""Plain data as YAML text in block style: one text for one value, Unicode readable."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from desirepath.errors import MapError, Problem
from desirepath.maps.source import SURROGATE
from desirepath.maps.yaml_source import plain_value

MAX_KEY_LENGTH = 500  # YAML ends a simple key at 1024
INDENT = 2
# Joiners that scripts and emoji need, and spaces that do not break; all else unprintable is escaped.
READABLE = frozenset("\u200c\u200d\u00a0\u202f\u00ad")
NEVER_FIRST = frozenset("~-?:,[]{}#&*!|>'\"%@`=<.+")
# What older YAML readers take for a number, a date, a clock time, yes or no.
NOT_TEXT = re.compile(
    r"[0-9][0-9_,.:+-]*(?:[eE][0-9+-]*)?"
    r"|0[xXoO].*"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[Tt ].*"
    r"|y|yes|n|no|on|off|true|false|null",
    re.IGNORECASE,
)
NOT_PLAIN = re.compile(r": | #|[ :]$|^ ")
NOT_PLAIN_IN_FLOW = re.compile(r"[,\[\]{}:#]")
LITERAL = re.compile(r"[^\s](?:[^\n]*[^\s])?(?:\n+[^\n]*[^\s])*\n?")


def scalar_text(value: object, *, is_flow: bool = False) -> str:
    """Scalar on one line.

    Raises:
        MapError: E124 if YAML cannot hold the value.

    Examples:
        >>> [scalar_text(value) for value in ("20%", "no", -1.0, True, None, "Who? Me: yes")]
        ['20%', '"no"', '-1.0', 'true', 'null', '"Who? Me: yes"']
    """
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        text = repr(value)
        if isinstance(plain_value(text), (int, float)):
            return text
    if not isinstance(value, str) or SURROGATE.search(value):
        raise MapError(
            Problem(
                "E124",
                f"a {type(value).__name__} cannot be written: {value!r:.40}",
                hint="Use text, finite numbers, true, false, lists and mappings.",
            )
        )
    return value if _is_plain(value, is_flow=is_flow) else _quoted(value)


def _is_plain(text: str, *, is_flow: bool) -> bool:
    return (
        bool(text)
        and text[0] not in NEVER_FIRST
        and all(one.isprintable() or one in READABLE for one in text)
        and text == text.strip()
        and not NOT_TEXT.fullmatch(text)
        and not NOT_PLAIN.search(text)
        and not (is_flow and NOT_PLAIN_IN_FLOW.search(text))
    )


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        one if one.isprintable() or one in READABLE else _escaped(one) for one in quoted
    )


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - two lengths of escapes


def key_text(key: object) -> str:
    """Key of a mapping.

    Raises:
        MapError: E124 if it is not text or longer than 500 characters.

    Examples:
        >>> key_text("at_least"), key_text("on")
        ('at_least', '"on"')
    """
    if not isinstance(key, str) or len(key) > MAX_KEY_LENGTH:
        what = f"this cannot be a key: {key!r:.40}"
        hint = f"Use text of at most {MAX_KEY_LENGTH} characters."
        raise MapError(Problem("E124", what, hint=hint))
    return scalar_text(key, is_flow=True)


def flow_text(value: object) -> str:
    """Value on one line, in brackets and braces.

    Examples:
        >>> flow_text({"share": {"activity": "search*", "at_least": "20%"}})
        '{share: {activity: search*, at_least: 20%}}'
    """
    if isinstance(value, Mapping):
        entries = (f"{key_text(key)}: {flow_text(value[key])}" for key in value)
        return "{" + ", ".join(entries) + "}"
    if _is_list(value):
        return "[" + ", ".join(flow_text(item) for item in value) + "]"
    return scalar_text(value, is_flow=True)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def block_lines(value: object, indent: int) -> list[str]:
    """Lines of a mapping or list that is not empty, each indented by `indent` spaces.

    Raises:
        MapError: E124 if YAML cannot hold it.

    Examples:
        >>> block_lines({"id": "shop", "lanes": ["pains"]}, 0)
        ['id: shop', 'lanes:', '  - pains']
    """
    pad = " " * indent
    if isinstance(value, Mapping):
        lines = []
        for key, inner in value.items():
            rest = after_colon(inner, indent)
            lines += [f"{pad}{key_text(key)}:{rest[0]}", *rest[1:]]
        return lines
    items = value if _is_list(value) else ()
    return [line for item in items for line in item_lines(item, indent)]


def item_lines(item: object, indent: int) -> list[str]:
    """Lines of one list item, the first with its hyphen at `indent`.

    Examples:
        >>> item_lines({"lane": "pains", "text": "It is slow"}, 2)
        ['  - lane: pains', '    text: It is slow']
    """
    pad = " " * indent
    if isinstance(item, Mapping) and item:
        first, *rest = block_lines(item, indent + INDENT)
        return [f"{pad}- {first.lstrip(' ')}", *rest]
    if isinstance(item, str) and is_literal(item):
        head, *rest = literal_lines(item, indent + INDENT)
        return [f"{pad}- {head}", *rest]
    return [f"{pad}- {flow_text(item) if _is_list(item) else scalar_or_empty(item)}"]


def scalar_or_empty(value: object) -> str:
    """Scalar, or an empty collection, on one line."""
    if isinstance(value, Mapping) or _is_list(value):
        return flow_text(value)
    return scalar_text(value)


def after_colon(value: object, indent: int) -> list[str]:
    """What stands after ``key:`` — the rest of its line, then the lines below it.

    Args:
        value: The value.
        indent: Indentation of the key.

    Examples:
        >>> after_colon("Find", 0), after_colon(["a"], 0), after_colon([], 0)
        ([' Find'], ['', '  - a'], [' []'])
    """
    if (isinstance(value, Mapping) or _is_list(value)) and value:
        return ["", *block_lines(value, indent + INDENT)]
    if isinstance(value, str) and is_literal(value):
        head, *rest = literal_lines(value, indent + INDENT)
        return [f" {head}", *rest]
    return [f" {scalar_or_empty(value)}"]


def is_literal(text: str) -> bool:
    """Whether a text has several lines and can stand as it is below a ``|``."""
    return (
        "\n" in text
        and LITERAL.fullmatch(text) is not None
        and all(one.isprintable() or one in READABLE or one == "\n" for one in text)
    )


def literal_lines(text: str, indent: int) -> list[str]:
    r"""Block of a text with several lines: the sign, then its lines.

    Examples:
        >>> literal_lines("one\ntwo", 2)
        ['|-', '  one', '  two']
    """
    pad = " " * indent
    sign = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [sign, *(f"{pad}{line}" if line else "" for line in lines)]
