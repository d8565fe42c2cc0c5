from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from desirepath.errors import EventsError, EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.flow_difference import (
    FlowDifference,
    compare_flows,
    difference_of,
)
from desirepath.evidence.measure_flow import measure_flow

MakeLog = Callable[..., Sequences]


def two_groups(log: MakeLog, app: list[str], web: list[str]) -> FlowDifference:
    on = ["app"] * len(app) + ["web"] * len(web)
    plan = ["a"] * (len(on) - 1) + ["b"]
    sequences = log(*app, *web, segments={"on": on, "plan": plan})
    return compare_flows(sequences, "on=app", "on=web")


def test_a_way_that_one_segment_takes_more_often_is_shown(log: MakeLog) -> None:
    found = two_groups(
        log,
        ["look pay"] * 80 + ["look"] * 20,
        ["look pay"] * 40 + ["look"] * 60,
    )
    (move,) = found.moves
    assert (move.first.cases, move.first.of, move.against.cases) == (80, 100, 40)
    assert move.value == pytest.approx(0.4)
    assert 0.26 < move.low < 0.4 < move.high < 0.53
    assert move.is_shown
    look = found.leaves[0]
    assert look.value == pytest.approx(-0.4)
    assert look.is_shown


def test_compared_is_what_cases_do_where_they_are(log: MakeLog) -> None:
    """Fewer web cases come to the basket at all; from there both go on alike."""
    found = two_groups(
        log,
        ["look basket pay"] * 60 + ["look basket"] * 20 + ["look"] * 20,
        ["look basket pay"] * 30 + ["look basket"] * 10 + ["look"] * 60,
    )
    keys = [stop.key for stop in found.flow.stops]
    shown = {
        (keys[move.start], keys[move.end]): one.is_shown
        for move, one in zip(found.flow.moves, found.moves, strict=True)
    }
    assert shown == {("look", "basket"): True, ("basket", "pay"): False}


def test_few_cases_show_nothing(log: MakeLog) -> None:
    found = two_groups(log, ["look pay"] * 9, ["look"] * 200)
    assert not any(one.is_shown for one in (*found.moves, *found.leaves))
    assert found.moves[0].rate == 1.0


def test_moves_of_either_segment_are_kept(log: MakeLog) -> None:
    found = two_groups(log, ["look ask"] * 5 + ["look pay"] * 5, ["look pay"] * 990)
    assert "ask" in [stop.key for stop in found.flow.stops]
    assert found.cases == (10, 990)


def test_equal_segments_are_seldom_shown_to_differ(log: MakeLog) -> None:
    rng = np.random.default_rng(3)
    false = 0
    for _ in range(40):
        steps = rng.choice(["a", "b", "c", "d"], size=(120, 3))
        cases = [" ".join(["start", *row]) for row in steps]
        found = two_groups(log, cases[:60], cases[60:])
        false += any(one.is_shown for one in (*found.moves, *found.leaves))
    assert false <= 6  # 5 % of 40 worlds are 2; 7 or more come once in 300 runs


def test_segments_that_share_cases_are_refused(log: MakeLog) -> None:
    sequences = log("look", "look", segments={"on": ["app", "web"], "plan": ["a", "a"]})
    with pytest.raises(EvidenceError) as caught:
        compare_flows(sequences, "on=app", "plan=a")
    assert str(caught.value) == (
        '"on=app" and "plan=a" share cases [E307]\n  Compare two values of one segment.'
    )


@pytest.mark.parametrize(
    ("segment", "hint"),
    [
        ("plan=a", "Known: on; write name=value."),
        ("on=phone", "Known: app, web; write name=value."),
    ],
)
def test_an_unknown_segment_says_which_there_are(
    log: MakeLog, segment: str, hint: str
) -> None:
    sequences = log("look", "look", segments={"on": ["app", "web"]})
    with pytest.raises(EventsError) as caught:
        compare_flows(sequences, segment, "on=web")
    assert str(caught.value) == f'no segment is called "{segment}" [E290]\n  {hint}'


def test_a_measured_flow_tells_the_difference_of_its_segments_too(log: MakeLog) -> None:
    """With one case a customer, and nobody else in the flow, it is what comparing events gives."""
    apps = ["look pay"] * 80 + ["look ask"] * 20
    webs = ["look pay"] * 40 + ["look"] * 60
    on = ["app"] * 100 + ["web"] * 100
    sequences = log(*apps, *webs, segments={"on": on})
    flow = measure_flow(sequences)
    from_counts = difference_of(flow, "on=app", "on=web")
    from_events = compare_flows(sequences, "on=app", "on=web")
    assert [one.start for one in from_counts.flow.moves] == [one.start for one in from_events.flow.moves]  # fmt: skip
    assert from_counts.moves == from_events.moves
    assert from_counts.leaves == from_events.leaves
    assert from_counts.is_of_all


def test_customers_with_many_cases_count_once_in_a_difference_of_counts(
    log: MakeLog,
) -> None:
    cases = ["look pay"] * 60 + ["look"] * 40
    on = ["app"] * 50 + ["web"] * 50
    alone = measure_flow(log(*cases, segments={"on": on}))
    shared = measure_flow(
        log(*cases, segments={"on": on}, customers=[one // 10 for one in range(100)])
    )
    many, few = (difference_of(one, "on=app", "on=web").moves[0] for one in (alone, shared))  # fmt: skip
    assert (many.first.n, few.first.n) == (50, 5)
    assert many.is_shown
    assert not few.is_shown


def test_a_difference_of_counts_needs_two_values_that_were_counted(
    log: MakeLog,
) -> None:
    on = ["app"] * 50 + ["web"] * 50
    flow = measure_flow(log(*["look pay"] * 100, segments={"on": on}))
    with pytest.raises(EvidenceError) as caught:
        difference_of(flow, "on=app", "on=app")
    assert caught.value.code == "E307"
    with pytest.raises(EvidenceError) as caught:
        difference_of(flow, "on=app", "on=shop")
    assert caught.value.code == "E323"
    assert "Counted are: on=app, on=web." in str(caught.value)
