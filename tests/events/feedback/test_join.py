"""Answers joined to cases, counted by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from desirepath.events.feedback.answers import NO_TIME_US, Asked, Feedback, Words
from desirepath.events.feedback.join import join_feedback
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]
START_US = 1_704_067_200_000_000
DAY_S = 86_400


def answers(
    *given: tuple[int, int, float | None], scores: Sequence[float] = ()
) -> Feedback:
    """Answers as (key of the customer, key of the case, second since 2024)."""
    count = len(given)
    none = Words(("",), np.zeros(count, dtype=np.int64))
    times = [
        NO_TIME_US if at is None else START_US + int(at * 1e6) for _, _, at in given
    ]
    return Feedback(
        customers=np.array([one[0] for one in given], dtype=np.int64),
        cases=np.array([one[1] for one in given], dtype=np.int64),
        responses=np.arange(count, dtype=np.int64),
        times_us=np.array(times, dtype=np.int64),
        questions=(Asked("How was it?", SCALES["csat-5"], "score"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=np.array(scores or [4.0] * count),
        texts=np.full(count, "", dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )


def test_the_case_an_answer_names_decides(log: Log) -> None:
    two = log("look:0 pay:60", "look:0 pay:60", customers=[7, 7])
    joined = join_feedback(answers((7, 1, 9e9), (-1, 2, None)), two)
    assert joined.case.tolist() == [0, 1]
    assert dict(joined.by) == {"by case": 2}


def test_without_a_case_the_last_case_before_the_answer_is_meant(log: Log) -> None:
    cases = log("look:0 pay:100", "look:1000 pay:2000", "look:50", customers=[7, 7, 8])
    asked = answers(
        (7, -1, 50),  # while the first runs
        (7, -1, 500),  # after it
        (7, -1, 1000),  # as the second begins
        (7, -1, 2000 + 30 * DAY_S),  # just within the limit
        (7, -1, 2001 + 30 * DAY_S),
        (7, -1, -1),  # before all
        (8, -1, None),  # one case only
        (7, -1, None),
        (9, -1, 50),
        (-1, -1, 50),
    )
    joined = join_feedback(asked, cases)
    assert joined.case.tolist() == [0, 0, 1, 1, -1, -1, 2, -1, -1, -1]
    assert joined.words() == (
        "5 of 10 answers joined to cases (50 %): 4 by customer and time, "
        "1 by customer with a single case; not joined: 1 name nobody, "
        "1 name somebody who is not in the events, "
        "2 lie before or more than 30 d after any case of the customer, "
        "1 have no time, and the customer several cases"
    )


def test_a_wider_limit_joins_more(log: Log) -> None:
    cases = log("look:0")
    late = answers((1, -1, 40 * DAY_S))
    assert join_feedback(late, cases).share == 0
    assert join_feedback(late, cases, limit_days=60).share == 1


def test_cases_that_were_cut_are_joined_by_time(log: Log) -> None:
    # both parts are one case in the files; its key has become that of the first part
    parts = log("look:0 pay:60", "look:1000", customers=[1, 1])
    cut = replace(parts, source={"gap": "5m"})
    assert join_feedback(answers((1, 1, 1500)), cut).case.tolist() == [1]
    assert join_feedback(answers((-1, 1, 1500)), cut).case.tolist() == [1]


def test_without_times_only_a_single_case_can_be_meant(log: Log) -> None:
    plain = log("look pay", "look", "look", customers=[5, 6, 6], has_times=False)
    assert join_feedback(answers((5, -1, 10), (6, -1, 10)), plain).case.tolist() == [0, -1]  # fmt: skip
