"""Reference values for effects, drivers and attribution, from statsmodels and from definitions written out.

statsmodels is no dependency of desirepath, not even of its tests: run this file in an environment of its
own (`pip install statsmodels`, made with 0.15.0) with `python make_effects.py` to write `effects.json`
anew.
"""

from __future__ import annotations

import json
from importlib import import_module
from itertools import permutations
from math import factorial
from pathlib import Path
from typing import Any

import numpy as np

SEED = 20_261_122
DRAWS = 2_000  # of customers, for the error of an effect


def logistic() -> dict[str, Any]:
    """Logit with customers as clusters, effect standardized over a weighted fit, weighted and linear differences."""
    sm = import_module("statsmodels.api")
    rng = np.random.default_rng(SEED)
    count = 400
    customer = np.sort(rng.integers(0, 120, count))
    ready = rng.normal(0, 0.7, 120)[customer]
    segment, early = rng.integers(0, 3, count), rng.integers(0, 2, count)
    exposed = (rng.random(count) < 0.25 + 0.2 * segment).astype(int)
    odds = -1 + 0.8 * exposed + 0.5 * segment - 0.4 * early + ready
    outcome = (rng.random(count) < 1 / (1 + np.exp(-odds))).astype(int)
    design = np.column_stack(
        [np.ones(count), exposed, segment == 1, segment == 2, early]
    ).astype(float)
    fit = sm.Logit(outcome, design).fit(
        disp=0, cov_type="cluster", cov_kwds={"groups": customer}
    )
    off, on = design.copy(), design.copy()
    off[:, 1], on[:, 1] = 0, 1
    who = sm.Logit(exposed, np.delete(design, 1, axis=1)).fit(disp=0).predict()
    share = exposed.mean()
    weight = np.where(exposed == 1, share / who, (1 - share) / (1 - who))
    weight = np.clip(weight, *np.quantile(weight, [0.01, 0.99]))
    means = [np.average(outcome[exposed == x], weights=weight[exposed == x]) for x in (1, 0)]  # fmt: skip
    link = sm.families.Binomial()

    def balanced(at: Any) -> float:
        """Effect of a logistic regression of these cases weighed by who is exposed, cut at 1 and 99 %."""
        known = np.delete(design[at], 1, axis=1)
        chance = sm.GLM(exposed[at], known, family=link).fit().predict()
        told = exposed[at].mean()
        weigh = np.where(exposed[at] == 1, told / chance, (1 - told) / (1 - chance))
        weigh = np.clip(weigh, *np.quantile(weigh, [0.01, 0.99]))
        model = sm.GLM(outcome[at], design[at], family=link, var_weights=weigh).fit()
        return float((model.predict(on[at]) - model.predict(off[at])).mean())

    of_customer = [np.flatnonzero(customer == one) for one in range(120)]
    drawn = [
        balanced(
            np.concatenate([of_customer[one] for one in rng.integers(0, 120, 120)])
        )
        for _ in range(DRAWS)
    ]
    line = sm.OLS(outcome, design).fit(
        cov_type="cluster", cov_kwds={"groups": customer}
    )
    return {
        "customer": customer.tolist(),
        "design": design.tolist(),
        "outcome": outcome.tolist(),
        "coefficients": fit.params.tolist(),
        "effect": balanced(np.arange(count)),
        "effect_error_of_bootstrap": float(np.std(drawn)),
        "weighted": float(means[0] - means[1]),
        "linear": float(line.params[1]),
        "linear_error": float(line.bse[1]),
    }


def lmg() -> dict[str, Any]:
    """Explained variance of each driver, averaged over all orders of entry one by one."""
    sm = import_module("statsmodels.api")
    rng = np.random.default_rng(SEED + 1)
    count, size = 4, 300
    common = rng.normal(size=(size, 1))
    values = common + rng.normal(size=(size, count))
    outcome = values @ np.array([0.5, 0.3, 0.0, -0.2]) + rng.normal(size=size)

    def r2(chosen: tuple[int, ...]) -> float:
        columns = values[:, list(chosen)]
        return float(sm.OLS(outcome, sm.add_constant(columns)).fit().rsquared) if chosen else 0.0  # fmt: skip

    shares = np.zeros(count)
    for order in permutations(range(count)):
        for place, driver in enumerate(order):
            shares[driver] += r2(order[: place + 1]) - r2(order[:place])
    return {
        "values": values.tolist(),
        "outcome": outcome.tolist(),
        "shares": (shares / factorial(count)).tolist(),
        "r2": r2(tuple(range(count))),
    }


def make() -> dict[str, Any]:
    """All values."""
    return {"logistic": logistic(), "lmg": lmg()}


if __name__ == "__main__":
    text = json.dumps(make(), indent=1) + "\n"
    (Path(__file__).parent / "effects.json").write_text(text, encoding="utf-8")
