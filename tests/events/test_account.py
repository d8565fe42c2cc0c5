"""The account of a reading adds up."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desirepath.events.read import read_all
from desirepath.events.treatment import Treatment

RECIPE = """\
format: desirepath/recipe/1
identity: {keys: [customer, visitor]}
sources:
  - {files: web.csv, case: visitor, activity: what, time: time}
"""
WEB = """\
visitor,customer,what,time
v1,c1,look,2024-01-01 10:00
v1,,pay,2024-01-01 10:05
v2,c1,look,2024-01-02 10:00
"""


def rows(count: int) -> dict[str, np.ndarray]:
    """Half of the rows of one customer, two of them twice, some without activity or case."""
    what = np.array(["a_1", "a_2", "b", ""])[np.arange(count) % 4]
    case = np.array([f"c{one // 5}" for one in range(count)])
    case[-1] = ""
    time = np.array(
        [f"2024-01-{1 + one // 24:02d} {one % 24:02d}:00" for one in range(count)]
    )
    columns = {"case_id": case, "event": what, "timestamp": time}
    return {name: np.append(part, part[:2]) for name, part in columns.items()}


def test_rows_left_out_and_events_are_all_rows() -> None:
    reading = read_all(rows(40), names=[("a_*", "a")], gap="90m", ends_with="b")
    account = reading.sequences.account
    gone = sum(one.events for one in account if one.what == "left out")
    assert reading.loaded.row_count == 42
    assert gone + reading.sequences.event_count == 42
    assert [(one.what, one.name, one.events, one.cases) for one in account] == [
        ("left out", "no case", 1, None),
        ("left out", "no activity", 9, None),
        ("left out", "exact duplicates", 2, 1),
        ("names", "", 20, 12),
        ("name", "a_* → a", 20, 12),
        ("gap", "90m", 0, None),
        ("ends with", "b", 0, None),
    ]
    names, cut = account[3], account[5]
    assert names.describe() == "3 activities became 2"
    assert (cut.unit, cut.before) == ("cases", 8)
    assert account[6].after == reading.sequences.case_count


def test_joining_customers_is_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    (tmp_path / "web.csv").write_text(WEB, encoding="utf-8")
    (joined,) = read_all(tmp_path / "recipe.yaml").sequences.account
    assert joined == Treatment(
        "joined", "customer, visitor", 1, None, "customers", 2, 1
    )


def test_events_that_nothing_was_done_to_have_no_account() -> None:
    clean = {name: part[:2] for name, part in rows(40).items()}
    assert read_all(clean).sequences.account == ()
