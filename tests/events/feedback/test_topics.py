"""Topics come back as they were planted, and are the same each time."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.read import read_feedback
from desirepath.events.feedback.said import read_themes
from desirepath.events.feedback.tagger import ratings_of
from desirepath.events.feedback.topics import Topics, find_topics

PLANTED = {
    "parcel": ("parcel", "courier", "doorstep", "package", "depot", "driver"),
    "shoes": ("shoes", "leather", "size", "heel", "laces", "sole"),
    "login": ("password", "login", "account", "reset", "email", "code"),
    "meal": ("soup", "dessert", "waiter", "table", "menu", "wine"),
}


@pytest.fixture
def planted() -> Feedback:
    rng = np.random.default_rng(20_260_504)
    texts, stars = [], []
    for number in range(240):
        words = list(PLANTED.values())[number % 4]
        texts.append(" ".join(rng.choice(words, 4, replace=False)) + f" {number}")
        stars.append("1" if number % 4 == 0 else "5")
    return read_feedback(
        {
            "customer": np.array([f"c{n}" for n in range(240)]),
            "lang": np.array(["en"] * 240),
            "stars": np.array(stars),
            "comment": np.array(texts),
        }
    )


def topics(feedback: Feedback, **options: object) -> tuple[Topics, ...]:
    said = read_themes(feedback)
    return find_topics(feedback, said, ratings_of(feedback), **options)  # type: ignore[arg-type]


def test_planted_topics_are_found_with_their_number(planted: Feedback) -> None:
    (found,) = topics(planted)
    assert len(found.topics) == 4
    assert all(one.customer_count == 60 for one in found.topics)
    for words in PLANTED.values():
        assert any(set(one.terms) <= set(words) for one in found.topics)
    by_feeling = sorted(one.mean_emotion or 0.0 for one in found.topics)
    assert by_feeling == [-2.0, 2.0, 2.0, 2.0]
    assert all(1 <= len(one.quotes) <= 3 for one in found.topics)


def test_topics_are_the_same_each_time(planted: Feedback) -> None:
    assert topics(planted, count=3) == topics(planted, count=3)


def test_a_pinned_name_stays_with_its_words(planted: Feedback) -> None:
    (found,) = topics(planted, count=4, pinned={"Slow parcel": ["Parcel", "courier"]})
    assert "Slow parcel" in [one.name for one in found.topics]


@pytest.mark.parametrize("count", [1, 51])
def test_an_odd_number_of_topics_is_refused(planted: Feedback, count: int) -> None:
    with pytest.raises(EventsError) as error:
        topics(planted, count=count)
    assert str(error.value) == (
        f"{count} topics are asked for [E266]\n  Ask for 2 to 50."
    )


def test_few_texts_make_no_topics() -> None:
    few = read_feedback({"comment": np.array(["not much to say here"] * 100)})
    with pytest.raises(EventsError) as error:
        topics(few)
    assert str(error.value) == (
        "no language has 60 different texts, too few for topics [E266]\n"
        "  Use themes: desirepath feedback themes FILE."
    )
