"""A share of the cases: the same ones, said, and right on the average."""

from __future__ import annotations

import re

import numpy as np
import pytest

from desirepath import read_events
from desirepath.errors import EventsError
from desirepath.events.sampling import (
    MOST_EVENTS,
    fitting_share,
    sample_cases,
    share_of,
)
from desirepath.events.simulate import simulate_shop

SHOP = simulate_shop(4_000, np.random.default_rng(3))


def test_a_sample_holds_whole_cases_and_the_smaller_one_lies_in_the_larger(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    log = read_events(SHOP.write(tmp_path_factory.mktemp("shop")))
    small, large = sample_cases(log, 0.1), sample_cases(log, 0.5)
    assert set(small.case_keys.tolist()) < set(large.case_keys.tolist())
    whole = dict(zip(log.case_keys.tolist(), log.lengths.tolist(), strict=True))
    assert all(
        whole[key] == length
        for key, length in zip(
            large.case_keys.tolist(), large.lengths.tolist(), strict=True
        )
    )
    # five standard deviations of a fair draw
    spread = 5 * (0.25 * log.case_count) ** 0.5
    assert abs(large.case_count - log.case_count / 2) < spread
    assert large.source["sample"] == (
        f"50 % of the cases, chosen by their keys: {large.case_count:,} of {log.case_count:,};"
        " intervals are wider than those of all cases"
    )
    assert sample_cases(log, 1.0) is log


@pytest.mark.parametrize("text", ["0", "101%", "many", "-1%", "0.01%", "", "2"])
def test_what_is_no_share_is_refused(text: str) -> None:
    told = (
        f'--sample: "{text}" is no share of the cases [E287]\n'
        "  Write one from 0.1% to 100%, such as 10%."
    )
    with pytest.raises(EventsError, match=f"^{re.escape(told)}$"):
        share_of(text)


def test_logs_that_fit_are_taken_whole_and_larger_ones_as_far_as_they_fit() -> None:
    assert fitting_share(MOST_EVENTS) == 1.0
    for count in (MOST_EVENTS + 1, 55_000_000, 10**9, 10**12):
        share = fitting_share(count)
        assert 0 < share < 1
        assert share * count <= MOST_EVENTS or share == 0.001
