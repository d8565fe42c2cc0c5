from __future__ import annotations

import json
from collections import Counter as Count
from collections.abc import Callable
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirepath.errors import EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.flow import Flow, Move, Stop
from desirepath.evidence.flow_files import read_flows, write_flows
from desirepath.evidence.measure_flow import measure_flow, measure_levels
from desirepath.maps.model import JourneyMap

MakeLog = Callable[..., Sequences]
MakePlan = Callable[..., JourneyMap]

CASES = (
    "look:0 look:60 basket:120 pay:300",
    "look:0 basket:60 look:90 basket:100 pay:400",
    "look:0 basket:60",
    "ad:0 look:60",
)


def stop(flow: Flow, key: str) -> Stop:
    return next(one for one in flow.stops if one.key == key)


def move(flow: Flow, start: str, end: str) -> Move:
    keys = [one.key for one in flow.stops]
    return next(
        one for one in flow.moves if (keys[one.start], keys[one.end]) == (start, end)
    )


def test_stops_count_cases_visits_entries_and_exits(log: MakeLog) -> None:
    flow = measure_flow(log(*CASES), min_share=0)
    look = stop(flow, "look")
    assert (look.reach.cases, look.reach.of, look.visits) == (4, 4, 5)
    assert (look.begin.cases, look.begin.of) == (3, 4)
    assert (look.leave.cases, look.leave.of) == (1, 4)
    assert (look.again.cases, look.again.of) == (1, 4)
    assert look.goal is None
    assert [one.key for one in flow.stops] == ["ad", "look", "basket", "pay"]


def test_two_activities_of_one_step_are_no_repeat(log: MakeLog, plan: MakePlan) -> None:
    steps = plan("wait=sent|handed get")
    cases = ("sent handed get", "sent handed", "sent handed sent get", "sent sent get")
    wait = stop(measure_flow(log(*cases), steps=steps, min_share=0), "wait")
    assert (wait.again.cases, wait.again.of) == (2, 4)


def test_moves_count_cases_times_made_and_waits(log: MakeLog) -> None:
    flow = measure_flow(log(*CASES), min_share=0)
    found = move(flow, "look", "basket")
    assert (found.count, found.all.cases, found.onward.of) == (4, 3, 4)
    assert found.waits is not None
    # from the last look to the first basket: 60, 60, 10 and 60 seconds
    assert (found.waits.p10_s, found.waits.median_s, found.waits.count) == (10, 60, 4)
    assert move(flow, "basket", "look").all.cases == 1


def test_who_reached_the_goal_does_not_leave(log: MakeLog) -> None:
    flow = measure_flow(
        log("look pay look", "look", "look pay"), goal="pay", min_share=0
    )
    look = stop(flow, "look")
    assert (look.leave.cases, look.leave.of) == (1, 3)
    assert look.goal is not None
    assert (look.goal.cases, look.goal.of) == (2, 3)
    assert stop(flow, "pay").is_goal
    assert stop(flow, "pay").leave.cases == 0


def test_open_cases_leave_nowhere(log: MakeLog) -> None:
    flow = measure_flow(
        log("look:0 pay:100", "look:0 pay:100", "look:190", end_s=200), min_share=0
    )
    assert flow.open_cases == 1
    assert (stop(flow, "look").leave.cases, stop(flow, "look").leave.of) == (0, 2)


def test_moves_lead_over_what_is_left_out_and_it_is_counted(log: MakeLog) -> None:
    flow = measure_flow(log(*["look pay"] * 9, "look rare pay"), min_share=0.2)
    assert [one.key for one in flow.stops] == ["look", "pay"]
    assert move(flow, "look", "pay").all.cases == 10
    assert flow.left_out.stops == (("rare", 0.1),)
    assert flow.left_out.events == 1


def test_the_goal_stays_however_rare(log: MakeLog) -> None:
    flow = measure_flow(log(*["look"] * 99, "look pay"), goal="pay", min_share=0.5)
    assert [one.key for one in flow.stops] == ["look", "pay"]


def test_moves_left_out_are_counted_but_the_strongest_stay(log: MakeLog) -> None:
    cases = ["look pay"] * 95 + ["pay look"] * 5
    flow = measure_flow(log(*cases), min_share=0.1)
    assert [(one.start, one.end) for one in flow.moves] in ([(0, 1), (1, 0)], [(0, 1)])
    assert flow.left_out.move_share == pytest.approx(
        0.05 if len(flow.moves) == 1 else 0
    )


def test_customers_are_the_unit_of_the_intervals(log: MakeLog) -> None:
    cases = ["look pay"] * 20 + ["look"] * 20
    alone = measure_flow(log(*cases))
    shared = measure_flow(log(*cases, customers=[1, 2, 3, 4] * 5 + [5, 6, 7, 8] * 5))
    assert alone.stops[1].reach.n == 40
    assert shared.stops[1].reach.n <= 8
    assert shared.customers == 8
    assert stop(shared, "pay").customers == 4
    assert shared.stops[1].reach.low < alone.stops[1].reach.low


