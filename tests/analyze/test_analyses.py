"""Each reading on facts written by hand: what it says, and what it asks for where it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.analyze.facts_by_hand import evidence, mood, only, share

from desirepath.analyze.bad_times import bad_times
from desirepath.analyze.basis import Basis, Effect, nearer
from desirepath.analyze.channel_switches import channel_transitions
from desirepath.analyze.consistency import consistency
from desirepath.analyze.content import content
from desirepath.analyze.drop_off import drop_off
from desirepath.analyze.expectations import unmet_expectations
from desirepath.analyze.high_points import high_points
from desirepath.analyze.low_points import low_points
from desirepath.analyze.moments import right_moment
from desirepath.analyze.reading import analyze_map
from desirepath.analyze.segments import segments
from desirepath.analyze.service_flaws import service_flaws
from desirepath.analyze.time_spent import time_spent
from desirepath.analyze.voices import voices
from desirepath.analyze.ways import choice_of_way
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
QUICK = Statement(
    id="quick",
    lane="promise",
    text="Here in a day",
    claim=Claim(time=TimeClaim(to="get", typical_at_most="1d")),
)


def test_a_gap_below_what_was_expected_is_unmet_and_one_above_is_a_high_point(
    shop: JourneyMap,
) -> None:
    facts = evidence(
        share("step:look", "reach", 800, 1000),
        mood("step:look", -0.8, measure="expectation_gap", target="paired"),
        mood("step:look", 1.0, measure="expectation"),
        mood("step:look", 0.2, measure="delivery"),
        mood("step:pay", 0.5, measure="expectation_gap", target="paired"),
    )
    low = only(unmet_expectations(shop, facts), "A101")
    assert low.words == (
        "At “Look” customers get less than they expect (expected +1.0, got +0.2)."
    )
    assert (low.people, low.people_share, low.severity) == (800, 0.8, 0.1)
    high = only(high_points(shop, facts), "A701")
    assert (high.subject, high.kind) == ("step:pay", "keep")


def test_a_promise_not_kept_is_told_with_the_mood_of_those_it_was_made_to(
    plan: Plan,
) -> None:
    journey = plan("pay get", claims={"pay": [QUICK]})
    facts = evidence(
        share("step:pay", "promise_kept", 150, 200, "quick"),
        mood("step:pay", -1.0, measure="mood_if", target="broken:quick"),
        mood("step:pay", 1.0, measure="mood_else", target="broken:quick"),
    )
    found = only(unmet_expectations(journey, facts), "A102")
    assert found.words.startswith(
        "The promise “Here in a day” was not kept for 25 % of those it was made to (50 cases of 200"
    )
    assert found.words.endswith(
        "Their mood is -1.0, that of the others +1.0 (-2.0, -2.3 to -1.7)."
    )
    # as heavy as the mood is lower at least, on the scale on which 8 is a customer lost
    assert found.severity == pytest.approx(0.215, abs=0.002)
    unasked = only(unmet_expectations(journey, evidence(facts.facts[0])), "A102")
    assert (unasked.severity, unasked.warning) == (
        0.25,
        "Nobody was asked how it felt; a broken promise weighs a quarter of a customer lost, a convention.",
    )
    assert found.people == 50


def test_a_promise_whose_breach_leaves_people_happier_weighs_nothing(
    plan: Plan,
) -> None:
    facts = evidence(
        share("step:pay", "promise_kept", 20, 200, "quick"),
        mood("step:pay", 1.5, measure="mood_if", target="broken:quick"),
        mood("step:pay", 0.5, measure="mood_else", target="broken:quick"),
    )
    journey = plan("pay get", claims={"pay": [QUICK]})
    assert only(unmet_expectations(journey, facts), "A102").severity == 0.0


def test_the_mood_dips_where_both_neighbors_are_higher(shop: JourneyMap) -> None:
    facts = evidence(
        mood("step:look", 1.0), mood("step:basket", -0.5), mood("step:pay", 0.8)
    )
    found = [one for one in low_points(shop, facts).findings if one.code == "A301"]
    dip = next(one for one in found if one.subject == "step:basket")
    assert dip.words == (
        "The mood dips at “Basket”: -0.5, against +1.0 at “Look” and +0.8 at “Pay”."
    )
    assert dip.p is not None
    assert dip.p < 0.001
    # the others are no dips: asked, and never shown
    assert {one.p for one in found if one is not dip} == {1.0}


def test_doing_it_again_is_told_by_leaving_where_that_is_plainer(
    shop: JourneyMap,
) -> None:
    facts = evidence(
        share("step:look", "has", 400, 2000, "again"),
        share("step:look", "goal_if", 132, 400, "again"),
        share("step:look", "goal_else", 656, 1600, "again"),
        share("step:look", "leave_if", 140, 400, "again"),
        share("step:look", "leave_else", 320, 1600, "again"),
    )
    found = only(low_points(shop, facts), "A303")
    assert found.words == (
        "20 % do the same thing again at “Look”; they leave right there more often "
        "(35 % against 20 %, +15 points)."
    )
    assert found.evidence[1] == ("step:look", "leave_if", "again")


def test_doing_it_again_weighs_little_unless_it_feels_worse(shop: JourneyMap) -> None:
    again = (
        share("step:look", "has", 400, 1000, "again"),
        share("step:look", "goal_if", 40, 400, "again"),
        share("step:look", "goal_else", 180, 600, "again"),
    )
    felt = (
        mood("step:look", -0.5, measure="mood_if", target="again"),
        mood("step:look", 0.5, measure="mood_else", target="again"),
    )
    light = only(low_points(shop, evidence(*again)), "A303")
    heavy = only(low_points(shop, evidence(*again, *felt)), "A303")
    assert (light.people, heavy.people) == (400, 400)
    assert (round(light.severity, 6), round(heavy.severity, 6)) == (0.05, 0.2)
    assert light.warning.endswith(
        "Nobody told that it annoys: it weighs a quarter of one that goes with a worse mood."
    )
    assert "annoys" not in heavy.warning


def test_a_map_of_one_step_lacks_steps_not_times(
    plan: Plan,
) -> None:
    facts = evidence(share("step:look", "reach", 100, 1000))
    for read in (time_spent, segments, bad_times):
        needs = read(plan("look"), facts).needs
        assert needs == ("Two steps or more that events show (events: on the map).",)


def test_leaving_weighs_by_what_is_above_the_other_steps(shop: JourneyMap) -> None:
    drops = (
        share("step:look", "drop_off", 100, 1000),
        share("step:basket", "drop_off", 300, 500),
    )
    facts = evidence(share("map", "goal", 200, 1000), *drops)
    found = [one for one in low_points(shop, facts).findings if one.code == "A302"]
    # an end is no loss as long as nobody knows the goal
    ended = max(
        low_points(shop, evidence(*drops)).findings, key=lambda one: one.severity
    )
    assert ended.words == "60 % of those at “Basket” end there; at the other steps 10 % do."  # fmt: skip
    assert (ended.kind, found[0].kind) == ("look", "fix")
    high, low = sorted(found, key=lambda one: -one.severity)
    assert high.words == (
        "60 % of those at “Basket” leave there without the goal; at the other steps 10 % do."
    )
    assert high.people == 300
    assert high.severity == pytest.approx(0.25 * 0.5 / 0.6)
    assert low.p == 1.0


def test_an_error_that_loses_people_is_found_with_its_owner(
    log: Log, plan: Plan
) -> None:
    point = Touchpoint(
        id="till", name="Till", technology=("card reader",), people=("shop staff",)
    )
    plain = plan("look pay", goal="pay")
    steps = plain.stages[0].steps
    stage = plain.stages[0].model_copy(
        update={
            "steps": (steps[0].model_copy(update={"touchpoints": ("till",)}), steps[1])
        }
    )
    journey = plain.model_copy(update={"stages": (stage,), "touchpoints": (point,)})
    cases = ["look:0 error:60"] * 60 + ["look:0 error:60 pay:200"] * 40
    cases += ["look:0 pay:100"] * 100
    facts = measure_map(journey, log(*cases))
    lost = only(content(journey, facts), "A901")
    assert lost.words == (
        "Of those at “Look” who meet “error”, 60 % leave right there; of the others there, 0 %."
    )
    assert (lost.people, lost.kind) == (100, "fix")
    flaw = only(service_flaws(journey, facts), "A1401")
    assert flaw.words == (
        "50 % at “Look” meet “error” (100 cases); 60 % of them leave, against 0 %. "
        "Behind it: Till (card reader, shop staff)."
    )
    report = analyze_map(journey, facts)
    assert report.first(1)[0].subject == "step:look"


def test_what_ends_nearly_every_case_is_no_cause(log: Log, plan: Plan) -> None:
    journey = plan("look pay", goal="pay")
    cases = ["look:0 refused:60"] * 60 + ["look:0 pay:100"] * 100
    found = only(content(journey, measure_map(journey, log(*cases))), "A901")
    assert found.kind == "look"
    assert found.words.endswith("It is how they end: name it in the goal of the map.")


def test_what_nearly_always_ends_in_the_goal_is_no_reason_for_it(
    shop: JourneyMap,
) -> None:
    facts = evidence(
        *(
            one
            for target in ("activity:accepted", "beside:accepted")
            for one in (
                share("step:pay", "has", 200, 400, target),
                share("step:pay", "goal_if", 198, 200, target),
                share("step:pay", "goal_else", 20, 200, target),
            )
        )
    )
    found = only(content(shop, facts), "A904")
    assert found.kind == "look"
    assert found.words.endswith("it is a part of success, no reason for it.")


def test_two_views_that_disagree_say_nothing() -> None:
    one = Effect(0.3, 0.2, 0.4, 100, 0.0001, 0.5, 0.2)
    other = Effect(-0.2, -0.3, -0.1, 100, 0.001, 0.5, 0.7)
    assert nearer(one, other).p == 1.0
    alike = Effect(0.1, 0.05, 0.15, 100, 0.01, 0.5, 0.4)
    assert (nearer(one, alike).value, nearer(one, alike).p) == (0.1, 0.01)


def test_longer_than_the_map_says_is_told(plan: Plan) -> None:
    claim = Statement(
        id="fast",
        lane="expectations",
        text="Within a day",
        claim=Claim(time=TimeClaim(to="get", typical_at_most="1d")),
    )
    journey = plan("pay get", claims={"pay": [claim]})
    day = 86_400.0
    facts = evidence(
        share("step:pay", "time_share", 50, 100),
        Fact(
            "statement:fast",
            "time",
            2 * day,
            "s",
            90,
            1.8 * day,
            2.3 * day,
            hits=100,
            cases=100,
            target="get",
        ),
        share("statement:fast", "time_within", 20, 100, "get"),
    )
    late = only(time_spent(journey, facts), "A501")
    assert late.words == (
        "From “Pay” to “Get” it takes typically 2 days, not at most 1 day as the map says (“Within a day”)."
    )
    assert late.people == 80
    assert late.severity == pytest.approx(0.125)
    assert late.p is not None
    assert late.p < 0.001


def test_channels_of_a_step_are_tested_together(shop: JourneyMap) -> None:
    facts = evidence(
        share("step:look", "channel_goal", 50, 100, "app"),
        share("step:look", "channel_goal", 20, 100, "web"),
        share("step:look", "channel_goal", 45, 100, "shop"),
    )
    found = only(consistency(shop, facts), "A1001")
    assert found.words == (
        "At “Look” 20 % in web, 45 % in shop, 50 % in app reach the goal."
    )
    assert found.value == pytest.approx(-0.3)


def test_the_kind_of_customer_who_fares_worse_is_named(shop: JourneyMap) -> None:
    facts = evidence(
        share("step:pay", "drop_off", 80, 200, segment="device=phone"),
        share("step:pay", "reach", 200, 400, segment="device=phone"),
        share("step:pay", "drop_off", 30, 300, segment="device=desk"),
    )
    found = only(segments(shop, facts), "A1601")
    assert found.words == "At “Pay” 40 % of phone, 10 % of desk leave (by device)."
    assert found.people == 200


def test_what_a_handful_says_is_no_voice(shop: JourneyMap) -> None:
    few = evidence(share("step:pay", "mentions", 4, 20, "price"))
    some = evidence(share("step:pay", "mentions", 5, 20, "price"))
    assert voices(shop, few).findings == ()
    assert only(voices(shop, some), "A1801").words == (
        "25 % of those who write about “Pay” complain of “price” (5 customers)."
    )


def test_a_mood_told_by_the_time_of_the_answer_is_that_of_those_who_answered_there(
    shop: JourneyMap,
) -> None:
    facts = evidence(
        mood("step:look", 1.0),
        mood("step:pay", -1.0),
        share("step:pay", "reach", 900, 1000),
        share("step:pay", "answered", 60, 900),
        share("map", "answered", 800, 1000),
    )
    by_time = replace(facts, sources={"steps told by the time of the answer": "pay"})
    people = [
        next(
            one for one in low_points(shop, told).findings if one.subject == "step:pay"
        ).people
        for told in (facts, by_time)
    ]
    # 60 of the 80 % who answered at all
    assert people == [900, 75]


def test_time_after_the_goal_is_no_wait(plan: Plan) -> None:
    facts = evidence(
        share("step:look", "time_share", 40, 100),
        share("step:pay", "time_share", 60, 100),
    )
    found = time_spent(plan("look pay", goal="pay"), facts).findings
    assert [one.subject for one in found] == ["step:look"]


def test_ways_and_moments_are_told_in_words(shop: JourneyMap) -> None:
    facts = evidence(
        share("map", "goal", 500, 1000),
        share("way:look>pay", "way", 300, 500),
        Fact("way:look>pay", "time", 3600.0, "s", 300, 3000.0, 4000.0, target="goal"),
        share("way:look>basket>pay", "way", 200, 500),
        Fact(
            "way:look>basket>pay",
            "time",
            7200.0,
            "s",
            200,
            6000.0,
            8000.0,
            target="goal",
        ),
        share("map", "goal_by", 60, 100, "weekday=Mon"),
        share("map", "goal_by", 20, 100, "weekday=Sun"),
    )
    ways = choice_of_way(shop, facts)
    assert only(ways, "A1101").words == (
        "Busiest way, fastest way: Look → Pay (60 % of those who reach the goal, typically 1 hour)."
    )
    assert only(ways, "A1103").words.startswith(
        "Slowest way, way with the most steps: Look → Basket → Pay"
    )
    assert only(right_moment(shop, facts), "A1502").words == (
        "Of all, those who begin on a Monday reach the goal most (60 %), those who begin on a Sunday least (20 %)."
    )


def test_every_reading_says_what_it_needs(shop: JourneyMap) -> None:
    empty = evidence()
    asking = (
        unmet_expectations, low_points, channel_transitions, time_spent, high_points, drop_off,
        consistency, segments, bad_times, choice_of_way, right_moment, content, voices, service_flaws,
    )  # fmt: skip
    for analysis in asking:
        section = analysis(shop, empty)
        assert section.findings == ()
        assert section.needs, section.name


def test_quotes_fit_what_they_stand_beside(shop: JourneyMap) -> None:
    class Quote:
        def __init__(
            self, step: str, theme: str, text: str, score: float | None = None
        ) -> None:
            self.step, self.theme, self.text = step, theme, text
            self.score = score

    said = (
        Quote("pay", "quick", "So quick!"),
        Quote("pay", "waiting", "I waited for an hour."),
        Quote("pay", "waiting", "An hour at the till, but a nice shop.", 2.0),
        Quote("pay", "parking", "I parked behind the shop."),
        Quote("pay", "parking", "At last a place to park!", 1.0),
        Quote("look", "waiting", "Slow page."),
    )
    basis = Basis(shop, evidence(), said)
    assert basis.quotes("step:pay", "fix") == (
        "I waited for an hour.",
        "An hour at the till, but a nice shop.",
    )
    # a good rating does not make a complaint praise, and what says neither is no praise
    assert basis.quotes("step:pay", "keep") == (
        "So quick!",
        "At last a place to park!",
    )
    assert basis.quotes("step:look", "keep") == ()
    assert basis.quotes("transition:look>pay", "fix") == ("Slow page.",)
