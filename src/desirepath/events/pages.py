"""Names of activities with what differs from one customer to the next taken out: ids, numbers, queries. Text only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ANY = "*"
MANY_CHILDREN = 20
FEW_NUMBERS = 5
ID_DIGITS = 3
SAME_BUT_NUMBERS = 10

_ID = re.compile(
    r"""[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}   # uuid
    |[^\s@/]+@[^\s@/]+\.\w+                                            # e-mail
    |(?<![0-9a-z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}(?![0-9a-z])  # hash
    |\d{5,}                                                            # long number
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"\d+")
_STARS = re.compile(r"\*(?:[^\w/]*\*)+")


@dataclass(frozen=True, slots=True)
class Page:
    """A URL or path, taken apart.

    Attributes:
        prefix: Scheme and host, "" for a path.
        parts: Parts of the path between slashes.
        rest: Query and fragment with their mark.
    """

    prefix: str
    parts: tuple[str, ...]
    rest: str


def read_page(name: str) -> Page | None:
    """A name as a page; None if it is neither a URL nor a path.

    Examples:
        >>> read_page("/product/12?x=y").parts
        ('product', '12')
        >>> read_page("https://shop.example/cart/").prefix
        'https://shop.example'
        >>> read_page("add to cart") is None
        True
    """
    found = re.fullmatch(
        r"(?P<prefix>https?://[^/?#\s]+)?(?P<path>/[^?#\s]*)?(?P<rest>[?#]\S*)?",
        name,
        re.IGNORECASE,
    )
    if found is None or not (found["prefix"] or found["path"]):
        return None
    parts = tuple(part for part in (found["path"] or "").split("/") if part)
    return Page((found["prefix"] or "").lower(), parts, found["rest"] or "")


def page_names(names: Iterable[str]) -> Mapping[str, str]:
    """Page by name, for the names that are URLs or paths.

    Ids and numbers become ``*``, and so do the parts below a page that has more than 20 of them.
    Queries go; so does the host where there is only one.

    Examples:
        >>> page_names(["/product/123?x=y", "/product/4567", "/cart?step=2"])["/product/123?x=y"]
        '/product/*'
    """
    pages = {name: page for name in names if (page := read_page(name)) is not None}
    hosts = {page.prefix for page in pages.values() if page.prefix}
    is_one_host = len(hosts) <= 1
    plain: dict[str, tuple[str, ...]] = dict.fromkeys(pages, ())
    deepest = max((len(page.parts) for page in pages.values()), default=0)
    for depth in range(deepest):
        _name_depth(pages, plain, depth)
    return {
        name: ("" if is_one_host else pages[name].prefix) + "/" + "/".join(parts)
        for name, parts in plain.items()
    }


def _name_depth(
    pages: Mapping[str, Page], plain: dict[str, tuple[str, ...]], depth: int
) -> None:
    """Add the part at one depth to each name; what varies too much becomes ``*``."""
    children: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for name, page in pages.items():
        if depth < len(page.parts):
            children[page.prefix, plain[name]].add(page.parts[depth])
    is_varied = {parent: _numbers_vary(parts) for parent, parts in children.items()}
    for name, page in pages.items():
        if depth >= len(page.parts):
            continue
        parent, part = (page.prefix, plain[name]), page.parts[depth]
        # the pages directly below the root are the sections of a site and keep their names
        is_slug = depth > 0 and len(children[parent]) > MANY_CHILDREN
        is_number = part.isdigit() and is_varied[parent]
        shown = ANY if is_slug or is_number else without_ids(part)
        plain[name] = (*plain[name], shown)


def _numbers_vary(parts: Iterable[str]) -> bool:
    """True if the numbers among the parts are ids: long, or many."""
    numbers = [part for part in parts if part.isdigit()]
    return len(numbers) >= FEW_NUMBERS or any(len(one) >= ID_DIGITS for one in numbers)


def without_ids(name: str) -> str:
    """Name with ``*`` in place of uuids, hashes, e-mail addresses and numbers of five digits or more.

    Examples:
        >>> without_ids("order 20418 sent"), without_ids("step 2")
        ('order * sent', 'step 2')
    """
    return _STARS.sub(ANY, _ID.sub(ANY, name))


def id_names(names: Iterable[str]) -> Mapping[str, str]:
    """Name without ids by name, for names that hold some.

    Shorter numbers are ids as well where ten or more names differ in them alone.

    Examples:
        >>> id_names(["order 20418", "order 20419", "step 2"])
        {'order 20418': 'order *', 'order 20419': 'order *'}
    """
    plain = {name: without_ids(name) for name in names}
    alike: dict[str, set[str]] = defaultdict(set)
    for name, shown in plain.items():
        alike[_NUMBER.sub(ANY, shown)].add(name)
    many = {
        skeleton for skeleton, group in alike.items() if len(group) >= SAME_BUT_NUMBERS
    }
    found = {}
    for name, shown in plain.items():
        skeleton = _NUMBER.sub(ANY, shown)
        best = _STARS.sub(ANY, skeleton) if skeleton in many else shown
        if best not in (name, ANY):
            found[name] = best
    return found
