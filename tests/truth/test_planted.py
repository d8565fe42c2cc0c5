"""Planted claims are settled rightly, and what is not there is not found.

The smallest effects that matter: 5 points of a share, 20 % of a time. Each claim is asked of about
2 000 cases; of fewer cases less could be told, and false-discovery control over the map takes its part.

`WORLDS` worlds for each, so that all tests run with every change; a program exactly as good as promised
fails a bound once in a thousand times (`fewest`, `most`). `benchmarks/truth.py` shows the rates
themselves, of many more worlds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from desirepath.check.report import CheckReport
from desirepath.check.verdicts import check_map
from desirepath.events.simulate import PlantedStep, Shown, World, simulate_journey
from desirepath.evidence.measure import measure_map
from desirepath.maps.base import Part
from desirepath.maps.claims import (
    ChannelClaim,
    Claim,
    GoalClaim,
    NextClaim,
    OrderClaim,
    ReachClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Statement, Step

pytestmark = pytest.mark.truth

STEPS = (
    "look",
    "search",
    "compare",
    "basket",
    "address",
    "pay",
    "gift",
    "parcel",
    "happy",
)
SHARES = ("reach", "order", "next", "share", "goal", "channel")
KINDS = (*SHARES, "typical", "p90")
# A map with a goal asks for effects of every step; claims about the goal have a map of their own.
WITHOUT_GOAL = tuple(kind for kind in KINDS if kind != "goal")
WORLDS, FEWER_WORLDS = 80, 40
Bound = Callable[[int, float], int]
POINTS, FACTOR = 0.05, 1.2
SEGMENTS = {"group": {"a": 0.5, "b": 0.5}, "half": {"one": 0.3, "two": 0.7}}
P90_Z = 1.2815515655446004
SPREAD = 0.8


@dataclass(frozen=True)
class Truth:
    """A world drawn at random, and what is true in it.

    Everybody does look, search, basket, address, pay and parcel, so each claim is asked of all cases.

    Attributes:
        shares: True share by kind of claim.
        typical_s: Median time from look to search.
        world: The world.
    """

    shares: Mapping[str, float]
    typical_s: float
    world: World = field(repr=False)

    @classmethod
    def draw(cls, rng: np.random.Generator, **more: object) -> Truth:
        drawn = rng.uniform(0.15, 0.85, len(SHARES)).tolist()
        return cls.of(
            dict(zip(SHARES, drawn, strict=True)), float(rng.uniform(600, 6000)), **more
        )

    @classmethod
    def of(cls, shares: Mapping[str, float], typical_s: float, **more: object) -> Truth:
        steps = (
            PlantedStep(
                "look",
                channels={"app": shares["channel"], "web": 1 - shares["channel"]},
                shows=(Shown("error", shares["share"]),),
            ),
            PlantedStep("search", typical_s=typical_s, spread=SPREAD),
            PlantedStep("compare", skip=1 - shares["reach"]),
            PlantedStep("basket"),
            PlantedStep("address", early=1 - shares["order"]),
            PlantedStep("pay"),
            PlantedStep("gift", skip=1 - shares["next"]),
            PlantedStep("parcel"),
            PlantedStep("happy", go_on=shares["goal"]),
        )
        return cls(shares, typical_s, World(steps, **more))  # type: ignore[arg-type]

    @property
    def p90_s(self) -> float:
        """True p90 of the time from look to search."""
        return self.typical_s * float(np.exp(P90_Z * SPREAD))

    def claims(self, points: float, factor: float) -> dict[str, tuple[str, Claim]]:
        """Claims by name; the name ends with whether they are true.

        Args:
            points: Distance of the limit from the true share.
            factor: Factor of the limit from the true time; 1 for exactly on it.
        """
        found = {}
        for kind, share in self.shares.items():
            low, high = (
                f"{100 * (share - points):.6f}%",
                f"{100 * (share + points):.6f}%",
            )
            for name, bounds in {
                "low true": {"at_least": low},
                "high true": {"at_most": high},
                "low false": {"at_least": high},
                "high false": {"at_most": low},
            }.items():
                found[f"{kind} {name}"] = claim_of(kind, bounds)
        for kind, time_s in (("typical", self.typical_s), ("p90", self.p90_s)):
            short, long = f"{time_s / factor:.6f}s", f"{time_s * factor:.6f}s"
            for name, limit in {
                "low true": {f"{kind}_at_least": short},
                "high true": {f"{kind}_at_most": long},
                "low false": {f"{kind}_at_least": long},
                "high false": {f"{kind}_at_most": short},
            }.items():
                claim = Claim(time=TimeClaim(to="search", **limit))
                found[f"{kind} {name}"] = ("look", claim)
        return found


def claim_of(kind: str, bounds: dict[str, str]) -> tuple[str, Claim]:
    """Step at which a claim is made, and the claim."""
    places = {
        "reach": "compare",
        "order": "address",
        "next": "pay",
        "share": "look",
        "goal": "look",
        "channel": "look",
    }
    parts: dict[str, type[Part]] = {
        "reach": ReachClaim,
        "order": OrderClaim,
        "next": NextClaim,
        "share": ShareClaim,
        "goal": GoalClaim,
        "channel": ChannelClaim,
    }
    more = {
        "order": {"after": "basket"},
        "next": {"step": "gift"},
        "share": {"activity": "error"},
        "channel": {"channel": "app"},
    }.get(kind, {})
    part = parts[kind](**bounds, **more)
    return places[kind], Claim.model_validate({kind: part})


def map_of(claims: Mapping[str, tuple[str, Claim]]) -> JourneyMap:
    """Map of the world with its claims as statements, whose ids are their names."""
    steps = tuple(
        Step(
            id=name,
            name=name,
            events=(EventPattern(activity=name),),
            statements=tuple(
                Statement(id=key.replace(" ", "-"), lane="pains", claim=claim)
                for key, (place, claim) in claims.items()
                if place == name
            ),
        )
        for name in STEPS
    )
    has_goal = any(claim.goal for _, claim in claims.values())
    return JourneyMap(
        id="truth",
        title="Truth",
        goal=Goal(text="happy", success="happy") if has_goal else None,
        stages=(Stage(id="all", name="All", steps=steps),),
    )


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20_260_405)


def reports(
    rng: np.random.Generator,
    *,
    worlds: int = WORLDS,
    n_cases: int = 2_000,
    points: float = POINTS,
    factor: float = FACTOR,
    sides: tuple[str, ...] = ("low true", "high false"),
    kinds: tuple[str, ...] = WITHOUT_GOAL,
    **world: object,
) -> Iterator[CheckReport]:
    """One report per world, on the claims of these kinds whose names end with one of the sides."""
    for _ in range(worlds):
        truth = Truth.draw(rng, **world)
        claims = truth.claims(points, factor)
        asked = [
            name for name in claims if name.startswith(kinds) and name.endswith(sides)
        ]
        journey = map_of({name: claims[name] for name in asked})
        log = simulate_journey(truth.world, n_cases, rng)
        yield check_map(journey, measure_map(journey, log.sequences))


def tally(found: Iterator[CheckReport]) -> Counter[tuple[str, str, str]]:
    """Verdicts by kind of claim and whether it is true."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for report in found:
        for verdict in report.verdicts:
            if verdict.subject.startswith("statement:"):
                kind, _, truth = verdict.subject.removeprefix("statement:").split("-")
                counts[kind, truth, verdict.verdict] += 1
    return counts


