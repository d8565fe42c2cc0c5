"""Verdicts on what stands beside the cells: promises of touchpoints and texts of personas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desirepath.check.report import CheckReport, Verdict
from desirepath.check.saved import read_report, write_report
from desirepath.check.verdicts import check_map
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, GoalClaim, ReachClaim, ShareClaim, TimeClaim
from desirepath.maps.entry import Entry
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona, Segment

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]


def cases(log: Log) -> Sequences:
    """Of 100 cases by phone 20 pay, of 100 by web 90; each pays after five seconds."""
    paid, not_paid = "look:0 pay:5", "look:0 fail:3"
    rows = [paid] * 20 + [not_paid] * 80 + [paid] * 90 + [not_paid] * 10
    return log(
        *rows, segments={"by": ["phone"] * 100 + ["web"] * 100}, end_s=10_000_000
    )


def judged(
    log: Log, journey: JourneyMap, *personas: Persona, touchpoints: object = ()
) -> CheckReport:
    journey = journey.model_copy(
        update={"personas": personas, "touchpoints": touchpoints}
    )
    return check_map(journey, measure_map(journey, cases(log)))


def found(verdicts: tuple[Verdict, ...]) -> list[tuple[str, str, str, float | None]]:
    return [
        (one.persona, one.lane, one.verdict, one.value if one.value is None else round(one.value, 2))
        for one in verdicts
    ]  # fmt: skip


PAYS = Entry(text="I can pay", claim=Claim(goal=GoalClaim(at_least="50%")))
FAILS = Entry(text="It fails", claim=Claim(share=ShareClaim(activity="fail", at_least="50%")))  # fmt: skip


def persona(name: str, by: str | None, *pains: str | Entry) -> Persona:
    segment = Segment(name=name, rule={"by": by}) if by else None
    return Persona(id=name, name=name.title(), pains=pains, segment=segment)


def test_a_text_of_a_persona_is_held_against_its_own_cases(
    log: Log, plan: Plan
) -> None:
    journey = plan("look pay fail", goal="pay")
    report = judged(
        log,
        journey,
        persona("ann", "phone", PAYS, FAILS, "Slow"),
        persona("bob", "web", PAYS, FAILS),
    )
    assert found(report.personas) == [
        ("ann", "pains", "refuted", 0.2),
        ("ann", "pains", "confirmed", 0.8),
        ("ann", "pains", "untestable", None),
        ("bob", "pains", "confirmed", 0.9),
        ("bob", "pains", "refuted", 0.1),
    ]
    assert all(one.persona == "" for one in report.verdicts)


def test_who_cannot_be_told_is_not_judged_by_everybody(log: Log, plan: Plan) -> None:
    reach = Entry(text="I come", claim=Claim(reach=ReachClaim(at_least="50%")))
    report = judged(
        log,
        plan("look pay fail", goal="pay"),
        persona("ann", None, PAYS),
        persona("bob", "fax", PAYS),
        persona("eve", "web", reach),
    )
    assert [(one.verdict, one.reason) for one in report.personas] == [
        ("unknown", "no segment.rule says who they are"),
        ("unknown", "fewer than 30 cases of this persona tell it, or the events do not answer it"),
        ("unknown", "it is about a step: write it as a statement there, with the persona"),
    ]  # fmt: skip


def test_texts_of_personas_count_in_no_number_about_the_map(
    log: Log, plan: Plan
) -> None:
    journey = plan("look pay fail", goal="pay")
    alone = judged(log, journey)
    report = judged(log, journey, persona("ann", "phone", PAYS, "Slow", "Dear"))
    assert [one.verdict for one in report.verdicts] == [one.verdict for one in alone.verdicts]  # fmt: skip
    assert report.coverage == alone.coverage
    assert (alone.is_refuted, report.is_refuted) == (False, True)
    assert [one.text for one in report.research] == [one.text for one in alone.research]


def test_a_promise_of_a_touchpoint_gets_a_verdict_and_its_numbers(
    log: Log, plan: Plan, tmp_path: Path
) -> None:
    journey = plan("look", "pay fail")
    stages = tuple(
        stage.model_copy(
            update={
                "steps": tuple(
                    one.model_copy(
                        update={"touchpoints": ("shop" if one.id == "look" else "till",)}
                    )
                    for one in stage.steps
                )
            }
        )
        for stage in journey.stages
    )  # fmt: skip
    journey = journey.model_copy(update={"stages": stages})
    soon = Claim(time=TimeClaim(to="pay", typical_at_most="3s"))
    touchpoints = (
        Touchpoint(id="shop", name="Shop", promise=Entry(text="Soon", claim=soon)),
        Touchpoint(id="till", name="Till", promise="Nice"),
        Touchpoint(id="none", name="None", promise=PAYS),
    )
    report = judged(log, journey, touchpoints=touchpoints)
    mine = [one for one in report.verdicts if one.subject.startswith("touchpoint:")]
    assert [(one.subject, one.step, one.stage, one.verdict, one.lane) for one in mine] == [
        ("touchpoint:shop", "look", "1", "refuted", "promise"),
        ("touchpoint:till", "", "2", "untestable", "promise"),
        ("touchpoint:none", "", "", "unknown", "promise"),
    ]  # fmt: skip
    assert mine[2].reason == "no step uses this touchpoint"
    shop = report.touchpoints[0]
    assert shop.kept is not None
    assert (shop.kept.hits, shop.kept.cases) == (0, 200)
    assert [one.ref for one in report.touchpoints] == [one.subject for one in mine]
    assert read_report(write_report(report, tmp_path / "report.json")) == report
