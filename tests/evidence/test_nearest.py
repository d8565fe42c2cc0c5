"""Which of several maps each case is most like."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.discover.draft import discover_maps
from desirepath.errors import EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.evidence.nearest import nearest_maps, take_nearest
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def test_a_case_is_most_like_the_map_that_tells_it_with_least_words(
    log: Log, plan: Plan
) -> None:
    web, phone = plan("look basket pay get"), plan("look call order get")
    cases = log(
        "look basket pay get",
        "look call order get",
        "look basket",  # left early, but on the way of the first
        "look order get",
        "look",  # both tell it equally well: the first counts
        "thanks",
        "look help help2 help3 call order",  # what no map shows speaks for none
    )
    assert nearest_maps([web, phone], cases).tolist() == [0, 1, 0, 1, 0, -1, 1]


def test_who_leaves_early_is_not_drawn_to_the_shorter_map(log: Log, plan: Plan) -> None:
    long, short = plan("a b c d e f"), plan("x y")
    assert nearest_maps([short, long], log("a b", "a", "x")).tolist() == [1, 1, 0]


def test_only_own_cases_are_measured_and_the_evidence_says_so(
    log: Log, plan: Plan
) -> None:
    web = plan("look basket pay")
    phone = plan("look call order").model_copy(update={"id": "phone"})
    cases = log(*["look basket pay"] * 6, *["look call order"] * 4)
    own = measure_map(web, take_nearest(web, [phone], cases))
    reach = own.find("step:pay", "reach")
    assert reach is not None
    assert (own.cases, reach.value) == (6, 1.0)
    assert own.sources["cases"] == (
        "6 of 10 cases, those most like shop rather than phone"
    )


def test_a_map_that_no_case_is_like_is_refused(log: Log, plan: Plan) -> None:
    web, phone = plan("look basket pay"), plan("look call")
    with pytest.raises(EvidenceError) as error:
        take_nearest(web, [phone], log(*["look call pay"] * 5))
    assert str(error.value) == (
        "shop: no case is more like this map than like the others [E308]\n"
        "  Others: shop. Measure it on all cases, or leave one out."
    )


@pytest.mark.truth
def test_cases_are_given_to_the_way_they_were_made_from(log: Log, plan: Plan) -> None:
    """Three ways that share steps; cases stop anywhere after the third step, skip and add at 10 % each."""
    ways = (
        "home search look basket pay get",
        "home mail shop call order get",
        "home search ask visit try get",
    )
    maps = [plan(way) for way in ways]
    rng = np.random.default_rng(4)
    right = []
    for _ in range(20):
        kinds = rng.integers(0, 3, 300)
        cases = []
        for kind in kinds:
            steps = ways[kind].split()[: rng.integers(3, 7)]
            kept = [one for one in steps if rng.random() > 0.1] or steps
            for _ in range(rng.binomial(3, 0.1)):
                kept.insert(
                    int(rng.integers(0, len(kept) + 1)), f"odd{rng.integers(9)}"
                )
            cases.append(" ".join(kept))
        right.append(float((nearest_maps(maps, log(*cases)) == kinds).mean()))
    assert np.mean(right) > 0.93
    assert min(right) > 0.88


@pytest.mark.truth
def test_drafts_of_kinds_hold_for_their_own_cases_as_well(log: Log) -> None:
    rng = np.random.default_rng(5)
    for _ in range(5):
        kinds = ("ask offer W_call sign", "ask offer sign", "ask W_check decline end")
        cases = rng.choice(kinds, 800, p=(0.3, 0.3, 0.4)).tolist()
        found = discover_maps(log(*cases), maps=2, backstage=["W_*"]).maps
        assert len(found) == 2
        for number, draft in enumerate(found):
            others = [one for at, one in enumerate(found) if at != number]
            own = take_nearest(draft, others, log(*cases))
            report = check_map(draft, measure_map(draft, own))
            assert [one for one in report.verdicts if one.verdict == "refuted"] == []
