"""Where text may be cut: between letters as people see them, and between lines. Measures nothing.

A short form of the Unicode rules (UAX 14 and 29) for the scripts of the bundled fonts; the full
rules in Python take a third of a millisecond for each character, too long for a poster.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What belongs to the letter before it besides combining marks: joiners, directions, variations.
ATTACHED = frozenset("\u200c\u200d\u200e\u200f\ufe0e\ufe0f\u20e3")
_JOINER = "\u200d"
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)
_MARKS = frozenset(("Mn", "Mc", "Me"))

_BEFORE_SIGN = re.compile(r"(?<=\d) (?=[%\u066a])")
_SPACED = re.compile(r"[^ ]+ *| +")
# In words of letters: after a hyphen or dash between letters, after a slash.
_IN_WORD = re.compile(r"(?<=[^\W\d][-\u2013\u2014])(?=[^\W\d])|(?<=\w/)(?=\w)")
# Ideographs, kana, fullwidth signs and emoji stand in lines without spaces.
_SPACELESS = re.compile(
    "[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001f300-\U0001faff\U00020000-\U0003ffff]"
)
_NEVER_FIRST = frozenset(
    "\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff1f\uff01\uff09\u300d\u300f\u3011\u3015\u3009\u300b"
    "\u30fc\u3005\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6"
    "\u2026\u2019\u201d)]}.,:;!?%\u00a0\u00bb\uff05"
)
_NEVER_LAST = frozenset(
    "\uff08\u300c\u300e\u3010\u3014\u3008\u300a([{\u2018\u201c\u00ab\u00a0\uff04$\u20ac\uffe5"
)


def with_signs(text: str) -> str:
    r"""A text in which a number and its percent sign stay in one line.

    Examples:
        >>> with_signs("49 % leave, 3 stay")
        '49\xa0% leave, 3 stay'
    """
    return _BEFORE_SIGN.sub("\u00a0", text)


def is_attached(character: str) -> bool:
    r"""Whether a character belongs to the letter before it.

    Examples:
        >>> is_attached("\u0301"), is_attached("a")
        (True, False)
    """
    if character < "\u0300":
        return False
    return (
        character in ATTACHED
        or ord(character) in _SKIN
        or unicodedata.category(character) in _MARKS
    )


def clusters(text: str) -> list[str]:
    r"""Letters as people see them: with their marks, joined emoji and flags whole.

    Examples:
        >>> [len(one) for one in clusters("e\u0301a👍🏽")]
        [2, 1, 2]
    """
    found: list[str] = []
    for character in text:
        if found and (
            is_attached(character)
            or found[-1].endswith(_JOINER)
            or (
                ord(character) in _FLAG
                and len(found[-1]) == 1
                and ord(found[-1]) in _FLAG
            )
        ):
            found[-1] += character
        else:
            found.append(character)
    return found


@lru_cache(20_000)
def break_units(text: str) -> tuple[str, ...]:
    """Pieces of a text between which a line may break; spaces end a piece.

    Examples:
        >>> break_units("well-known and/or new")
        ('well-', 'known ', 'and/', 'or ', 'new')
        >>> break_units("顧客は、驚く")
        ('顧', '客', 'は、', '驚', 'く')
    """
    units: list[str] = []
    for word in _SPACED.findall(text):
        if _SPACELESS.search(word):
            units += _spaceless_units(word)
        else:
            units += (piece for piece in _IN_WORD.split(word) if piece)
    return tuple(units)


def _spaceless_units(word: str) -> list[str]:
    """Pieces of a word in which ideographs, kana or emoji stand."""
    units: list[str] = []
    for cluster in clusters(word):
        is_open = bool(units) and (
            cluster == " "
            or cluster[0] in _NEVER_FIRST
            or units[-1][-1] in _NEVER_LAST
            or not (_SPACELESS.match(cluster) or _SPACELESS.match(units[-1][-1]))
        )
        if is_open:
            units[-1] += cluster
        else:
            units.append(cluster)
    return units
