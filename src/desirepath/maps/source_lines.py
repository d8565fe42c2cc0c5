"""Lines of a text that belong to the entries of a mapping or the items of a list."""

from __future__ import annotations

from collections.abc import Iterable

from desirepath.maps.source import Node


class SourceLines:
    """Answers where an entry starts and ends, comments above it included."""

    def __init__(self, text: str) -> None:
        self.text = text

    def applied(
        self, start: int, end: int, edits: Iterable[tuple[int, int, str]]
    ) -> str:
        """Text between two places with those edits put in that lie between them.

        Examples:
            >>> SourceLines("name: Find").applied(0, 10, [(6, 10, "Search")])
            'name: Search'
        """
        pieces, last = [], start
        for first, after, new in sorted(edits, key=lambda edit: edit[0]):
            if start <= first and after <= end:
                pieces += [self.text[last:first], new]
                last = after
        return "".join([*pieces, self.text[last:end]])

    def line_start(self, index: int) -> int:
        """Index of the first character of a line."""
        return self.text.rfind("\n", 0, index) + 1

    def line_end(self, index: int) -> int:
        """Index after the last character of a line, before its line end."""
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end

    def starts_line(self, index: int) -> bool:
        """Whether only spaces stand before a place in its line."""
        return not self.text[self.line_start(index) : index].strip(" ")

    def has_break(self, node: Node) -> bool:
        """Whether a value goes over more than one line."""
        return "\n" in self.text[node.start : node.end]

    def entry_range(self, node: Node, number: int) -> tuple[int, int]:
        """Start and end of the lines of a key and its value."""
        start = self.line_start(node.keys[number].start)
        if number:
            start = self._with_comments(start)
        if number + 1 < len(node.keys):
            return start, self._with_comments(
                self.line_start(node.keys[number + 1].start)
            )
        return start, self._after_line(node.children[number].end)

    def item_range(self, node: Node, number: int) -> tuple[int, int]:
        """Start and end of the lines of a list item."""
        start = self._with_comments(self.line_start(self.hyphen(node, number)))
        if number + 1 < len(node.children):
            following = self.line_start(self.hyphen(node, number + 1))
            return start, self._with_comments(following)
        return start, self._after_line(node.children[number].end)

    def list_range(self, node: Node) -> tuple[int, int]:
        """Start and end of the lines of a whole list."""
        return self.item_range(node, 0)[0], self.item_range(
            node, len(node.children) - 1
        )[1]

    def hyphen(self, node: Node, number: int) -> int:
        """Index of the hyphen of a list item."""
        start = self.line_start(node.children[number].start)
        while not (
            self.text.startswith("-", start + node.column)
            and self.starts_line(start + node.column)
        ):
            start = self.line_start(start - 1)
        return start + node.column

    def _after_line(self, index: int) -> int:
        return min(self.line_end(index) + 1, len(self.text))

    def _with_comments(self, start: int) -> int:
        """Start of the comment lines directly above a line."""
        while start:
            above = self.line_start(start - 1)
            if not self.text[above:start].lstrip(" ").startswith("#"):
                break
            start = above
        return start


def reindented(lines: str, columns: int) -> str:
    r"""Lines moved to the right, or to the left where the number is negative.

    Examples:
        >>> reindented("- id: a\n  name: A\n", 2)
        '  - id: a\n    name: A\n'
    """
    pad = " " * max(columns, 0)
    return "\n".join(
        line and f"{pad}{line[_removable(line, -columns) :]}"
        for line in lines.split("\n")  # splitlines would split within quotes
    )


def _removable(line: str, wanted: int) -> int:
    return max(0, min(wanted, len(line) - len(line.lstrip(" "))))
