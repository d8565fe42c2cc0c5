"""Numbers as they are shown: the cases that hold the browser as well (`board/evidence/numbers.test.ts`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.render.words import Words
from desirepath.sentences.rounding import kept_limits, rounded, rounded_percent

CASES = json.loads(Path(__file__).with_name("rounding.json").read_text("utf-8"))
UNITS = ("\u00a0%", "\u00a0points")


def bare(text: str) -> str:
    for unit in UNITS:
        text = text.removesuffix(unit)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("case", CASES["cases"], ids=json.dumps)
def test_a_number_keeps_its_side_of_nothing_of_all_and_of_a_limit(
    case: dict[str, Any],
) -> None:
    words, unit, limits = Words("en"), case["unit"], case.get("limits", ())
    low, high = case.get("low"), case.get("high")
    ends = [end for end in (low, high) if end is not None]
    held = kept_limits(low, high, limits)
    told = [words.value(case["value"], unit, held)]
    told += [words.value(end, unit, (0, *limits)) for end in ends]
    assert [bare(one) for one in told] == case["shown"]
    if ends:  # the interval as a whole says the same
        said = bare(words.interval(low, high, unit, limits))
        assert said.startswith(case["shown"][1])
        assert said.endswith(case["shown"][2])


@given(
    st.floats(-2, 2),
    st.sampled_from((-0.5, 0.0, 0.5, 1.0)),
    st.sampled_from((0, 1, 2)),
)
def test_no_number_is_shown_on_or_beyond_a_limit_it_does_not_reach(
    value: float, limit: float, digits: int
) -> None:
    found = rounded(value, digits, [limit])
    if abs(value - limit) <= 2e-9:
        return
    if found.mark:
        assert (found.mark == "<", found.value) == (value < limit, limit)
    else:
        assert (found.value > limit) == (value > limit)
        assert found.value != limit


@given(st.integers(1, 10**7), st.data())
def test_some_are_never_shown_as_none_nor_as_all(cases: int, data: st.DataObject) -> None:  # fmt: skip
    hits = data.draw(st.integers(0, cases))
    found = rounded_percent(hits / cases)
    assert (found.value == 0) == (hits == 0)
    assert (found.value == 100) == (hits == cases)
