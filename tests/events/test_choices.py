"""What each choice of case gives, counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.cases import by_customer
from desirepath.events.choices import CaseChoice, compare_cases
from desirepath.events.read import read_events
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]


@pytest.fixture
def shop(log: Log) -> Sequences:
    return log("look:0 pay:60", "look:7200", "look:0 look:10", customers=[1, 1, 2])


def choice(shop: Sequences, name: str, goal: str | None = None) -> CaseChoice:
    return next(
        one for one in compare_cases(shop, goal=goal).choices if one.name == name
    )


def test_the_columns_come_first(shop: Sequences) -> None:
    first = compare_cases(shop, goal="pay").choices[0]
    assert first == CaseChoice(
        name="as the columns say",
        options="",
        case_count=3,
        median_length=2.0,
        p90_length=2.0,
        median_s=10.0,
        p90_s=50.0,
        single_share=1 / 3,
        goal_share=1 / 3,
    )


def test_silences_are_cut_from_all_of_a_customer(shop: Sequences) -> None:
    assert choice(shop, "all of a customer").case_count == 2
    assert choice(shop, "silence of 30m").case_count == 3
    assert choice(shop, "silence of 1d").case_count == 2


def test_the_goal_ends_cases(shop: Sequences) -> None:
    found = choice(shop, "a customer's events up to the goal", "pay")
    assert (found.case_count, found.goal_share) == (3, 1 / 3)
    assert found.options == '--ends-with "pay"'


def test_a_silence_of_ones_own_is_shown_in_order(shop: Sequences) -> None:
    names = [one.name for one in compare_cases(shop, gaps=["3h", "120m"]).choices]
    assert names == [
        "as the columns say",
        "all of a customer",
        *(f"silence of {gap}" for gap in ("30m", "2h", "3h", "1d", "7d", "30d")),
    ]


def test_without_a_goal_there_is_no_share(shop: Sequences) -> None:
    assert all(one.goal_share is None for one in compare_cases(shop).choices)


def test_without_times_nothing_is_said_of_waits(log: Log) -> None:
    found = compare_cases(log("look pay", "look", has_times=False), goal="pay")
    assert [one.name for one in found.choices] == [
        "as the columns say",
        "a customer's events up to the goal",
    ]
    assert (found.bars, found.valley) == ((), None)
    assert found.choices[0].median_s is None


def test_every_choice_holds_every_event(log: Log) -> None:
    rng = np.random.default_rng(1)
    words = [
        " ".join(f"a:{second}" for second in np.sort(rng.integers(0, 10**6, 20)))
        for _ in range(30)
    ]
    shop = log(*words, customers=rng.integers(1, 9, 30).tolist())
    whole = by_customer(shop)
    assert whole.event_count == shop.event_count
    assert whole.case_count == len(set(shop.customers.tolist()))
    inside = np.ones(whole.event_count - 1, dtype=np.bool_)
    inside[whole.offsets[1:-1] - 1] = False
    assert (np.diff(whole.times_us)[inside] >= 0).all()


def test_joining_cases_is_what_reading_by_customer_does() -> None:
    rows = {
        "user_id": np.array(["u", "v", "u", "u", "v"]),
        "session_id": np.array(["a", "b", "c", "a", "d"]),
        "event": np.array(["home", "home", "buy", "search", "buy"]),
        "timestamp": np.array([f"2024-01-0{day} 10:00" for day in (1, 1, 3, 2, 2)]),
    }
    joined = by_customer(read_events(rows))
    read = read_events(rows, gap="365d")
    for name in ("offsets", "codes", "times_us", "case_keys", "customers"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(read, name))


def test_a_goal_that_nothing_matches_is_an_error(shop: Sequences) -> None:
    with pytest.raises(EventsError) as error:
        compare_cases(shop, goal="buy")
    assert error.value.code == "E281"
    with pytest.raises(EventsError, match='no activity matches "fly"'):
        compare_cases(shop, goal="look > fly")


def test_a_row_of_activities_is_a_goal_too_and_offers_no_cut(log: Log) -> None:
    found = compare_cases(
        log("basket pay", "pay basket", "basket"), goal="basket > pay"
    )
    assert found.choices[0].goal_share == pytest.approx(1 / 3)
    assert not [one for one in found.choices if one.options.startswith("--ends-with")]
