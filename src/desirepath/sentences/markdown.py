"""Text that stays text in Markdown: whatever people wrote becomes no mark, no link, no picture and no HTML."""

from __future__ import annotations

import re

# Letters that mark something wherever they stand; between letters of a word "_" does not.
MARKS = re.compile(r"[\\`*\[\]<|~#$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What programs make a link of by themselves.
LINK = re.compile(r":(?=//)|(?<=\bwww)\.", re.IGNORECASE)
# What begins an entry of a list or draws a line, where it stands first.
FIRST = re.compile(r"^(?:>|[-+=](?=[\s=-]|$)|\d+(?P<dot>[.)])(?=\s|$))")
TICKS = re.compile(r"`+")


def in_markdown(text: str) -> str:
    r"""A text as one line of Markdown that shows it as it is.

    Examples:
        >>> print(in_markdown("<b> [x](javascript:alert(1)) of *all*"))
        \<b> \[x\](javascript:alert(1)) of \*all\*
        >>> print(in_markdown("add_to_cart, -2.5 to 3 | http://example.org"))
        add_to_cart, -2.5 to 3 \| http\://example.org
        >>> print(in_markdown("- 1"), in_markdown("1. x"))
        \- 1 1\. x
    """
    line = MARKS.sub(r"\\\g<0>", " ".join(text.split()))
    line = LINK.sub(r"\\\g<0>", line)
    first = FIRST.match(line)
    if first is None:
        return line
    at = first.start("dot") if first["dot"] else 0
    return f"{line[:at]}\\{line[at:]}"


def in_code(text: str) -> str:
    """A text as code in Markdown, whatever ticks are in it.

    Examples:
        >>> print(in_code("pay"), in_code("a`b"), in_code("`"))
        `pay` ``a`b`` `` ` ``
    """
    line = " ".join(text.split())
    longest = max((len(one) for one in TICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{edge}{line}{edge}{fence}"
