"""Scales of answers: which numbers they allow, and their place on the emotion scale. Reads nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from desirepath.errors import did_you_mean
from desirepath.events.schema import fail
from desirepath.stats.arrays import FloatArray

TYPED = re.compile(r"(-?\d+)\s*(?:-|–|_|\.\.\.?|to|bis|a|à|/)\s*\+?(\d+)")
NAME_RULES = (
    ("nps", re.compile(r"\bnps\b|recommend|weiterempf|recomend")),
    ("ces", re.compile(r"\bces\b|effort|aufwand|esfuerzo|esfor[cç]o|\beas(e|y)\b")),
    ("csat", re.compile(r"csat|satisf|zufried|delivered|experience|\bexpect")),
    ("sentiment", re.compile(r"sentiment|polarity|stimmung")),
    ("emotion", re.compile(r"\bemotion|\bmood\b|\bfeeling|gefühl")),
    (
        "stars",
        re.compile(r"\bstars?\b|sterne|rating|review score|bewertung|nota|\brate\b"),
    ),
    ("score", re.compile(r"\bscore\b|\bpunkte\b|\banswer\b")),
)
HARD = re.compile(r"how (much|hard)|aufwand|difficult")


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers of an answer mean.

    Attributes:
        name: As in a recipe.
        low: Smallest answer.
        high: Largest answer.
        words: For the reader.
        high_is_good: False where a large number is a complaint, such as effort.
        zero_is_na: 0 means "not applicable" and is no answer.
    """

    name: str
    low: float
    high: float
    words: str
    high_is_good: bool = True
    zero_is_na: bool = False

    @property
    def convention(self) -> str:
        """How an answer becomes a number on the emotion scale, in words.

        Examples:
            >>> SCALES["csat-5"].convention
            'csat-5: e = s - 3'
        """
        sign = "" if self.high_is_good else "-"
        middle, factor = self._middle, self._factor
        shift = f" - {middle:g}" if middle else ""
        if factor == 1:
            inner = f"s{shift}" if self.high_is_good else f"-(s{shift})"
            return f"{self.name}: e = {inner}"
        inner = f"(s{shift})" if shift else "s"
        return f"{self.name}: e = {sign}{inner} × {_fraction(factor)}"

    @property
    def _middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def _factor(self) -> float:
        return 4 / (self.high - self.low)

    def emotion(self, scores: FloatArray) -> FloatArray:
        """Answers on the emotion scale, -2 to +2: linear, by convention.

        Examples:
            >>> SCALES["csat-7"].emotion(np.array([1.0, 4.0, 7.0])).tolist()
            [-2.0, 0.0, 2.0]
        """
        placed = (scores - self._middle) * self._factor
        return np.asarray(placed if self.high_is_good else -placed)

    def allows(self, scores: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """bool[n], True for numbers that are answers on this scale."""
        # half stars and means of stars occur: what lies between the ends is taken as it is
        return np.asarray((scores >= self.low) & (scores <= self.high))


def _fraction(factor: float) -> str:
    """Factor as a short fraction.

    Examples:
        >>> _fraction(2 / 3), _fraction(0.4), _fraction(2.0)
        ('2/3', '2/5', '2')
    """
    return str(Fraction(factor).limit_denominator(20))


SCALES = {
    scale.name: scale
    for scale in (
        Scale("nps", 0, 10, "0 to 10, would recommend"),
        Scale("csat-5", 1, 5, "1 to 5, satisfaction"),
        Scale("csat-7", 1, 7, "1 to 7, satisfaction"),
        Scale("ces-5", 1, 5, "1 to 5, ease"),
        Scale("ces-7", 1, 7, "1 to 7, ease"),
        Scale("stars-5", 1, 5, "1 to 5 stars"),
        Scale("rating-1-10", 1, 10, "1 to 10"),
        Scale("rating-0-10", 0, 10, "0 to 10"),
        Scale("emotion", -2, 2, "-2 to +2"),
        Scale("sentiment", -1, 1, "-1 to +1"),
    )
}
BY_ENDS = {
    (1, 5): "csat-5",
    (1, 7): "csat-7",
    (0, 10): "rating-0-10",
    (1, 10): "rating-1-10",
    (-2, 2): "emotion",
    (-1, 1): "sentiment",
}


@dataclass(frozen=True, slots=True)
class Recognized:
    """A scale with what spoke for it; no scale where nothing did.

    Attributes:
        scale: The scale, or None.
        why: What spoke for it, or what stands against every scale.
        is_certain: False where nothing but the numbers would speak for it.
    """

    scale: Scale | None
    why: str
    is_certain: bool = True


def scale_named(
    name: str,
    place: str = "",
    *,
    high_is_good: bool | None = None,
    zero_is_na: bool = False,
) -> Scale:
    """Scale by its name, ``1-5`` and the like included.

    Raises:
        EventsError: E253 if there is no such scale.

    Examples:
        >>> scale_named("nps").high, scale_named("1-5").name, scale_named("0 to 10").name
        (10, 'csat-5', 'rating-0-10')
    """
    scale = SCALES.get(name.strip().lower()) or typed_scale(name)
    if scale is None:
        raise fail(
            "E253",
            f'no scale is called "{name}"',
            place,
            did_you_mean(name, SCALES),
        )
    return replace(
        scale,
        high_is_good=scale.high_is_good if high_is_good is None else high_is_good,
        zero_is_na=zero_is_na,
    )


def typed_scale(text: str) -> Scale | None:
    """Scale of a cell such as ``1-5``; None if no scale has these ends.

    Examples:
        >>> typed_scale("1–7").name, typed_scale("-2..2").name, typed_scale("3-9") is None
        ('csat-7', 'emotion', True)
    """
    found = TYPED.fullmatch(text.strip())
    ends = (int(found[1]), int(found[2])) if found else None
    return SCALES[BY_ENDS[ends]] if ends in BY_ENDS else None


def recognize_scale(question: str, scores: Sequence[float]) -> Recognized:
    """Scale of a question by its words and the numbers answered.

    Args:
        question: Name of the column or wording of the question.
        scores: Different numbers answered.

    Examples:
        >>> recognize_scale("csat_1_5", [1, 3, 5]).scale.name
        'csat-5'
        >>> recognize_scale("How likely are you to recommend us?", [0, 9, 10]).scale.name
        'nps'
        >>> recognize_scale("Seat comfort rating", [0, 1, 5]).why
        'answers from 0 to 5: say on which scale, and whether 0 means not applicable'
    """
    if not len(scores):
        return Recognized(None, "nobody answered with a number")
    words = _words(question)
    low, high = min(scores), max(scores)
    family = next((name for name, rule in NAME_RULES if rule.search(words)), "")
    ends = TYPED.search(question.replace("+", ""))
    if ends and (int(ends[1]), int(ends[2])) in BY_ENDS:
        return _of_ends(family, (int(ends[1]), int(ends[2])), words)
    if high > 10 or low < -2:  # noqa: PLR2004 - no scale goes further
        return Recognized(None, f"answers from {low:g} to {high:g} fit no scale")
    return _of_family(family, low, high, words)


def _words(question: str) -> str:
    """The question in lower case, with blanks where people type others."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", question)
    return re.sub(r"[_\-./]+", " ", parted).casefold()


def _of_ends(family: str, ends: tuple[int, int], words: str) -> Recognized:
    """Scale whose ends the question names."""
    name = BY_ENDS[ends]
    if family == "nps" and ends == (0, 10):
        name = "nps"
    if family == "ces" and ends[1] in (5, 7):
        name = f"ces-{ends[1]}"
    if family == "stars" and ends == (1, 5):
        name = "stars-5"
    why = f"the question names {ends[0]} to {ends[1]}"
    return Recognized(_directed(name, words), why)


def _directed(name: str, words: str) -> Scale:
    scale = SCALES[name]
    return (
        replace(scale, high_is_good=False)
        if name.startswith("ces") and HARD.search(words)
        else scale
    )


def _of_family(family: str, low: float, high: float, words: str) -> Recognized:
    """Scale of a question whose words tell the kind, by the numbers answered."""
    span = f"answers from {low:g} to {high:g}"
    name, why = "", ""
    if family == "nps" and low >= 0 and high > 5:  # noqa: PLR2004
        name, why = "nps", "asks to recommend"
    elif family == "emotion":
        name, why = "emotion", "asks for a feeling"
    elif family == "sentiment" and low >= -1 and high <= 1:
        name, why = "sentiment", "a sentiment"
    elif low >= 1 and 1 < high <= 5:  # noqa: PLR2004
        name = {"ces": "ces-5", "stars": "stars-5", "score": "stars-5"}.get(
            family, "csat-5"
        )
    elif low >= 1 and high <= 7 and family in ("csat", "ces"):  # noqa: PLR2004
        name = f"{family}-7"
    elif low == 0 and high > 7:  # noqa: PLR2004
        name = "rating-0-10"
    if not name:
        what = "say whether the scale is rating-1-10, rating-0-10 or nps"
        if low <= 0:
            what = "say on which scale, and whether 0 means not applicable"
        return Recognized(None, f"{span}: {what}", bool(family))
    scale = _directed(name, words)
    why = why or _asked(family, scale)
    return Recognized(scale, f"{why}, {span}", bool(family))


def _asked(family: str, scale: Scale) -> str:
    """What the words of the question tell."""
    if family == "ces":
        direction = (
            "much is good" if scale.high_is_good else "much is taken as a complaint"
        )
        return f"asks for effort or ease, {direction}"
    return {
        "csat": "asks how satisfied or how it was",
        "stars": "a rating",
        "score": "a score",
    }.get(family, "numbers only")
