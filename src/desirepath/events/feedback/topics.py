"""Topics: groups of words that customers use together, found without a list of cues. Names are suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirepath.events.feedback.answers import NOBODY, Feedback
from desirepath.events.feedback.private import without_private
from desirepath.events.feedback.said import Said
from desirepath.events.feedback.terms import Stems, weights_of
from desirepath.events.feedback.tokens import one_text
from desirepath.events.schema import fail
from desirepath.events.sequences import IntArray
from desirepath.stats.arrays import FloatArray

MIN_TEXTS = 60
TEXTS_A_TOPIC = 20
FEWEST, MOST = 3, 8
TOP_TERMS = 10
WEAK = 0.1  # of the weight of the strongest term
SHOWN_TERMS = 6
NAME_TERMS = 3
SAMPLES = 3
NEAR = 0.02  # more topics are taken where they are nearly as stable
SAMPLED_SHARE = 0.8
MOST_FOR_STABILITY = 2_000
SEED = 11
MOST_COMMON_SHARE = 0.4
PINNED_SHARE = 0.5
QUOTES = 3
QUOTE_LETTERS = (15, 160)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that customers use together.

    Attributes:
        name: The first terms, or the name it was given.
        language: ISO 639 code.
        terms: Most typical words, the strongest first.
        answer_count: Answers it is the main topic of.
        customer_count: Customers behind them.
        share: Share of the language's customers with words, 0 to 1.
        mean_emotion: Mean of the ratings beside these answers, -2 to +2; None without any.
        quotes: Typical answers, without private data.
    """

    name: str
    language: str
    terms: tuple[str, ...]
    answer_count: int
    customer_count: int
    share: float
    mean_emotion: float | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics of one language.

    Attributes:
        language: ISO 639 code.
        topics: The most frequent first.
        text_count: Different texts looked at.
        stability: How alike the topics of samples are, 0 to 1, by number of topics; empty where the
            number was asked for.
    """

    language: str
    topics: tuple[Topic, ...]
    text_count: int
    stability: Mapping[int, float]


def find_topics(
    feedback: Feedback,
    said: Said,
    ratings: FloatArray,
    *,
    count: int | None = None,
    pinned: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Topics, ...]:
    """Topics of each language with enough different texts.

    Non-negative factors of the TF-IDF weights of stems. The number of topics is the largest (3 to 8)
    whose topics come back nearly as much alike as any when a fifth of the texts is left out.

    Args:
        feedback: Answers.
        said: Their languages.
        ratings: float64[n], emotion beside each answer, nan for none.
        count: Topics wanted; None to choose.
        pinned: Names given before, with words of the topic each is for.

    Raises:
        EventsError: E266 if the count is not 2 to 50, or no language has 60 different texts.

    References:
        Lee and Seung 1999, Nature 401:788; Greene, O'Callaghan and Cunningham 2014 (stability), ECML.
    """
    if count is not None and not 2 <= count <= 50:  # noqa: PLR2004 - more are no overview
        raise fail("E266", f"{count} topics are asked for", hint="Ask for 2 to 50.")
    found = []
    for language in sorted(set(said.languages.tolist()) - {""}):
        here = np.flatnonzero(said.languages == language)
        texts = [str(one) for one in feedback.texts[here]]
        if len({one_text(text) for text in texts}) >= MIN_TEXTS:
            found.append(
                _of_language(
                    _Answers(feedback, here, texts, ratings[here]),
                    language,
                    count,
                    pinned or {},
                )
            )
    if not found:
        raise fail(
            "E266",
            f"no language has {MIN_TEXTS} different texts, too few for topics",
            hint="Use themes: desirepath feedback themes FILE.",
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Answers:
    """Answers of one language."""

    feedback: Feedback
    here: IntArray
    texts: list[str]
    ratings: FloatArray

    @property
    def customers(self) -> IntArray:
        """int64[n], key of the customer; one of its own for each nameless response."""
        named = self.feedback.customers[self.here]
        return np.where(named != NOBODY, named, -2 - self.feedback.responses[self.here])


def _of_language(
    answers: _Answers,
    language: str,
    count: int | None,
    pinned: Mapping[str, Sequence[str]],
) -> Topics:
    stems = Stems(language)
    # the same words again are one text: ten copies of a greeting are no topic
    same = [one_text(text) for text in answers.texts]
    _, first, back = np.unique(same, return_index=True, return_inverse=True)
    texts = [answers.texts[place] for place in first.tolist()]
    least = 3 if len(texts) < 1_000 else 5  # noqa: PLR2004 - rare words make no topic
    weights, terms = weights_of(texts, stems, least=least, most_share=MOST_COMMON_SHARE)
    if len(terms) <= FEWEST:
        return Topics(language, (), len(texts), {})
    stability: dict[int, float] = {}
    if count is None:
        stability = _stability(weights, len(terms))
        best = max(stability.values())
        count = max(one for one, alike in stability.items() if alike >= best - NEAR)
    of_text, of_term = _factors(weights, min(count, len(terms) - 1))
    main = np.where(of_text.max(axis=1) > 0, of_text.argmax(axis=1), -1)
    strength = of_text.max(axis=1)
    found = [
        _topic(
            answers,
            language,
            np.flatnonzero(main[back] == number),
            strength[back],
            tuple(stems.word(terms[one]) for one in _top(of_term[number])),
            pinned,
        )
        for number in range(len(of_term))
        if (main == number).any()
    ]
    found.sort(key=lambda one: (-one.customer_count, one.name))
    return Topics(language, tuple(found), len(texts), stability)


def _factors(weights: Any, count: int) -> tuple[FloatArray, FloatArray]:
    """Weights of topics in texts and of terms in topics."""
    from sklearn.decomposition import NMF  # noqa: PLC0415 - heavy

    model = NMF(count, init="nndsvda", random_state=SEED, max_iter=200, tol=1e-3)
    of_text = model.fit_transform(weights)
    return np.asarray(of_text), np.asarray(model.components_)


def _stability(weights: Any, term_count: int) -> dict[int, float]:
    """How alike the topics of samples are to those of all, by number of topics."""
    rng = np.random.default_rng(SEED)
    size = weights.shape[0]
    if size > MOST_FOR_STABILITY:
        weights = weights[np.sort(rng.choice(size, MOST_FOR_STABILITY, replace=False))]
        size = MOST_FOR_STABILITY
    samples = [
        np.sort(rng.choice(size, int(size * SAMPLED_SHARE), replace=False))
        for _ in range(SAMPLES)
    ]
    most = min(MOST, size // TEXTS_A_TOPIC, term_count - 1)
    found: dict[int, float] = {}
    for count in range(FEWEST, max(most, FEWEST) + 1):
        whole = _tops(_factors(weights, count)[1])
        alike = [
            _alike(whole, _tops(_factors(weights[one], count)[1])) for one in samples
        ]
        found[count] = float(np.mean(alike))
    return found


def _tops(of_term: FloatArray) -> list[frozenset[int]]:
    return [frozenset(_top(row)) for row in of_term]


def _top(row: FloatArray) -> list[int]:
    """The strongest terms of a topic, without those that hardly belong to it."""
    strong = [int(one) for one in np.argsort(-row, kind="stable")[:TOP_TERMS]]
    return [one for one in strong if row[one] >= WEAK * row.max()]


def _alike(first: Sequence[frozenset[int]], second: Sequence[frozenset[int]]) -> float:
    """Mean share of common terms of the best pairs of topics."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - heavy

    common = np.array([[len(a & b) / len(a | b) for b in second] for a in first])
    return float(common[linear_sum_assignment(-common)].mean())


