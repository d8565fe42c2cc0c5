"""How often what is planted is told, and how often a reading is silent where nothing differs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from tests.truth import test_planted_effects as helpers
from tests.truth.analysis_things import CASES, COUNTED, Scene, Thing
from tests.truth.analysis_worlds import LEAVES, STEPS, Plant, Plants, draw, plan

from desirepath.analyze.effectiveness import effectiveness
from desirepath.analyze.finding import AnalysisReport
from desirepath.analyze.reading import analyze_map, corrected
from desirepath.analyze.touchpoints import unnecessary_touchpoints
from desirepath.evidence.groups import Span
from desirepath.evidence.measure import measure_map

# who pays reaches the goal more often, whatever is planted: these two have a world of their own
OWN_WORLD = ("effectiveness", "unnecessary_touchpoints")
# nobody complains or praises, but there are words
WORDS_ONLY: Plants = {"look": Plant(praise=1e-12)}
LEAST_CASES = 1_500


def report_of(scene: Scene, rng: np.random.Generator) -> AnalysisReport:
    """The whole report on one world of a scene."""
    log, feedback = draw(scene.plants, scene.cases, rng)
    journey = plan()
    evidence = measure_map(
        journey,
        log,
        feedback=feedback if scene.is_asked else None,
        every=scene.every,
    )
    return analyze_map(journey, evidence)


def told(scene: Scene, worlds: int, rng: np.random.Generator) -> Counter[Thing]:
    """In how many of the worlds each thing is told."""
    found: Counter[Thing] = Counter()
    for _ in range(worlds):
        report = report_of(scene, rng)
        found.update(one for one in scene.things if one.is_told(report))
    return found


def loud(
    worlds: int,
    rng: np.random.Generator,
    *,
    plants: Plants = WORDS_ONLY,
    cases: int = LEAST_CASES,
    each: int = 1,
    alike: float = 0.0,
    every: Span | None = None,
) -> Counter[str]:
    """In how many worlds in which nothing differs each reading says that something does.

    Args:
        worlds: Number of worlds.
        rng: Source of randomness.
        plants: Things that happen without meaning anything.
        cases: Cases of each world.
        each: Cases of each customer.
        alike: How alike these are.
        every: Width of the windows.
    """
    found: Counter[str] = Counter()
    journey = plan()
    for _ in range(worlds):
        log, feedback = draw(plants, cases, rng, each=each, alike=alike)
        evidence = measure_map(journey, log, feedback=feedback, every=every)
        report = analyze_map(journey, evidence)
        for section in report.sections:
            if section.name not in OWN_WORLD:
                found[section.name] += any(
                    one.is_difference for one in section.findings
                )
    return found


def counted_where_nothing_happens(
    worlds: int, rng: np.random.Generator
) -> Counter[str]:
    """In how many worlds without errors, work done twice and complaints each kind of finding is told."""
    found: Counter[str] = Counter()
    for _ in range(worlds):
        report = report_of(Scene("nothing", WORDS_ONLY, (), is_asked=True), rng)
        found.update({one.code for one in report.findings()} & set(COUNTED))
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """Intervals asked for, and those that hold the truth."""

    held: int
    asked: int


def drop_off_held(worlds: int, rng: np.random.Generator) -> dict[str, Held]:
    """Intervals of the shares that leave, by step and by the clock, that hold what is planted."""
    extra = {"basket": 0.15}
    plants = {step: Plant(leaves=more) for step, more in extra.items()}
    held: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    stays = np.prod([1 - LEAVES - extra.get(step, 0.0) for step in ("look", "filter", "basket", "pay")])  # fmt: skip
    truth = {f"step:{step}": LEAVES + extra.get(step, 0.0) for step in STEPS}
    truth["map"] = 1 - float(stays)
    for _ in range(worlds):
        report = report_of(Scene("drop-off", plants, (), CASES), rng)
        for one in report.section("drop_off").findings:
            assert one.low is not None
            assert one.high is not None
            asked[one.code] += 1
            held[one.code] += one.low <= truth[one.subject] <= one.high
    return {code: Held(held[code], asked[code]) for code in asked}


def helped(effect: float, cases: int, rng: np.random.Generator) -> set[str]:
    """Codes of what the report says of a step whose effect on the goal is known."""
    journey, log = helpers.plan(), helpers.world(effect, cases, rng)
    evidence = helpers.effects_in(journey, log)
    sections = [one(journey, evidence) for one in (effectiveness, unnecessary_touchpoints)]  # fmt: skip
    shown, _, _ = corrected(sections, 0.05)
    return {
        one.code
        for section in shown
        for one in section.findings
        if one.subject == "step:helper" and one.is_difference
    }
