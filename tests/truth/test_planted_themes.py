"""Planted themes are settled rightly, null worlds are silent, and intervals hold the truth."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.columns import words_of
from desirepath.events.sequences import Segment, Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, MentionsClaim
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

WORLDS, WRITERS = 100, 500
TRUE, MATTERS = 0.2, 0.08
LATE = ("The parcel was far too late", "Delayed again", "I am still waiting for it")
OTHER = ("I bought it for my aunt", "It is the left one", "We chose the window")
MINUTE_US = 60_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_505)


def world(rng: np.random.Generator) -> tuple[Sequences, Feedback]:
    """Customers of whom one in five speaks of waiting; two segments that mean nothing."""
    keys = np.arange(1, WRITERS + 1, dtype=np.int64)
    log = Sequences(
        activities=("pay",),
        channels=("",),
        offsets=np.arange(WRITERS + 1, dtype=np.int64),
        codes=np.zeros(WRITERS, dtype=np.uint16),
        times_us=keys * MINUTE_US,
        case_keys=keys,
        customers=keys,
        segments={
            "half": Segment(
                ("", "a", "b"), rng.integers(1, 3, WRITERS).astype(np.uint16)
            )
        },
        end_us=10**12 * 60,
    )
    texts = np.where(
        rng.random(WRITERS) < TRUE,
        rng.choice(np.array(LATE, dtype=object), WRITERS),
        rng.choice(np.array(OTHER, dtype=object), WRITERS),
    )
    none = Words(("",), np.zeros(WRITERS, dtype=np.int64))
    feedback = Feedback(
        customers=keys,
        cases=keys,
        responses=np.arange(WRITERS, dtype=np.int64),
        times_us=log.times_us,
        questions=(Asked("What else?", None, "text"),),
        asked=np.zeros(WRITERS, dtype=np.int64),
        scores=np.full(WRITERS, np.nan),
        texts=texts,
        hints=none,
        channels=none,
        languages=words_of(["en"] * WRITERS),
    )
    return log, feedback


def plan() -> JourneyMap:
    limits = {
        "right": {"at_least": f"{TRUE - MATTERS:.0%}"},
        "wrong": {"at_least": f"{TRUE + MATTERS:.0%}"},
        "border": {"at_least": f"{TRUE:.0%}"},
    }
    statements = tuple(
        Statement(
            id=name,
            lane="pains",
            claim=Claim(mentions=MentionsClaim(theme="waiting", **limit)),
        )
        for name, limit in limits.items()
    )
    step = Step(
        id="pay",
        name="I pay",
        events=(EventPattern(activity="pay"),),
        statements=statements,
    )
    return JourneyMap(
        id="shop", title="Shop", stages=(Stage(id="buy", name="Buy", steps=(step,)),)
    )


def test_planted_themes_are_settled_rightly(rng: np.random.Generator) -> None:
    words: Counter[tuple[str, str]] = Counter()
    held = split = silent = 0
    journey = plan()
    for _ in range(WORLDS):
        log, feedback = world(rng)
        evidence = measure_map(journey, log, feedback=feedback)
        report = check_map(journey, evidence)
        for name in ("right", "wrong", "border"):
            (verdict,) = report.of(f"statement:{name}")
            words[name, verdict.verdict] += 1
            split += verdict.verdict == "mixed"
        fact = evidence.find("map", "mentions", target="waiting")
        assert fact is not None
        assert fact.low is not None
        assert fact.high is not None
        held += fact.low <= TRUE <= fact.high
        silent += not [gap for gap in report.missing if gap.kind == "theme"]
    assert words["right", "confirmed"] >= 0.95 * WORLDS
    assert words["wrong", "refuted"] >= 0.95 * WORLDS
    assert words["right", "refuted"] + words["wrong", "confirmed"] == 0
    assert words["border", "unknown"] >= 0.9 * WORLDS
    assert split <= 0.02 * WORLDS
    assert held >= 0.9 * WORLDS
    assert silent == WORLDS
