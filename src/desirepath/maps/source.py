"""A map file as a tree of values with their places in the text. Knows no model and opens no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NoReturn

from desirepath.errors import MapError, Problem
from desirepath.maps.refs import Path, dotted

MAX_DEPTH = 40
SURROGATE = re.compile("[\ud800-\udfff]")

Scalar = str | int | float | bool | None
Kind = Literal["scalar", "mapping", "sequence"]


@dataclass(slots=True)
class Node:
    """A value and where it stands in the text.

    Attributes:
        kind: scalar, mapping or sequence.
        start: Index of its first character.
        end: Index after its last character; trailing comments and line ends do not belong to it.
        line: Line it starts on, from 1.
        column: Column it starts in, from 0.
        is_flow: Written in brackets or braces.
        style: Quote or block sign of a scalar, else "".
        value: Value of a scalar, resolved by YAML 1.2; dates stay text.
        keys: Keys of a mapping, in order.
        children: Values of a mapping or items of a sequence, in order.
    """

    kind: Kind
    start: int
    end: int
    line: int
    column: int
    is_flow: bool = False
    style: str = ""
    value: Scalar = None
    keys: list[Node] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def names(self) -> list[str]:
        """Keys of a mapping as text."""
        return [str(key.value) for key in self.keys]

    def entries(self) -> Iterator[tuple[str | int, Node]]:
        """Keys or positions with their values."""
        yield from zip(
            self.names() if self.kind == "mapping" else range(len(self.children)),
            self.children,
            strict=True,
        )

    def data(self) -> object:
        """Plain data: dicts, lists and scalars."""
        if self.kind == "mapping":
            return {
                name: child.data()
                for name, child in zip(self.names(), self.children, strict=True)
            }
        if self.kind == "sequence":
            return [child.data() for child in self.children]
        return self.value

    def at(self, path: Path) -> Node | None:
        """The value at a path, None where there is none."""
        node: Node | None = self
        for key in path:
            node = dict(node.entries()).get(key) if node else None
        return node

    def line_at(self, path: Path) -> int:
        """Line of the element at a path, or of the nearest one above it that is in the text."""
        node, line = self, self.line
        for key in path:
            names = [name for name, _ in node.entries()]
            if key not in names:
                break
            number = names.index(key)
            line = (node.keys or node.children)[number].line
            node = node.children[number]
        return line


def place(name: str, line: int | None = None, path: Path = ()) -> str:
    """Place as a person finds it.

    Examples:
        >>> place("shop.yaml", 48, ("stages", 0, "name"))
        'shop.yaml:48 stages[0].name'
    """
    where = name if line is None else f"{name}:{line}"
    return f"{where} {dotted(path)}".rstrip()


class TreeBuilder:
    """Puts nodes together in document order; the open collections lie on a stack, so depth costs no recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.top: Node | None = None
        self._open: list[Node] = []
        self._key: list[Node | None] = []
        self._seen: list[set[str]] = []

    def expects_key(self) -> bool:
        """Whether the next scalar is a key."""
        return (
            bool(self._open)
            and self._open[-1].kind == "mapping"
            and self._key[-1] is None
        )

    def add(self, node: Node) -> None:
        """Put a node into the innermost open collection and open it if it is one.

        Raises:
            MapError: E102 half a character, E104 a key that is no text, E107 depth, E108 duplicate key.
        """
        if isinstance(node.value, str) and SURROGATE.search(node.value):
            what = "the text holds half a character (a lone surrogate)"
            self.stop("E102", node.line, what, "Write the character itself.")
        if self.expects_key():
            self._add_key(node)
            return
        if self._open:
            self._open[-1].children.append(node)
            self._key[-1] = None
        else:
            self.top = node
        if node.kind != "scalar":
            self._descend(node)

    def _add_key(self, node: Node) -> None:
        if node.kind != "scalar":
            hint = "Write a name before the colon; put text with brackets in quotes."
            self.stop("E104", node.line, "a key is a list or a mapping", hint)
        name = str(node.value)
        if name in self._seen[-1]:
            self.stop(
                "E108", node.line, f'"{name}" is given twice', "Keep one of the two."
            )
        self._seen[-1].add(name)
        self._open[-1].keys.append(node)
        self._key[-1] = node

    def _descend(self, node: Node) -> None:
        if len(self._open) >= MAX_DEPTH:
            hint = "A map needs about eight levels; look for a bracket or an indentation too much."
            self.stop(
                "E107", node.line, f"nested more than {MAX_DEPTH} levels deep", hint
            )
        self._open.append(node)
        self._key.append(None)
        self._seen.append(set())

    def close(self) -> Node:
        """Close the innermost collection and give it."""
        self._key.pop()
        self._seen.pop()
        return self._open.pop()

    def stop(self, code: str, line: int, what: str, hint: str) -> NoReturn:
        """Refuse the text."""
        raise MapError(Problem(code, what, place(self.name, line), hint))

    def finish(self) -> Node:
        """The whole tree.

        Raises:
            MapError: E109 if it is not one mapping.
        """
        top = self.top
        if top is not None and top.kind == "mapping":
            return top
        kind = "nothing" if top is None or top.value is None else "plain text"
        kind = "a list" if top is not None and top.kind == "sequence" else kind
        what = f"expected a map of keys and values, found {kind}"
        hint = "Start with: format: desirepath/map/1"
        raise MapError(Problem("E109", what, self.name, hint))
