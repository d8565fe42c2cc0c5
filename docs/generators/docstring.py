"""Google docstrings as Markdown. Understands the sections this project uses."""

from __future__ import annotations

import inspect
import re

TABLES = ("Args", "Attributes", "Raises")
SECTIONS = (*TABLES, "Returns", "Examples", "References")
INDENT = 4


def markdown(docstring: str | None) -> str:
    """Markdown of a docstring, sections with bold titles.

    Examples:
        >>> print(markdown("Sum of two.\\n\\nArgs:\\n    a: One.\\n    b: Two.\\n        And more."))
        Sum of two.
        <BLANKLINE>
        **Args**
        <BLANKLINE>
        - `a`: One.
        - `b`: Two. And more.
    """
    text = inspect.cleandoc(docstring or "")
    parts = re.split(rf"^({'|'.join(SECTIONS)}):\n", text, flags=re.MULTILINE)
    blocks = [_prose(parts[0])]
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        inner = inspect.cleandoc("\n" + body)
        if title == "Examples":
            blocks.append(f"```python\n{inner}\n```")
        elif title in TABLES:
            blocks.append(f"**{title}**\n\n{_entries(inner)}")
        else:
            blocks.append(f"**{title}**\n\n{_prose(inner)}")
    return "\n\n".join(block for block in blocks if block)


def first_line(docstring: str | None) -> str:
    """First line of a docstring, ready for a table cell."""
    lines = inspect.cleandoc(docstring or "").split("\n\n")[0].split("\n")
    return cell(" ".join(lines))


def cell(text: str) -> str:
    """Text that may stand in a cell of a table."""
    return re.sub(r"\s+", " ", text.replace("``", "`")).replace("|", "\\|").strip()


def _prose(text: str) -> str:
    """Paragraphs with reST literals as Markdown ones."""
    return text.strip().replace("``", "`").replace("|", "\\|")


def _entries(text: str) -> str:
    """Entries ``name: text`` with continuation lines as a list."""
    rows: list[str] = []
    for line in text.splitlines():
        if line.startswith(" " * INDENT) or not line.strip():
            rows[-1] = f"{rows[-1]} {line.strip()}".strip()
        else:
            name, _, rest = line.partition(":")
            rows.append(f"- `{name.strip()}`: {rest.strip()}")
    return _prose("\n".join(rows))
