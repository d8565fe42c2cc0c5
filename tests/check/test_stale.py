"""Verdicts whose evidence is too old, or whose number has moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desirepath.check.parts import Smallest
from desirepath.check.report import CheckReport, Verdict
from desirepath.check.saved import read_report, write_report
from desirepath.check.verdicts import check_map
from desirepath.errors import CheckError
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.claims import Claim, ReachClaim, ScoreClaim, TimeClaim
from desirepath.maps.model import JourneyMap
from desirepath.stats.intervals import wilson

Plan = Callable[..., JourneyMap]
SPRING = ("2024-01-01", "2024-03-31")
SUMMER = ("2024-04-01", "2024-06-30")
REACH = Claim(reach=ReachClaim(at_least="30%"))


def share(value: float, n: int = 1_000, window: tuple[str, str] = SPRING) -> Fact:
    one = wilson(value * n, n)
    return Fact(
        "statement:pay-1", "reach", value, "share", n, float(one.low), float(one.high),
        int(value * n), n, "", "", *window,
    )  # fmt: skip


def evidence(*facts: Fact, window: tuple[str, str] = SPRING) -> Evidence:
    return Evidence("shop", facts, 1_000, 5_000, 1_000, *window)


@pytest.fixture
def journey(plan: Plan) -> JourneyMap:
    made = plan("look", "pay", claims={"pay": [REACH]})
    return made.model_copy(update={"review_every": "90d"})


def verdict(report: CheckReport) -> Verdict:
    (one,) = report.of("statement:pay-1")
    return one


def test_what_is_settled_is_due_a_term_after_its_evidence(journey: JourneyMap) -> None:
    report = check_map(journey, evidence(share(0.5)))
    assert (report.due, verdict(report).due) == ("2024-06-29", "2024-06-29")
    assert (report.review_every, report.today) == ("90d", "")
    unsettled = check_map(journey, evidence(share(0.3)))
    assert (unsettled.due, verdict(unsettled).due) == ("2024-06-29", "")


@pytest.mark.parametrize(
    ("today", "word"), [("2024-06-29", "confirmed"), ("2024-06-30", "stale")]
)
def test_evidence_is_too_old_the_day_after_it_is_due(
    journey: JourneyMap, today: str, word: str
) -> None:
    day = date.fromisoformat(today)
    one = verdict(check_map(journey, evidence(share(0.5)), today=day))
    assert one.verdict == word
    assert one.value == 0.5
    if word == "stale":
        assert one.reason == (
            "confirmed by evidence up to 2024-03-31; due for review since 2024-06-29 (every 90d)"
        )
        assert one.staleness is not None
        assert (one.staleness.because, one.staleness.was) == ("age", "confirmed")


def test_what_was_never_settled_does_not_become_stale(journey: JourneyMap) -> None:
    report = check_map(journey, evidence(share(0.3)), today=date(2030, 1, 1))
    assert verdict(report).verdict == "unknown"


def test_a_map_without_a_term_does_not_age(journey: JourneyMap) -> None:
    lasting = journey.model_copy(update={"review_every": None})
    report = check_map(lasting, evidence(share(0.5)), today=date(2030, 1, 1))
    assert (verdict(report).verdict, report.due) == ("confirmed", "")


def test_a_refuted_statement_stays_refuted_for_the_exit_code(
    journey: JourneyMap,
) -> None:
    report = check_map(journey, evidence(share(0.1)), today=date(2030, 1, 1))
    assert (verdict(report).verdict, report.is_refuted) == ("stale", True)


@pytest.mark.parametrize(
    ("before", "now", "word", "says"),
    [
        (0.5, 0.38, "stale", "confirmed"),
        (0.5, 0.2, "stale", "refuted"),
        (0.5, 0.3, "stale", "unknown"),
        (0.5, 0.46, "confirmed", "confirmed"),
        (0.3, 0.5, "confirmed", "confirmed"),
    ],
)
def test_a_number_that_moves_makes_a_settled_verdict_stale(
    journey: JourneyMap, before: float, now: float, word: str, says: str
) -> None:
    earlier = check_map(journey, evidence(share(before)))
    newest = evidence(share(now, window=SUMMER), window=SUMMER)
    one = verdict(check_map(journey, newest, earlier=earlier))
    assert (one.verdict, one.word_now, one.value) == (word, says, now)
    if word == "stale":
        was = one.staleness
        assert was is not None
        assert (was.because, was.was, was.value, was.window_to) == (
            "drift",
            "confirmed",
            before,
            "2024-03-31",
        )


def test_the_reason_says_what_is_true_now(journey: JourneyMap) -> None:
    earlier = check_map(journey, evidence(share(0.5)))
    endings = {
        0.38: "the newest evidence still has it confirmed",
        0.2: "the newest evidence has it refuted",
        0.3: "the newest evidence leaves it open",
    }
    for value, ending in endings.items():
        newest = evidence(share(value, window=SUMMER), window=SUMMER)
        one = verdict(check_map(journey, newest, earlier=earlier))
        assert one.reason == (
            f"it was confirmed up to 2024-03-31, and the number has moved since; {ending}"
        )


def test_how_large_a_move_matters_is_for_the_team_to_say(journey: JourneyMap) -> None:
    earlier = check_map(journey, evidence(share(0.5)))
    newest = evidence(share(0.4, window=SUMMER), window=SUMMER)
    for smallest, word in ((0.1, "stale"), (0.101, "confirmed")):
        report = check_map(
            journey, newest, earlier=earlier, smallest=Smallest(share=smallest)
        )
        assert verdict(report).verdict == word


def test_the_newest_window_of_growing_evidence_is_compared(
    journey: JourneyMap,
) -> None:
    earlier = check_map(journey, evidence(share(0.5)))
    whole = ("2024-01-01", "2024-06-30")
    april = share(0.5, window=("2024-04-01", "2024-04-30"))
    june = share(0.2, window=("2024-06-01", "2024-06-30"))
    grown = evidence(share(0.45, 2_000, whole), april, june, window=whole)
    one = verdict(check_map(journey, grown, earlier=earlier))
    assert (one.verdict, one.value) == ("stale", 0.2)
    calm = evidence(share(0.45, 2_000, whole), april, window=whole)
    assert verdict(check_map(journey, calm, earlier=earlier)).verdict == "confirmed"


def test_without_anything_new_nothing_has_moved_and_that_is_said(
    journey: JourneyMap,
) -> None:
    earlier = check_map(journey, evidence(share(0.5)))
    report = check_map(journey, evidence(share(0.2)), earlier=earlier)
    assert verdict(report).verdict == "refuted"
    assert report.notes[0] == (
        "No case began after the evidence of the earlier check (2024-03-31), so nothing could be seen to have moved."
    )
    assert [one.kind for one in verdict(report).against] == ["earlier"]


def test_a_claim_that_was_reworded_is_not_compared(
    plan: Plan, journey: JourneyMap
) -> None:
    other = plan(
        "look", "pay", claims={"pay": [Claim(reach=ReachClaim(at_least="20%"))]}
    )
    earlier = check_map(other, evidence(share(0.5)))
    newest = evidence(share(0.4, window=SUMMER), window=SUMMER)
    assert verdict(check_map(journey, newest, earlier=earlier)).verdict == "confirmed"


def test_a_stale_verdict_is_compared_from_its_newest_number_on(
    journey: JourneyMap,
) -> None:
    spring = check_map(journey, evidence(share(0.6)))
    summer = check_map(
        journey,
        evidence(share(0.45, window=SUMMER), window=SUMMER),
        earlier=spring,
    )
    assert verdict(summer).verdict == "stale"
    fall = ("2024-07-01", "2024-09-30")
    again = check_map(
        journey, evidence(share(0.45, window=fall), window=fall), earlier=summer
    )
    assert verdict(again).verdict == "confirmed"


def test_a_time_and_a_feeling_move_as_well(plan: Plan) -> None:
    time = Claim(time=TimeClaim(to="x", typical_at_most="2d"))
    mood = Claim(score=ScoreClaim(at_least=0.0))
    journey = plan("look", "pay", claims={"pay": [time, mood]})

    def facts(hours: float, score: float) -> tuple[Fact, ...]:
        typical_s = hours * 3_600
        within = replace(share(0.9), measure="time_within", target="x")
        spread = replace(within, measure="time", value=typical_s, unit="s", low=typical_s * 0.95, high=typical_s * 1.05)  # fmt: skip
        felt = Fact(
            "statement:pay-2", "score", score, "emotion", 400, score - 0.1, score + 0.1,
            400, 400, "emotion", "", *SPRING, spread=1.0,
        )  # fmt: skip
        return within, spread, felt

    earlier = check_map(journey, evidence(*facts(10, 1.0)))
    assert [one.verdict for one in earlier.verdicts if one.text] == ["confirmed"] * 2
    for hours, score, words in (
        (11.5, 0.8, ["confirmed", "confirmed"]),
        (14, 1.0, ["stale", "confirmed"]),
        (10, 0.6, ["confirmed", "stale"]),
    ):
        newest = evidence(*facts(hours, score))
        report = check_map(journey, newest, earlier=earlier, newest=newest)
        assert [one.verdict for one in report.verdicts if one.text] == words


def test_how_many_come_to_a_step_may_move(plan: Plan) -> None:
    journey = plan("look", "pay")
    reach = replace(share(0.5), subject="step:pay")
    earlier = check_map(journey, evidence(reach))
    fewer = evidence(replace(reach, value=0.3, hits=300))
    gone = evidence(replace(reach, value=0.002, hits=2))
    for newest, word in ((fewer, "confirmed"), (gone, "stale")):
        report = check_map(journey, newest, earlier=earlier, newest=newest)
        assert report.of("step:pay")[0].verdict == word


def test_a_check_of_another_map_is_refused(plan: Plan, journey: JourneyMap) -> None:
    other = replace(check_map(journey, evidence(share(0.5))), map_id="other")
    with pytest.raises(CheckError) as error:
        check_map(journey, evidence(share(0.5)), earlier=other)
    assert str(error.value) == (
        'the earlier check is about the map "other", not "shop" [E401]\n'
        "  Measure this map: desirepath measure MAP --events FILE."
    )


def test_a_saved_report_reads_back_the_same(
    journey: JourneyMap, tmp_path: Path
) -> None:
    earlier = check_map(journey, evidence(share(0.5)))
    newest = evidence(share(0.2, window=SUMMER), window=SUMMER)
    report = check_map(journey, newest, earlier=earlier, today=date(2024, 8, 1))
    file = write_report(report, tmp_path / "checks" / "shop.json")
    assert read_report(file) == report


def test_keys_of_newer_versions_are_left_out(
    journey: JourneyMap, tmp_path: Path
) -> None:
    file = write_report(
        check_map(journey, evidence(share(0.5))), tmp_path / "report.json"
    )
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"map_id"', '"mood": 1, "map_id"'), encoding="utf-8")
    assert read_report(file).map_id == "shop"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "the file is not a report in JSON [E404]"),
        ("[]", 'expected format "desirepath/check/1", found none [E404]'),
        ('{"format": "x"}', 'expected format "desirepath/check/1", found x [E404]'),
        ('{"format": "desirepath/check/1"}', "map_id is not what a report holds: "),
    ],
)
def test_what_is_no_report_is_refused(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError) as error:
        read_report(file)
    assert str(error.value).startswith(f"{file}: {what}")


def test_a_report_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match=r"cannot be read: .* \[E403\]"):
        read_report(tmp_path / "none.json")
    (tmp_path / "file").write_text("x")
    with pytest.raises(CheckError, match=r"cannot be written: .* \[E422\]"):
        write_report(
            CheckReport("m", "M", (), (), (), 0, 0, 0, "", "", 0.05),
            tmp_path / "file" / "report.json",
        )
