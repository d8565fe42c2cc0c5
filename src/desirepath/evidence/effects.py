"""Differences in the goal between cases that meet something and those that do not, others held equal. Calls nothing a cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.align import latest_steps
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.confounders import Confounders, confounders_of, table_for
from desirepath.evidence.exposure import (
    Compared,
    at_step,
    coming_back,
    compared,
    showing,
    waiting,
)
from desirepath.evidence.facts import Fact, whole_cases
from desirepath.evidence.groups import Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.overall import forms_of, of_cases
from desirepath.maps.claims import EffectClaim
from desirepath.maps.model import EventPattern, Step
from desirepath.maps.refs import placed_statements
from desirepath.stats.arrays import FloatArray, floats
from desirepath.stats.clusters import effective_n_ratio
from desirepath.stats.intervals import newcombe_difference, wilson
from desirepath.stats.marginal_effects import (
    Effect,
    adjusted_difference,
    balance,
    linear_difference,
    weighted_difference,
)
from desirepath.stats.regression import Table

LEVEL = 0.95
MIN_GROUP_CASES = 30
MIN_OUTCOMES = 10
MAX_ACTIVITIES = 20
MIN_ACTIVITY_SHARE = 0.01
GOAL, OVERALL, LATER = "goal", "overall score", "later steps"
PLAIN = "events"
NOT_ADJUSTED = "events, not adjusted: {} all end alike"


@dataclass(frozen=True, slots=True)
class Asking:
    """All that the facts about effects need.

    Attributes:
        laid: Map and cases.
        customers: int64[n_cases], number of the customer.
        known: What is held equal.
        overall: float64[n_cases], overall score; None without feedback.
        group: All cases, with their window.
    """

    laid: Laid
    customers: IntArray
    known: Confounders
    overall: FloatArray | None
    group: Group


def effect_facts(
    laid: Laid, heard: Heard | None, customers: IntArray, group: Group
) -> Iterator[Fact]:
    """What goes along with meeting each step, activity and claim, for the goal, later steps and score.

    Args:
        laid: Map and cases.
        heard: Answers of customers, if there are any.
        customers: int64[n_cases], number of the customer of each case.
        group: All cases.
    """
    asking = _asking(laid, heard, customers, group)
    if asking is None:
        return
    for step in laid.map.steps():
        if laid.is_known(step.id):
            yield from _of_step(step, asking)
    yield from _of_activities(asking)
    yield from _of_claims(asking)


def claimed_effects(
    laid: Laid, heard: Heard | None, customers: IntArray, group: Group
) -> Iterator[Fact]:
    """The same for what the map claims to have an effect, and nothing else."""
    if any(
        isinstance(one.claim, EffectClaim) for one, *_ in placed_statements(laid.map)
    ):
        asking = _asking(laid, heard, customers, group)
        if asking is not None:
            yield from _of_claims(asking)


def _asking(
    laid: Laid, heard: Heard | None, customers: IntArray, group: Group
) -> Asking | None:
    """What facts about effects need; None where no outcome is known."""
    overall = None
    if heard is not None:
        forms = forms_of(heard, len(laid.place))
        overall = of_cases(forms, laid.sequences.case_count)
    if not laid.aligned.binding.is_goal_known and overall is None:
        return None
    return Asking(laid, customers, confounders_of(laid), overall, group)


def sources_of_effects(laid: Laid, facts: Iterable[Fact]) -> dict[str, str]:
    """How effects were adjusted, or why there are none; nothing where cases are only too few."""
    name = "effects on the goal"
    if any(fact.target == GOAL and fact.measure == "effect" for fact in facts):
        held = (*confounders_of(laid).names, "events so far", "steps reached before")
        listed = ", ".join(held)
        return {
            name: f"associations, not causes: adjusted for {listed};"
            " compared with cases that were still there"
        }
    if len(laid.goal) < 2 * MIN_GROUP_CASES:
        return {}
    if not laid.aligned.binding.is_goal_known:
        return {name: "not measured, no event shows the goal"}
    return {name: "not measured, too few cases differ in it"}


def _of_step(step: Step, asking: Asking) -> Iterator[Fact]:
    laid, place = asking.laid, asking.laid.place[step.id]
    subject = f"step:{step.id}"
    meets = at_step(place, laid)
    yield from _on_goal(subject, "effect", GOAL, meets, asking, is_full=True)
    after = laid.aligned.last[meets.cases, place + 1 :] >= meets.landmark[:, None]
    if after.shape[1]:
        goes_on = after.any(axis=1) | laid.goal[meets.cases]
        yield from _on_share(subject, "later_effect", LATER, meets, goes_on, asking)
    yield from _on_score(subject, "score_effect", meets, asking)
    for measure, went in (
        ("repeat_effect", coming_back(place, laid)),
        ("wait_effect", waiting(place, laid)),
    ):
        yield from _on_goal(subject, measure, GOAL, went, asking)
        yield from _on_score(subject, measure, went, asking)


def _of_activities(asking: Asking) -> Iterator[Fact]:
    """Effect of each frequent activity that no step binds, at the step that it mostly follows."""
    laid = asking.laid
    sequences, binding = laid.sequences, laid.aligned.binding
    free = ~binding.codes.any(axis=0) & ~binding.completing
    names = np.array(sequences.activities)
    wanted = sorted(set(names[free].tolist()))
    step_before = latest_steps(laid.aligned, laid.sequences)
    found: list[tuple[int, str, BoolArray]] = []
    for name in wanted:
        is_shown = ((names == name) & free)[sequences.codes]
        cases = np.unique(sequences.case_index()[is_shown])
        if len(cases) >= MIN_ACTIVITY_SHARE * sequences.case_count:
            found.append((len(cases), name, is_shown))
    found.sort(key=lambda one: (-one[0], one[1]))
    for number, (_, name, is_shown) in enumerate(found[:MAX_ACTIVITIES]):
        place = int(np.bincount(step_before[is_shown] + 1).argmax()) - 1
        if place == UNBOUND:
            subject, gate = "map", np.asarray(sequences.offsets[:-1])
        else:
            subject = f"step:{binding.step_ids[place]}"
            gate = laid.aligned.first[:, place]
        shows = showing(is_shown, gate, laid, len(laid.place) + number)
        yield from _on_goal(subject, "shown_effect", name, shows, asking)
        yield from _goal_of(subject, name, shows, asking)


def _goal_of(
    subject: str, name: str, shows: Compared, asking: Asking
) -> Iterator[Fact]:
    """Of the cases that show it, those that reach the goal; tells an ending from a moment."""
    cases = shows.cases[shows.is_exposed]
    if len(cases) < MIN_GROUP_CASES or not asking.laid.aligned.binding.is_goal_known:
        return
    hits = floats(asking.laid.goal[cases])
    n = effective_n_ratio(hits, np.ones(len(cases)), asking.customers[cases])
    ends = wilson(hits.mean() * n, n, level=LEVEL)
    yield Fact(
        subject, "shown_goal", float(hits.mean()), "share", whole_cases(n), float(ends.low), float(ends.high),
        hits=int(hits.sum()), cases=len(cases), target=name,
        window_from=asking.group.window_from, window_to=asking.group.window_to, level=LEVEL,
    )  # fmt: skip


def _of_claims(asking: Asking) -> Iterator[Fact]:
    """The effect each statement claims, where it stands or of the activity it names."""
    laid = asking.laid
    for statement, at, steps in placed_statements(laid.map):
        if statement.claim is None or statement.claim.effect is None:
            continue
        known = tuple(laid.place[step] for step in steps if laid.is_known(step))
        met = _met(statement.claim.effect, known, asking, is_whole=at == "map")
        if met is not None:
            subject = f"statement:{statement.id}"
            yield from _on_goal(subject, "effect", GOAL, met, asking)


def _met(
    claim: EffectClaim, places: tuple[int, ...], asking: Asking, *, is_whole: bool
) -> Compared | None:
    laid = asking.laid
    starts = np.asarray(laid.sequences.offsets[:-1])
    if not is_whole and not places:
        return None
    firsts = laid.aligned.first[:, places]
    never = laid.sequences.event_count
    here = np.where(firsts >= 0, firsts, never).min(axis=1, initial=never)
    here = np.where(here < never, here, UNBOUND)
    if claim.activity:
        is_shown = laid.shows(EventPattern(activity=claim.activity))
        return showing(is_shown, starts if is_whole else here, laid)
    if is_whole:
        return None
    if len(places) == 1:
        return at_step(places[0], laid)
    return compared(here, starts, laid)


def _on_goal(
    subject: str,
    measure: str,
    target: str,
    met: Compared,
    asking: Asking,
    *,
    is_full: bool = False,
) -> Iterator[Fact]:
    """Difference in goal share; in full with what it is unadjusted, weighted, and without."""
    if not asking.laid.aligned.binding.is_goal_known:
        return
    goal = asking.laid.goal[met.cases]
    yield from _on_share(subject, measure, target, met, goal, asking, is_full=is_full)


def _on_share(
    subject: str,
    measure: str,
    target: str,
    met: Compared,
    outcome: BoolArray,
    asking: Asking,
    *,
    is_full: bool = False,
) -> Iterator[Fact]:
    exposed = int(met.is_exposed.sum())
    others = len(met.cases) - exposed
    rarer = int(min(outcome.sum(), (~outcome).sum()))
    if min(exposed, others) < MIN_GROUP_CASES or rarer < MIN_OUTCOMES:
        return
    customers = asking.customers[met.cases]
    hits = floats(outcome)
    alike = [len(set(outcome[part].tolist())) == 1 for part in (met.is_exposed, ~met.is_exposed)]  # fmt: skip
    if any(alike):
        # no model tells how far what is held equal explains it
        plain = _newcombe(met.is_exposed, outcome, customers)
        source = NOT_ADJUSTED.format("cases with it" if alike[0] else "cases without it")  # fmt: skip
        yield _fact(subject, measure, target, plain, met, asking, source=source)
        if is_full:
            yield _without(subject, plain, met, asking)
        return
    table = _table(met, asking, rarer)
    balanced = balance(table)
    effect = adjusted_difference(table, hits, balanced=balanced, level=LEVEL)
    yield _fact(subject, measure, target, effect, met, asking)
    if is_full:
        yield _without(subject, effect, met, asking)
        raw = _newcombe(met.is_exposed, outcome, customers)
        yield _fact(subject, "effect_raw", target, raw, met, asking)
        weighted = weighted_difference(table, hits, balanced=balanced, level=LEVEL)
        yield _fact(subject, "effect_weighted", target, weighted, met, asking)


def _on_score(
    subject: str, measure: str, met: Compared, asking: Asking
) -> Iterator[Fact]:
    """Difference of the overall score."""
    if asking.overall is None:
        return
    told = np.isfinite(asking.overall[met.cases])
    answered = Compared(met.cases[told], met.is_exposed[told], met.landmark[told])
    exposed = int(answered.is_exposed.sum())
    score = asking.overall[answered.cases]
    fewest = min(exposed, len(score) - exposed)
    if fewest < MIN_GROUP_CASES or np.ptp(score) == 0:
        return
    effect = linear_difference(_table(answered, asking, len(score)), score, level=LEVEL)
    yield _fact(
        subject, measure, OVERALL, effect, answered, asking, unit="emotion", source="feedback"
    )  # fmt: skip


def _table(met: Compared, asking: Asking, rarer: int) -> Table:
    return table_for(
        asking.known,
        asking.laid,
        met.cases,
        met.landmark,
        met.is_exposed,
        asking.customers[met.cases],
        rarer,
    )


def _newcombe(exposed: BoolArray, outcome: BoolArray, customers: IntArray) -> Effect:
    """The plain difference, by Newcombe's interval on effective numbers."""
    shares, sizes = [], []
    for part in (exposed, ~exposed):
        hits, asked = floats(outcome & part), floats(part)
        shares.append(float(hits.sum() / asked.sum()))
        sizes.append(effective_n_ratio(hits, asked, customers))
    ends = newcombe_difference(
        shares[0] * sizes[0], sizes[0], shares[1] * sizes[1], sizes[1], level=LEVEL
    )
    low, high = float(ends.low), float(ends.high)
    groups = len(np.unique(customers))
    error = (high - low) / 2 / 1.96
    return Effect(shares[0] - shares[1], low, high, error, shares[1], groups)


def _without(subject: str, effect: Effect, met: Compared, asking: Asking) -> Fact:
    """Goal share of the cases compared, if none of them met it."""
    return Fact(
        subject, "effect_without", effect.without, "share", effect.clusters, None, None,
        hits=int((~met.is_exposed).sum()), cases=len(met.cases), target=GOAL,
        window_from=asking.group.window_from, window_to=asking.group.window_to, level=LEVEL,
    )  # fmt: skip


def _fact(
    subject: str,
    measure: str,
    target: str,
    effect: Effect,
    met: Compared,
    asking: Asking,
    *,
    unit: str = "share",
    source: str = PLAIN,
) -> Fact:
    return Fact(
        subject, measure, effect.value, unit, effect.clusters, effect.low, effect.high,
        hits=int(met.is_exposed.sum()), cases=len(met.cases), target=target,
        window_from=asking.group.window_from, window_to=asking.group.window_to, level=LEVEL,
        source=source, spread=effect.standard_error * float(np.sqrt(effect.clusters)),
    )  # fmt: skip
