"""Good or bad: cues first; what is learned is used only where it is shown to be better."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.read import read_feedback
from desirepath.events.feedback.said import read_themes
from desirepath.events.feedback.tagger import Tones, ratings_of, tones_of

# words of a trade that no list knows
GOOD = ("zorbled", "quindled", "frapped", "wistled")
BAD = ("gromped", "slurked", "plonged", "drebbed")


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_503)


def rated(texts: list[str], scores: list[int]) -> Feedback:
    return read_feedback(
        {
            "customer": np.array([f"c{n}" for n in range(len(texts))]),
            "lang": np.array(["en"] * len(texts)),
            "stars": np.array([str(score) for score in scores]),
            "comment": np.array(texts),
        }
    )


def slang(rng: np.random.Generator, count: int) -> Feedback:
    good = rng.random(count) < 0.5
    texts = [
        f"the thing {rng.choice(GOOD if one else BAD)} in room {number}"
        for number, one in enumerate(good)
    ]
    return rated(texts, [5 if one else 1 for one in good])


def told(feedback: Feedback) -> Tones:
    return tones_of(feedback, read_themes(feedback))


def test_words_no_list_knows_are_learned(rng: np.random.Generator) -> None:
    feedback = slang(rng, 300)
    (compared,) = told(feedback).compared
    assert compared.is_learned
    assert compared.rules == pytest.approx(0.5)
    assert compared.learned is not None
    assert compared.learned > 0.95
    assert (told(feedback).tones == np.sign(ratings_of(feedback))).mean() > 0.95


def test_the_same_file_gives_the_same_tones(rng: np.random.Generator) -> None:
    feedback = slang(rng, 200)
    first, second = told(feedback), told(feedback)
    assert first.tones.tolist() == second.tones.tolist()
    assert first.compared == second.compared


def test_noise_is_not_learned(rng: np.random.Generator) -> None:
    texts = [f"the thing {rng.choice(GOOD)} in room {n}" for n in range(300)]
    (compared,) = told(rated(texts, rng.choice([1, 5], 300).tolist())).compared
    assert not compared.is_learned


def test_copies_of_one_text_are_not_learned_from_and_tried_at_once() -> None:
    texts = ["the thing zorbled here"] * 100 + ["the thing gromped here"] * 100
    (compared,) = told(rated(texts, [5] * 100 + [1] * 100)).compared
    assert not compared.is_learned


def test_few_ratings_leave_it_to_the_cues() -> None:
    found = told(rated(["This is terrible service", "Very good, thank you"], [1, 5]))
    assert found.tones.tolist() == [-1, 1]
    assert found.compared[0].words() == (
        "en: cues 100 % of 2 rated answers; too few to learn from (50 different good and 50 bad ones are needed)"
    )
    assert found.sureness.tolist() == pytest.approx([0.75, 0.75], abs=0.1)


def test_words_take_the_rating_of_their_row() -> None:
    feedback = read_feedback(
        {
            "stars": np.array(["1", "5"]),
            "review_comment_title": np.array(["Bad indeed", "So good"]),
            "review_comment_message": np.array(
                ["never came to us", "came early to us"]
            ),
        }
    )
    assert sorted(ratings_of(feedback)[feedback.texts != ""].tolist()) == [-2.0, -2.0, 2.0, 2.0]  # fmt: skip
