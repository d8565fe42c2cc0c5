"""Two sides of one log: windows followed equally long, segments, control groups, answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from desirepath.errors import CheckError
from desirepath.events.feedback.answers import NOBODY, Asked, Feedback, Words
from desirepath.events.feedback.scales import SCALES
from desirepath.events.sequences import Segment, Sequences
from desirepath.maps.model import EventPattern, Goal, JourneyMap, Stage, Step
from desirepath.track.sided import Log, compare_segments, compare_windows
from desirepath.track.sides import (
    days_of,
    split_on,
    start_us,
    two_segments,
    two_windows,
)

DAY_US = 86_400_000_000
START = dt.date(2024, 1, 1)
COUNT = 400
JOURNEY = JourneyMap(
    id="shop",
    title="Shop",
    goal=Goal(text="Mine", success="pay"),
    stages=(
        Stage(
            id="buy",
            name="Buy",
            steps=(
                Step(id="look", name="Look", events=(EventPattern(activity="look"),)),
                Step(id="pay", name="Pay", events=(EventPattern(activity="pay"),)),
            ),
        ),
    ),
)


def log(wait_days: float = 0.001, buys: float = 0.5) -> Sequences:
    """One case starts on each quarter of a day; every second one pays after a wait, if it is seen.

    Args:
        wait_days: From look to pay.
        buys: Share that pays among the cases of the second half.
    """
    starts = start_us(START) + (np.arange(COUNT) * DAY_US) // 4
    end = start_us(START, after=COUNT // 4)
    rng = np.random.default_rng(5)
    share = np.where(np.arange(COUNT) < COUNT // 2, 0.5, buys)
    ends = starts + int(wait_days * DAY_US)
    pays = (rng.random(COUNT) < share) & (ends < end)
    lengths = 1 + pays
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    codes = np.zeros(offsets[-1], dtype=np.uint16)
    times = np.repeat(starts, lengths)
    codes[offsets[1:][pays] - 1] = 1
    times[offsets[1:][pays] - 1] = ends[pays]
    keys = np.arange(1, COUNT + 1)
    parity = (np.arange(COUNT) % 2 + 1).astype(np.uint16)
    return Sequences(
        ("look", "pay"),
        ("", ""),
        offsets,
        codes,
        times,
        keys,
        keys,
        {"device": Segment(("", "app", "web"), parity)},
        end_us=end,
    )


def test_a_day_splits_a_log_in_two_without_losing_a_case() -> None:
    sides = two_windows(log(), *split_on(dt.date(2024, 2, 1)))
    assert sides.before.case_count == 31 * 4
    assert sides.before.case_count + sides.after.case_count == COUNT
    assert sides.notes == ()


def test_long_cases_are_followed_equally_long_on_both_sides() -> None:
    # whoever starts in the last 20 days cannot have paid yet
    whole = log(wait_days=20)
    naive = compare_windows(JOURNEY, whole, "..2024-02-01", "2024-02-02..")
    goal = naive.of("map", "goal")
    assert goal is not None
    assert goal.verdict == "no sign"
    (note,) = naive.notes
    assert note.startswith("Every case is followed for 20.0 days from its start")
    assert note.endswith("left out: 79 cases that began later than that before the end of the data.")  # fmt: skip


def test_events_after_the_time_of_following_do_not_count() -> None:
    sides = two_windows(log(wait_days=20), *split_on(dt.date(2024, 2, 1)))
    for side in (sides.before, sides.after):
        spans = side.times_us[side.offsets[1:] - 1] - side.starts_us
        assert spans.max() <= 20 * DAY_US


def test_a_window_is_two_days_of_which_one_may_be_missing() -> None:
    assert days_of("2024-01-01..2024-01-31").first == START
    assert days_of("..2024-01-31").first is None
    for wrong in ("2024-01-01", "..", "soon..", "2024-02-01..2024-01-01"):
        with pytest.raises(CheckError) as caught:
            days_of(wrong)
        assert str(caught.value) == (
            f'"{wrong}" is no window [E432]\n'
            "  Write days as 2024-03-01..2024-03-31, or one day with --split."
        )


def test_windows_that_share_a_day_are_refused() -> None:
    with pytest.raises(CheckError) as caught:
        two_windows(log(), days_of("..2024-02-01"), days_of("2024-02-01.."))
    assert str(caught.value).startswith(
        "..2024-02-01 does not end before 2024-02-01.. begins [E434]"
    )


def test_an_empty_window_names_the_days_of_the_log() -> None:
    with pytest.raises(CheckError) as caught:
        two_windows(log(), *split_on(dt.date(2025, 1, 1)))
    assert str(caught.value) == (
        "no case starts in 2025-01-01.. [E435]\n"
        "  Cases start between 2024-01-01 and 2024-04-09."
    )


def test_events_without_times_have_no_windows() -> None:
    with pytest.raises(CheckError) as caught:
        two_windows(replace(log(), has_times=False), *split_on(START))
    assert caught.value.code == "E433"


def test_segments_that_share_cases_are_refused() -> None:
    with pytest.raises(CheckError) as caught:
        two_segments(log(), "device=app", "device=app")
    assert str(caught.value) == (
        '"device=app" and "device=app" share cases [E436]\n'
        "  Compare two values of one segment."
    )


def test_the_segment_looked_at_is_held_against_the_other() -> None:
    found = compare_segments(JOURNEY, log(), "device=web", "device=app")
    assert (found.before.name, found.after.name) == ("device=app", "device=web")
    assert found.before.cases + found.after.cases == COUNT


def test_the_control_group_is_not_among_those_who_are_judged() -> None:
    found = compare_windows(
        JOURNEY, log(buys=0.1), "..2024-02-19", "2024-02-20..", control="device=app"
    )
    goal = found.of("map", "goal")
    assert goal is not None
    assert found.before.cases == COUNT // 4
    assert goal.change is not None
    assert goal.change < -0.25
    # the control group fell as far
    assert (goal.verdict, goal.control is not None) == ("no sign", True)
    assert "beyond that of device=app" in found.notes[0]


def test_an_answer_about_a_later_case_does_not_fall_to_an_earlier_one() -> None:
    # both cases are of one customer; the answer follows the second, in the second window
    one = log(wait_days=0.001)
    both = replace(
        one.take(np.array([0, 40])), customers=np.array([7, 7]), end_us=one.end_us
    )
    none = Words(("",), np.zeros(1, dtype=np.int64))
    answers = Feedback(
        customers=np.array([7]),
        cases=np.array([NOBODY]),
        responses=np.array([0]),
        times_us=np.array([int(both.starts_us[1]) + DAY_US]),
        questions=(Asked("How was it?", SCALES["csat-5"], "score"),),
        asked=np.array([0]),
        scores=np.array([5.0]),
        texts=np.array([""], dtype=object),
        hints=none,
        channels=none,
        languages=none,
    )
    whole = Log(both, answers)
    sides = two_windows(both, *split_on(dt.date(2024, 1, 5)))
    first = whole.measure(JOURNEY, sides.before, days_of("..2024-01-04"))
    second = whole.measure(JOURNEY, sides.after, days_of("2024-01-05.."))
    assert first.find("map", "score", target="emotion") is None
    assert second.find("map", "score", target="emotion") is not None
