"""What is answered of one verdict, and what of it guests are not told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.checked import share

from desirepath.check.parts import Against, Staleness
from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Fact
from desirepath.maps.edits.commands import edit_of
from desirepath.web.verdicts.groups import NO_FACTS, Facts
from desirepath.web.verdicts.said import MarkSaid
from desirepath.web.verdicts.since import Since, Touched, touched_by
from desirepath.web.verdicts.told import Told

NOTHING = Since(frozenset(), ())
WAS = Staleness(
    "drift", "confirmed", 0.8, 300, 0.75, 0.84, "2025-01-01", "2025-03-31", "refuted"
)
PAY = Verdict(
    subject="statement:pay",
    step="pay",
    stage="buy",
    kind="share",
    claim="at least 70 % of the cases here show “paid”",
    text="They pay",
    is_implied=False,
    verdict="stale",
    reason="the number has moved since",
    value=0.4,
    unit="share",
    n=120,
    low=0.32,
    high=0.49,
    staleness=WAS,
    against=(
        Against("segment", "device=app", "confirmed", 0.8, 60, 0.7, 0.9),
        Against("segment", "city=Ulm", "confirmed", 0.9, 8, 0.6, 1.0),
        Against("people", "supported", "supported"),
        Against("item", "anecdote of Mia", "refuted"),
    ),
)


def told(verdict: Verdict, *, is_guest: bool = False) -> MarkSaid:
    report = CheckReport("m", "M", (verdict,), (), (), 120, 120, 900, "", "", 0.05)
    return next(Told(report, NO_FACTS, is_guest).marks(NOTHING))


def test_a_stale_verdict_says_what_it_was_and_what_the_newest_evidence_says() -> None:
    mark = told(PAY)
    assert mark.was is not None
    assert (mark.verdict, mark.was.verdict, mark.was.now) == (
        "stale",
        "confirmed",
        "refuted",
    )
    assert mark.was.number.n == 300
    assert [one.name for one in mark.against] == [
        "device=app",
        "city=Ulm",
        "supported",
        "anecdote of Mia",
    ]


def test_guests_are_told_of_no_small_group_and_nobody_of_the_team() -> None:
    mark = told(PAY, is_guest=True)
    assert [one.name for one in mark.against] == ["device=app"]
    small = replace(PAY, n=8, staleness=replace(WAS, n=9))
    assert told(small).number is not None
    few = told(small, is_guest=True)
    assert (few.number, few.was) == (None, None)


def felt(measure: str, value: float, n: int, target: str = "emotion") -> Fact:
    ends = (value - 0.2, value + 0.2)
    return Fact(
        "touchpoint:chat",
        measure,
        value,
        "emotion",
        n,
        *ends,
        target=target,
        window_from="2025-01-01",
        window_to="2025-03-31",
    )


@pytest.mark.parametrize(("is_guest", "n"), [(False, 80), (False, 8), (True, 8)])
def test_promise_expectation_and_delivery_stand_side_by_side(
    *, is_guest: bool, n: int
) -> None:
    facts = Facts((
        felt("expectation", 1.2, 80),
        felt("delivery", 0.4, 80),
        felt("expectation_gap", -0.8, n, "paired"),
        share("touchpoint:chat", "promise_made", 300, 900),
        share("touchpoint:chat", "promise_kept", 90, 300, "touchpoint:chat"),
        share("step:pay", "promise_kept", 4, 8, "soon"),
        felt("delivery", 0.4, 80, "csat"),
    ))  # fmt: skip
    report = CheckReport("m", "M", (), (), (), 120, 120, 900, "", "", 0.05)
    places = ["step:pay", "step:look", "touchpoint:chat"]
    pay, chat = Told(report, facts, is_guest).held(places)
    assert (chat.ref, chat.sign, chat.is_paired) == (
        "touchpoint:chat",
        "" if is_guest else "short",
        True,
    )
    assert (chat.gap is None) is is_guest  # eight customers are not told to guests
    assert chat.expected is not None
    assert chat.delivered is not None
    assert (chat.expected.value, chat.delivered.value) == (1.2, 0.4)
    assert [(one.ref, one.number.hits) for one in chat.kept] == [("touchpoint:chat", 90)]  # fmt: skip
    assert [one.ref for one in pay.kept] == ([] if is_guest else ["statement:soon"])
    assert chat.window_from == "2025-01-01"


def test_edits_within_edits_tell_what_other_events_mean() -> None:
    edit = edit_of(
        {
            "do": "together",
            "edits": [
                {"do": "change", "ref": "step:pay", "field": "events", "value": []},
                {"do": "change", "ref": "step:look", "field": "name", "value": "Look"},
                {"do": "change", "ref": "map", "field": "goal.success", "value": "x"},
                {"do": "change", "ref": "map", "field": "goal.text", "value": "x"},
                {"do": "change", "ref": "persona:jo", "field": "segment", "value": {}},
            ],
        }
    )
    assert touched_by([edit]) == Touched(
        frozenset({"pay"}), frozenset({"jo"}), has_goal=True
    )
    assert touched_by([]) == Touched()
