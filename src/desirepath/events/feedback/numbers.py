"""Answers as people and tools write them, turned into numbers. Knows no scale."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from desirepath.events.feedback.answers import FloatArray

NUMBER = re.compile(
    r"\s*([+-]?\d{1,4}(?:[.,]\d+)?)\s*(?:/\s*\d+|\*|★|stars?|sterne|[-–—:=(].*)?\s*",
    re.IGNORECASE | re.DOTALL,
)
NOT_APPLICABLE = frozenset(
    ("n/a", "na", "not applicable", "does not apply", "no opinion", "keine angabe",
     "nicht zutreffend", "no aplica", "não se aplica", "sans objet")
)  # fmt: skip
MOODS = {"positive": 1.0, "neutral": 0.0, "negative": -1.0}


def number_of(text: str) -> float:
    """Number of one answer; nan for words, minus infinity for "not applicable".

    Examples:
        >>> number_of("4"), number_of("9 - very likely"), number_of("4,5"), number_of("3/5")
        (4.0, 9.0, 4.5, 3.0)
        >>> number_of("3 weeks late"), number_of("N/A"), number_of("negative")
        (nan, -inf, -1.0)
    """
    found = NUMBER.fullmatch(text)
    if found:
        return float(found[1].replace(",", "."))
    plain = text.strip().lower()
    return -np.inf if plain in NOT_APPLICABLE else MOODS.get(plain, np.nan)


def numbers_of(texts: Sequence[str]) -> FloatArray:
    """float64[n], as `number_of`, each different text read once."""
    different, back = np.unique(np.array([*texts], dtype=object), return_inverse=True)
    return np.array([number_of(str(text)) for text in different], dtype=float)[back]


def number_share(texts: Sequence[str]) -> float:
    """Share of the answers that are numbers, 0 to 1; 0 where nobody answered."""
    filled = [text for text in texts if text.strip()]
    if not filled:
        return 0.0
    return float((~np.isnan(numbers_of(filled))).mean())
