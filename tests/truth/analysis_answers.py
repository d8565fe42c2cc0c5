"""Answers of simulated customers as feedback, with words where somebody has something to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.columns import words_of
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import IntArray, Sequences

LATE, QUICK, OTHER = (
    "The parcel was far too late",
    "Such fast delivery",
    "I bought it for my aunt",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers to one question about one thing.

    Attributes:
        cases: int64[k], indices of the cases.
        scores: float64[k], 1 to 5.
        about: Step, "" for all in all.
        question: 0 how it was, 1 what they expected, 2 how it was all in all.
    """

    cases: IntArray
    scores: NDArray[np.float64]
    about: str
    question: int


def feedback_of(
    answers: Sequence[Answer],
    shares: Mapping[str, tuple[float, float]],
    log: Sequences,
    rng: np.random.Generator,
) -> Feedback:
    """All answers, given when the journey is over.

    Args:
        answers: The answers.
        shares: By step, the share of those who write about it who complain, and who praise.
        log: The cases.
        rng: Source of randomness.
    """
    who = np.concatenate([one.cases for one in answers])
    sizes = [len(one.cases) for one in answers]
    names = ("", *sorted({one.about for one in answers} - {""}))
    hints = np.repeat([names.index(one.about) for one in answers], sizes)
    asked = np.repeat([one.question for one in answers], sizes)
    texts = np.full(len(who), "", dtype=object)
    if any(sum(pair) for pair in shares.values()):
        none = (0.0, 0.0)
        late, quick = np.array([shares.get(name, none) for name in names]).T[:, hints]
        drawn = rng.random(len(who))
        says = np.where(drawn < late, LATE, np.where(drawn > 1 - quick, QUICK, OTHER))
        texts = np.where(asked == 0, says, texts).astype(object)
    nothing = Words(("",), np.zeros(len(who), dtype=np.int64))
    return Feedback(
        customers=log.customers[who],
        cases=log.case_keys[who],
        responses=np.arange(len(who), dtype=np.int64),
        times_us=np.full(len(who), log.end_us, dtype=np.int64),
        questions=(
            Asked("How was it?", SCALES["csat-5"], "score"),
            Asked("What did you expect?", SCALES["csat-5"], "expectation"),
            Asked("How was it all in all?", SCALES["csat-5"], "score"),
        ),
        asked=asked.astype(np.int64),
        scores=np.concatenate([one.scores for one in answers]),
        texts=texts,
        hints=Words(names, hints.astype(np.int64)),
        channels=nothing,
        languages=words_of(["en"] * len(who)),
    )
