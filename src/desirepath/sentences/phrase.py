"""Sentences that remember their parts, so that every language can say them. Knows no finding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal, Self, TypeAlias

from desirepath.sentences.catalog import CATALOGS
from desirepath.sentences.numerals import APART, END, Number, Numerals

Part: TypeAlias = "str | int | Number | tuple[str, ...]"
Joint: TypeAlias = Literal["comma", "semicolon", "and", "arrow", "gap", "sentences"]
ITEMS = "items"
JOIN = "join."
SENTENCE = "sentence"


class Phrase(str):
    """A sentence in English that can be said in other languages.

    It is the English text, and holds the key of its template and what is put in.

    Args:
        key: Key of the template.
        parts: What is put in: words as they are, numbers, other phrases.

    Examples:
        >>> told = Phrase("needs.goal_event")
        >>> told
        'Which event shows the goal: goal.success on the map.'
        >>> say(told, "de")
        'Welches Ereignis das Ziel zeigt: goal.success in der Karte.'
    """

    __slots__ = ("key", "parts")
    key: str
    parts: dict[str, Part]

    def __new__(cls, key: str, **parts: Part) -> Self:
        """The phrase, in English."""
        self = super().__new__(cls, _said(key, parts, ENGLISH))
        self.key = key
        self.parts = parts
        return self

    def __copy__(self) -> Self:
        """Itself: nothing of it changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Itself: nothing of it changes."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """How to make it again from its key and parts."""
        return _again, (self.key, self.parts)


def _again(key: str, parts: dict[str, Part]) -> Phrase:
    return Phrase(key, **parts)


def say(text: str, language: str) -> str:
    """A text in a language: a phrase from its template, any other as it is.

    Args:
        text: What to say.
        language: Code of the language; English where there is no catalog of it.
    """
    return _part(text, Numerals(language), is_inside=False)


def listed(items: Iterable[str], joint: Joint = "comma") -> Phrase:
    """Several texts one after another; those that are empty are left out.

    Examples:
        >>> listed(["a", "", "b"]), listed(["a", "b"], "and")
        ('a, b', 'a and b')
    """
    return Phrase(f"{JOIN}{joint}", items=tuple(one for one in items if one))


def share(value: float | None) -> Number:
    """A share as percent."""
    return Number(value, "share")


def points(value: float | None) -> Number:
    """A difference of shares in points."""
    return Number(value, "points")


def time(seconds: float | None) -> Number:
    """A time in the unit a person would choose."""
    return Number(seconds, "time")


def mood(value: float | None) -> Number:
    """A feeling with its sign."""
    return Number(value or 0.0, "mood")


def cases(count: int) -> Number:
    """Cases with the word for them."""
    return Number(float(count), "cases")


def exact(value: float, *, is_signed: bool = False) -> Number:
    """A number with all its digits."""
    return Number(value, "exact_signed" if is_signed else "exact")


def day(iso: str) -> Number:
    """A day, from how ISO 8601 writes it.

    Examples:
        >>> told = Phrase("against.window", first=day("2024-05-01"), last=day("2024-05-31"))
        >>> told, say(told, "de")
        ('2024-05-01 to 2024-05-31', '01.05.2024 bis 31.05.2024')
    """
    try:
        return Number(float(dt.date.fromisoformat(iso).toordinal()), "day", iso)
    except ValueError:
        return Number(None, "day", iso)


def sentence(text: str) -> Phrase:
    """A text that begins with a capital letter and ends with a full stop.

    Examples:
        >>> sentence("nobody knows")
        'Nobody knows.'
    """
    return Phrase(SENTENCE, text=text)


def _said(key: str, parts: dict[str, Part], numerals: Numerals) -> str:
    words: str = CATALOGS[numerals.language][key]
    if key.startswith(JOIN):
        items = parts[ITEMS]
        told = items if isinstance(items, tuple) else ()
        return words.join(_part(one, numerals) for one in told)
    text = words.format(**{name: _part(one, numerals) for name, one in parts.items()})
    return text[:1].upper() + text[1:] if key == SENTENCE else text


def _part(part: Part, numerals: Numerals, *, is_inside: bool = True) -> str:
    if isinstance(part, Phrase):
        return _said(part.key, part.parts, numerals)
    if isinstance(part, Number):
        return numerals.say(part)
    if isinstance(part, int):
        return numerals.figures(f"{part:,}")
    if isinstance(part, tuple):
        return _said(f"{JOIN}comma", {ITEMS: part}, numerals)
    is_apart = numerals.is_rtl and is_inside and part
    return f"{APART}{part}{END}" if is_apart else part


ENGLISH = Numerals("en")
