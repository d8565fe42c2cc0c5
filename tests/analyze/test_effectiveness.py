"""Readings of effects: what works, what may be unnecessary, what decides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desirepath.analyze.effectiveness import effectiveness
from desirepath.analyze.finding import Finding, Section
from desirepath.analyze.moments_of_truth import moments_of_truth
from desirepath.analyze.touchpoints import unnecessary_touchpoints
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import EventPattern, JourneyMap, Stage, Step

N = 2_500  # so that a spread of 0.5 is a standard error of 1 point
HELD = {"effects on the goal": "associations, not causes: adjusted for month"}

PLAN = JourneyMap(
    id="shop",
    title="Shop",
    stages=(
        Stage(
            id="all",
            name="All",
            steps=(
                Step(id="help", name="I ask", events=(EventPattern(activity="help"),)),
                Step(id="pay", name="I pay", events=(EventPattern(activity="pay"),)),
            ),
        ),
    ),
)


def fact(
    measure: str,
    value: float,
    *,
    target: str = "goal",
    spread: float = 0.5,
    **more: object,
) -> Fact:
    half = 1.96 * spread / 50
    fields: dict[str, object] = {
        "subject": "step:help", "unit": "share", "hits": 400, "cases": 2_000, **more,
    }  # fmt: skip
    return Fact(
        measure=measure, value=value, n=N, low=value - half, high=value + half, target=target, spread=spread,
        **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def evidence(*facts: Fact, sources: Mapping[str, str] = HELD) -> Evidence:
    return Evidence("shop", facts, 2_500, 9_000, 2_500, "", "", sources=sources)


def only(section: Section) -> Finding:
    (found,) = section.findings
    return found


def test_an_effect_is_told_with_both_shares_and_never_as_a_cause() -> None:
    found = only(
        effectiveness(
            PLAN,
            evidence(
                fact("effect", 0.1),
                fact("effect_without", 0.2),
                fact("effect_raw", 0.3),
                fact("effect_weighted", 0.09),
            ),
        )
    )
    assert found.words == (
        "Cases that meet “I ask” reach the goal more often than others who had not by then (30 % against 20 %)."
        " Without adjustment it would look better (+30 points)."
    )
    assert found.warning == (
        "An association, not a cause: adjusted for month."
        " What nobody recorded may still explain it."
    )
    assert (found.code, found.kind, found.people) == ("A801", "look", 400)
    assert found.p is not None
    assert found.p < 1e-6


def test_an_effect_that_weighting_turns_around_is_not_believed() -> None:
    found = only(
        effectiveness(
            PLAN, evidence(fact("effect", 0.1), fact("effect_weighted", -0.1))
        )
    )
    assert found.p == 1.0
    assert found.warning.endswith(
        "Weighting cases instead of adjusting does not show it: be careful."
    )


def test_a_step_that_the_goal_passes_is_no_lever() -> None:
    found = only(
        effectiveness(PLAN, evidence(fact("effect", 0.4), fact("effect_without", 0.02)))
    )
    assert (found.code, found.kind) == ("A803", "look")
    assert found.words == (
        "Few reach the goal without “I ask” (42 % against 2 %): it lies on the way,"
        " so this says little of how good it is."
    )


@pytest.mark.parametrize(
    ("goal", "later", "is_shown"),
    [(0.0, 0.0, True), (0.045, 0.0, False), (0.0, 0.2, False)],
)
def test_only_what_changes_nothing_that_matters_may_be_unnecessary(
    goal: float, later: float, *, is_shown: bool
) -> None:
    found = only(
        unnecessary_touchpoints(
            PLAN,
            evidence(
                fact("effect", goal),
                fact("effect_without", 0.4),
                fact("later_effect", later, target="later steps"),
            ),
        )
    )
    assert found.p is not None
    assert (found.p <= 0.05) is is_shown
    assert found.kind == "look"
    assert found.warning.endswith("What customers feel about it was not asked.")


def test_a_small_effect_on_a_rare_goal_matters() -> None:
    found = only(
        unnecessary_touchpoints(
            PLAN, evidence(fact("effect", -0.02), fact("effect_without", 0.04))
        )
    )
    assert found.p is not None
    assert found.p > 0.5


def shown(value: float, goal: float) -> Evidence:
    return evidence(
        fact("shown_effect", value, target="error"),
        fact("shown_goal", goal, target="error"),
    )


def test_what_stops_customers_at_a_step_is_to_fix() -> None:
    found = only(moments_of_truth(PLAN, shown(-0.3, 0.1)))
    assert found.words == (
        "Those who meet “error” at “I ask” reach the goal less often (-30 points)"
        " than comparable others."
    )
    assert (found.code, found.kind, found.severity) == ("A601", "fix", 0.3)


def test_an_ending_is_no_moment_that_decides() -> None:
    found = only(moments_of_truth(PLAN, shown(-0.3, 0.0)))
    assert found.words == (
        "“error” at “I ask” is an ending: 0 % of those who meet it reach the goal."
    )
    assert (found.code, found.kind, found.severity) == ("A605", "look", 0.0)


def test_nobody_is_made_to_come_back_because_the_determined_do() -> None:
    section = moments_of_truth(PLAN, evidence(fact("repeat_effect", 0.4)))
    assert only(section).kind == "look"
    assert section.needs == (
        "Scores of single steps: feedback that names the step or touchpoint (--feedback).",
    )


def test_a_step_that_harms_when_bad_and_wins_nothing_when_good_is_a_basic() -> None:
    about = {"target": "overall score", "unit": "emotion"}
    found = only(
        moments_of_truth(
            PLAN,
            evidence(
                fact("driver_slope", 0.4, **about),  # type: ignore[arg-type]
                fact("driver", 0.2, target="overall score"),
                fact("penalty", -1.0, **about),  # type: ignore[arg-type]
                fact("reward", 0.0, **about),  # type: ignore[arg-type]
            ),
        )
    )
    assert found.words == (
        "One point better at “I ask” (from -2 to +2) goes with +0.40 in the overall score."
        " It goes along with 20 % of the differences. It looks like a basic: where it"
        " goes badly there is less, where it goes well no more."
    )
