"""A text two people changed at once: both changes kept where they do not touch."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile

# A word of letters that are written together, or one character; so scripts without spaces merge by character.
WORD = re.compile(
    r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|.",
    re.DOTALL,
)
# Beyond this many pairs of words what lies between first and last change counts as one change.
MOST_PAIRS = 1_000_000

Hunk = tuple[
    int, int, list[str]
]  # from, to in the old words, and what stands there now


def merge_texts(old: str, mine: str, theirs: str) -> str | None:
    """A text with the changes of both, or None where they changed the same words differently.

    Examples:
        >>> merge_texts("I look for a plant", "I look for a big plant", "We look for a plant")
        'We look for a big plant'
        >>> merge_texts("a plant", "a tree", "a flower") is None
        True

    References:
        Khanna, Kunal & Pierce 2007, "A formal investigation of diff3".
    """
    if mine in (old, theirs):
        return theirs
    if theirs == old:
        return mine
    words = WORD.findall(old)
    hunks = sorted(
        {
            _key(one): one for side in (mine, theirs) for one in _hunks(words, side)
        }.values(),
        key=lambda one: one[:2],
    )
    merged: list[str] = []
    at = -1
    done = 0
    for start, end, new in hunks:
        # Two insertions at one place, or a change that touches another, are for people to settle.
        if start <= at:
            return None
        merged += words[done:start] + new
        at, done = end, end
    return "".join(merged + words[done:])


def _key(hunk: Hunk) -> tuple[int, int, str]:
    return hunk[0], hunk[1], "".join(hunk[2])


def _hunks(words: list[str], text: str) -> list[Hunk]:
    now = WORD.findall(text)
    first = _alike(words, now)
    shorter = min(len(words), len(now)) - first
    last = _alike(words[::-1][:shorter], now[::-1][:shorter])
    old, new = words[first : len(words) - last], now[first : len(now) - last]
    if len(old) * len(new) > MOST_PAIRS:
        return [(first, first + len(old), new)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        (first + a, first + b, new[c:d])
        for kind, a, b, c, d in codes
        if kind != "equal"
    ]


def _alike(one: list[str], other: list[str]) -> int:
    """How many words two lists begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