def _topic(
    answers: _Answers,
    language: str,
    mine: IntArray,
    strength: FloatArray,
    terms: tuple[str, ...],
    pinned: Mapping[str, Sequence[str]],
) -> Topic:
    customers = answers.customers
    ratings = answers.ratings[mine]
    known = ratings[np.isfinite(ratings)]
    people = len(np.unique(customers[mine]))
    return Topic(
        _name(terms, pinned),
        language,
        terms[:SHOWN_TERMS],
        len(mine),
        people,
        people / max(len(np.unique(customers)), 1),
        float(known.mean()) if len(known) else None,
        _quotes(answers, mine[np.argsort(-strength[mine], kind="stable")], customers),
    )


def _name(terms: Sequence[str], pinned: Mapping[str, Sequence[str]]) -> str:
    """The pinned name whose words lie mostly among the terms, else the first terms.

    Examples:
        >>> _name(["parcel", "late", "weeks"], {"Slow delivery": ["late", "weeks"]})
        'Slow delivery'
        >>> _name(["parcel", "late", "weeks", "still"], {})
        'parcel, late, weeks'
    """
    plain = {one_text(term) for term in terms}
    for name, words in pinned.items():
        wanted = {one_text(word) for word in words}
        if wanted and len(wanted & plain) / len(wanted) > PINNED_SHARE:
            return name
    return ", ".join(terms[:NAME_TERMS])


def _quotes(
    answers: _Answers, strongest_first: IntArray, customers: IntArray
) -> tuple[str, ...]:
    """Answers of different customers in different words, of a length to read."""
    found: dict[str, str] = {}
    people: set[int] = set()
    for place in strongest_first.tolist():
        text = " ".join(without_private(answers.texts[place]).split())
        who = int(customers[place])
        if who in people or not QUOTE_LETTERS[0] <= len(text) <= QUOTE_LETTERS[1]:
            continue
        if found.setdefault(one_text(text), text) is text:
            people.add(who)
        if len(found) == QUOTES:
            break
    return tuple(found.values())
