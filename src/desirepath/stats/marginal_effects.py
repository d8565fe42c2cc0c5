"""Differences in an outcome between exposed and not, what else is known held equal. Says nothing about causes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtrit

from desirepath.stats.arrays import BoolArray, FloatArray, floats
from desirepath.stats.regression import (
    Logistic,
    Table,
    fit_logistic,
    inverse,
    products,
)

TRIM = 0.01
# Below this many of the rarer side a column, who is exposed is no longer told from chance.
EXPOSURES_PER_COLUMN = 10
MOST_LEVERAGE = (
    0.9  # of one case; beyond, what is left of it says nothing about its error
)


@dataclass(frozen=True, slots=True)
class Effect:
    """Difference in the mean of an outcome between exposed and not, with its interval.

    Attributes:
        value: Difference; for shares between -1 and 1.
        low: Lower end of the interval.
        high: Upper end.
        standard_error: Clustered by customer.
        without: Mean if nobody were exposed.
        clusters: Customers behind it.
        ridge: As `Logistic.ridge`.
    """

    value: float
    low: float
    high: float
    standard_error: float
    without: float
    clusters: int
    ridge: float = 0.0


@dataclass(frozen=True, slots=True)
class Balance:
    """Weights by which exposed and not look alike, as if exposure had been drawn by lot.

    Attributes:
        weights: float64[kinds], of each row; mean about 1, cut at both ends.
        slope: float64[kinds], change of the weight with the log odds of being exposed; 0 where cut.
        is_exposed: bool[kinds].
        rows: float64[kinds, columns], what tells who is exposed.
        who: Model of who is exposed.
    """

    weights: FloatArray
    slope: FloatArray
    is_exposed: BoolArray
    rows: FloatArray
    who: Logistic

    def influence(self, score: FloatArray, table: Table) -> FloatArray:
        """float64[n], what each case adds to a number because the weights are estimated from it.

        Args:
            score: float64[kinds], change of the number with the weight of each row.
            table: Cases as rows.
        """
        pull = self.rows @ (self.who.bread @ ((score * self.slope) @ self.rows))
        return floats((pull * (self.is_exposed - self.who.fitted))[table.kind])


def balance(table: Table, *, exposure: int = 1, trim: float = TRIM) -> Balance:
    """Stabilized weights from a logistic model of who is exposed.

    As many columns as there are ten of the rarer side for tell who is exposed.

    Args:
        table: Cases as rows; the column `exposure` holds 0 and 1.
        exposure: The column of interest.
        trim: Share of the weights cut at each end.

    References:
        Robins, Hernán and Brumback 2000, Epidemiology 11:550; Cole and Hernán 2008, American J.
        Epidemiology 168:656 (trimming); Peduzzi and others 1996, J. Clinical Epidemiology 49:1373
        (ten a column).
    """
    tries = table.tries
    is_exposed = np.asarray(table.rows[:, exposure] > 0)
    exposed = float(tries @ is_exposed)
    whole = float(tries.sum())
    room = 1 + int(min(exposed, whole - exposed) // EXPOSURES_PER_COLUMN)
    others = np.flatnonzero(np.arange(table.rows.shape[1]) != exposure)[:room]
    told = table.taken(others)
    who = fit_logistic(told, tries * is_exposed)
    share = exposed / whole
    weights = np.where(is_exposed, share / who.fitted, (1 - share) / (1 - who.fitted))
    low, high = np.quantile(weights[table.kind], [trim, 1 - trim])
    slope = weights * np.where(is_exposed, who.fitted - 1, who.fitted)
    is_cut = (weights < low) | (weights > high)
    return Balance(
        floats(np.clip(weights, low, high)),
        floats(np.where(is_cut, 0.0, slope)),
        is_exposed,
        told.rows,
        who,
    )


def adjusted_difference(
    table: Table,
    outcome: FloatArray,
    *,
    exposure: int = 1,
    balanced: Balance | None = None,
    level: float = 0.95,
) -> Effect:
    """Average difference in probability between all exposed and none, other columns as they are.

    Standardized over a logistic regression whose cases are weighted by `balance`. It is right where
    either model is right: that of the outcome, or that of who is exposed; so it also holds where the
    effect is the same number of points for everybody, which a logistic curve cannot follow. Means stay
    between 0 and 1.

    The interval is that of the delta method with the customer as the unit. It counts that the cases
    are a sample and the weights estimated, and divides each residual by what its case leaves of itself
    (HC3).

    Args:
        table: Cases as rows; the column `exposure` holds 0 and 1.
        outcome: float64[n], 0 or 1 of each case.
        exposure: The column of interest.
        balanced: From `balance`, where it is known.
        level: Coverage of the interval.

    Examples:
        >>> rows = np.array([[1.0, 0.0], [1.0, 1.0]])
        >>> two = Table(rows, np.repeat([0, 1], 100), np.arange(200))
        >>> outcome = np.concatenate([np.arange(100) < 20, np.arange(100) < 50]).astype(float)
        >>> effect = adjusted_difference(two, outcome)
        >>> f"{effect.value:.3f} ± {effect.standard_error:.4f}"
        '0.300 ± 0.0648'

    References:
        Robins and others 2007, Statistical Science 22:544 (weighted regression, right if either model
        is); Bang and Robins 2005, Biometrics 61:962; Gabriel and others 2024, Statistics in Medicine
        43:534 (its error); MacKinnon and White 1985, J. Econometrics 29:305 (HC3).
    """
    by_lot = balanced or balance(table, exposure=exposure)
    hits, weights, tries = table.total(outcome), by_lot.weights, table.tries
    fit = fit_logistic(table, hits, weights=weights)
    without = table.rows.copy()
    without[:, exposure] = 0.0
    exposed = without.copy()
    exposed[:, exposure] = 1.0
    p0, p1 = expit(without @ fit.coefficients), expit(exposed @ fit.coefficients)
    part = tries / len(outcome)
    value = float(part @ (p1 - p0))
    slope = (part * p1 * (1 - p1)) @ exposed - (part * p0 * (1 - p0)) @ without
    pull = table.rows @ (fit.bread @ slope)
    leverage = weights * fit.fitted * (1 - fit.fitted)
    leverage *= ((table.rows @ fit.bread) * table.rows).sum(axis=1)
    left = 1 - np.minimum(leverage, MOST_LEVERAGE)
    influence = ((p1 - p0 - value) / len(outcome))[table.kind]
    influence += (pull * weights / left)[table.kind] * (
        outcome - fit.fitted[table.kind]
    )
    influence += by_lot.influence(pull * (hits - tries * fit.fitted), table)
    return _effect(table, value, influence, float(part @ p0), level, fit.ridge)


def weighted_difference(
    table: Table,
    outcome: FloatArray,
    *,
    exposure: int = 1,
    balanced: Balance | None = None,
    level: float = 0.95,
) -> Effect:
    """Difference between exposed and not, each weighted as if exposure were drawn by lot.

    A check on `adjusted_difference`: it models who is exposed, and not who succeeds.

    Args:
        table: Cases as rows.
        outcome: float64[n], of each case.
        exposure: The column of interest.
        balanced: From `balance`, where it is known.
        level: Coverage of the interval.

    References:
        Lunceford and Davidian 2004, Statistics in Medicine 23:2937 (its error, the weights estimated).
    """
    by_lot = balanced or balance(table, exposure=exposure)
    hits, tries = table.total(outcome), table.tries
    size = by_lot.weights * tries
    sizes = np.where(by_lot.is_exposed, size @ by_lot.is_exposed, size @ ~by_lot.is_exposed)  # fmt: skip
    total = by_lot.weights * hits
    exposed, others = (
        float(total @ part) / float(size @ part)
        for part in (by_lot.is_exposed, ~by_lot.is_exposed)
    )
    mean = np.where(by_lot.is_exposed, exposed, others)
    pull = np.where(by_lot.is_exposed, 1.0, -1.0) / sizes
    influence = (pull * by_lot.weights)[table.kind] * (outcome - mean[table.kind])
    influence += by_lot.influence(pull * (hits - tries * mean), table)
    return _effect(table, exposed - others, influence, others, level, by_lot.who.ridge)


def linear_difference(
    table: Table, outcome: FloatArray, *, exposure: int = 1, level: float = 0.95
) -> Effect:
    """Difference in the mean of an outcome by least squares, other columns held equal.

    Args:
        table: Cases as rows; columns must not depend on each other (`independent_columns`).
        outcome: float64[n].
        exposure: The column of interest.
        level: Coverage of the interval.

    Examples:
        >>> rows = np.array([[1.0, 0.0], [1.0, 1.0]])
        >>> four = Table(rows, np.array([0, 0, 1, 1]), np.arange(4))
        >>> linear_difference(four, np.array([0.0, 2.0, 3.0, 5.0])).value
        3.0
    """
    rows = table.rows
    bread = inverse(products(rows, table.tries))
    beta = bread @ (rows.T @ table.total(outcome))
    pull = rows @ bread[exposure]
    influence = pull[table.kind] * (outcome - (rows @ beta)[table.kind])
    value = float(beta[exposure])
    without = float(outcome.mean() - value * rows[table.kind, exposure].mean())
    columns = (len(outcome) - 1) / max(len(outcome) - rows.shape[1], 1)
    return _effect(table, round(value, 12), influence * np.sqrt(columns), without, level)  # fmt: skip


def _effect(
    table: Table,
    value: float,
    influence: FloatArray,
    without: float,
    level: float,
    ridge: float = 0.0,
) -> Effect:
    """Effect with the interval that the influence of each customer gives."""
    groups = int(table.cluster.max()) + 1
    each = np.bincount(table.cluster, influence, minlength=groups)
    error = float(np.sqrt(groups / max(groups - 1, 1) * (each @ each)))
    reach = float(stdtrit(max(groups - 1, 1), (1 + level) / 2)) * error
    return Effect(value, value - reach, value + reach, error, without, groups, ridge)
