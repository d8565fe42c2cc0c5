r"""Names of activities without queries and ids, by rules that every engine can follow. Text only.

Each rule uses what all engines read alike: classes of characters, counts, groups; no look-ahead, no
classes by name. Engines apply the rules where the events are; `plain_name` says what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desirepath.events.pages import ANY

TRIED = 2_000
FEWER_SHARE = 0.5

_HEX = "[0-9a-fA-F]"
_UUID = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_MAIL = "[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}"
# the sign for what was taken out is no border, so that reading the result again changes nothing
_HASH = (f"(^|[^0-9A-Za-z*]){_HEX}{{8,}}($|[^0-9A-Za-z*])", rf"\1{ANY}\2")
_NUMBER_AS_PART = ("/[0-9]{3,}(/|$)", rf"/{ANY}\1")

# patterns and what takes the place of all that fits, in order; "$" is the end of the whole name.
# Two rules stand twice: neighbors that fit share the character between them.
PLAIN: tuple[tuple[str, str], ...] = (
    # the query and the fragment of a page, but not a route after "#/"
    ("(?s)^((https?:/)?/[^#]*)#([^/!].*)?$", r"\1"),
    ("(?s)^((https?:/)?/[^?#]*)[?][^#]*", r"\1"),
    ("(?s)^((https?:/)?/[^?]*)[?].*$", r"\1"),
    (_MAIL, ANY),
    (_UUID, ANY),
    _HASH,
    _HASH,
    ("[0-9]{5,}", ANY),
    _NUMBER_AS_PART,
    _NUMBER_AS_PART,
    ("[*][*]+", ANY),
)
_COMPILED = tuple(
    (re.compile(pattern.replace("$", r"\Z")), put) for pattern, put in PLAIN
)


def plain_name(name: str) -> str:
    """Name without the query of a page, with ``*`` in place of ids.

    Ids are e-mail addresses, UUIDs, hexadecimal texts of eight characters or more, numbers of five
    digits or more, and numbers of three digits or more between two slashes.

    Examples:
        >>> plain_name("https://shop.example/product/123/reviews?page=2")
        'https://shop.example/product/*/reviews'
        >>> plain_name("order 20418 sent"), plain_name("step 2"), plain_name("Really? Yes")
        ('order * sent', 'step 2', 'Really? Yes')
    """
    for pattern, put in _COMPILED:
        name = pattern.sub(put, name)
    return name


def differ_in_ids(names: Sequence[str]) -> bool:
    """True where plain names are fewer than half as many; of many names some are tried.

    Examples:
        >>> differ_in_ids([f"/p/{number}" for number in range(100, 200)]), differ_in_ids(["a", "b"])
        (True, False)
    """
    tried = set(names[:: max(1, len(names) // TRIED)])
    return len({plain_name(name) for name in tried}) < FEWER_SHARE * len(tried)
