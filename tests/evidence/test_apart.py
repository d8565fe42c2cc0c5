"""Groups measured together say of each what measuring it alone would say."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.read import read_feedback
from desirepath.events.read import read_events
from desirepath.events.sequences import Sequences
from desirepath.events.simulate import simulate_shop
from desirepath.evidence.apart import GroupsApart, measure_groups
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.files import parse_map
from desirepath.maps.model import JourneyMap

# asked of all cases together only: effects that claims name, and what answers stand for
WHOLE_ONLY = ("persona_", "effect", "theme", "answered", "weight", "differs_")


@cache
def shop() -> tuple[JourneyMap, Sequences, Feedback]:
    demo = files("desirepath.cli").joinpath("demo_project", "maps", "assumed.yaml")
    journey_map = parse_map(demo.read_text(encoding="utf-8"), "assumed.yaml")
    with TemporaryDirectory() as folder:
        recipe = simulate_shop(3_000, np.random.default_rng(3)).write(Path(folder))
        return journey_map, read_events(recipe), read_feedback(recipe)


@cache
def groups() -> GroupsApart:
    journey_map, sequences, feedback = shop()
    return measure_groups(journey_map, sequences, feedback=feedback)


def told(evidence: Evidence) -> dict[tuple[str, str, str, str], tuple[Any, ...]]:
    def key(fact: Fact) -> tuple[str, str, str, str]:
        return fact.subject, fact.measure, fact.target, fact.unit

    return {
        key(one): (one.value, one.n, one.low, one.high, one.hits, one.cases)
        for one in evidence.facts
        if not one.segment
    }


def test_a_group_says_what_it_would_say_alone() -> None:
    journey_map, sequences, _ = shop()
    apart = measure_groups(journey_map, sequences)
    for group in apart.groups[::4]:
        alone = measure_map(
            journey_map, apart.sequences.take(group.cases), segments=(), readings=False
        )
        mine, other = told(group.evidence), told(alone)
        shared = mine.keys() & other.keys()
        assert len(shared) > 100
        assert {key: mine[key] for key in shared} == {key: other[key] for key in shared}
        numbers = ("cases", "events", "customers", "window_from", "window_to", "open_cases", "deviation_median")  # fmt: skip
        for number in numbers:
            assert getattr(group.evidence, number) == getattr(alone, number)
        # numbers of fewer than 30 cases are told of no group
        left_out = {key for key in other.keys() - mine.keys() if other[key][5] >= 30}
        assert {key for key in left_out if not key[1].startswith(WHOLE_ONLY)} == set()


def test_groups_are_windows_segments_personas_and_each_in_the_newest_window() -> None:
    found = groups()
    assert found.span == "month"
    names = [(one.segment, one.window) for one in found.groups]
    assert len(names) == len(set(names))
    windows = [window for segment, window in names if not segment]
    assert windows == sorted(windows)
    assert len(windows) == 4
    segments = {segment for segment, window in names if not window[0]}
    assert segments == {segment for segment, window in names if window == windows[-1] and segment}  # fmt: skip
    assert segments == {
        "first_device=app", "first_device=web", "persona=beginner", "persona=gifter",
        "region=East", "region=North", "region=South", "region=West",
    }  # fmt: skip
    sizes = [one.evidence.cases for one in found.groups if one.segment]
    assert sizes == sorted(sizes, reverse=True)


def test_scores_of_customers_stand_in_their_groups() -> None:
    app = next(one for one in groups().groups if one.segment == "first_device=app")
    assert app.evidence.find("step:unpack", "score", target="emotion") is not None


def test_groups_that_are_too_many_are_named() -> None:
    journey_map, sequences, _ = shop()
    found = measure_groups(journey_map, sequences, most=6)
    assert len(found.groups) == 6
    assert len(found.left_out) == 14
    least = min(one.evidence.cases for one in found.groups if one.segment)
    assert least >= found.left_out[0][1]


def test_of_a_long_log_the_newest_quarters_stand_apart() -> None:
    journey_map, sequences, _ = shop()
    quarter_us = 7_889_400 * 1_000_000  # of an average year
    later = np.arange(sequences.case_count) % 12 * quarter_us
    moved = replace(
        sequences,
        times_us=sequences.times_us + np.repeat(later, sequences.lengths),
        end_us=sequences.end_us + int(later.max()),
    )
    found = measure_groups(journey_map, moved)
    windows = [one.window for one in found.groups if not one.segment]
    assert (found.span, len(windows)) == ("quarter", 8)
    assert windows == sorted(windows)
    assert windows[0][0] >= "2026-07-01"
    assert {one.window for one in found.groups if one.segment and one.window[0]} == {windows[-1]}  # fmt: skip