def told(
    counts: Counter[tuple[str, str, str]], kind: str, truth: str, word: str
) -> tuple[int, int]:
    """How often claims of a kind were called so, and how many there were."""
    asked = sum(
        counts[kind, truth, one] for one in ("confirmed", "refuted", "unknown", "mixed")
    )
    return counts[kind, truth, word], asked


def assert_settled_rightly(
    counts: Counter[tuple[str, str, str]],
    fewest: Bound,
    most: Bound,
    kinds: tuple[str, ...] = WITHOUT_GOAL,
) -> None:
    words = {"true": ("confirmed", "refuted"), "false": ("refuted", "confirmed")}
    for truth, (right, wrong) in words.items():
        rights = [told(counts, kind, truth, right) for kind in kinds]
        wrongs = [told(counts, kind, truth, wrong) for kind in kinds]
        for hits, asked in rights:
            assert hits >= fewest(asked, 0.95)
        for hits, asked in wrongs:
            assert hits <= most(asked, 0.025)
        asked = sum(part for _, part in rights)
        assert sum(hits for hits, _ in rights) >= fewest(asked, 0.95)
        assert sum(hits for hits, _ in wrongs) <= most(asked, 0.025)


def assert_left_open(
    counts: Counter[tuple[str, str, str]],
    fewest: Bound,
    kinds: tuple[str, ...] = WITHOUT_GOAL,
) -> None:
    for kind in kinds:
        hits, asked = told(counts, kind, "true", "unknown")
        assert hits >= fewest(asked, 0.9)


