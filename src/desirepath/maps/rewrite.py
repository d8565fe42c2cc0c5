"""A changed map written into its old text: what did not change keeps every character, comments included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from desirepath.maps.base import Part
from desirepath.maps.matching import match, statement_ids
from desirepath.maps.model import JourneyMap, Statement, Step
from desirepath.maps.plain import field_names, is_default, plain
from desirepath.maps.refs import elements
from desirepath.maps.source import Node
from desirepath.maps.source_lines import SourceLines, reindented
from desirepath.maps.yaml_text import (
    after_colon,
    block_lines,
    flow_text,
    item_lines,
    key_text,
)

Edits = list[tuple[int, int, str]]  # start, end, new text; none overlapping


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a step or statement stands in the old text."""

    sequence: Node
    number: int
    part: Part


def rewritten(
    text: str, tree: Node, old: JourneyMap, new: JourneyMap, written_ids: frozenset[str]
) -> str:
    r"""The old text with the differences between two maps put in.

    Args:
        text: Text of the old map, with ``\n`` line ends.
        tree: Its tree.
        old: The old map, as read from the text.
        new: The new map.
        written_ids: Ids of statements of the new map that must stand in the text.
    """
    rewriter = _Rewriter(text, tree, old, written_ids)
    return rewriter.lines.applied(0, len(text), rewriter.part(tree, old, new))


def ids_in_text(tree: Node, journey: JourneyMap) -> frozenset[str]:
    """Ids of statements that stand in the text; the others are derived from the content."""
    return frozenset(
        part.id
        for element in elements(journey)
        if isinstance(part := element.part, Statement)
        and part.id
        and tree.at((*element.path, "id"))
    )


