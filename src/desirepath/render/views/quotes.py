"""Quotes at steps: which of them a picture shows, as speech bubbles. Shortens none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from desirepath.render.words import Words

QUOTES = "quotes"
MOST_A_STEP = 2
MOST_LETTERS = 160  # longer ones are read on a page, not on a wall
LEAST_LETTERS = 12  # "ok" tells nothing


class Said(Protocol):
    """Something a customer said or wrote at a step."""

    @property
    def step(self) -> str:
        """Id of the step."""
        ...

    @property
    def text(self) -> str:
        """The words themselves."""
        ...

    @property
    def theme(self) -> str:
        """What it is about."""
        ...

    @property
    def language(self) -> str:
        """Language of the words."""
        ...


def chosen_quotes(quotes: Iterable[Said]) -> dict[str, tuple[Said, ...]]:
    """At most two quotes for each step, about different themes where there are several.

    Those that come first stand first; what is too long for a bubble or says too little is passed
    over, never shortened.

    Args:
        quotes: In order of worth.
    """
    by_step: dict[str, list[Said]] = {}
    for quote in quotes:
        if LEAST_LETTERS <= len(quote.text.strip()) <= MOST_LETTERS:
            by_step.setdefault(quote.step, []).append(quote)
    shown: set[str] = set()
    chosen = {}
    for step, found in by_step.items():
        chosen[step] = tuple(_few(found, shown))
        shown |= {_bare(one) for one in chosen[step]}
    return chosen


def _few(quotes: Sequence[Said], shown: set[str]) -> Iterator[Said]:
    """The first, then the first about something else, else the next that says something else.

    Words that stand at another step already come only where there are no others.
    """
    ranked = sorted(quotes, key=lambda one: _bare(one) in shown)
    first = ranked[0]
    yield first
    others = [one for one in ranked[1:] if _bare(one) not in shown | {_bare(first)}]
    others.sort(key=lambda one: one.theme == first.theme)
    yield from others[: MOST_A_STEP - 1]


def _bare(quote: Said) -> str:
    return " ".join(quote.text.split()).casefold()


def quoted(text: str, language: str) -> str:
    """Words in the quotation marks of their language; marks that are there already are not doubled.

    Examples:
        >>> quoted("Wo bleibt mein Paket?", "de"), quoted('"Where is it?"', "en")
        ('„Wo bleibt mein Paket?“', '“Where is it?”')
    """
    words = Words(language)
    bare = text.strip()
    if len(bare) > 1 and bare[0] in _OPENING and bare[-1] in _CLOSING:
        bare = bare[1:-1].strip()
    return f"{words.say('quote.open')}{bare}{words.say('quote.close')}"


_OPENING = "\"'\u201c\u201e\u00ab\u2018\u300c\u300e"
_CLOSING = "\"'\u201d\u201c\u00bb\u2019\u300d\u300f"
