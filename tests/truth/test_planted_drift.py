"""What moved is noticed, what did not is not said to have; so many cases as are asked for are enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
import pytest

from desirepath.check.report import CheckReport
from desirepath.check.verdicts import check_map
from desirepath.events.simulate import PlantedStep, Shown, World, simulate_journey
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import (
    ChannelClaim,
    Claim,
    ReachClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

STEPS = ("look", "search", "compare", "pay", "happy")
SHARES = ("reach", "share", "happy", "channel")
PLACES = {"reach": "compare", "share": "look", "happy": "happy", "channel": "look"}
TYPICAL_S = 1200.0
# Bounds (`fewest`, `most`) that a program exactly as good as promised fails once in a thousand times.
WORLDS = 100
Bound = Callable[[int, float], int]
HALF = 1_000


def world_of(shares: Mapping[str, float], typical_s: float = TYPICAL_S) -> World:
    """World in which everybody looks, searches and pays."""
    return World(
        (
            PlantedStep(
                "look",
                channels={"app": shares["channel"], "web": 1 - shares["channel"]},
                shows=(Shown("error", shares["share"]),),
            ),
            PlantedStep("search", typical_s=typical_s, spread=0.8),
            PlantedStep("compare", skip=1 - shares["reach"]),
            PlantedStep("pay"),
            PlantedStep("happy", go_on=shares["happy"]),
        )
    )


def map_of(limits: Mapping[str, float]) -> JourneyMap:
    """Map that claims a share of at least so much of each kind, and a time."""

    def claim(kind: str, limit: float) -> Claim:
        low = f"{100 * limit:.6f}%"
        if kind in ("reach", "happy"):
            return Claim(reach=ReachClaim(at_least=low))
        if kind == "share":
            return Claim(share=ShareClaim(activity="error", at_least=low))
        return Claim(channel=ChannelClaim(channel="app", at_least=low))

    found = {
        step: [
            Statement(id=kind, lane="pains", claim=claim(kind, limit))
            for kind, limit in limits.items()
            if PLACES[kind] == step
        ]
        for step in STEPS
    }
    time = Claim(time=TimeClaim(to="search", typical_at_most="2h"))
    found["look"].append(Statement(id="time", lane="pains", claim=time))
    steps = tuple(
        Step(
            id=name,
            name=name,
            events=(EventPattern(activity=name),),
            statements=tuple(found[name]),
        )
        for name in STEPS
    )
    return JourneyMap(
        id="truth",
        title="Truth",
        stages=(Stage(id="all", name="All", steps=steps),),
    )


def evidence_of(
    journey: JourneyMap, world: World, cases: int, rng: np.random.Generator
) -> Evidence:
    return measure_map(journey, simulate_journey(world, cases, rng).sequences)


def stale(report: CheckReport) -> set[str]:
    return {
        one.subject.removeprefix("statement:")
        for one in report.verdicts
        if one.verdict == "stale"
    }


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_611)


def test_two_halves_of_one_period_show_nothing_stale(
    rng: np.random.Generator, fewest: Bound
) -> None:
    silent = 0
    for _ in range(WORLDS):
        shares = dict(zip(SHARES, rng.uniform(0.2, 0.8, len(SHARES)), strict=True))
        journey = map_of({kind: share - 0.1 for kind, share in shares.items()})
        world = world_of(shares)
        halves = [evidence_of(journey, world, HALF, rng) for _ in range(2)]
        before = check_map(journey, halves[0])
        report = check_map(journey, halves[1], earlier=before, newest=halves[1])
        assert before.count("confirmed") > len(SHARES)
        silent += not stale(report)
    assert silent >= fewest(WORLDS, 0.95), silent


def test_a_drift_of_ten_points_is_noticed(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    noticed = wrong = settled = 0
    for _ in range(WORLDS):
        shares = dict(zip(SHARES, rng.uniform(0.25, 0.75, len(SHARES)), strict=True))
        journey = map_of({kind: share - 0.12 for kind, share in shares.items()})
        moved = SHARES[int(rng.integers(len(SHARES)))]
        later = {**shares, moved: shares[moved] + 0.1}
        before = check_map(journey, evidence_of(journey, world_of(shares), HALF, rng))
        newest = evidence_of(journey, world_of(later), HALF, rng)
        report = check_map(journey, newest, earlier=before, newest=newest)
        if before.of(f"statement:{moved}")[0].verdict == "unknown":
            continue
        settled += 1
        noticed += moved in stale(report)
        wrong += bool(stale(report) - {moved})
    assert settled >= fewest(WORLDS, 0.95)
    assert noticed >= fewest(settled, 0.95), noticed
    assert wrong <= most(settled, 0.05)


def test_a_time_that_doubles_is_noticed(rng: np.random.Generator) -> None:
    shares = dict.fromkeys(SHARES, 0.5)
    journey = map_of({})
    noticed = 0
    for _ in range(WORLDS // 2):
        before = check_map(journey, evidence_of(journey, world_of(shares), HALF, rng))
        slow = world_of(shares, 2 * TYPICAL_S)
        newest = evidence_of(journey, slow, HALF, rng)
        report = check_map(journey, newest, earlier=before, newest=newest)
        noticed += "time" in stale(report)
    assert noticed >= 0.95 * WORLDS / 2


def test_old_evidence_is_stale_whatever_it_says(rng: np.random.Generator) -> None:
    shares = dict.fromkeys(SHARES, 0.5)
    journey = map_of(dict.fromkeys(SHARES, 0.2)).model_copy(
        update={"review_every": "90d"}
    )
    evidence = evidence_of(journey, world_of(shares), HALF, rng)
    end = date.fromisoformat(evidence.window_to)
    fresh = check_map(journey, evidence, today=end)
    old = check_map(journey, evidence, today=end.replace(year=end.year + 1))
    assert fresh.count("stale") == 0
    assert {one.word_now for one in old.verdicts if one.verdict == "stale"} == {
        "confirmed"
    }
    assert old.count("confirmed") == old.count("refuted") == 0


@pytest.mark.nightly
def test_as_many_further_cases_as_are_asked_for_are_enough(
    rng: np.random.Generator,
) -> None:
    asked = settled = 0
    while asked < WORLDS // 2:
        shares = dict(zip(SHARES, rng.uniform(0.3, 0.7, len(SHARES)), strict=True))
        # one claim a little off, so that 300 cases do not settle it
        limits = {kind: share - 0.2 for kind, share in shares.items()}
        limits["share"] = shares["share"] - 0.05
        journey = map_of(limits)
        first = evidence_of(journey, world_of(shares), 300, rng)
        report = check_map(journey, first)
        wanted = [one for one in report.research if one.subject == "statement:share"]
        if not wanted or not wanted[0].needed or wanted[0].needed > 5_000:
            continue
        (verdict,) = report.of("statement:share")
        assert verdict.value is not None
        asked += 1
        # a world in which the value of today is the true one
        true = world_of({**shares, "share": verdict.value})
        cases = 300 + wanted[0].needed
        again = check_map(journey, evidence_of(journey, true, cases, rng))
        settled += again.of("statement:share")[0].verdict in ("confirmed", "refuted")
    assert settled >= 0.75 * asked, settled
