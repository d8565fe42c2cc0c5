"""Sequences: parts of them are what the names say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.sequences import Sequences

Log = Callable[..., Sequences]
START_US = 1_704_067_200_000_000


@pytest.fixture
def shop(log: Log) -> Sequences:
    return log(
        "a:0 b:10",
        "c:5",
        "a:20 c:30 b:40",
        customers=[1, 2, 1],
        segments={"city": ["Graz", "", "Linz"]},
    )


def letters(sequences: Sequences) -> str:
    return " ".join(
        "".join(sequences.activities[code] for code in sequences.codes[first:end])
        for first, end in zip(
            sequences.offsets[:-1], sequences.offsets[1:], strict=True
        )
    )


def test_counts_lengths_and_starts(shop: Sequences) -> None:
    assert (shop.case_count, shop.event_count) == (3, 6)
    assert shop.lengths.tolist() == [2, 1, 3]
    assert shop.case_index().tolist() == [0, 0, 1, 2, 2, 2]
    assert ((shop.starts_us - START_US) // 10**6).tolist() == [0, 5, 20]


def test_cases_are_taken_in_the_order_given(shop: Sequences) -> None:
    part = shop.take(np.array([2, 0]))
    assert letters(part) == "acb ab"
    assert part.case_keys.tolist() == [3, 1]
    assert part.segments["city"].codes.tolist() == [2, 1]
    assert ((part.times_us - START_US) // 10**6).tolist() == [20, 30, 40, 0, 10]


def test_a_mask_takes_what_it_marks(shop: Sequences) -> None:
    assert letters(shop.take(np.array([True, False, True]))) == "ab acb"
    assert shop.take(np.zeros(3, dtype=np.bool_)).case_count == 0


def test_cases_left_without_an_event_go(shop: Sequences) -> None:
    part = shop.keep(shop.codes != shop.activities.index("c"))
    assert letters(part) == "ab ab"
    assert part.case_keys.tolist() == [1, 3]
    assert part.customers.tolist() == [1, 1]
    assert ((part.times_us - START_US) // 10**6).tolist() == [0, 10, 20, 40]


def test_a_case_belongs_to_the_window_in_which_it_starts(shop: Sequences) -> None:
    edge = START_US + 5 * 10**6
    assert letters(shop.in_window(to_us=edge)) == "ab"
    assert letters(shop.in_window(from_us=edge)) == "c acb"
    assert letters(shop.in_window(edge, edge + 1)) == "c"
    assert letters(shop.in_window()) == "ab c acb"


def test_windows_side_by_side_hold_every_case_once(shop: Sequences) -> None:
    edges = [START_US + second * 10**6 for second in (0, 5, 20, 21)]
    parts = [shop.in_window(a, b) for a, b in pairwise(edges)]
    assert sum(part.case_count for part in parts) == 3


def test_a_segment_holds_its_cases(shop: Sequences) -> None:
    assert letters(shop.in_segment("city", "Linz")) == "acb"
    assert letters(shop.in_segment("city", "")) == "c"


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [("city", "Wien", "Graz, Linz"), ("age", "old", "city")],
)
def test_an_unknown_segment_is_named(
    shop: Sequences, name: str, value: str, known: str
) -> None:
    with pytest.raises(EventsError) as error:
        shop.in_segment(name, value)
    assert str(error.value) == (
        f'no segment is called "{name}={value}" [E290]\n  Known: {known}.'
    )


def test_where_there_are_no_segments_none_is_known(log: Log) -> None:
    with pytest.raises(EventsError, match="Known: none"):
        log("a").in_segment("city", "Graz")
