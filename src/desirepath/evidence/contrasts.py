"""Contrasts: cases at one place that met something, against those there that did not. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ShareQuestion

HAS, GOAL_IF, GOAL_ELSE = "has", "goal_if", "goal_else"
LEAVE_IF, LEAVE_ELSE = "leave_if", "leave_else"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Cases at one place, with and without something.

    Attributes:
        subject: Ref of the place.
        target: What they met, such as ``again``, ``slow``, ``activity:chat`` or ``switch:web>phone``.
        here: bool[n_cases], cases compared.
        has: bool[n_cases], of them, those that met it.
        step: Index of the step at which leaving counts; -1 where it is not asked.
    """

    subject: str
    target: str
    here: BoolArray
    has: BoolArray
    step: int = -1

    @property
    def is_large(self) -> bool:
        """True where both sides have enough cases to be compared."""
        have = int((self.here & self.has).sum())
        return have >= MIN_CASES and int(self.here.sum()) - have >= MIN_CASES

    def questions(self, places: Places) -> Iterator[Question]:
        """How many meet it; of those with and those without, how many reach the goal and leave here.

        Only closed cases are asked how they ended.
        """
        laid = places.laid
        has, lacks = self.here & self.has, self.here & ~self.has
        yield ShareQuestion(self.subject, HAS, self.here, has, self.target)
        closed = ~laid.aligned.is_open
        if laid.aligned.binding.is_goal_known:
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
