"""Where the path taken departs from the path drawn."""

from __future__ import annotations

from collections.abc import Callable

from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def count(evidence: Evidence, subject: str, measure: str) -> tuple[int, int] | None:
    fact = evidence.find(subject, measure)
    return (fact.hits, fact.cases) if fact else None


def test_cases_that_do_just_what_is_drawn_follow_the_map(log: Log, plan: Plan) -> None:
    cases = log("a b c", "a b c", "a c", "a b x c", "b a c")
    evidence = measure_map(plan("a b c"), cases)
    assert count(evidence, "map", "follows") == (2, 5)


def test_a_step_is_passed_over_only_by_those_who_come_further(
    log: Log, plan: Plan
) -> None:
    evidence = measure_map(plan("a b c"), log("a b c", "a c", "a", "b c"))
    assert count(evidence, "step:b", "passed_over") == (1, 3)
    assert count(evidence, "step:a", "passed_over") == (1, 3)
    assert count(evidence, "step:c", "passed_over") is None


def test_a_way_drawn_past_a_step_is_no_departure(log: Log, plan: Plan) -> None:
    journey = plan("a b c", ways={"a": ["b", "c"]})
    evidence = measure_map(journey, log("a b c", "a c"))
    assert count(evidence, "step:b", "passed_over") is None
    assert count(evidence, "map", "follows") == (2, 2)


def test_who_reaches_the_goal_has_not_passed_over_what_comes_after_it(
    log: Log, plan: Plan
) -> None:
    evidence = measure_map(plan("a b c", goal="b"), log("a b", "b", "a b c"))
    assert count(evidence, "step:a", "passed_over") == (1, 3)
    assert count(evidence, "step:c", "passed_over") is None


def test_a_step_that_comes_before_an_earlier_one_is_too_early(
    log: Log, plan: Plan
) -> None:
    evidence = measure_map(plan("a b c"), log("a b c", "b a c", "b c", "c a b"))
    assert count(evidence, "step:b", "too_early") == (1, 3)
    assert count(evidence, "step:c", "too_early") == (1, 4)
    assert count(evidence, "step:a", "too_early") is None


def test_going_elsewhere_counts_at_the_step_it_follows(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("a b"), log("a x b x", "a x x a x b", "a b", "x a b"))
    assert count(evidence, "step:a", "elsewhere_next") == (2, 4)
    assert count(evidence, "step:b", "elsewhere_next") == (1, 4)


def test_what_the_goal_names_is_not_elsewhere(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("a b", goal="x"), log("a x b", "a b x"))
    assert count(evidence, "step:a", "elsewhere_next") == (0, 2)


def test_three_cases_of_usual_length_are_examples(log: Log, plan: Plan) -> None:
    cases = [f"a:{3600 * i} b x x b c c c a" for i in range(9)]
    evidence = measure_map(plan("a b c"), log(*cases, "x:1 a x"))
    found = [one for one in evidence.examples if one.measure == "elsewhere"]
    assert [one.moment for one in found] == [
        "2024-01-01 01:02",
        "2024-01-01 04:02",
        "2024-01-01 07:02",
    ]
    assert {one.activities for one in found} == {("a", "b", "x", "b", "c")}
    assert {(one.at, one.events) for one in found} == {(2, 9)}


def test_examples_of_a_move_show_where_it_arrives(log: Log, plan: Plan) -> None:
    evidence = measure_map(plan("a b c"), log("a y c", "a b c"))
    (one,) = [one for one in evidence.examples if one.measure == "move_elsewhere"]
    assert (one.subject, one.activities, one.at) == (
        "transition:a>c",
        ("a", "y", "c"),
        2,
    )
