"""Statements that put on the map what customers do."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from desirepath.check.additions import for_dead_step
from desirepath.check.gaps import missing_from
from desirepath.check.parts import Addition, Gap
from desirepath.check.verdicts import check_map
from desirepath.cli.app import run
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, MentionsClaim, NextClaim
from desirepath.maps.files import read_map, write_map
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]
CASES = (
    *["look pay happy"] * 60,
    *["look pay pay_error pay happy"] * 30,
    *["look ask@phone pay happy"] * 20,
    *["look wait pay look pay"] * 25,
)


def gaps(journey: JourneyMap, cases: Sequences) -> dict[tuple[str, str], Gap]:
    evidence = measure_map(journey, cases)
    return {(gap.kind, gap.name): gap for gap in missing_from(journey, evidence)}


def test_each_gap_has_examples_and_a_statement(log: Log, plan: Plan) -> None:
    journey = plan("look pay", "happy")
    found = gaps(journey, log(*CASES))
    assert set(found) == {
        ("activity", "pay_error"),
        ("activity", "ask"),
        ("activity", "wait"),
        ("channel", "phone"),
        ("move", "Pay > Look"),
    }
    assert all(len(gap.examples) == 3 for gap in found.values())
    assert found["activity", "pay_error"].addition == Addition(
        "pay",
        "pains",
        "After this, “pay_error” happens",
        "{share: {activity: pay_error, at_least: 15%}}",
    )
    assert found["channel", "phone"].addition == Addition(
        "",
        "touchpoints",
        "Customers come by phone",
        '{share: {activity: "*", channel: phone, at_least: 9%}}',
    )
    assert found["move", "Pay > Look"].addition == Addition(
        "pay",
        "actions",
        "From here customers also go to “Look”",
        "{next: {step: look, at_least: 10%}}",
    )


def test_only_lanes_that_the_map_lists_are_proposed(log: Log, plan: Plan) -> None:
    journey = plan("look pay", "happy").model_copy(update={"lanes": ("notes", "pains")})
    found = gaps(journey, log(*CASES))
    lanes = {gap.name: gap.addition.lane for gap in found.values() if gap.addition}
    assert lanes == {
        "pay_error": "pains",
        "ask": "notes",
        "wait": "notes",
        "phone": "notes",
        "Pay > Look": "notes",
    }


def test_the_commands_put_everything_on_the_map(
    log: Log, plan: Plan, tmp_path: Path
) -> None:
    file = tmp_path / "my shop's map.yaml"
    write_map(plan("look pay", "happy"), file)
    cases = log(*CASES)
    for gap in gaps(read_map(file), cases).values():
        assert gap.addition is not None
        program, *words = shlex.split(gap.addition.command(str(file)))
        assert program == "desirepath"
        assert run(words) == 0
    journey = read_map(file)
    evidence = measure_map(journey, cases)
    report = check_map(journey, evidence)
    assert report.missing == ()
    added = [one for one in report.verdicts if one.text]
    assert len(added) == 5
    assert all(one.value is not None for one in added)
    assert "refuted" not in {one.verdict for one in added}


def test_a_step_nobody_takes_can_be_questioned(
    log: Log, plan: Plan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shop.yaml"
    write_map(plan("look pay", "rare"), file)
    command = for_dead_step(read_map(file), "rare").command(str(file))
    assert run(shlex.split(command)[1:]) == 0
    assert "Added to questions at “Rare”" in capsys.readouterr().out
    cases = log(*["look pay"] * 900, "look pay rare")
    journey = read_map(file)
    report = check_map(journey, measure_map(journey, cases))
    assert [one.verdict for one in report.verdicts if one.text] == ["confirmed"]


def test_a_move_that_a_statement_claims_is_on_the_map(log: Log, plan: Plan) -> None:
    claim = Claim(next=NextClaim(step="look", at_least="5%"))
    journey = plan("look pay", "happy", claims={"pay": [claim]})
    assert ("move", "Pay > Look") not in gaps(journey, log(*CASES))


def mentions(theme: str, low: float, hits: int, subject: str = "map") -> Fact:
    return Fact(subject, "mentions", low + 0.05, "share", 400, low, low + 0.1, hits, 400, theme)  # fmt: skip


def test_themes_of_feedback_that_no_claim_names_are_missing(plan: Plan) -> None:
    evidence = Evidence(
        "shop",
        (
            mentions("waiting", 0.2, 100),
            mentions("waiting", 0.1, 20, "step:look"),
            mentions("waiting", 0.32, 80, "step:pay"),
            mentions("price", 0.2, 100),
            mentions("rare", 0.019, 9),
        ),
        1_000,
        5_000,
        1_000,
        "",
        "",
    )
    price = Claim(mentions=MentionsClaim(theme="price", at_least="5%"))
    statement = Statement(id="price", lane="pains", text="It costs", claim=price)
    (gap,) = missing_from(plan("look pay", claims={"look": [statement]}), evidence)
    assert (gap.kind, gap.name, gap.after) == ("theme", "waiting", "pay")
    assert gap.addition == Addition(
        "pay",
        "pains",
        "Customers write of “waiting”",
        "{mentions: {theme: waiting, at_least: 30%}}",
    )


def test_places_of_contact_that_belong_to_others_are_named_so(
    log: Log, plan: Plan
) -> None:
    cases = ["newsletter_open look pay"] * 30 + ["google_ad look pay"] * 30
    cases += ["look add_to_cart pay"] * 30
    kinds = {gap.name: gap.kind for gap in missing_from(plan("look pay"), measure_map(plan("look pay"), log(*cases)))}  # fmt: skip
    assert kinds == {
        "newsletter_open": "place",
        "google_ad": "place",
        "add_to_cart": "activity",
    }
