"""Regression on distinct rows: what one column adds to an outcome, the others held equal. Says nothing about causes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtrit

from desirepath.stats.arrays import BoolArray, FloatArray, IntArray, floats
from desirepath.stats.clusters import number_clusters

RIDGE = 0.04  # a normal prior with standard deviation 5 on the log odds
MAX_STEPS = 30
MAX_LOG_ODDS = 12.0
TOLERANCE = 1e-8
COLLINEAR = 1e-9
TRIM = 0.01
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


def fit_logistic(table: Table, hits: FloatArray, *, ridge: float = 0.0) -> Logistic:
    """Maximum-likelihood logistic regression, with a small ridge where that does not exist.

    Args:
        table: Cases as rows.
        hits: float64[kinds], cases of each row with the outcome.
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
    rows, tries = table.rows, table.tries
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
        return fit_logistic(table, hits, ridge=RIDGE)
    bread = _inverse(information)
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


def _inverse(matrix: FloatArray) -> FloatArray:
    try:
        return floats(np.linalg.inv(matrix))
    except np.linalg.LinAlgError:
        return floats(np.linalg.pinv(matrix, hermitian=True))


def _few(groups: int, cases: int, columns: int) -> float:
    """Factor for few customers and many columns."""
    return groups / max(groups - 1, 1) * (cases - 1) / max(cases - columns, 1)


def adjusted_difference(
    table: Table, outcome: FloatArray, *, exposure: int = 1, level: float = 0.95
) -> Effect:
    """Average difference in probability between all exposed and none, other columns as they are.

    The interval is that of the delta method and counts that the cases themselves are a sample.

    Args:
        table: Cases as rows; the column `exposure` holds 0 and 1.
        outcome: float64[n], 0 or 1 of each case.
        exposure: The column of interest.
        level: Coverage of the interval.

    Examples:
        >>> rows = np.array([[1.0, 0.0], [1.0, 1.0]])
        >>> two = Table(rows, np.repeat([0, 1], 100), np.arange(200))
        >>> outcome = np.concatenate([np.arange(100) < 20, np.arange(100) < 50]).astype(float)
        >>> effect = adjusted_difference(two, outcome)
        >>> f"{effect.value:.3f} ± {effect.standard_error:.4f}"
        '0.300 ± 0.0644'

    References:
        Williams 2012, Stata Journal 12:308 (average marginal effects); Terza 2016, Health Services
        Research 51:1109 (their sampling error).
    """
    fit = fit_logistic(table, table.total(outcome))
    beta = fit.coefficients
    without = table.rows.copy()
    without[:, exposure] = 0.0
    exposed = without.copy()
    exposed[:, exposure] = 1.0
    p0, p1 = expit(without @ beta), expit(exposed @ beta)
    part = table.tries / len(outcome)
    value = float(part @ (p1 - p0))
    slope = (part * p1 * (1 - p1)) @ exposed - (part * p0 * (1 - p0)) @ without
    pull = table.rows @ (fit.bread @ slope)
    influence = ((p1 - p0 - value) / len(outcome))[table.kind] + pull[table.kind] * (
        outcome - fit.fitted[table.kind]
    )
    return _effect(table, value, influence, float(part @ p0), level, fit.ridge)


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
    bread = _inverse(products(rows, table.tries))
    beta = bread @ (rows.T @ table.total(outcome))
    pull = rows @ bread[exposure]
    influence = pull[table.kind] * (outcome - (rows @ beta)[table.kind])
    value = float(beta[exposure])
    without = float(outcome.mean() - value * rows[table.kind, exposure].mean())
    return _effect(table, round(value, 12), influence, without, level)


def weighted_difference(
    table: Table,
    outcome: FloatArray,
    *,
    exposure: int = 1,
    trim: float = TRIM,
    level: float = 0.95,
) -> Effect:
    """Difference between exposed and not, each weighted as if exposure were drawn by lot.

    A check on `adjusted_difference` by another way: it models who is exposed, not who succeeds.
    Weights are stabilized; those beyond their 1 and 99 % points are set to these. They are taken as
    known, which makes the interval a little too wide.

    Args:
        table: Cases as rows.
        outcome: float64[n], of each case.
        exposure: The column of interest.
        trim: Share of the weights cut at each end.
        level: Coverage of the interval.

    References:
        Robins, Hernán and Brumback 2000, Epidemiology 11:550; Cole and Hernán 2008 (trimming).
    """
    is_exposed = table.rows[:, exposure] > 0
    others = np.arange(table.rows.shape[1]) != exposure
    who = fit_logistic(table.taken(others), table.tries * is_exposed)
    share = float(table.tries @ is_exposed) / float(table.tries.sum())
    weight = np.where(is_exposed, share / who.fitted, (1 - share) / (1 - who.fitted))
    ends = np.quantile(weight[table.kind], [trim, 1 - trim])
    weights = np.clip(weight, *ends)[table.kind]
    exposed = is_exposed[table.kind]
    influence = np.zeros(len(outcome))
    means = []
    for part, sign in ((exposed, 1.0), (~exposed, -1.0)):
        mine = weights * part
        mean = float(mine @ outcome) / max(float(mine.sum()), 1e-300)
        influence += sign * mine * (outcome - mean) / max(float(mine.sum()), 1e-300)
        means.append(mean)
    return _effect(table, means[0] - means[1], influence, means[1], level, who.ridge)


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
    factor = _few(groups, len(influence), table.rows.shape[1])
    error = float(np.sqrt(factor * (each @ each)))
    reach = float(stdtrit(max(groups - 1, 1), (1 + level) / 2)) * error
    return Effect(value, value - reach, value + reach, error, without, groups, ridge)


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
