"""Families: activities told apart only by a product, a number or a page, joined by how their names begin or end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.events.patterns import pattern_regex
from desirepath.events.sequences import BoolArray, IntArray

MIN_MEMBERS = 5
MAX_TRIED = 60
# From one letter on to the first sign that parts words, or to the first digit.
HEAD = re.compile(r"^\W?[^\W\d_]+(?:[\s_\-:/.#=|]+|(?=\d))")
TAIL = re.compile(r"(?:[\s_\-:/.#=|]+|(?<=\d))[^\W\d_]+$")


@dataclass(frozen=True, slots=True)
class Family:
    """Activities under one name.

    Attributes:
        pattern: Shell-style pattern that means all of them and nothing else.
        members: int64[k], their numbers.
    """

    pattern: str
    members: IntArray


def find_families(
    names: Sequence[str], is_rare: BoolArray, weights: IntArray
) -> tuple[Family, ...]:
    """Families among rare activities, those with most events first.

    Each has at least five members, and its pattern means no activity that is not rare.

    Args:
        names: All activities.
        is_rare: bool[n], those that may be joined.
        weights: int64[n], events of each.

    Examples:
        >>> names = [*(f"view lamp-{n}" for n in range(9)), "pay"]
        >>> (one,) = find_families(names, np.arange(10) < 9, np.ones(10, dtype=int))
        >>> one.pattern, len(one.members)
        ('view *', 9)
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number in np.flatnonzero(is_rare).tolist():
        name = names[number]
        if "*" in name or "?" in name:  # would mean more than itself in a pattern
            continue
        if head := HEAD.match(name):
            groups[f"{head.group()}*"].append(number)
        if tail := TAIL.search(name):
            groups[f"*{tail.group()}"].append(number)
    large = [one for one, members in groups.items() if len(members) >= MIN_MEMBERS]
    large.sort(key=lambda one: (-int(weights[groups[one]].sum()), one))
    free = np.array(is_rare)
    found = []
    for pattern in large[:MAX_TRIED]:
        means = pattern_regex(pattern).fullmatch
        members = np.array([at for at, name in enumerate(names) if means(name)])
        if free[members].all():
            free[members] = False
            found.append(Family(pattern, members))
    return tuple(found)
