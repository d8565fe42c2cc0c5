"""Flow pictures of real logs: known counts, nothing on top of anything, quick enough to wait for."""

from __future__ import annotations

from functools import cache

import pytest
from tests.real_data import source

from desirepath import Sequences, compare_flows, measure_flow, read_events
from desirepath.render.scene import texts
from desirepath.render.text import PT_MM
from desirepath.render.views.flow import flow_scene

pytestmark = pytest.mark.data


@cache
def log_of(file: str) -> Sequences:
    return read_events(source(file))


@pytest.mark.parametrize(
    ("file", "goal", "known"),
    [
        ("bpic2012-loan/bpic2012.xes.gz", "A_APPROVED", {"A_DECLINED": 7635, "A_CANCELLED": 2807, "A_APPROVED": 2246}),
        ("helpdesk-it/helpdesk.xes.gz", "Closed", {}),
        ("rete-ecom/ecom.csv.gz", "purchase", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "level", [0.05, pytest.param(0.005, marks=pytest.mark.nightly)]
)
def test_real_logs_are_drawn_whole(
    file: str, goal: str, known: dict[str, int], level: float
) -> None:
    flow = measure_flow(log_of(file), goal=goal, min_share=level)
    reached = {stop.key: stop.reach.cases for stop in flow.stops}
    assert {name: reached[name] for name in known} == known
    scene = flow_scene(flow)
    lines = [
        (
            text.x_mm,
            text.y_mm - 0.88 * text.size_pt * PT_MM,
            text.x_mm + text.width_mm,
            text.y_mm + 0.12 * text.size_pt * PT_MM,
        )
        for text in texts(scene)
    ]
    for place, (left, top, right, bottom) in enumerate(lines):
        assert left >= 4
        assert right <= scene.width_mm - 4
        assert bottom <= scene.height_mm - 4
        for left2, top2, right2, bottom2 in lines[place + 1 :]:
            is_apart = left + 0.05 >= right2 or left2 + 0.05 >= right
            assert is_apart or top + 0.05 >= bottom2 or top2 + 0.05 >= bottom


def test_new_and_loyal_customers_are_shown_to_move_differently() -> None:
    """The log was made with one story about each of them."""
    found = compare_flows(
        log_of("rete-ecom/ecom.csv.gz"),
        "user_lifecycle=new",
        "user_lifecycle=loyal",
        goal="purchase",
        min_share=0.05,
    )
    keys = [stop.key for stop in found.flow.stops]
    shown = {
        (keys[move.start], keys[move.end]): one.value
        for move, one in zip(found.flow.moves, found.moves, strict=True)
        if one.is_shown
    }
    assert shown["product_view", "add_to_cart"] < 0
