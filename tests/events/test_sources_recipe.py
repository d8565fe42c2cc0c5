"""Recipes: several files, wide tables, new names, filters, cuts."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirepath.errors import EventsError
from desirepath.events.read import read_all, read_events
from desirepath.events.schema import Columns

ORDERS = """order_id,customer_id,placed_at,paid_at,state
o1,c1,2024-01-01 10:00,2024-01-01 10:05,SP
o2,c2,2024-01-02 10:00,,RJ
o3,c1,2024-01-05 10:00,2024-01-05 10:00,SP
"""
CHAT = """{"customer_id": "c1", "event": "chat_open", "ts": "2024-01-01 12:00"}
{"customer_id": "c2", "event": "heartbeat", "ts": "2024-01-02 12:00"}
{"customer_id": "c2", "event": "chat_open", "ts": "2024-01-02 12:30"}
"""
RECIPE = """format: desirepath/recipe/1
customer: customer_id
sources:
  - files: orders.csv
    case: customer_id
    wide:
      placed_at: order placed
      paid_at: order paid
    zone: America/Sao_Paulo
    channel: {constant: web}
    segments: [state]
  - files: "chat*.jsonl"
    case: customer_id
    activity: event
    time: ts
    time_format: "%Y-%m-%d %H:%M"
    channel: {constant: chat}
    rename: {"chat_open": "opens chat"}
    where: {event: ["!heartbeat"]}
"""


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "chat-1.jsonl").write_text(CHAT)
    path = tmp_path / "shop.yaml"
    path.write_text(RECIPE)
    return path


def test_sources_join_on_the_case_in_order_of_time_across_zones(recipe: Path) -> None:
    sequences = read_events(recipe)
    pairs = list(zip(sequences.activities, sequences.channels, strict=True))
    assert pairs == [
        ("opens chat", "chat"),
        ("order paid", "web"),
        ("order placed", "web"),
    ]
    by_case = {
        tuple(pairs[code][0] for code in part)
        for part in (
            sequences.codes[sequences.offsets[i] : sequences.offsets[i + 1]]
            for i in range(sequences.case_count)
        )
    }
    # 12:00 UTC in the chat lies before 10:00 in Brazil, which is 13:00 UTC
    assert by_case == {
        ("opens chat", "order placed", "order paid", "order placed", "order paid"),
        ("opens chat", "order placed"),
    }


def test_an_empty_cell_of_a_wide_table_is_no_event_and_no_loss(recipe: Path) -> None:
    read = read_all(recipe)
    assert read.sequences.event_count == 7
    assert read.loaded.dropped == {}


def test_segments_come_from_the_source_that_has_them(recipe: Path) -> None:
    sequences = read_events(recipe)
    segment = sequences.segments["state"]
    assert sorted(segment.values[code] for code in segment.codes) == ["RJ", "SP"]


def test_a_gap_of_the_recipe_cuts_unless_another_is_given(recipe: Path) -> None:
    recipe.write_text(RECIPE + "gap: 2d\n")
    assert read_events(recipe).case_count == 3
    assert read_events(recipe, gap="30d").case_count == 2


def test_what_is_given_beside_a_recipe_goes_before_it(recipe: Path) -> None:
    read = read_all(recipe, zone="UTC")
    assert read.rules["zone"] == "UTC (given)"
    with pytest.raises(EventsError, match=r'no column is called "nobody" \[E223\]'):
        read_events(recipe, columns=Columns(customer="nobody"))


def test_a_recipe_may_also_be_named_apart(recipe: Path) -> None:
    assert read_events(None, recipe=recipe).event_count == 7


def test_a_case_column_of_a_wide_table_is_recognized_too(recipe: Path) -> None:
    recipe.write_text(
        "format: desirepath/recipe/1\nsources:\n  - files: [orders.csv]\n    wide: {placed_at: order placed}\n"
    )
    read = read_all(recipe)
    assert (read.sequences.case_count, len(set(read.sequences.customers.tolist()))) == (
        3,
        2,
    )


def test_several_problems_of_a_recipe_are_told_at_once(recipe: Path) -> None:
    recipe.write_text(
        "format: desirepath/recipe/1\nsorces: 1\nsources:\n  - files: order.csv\n    zone: Nowhere\n"
    )
    with pytest.raises(EventsError) as caught:
        read_events(recipe)
    assert [(p.code, p.place.rpartition(":")[2]) for p in caught.value.problems] == [
        ("E240", "2"),
        ("E242", "4"),
        ("E226", "5"),
    ]
    assert caught.value.problems[1].hint == (
        'Did you mean "orders.csv"? Known names: chat-1.jsonl, orders.csv.'
    )
