"""Verdicts on evidence made by hand: what settles a claim and what does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

from desirepath.check.report import Verdict
from desirepath.check.verdicts import check_map
from desirepath.errors import CheckError
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import (
    ChannelClaim,
    Claim,
    EffectClaim,
    GoalClaim,
    MentionsClaim,
    NextClaim,
    OrderClaim,
    ReachClaim,
    ScoreClaim,
    ShareClaim,
    TimeClaim,
)
from desirepath.maps.model import JourneyMap, Source, Statement
from desirepath.stats.intervals import wilson

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
WINDOW = ("2024-01-01", "2024-03-31")

SHARES = {
    "reach": (Claim(reach=ReachClaim(at_least="30%")), ""),
    "goal": (Claim(goal=GoalClaim(at_least="30%")), ""),
    "order": (Claim(order=OrderClaim(after="look", at_least="30%")), "look"),
    "next": (Claim(next=NextClaim(step="look", at_least="30%")), "look"),
    "share": (Claim(share=ShareClaim(activity="x", at_least="30%")), "x"),
    "channel": (Claim(channel=ChannelClaim(channel="web", at_least="30%")), "web"),
}


def share(
    measure: str,
    hits: int,
    n: int,
    *,
    subject: str = "statement:pay-1",
    target: str = "",
    segment: str = "",
) -> Fact:
    one = wilson(hits, n)
    value = hits / n if n else None
    return Fact(
        subject, measure, value, "share", n, float(one.low), float(one.high),
        hits, n, target, segment, *WINDOW,
    )  # fmt: skip


def evidence_of(*facts: Fact, **more: int) -> Evidence:
    return Evidence(
        "shop", facts, more.get("cases", 2_000), 9_000, more.get("customers", 2_000),
        *WINDOW, more.get("open_cases", 0),
    )  # fmt: skip


def verdict_on(plan: Plan, claim: Claim | Statement, facts: Iterable[Fact]) -> Verdict:
    journey = plan("look", "pay", goal="pay", claims={"pay": [claim]})
    (verdict,) = check_map(journey, evidence_of(*facts)).of("statement:pay-1")
    return verdict


@pytest.mark.parametrize("kind", list(SHARES))
@pytest.mark.parametrize(
    ("hits", "word"), [(400, "confirmed"), (200, "refuted"), (302, "unknown")]
)
def test_a_share_is_settled_where_the_evidence_lies_clearly_on_one_side(
    plan: Plan, kind: str, hits: int, word: str
) -> None:
    claim, target = SHARES[kind]
    verdict = verdict_on(plan, claim, [share(kind, hits, 1_000, target=target)])
    assert (verdict.verdict, verdict.kind) == (word, kind)
    assert (verdict.value, verdict.n, verdict.unit) == (hits / 1_000, 1_000, "share")
    assert (verdict.step, verdict.stage, verdict.text) == ("pay", "2", "says 1")
    assert not verdict.is_implied


@pytest.mark.parametrize(
    ("hits", "word"), [(400, "refuted"), (200, "confirmed"), (302, "unknown")]
)
def test_at_most_is_the_other_side(plan: Plan, hits: int, word: str) -> None:
    claim = Claim(reach=ReachClaim(at_most="30%"))
    assert verdict_on(plan, claim, [share("reach", hits, 1_000)]).verdict == word


@pytest.mark.parametrize(
    ("hits", "word"),
    [(300, "confirmed"), (150, "refuted"), (450, "refuted"), (245, "unknown"), (352, "unknown")],
)  # fmt: skip
def test_a_region_with_two_ends_holds_or_does_not(
    plan: Plan, hits: int, word: str
) -> None:
    claim = Claim(reach=ReachClaim(at_least="25%", at_most="35%"))
    verdict = verdict_on(plan, claim, [share("reach", hits, 1_000)])
    assert verdict.verdict == word
    assert verdict.claim == "between 25 and 35 % of all cases come here"


@pytest.mark.parametrize(
    ("limit", "within", "word", "words"),
    [
        ({"typical_at_most": "2d"}, 600, "confirmed", "it typically takes at most 2d to “look”"),
        ({"typical_at_most": "2d"}, 400, "refuted", "it typically takes at most 2d to “look”"),
        ({"typical_at_least": "2d"}, 400, "confirmed", "it typically takes at least 2d to “look”"),
        ({"typical_at_least": "2d"}, 600, "refuted", "it typically takes at least 2d to “look”"),
        ({"p90_at_most": "2d"}, 950, "confirmed", "9 of 10 take at most 2d to “look”"),
        ({"p90_at_most": "2d"}, 850, "refuted", "9 of 10 take at most 2d to “look”"),
        ({"p90_at_least": "2d"}, 850, "confirmed", "9 of 10 take at least 2d to “look”"),
        ({"p90_at_least": "2d"}, 905, "unknown", "9 of 10 take at least 2d to “look”"),
    ],
)  # fmt: skip
def test_a_time_is_settled_by_the_share_within_it_and_shown_as_a_time(
    plan: Plan, limit: dict[str, str], within: int, word: str, words: str
) -> None:
    claim = Claim(time=TimeClaim(to="look again", **limit))
    words = words.replace("“look”", "“look again”")
    measure = "time_p90" if "p90" in next(iter(limit)) else "time"
    time = Fact(
        "statement:pay-1", measure, 99.0, "s", 1_000, 90.0, None, 1_000, 1_000,
        "look again", "", *WINDOW,
    )  # fmt: skip
    facts = [time, share("time_within", within, 1_000, target="look again")]
    verdict = verdict_on(plan, claim, facts)
    assert (verdict.verdict, verdict.claim) == (word, words)
    assert (verdict.value, verdict.unit, verdict.low, verdict.high) == (99.0, "s", 90.0, None)  # fmt: skip
    only_share = verdict_on(plan, claim, facts[1:])
    assert (only_share.value, only_share.unit) == (within / 1_000, "share")


def test_a_time_that_was_not_watched_long_enough_is_unknown(plan: Plan) -> None:
    claim = Claim(time=TimeClaim(to="x", typical_at_most="2y"))
    fact = replace(share("time_within", 500, 1_000, target="x"), value=None)
    verdict = verdict_on(plan, claim, [fact])
    assert verdict.verdict == "unknown"
    assert verdict.reason == "observation stops before the time claimed"
    assert verdict.further_cases is None


def test_fewer_than_ten_cases_settle_nothing(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="1%"))
    verdict = verdict_on(plan, claim, [share("reach", 9, 9)])
    assert verdict.verdict == "unknown"
    assert verdict.reason == "only 9 cases are here; fewer than 10 settle nothing"
    assert verdict_on(plan, claim, [share("reach", 10, 10)]).verdict == "confirmed"


def test_a_claim_that_is_not_measured_is_unknown(plan: Plan) -> None:
    verdict = verdict_on(plan, Claim(goal=GoalClaim(at_least="1%")), [])
    assert (verdict.verdict, verdict.value, verdict.unit, verdict.n) == ("unknown", None, "", 0)  # fmt: skip
    assert verdict.reason == (
        "the events do not answer it; bind its step and measure the map again"
    )


@pytest.mark.parametrize(
    ("claim", "kind", "words", "reason"),
    [
        (
            Claim(score=ScoreClaim(at_least=1)),
            "score",
            "the feeling here is at least 1",
            "no feedback is in the evidence, so a score cannot be held against it",
        ),
        (
            Claim(mentions=MentionsClaim(theme="price", at_least="5%")),
            "mentions",
            "at least 5 % of those who write about it speak of “price”",
            "no words of customers are in the evidence; measure with --feedback",
        ),
        (
            Claim(effect=EffectClaim(goal="less")),
            "effect",
            "customers who meet this reach the goal less often than others (an association)",
            "its effect on the goal is not measured, too few cases with it or without it can be compared",
        ),
        (
            Statement(id="pay-1", lane="emotion", score=-1.5, importance=4),
            "score",
            "the feeling here is -1.5 ± 0.5",
            "no feedback is in the evidence, so a score cannot be held against it",
        ),
    ],
)
def test_what_events_cannot_answer_is_unknown_and_says_why(
    plan: Plan, claim: Claim | Statement, kind: str, words: str, reason: str
) -> None:
    verdict = verdict_on(plan, claim, [])
    assert (verdict.verdict, verdict.kind) == ("unknown", kind)
    assert (verdict.claim, verdict.reason) == (words, reason)


def test_a_statement_without_a_claim_gets_a_proposal(plan: Plan) -> None:
    verdict = verdict_on(
        plan, Statement(id="pay-1", lane="pains", text="It is slow"), []
    )
    assert (verdict.verdict, verdict.kind, verdict.text) == ("untestable", "", "It is slow")  # fmt: skip
    assert verdict.reason == "it claims nothing that could be counted"
    assert verdict.proposal == (
        "Say what could be counted, for example"
        " claim: {share: {activity: …, at_least: 20%}} or"
        " claim: {time: {to: …, typical_at_most: 2d}}."
    )


def test_a_score_alone_stands_for_its_text(plan: Plan) -> None:
    statement = Statement(id="pay-1", lane="loudness", score=1)
    assert verdict_on(plan, statement, []).text == "+1"
    assert verdict_on(plan, Statement(id="pay-1", lane="loudness"), []).text == ""


def test_what_comes_from_data_is_no_claim(plan: Plan) -> None:
    found = Statement(id="pay-1", lane="pains", source=Source(kind="data"))
    claims = {place: [found] for place in ("pay", "stage:1", "map")}
    report = check_map(plan("look", "pay", claims=claims), evidence_of())
    assert not report.of("statement:pay-1")
    claimed = found.model_copy(update={"claim": Claim(reach=ReachClaim(at_least="1%"))})
    assert verdict_on(plan, claimed, [share("reach", 9, 10)]).kind == "reach"


def test_a_claim_at_a_step_without_events_says_what_to_write(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="1%"))
    journey = plan("think=", claims={"think": [claim], "stage:1": [claim]})
    report = check_map(journey, evidence_of())
    for subject in ("statement:think-1", "statement:stage-1-1"):
        (verdict,) = report.of(subject)
        assert verdict.reason == "no event is bound to this step"
        assert (
            verdict.proposal == "Write which events mean it: events: [{activity: …}]."
        )


def test_the_shape_of_a_map_claims_reach_and_order(plan: Plan) -> None:
    facts = (
        share("reach", 900, 1_000, subject="step:look"),
        share("reach", 2, 1_000, subject="step:pay"),
        share("order", 100, 1_000, subject="transition:look>pay", target="look"),
    )
    report = check_map(plan("look think= pay"), evidence_of(*facts))
    rows = [
        (one.subject, one.kind, one.verdict, one.is_implied) for one in report.verdicts
    ]
    assert rows == [
        ("step:look", "reach", "confirmed", True),
        ("step:think", "reach", "unknown", True),
        ("step:pay", "reach", "refuted", True),
        ("transition:look>pay", "order", "refuted", True),
    ]
    assert report.verdicts[1].proposal == (
        "Write which events mean it: events: [{activity: …}]."
    )
    assert report.verdicts[1].reason == "no event is bound to this step"
    assert report.verdicts[3].claim == (
        "comes after “Look” in at least half of the cases with both"
    )
    assert report.verdicts[3].reason == "the evidence lies outside what is claimed"
    assert report.verdicts[0].reason == "the evidence lies inside what is claimed"


def test_what_is_never_seen_may_not_be_recorded(plan: Plan) -> None:
    facts = [share("reach", 0, 1_000, subject="step:look")]
    evidence = replace(evidence_of(*facts), unbound_steps=("look",))
    (verdict,) = check_map(plan("look"), evidence).verdicts
    assert verdict.verdict == "unknown"
    assert verdict.reason == (
        "no such event is in the data: it does not happen, or it is not recorded"
    )


def test_what_others_do_elsewhere_in_the_data_can_be_refuted_here(plan: Plan) -> None:
    facts = [share("reach", 0, 1_000, subject="step:look")]
    (verdict,) = check_map(plan("look"), evidence_of(*facts)).verdicts
    assert verdict.verdict == "refuted"


def test_what_the_team_claims_itself_is_not_implied_as_well(plan: Plan) -> None:
    claims = {
        "pay": [Claim(reach=ReachClaim(at_least="5%")), Claim(order=OrderClaim(after="look"))]
    }  # fmt: skip
    report = check_map(plan("look pay", claims=claims), evidence_of())
    assert [one.subject for one in report.verdicts] == [
        "step:look",
        "statement:pay-1",
        "statement:pay-2",
    ]
    assert report.verdicts[2].claim == "at least 50 % of the cases with both come here after “Look”"  # fmt: skip


def test_claims_of_stages_map_and_goal_stand_in_map_order(plan: Plan) -> None:
    claim = Claim(goal=GoalClaim(at_most="50%"))
    claims = {"stage:1": [claim], "map": [claim]}
    journey = plan("look=", goal="pay", goal_claim=claim, claims=claims)
    facts = [share("goal", 100, 1_000, subject="map")]
    report = check_map(journey, evidence_of(*facts))
    rows = [(one.subject, one.stage, one.step) for one in report.verdicts]
    assert rows == [
        ("map", "", ""),
        ("statement:map-1", "", ""),
        ("statement:stage-1-1", "1", ""),
        ("step:look", "1", "look"),
    ]
    assert report.verdicts[0].verdict == "confirmed"
    assert report.verdicts[0].text == "I have it"
    assert report.verdicts[0].claim == "at most 50 % of the cases here reach the goal"
    assert not report.verdicts[0].is_implied


def test_segments_that_are_settled_in_opposite_ways_are_mixed(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    parts = {"city=Graz": 200, "city=Linz": 50, "city=Wien": 120, "age=old": 50}
    facts = [
        share("reach", 420, 1_600),
        *(share("reach", hits, 400, segment=name) for name, hits in parts.items()),
    ]
    verdict = verdict_on(plan, claim, facts)
    assert verdict.verdict == "mixed"
    assert verdict.segments == (
        ("city=Graz", "confirmed"),
        ("city=Linz", "refuted"),
        ("age=old", "refuted"),
    )
    assert verdict.reason == (
        "segments disagree: city=Graz confirmed, city=Linz refuted"
    )
    assert verdict.further_cases is None


def test_segments_of_different_names_do_not_disagree(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    facts = [
        share("reach", 300, 1_000),
        share("reach", 200, 400, segment="city=Graz"),
        share("reach", 50, 400, segment="age=old"),
    ]
    assert verdict_on(plan, claim, facts).verdict == "unknown"


def test_a_segment_with_fewer_than_thirty_cases_settles_nothing(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    facts = [
        share("reach", 300, 1_000),
        share("reach", 29, 29, segment="city=Graz"),
        share("reach", 0, 400, segment="city=Linz"),
    ]
    verdict = verdict_on(plan, claim, facts)
    assert verdict.segments == (("city=Linz", "refuted"),)


def test_facts_of_parts_of_the_window_are_not_the_answer(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    month = replace(share("reach", 0, 500), window_to="2024-01-31")
    verdict = verdict_on(plan, claim, [month, share("reach", 500, 1_000)])
    assert verdict.verdict == "confirmed"


def test_many_questions_need_stronger_answers(plan: Plan) -> None:
    claims = [Claim(reach=ReachClaim(at_least="30%"))] * 40
    facts = [share("reach", 33, 80, subject=f"statement:pay-{i}") for i in range(1, 41)]
    few = [share("reach", 33, 80), *(share("reach", 24, 80, subject=f"statement:pay-{i}") for i in range(2, 41))]  # fmt: skip
    journey = plan("look", "pay", claims={"pay": claims})
    assert check_map(journey, evidence_of(*facts)).count("confirmed") == 40
    assert check_map(journey, evidence_of(*few)).count("confirmed") == 0
    strict = check_map(journey, evidence_of(*facts), false_discovery_rate=0.01)
    assert (strict.count("confirmed"), strict.false_discovery_rate) == (0, 0.01)


def test_the_effective_number_decides_not_the_number_of_cases(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    alike = replace(share("reach", 400, 1_000), n=20)
    verdict = verdict_on(plan, claim, [alike])
    assert (verdict.verdict, verdict.n) == ("unknown", 20)


def test_an_unknown_claim_says_how_many_cases_would_settle_it(plan: Plan) -> None:
    claim = Claim(share=ShareClaim(activity="x", at_least="30%"))
    verdict = verdict_on(plan, claim, [share("share", 315, 1_000, target="x")])
    assert verdict.verdict == "unknown"
    assert verdict.further_cases is not None
    assert verdict.reason == (
        f"too little evidence: about {verdict.further_cases:,} further cases would settle it"
    )
    # fewer independent cases at the same number of cases: more of them are needed
    alike = replace(share("share", 315, 1_000, target="x"), n=500)
    needed = verdict_on(plan, claim, [alike]).further_cases
    assert needed is not None
    assert needed > verdict.further_cases


def test_a_value_on_the_limit_is_settled_by_no_number(plan: Plan) -> None:
    claim = Claim(reach=ReachClaim(at_least="30%"))
    verdict = verdict_on(plan, claim, [share("reach", 300, 1_000)])
    assert (verdict.verdict, verdict.further_cases) == ("unknown", None)
    assert verdict.reason == (
        "the value is so near the limit that no number of cases would settle it"
    )


@pytest.mark.truth
def test_so_many_further_cases_settle_it_four_times_in_five(plan: Plan) -> None:
    rng = np.random.default_rng(20_260_405)
    claim = Claim(share=ShareClaim(activity="x", at_least="30%"))
    for hits, n in ((36, 100), (280, 1_000), (23, 60)):
        now = verdict_on(plan, claim, [share("share", hits, n, target="x")])
        assert now.verdict == "unknown"
        assert now.further_cases is not None
        # all cases of the log come here, so the further cases do as well
        size = n + round(now.further_cases * n / 2_000)
        counts = rng.binomial(size, hits / n, 400)
        settled = sum(
            int(times)
            for one, times in zip(*np.unique(counts, return_counts=True), strict=True)
            if verdict_on(
                plan, claim, [share("share", int(one), size, target="x")]
            ).verdict
            != "unknown"
        )
        assert 0.74 <= settled / 400 <= 0.9


def test_open_cases_and_customers_with_several_cases_are_noted(plan: Plan) -> None:
    report = check_map(plan("look"), evidence_of(open_cases=1_200, customers=1_500))
    assert report.notes == (
        "1,200 of 2,000 cases may still go on; they are left out of drop-off.",
        "1,500 customers have 2,000 cases; n is the effective number of independent cases.",
    )
    assert check_map(plan("look"), evidence_of()).notes == ()


def test_a_report_is_plain_data_without_holes(log: Log, plan: Plan) -> None:
    shop = log(*["look x pay"] * 30, *["look"] * 30, segments={"half": ["a", "b"] * 30})
    claims = {"look": [claim for claim, _ in SHARES.values()]}
    journey = plan("look", "pay think=", goal="pay", claims=claims)
    report = check_map(journey, measure_map(journey, shop))
    text = json.dumps(report.to_dict(), allow_nan=False)
    assert json.loads(text)["format"] == "desirepath/check/1"
    again = check_map(journey, measure_map(journey, shop))
    assert json.dumps(again.to_dict()) == text
    assert (report.map_id, report.title, report.cases) == ("shop", "Shop", 60)
    assert sum(report.count(word) for word in ("confirmed", "refuted", "unknown")) == len(report.verdicts)  # fmt: skip


def test_evidence_about_another_map_is_refused(plan: Plan) -> None:
    other = replace(evidence_of(), map_id="bank")
    with pytest.raises(CheckError) as error:
        check_map(plan("look"), other)
    assert str(error.value) == (
        'the evidence is about the map "bank", not "shop" [E401]\n'
        "  Measure this map: desirepath measure MAP --events FILE."
    )


@pytest.mark.parametrize("rate", [0.0, 1.0, -1.0, float("nan")])
def test_a_rate_is_between_0_and_1(plan: Plan, rate: float) -> None:
    with pytest.raises(CheckError) as error:
        check_map(plan("look"), evidence_of(), false_discovery_rate=rate)
    assert str(error.value) == (
        f"the false discovery rate is {rate:g} [E402]\n"
        "  Give a number between 0 and 1, such as 0.05."
    )
