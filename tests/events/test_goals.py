"""Goals of one activity and of a row of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import write_log

from desirepath.events.goals import first_of_any, goal_row, goal_rows, named_codes
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]


def test_any_goal_is_enough_and_the_first_to_be_completed_counts(log: Log) -> None:
    shop = log("a b c d", "d a", "b a", "c")
    rows = goal_rows(["a > b", "d"], shop)
    at = first_of_any(rows, shop) - shop.offsets[:-1]
    assert at.tolist()[:2] == [1, 0]
    assert first_of_any(rows, shop).tolist()[2:] == [-1, -1]


def test_a_goal_with_a_part_that_never_occurs_is_not_known_yet_names_the_others(
    log: Log,
) -> None:
    shop = log("a b", "a")
    assert goal_rows(["a > z", " > ", "z"], shop) == ()
    assert first_of_any((), shop).tolist() == [-1, -1]
    named = named_codes(["a > z"], shop)
    assert [shop.activities[one] for one in np.flatnonzero(named)] == ["a"]


def test_one_event_is_no_row_of_two(log: Log) -> None:
    shop = log("a", "a a")
    row = goal_row("a > a", shop.activities, shop.channels)
    assert (row.first_in_case(shop) - shop.offsets[:-1]).tolist()[1] == 1
    assert row.first_in_case(shop)[0] == -1


@given(st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=12))
def test_a_row_is_found_where_reading_letter_by_letter_finds_it(
    cases: list[str],
) -> None:
    shop = write_log(*(" ".join(case) for case in cases), "a b c")
    row = goal_row("a > b > c", shop.activities, shop.channels)
    found = row.first_in_case(shop) - shop.offsets[:-1]
    for case, at in zip(cases, found.tolist(), strict=False):
        place = -1
        for letter in "abc":
            place = case.find(letter, place + 1)
            if place < 0:
                break
        assert (at if at >= 0 else -1) == place
