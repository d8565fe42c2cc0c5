"""Score columns named by a pattern."""

from __future__ import annotations

import numpy as np
import pytest
from tests.real_data import source

from desirepath.errors import EventsError
from desirepath.events.feedback.read import inspect_feedback
from desirepath.events.feedback.schema import FeedbackColumns, ScoreColumn

TABLE = {
    "customer_id": np.array(["1", "2", "3"]),
    "Seat comfort": np.array(["4", "0", "5"]),
    "Seat room": np.array(["3", "2", "1"]),
    "How was it?": np.array(["1", "5", "2"]),
    "Age": np.array(["33", "41", "58"]),
}


def scales(**scores: ScoreColumn) -> dict[str, tuple[str, str, int]]:
    named = {name.replace("_", " "): said for name, said in scores.items()}
    (table,) = inspect_feedback(TABLE, columns=FeedbackColumns(scores=named), zero_is_na=True).tables  # fmt: skip
    return {one.question: (one.scale, one.at, one.answered) for one in table.questions}


def test_a_pattern_means_the_columns_whose_answers_fit_its_scale() -> None:
    assert scales(**{"*": ScoreColumn("csat-5")}) == {
        "Seat comfort": ("csat-5", "", 2),
        "Seat room": ("csat-5", "", 3),
        "How was it?": ("csat-5", "", 3),
    }


def test_a_column_named_as_it_is_goes_before_a_pattern() -> None:
    found = scales(**{"seat*": ScoreColumn("stars-5", at="board"), "Seat room": ScoreColumn("ces-5")})  # fmt: skip
    assert found == {"Seat comfort": ("stars-5", "board", 2), "Seat room": ("ces-5", "", 3)}  # fmt: skip


def test_a_question_mark_is_no_wildcard() -> None:
    assert scales(**{"How was it?": ScoreColumn("csat-5")}) == {"How was it?": ("csat-5", "", 3)}  # fmt: skip


def test_a_pattern_that_means_nothing_is_an_error() -> None:
    with pytest.raises(EventsError) as caught:
        scales(**{"Meal*": ScoreColumn("csat-5")})
    assert str(caught.value) == (
        'the table: no column of scores matches "Meal*" [E251]\n'
        "  Look at the columns: desirepath feedback inspect FILE."
    )


@pytest.mark.nightly
@pytest.mark.data
def test_fourteen_ratings_of_a_flight_need_one_pattern() -> None:
    file = source("airline-satisfaction/test.csv")
    columns = FeedbackColumns(scores={"*": ScoreColumn("csat-5")})
    (table,) = inspect_feedback(file, columns=columns, zero_is_na=True).tables
    found = {one.question: one.not_applicable for one in table.questions}
    assert len(found) == 14
    assert found["Inflight wifi service"] == 813
    assert found["Departure/Arrival time convenient"] == 1381
