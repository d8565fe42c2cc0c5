"""Where some customers answer more often than others, weighted scores hold the truth and plain ones do not.

Two thirds of 1,200 customers use the web; customers of the app are happier and answer four times as often.
"""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.events.feedback.answers import Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Segment, Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, ScoreClaim
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

WORLDS, CUSTOMERS = 200, 1_200
SHARES = {"web": np.array([0.2, 0.25, 0.25, 0.2, 0.1]), "app": np.array([0.05, 0.05, 0.2, 0.4, 0.3])}  # fmt: skip
RATES = {"web": 0.15, "app": 0.6}
WEB = 2 / 3
MEANS = {name: float((share * (np.arange(1, 6) - 3)).sum()) for name, share in SHARES.items()}  # fmt: skip
TRUE = WEB * MEANS["web"] + (1 - WEB) * MEANS["app"]
MINUTE_US = 60_000_000


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_504)


def world(
    rng: np.random.Generator, rates: dict[str, float]
) -> tuple[Sequences, Feedback]:
    """Cases of one event, and the answers of those who cared to answer."""
    keys = np.arange(1, CUSTOMERS + 1, dtype=np.int64)
    is_web = rng.random(CUSTOMERS) < WEB
    log = Sequences(
        activities=("pay",),
        channels=("",),
        offsets=np.arange(CUSTOMERS + 1, dtype=np.int64),
        codes=np.zeros(CUSTOMERS, dtype=np.uint16),
        times_us=keys * MINUTE_US,
        case_keys=keys,
        customers=keys,
        segments={
            "platform": Segment(("", "app", "web"), np.where(is_web, 2, 1).astype(np.uint16)),
            "moon": Segment(("", "new", "full"), rng.integers(1, 3, CUSTOMERS).astype(np.uint16)),
        },
        end_us=10**12 * 60,
    )  # fmt: skip
    web, app = (rng.choice(np.arange(1.0, 6.0), CUSTOMERS, p=SHARES[name]) for name in ("web", "app"))  # fmt: skip
    did = rng.random(CUSTOMERS) < np.where(is_web, rates["web"], rates["app"])
    count = int(did.sum())
    none = Words(("",), np.zeros(count, dtype=np.int64))
    feedback = Feedback(
        customers=keys[did],
        cases=keys[did],
        responses=np.arange(count, dtype=np.int64),
        times_us=log.times_us[did],
        questions=(Asked("How was it?", SCALES["csat-5"], "score"),),
        asked=np.zeros(count, dtype=np.int64),
        scores=np.where(is_web, web, app)[did],
        texts=np.full(count, "", dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )
    return log, feedback


def plan() -> JourneyMap:
    said = Statement(id="good", lane="gains", text="Good", claim=Claim(score=ScoreClaim(at_least=MEANS["web"] - 0.3)))  # fmt: skip
    step = Step(id="pay", name="I pay", events=(EventPattern(activity="pay"),), statements=(said,))  # fmt: skip
    return JourneyMap(id="truth", title="Truth", stages=(Stage(id="all", name="All", steps=(step,)),))  # fmt: skip


def test_weighted_scores_hold_the_truth_where_plain_ones_do_not(
    rng: np.random.Generator,
) -> None:
    weighted = plain = confirmed = 0
    journey = plan()
    for _ in range(WORLDS):
        log, feedback = world(rng, RATES)
        evidence = measure_map(journey, log, feedback=feedback)
        fact = evidence.find("step:pay", "score_weighted", target="emotion")
        score = evidence.find("step:pay", "score", target="emotion")
        assert fact is not None
        assert score is not None
        assert "platform" in fact.source
        weighted += (fact.low or 0) <= TRUE <= (fact.high or 0)
        plain += (score.low or 0) <= TRUE <= (score.high or 0)
        (verdict,) = check_map(journey, evidence).of("statement:good")
        # the verdict stands on the weighted score, and says so
        assert verdict.value == fact.value
        confirmed += verdict.verdict == "confirmed" and verdict.reason.endswith(
            "weighted for who answered, by platform"
        )
    assert weighted >= 0.93 * WORLDS
    assert plain <= 0.5 * WORLDS
    assert confirmed >= 0.95 * WORLDS


def test_where_all_answer_alike_nothing_is_weighted(rng: np.random.Generator) -> None:
    journey = plan()
    found = 0
    for _ in range(WORLDS):
        log, feedback = world(rng, {"web": 0.3, "app": 0.3})
        evidence = measure_map(journey, log, feedback=feedback)
        found += "who answered" in evidence.sources
    assert found <= 0.03 * WORLDS
