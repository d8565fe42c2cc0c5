"""The page on lint rules, from their docstrings."""

from __future__ import annotations

import re
from importlib.util import find_spec

from generators.docstring import markdown

INTRO = """# Lint rules

`desirepath lint MAP` names what is missing or unclear in a map.
Errors and warnings end the command with exit code 1, hints do not.
"""


def page() -> str:
    """Markdown of every rule in its order."""
    if find_spec("desirepath.maps.lint") is None:
        return INTRO
    return INTRO + "".join(_section(rule) for rule in rules())


def rules() -> list[object]:
    """All rules, in their order."""
    from desirepath.maps import lint  # noqa: PLC0415 - the package may be absent in a partial checkout

    return list(lint.RULES)


def _section(rule: object) -> str:
    code = getattr(rule, "code", "")
    severity = getattr(rule, "severity", "")
    title = getattr(rule, "title", "") or re.sub(
        r"[_-]", " ", getattr(rule, "name", "")
    )
    heading = f"{code} {title}".strip()
    return f"\n## {heading}\n\n*{severity}*\n\n{markdown(rule.__doc__)}\n"
