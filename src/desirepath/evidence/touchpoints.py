"""What happens at each touchpoint: its events, the answers about it, its numbers side by side. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.fingerprints import plain_name
from desirepath.events.sequences import BoolArray
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.question import ShareQuestion
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.entry import Entry, text_of
from desirepath.maps.model import JourneyMap
from desirepath.maps.promises import TOUCHPOINT

MADE = "promise_made"


@dataclass(frozen=True, slots=True)
class TouchpointNumbers:
    """Promise, expectation and delivery of one touchpoint; None where nobody knows.

    Attributes:
        ref: Ref of the touchpoint.
        name: Its name.
        promise: What it promises, "" for nothing.
        made: Share of all cases that meet it, so to whom the promise is made.
        kept: Share of those it was due for, for whom it was kept.
        before: Share of those it was made to, who had what was promised already.
        expected: What customers said they expected, on the emotion scale.
        delivered: What they got, on the same scale.
        gap: Delivered minus expected.
        claim: Kind of the claim of the promise, "" for none.
    """

    ref: str
    name: str
    promise: str
    made: Fact | None = None
    kept: Fact | None = None
    before: Fact | None = None
    expected: Fact | None = None
    delivered: Fact | None = None
    gap: Fact | None = None
    claim: str = ""

    @property
    def is_asked(self) -> bool:
        """True where customers were asked what they expected or what they got."""
        return self.expected is not None or self.delivered is not None


def touchpoint_numbers(
    journey_map: JourneyMap, evidence: Evidence
) -> tuple[TouchpointNumbers, ...]:
    """Numbers of the touchpoints that promise something, or of which customers expected something, in map order."""
    found = []
    for one in journey_map.touchpoints:
        ref = f"{TOUCHPOINT}{one.id}"
        kept, before = (
            evidence.find(ref, measure)
            for measure in ("promise_kept", "promise_before")
        )
        numbers = TouchpointNumbers(
            ref,
            one.name,
            text_of(one.promise) if one.promise else "",
            evidence.find(ref, MADE),
            kept,
            before,
            evidence.find(ref, "expectation"),
            evidence.find(ref, "delivery"),
            evidence.find(ref, "expectation_gap"),
            _claim_kind(one),
        )
        if numbers.promise or numbers.expected is not None:
            found.append(numbers)
    return tuple(found)


def _claim_kind(touchpoint: Touchpoint) -> str:
    promise = touchpoint.promise
    claim = promise.claim if isinstance(promise, Entry) else None
    return claim.kind if claim else ""


def touchpoint_of(laid: Laid, ref: str) -> Touchpoint:
    """The touchpoint that a ref names."""
    name = ref.removeprefix(TOUCHPOINT)
    return next(one for one in laid.map.touchpoints if one.id == name)


def events_at(laid: Laid, ref: str) -> BoolArray:
    """bool[n_events], events at a step or at a touchpoint."""
    if ref.startswith(TOUCHPOINT):
        return touched(laid, touchpoint_of(laid, ref))
    place = laid.place[ref.removeprefix("step:")]
    return np.asarray(laid.aligned.step_of_event == place)


def made_question(laid: Laid, touchpoint: Touchpoint) -> ShareQuestion | None:
    """Of all cases, those that meet a touchpoint; None where its events cannot be told."""
    events = touched(laid, touchpoint)
    if not events.any():
        return None
    met = kernels.any_in_case(events, laid.sequences.offsets)
    return ShareQuestion(f"{TOUCHPOINT}{touchpoint.id}", MADE, laid.everyone, met)


def touched(laid: Laid, touchpoint: Touchpoint) -> BoolArray:
    """bool[n_events], events at a touchpoint.

    At steps that have no other touchpoint all of them; at the others those that come by its channel,
    where no other one there has the same.
    """
    places = [
        laid.place[step.id]
        for step in laid.map.steps()
        if step.touchpoints == (touchpoint.id,)
    ]
    found = np.isin(laid.aligned.step_of_event, places)
    channel = plain_name(touchpoint.channel or "")
    if not channel:
        return np.asarray(found)
    names = [plain_name(one) for one in laid.sequences.channels]
    by_channel = np.array([one == channel for one in names], dtype=np.bool_)
    shared = [
        laid.place[step.id]
        for step in laid.map.steps()
        if len(step.touchpoints) > 1
        and touchpoint.id in step.touchpoints
        and not any(_channel(laid, one) == channel for one in step.touchpoints if one != touchpoint.id)
    ]  # fmt: skip
    here = np.isin(laid.aligned.step_of_event, shared)
    return np.asarray(found | (here & by_channel[laid.sequences.codes]))


def _channel(laid: Laid, name: str) -> str:
    channels = (one.channel for one in laid.map.touchpoints if one.id == name)
    return plain_name(next(channels, None) or "")


def answers_about(laid: Laid, heard: Heard, ref: str) -> BoolArray:
    """bool[n_answers], answers that name a touchpoint, and those at steps that have no other."""
    touchpoint = touchpoint_of(laid, ref)
    called = (plain_name(touchpoint.id), plain_name(touchpoint.name))
    names = [plain_name(one) for one in heard.feedback.hints.values]
    is_named = np.array([name in called for name in names], dtype=np.bool_)
    only = [
        laid.place[step.id]
        for step in laid.map.steps()
        if step.touchpoints == (touchpoint.id,)
    ]
    here = is_named[heard.feedback.hints.codes] | np.isin(heard.step, only)
    return np.asarray(heard.is_used & here)
