"""JSON text as a tree with places."""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from desirepath.errors import MapError, Problem
from desirepath.maps.source import MAX_DEPTH, Kind, Node, TreeBuilder, place

TOKEN = re.compile(
    r'[{}\[\]]|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null'
)
OPEN: dict[str, Kind] = {"{": "mapping", "[": "sequence"}
CLOSE = frozenset("}]")


def parse_json(text: str, name: str) -> Node:
    """Tree of a JSON text that holds one object.

    Raises:
        MapError: E102 half a character, E104 syntax, E107 depth, E108 duplicate keys,
            E109 not one object.

    Examples:
        >>> parse_json('{"id": "shop", "lanes": ["pains"]}', "shop.json").data()
        {'id': 'shop', 'lanes': ['pains']}
    """
    if not text.strip():
        return TreeBuilder(name).finish()
    _refuse_syntax(text, name)
    tree = TreeBuilder(name)
    line, last = 1, 0
    for token in TOKEN.finditer(text):  # valid by now, so that tokens are all there is
        line += text.count("\n", last, token.start())
        last = token.start()
        if token[0] in CLOSE:
            tree.close().end = token.end()
        else:
            tree.add(_node(token, line, text))
    return tree.finish()


def _node(token: re.Match[str], line: int, text: str) -> Node:
    start, end = token.span()
    column = start - text.rfind("\n", 0, start) - 1
    if token[0] in OPEN:
        return Node(OPEN[token[0]], start, end, line, column, is_flow=True)
    style = '"' if token[0].startswith('"') else ""
    value = json.loads(token[0])
    return Node("scalar", start, end, line, column, style=style, value=value)


def _refuse_syntax(text: str, name: str) -> None:
    def refuse(number: str) -> NoReturn:
        what = f"this is not valid JSON: {number} is not a number a map can hold"
        raise MapError(Problem("E104", what, name, "Write a finite number."))

    def finite(number: str) -> float:
        value = float(number)
        return value if math.isfinite(value) else refuse(number)

    try:
        json.loads(text, parse_constant=refuse, parse_float=finite)
    except json.JSONDecodeError as error:
        what = f"this is not valid JSON: {error.msg}"
        hint = "Look for a missing comma, quote or bracket here or just before."
        raise MapError(
            Problem("E104", what, place(name, error.lineno), hint)
        ) from error
    except RecursionError as error:
        what = f"nested more than {MAX_DEPTH} levels deep"
        raise MapError(
            Problem("E107", what, name, "A map needs about eight levels.")
        ) from error
    except ValueError:  # more digits than Python converts
        refuse("one with thousands of digits")
