"""The story of a map as it is answered."""

from __future__ import annotations

from dataclasses import asdict, replace

from desirepath.maps.model import JourneyMap
from desirepath.render.story import StoryItem, StoryLane, StoryStep, story_of
from desirepath.web.readings.flows import for_guests
from desirepath.web.readings.guests import evidence_for_guests, report_for_guests
from desirepath.web.readings.said import WalkPersonaSaid, WalkStepSaid
from desirepath.web.readings.shelf import Checked

# Lanes that may name people of the team or of partners.
WHO = ("people", "owner")


def story_steps(
    journey: JourneyMap,
    checked: Checked | None,
    *,
    persona: str,
    language: str,
    is_guest: bool,
) -> list[WalkStepSaid]:
    """Steps to walk through.

    Args:
        journey: The map as it stands.
        checked: The newest check; None where there is none, then only what the team says is told.
        persona: Whose way, "" for everybody's.
        language: Language of words and numbers.
        is_guest: Whether it is for somebody who came with a link: no words of customers, no names of
            the team, no number about fewer than ten people.
    """
    if checked and is_guest:
        checked = _checked_for_guests(checked)
    flows = checked.flows if checked else ()
    steps = story_of(
        journey,
        report=checked.report if checked else None,
        evidence=checked.evidence if checked else None,
        quotes=checked.quotes if checked else (),
        flow=flows[-1] if flows else None,
        persona=persona,
        language=language,
    )
    if is_guest:
        steps = tuple(_for_guests(one) for one in steps)
    return [WalkStepSaid.model_validate(_plain(asdict(one))) for one in steps]


def personas_of(journey: JourneyMap) -> list[WalkPersonaSaid]:
    """Personas one can walk as."""
    return [
        WalkPersonaSaid(id=one.id, name=one.name)
        for one in journey.personas
        if not isinstance(one, str)
    ]


def _checked_for_guests(checked: Checked) -> Checked:
    return replace(
        checked,
        report=report_for_guests(checked.report),
        evidence=evidence_for_guests(checked.evidence) if checked.evidence else None,
        quotes=(),
        flows=tuple(map(for_guests, checked.flows)),
    )


def _for_guests(step: StoryStep) -> StoryStep:
    return replace(
        step,
        quotes=(),
        front=tuple(map(_lane_for_guests, step.front)),
        behind=tuple(
            _lane_for_guests(one) for one in step.behind if one.key not in WHO
        ),
    )


def _lane_for_guests(lane: StoryLane) -> StoryLane:
    return replace(lane, items=tuple(map(_item_for_guests, lane.items)))


def _item_for_guests(item: StoryItem) -> StoryItem:
    is_statement = item.ref.startswith("statement:")
    return replace(item, note="") if is_statement else item


def _plain(data: object) -> object:
    """Tuples as lists."""
    if isinstance(data, dict):
        return {name: _plain(one) for name, one in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(one) for one in data]
    return data
