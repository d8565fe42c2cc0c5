"""Scores weighted so that those who answered stand for those who were there. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.facts import Fact, whole_cases
from desirepath.evidence.groups import Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import ScoreQuestion
from desirepath.evidence.scores import DETRACTOR, ENDS, PROMOTER, score_questions
from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.clusters import number_clusters
from desirepath.stats.weighting import (
    MOST,
    answer_bias,
    design_effect,
    rake,
    weighted_mean,
)

MEASURE = "score_weighted"
SOURCE = "who answered"
MIN_ANSWERED = 30
MIN_IN_CATEGORY = 5
MAX_MARGINS = 3
MAX_CATEGORIES = 12
BIASED_P = 0.01  # shared among the margins that are looked at
MAX_STRANGERS = 0.2
RARE = 0.02
GOAL = "goal"
FULL = 100.0
TWO = 2


@dataclass(frozen=True, slots=True)
class Margin:
    """A property known of everybody, by which those who answered differ.

    Attributes:
        name: Name of the segment, or ``goal`` for whether the goal was reached.
        codes: int64[n_cases], category of each case; few answers are put together.
        labels: Name of each category.
        strength: Cramér's V between it and having answered.
    """

    name: str
    codes: IntArray
    labels: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Who answered at one place, against who was there.

    Attributes:
        margins: Properties the weights are fitted to, the strongest first; none where no difference is
            shown or too few answered.
        weights: float64[n_cases], weight of each case that answered, 0 for the others.
        words: What differs, in one sentence; "" where nothing does.
    """

    margins: tuple[Margin, ...]
    weights: FloatArray
    words: str

    @property
    def names(self) -> str:
        """Names of the properties, parted by commas."""
        return ", ".join(one.name for one in self.margins)


class Weighing:
    """Balances of the places of a map, each found once.

    Weights are fitted (raking) to up to three properties known of everybody: the segments, and whether
    the goal was reached; those that differ most, if the difference is shown (p < 0.01 over all of them).
    No weight is above 5 times the mean.
    """

    def __init__(self, laid: Laid, heard: Heard) -> None:
        self.laid = laid
        self.heard = heard
        self._known: dict[tuple[str, ...], Balance] = {}

    def at(self, steps: tuple[str, ...]) -> Balance:
        """Balance at some steps; of the whole map, if none are named."""
        if steps not in self._known:
            self._known[steps] = balance(self.laid, self.heard, steps)
        return self._known[steps]

    def facts(self, group: Group, level: float) -> Iterator[Fact]:
        """`score_weighted` beside each `score` of a place where those who answered differ from those there.

        n is the effective number of customers.

        Args:
            group: All cases.
            level: Coverage of the intervals.
        """
        places = _steps_of(self.laid)
        for question in score_questions(self.laid, self.heard):
            if not isinstance(question, ScoreQuestion) or question.measure != "score":
                continue
            found = self.at(places.get(question.subject, ()))
            fact = _fact(question, found, group, level) if found.margins else None
            if fact is not None:
                yield fact

    def sources(self) -> dict[str, str]:
        """How those who answered differ from all, in words; nothing where no difference is shown."""
        words = self.at(()).words
        if words:
            return {SOURCE: words}
        places = [
            (found.margins[0].strength, step.name, found.words)
            for step in self.laid.map.steps()
            if (found := self.at((step.id,))).margins
        ]
        places.sort(key=lambda one: -one[0])
        shown = "; ".join(f"at “{name}” {words}" for _, name, words in places[:TWO])
        more = f"; and at {len(places) - TWO} more steps" if len(places) > TWO else ""
        return {SOURCE: shown + more} if shown else {}


def _steps_of(laid: Laid) -> dict[str, tuple[str, ...]]:
    """Steps of each place and statement; none for the whole map."""
    found: dict[str, tuple[str, ...]] = {}
    for stage in laid.map.stages:
        steps = tuple(step.id for step in stage.steps)
        found[f"stage:{stage.id}"] = steps
        found |= {f"statement:{one.id}": steps for one in stage.statements}
        for step in stage.steps:
            found[f"step:{step.id}"] = (step.id,)
            found |= {f"statement:{one.id}": (step.id,) for one in step.statements}
    return found


def balance(laid: Laid, heard: Heard, steps: tuple[str, ...]) -> Balance:
    """Who answered at some steps (anywhere, if none are named), against who was there."""
    count = laid.sequences.case_count
    here = laid.at(steps) if steps else laid.everyone
    answers = heard.is_used & heard.feedback.is_score
    if steps:
        answers &= np.isin(heard.step, [laid.place[step] for step in steps])
    cases = heard.joined.case[answers]
    nothing = Balance((), np.zeros(count), "")
    strangers = (cases < 0).mean() if len(cases) else 1.0
    did = np.zeros(count, np.bool_)
    did[cases[cases >= 0]] = True
    did &= here
    if did.sum() < MIN_ANSWERED or did.sum() == here.sum() or strangers > MAX_STRANGERS:
        return nothing
    margins = _margins(laid, here, did)
    if not margins:
        return nothing
    codes = [one.codes[did] for one in margins]
    targets = [_shares(one.codes[here], len(one.labels)) for one in margins]
    weights = np.zeros(count)
    weights[did] = rake(codes, targets, most=MOST)
    return Balance(margins, weights, _words(margins, here, did, weights[did]))


