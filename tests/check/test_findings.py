"""What follows from verdicts: coverage, departures, what to find out, what speaks against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desirepath.check.parts import Coverage
from desirepath.check.report import CheckReport
from desirepath.check.research import answers_for_share
from desirepath.check.verdicts import check_map
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.library import EvidenceItem
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, ReachClaim, ScoreClaim, ShareClaim
from desirepath.maps.model import JourneyMap, Statement
from desirepath.stats.intervals import wilson

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
SPRING = ("2024-01-01", "2024-03-31")
REACH = Claim(reach=ReachClaim(at_least="30%"))


def share(
    name: str,
    value: float,
    n: int = 1_000,
    segment: str = "",
    window: tuple[str, str] = SPRING,
) -> Fact:
    one = wilson(value * n, n)
    return Fact(
        f"statement:{name}", "reach", value, "share", n, float(one.low), float(one.high),
        int(value * n), n, "", segment, *window,
    )  # fmt: skip


def evidence(*facts: Fact) -> Evidence:
    return Evidence("shop", facts, 1_000, 5_000, 1_000, *SPRING)


def says(name: str, lane: str = "pains", **more: object) -> Statement:
    return Statement(id=name, lane=lane, text=name, **more)  # type: ignore[arg-type]


def test_coverage_counts_statements_by_their_importance(plan: Plan) -> None:
    journey = plan(
        "look pay",
        "wait",
        claims={
            "pay": [
                says("sure", claim=REACH, importance=5),
                says("open", claim=REACH, importance=1),
            ],
            "wait": [says("vague", "needs"), says("wrong", "needs", claim=REACH)],
        },
    )
    facts = (share("sure", 0.5), share("open", 0.3), share("wrong", 0.1))
    found = check_map(journey, evidence(*facts)).coverage
    assert found == (
        Coverage("map", "", 4, 1, 1, 0, 0, 1, 1, 8 / 12),
        Coverage("stage", "1", 2, 1, 0, 0, 0, 1, 0, 5 / 6),
        Coverage("stage", "2", 2, 0, 1, 0, 0, 0, 1, 0.5),
        Coverage("lane", "pains", 2, 1, 0, 0, 0, 1, 0, 5 / 6),
        Coverage("lane", "needs", 2, 0, 1, 0, 0, 0, 1, 0.5),
    )
    assert found[0].settled == 2


def test_a_map_on_which_nobody_wrote_anything_has_no_coverage(plan: Plan) -> None:
    assert check_map(plan("look pay"), evidence()).coverage == ()


def test_departures_are_listed_by_the_cases_that_make_them(
    log: Log, plan: Plan
) -> None:
    cases = ["a b c"] * 50 + ["a c"] * 30 + ["b a c"] * 20
    found = check_map(plan("a b c"), measure_map(plan("a b c"), log(*cases))).departures
    assert found is not None
    assert (found.follows, found.share, found.median) == (50, 0.5, 0.166_666_666_666_666_66)  # fmt: skip
    rows = [(one.step, one.kind, one.cases, one.asked) for one in found.places]
    assert rows == [("b", "passed_over", 30, 100), ("b", "too_early", 20, 70)]


def test_without_measured_departures_none_are_claimed(plan: Plan) -> None:
    assert check_map(plan("look"), evidence()).departures is None


def test_what_is_important_and_open_is_to_be_found_out_first(plan: Plan) -> None:
    journey = plan(
        "look pay",
        claims={
            "pay": [
                says("small", claim=REACH, importance=1),
                says("great", claim=REACH, importance=5),
                says("nearly", claim=REACH, importance=5),
                says("usual", claim=REACH),
                says("known", claim=REACH, importance=5),
            ]
        },
    )
    facts = (
        share("small", 0.31, 100),
        share("great", 0.31, 100),
        share("nearly", 0.38, 100),
        share("usual", 0.31, 100),
        share("known", 0.9),
    )
    found = check_map(journey, evidence(*facts)).research
    names = [one.subject.removeprefix("statement:") for one in found]
    assert names[:2] == ["great", "usual"]
    assert "known" not in names
    assert all(one.priority == one.importance * (1 - one.certainty) for one in found)
    assert found[0].by == "events"
    assert found[0].needed is not None
    assert found[0].days is not None
    # 1 000 cases in 91 days
    assert found[0].days == -(-found[0].needed * 91 // 1_000)


def test_at_most_five_things_are_to_be_found_out(plan: Plan) -> None:
    journey = plan("look", claims={"look": [says(f"s{i}") for i in range(9)]})
    assert len(check_map(journey, evidence()).research) == 5


def test_a_feeling_nobody_was_asked_about_needs_a_survey(plan: Plan) -> None:
    mood = Statement(id="mood", lane="emotion", score=1, importance=5)
    report = check_map(plan("look", claims={"look": [mood]}), evidence())
    first = report.research[0]
    assert (first.by, first.needed, first.certainty) == ("survey", 36, 0.0)
    assert first.text == "the feeling here is +1 ± 0.5"
    assert first.question == (
        "How did you feel at “Look”? (very bad -2 · -1 · 0 · +1 · +2 very good)"
    )


def test_a_net_promoter_score_is_asked_for_in_its_own_words(plan: Plan) -> None:
    nps = says("nps", claim=Claim(score=ScoreClaim(measure="nps", at_least=20)))
    first = check_map(plan("look", claims={"look": [nps]}), evidence()).research[0]
    assert first.question == "How likely is it that you would recommend us? (0 to 10)"
    assert first.needed is not None
    assert 250 < first.needed < 350


def test_what_is_not_recorded_is_to_be_recorded_or_asked(plan: Plan) -> None:
    claim = Claim(share=ShareClaim(activity="fax", at_least="10%"))
    journey = plan("look", claims={"look": [says("They fax", claim=claim)]})
    first = check_map(journey, evidence()).research[0]
    assert (first.by, first.needed) == ("binding", answers_for_share())
    assert first.question == (
        "At “Look”: did this happen to you - “They fax”? (yes / no)"
    )


def test_what_claims_nothing_needs_words_first(plan: Plan) -> None:
    journey = plan("look", claims={"look": [says("It is nice")]})
    first = check_map(journey, evidence()).research[0]
    assert (first.by, first.certainty) == ("wording", 0.0)
    assert "“It is nice”" in first.question


def against(report: CheckReport) -> list[tuple[str, str, str]]:
    (one,) = report.of("statement:sure")
    return [(found.kind, found.name, found.verdict) for found in one.against]


@pytest.fixture
def journey(plan: Plan) -> JourneyMap:
    statement = says("sure", claim=REACH, status="supported")
    return plan("look", claims={"look": [statement]})


def test_segments_and_windows_that_say_otherwise_are_kept(
    journey: JourneyMap,
) -> None:
    april = ("2024-02-01", "2024-02-29")
    facts = (
        share("sure", 0.5, 2_000),
        share("sure", 0.1, segment="device=phone"),
        share("sure", 0.8, segment="age=old"),
        share("sure", 0.1, window=april),
    )
    report = check_map(journey, evidence(*facts))
    assert report.of("statement:sure")[0].verdict == "confirmed"
    assert against(report) == [
        ("segment", "device=phone", "refuted"),
        ("window", "2024-02-01 to 2024-02-29", "refuted"),
    ]


def test_what_people_call_supported_speaks_against_a_refutation(
    journey: JourneyMap,
) -> None:
    report = check_map(journey, evidence(share("sure", 0.1)))
    assert against(report) == [("people", "marked as supported", "supported")]


def test_stories_that_a_verdict_contradicts_are_kept_without_their_words(
    journey: JourneyMap,
) -> None:
    no = EvidenceItem("a1", "anecdote", "2024-02", "clerk", text="secret", against=("sure",))  # fmt: skip
    yes = replace(no, id="a2", against=(), supports=("sure",))
    high = check_map(journey, evidence(share("sure", 0.6)), items=(no, yes))
    assert against(high) == [
        ("item", "a1: clerk (anecdote, 2024-02)", "speaks against it")
    ]
    low = check_map(journey, evidence(share("sure", 0.1)), items=(no, yes))
    assert ("item", "a2: clerk (anecdote, 2024-02)", "speaks for it") in against(low)
    assert "secret" not in str(low.to_dict())


def test_teams_that_disagree_are_named(plan: Plan) -> None:
    def felt(name: str, score: float, kind: str) -> Statement:
        return Statement.model_validate(
            {"id": name, "lane": "emotion", "score": score, "source": {"kind": kind, "by": name}}
        )  # fmt: skip

    voices = [felt(f"s{i}", -1.0, "staff") for i in range(3)]
    voices += [felt(f"m{i}", 2.0, "management") for i in range(3)]
    report = check_map(plan("look", claims={"look": voices}), evidence())
    (one,) = report.disagreements
    assert (one.step, one.lane, one.spread) == ("look", "emotion", 3.0)
