"""Our numbers against SciPy's and against textbook formulas; see make_stats.py."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from desirepath.stats.clusters import effective_n_ratio
from desirepath.stats.intervals import mean_interval, median_interval, wilson
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.significance import one_sided_share
from desirepath.stats.survival import cumulative_incidence, kaplan_meier, share_by

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def reference() -> Any:
    return json.loads((HERE / "stats.json").read_text(encoding="utf-8"))


def test_the_stored_values_are_those_of_the_script(reference: Any) -> None:
    spec = spec_from_file_location("make_stats", HERE / "make_stats.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    fresh = module.make()
    assert fresh.keys() == reference.keys()
    assert fresh["survival"]["survival"] == pytest.approx(
        reference["survival"]["survival"]
    )
    assert fresh["clusters"]["effective_n"] == pytest.approx(
        reference["clusters"]["effective_n"]
    )


def test_shares_agree_with_scipy(reference: Any) -> None:
    for row in reference["shares"]:
        ours = wilson(row["hits"], row["n"])
        assert [float(ours.low), float(ours.high)] == pytest.approx(
            row["ends"], abs=1e-12
        )
        for limit, above, below in row["tests"]:
            one = one_sided_share(row["hits"], row["n"], limit)
            assert float(one.p_above) == pytest.approx(above, abs=1e-12)
            assert float(one.p_below) == pytest.approx(below, abs=1e-12)


def test_survival_agrees_with_scipy(reference: Any) -> None:
    stored = reference["survival"]
    curve = kaplan_meier(stored["durations"], stored["observed"])
    assert curve.times_s.tolist() == stored["times"]
    assert curve.survival.tolist() == pytest.approx(stored["survival"], abs=1e-12)
    for time, low, high in zip(
        stored["times"], stored["low"], stored["high"], strict=True
    ):
        if low is None:
            continue
        one = share_by(curve, time)
        assert (1 - one.high, 1 - one.low) == pytest.approx((low, high), abs=1e-9)


def test_incidence_agrees_with_the_double_sum_of_the_textbook(reference: Any) -> None:
    stored = reference["incidence"]
    ours = cumulative_incidence(stored["durations"], stored["cause"])
    assert ours.times_s.tolist() == stored["times"]
    assert ours.value.tolist() == pytest.approx(stored["value"], abs=1e-12)
    assert ours.standard_error.tolist() == pytest.approx(
        stored["standard_error"], abs=1e-9
    )


def test_ranks_of_quantile_intervals_agree_with_a_full_search(reference: Any) -> None:
    for row in reference["quantiles"]:
        ours = median_interval(np.arange(1, row["n"] + 1), row["q"])
        first = -np.inf if row["first"] < 1 else row["first"]
        last = np.inf if row["last"] > row["n"] else row["last"]
        assert (ours.low, ours.high) == (first, last)


def test_means_agree_with_scipy(reference: Any) -> None:
    ours = mean_interval(reference["means"]["values"], np.random.default_rng(1))
    assert [ours.low, ours.high] == pytest.approx(reference["means"]["ends"])


def test_false_discovery_agrees_with_scipy(reference: Any) -> None:
    stored = reference["multiple"]
    assert benjamini_hochberg(stored["p"]).tolist() == pytest.approx(stored["adjusted"])


def test_effective_n_agrees_with_the_jackknife(reference: Any) -> None:
    stored = reference["clusters"]
    ours = effective_n_ratio(
        np.array(stored["hits"], dtype=float),
        np.array(stored["size"], dtype=float),
        np.arange(len(stored["size"])),
    )
    # ours also allows for the 399 degrees of freedom (0.6 %)
    assert ours == pytest.approx(stored["effective_n"], rel=0.015)
