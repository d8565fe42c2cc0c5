"""YAML text as a tree; refuses what a map never needs and a hostile file is made of."""

from __future__ import annotations

import math
import re
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from desirepath.errors import MapError, Problem
from desirepath.maps.source import Kind, Node, Scalar, TreeBuilder, place

MAX_DIGITS = 100
NULL = re.compile(r"~|null|Null|NULL|")
BOOL = {"true": True, "True": True, "TRUE": True} | dict.fromkeys(
    ("false", "False", "FALSE"), False
)
INTEGER = re.compile(r"[-+]?[0-9]+")
OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NO_VALUE = re.compile(r"(?:\s|#[^\n]*\n)*[-:]?")
BREAK_IN_VALUE = "mapping values are not allowed"


def parse_yaml(text: str, name: str) -> Node:
    r"""Tree of a YAML text that holds one mapping.

    Built from parser events in one pass, so that a text which grows when it is resolved or
    nests without end is refused before it costs time or memory.

    Args:
        text: The text, without a byte order mark, with ``\n`` line ends.
        name: Name of the file, for messages.

    Raises:
        MapError: E102 half a character, E104 syntax, E105 anchors, E106 tags, E107 depth,
            E108 duplicate keys, E109 not one mapping.

    Examples:
        >>> parse_yaml("id: shop\nlanes: [pains]", "shop.yaml").data()
        {'id': 'shop', 'lanes': ['pains']}
    """
    reader = _Reader(text, name)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            reader.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _stop_at_syntax(name, mark.line + 1 if mark else 1, error, text)
    except YAMLError as error:  # a character that YAML does not allow
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        _stop_at_syntax(name, line, error, text)
    return reader.tree.finish()


def _stop_at_syntax(name: str, line: int, error: YAMLError, text: str) -> NoReturn:
    """Say in one sentence what the parser says in six lines."""
    said = getattr(error, "problem", None) or getattr(error, "reason", None)
    what = f"this is not valid YAML: {said or 'unreadable text'}"
    hint = "Compare the indentation and the quotes with the lines above."
    lines = text.split("\n")
    if "\t" in lines[min(line, len(lines)) - 1]:
        what, hint = "a tab stands where spaces belong", "Indent with spaces."
    elif BREAK_IN_VALUE in what:
        hint = 'Put text that contains ": " in quotes, or mend the indentation.'
    raise MapError(Problem("E104", what, place(name, line), hint)) from error


class _Reader:
    """Turns parser events into nodes with exact places."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.tree = TreeBuilder(name)
        self.last = 0  # index after the last character that belongs to a node
        self.documents = 0

    def take(self, event: Event) -> None:
        """Add one event to the tree."""
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                what = "expected one document, found several"
                self.stop("E109", event, what, "Write each map into its own file.")
        elif isinstance(event, NodeEvent):
            self.refuse(event)
            self.tree.add(self.node(event))
        elif isinstance(event, CollectionEndEvent):
            node = self.tree.close()
            node.end = event.end_mark.index if node.is_flow else self.last
            self.last = max(self.last, node.end)

    def refuse(self, event: NodeEvent) -> None:
        """Stop at anchors, aliases and tags."""
        if isinstance(event, AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            what = f'anchors and aliases are not allowed, found "{sign}{event.anchor}"'
            hint = f'Write it out, or put text that starts with "{sign}" in quotes.'
            self.stop("E105", event, what, hint)
        tag = getattr(event, "tag", None)
        if tag is not None:
            what = f'tags are not allowed, found "{tag}"'
            hint = 'Leave the tag out, or put text that starts with "!" in quotes.'
            self.stop("E106", event, what, hint)

    def stop(self, code: str, event: Event, what: str, hint: str) -> NoReturn:
        """Refuse the text at the line of the event."""
        self.tree.stop(code, event.start_mark.line + 1, what, hint)

    def node(self, event: NodeEvent) -> Node:
        """Node of a scalar or of the start of a collection."""
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        mark, end = event.start_mark, event.end_mark.index
        kind: Kind = "mapping" if isinstance(event, MappingStartEvent) else "sequence"
        flow = isinstance(event, CollectionStartEvent) and bool(event.flow_style)
        self.last = max(self.last, end if flow else mark.index)
        return Node(kind, mark.index, end, mark.line + 1, mark.column, is_flow=flow)

    def scalar(self, event: ScalarEvent) -> Node:
        """Node of a scalar; one without text stands right after its colon or hyphen."""
        mark, style = event.start_mark, event.style or ""
        start, end, line = mark.index, event.end_mark.index, mark.line + 1
        if style in {"|", ">"}:
            end = start + len(self.text[start:end].rstrip())
        elif start == end:
            gap = NO_VALUE.match(self.text, self.last)
            start = end = gap.end() if gap else start
            line = self.text.count("\n", 0, start) + 1
        value: Scalar = event.value
        if not style and not self.tree.expects_key():
            value = plain_value(event.value)
        self.last = end
        return Node("scalar", start, end, line, mark.column, style=style, value=value)


def plain_value(text: str) -> Scalar:
    """Value of an unquoted scalar by the YAML 1.2 core schema; dates, yes and no stay text.

    Examples:
        >>> [plain_value(text) for text in ("20%", "-1", "0.5", "true", "no", "2026-03-02", "~")]
        ['20%', -1, 0.5, True, 'no', '2026-03-02', None]
    """
    if NULL.fullmatch(text):
        return None
    if text in BOOL:
        return BOOL[text]
    if len(text) > MAX_DIGITS:
        return text
    if INTEGER.fullmatch(text) or OCTAL_OR_HEX.fullmatch(text):
        return int(text) if INTEGER.fullmatch(text) else int(text, 0)
    number = float(text) if FLOAT.fullmatch(text) else math.inf
    return number if math.isfinite(number) else text
