"""Public logs, counted by the standard library and by us."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tests.real_data import source

from desirepath.events.read import read_all
from desirepath.events.schema import Columns

COUNTS = json.loads(Path(__file__).with_name("xes_compat.json").read_text())
NO_ACTIVITY = {"xes-compat/xes_20.xes"}
SLOW_ROWS = 100_000

pytestmark = pytest.mark.data


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name, marks=[pytest.mark.nightly] if count["rows"] > SLOW_ROWS else []
        )
        for name, count in COUNTS.items()
        if name not in NO_ACTIVITY
    ],
)
def test_a_public_log_has_the_cases_and_events_that_others_count(name: str) -> None:
    read = read_all(source(name))
    sequences, loaded = read.sequences, read.loaded
    assert {
        "rows": loaded.row_count,
        "duplicates": loaded.duplicate_count,
        "events": sequences.event_count + loaded.duplicate_count,
        "cases": sequences.case_count,
        "activities": len(sequences.activities),
    } == COUNTS[name]


def variant_count(path: Path) -> int:
    """Different orders of activities."""
    read = read_all(path, keep_duplicates=True).sequences
    parts = np.split(read.codes, read.offsets[1:-1])
    return len({part.tobytes() for part in parts})


def test_the_help_desk_has_226_variants() -> None:
    assert variant_count(source("helpdesk-it/helpdesk.xes.gz")) == 226


@pytest.mark.truth
def test_the_loan_log_has_36_activities_with_their_lifecycle() -> None:
    path = source("bpic2012-loan/bpic2012.xes.gz")
    both = Columns(activity="concept:name+lifecycle:transition")
    read = read_all(path, columns=both).sequences
    assert (read.case_count, read.event_count, len(read.activities)) == (
        13_087,
        262_200,
        36,
    )


def test_the_synthetic_shop_has_its_sessions_users_and_duplicates() -> None:
    read = read_all(source("rete-ecom/ecom.csv.gz"))
    assert (read.loaded.row_count, read.loaded.duplicate_count) == (31_106, 30)
    assert (read.sequences.case_count, len(set(read.sequences.customers.tolist()))) == (
        3_605,
        600,
    )
    assert len(read.sequences.activities) == 19


def test_a_csv_and_a_log_of_the_same_events_give_the_same_sequences() -> None:
    folder = source("xes-compat")
    for name in (
        "running-example",
        "reviewing",
        "roadtraffic100traces",
        "interval_event_log",
    ):
        table = read_all(folder / f"{name}.csv").sequences
        log = read_all(folder / f"{name}.xes").sequences
        assert table.activities == log.activities
        for part in ("offsets", "codes", "times_us", "case_keys"):
            assert np.array_equal(getattr(table, part), getattr(log, part)), (
                name,
                part,
            )
