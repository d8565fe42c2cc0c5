"""Statements that would put what customers do on the map: lane, words and a claim that holds today."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desirepath.check.parts import Addition
from desirepath.events.feedback.cues import side_of
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.yaml_text import flow_text
from desirepath.sentences.phrase import Phrase

ACTIONS = ("actions", "customer_actions", "doing")
PAINS = ("pains", "pain_points", *ACTIONS)
GAINS = ("gains", "delights", *ACTIONS)
QUESTIONS = ("questions", *ACTIONS)
CHANNELS = ("touchpoints", "channels", *ACTIONS)
DEAD_LIMIT = "1%"
NO_SENTENCES = ("touchpoints", "emotion", "evidence", "flow")
TROUBLE = re.compile(
    r"error|fail|problem|complain|cancel|refund|timeout|crash|reject|declin|fehler|storn|erro|falha|reclam",
    re.IGNORECASE,
)
COARSE, FINE = 10.0, 1.0


def lane_of(journey_map: JourneyMap, wanted: tuple[str, ...]) -> str:
    """The first wanted lane that the map lists; else the first listed one that holds sentences."""
    lanes = journey_map.lanes or wanted
    free = [lane for lane in lanes if lane not in NO_SENTENCES]
    return next((lane for lane in wanted if lane in lanes), (*free, wanted[0])[0])


def limit_of(fact: Fact | None) -> str | None:
    """Round share below the lower end of an interval, as text; None where there is none above 0.

    Examples:
        >>> limit_of(Fact("map", "elsewhere", 0.2, "share", 900, 0.178, 0.22))
        '15%'
        >>> limit_of(Fact("map", "elsewhere", 0.05, "share", 900, 0.041, 0.06))
        '4%'
    """
    if fact is None or not fact.low:
        return None
    percent = fact.low * 100
    for step, least in ((5.0, COARSE), (1.0, FINE), (0.1, 0.1)):
        if percent >= least:
            return f"{int(percent / step + 1e-9) * step:g}%"
    return None


def for_activity(
    journey_map: JourneyMap, evidence: Evidence, fact: Fact
) -> Addition | None:
    """Statement at the step an activity mostly follows; at the map where it comes first.

    It is a pain where its name says that something went wrong; fewer goals alone are no pain.
    """
    place = f"step:{fact.after}" if fact.after else "map"
    measure = "elsewhere_here" if fact.after else "elsewhere"
    limit = limit_of(evidence.find(place, measure, target=fact.target))
    if limit is None:
        return None
    text = Phrase("add.after" if fact.after else "add.happens", activity=fact.target)
    claim = {"share": {"activity": fact.target, "at_least": limit}}
    lane = lane_of(journey_map, PAINS if TROUBLE.search(fact.target) else ACTIONS)
    return Addition(fact.after, lane, text, flow_text(claim))


def for_move(
    journey_map: JourneyMap, evidence: Evidence, fact: Fact, before: str, name: str
) -> Addition | None:
    """Statement at the step a move starts from."""
    limit = limit_of(evidence.find(fact.subject, "next", target=fact.target))
    if limit is None:
        return None
    claim = {"next": {"step": fact.target, "at_least": limit}}
    text = Phrase("add.move", step=name)
    return Addition(before, lane_of(journey_map, ACTIONS), text, flow_text(claim))


def for_channel(journey_map: JourneyMap, fact: Fact) -> Addition | None:
    """Statement at the map: customers come by a channel."""
    limit = limit_of(fact)
    if limit is None:
        return None
    claim = {"share": {"activity": "*", "channel": fact.target, "at_least": limit}}
    text = Phrase("add.channel", channel=fact.target)
    return Addition("", lane_of(journey_map, CHANNELS), text, flow_text(claim))


def for_theme(
    journey_map: JourneyMap, fact: Fact, step: str, here: Fact | None
) -> Addition | None:
    """Statement about a theme of what customers write, where they write it most."""
    limit = limit_of(here or fact)
    if limit is None:
        return None
    claim = {"mentions": {"theme": fact.target, "at_least": limit}}
    text = Phrase("add.theme", theme=fact.target.replace("_", " "))
    lanes = GAINS if side_of(fact.target) == "good" else PAINS
    return Addition(step, lane_of(journey_map, lanes), text, flow_text(claim))


def for_dead_step(journey_map: JourneyMap, step: str) -> Addition:
    """Statement that hardly anybody takes a step, to be kept until the team decides."""
    names: Mapping[str, str] = {one.id: one.name for one in journey_map.steps()}
    return Addition(
        step,
        lane_of(journey_map, QUESTIONS),
        Phrase("add.dead", step=names.get(step, step)),
        flow_text({"reach": {"at_most": DEAD_LIMIT}}),
    )
