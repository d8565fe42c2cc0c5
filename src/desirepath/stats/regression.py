"""Regression on distinct rows of cases: tables, logistic fits and columns that others tell. Compares nobody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.clusters import number_clusters

RIDGE = 0.04  # a normal prior with standard deviation 5 on the log odds
MAX_STEPS = 30
MAX_LOG_ODDS = 12.0
TOLERANCE = 1e-8
COLLINEAR = 1e-9
MAX_BLOCK_WORK = 200_000


@dataclass(frozen=True, slots=True)
class Table:
    """Cases as distinct rows of a design, so that a fit costs rows and not cases.

    Attributes:
        rows: float64[kinds, columns]; column 0 is 1 for all.
        kind: int64[n], row of each case.
        cluster: int64[n], customer of each case, numbered from 0.
    """

    rows: FloatArray
    kind: IntArray
    cluster: IntArray

    @property
    def tries(self) -> FloatArray:
        """float64[kinds], cases of each row."""
        return floats(np.bincount(self.kind, minlength=len(self.rows)))

    def total(self, values: FloatArray) -> FloatArray:
        """float64[kinds], sum over the cases of each row."""
        return floats(np.bincount(self.kind, values, minlength=len(self.rows)))

    def taken(self, columns: BoolArray | IntArray) -> Table:
        """The same cases with some of the columns."""
        return Table(self.rows[:, columns], self.kind, self.cluster)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A fitted logistic regression.

    Attributes:
        coefficients: float64[columns], log odds.
        fitted: float64[kinds], probability of each row.
        bread: float64[columns, columns], inverse of the (penalized) information.
        ridge: Penalty on the squares of all coefficients but the first; 0 for plain maximum likelihood,
            `RIDGE` where rows are separated, so that no finite maximum exists.
    """

    coefficients: FloatArray
    fitted: FloatArray
    bread: FloatArray
    ridge: float


def fit_logistic(
    table: Table,
    hits: FloatArray,
    *,
    weights: FloatArray | None = None,
    ridge: float = 0.0,
) -> Logistic:
    """Maximum-likelihood logistic regression, with a small ridge where that does not exist.

    Args:
        table: Cases as rows.
        hits: float64[kinds], cases of each row with the outcome.
        weights: float64[kinds], how much each case of a row counts; 1 if None.
        ridge: Penalty to begin with.

    Returns:
        Logistic; `ridge` names the penalty where rows are separated (an outcome that some column
        decides alone) or columns depend on each other.

    Examples:
        >>> rows = np.array([[1.0, 0.0], [1.0, 1.0]])
        >>> two = Table(rows, np.repeat([0, 1], 100), np.arange(200))
        >>> fitted = fit_logistic(two, np.array([20.0, 50.0]))
        >>> fitted.fitted.round(6).tolist(), fitted.ridge
        ([0.2, 0.5], 0.0)

    References:
        McCullagh and Nelder 1989, 4.4; le Cessie and van Houwelingen 1992 (ridge).
    """
    rows, tries, given = table.rows, table.tries, hits
    if weights is not None:
        tries, hits = tries * weights, hits * weights
    penalty = np.full(rows.shape[1], ridge)
    penalty[0] = 0.0
    share = np.clip(hits.sum() / max(tries.sum(), 1.0), 1e-6, 1 - 1e-6)
    beta = np.zeros(rows.shape[1])
    beta[0] = np.log(share / (1 - share))
    is_done = False
    information = np.eye(len(beta))
    for _ in range(MAX_STEPS):
        fitted = expit(rows @ beta)
        weight = tries * fitted * (1 - fitted)
        information = products(rows, weight) + np.diag(penalty)
        score = rows.T @ (hits - tries * fitted) - penalty * beta
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            break
        # far from the maximum a whole step may overshoot
        beta += step * min(1.0, 4.0 / max(float(np.abs(step).max()), 1e-300))
        if np.abs(rows @ beta).max() > MAX_LOG_ODDS and not ridge:
            break
        if np.abs(step).max() < TOLERANCE:
            is_done = True
            break
    if not is_done and not ridge:
        return fit_logistic(table, given, weights=weights, ridge=RIDGE)
    bread = inverse(information)
    return Logistic(floats(beta), floats(expit(rows @ beta)), floats(bread), ridge)


def products(rows: FloatArray, weight: FloatArray) -> FloatArray:
    """float64[columns, columns], weighted sums of the products of any two columns.

    In blocks so small that no library spreads them over threads: on a busy machine the waiting of
    threads for each other costs twenty times the work.

    Args:
        rows: float64[n, columns].
        weight: float64[n].
    """
    count, columns = rows.shape
    block = max(MAX_BLOCK_WORK // columns**2, 1)
    whole = count // block * block
    left, right = rows * weight[:, None], rows
    parts = left[:whole].reshape(-1, block, columns).swapaxes(1, 2) @ right[
        :whole
    ].reshape(-1, block, columns)
    return floats(parts.sum(axis=0) + left[whole:].T @ right[whole:])


def inverse(matrix: FloatArray) -> FloatArray:
    """Inverse of a symmetric matrix, or what comes nearest where there is none.

    Args:
        matrix: float64[columns, columns].
    """
    try:
        return floats(np.linalg.inv(matrix))
    except np.linalg.LinAlgError:
        return floats(np.linalg.pinv(matrix, hermitian=True))


def independent_columns(rows: FloatArray, tries: FloatArray) -> BoolArray:
    """bool[columns], columns that earlier ones do not already tell.

    Args:
        rows: float64[kinds, columns].
        tries: float64[kinds], weight of each row.

    Examples:
        >>> rows = np.array([[1.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
        >>> independent_columns(rows, np.ones(2)).tolist()
        [True, True, False]
    """
    gram = products(rows, tries)
    size = np.diag(gram).copy()
    kept = np.zeros(len(size), dtype=np.bool_)
    for column in range(len(size)):
        pivot = gram[column, column]
        if pivot <= COLLINEAR * max(size[column], 1e-300):
            continue
        kept[column] = True
        gram = gram - np.outer(gram[:, column], gram[column]) / pivot
    return kept


def table_of(rows: FloatArray, kind: IntArray, customers: IntArray) -> Table:
    """Table without columns that others already tell; customers are numbered anew.

    Args:
        rows: float64[kinds, columns].
        kind: int64[n].
        customers: int64[n], any keys.
    """
    tries = floats(np.bincount(kind, minlength=len(rows)))
    kept = independent_columns(rows, tries)
    return Table(floats(rows[:, kept]), kind, number_clusters(customers))
