"""What the readings ask of cases, counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def fact(evidence: Evidence, subject: str, measure: str, target: str = "") -> Fact:
    found = evidence.find(subject, measure, target=target)
    assert found is not None, (subject, measure, target)
    return found


def counts(one: Fact) -> tuple[int, int]:
    return one.hits, one.cases


def many(log: Log, groups: dict[str, int], **more: object) -> Sequences:
    """So many cases of each kind."""
    return log(*(case for case, count in groups.items() for _ in range(count)), **more)


def test_doing_it_again_coming_back_and_going_to_and_fro_are_told_apart(
    log: Log, plan: Plan
) -> None:
    cases = many(
        log,
        {
            "look basket pay": 40,
            "look look basket": 31,  # the same thing twice at a step
            "look basket look pay": 32,  # back to a step
            "look basket look basket": 33,  # to and fro
        },
    )
    evidence = measure_map(plan("look basket pay", goal="pay"), cases)
    assert counts(fact(evidence, "step:look", "has", "again")) == (31, 136)
    assert counts(fact(evidence, "step:look", "has", "back")) == (65, 136)
    assert counts(fact(evidence, "transition:look>basket", "has", "loop")) == (33, 136)
    assert counts(fact(evidence, "step:look", "goal_if", "back")) == (32, 65)
    assert counts(fact(evidence, "step:look", "goal_else", "back")) == (40, 71)


def test_what_is_met_at_a_step_is_compared_with_those_still_there(
    log: Log, plan: Plan
) -> None:
    cases = many(
        log,
        {
            "look:0 error:60": 40,
            "look:0 error:60 pay:120": 10,
            "look:0 pay:30": 35,  # gone on before the error mostly comes
            "look:0 pay:90": 45,
        },
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    assert counts(fact(evidence, "step:look", "has", "beside:error")) == (50, 130)
    assert counts(fact(evidence, "step:look", "has", "activity:error")) == (50, 95)
    assert counts(fact(evidence, "step:look", "leave_if", "activity:error")) == (40, 50)
    assert counts(fact(evidence, "step:look", "leave_else", "beside:error")) == (0, 80)


def test_what_comes_before_any_step_or_shows_the_goal_is_no_content(
    log: Log, plan: Plan
) -> None:
    cases = many(log, {"ad look pay": 50, "look": 50})
    evidence = measure_map(plan("look", goal="pay"), cases)
    assert not list(evidence.select(None, "has"))


def test_a_change_of_channel_is_compared_with_going_on_in_the_same(
    log: Log, plan: Plan
) -> None:
    cases = many(
        log,
        {
            "look@web:0 ask@phone:600": 31,
            "look@web:0 ask@phone:600 look@phone:700 pay@phone:800": 32,
            "look@web:0 pay@web:60": 33,
            "look@web:0": 34,  # does nothing more: neither changes nor stays
        },
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    target = "switch:web>phone"
    assert counts(fact(evidence, "step:look", "has", target)) == (63, 96)
    assert counts(fact(evidence, "step:look", "goal_if", target)) == (32, 63)
    assert counts(fact(evidence, "step:look", "goal_else", target)) == (33, 33)
    assert counts(fact(evidence, "step:look", "again_if", target)) == (0, 63)
    wait = fact(evidence, "step:look", "time", f"wait_if:{target}")
    stay = fact(evidence, "step:look", "time", f"wait_else:{target}")
    # another step is paying; who asks and does nothing more has no wait to tell
    assert (wait.value, stay.value) == (800.0, 60.0)


def test_a_step_done_anew_after_a_change_is_counted(log: Log, plan: Plan) -> None:
    cases = many(
        log,
        {
            "look@web basket@web look@phone pay@phone": 40,
            "look@web basket@web pay@web": 40,
        },
    )
    evidence = measure_map(plan("look basket pay", goal="pay"), cases)
    target = "switch:web>phone"
    assert counts(fact(evidence, "step:basket", "again_if", target)) == (40, 40)
    assert counts(fact(evidence, "step:basket", "again_else", target)) == (0, 40)


def test_who_changes_is_compared_after_as_many_events(log: Log, plan: Plan) -> None:
    # all who change do so after two events in the web; one event proves nothing about those who stay
    cases = many(
        log,
        {
            "look@web:0 page@web:10 page@phone:40 pay@phone:50": 40,
            "look@web:0 page@web:10 page@web:20 pay@web:30": 35,
            "look@web:0 pay@web:60": 50,
        },
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    target = "switch:web>phone"
    assert counts(fact(evidence, "step:look", "has", target)) == (40, 125)
    assert counts(fact(evidence, "step:look", "goal_else", target)) == (35, 35)
    stay = fact(evidence, "step:look", "time", f"wait_else:{target}")
    assert stay.value == 20.0
    # all 40 wait longer than all 35
    ranks = [
        fact(evidence, "step:look", name, target).value
        for name in ("wait_rank_if", "wait_rank_else")
    ]
    assert ranks == pytest.approx([(35 + 20) / 75, 17.5 / 75])


def test_a_case_counts_for_its_first_channel_at_a_step_only(
    log: Log, plan: Plan
) -> None:
    cases = many(
        log,
        {"look@web pay@web": 40, "look@app look@web": 35, "look@app pay@app": 5},
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    assert counts(fact(evidence, "step:look", "channel_goal", "web")) == (40, 40)
    assert counts(fact(evidence, "step:look", "channel_goal", "app")) == (5, 40)
    assert counts(fact(evidence, "step:look", "channel_leave", "app")) == (35, 40)


def test_the_slow_quarter_is_compared_with_the_others(log: Log, plan: Plan) -> None:
    cases = many(
        log,
        {"look:0 basket:60 pay:100": 120, "look:0 basket:900": 40},
    )
    evidence = measure_map(plan("look basket pay", goal="pay"), cases)
    subject = "transition:look>basket"
    # the third quartile lies between: slower than 270 seconds
    assert counts(fact(evidence, subject, "has", "slow:270")) == (40, 160)
    assert counts(fact(evidence, subject, "goal_if", "slow:270")) == (0, 40)
    assert counts(fact(evidence, subject, "goal_else", "slow:270")) == (120, 120)


def test_time_is_shared_out_between_the_steps(log: Log, plan: Plan) -> None:
    cases = many(log, {"look:0 basket:30 pay:120": 10})
    evidence = measure_map(plan("look basket pay"), cases)
    shares = [
        fact(evidence, f"step:{step}", "time_share").value
        for step in ("look", "basket", "pay")
    ]
    assert shares == pytest.approx([0.25, 0.75, 0.0])


def test_leaving_adds_up_along_the_map_and_along_the_clock(
    log: Log, plan: Plan
) -> None:
    cases = many(
        log,
        {"look:0": 50, "look:0 basket:7200": 30, "look:0 basket:7200 pay:7300": 20},
    )
    evidence = measure_map(plan("look basket pay", goal="pay"), cases)
    assert counts(fact(evidence, "step:look", "left_so_far")) == (50, 100)
    assert counts(fact(evidence, "step:basket", "left_so_far")) == (80, 100)
    assert fact(evidence, "map", "left_by", "1h").value == pytest.approx(0.5)
    assert fact(evidence, "map", "left_by", "1d").value == pytest.approx(0.8)


def test_a_branch_that_is_the_goal_itself_is_not_compared(log: Log, plan: Plan) -> None:
    cases = many(log, {"look pay": 40, "look help pay": 40, "look basket pay": 40})
    evidence = measure_map(plan("look help basket pay", goal="pay"), cases)
    targets = {
        one.target
        for one in evidence.select("step:look", "has")
        if "way:" in one.target
    }
    assert targets == {"way:help", "way:basket"}


def test_the_ways_of_those_who_reach_the_goal_are_counted(log: Log, plan: Plan) -> None:
    cases = many(log, {"look pay": 60, "look help pay": 40, "look help": 50})
    evidence = measure_map(plan("look help pay", goal="pay"), cases)
    assert counts(fact(evidence, "way:look>pay", "way")) == (60, 100)
    assert counts(fact(evidence, "way:look>help>pay", "way")) == (40, 100)


def test_goals_are_told_by_weekday_hours_and_first_channel(
    log: Log, plan: Plan
) -> None:
    # 2024-01-01 was a Monday; 86 400 seconds later it is Tuesday
    cases = many(
        log,
        {
            "look@web:0 pay@web:60": 40,
            "look@app:86400": 40,
            "look@app:118800 pay@app:118860": 40,
        },
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    assert counts(fact(evidence, "map", "goal_by", "weekday=Mon")) == (40, 40)
    assert counts(fact(evidence, "map", "goal_by", "weekday=Tue")) == (40, 80)
    assert counts(fact(evidence, "map", "goal_by", "hours=06-12")) == (40, 40)
    assert counts(fact(evidence, "map", "goal_by", "channel=app")) == (40, 80)


def test_a_broken_promise_is_compared_with_a_kept_one(log: Log, plan: Plan) -> None:
    promise = Statement(
        id="quick",
        lane="promise",
        text="Here in a minute",
        claim=Claim(time=TimeClaim(to="get", typical_at_most="1m")),
    )
    cases = many(
        log,
        {"buy:0 get:30 again:99": 40, "buy:0 get:90": 35},
    )
    journey = plan("buy get again", goal="again", claims={"buy": [promise]})
    evidence = measure_map(journey, cases)
    assert counts(fact(evidence, "step:buy", "has", "broken:quick")) == (35, 75)
    assert counts(fact(evidence, "step:buy", "goal_if", "broken:quick")) == (0, 35)
    assert counts(fact(evidence, "step:buy", "goal_else", "broken:quick")) == (40, 40)


def test_groups_too_small_to_compare_are_not_asked(log: Log, plan: Plan) -> None:
    cases = many(log, {"look error": 29, "look pay": 200})
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    assert not [
        one for one in evidence.select(None, "has") if one.target.endswith("error")
    ]


def test_without_times_only_what_needs_none_is_asked(log: Log, plan: Plan) -> None:
    cases = many(
        log, {"look error": 40, "look pay": 40, "look look": 40}, has_times=False
    )
    evidence = measure_map(plan("look pay", goal="pay"), cases)
    measures = {one.measure for one in evidence.facts}
    assert not measures & {"time_share", "left_by", "time_p90"}
    assert fact(evidence, "step:look", "has", "again").hits == 40
