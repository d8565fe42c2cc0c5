"""Our effects, drivers and credits against statsmodels', definitions and published values; see make_effects.py."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.real_data import source

from desirepath.stats.attribution import Paths, attribute
from desirepath.stats.drivers import drivers
from desirepath.stats.equivalence import equivalent
from desirepath.stats.marginal_effects import (
    adjusted_difference,
    linear_difference,
    weighted_difference,
)
from desirepath.stats.regression import (
    Table,
    fit_logistic,
)

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def stored() -> Any:
    return json.loads((HERE / "effects.json").read_text(encoding="utf-8"))


def table_of(stored: Any) -> tuple[Table, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    design = np.array(stored["logistic"]["design"])
    rows, kind = np.unique(design, axis=0, return_inverse=True)
    outcome = np.array(stored["logistic"]["outcome"], dtype=np.float64)
    customer = np.array(stored["logistic"]["customer"])
    _, cluster = np.unique(customer, return_inverse=True)
    return Table(rows, kind.ravel(), cluster), outcome


def test_logistic_regression_agrees_with_statsmodels(stored: Any) -> None:
    table, outcome = table_of(stored)
    fit = fit_logistic(table, table.total(outcome))
    assert fit.ridge == 0
    assert fit.coefficients.tolist() == pytest.approx(
        stored["logistic"]["coefficients"], abs=1e-6
    )


def test_the_adjusted_difference_is_that_of_a_weighted_fit(stored: Any) -> None:
    table, outcome = table_of(stored)
    effect = adjusted_difference(table, outcome)
    assert effect.value == pytest.approx(stored["logistic"]["effect"], abs=1e-6)
    # the bootstrap over 120 customers is itself known to two of a hundred parts
    drawn = stored["logistic"]["effect_error_of_bootstrap"]
    assert effect.standard_error == pytest.approx(drawn, rel=0.06)


def test_weighted_and_linear_differences_agree_with_statsmodels(stored: Any) -> None:
    table, outcome = table_of(stored)
    weighted = weighted_difference(table, outcome)
    assert weighted.value == pytest.approx(stored["logistic"]["weighted"], abs=1e-6)
    line = linear_difference(table, outcome)
    assert line.value == pytest.approx(stored["logistic"]["linear"], abs=1e-9)
    assert line.standard_error == pytest.approx(
        stored["logistic"]["linear_error"], rel=1e-6
    )


def test_lmg_is_the_average_over_all_orders(stored: Any) -> None:
    values, outcome = (np.array(stored["lmg"][name]) for name in ("values", "outcome"))
    found = drivers(
        values,
        outcome,
        np.arange(len(outcome)),
        np.random.default_rng(1),
        resamples=50,
    )
    assert found.method == "LMG"
    assert found.share.tolist() == pytest.approx(stored["lmg"]["shares"], abs=1e-9)
    assert found.explained == pytest.approx(stored["lmg"]["r2"], abs=1e-9)
    assert (found.low <= found.share).all()
    assert (found.share <= found.high + 0.02).all()


def test_equivalence_agrees_with_the_textbook() -> None:
    # Schuirmann's two tests by hand: t = (0.01 ± 0.05) / 0.02 at 98 degrees of freedom
    expected = 0.0241385  # 1 - pt(2, 98)
    assert float(equivalent(0.01, 0.02, 98, 0.05)) == pytest.approx(expected, abs=2e-5)


@pytest.mark.data
def test_removal_effects_are_those_of_the_package_that_ships_the_paths() -> None:
    file = source("attribution/Data.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    touches = [row["path"].split(" > ") for row in rows]
    names = sorted({name for path in touches for name in path})
    code = {name: number for number, name in enumerate(names)}
    paths = Paths(
        np.array([code[name] for path in touches for name in path]),
        np.concatenate([[0], np.cumsum([len(path) for path in touches])]),
        len(names),
        np.array([float(row["total_conversions"]) for row in rows]),
        np.array([float(row["total_null"]) for row in rows]),
    )
    found = attribute(paths, np.random.default_rng(1), resamples=20)
    assert found.goal_share == pytest.approx(0.2238, abs=5e-5)
    removal = dict(zip(names, found.removal.value.round(3).tolist(), strict=True))
    published = {"alpha": 0.558, "iota": 0.406, "eta": 0.349, "beta": 0.264, "theta": 0.206, "lambda": 0.134}  # fmt: skip
    assert {name: removal[name] for name in published} == published
    credit = (found.markov.value * found.goals).round().tolist()
    assert [credit[code[name]] for name in ("alpha", "iota", "eta")] == [5345, 3885, 3341]  # fmt: skip
    assert (found.removal.low <= found.removal.value + 1e-9).all()