class _Rewriter:
    def __init__(
        self, text: str, tree: Node, old: JourneyMap, written_ids: frozenset[str]
    ) -> None:
        self.text = text
        self.lines = SourceLines(text)
        self.written_ids = written_ids
        self.homes = dict(_homes(tree, old))
        self.new_ids = written_ids - ids_in_text(tree, old)

    def is_same(self, old: object, new: object) -> bool:
        """Whether the text of a value can stay."""
        return old == new and not (self.new_ids and self.new_ids & statement_ids(new))

    def part(self, node: Node, old: Part, new: Part) -> Edits:
        """Edits that turn a mapping that holds a part into another."""
        edits: Edits = []
        removed: set[str] = set()
        added: dict[str, object] = {}
        names = node.names()
        for name in type(new).model_fields:
            before, after = getattr(old, name), getattr(new, name)
            if self.is_left_out(new, name, after):
                if name in names and before != after:
                    removed.add(name)
            elif name not in names:
                added[name] = after
            elif not self.is_same(before, after):
                edits += self.entry(node, names.index(name), before, after)
        return self.with_keys(node, edits, removed, added, new)

    def is_left_out(self, part: Part, name: str, value: object) -> bool:
        """Whether a key is not written because its value follows without it."""
        if isinstance(part, Statement) and name == "id":
            return value not in self.written_ids
        return is_default(part, name, value)

    def free(
        self, node: Node, old: Mapping[str, object], new: Mapping[str, object]
    ) -> Edits:
        """Edits that turn a mapping of free fields into another."""
        edits: Edits = []
        names = node.names()
        for name in names:
            if name in new and not self.is_same(old.get(name), new[name]):
                number = names.index(name)
                edits += self.entry(node, number, old.get(name), new[name])
        added = {name: value for name, value in new.items() if name not in names}
        return self.with_keys(node, edits, set(names) - set(new), added, new)

    def entry(self, node: Node, number: int, old: object, new: object) -> Edits:
        """Edits that give a key another value."""
        child, key = node.children[number], node.keys[number]
        inside = self.inside(child, old, new)
        if inside is not None:
            return inside
        data = plain(new, self.written_ids)
        space = "" if child.end > child.start else " "
        if node.is_flow:
            return [(child.start, child.end, space + flow_text(data))]
        first, *rest = after_colon(data, key.column)
        if child.line == key.line and not self.lines.has_break(child):
            end = self.lines.line_end(child.end)
            below = [(end, end, "".join(f"\n{line}" for line in rest))] if rest else []
            start = child.start if first else self.after_key(key)
            inline = f"{space}{first[1:]}" if first else ""
            return [(start, child.end, inline), *below]
        return [(self.after_key(key), child.end, "\n".join([first, *rest]))]

    def after_key(self, key: Node) -> int:
        """Index after the colon of a key."""
        return self.text.index(":", key.end) + 1

    def inside(self, node: Node, old: object, new: object) -> Edits | None:
        """Edits within a value; None where the value must be written anew."""
        if node.kind == "mapping":
            if isinstance(old, Part) and type(old) is type(new):
                return self.part(node, old, new)
            if isinstance(old, dict) and isinstance(new, dict):
                return self.free(node, old, new)
        if node.children and _is_list(old) and _is_list(new) and new:
            return self.items(node, old, new)
        return None

    def with_keys(
        self,
        node: Node,
        edits: Edits,
        removed: set[str],
        added: dict[str, object],
        new: Part | Mapping[str, object],
    ) -> Edits:
        """The edits, and those that take keys away and put keys in."""
        if not removed and not added:
            return edits
        names = node.names()
        kept = [name for name in names if name not in removed]
        if node.is_flow:
            return self.flow_anew(node, edits, kept, added)
        if names[0] in removed and not (kept and self.lines.starts_line(node.start)):
            lines = block_lines(plain(new, self.written_ids), node.column) or ["{}"]
            return [(node.start, node.end, "\n".join(lines).lstrip(" "))]
        order = field_names(type(new)) if isinstance(new, Part) else list(new)
        taken = [
            (*self.lines.entry_range(node, names.index(one)), "") for one in removed
        ]
        put = [
            self.new_key(node, names.index(_anchor(one, kept, order)), one, value)
            for one, value in added.items()
        ]
        return [*edits, *taken, *put]

    def new_key(
        self, node: Node, number: int, name: str, value: object
    ) -> tuple[int, int, str]:
        """Edit that puts a key below another one."""
        column = node.keys[0].column
        first, *rest = after_colon(plain(value, self.written_ids), column)
        end = self.lines.line_end(node.children[number].end)
        lines = [f"{' ' * column}{key_text(name)}:{first}", *rest]
        return end, end, "".join(f"\n{line}" for line in lines)

    def flow_anew(
        self, node: Node, edits: Edits, kept: list[str], added: dict[str, object]
    ) -> Edits:
        """Edit that writes a mapping in braces, its kept values as they were."""
        names = node.names()
        children = {name: node.children[names.index(name)] for name in kept}
        entries = [
            f"{key_text(name)}: {self.lines.applied(child.start, child.end, edits)}"
            for name, child in children.items()
        ]
        for name, value in added.items():
            data = plain(value, self.written_ids)
            entries.append(f"{key_text(name)}: {flow_text(data)}")
        return [(node.start, node.end, "{" + ", ".join(entries) + "}")]

    def items(self, node: Node, old: Sequence[object], new: Sequence[object]) -> Edits:
        """Edits that turn a list into another; items are recognized by their ids."""
        pairs = match(old, new)
        edits: list[Edits] = []
        for number, item in zip(pairs, new, strict=True):
            is_same = number is None or self.is_same(old[number], item)
            edits.append(
                [] if is_same else self.item(node, number or 0, old[number or 0], item)
            )
        if pairs == list(range(len(old))):
            return [edit for some in edits for edit in some]
        if node.is_flow or not self.lines.starts_line(node.start):
            return [(node.start, node.end, self.list_anew(node, pairs, edits, new))]
        start, end = self.lines.list_range(node)
        chunks = [
            self.new_item(node, item)
            if number is None
            else self.lines.applied(*self.lines.item_range(node, number), some)
            for number, some, item in zip(pairs, edits, new, strict=True)
        ]
        joined = "".join(
            chunk if chunk.endswith("\n") else chunk + "\n" for chunk in chunks
        )
        return [
            (start, end, joined if self.text[start:end].endswith("\n") else joined[:-1])
        ]

    def item(self, node: Node, number: int, old: object, new: object) -> Edits:
        """Edits that give a list item another value."""
        child = node.children[number]
        inside = self.inside(child, old, new)
        if inside is not None:
            return inside
        data = plain(new, self.written_ids)
        if node.is_flow or not self.lines.starts_line(node.start):
            return [(child.start, child.end, flow_text(data))]
        start = self.lines.hyphen(node, number)
        lines = "\n".join(item_lines(data, node.column))
        return [(start, child.end, lines.lstrip(" "))]

    def list_anew(
        self,
        node: Node,
        pairs: list[int | None],
        edits: list[Edits],
        new: Sequence[object],
    ) -> str:
        """A list on one line, its kept items as they were."""
        texts = []
        for number, some, item in zip(pairs, edits, new, strict=True):
            if number is None or not node.is_flow:
                texts.append(flow_text(plain(item, self.written_ids)))
            else:
                child = node.children[number]
                texts.append(self.lines.applied(child.start, child.end, some))
        return "[" + ", ".join(texts) + "]"

    def new_item(self, node: Node, item: object) -> str:
        """Text of an item that was not in this list; one that moved here brings its text along."""
        home = self.homes.get((type(item).__name__, getattr(item, "id", None) or ""))
        if home and isinstance(item, Part):
            place = self.lines.item_range(home.sequence, home.number)
            is_same = self.is_same(home.part, item)
            edits = (
                []
                if is_same
                else self.item(home.sequence, home.number, home.part, item)
            )
            chunk = self.lines.applied(*place, edits)
            return reindented(chunk, node.column - home.sequence.column)
        data = plain(item, self.written_ids)
        if isinstance(data, dict) and all(one.is_flow for one in node.children):
            return f"{' ' * node.column}- {flow_text(data)}\n"
        return "\n".join(item_lines(data, node.column)) + "\n"


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, (tuple, list))


def _anchor(name: str, kept: list[str], order: list[str]) -> str:
    """Key of the text below which a new key belongs: the nearest that comes before it in order."""
    before = [one for one in order[: order.index(name)] if one in kept]
    return before[-1] if before else kept[0]


def _homes(tree: Node, old: JourneyMap) -> Iterator[tuple[tuple[str, str], _Home]]:
    for element in elements(old):
        part, place = element.part, element.path
        if not isinstance(part, (Step, Statement)) or part.id is None:
            continue
        sequence = tree.at(place[:-1])
        if sequence and not sequence.is_flow:
            yield (type(part).__name__, part.id), _Home(sequence, int(place[-1]), part)
