"""Reference values for `desirepath.stats`, from SciPy and from formulas written out here, never from our own code.

Run `python tests/reference/make_stats.py` to write `stats.json` anew. Published values stand in the
tests beside their source; this file holds the computed ones.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

SEED = 20_260_101
SHARES = [(0, 20), (1, 29), (15, 148), (81, 263), (30, 30), (3, 10), (500, 1000)]
LIMITS = [0.01, 0.05, 0.2, 0.5, 0.9]


def shares() -> list[dict[str, Any]]:
    """Wilson intervals and exact one-sided p-values."""
    rows: list[dict[str, Any]] = []
    for hits, n in SHARES:
        ends = stats.binomtest(hits, n).proportion_ci(0.95, method="wilson")
        tests = [
            [
                limit,
                stats.binomtest(hits, n, limit, alternative="greater").pvalue,
                stats.binomtest(hits, n, limit, alternative="less").pvalue,
            ]
            for limit in LIMITS
        ]
        rows.append({"hits": hits, "n": n, "ends": list(ends), "tests": tests})
    return rows


def survival() -> dict[str, Any]:
    """Curve and log-log intervals of durations of which about 30 % are cut off, with ties."""
    rng = np.random.default_rng(SEED)
    event = np.ceil(rng.exponential(20, 60))
    cut = np.ceil(rng.exponential(45, 60))
    durations, observed = np.minimum(event, cut), event <= cut
    data = stats.CensoredData(
        uncensored=durations[observed], right=durations[~observed]
    )
    curve = stats.ecdf(data).sf
    with warnings.catch_warnings():  # SciPy gives no interval where all have ended
        warnings.simplefilter("ignore", RuntimeWarning)
        ends: Any = curve.confidence_interval(0.95, method="log-log")
    at = np.unique(durations[observed])
    return {
        "durations": durations.tolist(),
        "observed": observed.tolist(),
        "times": at.tolist(),
        "survival": curve.evaluate(at).tolist(),
        "low": [_number(x) for x in ends.low.evaluate(at)],
        "high": [_number(x) for x in ends.high.evaluate(at)],
    }


def _number(x: float) -> float | None:
    return None if np.isnan(x) else float(x)


def incidence() -> dict[str, Any]:
    """Cumulative incidence and its variance as the double sum of the textbook."""
    rng = np.random.default_rng(SEED + 1)
    durations = np.ceil(rng.exponential(10, 40))
    cause = rng.integers(0, 3, 40)
    times = np.unique(durations[cause > 0])
    open_share, rows = 1.0, []
    for t in times:
        at_risk = int((durations >= t).sum())
        ended = int(((durations == t) & (cause > 0)).sum())
        hits = int(((durations == t) & (cause == 1)).sum())
        rows.append((t, at_risk, ended, hits, open_share))
        open_share *= 1 - ended / at_risk
    value, variance = [], []
    for k in range(len(rows)):
        value.append(sum(s * h / n for _, n, _, h, s in rows[: k + 1]))
        total = 0.0
        for j in range(k + 1):
            _, n, d, h, s = rows[j]
            gap = value[k] - value[j]
            if n > d:
                total += gap**2 * d / (n * (n - d))
            total += s**2 * (n - h) * h / n**3 - 2 * gap * s * h / n**2
        variance.append(total)
    return {
        "durations": durations.tolist(),
        "cause": cause.tolist(),
        "times": times.tolist(),
        "value": value,
        "standard_error": np.sqrt(np.maximum(variance, 0)).tolist(),
    }


def quantiles() -> list[dict[str, Any]]:
    """Ranks of the order-statistic interval by going through all ranks."""
    rows = []
    for n, q in [(6, 0.5), (30, 0.5), (30, 0.9), (101, 0.9), (1000, 0.5)]:
        mass = stats.binom.cdf(np.arange(n + 1), n, q)
        first = int(np.argmax(mass >= 0.025))
        last = int(np.argmax(mass >= 0.975)) + 1
        rows.append({"n": n, "q": q, "first": first, "last": last})
    return rows


def means() -> dict[str, Any]:
    """Student's interval."""
    values = np.random.default_rng(SEED + 2).gamma(2, 3, 45)
    ends = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    return {"values": values.tolist(), "ends": [ends.low, ends.high]}


def multiple() -> dict[str, Any]:
    """Benjamini-Hochberg."""
    p = np.random.default_rng(SEED + 3).beta(0.4, 1.5, 50)
    return {
        "p": p.tolist(),
        "adjusted": stats.false_discovery_control(p, method="bh").tolist(),
    }


def clusters() -> dict[str, Any]:
    """Variance of a share by leaving out one customer after the other (jackknife)."""
    rng = np.random.default_rng(SEED + 4)
    size = rng.integers(1, 7, 400)
    chance = rng.beta(1, 3, 400)
    hits = rng.binomial(size, chance)
    left = (hits.sum() - hits) / (size.sum() - size)
    variance = 399 / 400 * ((left - left.mean()) ** 2).sum()
    share = hits.sum() / size.sum()
    return {
        "size": size.tolist(),
        "hits": hits.tolist(),
        "effective_n": float(share * (1 - share) / variance),
    }


def make() -> dict[str, Any]:
    """All reference values."""
    return {
        "shares": shares(),
        "survival": survival(),
        "incidence": incidence(),
        "quantiles": quantiles(),
        "means": means(),
        "multiple": multiple(),
        "clusters": clusters(),
    }


if __name__ == "__main__":
    text = json.dumps(make(), indent=1) + "\n"
    Path(__file__).with_name("stats.json").write_text(text, encoding="utf-8")
