"""Contrasts: cases at one place that met something, against those there that did not. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray
from desirepath.evidence.heard import Heard
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ScoreQuestion, ShareQuestion

HAS, GOAL_IF, GOAL_ELSE = "has", "goal_if", "goal_else"
LEAVE_IF, LEAVE_ELSE = "leave_if", "leave_else"
MOOD_IF, MOOD_ELSE = "mood_if", "mood_else"
MIN_ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Contrast:
    """Cases at one place, with and without something.

    Attributes:
        subject: Ref of the place.
        target: What they met, such as ``again``, ``slow``, ``activity:chat`` or ``switch:web>phone``.
        here: bool[n_cases], cases compared.
        has: bool[n_cases], of them, those that met it.
        step: Index of the step at which leaving counts; -1 where it is not asked.
        asks_goal: False where all of them have reached the goal by then.
        others: bool[n_cases], those compared with; None for all here that did not meet it.
    """

    subject: str
    target: str
    here: BoolArray
    has: BoolArray
    step: int = -1
    asks_goal: bool = True
    others: BoolArray | None = None

    @property
    def sides(self) -> tuple[BoolArray, BoolArray]:
        """bool[n_cases] twice, those that met it and those they are compared with."""
        has = np.asarray(self.here & self.has)
        lacks = self.here & ~self.has if self.others is None else self.others
        return has, np.asarray(lacks)

    @property
    def is_large(self) -> bool:
        """True where both sides have enough cases to be compared."""
        return all(int(side.sum()) >= MIN_CASES for side in self.sides)

    def questions(
        self, places: Places, heard: Heard | None = None
    ) -> Iterator[Question]:
        """How many meet it; of those with and without, how many reach the goal, leave here, and how they felt.

        Only closed cases are asked how they ended. The mood is the mean of all scores about the case, on
        the scale from -2 to +2.
        """
        laid = places.laid
        has, lacks = self.sides
        yield ShareQuestion(self.subject, HAS, self.here, has, self.target)
        closed = ~laid.aligned.is_open
        if heard is not None:
            yield from self._moods(heard)
        if self.asks_goal and laid.aligned.binding.is_goal_known:
            for measure, side in ((GOAL_IF, has), (GOAL_ELSE, lacks)):
                asked = side & closed
                yield ShareQuestion(
                    self.subject, measure, asked, asked & laid.goal, self.target
                )
        if self.step < 0:
            return
        left = np.asarray(places.left_at == self.step)
        for measure, side in ((LEAVE_IF, has), (LEAVE_ELSE, lacks)):
            asked = side & closed
            yield ShareQuestion(self.subject, measure, asked, asked & left, self.target)

    def _moods(self, heard: Heard) -> Iterator[Question]:
        case = heard.joined.case
        scored = heard.is_used & heard.feedback.is_score & (case >= 0)
        answers = [scored & side[np.maximum(case, 0)] for side in self.sides]
        if min(int(one.sum()) for one in answers) < MIN_ANSWERS:
            return
        for measure, mine in zip((MOOD_IF, MOOD_ELSE), answers, strict=True):
            yield ScoreQuestion(
                self.subject,
                measure,
                np.asarray(heard.feedback.emotions[mine], dtype=np.float64),
                heard.customers[mine],
                case[mine],
                self.target,
            )
