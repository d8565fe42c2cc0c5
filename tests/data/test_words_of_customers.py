"""What customers write in real files: late orders are about waiting, and good is told from bad as stated."""

from __future__ import annotations

import pytest
from tests.real_data import source

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.private import private_counts
from desirepath.events.feedback.read import read_feedback
from desirepath.events.feedback.said import read_themes
from desirepath.events.feedback.tagger import Compared, tones_of

pytestmark = pytest.mark.data


def answers(name: str) -> Feedback:
    return read_feedback(source(name))


def compared(name: str) -> Compared:
    feedback = answers(name)
    (found,) = tones_of(feedback, read_themes(feedback)).compared
    return found


def test_reviews_in_portuguese_are_told_apart_by_cues() -> None:
    found = compared("olist-orders-sample/olist_order_reviews_dataset.csv")
    assert found.language == "pt"
    assert found.rules > 0.89
    assert not found.is_learned


@pytest.mark.nightly
def test_tweets_are_told_apart_better_by_what_was_learned() -> None:
    found = compared("airline-tweets/Tweets.csv")
    assert found.rules > 0.8
    assert found.is_learned
    assert found.learned is not None
    assert found.learned > 0.85


def test_bad_reviews_are_about_what_did_not_arrive() -> None:
    feedback = answers("olist-orders-sample/olist_order_reviews_dataset.csv")
    said = read_themes(feedback)
    counts = {name: int(said.speaks_of(name).sum()) for name in said.names}
    assert counts["not_delivered"] > 200
    assert counts["waiting"] > 150
    assert counts["discomfort"] < 20


def test_handles_of_tweets_are_private() -> None:
    counts = private_counts(answers("airline-tweets/Tweets.csv").texts[:2_000])
    assert counts["handle"] > 1_900
    assert counts.get("phone", 0) < 20
