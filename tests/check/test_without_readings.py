"""A check needs no more facts than it reads: what only the readings of a map use changes no verdict."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desirepath import (
    check_map,
    measure_map,
    read_events,
    read_feedback,
    read_map,
)
from desirepath.cli.demo import MAP_FILE, prepare
from desirepath.events.simulate import simulate_shop


def test_the_report_is_the_same_without_the_facts_of_the_readings(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "shop"
    prepare(folder)
    recipe = simulate_shop(1_000, np.random.default_rng(5)).write(folder / "events")
    sequences, feedback = read_events(recipe), read_feedback(recipe)
    journey = read_map(folder / MAP_FILE)
    whole = measure_map(journey, sequences, feedback=feedback)
    few = measure_map(journey, sequences, feedback=feedback, readings=False)
    assert len(few.facts) < len(whole.facts)
    assert set(few.facts) <= set(whole.facts)
    reports = [check_map(journey, one).to_dict() for one in (whole, few)]
    sources = [one.pop("sources", {}) for one in reports]
    assert reports[0] == reports[1]
    assert sources[1].items() <= sources[0].items()
