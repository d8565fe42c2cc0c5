"""Feedback: answers of customers as columns. Knows no file, no map and no case but by its key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.feedback.scales import Scale
from desirepath.events.sequences import BoolArray, IntArray

FloatArray: TypeAlias = NDArray[np.float64]
TextArray: TypeAlias = NDArray[np.object_]

NOBODY = -1
NO_TIME_US = -(2**63)
Aspect = Literal["score", "expectation", "text"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, as one source asked it.

    Attributes:
        text: Wording, or the name of the column.
        scale: Scale of its answers; None for open questions.
        aspect: ``score`` how it was, ``expectation`` what was expected, ``text`` an open question.
        at: Step, touchpoint or activity it is about, "" where neither file nor recipe says.
        source: File it comes from.
    """

    text: str
    scale: Scale | None
    aspect: Aspect
    at: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A column of few different texts.

    Attributes:
        values: Texts; code 0 is "" (not known).
        codes: int64[n], index into `values`.
    """

    values: tuple[str, ...]
    codes: IntArray


@dataclass(frozen=True, slots=True)
class Feedback:
    """Answers of customers, one after the other in the order of the files.

    Attributes:
        customers: int64[n], first 60 bits of md5 of the customer's id; -1 where not known.
        cases: int64[n], the same of the case's id; -1 where not known.
        responses: int64[n], number of the row (one filled-in form) the answer comes from.
        times_us: int64[n], microseconds since 1970 UTC; `NO_TIME_US` where not known.
        questions: What was asked.
        asked: int64[n], index into `questions`.
        scores: float64[n], answer on the scale of its question; nan for text only.
        texts: object[n], words of the customer, "" for none; they never leave this table.
        hints: Step, touchpoint or activity each answer is about, as far as the file says.
        channels: Channel of each answer.
        languages: Language of each answer, as far as the file says.
        source: Files and rules, for the reader.
        own_themes: Phrases of the project's own themes of words, by name.

    Examples:
        >>> nobody().count
        0
    """

    customers: IntArray
    cases: IntArray
    responses: IntArray
    times_us: IntArray
    questions: tuple[Asked, ...]
    asked: IntArray
    scores: FloatArray
    texts: TextArray
    hints: Words
    channels: Words
    languages: Words
    source: Mapping[str, str] = field(default_factory=dict)
    own_themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of answers."""
        return len(self.asked)

    @property
    def is_score(self) -> BoolArray:
        """bool[n], answers that say with a number how it was; expectations are none."""
        counted = np.array([one.aspect == "score" for one in self.questions], np.bool_)
        here = counted[self.asked] if len(counted) else np.zeros(0, np.bool_)
        return np.asarray(here & np.isfinite(self.scores))

    @property
    def emotions(self) -> FloatArray:
        """float64[n], scores on the emotion scale, -2 to +2 by convention; nan without a number."""
        placed = np.full(self.count, np.nan)
        for number, question in enumerate(self.questions):
            if question.scale is not None:
                mine = self.asked == number
                placed[mine] = question.scale.emotion(self.scores[mine])
        return placed

    @property
    def conventions(self) -> tuple[str, ...]:
        """How each scale in use becomes an emotion, in words; these are conventions, not findings."""
        used = [one.scale for one in self.questions if one.scale is not None]
        return tuple(sorted({scale.convention for scale in used}))

    def take(self, answers: BoolArray) -> Feedback:
        """Only the answers of a mask."""
        return replace(
            self,
            customers=self.customers[answers],
            cases=self.cases[answers],
            responses=self.responses[answers],
            times_us=self.times_us[answers],
            asked=self.asked[answers],
            scores=self.scores[answers],
            texts=self.texts[answers],
            hints=Words(self.hints.values, self.hints.codes[answers]),
            channels=Words(self.channels.values, self.channels.codes[answers]),
            languages=Words(self.languages.values, self.languages.codes[answers]),
        )


def nobody() -> Feedback:
    """Feedback without any answer."""
    empty = np.zeros(0, dtype=np.int64)
    words = Words(("",), empty)
    return Feedback(
        customers=empty,
        cases=empty,
        responses=empty,
        times_us=empty,
        questions=(),
        asked=empty,
        scores=np.zeros(0),
        texts=np.zeros(0, dtype=object),
        hints=words,
        channels=words,
        languages=words,
    )
