"""Goals along a row of activities, days, and rare activities that change who gets there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from desirepath.check.verdicts import check_map
from desirepath.discover.draft import discover_maps
from desirepath.discover.goal import find_aim
from desirepath.discover.matters import rare_that_matter
from desirepath.errors import CheckError
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.evidence.measure_flow import measure_flow
from desirepath.maps.claims import Claim
from desirepath.maps.files import read_map, write_map

Log = Callable[..., Sequences]


def test_a_row_of_activities_is_reached_in_its_order_only(log: Log) -> None:
    shop = log("pay look basket pay", "pay basket", "basket look pay pay", "look")
    aim = find_aim(shop, "basket > pay")
    assert aim is not None
    assert aim.patterns == ("basket", "pay")
    ends = aim.first_in_case(shop)
    starts = shop.offsets[:-1]
    assert (ends - starts)[[0, 2]].tolist() == [3, 2]
    assert ends[[1, 3]].tolist() == [-1, -1]


def test_an_arrow_in_a_name_is_no_row(log: Log) -> None:
    shop = log(*["a>b c"] * 3)
    aim = find_aim(shop, "a>b")
    assert aim is not None
    assert aim.patterns == ("a>b",)


@pytest.mark.parametrize(
    ("goal", "missing"), [("look > fly", "fly"), ("fly", "fly"), (">", ">")]
)
def test_a_part_of_a_goal_that_never_happens_is_named(
    log: Log, goal: str, missing: str
) -> None:
    with pytest.raises(CheckError) as error:
        discover_maps(log(*["look pay"] * 20), goal=goal)
    assert str(error.value) == (
        f'no activity matches the goal "{missing}" [E410]\n'
        "  Activities here: look, pay."
    )


def test_the_draft_of_a_row_names_all_of_it(log: Log) -> None:
    shop = log(*["look basket call pay"] * 40, *["pay look basket"] * 20)
    found = discover_maps(shop, goal="basket > pay").best
    assert found.goal is not None
    assert (found.goal.text, found.goal.success) == (
        "Basket, then Pay",
        "basket > pay",
    )
    assert found.step_ids() == ("look", "basket", "call", "pay")


def test_a_drafted_row_is_the_goal_of_its_map_wherever_it_is_measured(
    log: Log, tmp_path: Path
) -> None:
    shop = log(
        *["look basket pay"] * 60, *["look pay basket"] * 20, *["look basket"] * 40
    )
    found = discover_maps(shop, goal="basket>pay")
    write_map(found.best, tmp_path / "map.yaml")
    draft = read_map(tmp_path / "map.yaml")
    assert draft.goal is not None
    claim = Claim.model_validate({"goal": {"at_least": "40%", "at_most": "60%"}})
    draft = draft.model_copy(
        update={"goal": draft.goal.model_copy(update={"claim": claim})}
    )
    evidence = measure_map(draft, shop, segments=())
    fact = evidence.find("map", "goal")
    assert fact is not None
    assert (fact.hits, fact.cases) == (found.cases, found.all_cases) == (60, 120)
    (verdict,) = [
        one for one in check_map(draft, evidence).verdicts if one.subject == "map"
    ]
    assert verdict.verdict == "confirmed"
    for flow in (
        measure_flow(shop, steps=draft),
        measure_flow(shop, goal="basket>pay"),
    ):
        look = next(stop for stop in flow.stops if stop.key == "look")
        assert look.goal is not None
        assert (look.goal.cases, look.goal.of) == (60, 120)


def test_only_cases_that_start_in_the_days_count(log: Log) -> None:
    days = [f"look:{day * 86_400} pay" for day in range(10)]
    shop = log(*days)
    found = discover_maps(shop, since=dt.date(2024, 1, 3), until=dt.date(2024, 1, 5))
    assert (found.cases, found.all_cases, found.ledger.cases) == (3, 3, 10)
    assert found.evidence.window_from == "2024-01-03"
    assert found.best.discovered is not None
    assert found.best.discovered.cases == 3


def test_days_without_cases_or_times_are_refused(log: Log) -> None:
    with pytest.raises(CheckError) as error:
        discover_maps(log(*["look pay"] * 20), since=dt.date(2030, 1, 1))
    assert str(error.value) == (
        "no case starts in the days asked for [E413]\n"
        "  Cases start from 2024-01-01 to 2024-01-01."
    )
    with pytest.raises(CheckError) as error:
        discover_maps(
            log(*["look pay"] * 20, has_times=False), until=dt.date(2030, 1, 1)
        )
    assert str(error.value) == (
        "the events have no times, so no days can be chosen [E412]\n"
        "  Leave out --since and --until, or name the column of the time (--time)."
    )


def shop_with_trouble(log: Log) -> Sequences:
    """Three thousand cases; 1 % meet trouble, after which hardly anybody pays; 1 % meet a clown."""
    return log(
        *["look basket pay thanks"] * 2_000,
        *["look basket"] * 960,
        *["look basket trouble"] * 28,
        *["look basket trouble pay"] * 2,
        *["look clown basket pay"] * 20,
        *["look clown basket"] * 10,
        *["look basket pay gift"] * 30,
    )


def test_rare_trouble_that_keeps_people_from_the_goal_is_a_pain(log: Log) -> None:
    found = discover_maps(shop_with_trouble(log), goal="pay").best
    pains = {one.id: one.text for one in found.all_statements()}
    assert pains["basket-after-trouble"] == (
        "30 journeys meet “Trouble”: 7% of them reach the goal, 68% of the others"
    )
    assert not any("clown" in str(name) for name in pains)
    # what comes after the goal cannot have kept anybody from it
    assert not any("gift" in str(name) for name in pains)


def test_what_makes_no_difference_does_not_matter() -> None:
    rng = np.random.default_rng(1)
    count, wrong = 3_000, 0
    for _ in range(20):
        reaches = rng.random(count) < 0.4
        odd = rng.integers(0, 200, count)  # each of 200 activities in half a percent
        log = Sequences(
            activities=tuple(f"odd {one}" for one in range(200)),
            channels=("",) * 200,
            offsets=np.arange(count + 1, dtype=np.int64),
            codes=odd.astype(np.uint16),
            times_us=np.arange(count, dtype=np.int64),
            case_keys=np.arange(count, dtype=np.int64),
            customers=np.arange(count, dtype=np.int64),
        )
        nothing = np.zeros(200, dtype=np.bool_)
        everything = np.ones(count, dtype=np.bool_)
        wrong += bool(
            rare_that_matter(
                log, reaches, everything, max_share=0.02, left_aside=nothing
            )
        )
    assert wrong <= 3


def test_cases_of_one_customer_do_not_make_it_matter(log: Log) -> None:
    cases = [*["look pay"] * 600, *["look"] * 600, *["look odd"] * 20]
    alone = log(*cases)
    same = log(*cases, customers=[*range(1_200), *[5_000] * 20])

    def odd(shop: Sequences) -> tuple[str, ...]:
        aim = find_aim(shop, "pay")
        assert aim is not None
        ends = aim.first_in_case(shop)
        found = rare_that_matter(
            shop,
            ends >= 0,
            np.ones(shop.event_count, dtype=np.bool_),
            max_share=0.02,
            left_aside=aim.named,
        )
        return tuple(effect.activity for effect in found)

    assert odd(alone) == ("odd",)
    assert odd(same) == ()
