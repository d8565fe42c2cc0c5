"""What a column tells of activities."""

from __future__ import annotations

import numpy as np
import pytest

from desirepath.errors import EventsError
from desirepath.events.read import read_all, tell_backstage
from desirepath.events.told import column_rule

ROWS = {
    "case_id": np.array(["a", "a", "a", "b", "b", "b"]),
    "event": np.array(["ask", "route", "route ", "ask", "route", "call"]),
    "timestamp": np.array([f"2024-01-02 10:0{minute}" for minute in range(6)]),
    "by": np.array(["Ann", "bot 1", "bot.2", "bot 1", "", "(x|y)"]),
}


def shares(rule: str) -> dict[str, tuple[int, int]]:
    told = tell_backstage(ROWS, rule)
    return {one.activity: (one.hit_count, one.row_count) for one in told.activities}


def test_rows_of_each_activity_that_hold_a_value_are_counted() -> None:
    assert shares("by=bot*") == {"route": (2, 3), "ask": (1, 2), "call": (0, 1)}
    assert shares("by=Ann|bot 1") == {"ask": (2, 2), "route": (1, 3), "call": (0, 1)}


def test_signs_in_values_mean_themselves() -> None:
    assert shares("by=bot.*")["route"] == (1, 3)
    assert shares("by=(x?y)")["call"] == (1, 1)
    assert shares("by=*")["route"] == (3, 3)  # an empty cell is a value, too


def test_half_of_the_rows_are_enough() -> None:
    told = tell_backstage(ROWS, "by=bot*")
    assert told.majority == ("route", "ask")
    assert told.describe() == (
        "by=bot* holds in at least half of the rows of 2 of 3 activities: route (67 %), ask (50 %)"
    )


def test_activities_are_told_by_the_names_that_rules_give() -> None:
    reading = read_all(
        ROWS, tell_by=["by=bot*"], names=[("route", "work"), ("call", "work")]
    )
    (told,) = reading.told
    assert [(one.activity, one.row_count) for one in told.activities] == [
        ("ask", 2),
        ("work", 4),
    ]
    assert set(told.majority) <= set(reading.sequences.activities)


@pytest.mark.parametrize("rule", ["by", "=bot", "by=", "by=|"])
def test_a_rule_without_column_or_value_is_refused(rule: str) -> None:
    with pytest.raises(EventsError) as error:
        column_rule(rule)
    assert str(error.value) == (
        f'expected a column and its values, found "{rule}" [E248]\n'
        "  Write COLUMN=VALUE, or COLUMN=VALUE|VALUE; * is any letters."
    )


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(EventsError) as error:
        tell_backstage(ROWS, "bye=bot")
    assert error.value.code == "E223"
    assert 'no column is called "bye"' in str(error.value)


@pytest.mark.truth
def test_work_of_machines_is_told_from_that_of_people() -> None:
    """Of twelve activities four are mostly (60 to 100 %) done by machines, the others up to 40 %."""
    rng = np.random.default_rng(8)
    found = 0
    for _ in range(25):
        by_machine = np.where(
            np.arange(12) < 4, rng.uniform(0.6, 1.0, 12), rng.uniform(0.0, 0.4, 12)
        )
        activity = rng.integers(0, 12, 6_000)
        machine = rng.random(6_000) < by_machine[activity]
        told = tell_backstage(
            {
                "case_id": np.char.add("c", (np.arange(6_000) // 10).astype(str)),
                "event": np.char.add("do ", activity.astype(str)),
                "timestamp": np.char.add(
                    "2024-01-01T00:00:",
                    np.char.zfill((np.arange(6_000) % 60).astype(str), 2),
                ),
                "by": np.where(
                    machine,
                    np.char.add("bot", rng.integers(0, 9, 6_000).astype(str)),
                    "Ann",
                ),
            },
            "by=bot*",
        )
        found += set(told.majority) == {f"do {one}" for one in range(4)}
    assert found == 25