ALL_SIDES = ("low true", "high true", "low false", "high false")


def test_planted_claims_are_settled_rightly(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    assert_settled_rightly(tally(reports(rng, sides=ALL_SIDES)), fewest, most)


def test_planted_claims_about_the_goal_are_settled_rightly(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    found = reports(rng, worlds=FEWER_WORLDS, sides=ALL_SIDES, kinds=("goal",))
    assert_settled_rightly(tally(found), fewest, most, ("goal",))


@pytest.mark.nightly
def test_a_claim_exactly_at_the_border_is_unknown_most_of_the_time(
    rng: np.random.Generator, fewest: Bound
) -> None:
    found = reports(rng, points=0, factor=1, sides=("low true",))
    assert_left_open(tally(found), fewest)


def test_cases_of_the_same_customers_do_not_settle_more_than_they_should(
    rng: np.random.Generator, fewest: Bound
) -> None:
    # 1 000 customers with three cases each that are much alike
    found = reports(
        rng,
        n_cases=3_000,
        points=0,
        factor=1,
        sides=("low true",),
        cases_per_customer=3.0,
        correlation=0.5,
    )
    assert_left_open(tally(found), fewest)


@pytest.mark.nightly
def test_cases_of_the_same_customers_settle_what_their_customers_can(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    # 2 000 customers again; many have one case, some four
    found = reports(rng, n_cases=3_000, cases_per_customer=1.5, correlation=0.3)
    assert_settled_rightly(tally(found), fewest, most)


def test_times_are_settled_rightly_while_customers_are_under_way(
    rng: np.random.Generator, fewest: Bound, most: Bound
) -> None:
    # four weeks of watching; the slow and the late have not been seen to arrive
    kinds = ("typical", "p90")
    found = reports(rng, kinds=kinds, window_days=28.0, is_censored=True, n_cases=2_300)
    assert_settled_rightly(tally(found), fewest, most, kinds)


def test_segments_that_mean_nothing_are_not_said_to_disagree(
    rng: np.random.Generator, most: Bound
) -> None:
    # at the border segments are as likely to fall on either side as they can be
    found = list(
        reports(
            rng,
            worlds=FEWER_WORLDS,
            points=0,
            factor=1,
            sides=("low true",),
            segments=SEGMENTS,
        )
    )
    mixed = sum(report.count("mixed") > 0 for report in found)
    assert mixed <= most(len(found), 0.05)


def split_verdict(rng: np.random.Generator) -> str:
    """Verdict on a claim whose limit lies in the middle between two groups 20 points apart."""
    shares = dict.fromkeys(SHARES, 0.5)
    worlds = {
        "a": Truth.of({**shares, "share": 0.2}, 600).world,
        "b": Truth.of({**shares, "share": 0.4}, 600).world,
    }
    journey = map_of({"split": claim_of("share", {"at_least": "30%"})})
    log = simulate_journey(worlds, 2_000, rng)
    report = check_map(journey, measure_map(journey, log.sequences))
    return report.of("statement:split")[0].verdict


def test_segments_that_differ_are_said_to_disagree(
    rng: np.random.Generator, fewest: Bound
) -> None:
    hits = sum(split_verdict(rng) == "mixed" for _ in range(WORLDS))
    assert hits >= fewest(WORLDS, 0.95)
