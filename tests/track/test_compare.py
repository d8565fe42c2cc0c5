"""Comparison of evidence written by hand: what is shown, in which direction, and what is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from desirepath.check.parts import Smallest
from desirepath.errors import CheckError, MapError
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import (
    EventPattern,
    JourneyMap,
    Next,
    Stage,
    Statement,
    Step,
)
from desirepath.stats.intervals import wilson
from desirepath.track.business import BusinessChange, read_changes
from desirepath.track.compare import compare_evidence
from desirepath.track.report import FactChange

FIRST = ("2024-01-01", "2024-01-31")
SECOND = ("2024-02-01", "2024-02-29")


def share(
    subject: str,
    measure: str,
    hits: int,
    cases: int,
    target: str = "",
    segment: str = "",
) -> Fact:
    ends = wilson(hits, cases)
    return Fact(
        subject,
        measure,
        hits / cases,
        "share",
        cases,
        float(ends.low),
        float(ends.high),
        hits,
        cases,
        target,
        segment,
    )


def time(value: float, low: float, high: float, n: int = 500) -> Fact:
    return Fact("transition:a>b", "time", value, "s", n, low, high, n, n, target="b")


def score(value: float, target: str = "emotion", unit: str = "emotion") -> Fact:
    return Fact(
        "step:pay",
        "score",
        value,
        unit,
        400,
        value - 0.1,
        value + 0.1,
        400,
        400,
        target,
        spread=1.0,
    )


def evidence(*facts: Fact, window: tuple[str, str] = FIRST) -> Evidence:
    dated = tuple(
        replace(fact, window_from=window[0], window_to=window[1]) for fact in facts
    )
    return Evidence("shop", dated, 1000, 5000, 1000, *window)


def sides(
    before: tuple[Fact, ...], after: tuple[Fact, ...]
) -> tuple[Evidence, Evidence]:
    return evidence(*before), evidence(*after, window=SECOND)


def only(before: Fact, after: Fact) -> FactChange:
    (found,) = compare_evidence(*sides((before,), (after,))).changes
    return found


def test_a_goal_reached_less_often_is_worse() -> None:
    found = only(share("map", "goal", 300, 1000), share("map", "goal", 200, 1000))
    assert (found.verdict, found.good, found.is_small) == ("worse", "up", False)
    assert found.change == pytest.approx(-0.1)
    assert found.low is not None
    assert found.high is not None
    assert -0.14 < found.low < -0.1 < found.high < -0.06


def test_fewer_who_leave_are_better() -> None:
    one = share("step:pay", "drop_off", 300, 1000)
    two = share("step:pay", "drop_off", 200, 1000)
    assert only(one, two).verdict == "better"


def test_a_change_without_a_good_direction_is_only_a_change() -> None:
    one = share("step:pay", "channel", 300, 1000, "app")
    two = share("step:pay", "channel", 500, 1000, "app")
    assert (only(one, two).verdict, only(one, two).good) == ("changed", "")


def test_no_sign_says_how_small_a_change_would_have_been_seen() -> None:
    found = only(share("map", "goal", 300, 1000), share("map", "goal", 310, 1000))
    assert found.verdict == "no sign"
    # two shares of 30 % of 1,000 each: 2.8 standard errors of 2.06 points
    assert found.seen_from == pytest.approx(0.0577, abs=0.001)


def test_nine_cases_show_nothing() -> None:
    found = only(share("map", "goal", 9, 9), share("map", "goal", 0, 900))
    assert (found.verdict, found.p) == ("not tested", None)


def test_a_longer_time_is_worse_and_told_as_a_ratio() -> None:
    found = only(time(100, 90, 110), time(200, 180, 220))
    assert (found.verdict, found.is_ratio) == ("worse", True)
    assert found.change == pytest.approx(2.0)
    assert found.low == pytest.approx(1.74, abs=0.02)


def test_tied_times_are_not_surer_than_their_number() -> None:
    # without width the interval would prove anything
    found = only(time(60, 60, 60, n=40), time(61, 61, 61, n=40))
    assert found.verdict == "no sign"


def test_a_median_that_cannot_be_told_is_not_tested() -> None:
    unknown = replace(time(100, 90, 110), value=None, high=None)
    assert only(time(100, 90, 110), unknown).verdict == "not tested"


def test_higher_scores_are_better_and_measured_in_standard_deviations() -> None:
    found = only(score(0.5), score(1.0))
    assert (found.verdict, found.effect) == ("better", 0.5)


def test_of_a_scale_of_its_own_nobody_knows_the_good_end() -> None:
    found = only(score(3.0, "effort", "score"), score(4.0, "effort", "score"))
    assert found.verdict == "changed"


def test_answers_on_a_scale_are_not_told_twice() -> None:
    two = (score(0.5), score(3.5, "csat-5", "score"))
    found = compare_evidence(*sides(two, two))
    assert [one.target for one in found.changes] == ["emotion"]


def test_what_several_elements_say_alike_is_said_once() -> None:
    def three(hits: int) -> tuple[Fact, ...]:
        return tuple(
            share(subject, "goal", hits, 1000)
            for subject in ("map", "stage:buy", "step:pay")
        )

    found = compare_evidence(*sides(three(300), three(200)))
    assert [one.subject for one in found.changes] == ["map"]


def test_reach_is_good_where_customers_are_nearer_to_the_goal() -> None:
    def shop(pay: int, fail: int) -> tuple[Fact, ...]:
        return (
            share("map", "goal", 300, 1000),
            share("step:pay", "reach", pay, 1000),
            share("step:pay", "goal", 290, pay),
            share("step:failed", "reach", fail, 1000),
            share("step:failed", "goal", 30, fail),
        )

    found = compare_evidence(*sides(shop(600, 100), shop(500, 200)))
    words = {
        one.subject: (one.verdict, one.good)
        for one in found.changes
        if one.measure == "reach"
    }
    assert words == {"step:pay": ("worse", "up"), "step:failed": ("worse", "down")}


def test_of_two_ways_to_pay_neither_is_good_by_itself() -> None:
    ways = (Next(step="shop"), Next(step="app"))
    onward = (Next(step="wait"),)
    steps = (
        Step(id="basket", name="Basket", next=ways),
        Step(id="shop", name="Pay in the shop", next=(*onward, Next(step="app"))),
        Step(id="app", name="Pay in the app", next=onward),
        Step(id="wait", name="Wait"),
    )
    journey = JourneyMap(
        id="s", title="S", stages=(Stage(id="buy", name="Buy", steps=steps),)
    )

    def log(shop: int, app: int, wait: int) -> tuple[Fact, ...]:
        return (
            share("map", "goal", 300, 1000),
            share("step:basket", "goal", 300, 900),
            share("step:shop", "reach", shop, 1000),
            share("step:shop", "goal", shop // 2, shop),
            share("step:app", "reach", app, 1000),
            share("step:app", "goal", app // 2, app),
            share("step:wait", "reach", wait, 1000),
            share("step:wait", "goal", 300, wait),
        )

    two = sides(log(400, 100, 480), log(100, 400, 360))
    words = {
        one.subject: one.verdict
        for one in compare_evidence(*two, journey_map=journey).changes
        if one.measure == "reach"
    }
    assert words == {
        "step:shop": "changed",
        "step:app": "changed",
        "step:wait": "worse",
    }


def test_a_pain_that_more_customers_meet_is_worse() -> None:
    statement = Statement(id="empty", lane="pains", text="Search finds nothing")
    step = Step(
        id="search",
        name="Search",
        events=(EventPattern(activity="search"),),
        statements=(statement,),
    )
    journey = JourneyMap(
        id="shop", title="Shop", stages=(Stage(id="s", name="S", steps=(step,)),)
    )
    one, two = sides(
        (share("statement:empty", "share", 100, 1000, "search_empty"),),
        (share("statement:empty", "share", 200, 1000, "search_empty"),),
    )
    assert compare_evidence(one, two).changes[0].verdict == "changed"
    (found,) = compare_evidence(one, two, journey_map=journey).changes
    assert (found.verdict, found.why_good) == ("worse", "the team calls it a pain")


def test_small_changes_are_marked_but_a_halved_share_is_not_small() -> None:
    many = 100_000
    little = only(
        share("map", "goal", 30_000, many), share("map", "goal", 29_000, many)
    )
    assert (little.verdict, little.is_small) == ("worse", True)
    halved = only(share("map", "goal", 800, many), share("map", "goal", 200, many))
    assert (halved.verdict, halved.is_small) == ("worse", False)


def test_what_matters_is_said_by_the_team() -> None:
    one, two = sides(
        (share("map", "goal", 3000, 10_000),), (share("map", "goal", 2700, 10_000),)
    )
    assert compare_evidence(one, two).changes[0].is_small
    strict = compare_evidence(one, two, smallest=Smallest(share=0.02))
    assert not strict.changes[0].is_small


def test_many_facts_need_more_than_one() -> None:
    # p = 0.02 alone is a finding; among fifty facts it is chance
    one, two = share("map", "goal", 300, 1000), share("map", "goal", 348, 1000)
    assert only(one, two).verdict == "better"
    rest = [share(f"step:s{place}", "goal", 299 + place, 1000) for place in range(50)]
    found = compare_evidence(*sides((one, *rest), (two, *rest)))
    assert found.count("better") == 0
    assert found.count("no sign") == 51


def test_what_everybody_does_on_both_sides_does_not_weaken_the_others() -> None:
    one, two = share("map", "goal", 300, 1000), share("map", "goal", 348, 1000)
    rest = [
        share(f"transition:a>s{place}", "order", 500 + place, 500 + place)
        for place in range(50)
    ]
    found = compare_evidence(*sides((one, *rest), (two, *rest)))
    assert found.changes[0].verdict == "better"
    assert found.changes[1].verdict == "no sign"


def mixed(new: tuple[int, int], old: tuple[int, int]) -> tuple[Fact, ...]:
    return (
        share("map", "goal", new[0] + old[0], new[1] + old[1]),
        share("map", "goal", *new, segment="kind=new"),
        share("map", "goal", *old, segment="kind=old"),
    )


def test_a_change_of_the_mix_is_named_as_such() -> None:
    # new customers 10 %, old ones 50 %, on both sides
    one, two = sides(mixed((40, 400), (300, 600)), mixed((70, 700), (150, 300)))
    (found,) = compare_evidence(one, two).changes
    (mix,) = found.mixes
    assert found.verdict == "worse"
    assert (mix.segment, mix.is_explained) == ("kind", True)
    assert (mix.mix, mix.within) == pytest.approx((-0.12, 0.0))


def test_a_change_within_is_not_called_mix() -> None:
    one, two = sides(mixed((80, 400), (360, 600)), mixed((20, 400), (240, 600)))
    (mix,) = compare_evidence(one, two).changes[0].mixes
    assert not mix.is_explained
    assert mix.mix == pytest.approx(0.0)


def test_cases_of_rare_values_stay_in_the_sum() -> None:
    def rare(goal: int) -> tuple[Fact, ...]:
        whole = share("map", "goal", goal, 1000)
        return (whole, *mixed((20, 300), (100, 400))[1:])

    (found,) = compare_evidence(*sides(rare(300), rare(150))).changes
    (mix,) = found.mixes
    assert mix.mix + mix.within == pytest.approx(found.change)


def test_segments_that_the_sides_do_not_share_explain_nothing() -> None:
    one = (
        share("map", "goal", 300, 1000),
        share("map", "goal", 300, 1000, segment="month=1"),
    )
    two = (
        share("map", "goal", 100, 1000),
        share("map", "goal", 100, 1000, segment="month=2"),
    )
    assert compare_evidence(*sides(one, two)).changes[0].mixes == ()


def test_what_the_control_group_does_as_well_is_not_counted() -> None:
    one, two = sides(
        (share("map", "goal", 300, 1000),), (share("map", "goal", 200, 1000),)
    )
    control = sides(
        (share("map", "goal", 400, 1000),), (share("map", "goal", 300, 1000),)
    )
    assert compare_evidence(one, two).changes[0].verdict == "worse"
    (found,) = compare_evidence(one, two, control=control).changes
    assert found.verdict == "no sign"
    assert found.control is not None
    assert found.control.beyond == pytest.approx(0.0)
    assert found.change == pytest.approx(-0.1)


def test_a_fact_without_control_is_not_judged() -> None:
    one, two = sides(
        (share("map", "goal", 300, 1000),), (share("map", "goal", 200, 1000),)
    )
    control = sides(
        (share("map", "follows", 1, 10),), (share("map", "follows", 1, 10),)
    )
    assert (
        compare_evidence(one, two, control=control).changes[0].verdict == "not tested"
    )


def test_a_watched_comparison_needs_a_larger_change() -> None:
    one, two = sides(
        (share("map", "goal", 300, 1000),), (share("map", "goal", 350, 1000),)
    )
    assert compare_evidence(one, two).changes[0].verdict == "better"
    found = compare_evidence(one, two, is_watched=True)
    assert found.changes[0].verdict == "no sign"
    assert found.is_watched


def test_two_maps_on_the_same_events_are_told_apart_but_not_tested() -> None:
    one = evidence(share("step:pay", "reach", 300, 1000))
    two = evidence(
        share("step:pay", "reach", 900, 1000), share("step:help", "reach", 1, 1000)
    )
    found = compare_evidence(one, two)
    assert [change.verdict for change in found.changes] == ["not tested"]
    assert found.only_after == ("step:help",)
    assert "come from the maps" in found.notes[0]


def test_changes_in_the_business_stand_beside_what_changed_after_them() -> None:
    one, two = sides(
        (share("step:pay", "goal", 300, 1000), share("step:search", "goal", 300, 999)),
        (share("step:pay", "goal", 200, 1000), share("step:search", "goal", 200, 999)),
    )
    log = [
        BusinessChange(date=dt.date(2024, 2, 3), what="new checkout", steps=("pay",)),
        BusinessChange(date=dt.date(2023, 12, 1), what="old story"),
        BusinessChange(date=dt.date(2024, 3, 1), what="later story"),
    ]
    found = compare_evidence(one, two, changes=log)
    assert [change.log for change in found.changes] == [
        ("2024-02-03 new checkout",),
        (),
    ]


def test_what_was_over_before_the_second_side_is_said_to_be_over() -> None:
    one, two = sides(
        (share("step:pay", "goal", 200, 1000),), (share("step:pay", "goal", 300, 1000),)
    )
    bug = BusinessChange(
        date=dt.date(2024, 1, 9), until=dt.date(2024, 1, 20), what="checkout bug"
    )
    (found,) = compare_evidence(one, two, changes=[bug]).changes
    assert found.log == (
        "2024-01-09 to 2024-01-20 checkout bug (over when the second side begins)",
    )


def test_changes_are_read_in_order_of_time(tmp_path: Path) -> None:
    file = tmp_path / "changes.yaml"
    file.write_text(
        "changes:\n"
        "  - {date: 2024-05-19, until: 2024-06-07, what: gateway fails, steps: [pay]}\n"
        "  - {date: 2024-04-09, what: new mobile checkout}\n",
        encoding="utf-8",
    )
    assert [one.words() for one in read_changes(file)] == [
        "2024-04-09 new mobile checkout",
        "2024-05-19 to 2024-06-07 gateway fails",
    ]
    file.write_text("changes:\n  - {date: soon, what: x}\n", encoding="utf-8")
    with pytest.raises(MapError) as caught:
        read_changes(file)
    assert "changes.yaml:2" in str(caught.value)


def test_sides_without_a_common_fact_cannot_be_compared() -> None:
    one, two = sides(
        (share("step:a", "goal", 1, 10),), (share("step:b", "goal", 1, 10),)
    )
    with pytest.raises(CheckError) as caught:
        compare_evidence(one, two)
    assert str(caught.value) == (
        "the two sides have no fact in common [E430]\n"
        "  Compare evidence of maps whose steps have the same ids."
    )
    with pytest.raises(CheckError) as caught:
        compare_evidence(one, one, false_discovery_rate=0)
    assert caught.value.code == "E431"
