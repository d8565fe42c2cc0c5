"""Scales: what is recognized, and the place of an answer on the emotion scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.events.feedback.scales import SCALES, recognize_scale, scale_named


@pytest.mark.parametrize(
    ("name", "answers", "emotions"),
    [
        ("csat-5", [1, 3, 5], [-2, 0, 2]),
        ("csat-7", [1, 4, 5.5, 7], [-2, 0, 1, 2]),
        ("rating-1-10", [1, 5.5, 10], [-2, 0, 2]),
        ("nps", [0, 5, 10], [-2, 0, 2]),
        ("sentiment", [-1, 0, 1], [-2, 0, 2]),
        ("emotion", [-2, 0.5], [-2, 0.5]),
    ],
)
def test_scales_become_emotions_as_the_table_says(
    name: str, answers: list[float], emotions: list[float]
) -> None:
    assert SCALES[name].emotion(np.array(answers)).tolist() == pytest.approx(emotions)


@given(st.sampled_from(sorted(SCALES)), st.floats(0, 1), st.floats(0, 1))
def test_every_scale_keeps_its_order_and_its_ends(
    name: str, low: float, high: float
) -> None:
    scale = SCALES[name]
    span = scale.high - scale.low
    first, second = scale.emotion(
        np.array([scale.low + min(low, high) * span, scale.low + max(low, high) * span])
    )
    assert -2.000001 <= first <= second <= 2.000001
    turned = scale_named(name, high_is_good=False)
    assert turned.emotion(np.array([scale.high]))[0] == pytest.approx(-2)


QUESTIONS: dict[str, tuple[list[float], str]] = {
    "NPS": ([0, 7, 10], "nps"),
    "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": ([1, 10], "nps"),
    "csat_1_7": ([2, 5], "csat-7"),
    "Zufriedenheit mit der Lieferung": ([1, 4], "csat-5"),
    "How satisfied are you?": ([2, 6], "csat-7"),
    "The company made it easy for me": ([1, 7], "ces-7"),
    "review_score": ([1, 5], "stars-5"),
    "overall rating (1-10)": ([1, 9], "rating-1-10"),
    "Rating": ([0, 9], "rating-0-10"),
    "mood": ([-2, 1], "emotion"),
    "sentiment": ([-1, 0.2], "sentiment"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_of_a_question_tell_its_scale(question: str) -> None:
    answers, name = QUESTIONS[question]
    found = recognize_scale(question, answers)
    assert found.scale is not None
    assert (found.scale.name, found.is_certain) == (name, True)


def test_how_much_effort_is_a_complaint() -> None:
    found = recognize_scale("How much effort did it take?", [1, 5])
    assert found.scale is not None
    assert (found.scale.name, found.scale.high_is_good) == ("ces-5", False)
    assert "taken as a complaint" in found.why


def test_numbers_alone_settle_no_scale() -> None:
    found = recognize_scale("Seat comfort", [1, 5])
    assert not found.is_certain
    assert recognize_scale("Age", [18, 70]).why == "answers from 18 to 70 fit no scale"
    assert recognize_scale("nps", []).why == "nobody answered with a number"
    unsure = recognize_scale("overall rating", [1, 9])
    assert unsure.scale is None
    assert unsure.why == (
        "answers from 1 to 9: say whether the scale is rating-1-10, rating-0-10 or nps"
    )
