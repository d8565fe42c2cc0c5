"""The page on lint rules, from their docstrings."""

from __future__ import annotations

import sys

from desirepath.maps.lint import RULES, Rule
from generators.docstring import markdown

INTRO = """# Lint rules

`desirepath lint MAP` names what is missing or unclear in a map.
Errors and warnings end the command with exit code 1, hints do not.
"""


def page() -> str:
    """Markdown of every rule in order of its code."""
    return INTRO + "".join(_section(one) for one in sorted(RULES, key=lambda r: r.code))


def _section(rule: Rule) -> str:
    """Code and title from the module's docstring, text from that of the class."""
    module = (sys.modules[type(rule).__module__].__doc__ or "").strip().splitlines()[0]
    title = module.partition(":")[2].strip().rstrip(".") or type(rule).__name__
    heading = f"## {rule.code} {title[0].upper()}{title[1:]}"
    return f"\n{heading}\n\n*{rule.severity}*\n\n{markdown(rule.__doc__)}\n"
