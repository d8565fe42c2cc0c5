from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.stats.multiple import benjamini_hochberg

probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=40)


def test_the_published_example_keeps_its_four_findings() -> None:
    # Benjamini and Hochberg 1995, section 3.1: 15 p-values, 4 findings at 0.05
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    adjusted = benjamini_hochberg(p)
    assert (adjusted <= 0.05).sum() == 4
    assert adjusted[3] == pytest.approx(0.0095 * 15 / 4)


@given(probabilities)
def test_adjusting_never_helps_and_keeps_the_order(p: list[float]) -> None:
    adjusted = benjamini_hochberg(p)
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= -1e-12).all()


@given(probabilities)
def test_questions_not_asked_do_not_count(p: list[float]) -> None:
    adjusted = benjamini_hochberg([*p, np.nan, np.nan])
    assert adjusted[:-2].tolist() == benjamini_hochberg(p).tolist()
    assert np.isnan(adjusted[-2:]).all()


def test_no_question_has_no_answer() -> None:
    assert benjamini_hochberg([]).tolist() == []
