"""Themes of a whole file of feedback: how many customers speak of each, how they rate it, a quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.feedback.answers import NOBODY, Feedback
from desirepath.events.feedback.cues import THEMES, is_general
from desirepath.events.feedback.said import Said, read_themes
from desirepath.events.feedback.tagger import ratings_of, tones_of
from desirepath.events.feedback.terms import centrality
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.stats.intervals import wilson

LETTERS = (25, 160)
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """One theme.

    Attributes:
        theme: Its name.
        meaning: In a few words; "" for themes of the project.
        side: ``bad``, ``good`` or "".
        customers: Customers who mention it.
        share: Share of the customers with words, 0 to 1.
        low: Lower end of the interval, 95 %.
        high: Upper end.
        mean_emotion: Mean of the ratings beside these answers, -2 to +2; None without any.
        quote: A typical answer; "" where none has a length to read.
    """

    theme: str
    meaning: str
    side: str
    customers: int
    share: float
    low: float
    high: float
    mean_emotion: float | None
    quote: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Themes of a file.

    Attributes:
        customers: Customers with words that could be read.
        themes: Themes somebody mentions, the most frequent first; mere praise and blame left out.
        bad_share: Share of the answers whose words are bad on the whole.
        good_share: Share whose words are good.
        compared: How well good is told from bad, language by language.
        read: What was read.
    """

    customers: int
    themes: tuple[ThemeCount, ...]
    bad_share: float
    good_share: float
    compared: tuple[str, ...]
    read: str


def spoken_of(feedback: Feedback) -> Spoken:
    """What customers write about in a whole file.

    Args:
        feedback: Answers; treat what is private before, since quotes are taken from it.

    Examples:
        >>> from desirepath.events.feedback.read import read_feedback
        >>> found = spoken_of(read_feedback({
        ...     "customer": np.array(["a", "b"]), "score": np.array(["1", "2"]),
        ...     "comment": np.array(["I am still waiting for my parcel", "The parcel came two weeks late"]),
        ... }))
        >>> [(one.theme, one.customers) for one in found.themes]
        [('waiting', 2)]
    """
    said = read_themes(feedback)
    tones = tones_of(feedback, said)
    people = np.where(
        feedback.customers != NOBODY, feedback.customers, -2 - feedback.responses
    )
    count = len(np.unique(people[said.is_read]))
    themes = sorted(
        _counted(feedback, said, people, count),
        key=lambda one: (-one.customers, one.theme),
    )
    read = max(int(said.is_read.sum()), 1)
    return Spoken(
        count,
        tuple(themes),
        float((tones.tones < 0).sum()) / read,
        float((tones.tones > 0).sum()) / read,
        tuple(one.words() for one in tones.compared),
        said.words(),
    )


def _counted(
    feedback: Feedback, said: Said, people: IntArray, count: int
) -> Iterator[ThemeCount]:
    known = {one.name: one for one in THEMES}
    ratings = ratings_of(feedback)
    for name in said.names:
        here = said.is_read & said.speaks_of(name)
        if is_general(name) or not here.any():
            continue
        customers = len(np.unique(people[here]))
        share = wilson(customers, count)
        rated = ratings[here & np.isfinite(ratings)]
        yield ThemeCount(
            name,
            known[name].meaning if name in known else "",
            known[name].side if name in known else "",
            customers,
            float(share.value),
            float(share.low),
            float(share.high),
            float(rated.mean()) if len(rated) else None,
            _quote(feedback, said, here),
        )


def _quote(feedback: Feedback, said: Said, here: BoolArray) -> str:
    """A typical answer about a theme; of a few hundred where there are many."""
    texts = [
        (" ".join(str(feedback.texts[answer]).split()), str(said.languages[answer]))
        for answer in np.flatnonzero(here).tolist()[:LOOKED_AT]
    ]
    fitting = [one for one in texts if LETTERS[0] <= len(one[0]) <= LETTERS[1]]
    if not fitting:
        return ""
    languages = [language for _, language in fitting]
    main = max(sorted(set(languages)), key=languages.count)
    same = [text for text, language in fitting if language == main]
    return same[int(centrality(same, main).argmax())]
