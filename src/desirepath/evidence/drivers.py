"""What a step that went well or badly goes along with: the overall score, or the goal. Calls nothing a cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.overall import Forms, both, forms_of
from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.drivers import drivers, penalty_reward
from desirepath.stats.marginal_effects import linear_difference
from desirepath.stats.regression import table_of

LEVEL = 0.95
SEED = 20_261_103
MIN_FORMS = 50
FORMS_PER_DRIVER = 10
MIN_SIDE = 20
BAD, GOOD = -0.5, 0.5
OVERALL, GOAL = "overall score", "goal"
TOGETHER = "feedback, all steps together ({})"
ALONE = "feedback, each step by itself"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What scores are held against.

    Attributes:
        name: ``overall score`` or ``goal``.
        unit: Unit of differences in it.
        values: float64[forms], nan where not known.
    """

    name: str
    unit: str
    values: FloatArray


def driver_facts(laid: Laid, heard: Heard, group: Group) -> Iterator[Fact]:
    """Share of the outcome that the score at each step explains, its penalty and its reward.

    The outcome is what customers say of the whole, where they were asked, and the goal. Where forms
    tell of several steps these are weighed together; else each step stands by itself.

    Args:
        laid: Map and cases.
        heard: Answers of customers.
        group: All cases.
    """
    forms = forms_of(heard, len(laid.place))
    for outcome in _outcomes(forms, laid):
        yield from _on_outcome(forms, outcome, laid, group)


def _outcomes(forms: Forms, laid: Laid) -> Iterator[Outcome]:
    if forms.is_general:
        yield Outcome(OVERALL, "emotion", forms.overall)
    if laid.aligned.binding.is_goal_known:
        goal = np.full(len(forms.case), np.nan)
        known = forms.case >= 0
        goal[known] = laid.goal[forms.case[known]]
        yield Outcome(GOAL, "share", floats(goal))


def _on_outcome(
    forms: Forms, outcome: Outcome, laid: Laid, group: Group
) -> Iterator[Fact]:
    asked = [
        place
        for place in laid.place.values()
        if _is_enough(forms.steps[:, place], outcome.values, MIN_FORMS)
    ]
    together = both(forms.steps[:, asked], outcome.values) if len(asked) > 1 else None
    least = max(MIN_FORMS, FORMS_PER_DRIVER * len(asked))
    if together is not None and together.sum() >= least:
        yield from _explained(forms, outcome, asked, laid, group)
    else:
        for place in asked:
            yield from _explained(forms, outcome, [place], laid, group)
    for place in asked:
        yield from _slope(forms, outcome, place, laid, group)
        yield from _contrast(forms, outcome, place, laid, group)


def _is_enough(score: FloatArray, outcome: FloatArray, least: int) -> bool:
    """True where enough are known and neither is always the same."""
    known = both(score, outcome)
    return bool(
        known.sum() >= least and np.ptp(score[known]) > 0 and np.ptp(outcome[known]) > 0
    )


def _explained(
    forms: Forms, outcome: Outcome, places: list[int], laid: Laid, group: Group
) -> Iterator[Fact]:
    known = both(forms.steps[:, places], outcome.values)
    scores = forms.steps[known][:, places]
    if not (np.ptp(scores, axis=0) > 0).all():
        return
    found = drivers(
        scores,
        outcome.values[known],
        forms.customers[known],
        np.random.default_rng(SEED),
        level=LEVEL,
    )
    source = TOGETHER.format(found.method) if len(places) > 1 else ALONE
    ids = laid.map.step_ids()
    for number, place in enumerate(places):
        yield _fact(
            (f"step:{ids[place]}", "driver", outcome.name, "share"),
            (float(found.share[number]), float(found.low[number]), float(found.high[number])),
            (found.clusters, int(known.sum()), int(known.sum())), group, source,
        )  # fmt: skip


def _slope(
    forms: Forms, outcome: Outcome, place: int, laid: Laid, group: Group
) -> Iterator[Fact]:
    """Difference in the outcome that goes along with one point of emotion at a step."""
    known = both(forms.steps[:, place], outcome.values)
    score, kind = np.unique(forms.steps[known, place], return_inverse=True)
    rows = np.column_stack([np.ones(len(score)), score])
    table = table_of(rows, kind.astype(np.int64), forms.customers[known])
    effect = linear_difference(table, outcome.values[known], level=LEVEL)
    count = int(known.sum())
    yield _fact(
        (f"step:{laid.map.step_ids()[place]}", "driver_slope", outcome.name, outcome.unit),
        (effect.value, effect.low, effect.high), (effect.clusters, count, count), group, "feedback",
        effect.standard_error * float(np.sqrt(effect.clusters)),
    )  # fmt: skip


def _contrast(
    forms: Forms, outcome: Outcome, place: int, laid: Laid, group: Group
) -> Iterator[Fact]:
    """Penalty of a bad and reward of a good experience at a step, against a middling one."""
    known = both(forms.steps[:, place], outcome.values)
    score = forms.steps[known, place]
    bad, good = score <= BAD, score >= GOOD
    if min(bad.sum(), good.sum(), (~bad & ~good).sum()) < MIN_SIDE:
        return
    found = penalty_reward(
        score,
        outcome.values[known],
        forms.customers[known],
        low=BAD,
        high=GOOD,
        level=LEVEL,
    )
    subject = f"step:{laid.map.step_ids()[place]}"
    for measure, effect, side in (
        ("penalty", found.penalty, bad),
        ("reward", found.reward, good),
    ):
        yield _fact(
            (subject, measure, outcome.name, outcome.unit), (effect.value, effect.low, effect.high),
            (effect.clusters, int(side.sum()), len(score)), group, "feedback",
            effect.standard_error * float(np.sqrt(effect.clusters)),
        )  # fmt: skip


def _fact(
    name: tuple[str, str, str, str],
    numbers: tuple[float, float, float],
    counts: tuple[int, int, int],
    group: Group,
    source: str,
    spread: float | None = None,
) -> Fact:
    subject, measure, target, unit = name
    value, low, high = numbers
    n, hits, cases = counts
    return Fact(
        subject, measure, value, unit, n, low, high, hits=hits, cases=cases, target=target,
        window_from=group.window_from, window_to=group.window_to, level=LEVEL,
        source=source, spread=spread,
    )  # fmt: skip
