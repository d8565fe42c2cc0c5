"""A broken promise of a touchpoint is a finding about that touchpoint."""

from __future__ import annotations

from collections.abc import Callable

from desirepath.analyze.expectations import unmet_expectations
from desirepath.events.sequences import Sequences
from desirepath.evidence.measure import measure_map
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim, TimeClaim
from desirepath.maps.entry import Entry
from desirepath.maps.model import JourneyMap


def test_a_broken_promise_is_told_of_its_touchpoint(
    log: Callable[..., Sequences], plan: Callable[..., JourneyMap]
) -> None:
    journey = plan("ask come")
    steps = tuple(
        one.model_copy(update={"touchpoints": ("desk",)} if one.id == "ask" else {})
        for one in journey.steps()
    )
    soon = Claim(time=TimeClaim(to="come", typical_at_most="10s"))
    desk = Touchpoint(
        id="desk", name="The desk", promise=Entry(text="Soon", claim=soon)
    )
    stages = (journey.stages[0].model_copy(update={"steps": steps}),)
    journey = journey.model_copy(update={"stages": stages, "touchpoints": (desk,)})
    cases = log(*["ask:0 come:5"] * 30, *["ask:0 come:50"] * 10, end_s=100)
    (found,) = unmet_expectations(journey, measure_map(journey, cases)).findings
    assert (found.code, found.subject, found.people) == ("A102", "touchpoint:desk", 10)
    assert found.value == 0.25
    assert "The desk" in str(found.place)
    assert "Soon" in str(found.words)