def _margins(laid: Laid, here: BoolArray, did: BoolArray) -> tuple[Margin, ...]:
    """Properties by which those who answered differ, the strongest first."""
    looked = [
        one
        for name, codes, values in _properties(laid)
        if (one := _margin(name, codes, values, here, did)) is not None
    ]
    found = []
    for one in looked:
        p, strength = answer_bias(one.codes[here], did[here])
        if p < BIASED_P / len(looked):
            found.append(Margin(one.name, one.codes, one.labels, strength))
    found.sort(key=lambda one: (-one.strength, one.name))
    return tuple(found[:MAX_MARGINS])


def _properties(laid: Laid) -> Iterable[tuple[str, IntArray, tuple[str, ...]]]:
    """What is known of every case."""
    for name, segment in laid.sequences.segments.items():
        yield name, segment.codes.astype(np.int64), segment.values
    if laid.aligned.binding.is_goal_known:
        yield GOAL, laid.goal.astype(np.int64), ("not reached", "reached")


def _margin(
    name: str,
    codes: IntArray,
    values: tuple[str, ...],
    here: BoolArray,
    did: BoolArray,
) -> Margin | None:
    """The property with categories large enough to weigh by; None where fewer than two are."""
    there = np.bincount(codes[here], minlength=len(values))
    answered = np.bincount(codes[did], minlength=len(values))
    order = np.argsort(-there, kind="stable")
    large = [
        code
        for code in order.tolist()
        if answered[code] >= MIN_IN_CATEGORY and values[code]
    ][: MAX_CATEGORIES - 1]
    if not large:
        return None
    rest = np.setdiff1d(np.flatnonzero(there), large)
    few = int(answered[rest].sum())
    labels = [values[code] for code in large]
    # what is rare or unknown is one category; too few answers in it join the largest
    target = np.full(len(values), 0 if few < MIN_IN_CATEGORY else len(large))
    target[large] = np.arange(len(large))
    if few >= MIN_IN_CATEGORY:
        labels.append("other or unknown")
    if len(labels) < TWO:
        return None
    return Margin(name, target[codes].astype(np.int64), tuple(labels), 0.0)


def _shares(codes: IntArray, size: int) -> FloatArray:
    counts = np.bincount(codes, minlength=size).astype(np.float64)
    return floats(counts / max(counts.sum(), 1.0))


def _words(
    margins: tuple[Margin, ...], here: BoolArray, did: BoolArray, weights: FloatArray
) -> str:
    """How those who answered differ, by their strongest property; and what weighting cost."""
    one = margins[0]
    there = _shares(one.codes[here], len(one.labels))
    answered = _shares(one.codes[did], len(one.labels))
    large = there >= RARE
    ratio = np.where(large, answered / np.maximum(there, RARE), 1.0)
    most = int(np.argmax(np.abs(np.log(np.maximum(ratio, 1e-3)))))
    names = ", ".join(margin.name for margin in margins)
    n = int(did.sum() / design_effect(weights))
    label = f"{one.name}={one.labels[most]}" if one.name != GOAL else f"those who had the goal {one.labels[most]}"  # fmt: skip
    return (
        f"those who answered were {ratio[most]:.2g} × as often {label} as those who were there "
        f"({answered[most] * FULL:.0f} % against {there[most] * FULL:.0f} %); "
        f"scores are weighted by {names}, so that {int(did.sum()):,} answers count as {n:,}"
    )


def _fact(
    question: ScoreQuestion, found: Balance, group: Group, level: float
) -> Fact | None:
    """Weighted mean of the answers of a question."""
    weight = np.where(question.cases >= 0, found.weights[question.cases], 0.0)
    kept = weight > 0
    # customers are the unit: who answered three times counts as much as who answered once
    unit_of = number_clusters(question.customers)
    times = np.bincount(unit_of, weights=kept)
    weight = weight / np.maximum(times, 1.0)[unit_of]
    if kept.sum() < MIN_ANSWERED:
        return None
    values = question.values
    unit = "emotion" if question.target == "emotion" else "score"
    if question.is_nps:
        up, down = values > PROMOTER, values < DETRACTOR
        values = FULL * (up.astype(np.float64) - down.astype(np.float64))
        unit = "nps"
    mean, spread = weighted_mean(
        values[kept], weight[kept], question.customers[kept], level=level
    )
    least, most = ENDS.get(unit, (-np.inf, np.inf))
    return Fact(
        subject=question.subject,
        measure=MEASURE,
        value=mean.value,
        unit=unit,
        n=whole_cases(mean.n),
        low=float(max(mean.low, least)) if np.isfinite(mean.low) else None,
        high=float(min(mean.high, most)) if np.isfinite(mean.high) else None,
        hits=int(kept.sum()),
        cases=int(kept.sum()),
        target=question.target,
        segment=group.segment,
        window_from=group.window_from,
        window_to=group.window_to,
        level=level,
        source=f"feedback, weighted by {found.names}",
        spread=spread,
    )