def test_steps_of_a_map_are_stops_in_map_order(log: MakeLog, plan: MakePlan) -> None:
    steps = plan("look pay=order*", goal="order_paid")
    flow = measure_flow(
        log("order_paid look other", "look order_paid"), steps=steps, min_share=0
    )
    assert [one.key for one in flow.stops] == ["look", "pay"]
    assert flow.map_id == "shop"
    assert stop(flow, "pay").is_goal
    assert flow.left_out.events == 1


def test_segments_are_counted_apart(log: MakeLog) -> None:
    cases = ["look pay"] * 30 + ["look"] * 40
    flow = measure_flow(log(*cases, segments={"on": ["app"] * 30 + ["web"] * 40}))
    app, web = flow.by_segment
    assert (app.segment, app.cases, app.stop_cases, app.move_cases) == (
        "on=app",
        30,
        (30, 30),
        (30,),
    )
    assert (web.stop_cases, web.move_cases) == ((40, 0), (0,))


def test_levels_that_add_nothing_are_left_out(log: MakeLog) -> None:
    flows = measure_levels(log(*["look pay"] * 90, *["look ask pay"] * 10))
    assert [one.min_share for one in flows] == [0.05]
    flows = measure_levels(log(*["look pay"] * 97, *["look ask pay"] * 3))
    assert [(one.min_share, len(one.stops)) for one in flows] == [(0.05, 2), (0.02, 3)]


def test_journeys_are_distinct_ways_the_most_frequent_first(log: MakeLog) -> None:
    flow = measure_flow(log("look pay", "look look pay", "look"), goal="pay")
    assert [(one.stops, one.all.cases, one.has_goal) for one in flow.journeys] == [
        ((0, 1), 2, True),
        ((0,), 1, False),
    ]


def test_an_unknown_goal_says_what_there_is(log: MakeLog) -> None:
    with pytest.raises(EvidenceError) as caught:
        measure_flow(log("look pay"), goal="bye")
    assert str(caught.value) == (
        'no activity matches the goal "bye" [E305]\n  Activities here: look, pay.'
    )


def test_a_level_is_a_share(log: MakeLog) -> None:
    with pytest.raises(EvidenceError) as caught:
        measure_flow(log("look pay"), min_share=2)
    assert str(caught.value) == (
        "expected a level between 0 and 1, found 2 [E306]\n"
        "  Give a share of the cases, such as 0.02 or 2%."
    )


def test_flows_come_back_from_a_file_as_they_were(log: MakeLog, tmp_path: Path) -> None:
    cases = ["ad look@web pay@app"] * 30
    flows = measure_levels(log(*cases, segments={"on": ["app"] * 30}), goal="pay")
    assert read_flows(write_flows(flows, tmp_path / "flow.json")) == flows


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "the file is not a flow in JSON [E321]"),
        ("[]", 'expected format "desirepath/flow/1", found none [E321]'),
        ('{"format": "desirepath/flow/1", "levels": [{}]}', "the flow is not whole [E321]"),
    ],
)  # fmt: skip
def test_files_that_hold_no_flow_are_refused(
    text: str, what: str, tmp_path: Path
) -> None:
    file = tmp_path / "flow.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_flows(file)
    assert str(caught.value) == (
        f"{file}: {what}\n  Measure it again: desirepath flow EVENTS -o FILE.json."
    )


def test_a_move_to_a_stop_that_is_not_there_is_refused(
    log: MakeLog, tmp_path: Path
) -> None:
    file = write_flows(measure_levels(log("look pay")), tmp_path / "flow.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["levels"][0]["moves"][0]["end"] = 7
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(EvidenceError, match="not whole"):
        read_flows(file)


@settings(max_examples=40, deadline=None)
@given(
    cases=st.lists(
        st.lists(st.sampled_from("abcde"), min_size=1, max_size=7),
        min_size=1,
        max_size=12,
    ),
    level=st.sampled_from([0.0, 0.2, 0.5]),
)
def test_counts_are_those_of_a_plain_loop(
    log: MakeLog, cases: list[list[str]], level: float
) -> None:
    flow = measure_flow(log(*(" ".join(case) for case in cases)), min_share=level)
    kept = {one.key for one in flow.stops}
    ways = [[key for key, _ in groupby(x for x in case if x in kept)] for case in cases]
    counts: Count[tuple[str, str]] = Count()
    movers: Count[tuple[str, str]] = Count()
    for way in ways:
        counts.update(pairwise(way))
        movers.update(set(pairwise(way)))
    assert kept == {
        key
        for key in "abcde"
        if any(key in case for case in cases)
        and sum(key in case for case in cases) / len(cases) >= level
    }
    for one in flow.stops:
        assert one.reach.cases == sum(one.key in way for way in ways)
        assert one.begin.cases == sum(way[:1] == [one.key] for way in ways)
        assert one.leave.cases == sum(way[-1:] == [one.key] for way in ways)
        assert one.visits == sum(way.count(one.key) for way in ways)
    for each in flow.moves:
        pair = flow.stops[each.start].key, flow.stops[each.end].key
        assert (each.count, each.all.cases) == (counts[pair], movers[pair])
    made = sum(counts.values())
    told = sum(each.count for each in flow.moves)
    if made:
        assert flow.left_out.move_share == pytest.approx(1 - told / made)
