"""Kinds of customers: proposed where they are there, refused where one kind would look the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from desirepath.discover.behavior import Proposal, propose_kinds
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import World, null_world, simulate_journey
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step
from desirepath.stats.grouping import adjusted_rand

CUSTOMERS = 1_000


def plan(world: World) -> JourneyMap:
    steps = tuple(
        Step(
            id=step.activity.replace(" ", "-"),
            name=step.activity,
            events=(EventPattern(activity=step.activity),),
        )
        for step in world.steps
    )
    return JourneyMap(
        id="kinds",
        title="Kinds",
        goal=Goal(text="Done", success=world.steps[-1].activity),
        stages=(Stage(id="all", name="All", steps=steps),),
    )


def kind_world(phone: float, slow: float) -> World:
    """Customers who mostly call, or not, and are slow, or not."""
    world = null_world(segments={})
    steps = tuple(
        replace(
            step,
            channels={"phone": phone, "web": 1 - phone},
            typical_s=step.typical_s * slow,
        )
        for step in world.steps
    )
    return replace(world, steps=steps)


def two_kinds(rng: np.random.Generator) -> Sequences:
    worlds = {"caller": kind_world(0.9, 2.0), "clicker": kind_world(0.1, 0.5)}
    return simulate_journey(worlds, CUSTOMERS, rng, segment="kind").sequences


def proposed(log: Sequences, seed: int, kinds: int | None = None) -> Proposal:
    rng = np.random.default_rng(seed)
    return propose_kinds(plan(null_world()), log, rng, kinds=kinds)


@pytest.mark.truth
def test_two_kinds_are_found_and_described() -> None:
    found = 0
    for seed in range(8):
        log = two_kinds(np.random.default_rng(seed))
        proposal = proposed(log, seed)
        found += len(proposal.kinds) == 2
        truth = log.segments["kind"].codes[np.argsort(log.customers)].astype(np.int64)
        assert adjusted_rand(proposal.group, truth) > 0.7
        names = {(one.what, one.name) for kind in proposal.kinds for one in kind.traits}
        assert {("channel", "phone"), ("time", "")} <= names
        assert all(kind.goal is not None for kind in proposal.kinds)
    assert found >= 8 * 0.9


@pytest.mark.truth
def test_one_kind_of_customers_is_not_split() -> None:
    worlds = 20
    world = null_world(cases_per_customer=1.6, is_censored=True)
    split = 0
    for seed in range(worlds):
        rng = np.random.default_rng(1000 + seed)
        log = simulate_journey(world, CUSTOMERS, rng).sequences
        split += bool(proposed(log, seed).kinds)
    assert split <= 0.05 * worlds


def test_the_same_seed_proposes_the_same() -> None:
    log = two_kinds(np.random.default_rng(3))
    first, second = proposed(log, 1, kinds=2), proposed(log, 1, kinds=2)
    assert first.to_dict() == second.to_dict()
    assert first.kinds
    assert "group" not in first.to_dict()


def test_few_customers_are_not_split() -> None:
    rng = np.random.default_rng(1)
    log = simulate_journey(null_world(), 100, rng).sequences
    proposal = proposed(log, 1)
    assert proposal.refused == "100 customers are too few; 200 are needed"
    assert proposal.kinds == ()


def test_customers_who_all_do_the_same_are_not_split() -> None:
    rng = np.random.default_rng(1)
    world = null_world(segments={})
    steps = tuple(
        replace(step, go_on=1.0, spread=0.0, shows=(), channels={"": 1.0})
        for step in world.steps
    )
    log = simulate_journey(replace(world, steps=steps), 300, rng).sequences
    assert proposed(log, 1).refused == "all customers do the same"
