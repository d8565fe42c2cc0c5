"""Answers joined to cases: by the case they name, or by customer and time. Knows no map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from desirepath.events.feedback.answers import NO_TIME_US, NOBODY, Feedback
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, exact, listed

DAY_US = 86_400_000_000
LIMIT_DAYS = 30.0
NOT_JOINED = -1
CUTTING_RULES = (
    "gap",
    "ends with",
)  # the key of a case then stands for its first part only


@dataclass(frozen=True, slots=True)
class Joined:
    """Which case each answer is about.

    Attributes:
        case: int64[n_answers], index of the case, -1 where none is known.
        is_named: bool[n_answers], True for answers that name a case or a customer.
        by: Answers joined, by how.
        why_not: Answers not joined, by reason.
    """

    case: IntArray
    is_named: BoolArray
    by: Mapping[str, int]
    why_not: Mapping[str, int]

    @property
    def count(self) -> int:
        """Answers joined."""
        return sum(self.by.values())

    @property
    def share(self) -> float:
        """Share of the answers that are joined, 0 to 1; 0 where there are none."""
        return self.count / max(len(self.case), 1)

    def words(self) -> str:
        """What was joined and what was not, in one sentence.

        Examples:
            >>> one = Joined(np.array([3, -1]), np.array([True, True]), {"by case": 1}, {"no such customer": 1})
            >>> one.words()
            '1 of 2 answers joined to cases (50 %): 1 by case; not joined: 1 no such customer'
        """
        share = Number(round(self.share, 2), "share")
        told = Phrase("joined.of", count=self.count, all=len(self.case), share=share)
        return told_ways(told, self.by, "joined.not_joined", self.why_not)


def told_ways(
    told: Phrase, by: Mapping[str, int], key: str, why_not: Mapping[str, int]
) -> Phrase:
    """How many answers were used, by which ways, and why others were not.

    Args:
        told: How many of how many.
        by: Answers used, by how.
        key: Of the sentence on those that were not used.
        why_not: Answers not used, by reason.
    """
    ways, left = (
        listed(Phrase("joined.way", count=count, way=way) for way, count in one.items())
        for one in (by, why_not)
    )
    used = Phrase("joined.ways", told=told, ways=ways) if ways else told
    return listed([used, Phrase(key, ways=left) if left else ""], "semicolon")


def join_feedback(
    feedback: Feedback, sequences: Sequences, *, limit_days: float = LIMIT_DAYS
) -> Joined:
    """The case each answer is about.

    The case that an answer names; else the customer's case that began last before the answer, if it
    was still running or had ended no longer than the limit before; without a time, the customer's only
    case.

    Args:
        feedback: Answers.
        sequences: Cases.
        limit_days: Longest time between the end of a case and an answer about it, days.

    Examples:
        >>> from desirepath.events.feedback.answers import nobody
        >>> empty = np.zeros(0, np.int64)
        >>> join_feedback(nobody(), Sequences((), (), np.zeros(1, np.int64), empty, empty, empty, empty)).share
        0.0
    """
    case = np.full(feedback.count, NOT_JOINED, dtype=np.int64)
    has_time = (feedback.times_us != NO_TIME_US) & sequences.has_times
    by: dict[str, int] = {}
    is_cut = any(rule in sequences.source for rule in CUTTING_RULES)
    if not is_cut:
        case = _found(feedback.cases, sequences.case_keys)
        by[Phrase("joined.by_case")] = int((case != NOT_JOINED).sum())
    people = np.where(feedback.customers != NOBODY, feedback.customers, feedback.cases)
    customer, owner = _numbered(people, sequences.customers)
    wanted = (case == NOT_JOINED) & (customer != NOT_JOINED)
    timed = np.flatnonzero(wanted & has_time)
    case[timed] = _last_begun(
        customer[timed], feedback.times_us[timed], owner, sequences, limit_days
    )
    by[Phrase("joined.by_customer_time")] = int((case[timed] != NOT_JOINED).sum())
    untimed = np.flatnonzero(wanted & ~has_time)
    case[untimed] = _only_case(customer[untimed], owner)
    by[Phrase("joined.by_single_case")] = int((case[untimed] != NOT_JOINED).sum())
    is_named = (feedback.customers != NOBODY) | (feedback.cases != NOBODY)
    left = case == NOT_JOINED
    reasons: dict[str, BoolArray] = {
        Phrase("joined.nobody"): left & ~is_named,
        Phrase("joined.stranger"): left & is_named & (customer == NOT_JOINED),
        Phrase("joined.far", days=exact(limit_days)): left
        & wanted
        & has_time,
        Phrase("joined.no_time"): left & wanted & ~has_time,
    }  # fmt: skip
    return Joined(
        case,
        is_named,
        {way: count for way, count in by.items() if count},
        {why: int(mask.sum()) for why, mask in reasons.items() if mask.any()},
    )


def _found(keys: IntArray, known: IntArray) -> IntArray:
    """int64[n], place of each key among the known ones, -1 where it is none of them."""
    if not len(known):
        return np.full(len(keys), NOT_JOINED, dtype=np.int64)
    order = np.argsort(known, kind="stable")
    place = np.minimum(np.searchsorted(known[order], keys), len(known) - 1)
    is_same = (known[order][place] == keys) & (keys != NOBODY)
    return np.where(is_same, order[place], NOT_JOINED)


def _numbered(people: IntArray, customers: IntArray) -> tuple[IntArray, IntArray]:
    """int64[n_answers] number of the customer, -1 for strangers; int64[n_cases] number of the owner."""
    names, owner = np.unique(customers, return_inverse=True)
    return _found(people, names), owner.astype(np.int64)


def _last_begun(
    customer: IntArray,
    times_us: IntArray,
    owner: IntArray,
    sequences: Sequences,
    limit_days: float,
) -> IntArray:
    """int64[n], the customer's case that began last at or before each time, within the limit."""
    if not len(customer):
        return np.zeros(0, dtype=np.int64)
    starts = sequences.starts_us
    # cases and answers in one line of time per customer; a case stands before an answer of its moment
    who = np.concatenate([owner, customer])
    when = np.concatenate([starts, times_us])
    is_answer = np.repeat([False, True], [len(owner), len(customer)])
    order = np.lexsort((is_answer, when, who))
    begun = np.where(is_answer[order], -1, np.arange(len(order)))
    last = np.maximum.accumulate(begun)
    is_own = (last >= 0) & (who[order][np.maximum(last, 0)] == who[order])
    found = np.where(is_own, order[np.maximum(last, 0)], NOT_JOINED)
    mine = np.empty(len(order), dtype=np.int64)
    mine[order] = found
    case = mine[len(owner) :]
    ends = sequences.times_us[sequences.offsets[1:] - 1]
    late_us = times_us - ends[np.maximum(case, 0)]
    return np.where((case >= 0) & (late_us <= limit_days * DAY_US), case, NOT_JOINED)


def _only_case(customer: IntArray, owner: IntArray) -> IntArray:
    """int64[n], the case of customers who have one only."""
    if not len(customer):
        return np.zeros(0, dtype=np.int64)
    counts = np.bincount(owner)
    first = np.full(len(counts), NOT_JOINED, dtype=np.int64)
    first[owner] = np.arange(len(owner))
    return np.where(counts[customer] == 1, first[customer], NOT_JOINED)
