"""How each case was as a whole, and at each step, by what its customer answered. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events.feedback.join import NOT_JOINED
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.heard import Heard
from desirepath.stats.arrays import FloatArray, floats


@dataclass(frozen=True, slots=True)
class Forms:
    """Answers that belong together: about one case, or of one form where no case is known.

    Attributes:
        case: int64[forms], index of the case, -1 where none is known.
        customers: int64[forms], key of the customer.
        overall: float64[forms], mean of the answers about nothing in particular, -2 to +2; nan for none.
        steps: float64[forms, n_steps], mean of the answers about each step; nan for none.
        is_general: True where some answers are about nothing in particular.
    """

    case: IntArray
    customers: IntArray
    overall: FloatArray
    steps: FloatArray
    is_general: bool


def forms_of(heard: Heard, step_count: int) -> Forms:
    """Answers with a score, gathered by case or form.

    Where no answer is about the whole, `overall` is the mean of all.
    """
    feedback = heard.feedback
    used = np.flatnonzero(heard.is_used & feedback.is_score)
    emotions = feedback.emotions[used]
    case = heard.joined.case[used]
    own = np.where(case != NOT_JOINED, case, -2 - feedback.responses[used])
    _, one, form = np.unique(own, return_index=True, return_inverse=True)
    about = np.array([bool(asked.at) for asked in feedback.questions], np.bool_)
    named = (feedback.hints.codes[used] != 0) | about[feedback.asked[used]]
    # what names nothing is about the whole, where other answers name what they are about
    is_general = bool(named.any() and not named.all())
    whole = ~named if is_general else np.ones(len(used), dtype=np.bool_)
    step = np.where(is_general & ~named, UNBOUND, heard.step[used])
    size = len(one)
    placed = step != UNBOUND
    cells = form[placed] * step_count + step[placed]
    return Forms(
        np.where(case[one] != NOT_JOINED, case[one], NOT_JOINED).astype(np.int64),
        heard.customers[used][one],
        _means(emotions[whole], form[whole], size),
        _means(emotions[placed], cells, size * step_count).reshape(size, step_count),
        is_general,
    )


def _means(values: FloatArray, place: IntArray, size: int) -> FloatArray:
    known = np.isfinite(values)
    total = np.bincount(place[known], values[known], size)
    count = np.bincount(place[known], minlength=size)
    return floats(np.where(count > 0, total / np.maximum(count, 1), np.nan))


def of_cases(forms: Forms, case_count: int) -> FloatArray:
    """float64[n_cases], overall score of each case; nan where nobody answered."""
    scores = np.full(case_count, np.nan)
    known = forms.case >= 0
    scores[forms.case[known]] = forms.overall[known]
    return scores


def both(*columns: FloatArray) -> BoolArray:
    """bool[n], rows that are known in all columns."""
    return np.asarray(np.isfinite(np.column_stack(columns)).all(axis=1))
