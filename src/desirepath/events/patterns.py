"""Shell-style patterns on activities and channels: which codes they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from desirepath.events.sequences import BoolArray


def pattern_regex(pattern: str) -> re.Pattern[str]:
    r"""Compiled form of a pattern: ``*`` any characters, ``?`` one; everything else as written.

    Examples:
        >>> bool(pattern_regex("search*").fullmatch("search_empty"))
        True
        >>> bool(pattern_regex("a[b]").fullmatch("ab"))
        False
    """
    parts = (
        ".*" if letter == "*" else "." if letter == "?" else re.escape(letter)
        for letter in pattern
    )
    return re.compile("".join(parts), re.DOTALL)


def matching_codes(
    activities: Sequence[str],
    channels: Sequence[str],
    activity: str,
    channel: str | None = None,
) -> BoolArray:
    """bool[n_codes], True where activity (and channel, where given) match.

    Examples:
        >>> matching_codes(["pay", "pay", "call"], ["web", "app", "phone"], "pay", "w*").tolist()
        [True, False, False]
    """
    by_activity = pattern_regex(activity)
    by_channel = pattern_regex(channel) if channel is not None else None
    return np.array(
        [
            by_activity.fullmatch(name) is not None
            and (by_channel is None or by_channel.fullmatch(place) is not None)
            for name, place in zip(activities, channels, strict=True)
        ],
        dtype=np.bool_,
    )
