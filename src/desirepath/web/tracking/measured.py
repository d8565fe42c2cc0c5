"""Series fed by evidence: which facts can be followed, and the numbers of each new snapshot. Measures nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desirepath.evidence.facts import Evidence, Fact, evidence_from
from desirepath.maps.model import JourneyMap
from desirepath.render.words import Words
from desirepath.web.jobs.results import Results, Snapshot
from desirepath.web.tracking.numbers import Kind
from desirepath.web.tracking.series import Point, Series, Tracking, Way
from desirepath.web.verdicts.groups import CheckedGroup, groups_in

# What a team aims at; the other facts serve the analyses.
FOLLOWED = ("reach", "drop_off", "goal", "score", "time", "promise_kept")
GOOD_UP = ("goal", "score", "promise_kept")
GOOD_DOWN = ("drop_off", "time")
MOST_SNAPSHOTS, MOST_FACTS = 200, 400
US = 1_000_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact that a series can follow.

    Attributes:
        fact: The fact.
        place: Name of what it is about.
        label: What is measured, in words.
        kind: Kind of the series it makes.
        way: Which way is good.
    """

    fact: Fact
    place: str
    label: str
    kind: Kind
    way: Way


def evidence_in(results: Results, snapshot: Snapshot, group: str = "") -> Evidence:
    """Evidence of a snapshot, or of a group of its cases.

    Raises:
        WebError: E760 or E761 it is not there or damaged.
    """
    name = f"evidence:{group}" if group else "evidence"
    return evidence_from(results.part(snapshot.id, name), snapshot.id)


def windows_in(results: Results, snapshot: Snapshot) -> list[CheckedGroup]:
    """Windows of a check whose cases were measured apart, in order of time."""
    names = set(results.names(snapshot.id))
    groups = groups_in(results.part(snapshot.id, "groups") if "groups" in names else ())
    return [
        one
        for one in groups
        if one.window_from and not one.segment and f"evidence:{one.key}" in names
    ]


def choices(journey: JourneyMap, evidence: Evidence, words: Words) -> list[Choice]:
    """Facts over all cases that a series can follow, in map order."""
    names = places(journey)
    found = [
        Choice(fact, names[fact.subject], label_of(fact, journey, words), kind_of(fact), way_of(fact))
        for fact in evidence.facts
        if fact.subject in names and _is_followed(fact, evidence)
    ]  # fmt: skip
    order = {ref: number for number, ref in enumerate(names)}
    return sorted(found, key=lambda one: order[one.fact.subject])[:MOST_FACTS]


def places(journey: JourneyMap) -> dict[str, str]:
    """Names of what a series can be about, by ref, in map order."""
    found = {"map": journey.title}
    for stage in journey.stages:
        found[f"stage:{stage.id}"] = stage.name
        found |= {f"step:{step.id}": step.name for step in stage.steps}
    return found | {f"touchpoint:{one.id}": one.name for one in journey.touchpoints}


def label_of(fact: Fact, journey: JourneyMap, words: Words) -> str:
    """What a fact measures, in words."""
    steps = {step.id: step.name for step in journey.steps()}
    target = steps.get(fact.target, fact.target.replace("_", " "))
    if fact.measure == "score" and fact.target != "emotion":
        return words.say("fact.rated", target=fact.target)
    if fact.measure == "time" and fact.target == "goal":
        return words.say("fact.time_goal")
    return words.say(f"fact.{fact.measure}", target=target)


def kind_of(fact: Fact) -> Kind:
    """Kind of series that a fact makes."""
    if fact.unit == "share":
        return "share"
    if fact.unit == "s":
        return "time"
    return "nps" if fact.unit == "nps" else "own"


def way_of(fact: Fact) -> Way:
    """Which way is good, "" where neither is."""
    if fact.measure in GOOD_UP:
        return "up"
    return "down" if fact.measure in GOOD_DOWN else ""


def take_in(tracking: Tracking, results: Results, map_id: str) -> None:
    """Give every series that follows a fact the numbers of snapshots it does not have yet."""
    series = [one for one in tracking.all(map_id) if one.measure]
    if not series:
        return
    snapshots = results.all(map_id, "check", most=MOST_SNAPSHOTS)
    points = tracking.points(one.id for one in series)
    known = {(one.series, one.key) for each in points.values() for one in each}
    for snapshot in snapshots:
        lacking = [one for one in series if (one.id, _key(snapshot)) not in known]
        if lacking:
            tracking.put(_points(lacking, snapshot, evidence_in(results, snapshot)))


def shown_points(points: Sequence[Point]) -> list[Point]:
    """Numbers to show, one for each day: what was measured last before what people gave."""
    best: dict[str, Point] = {}
    for one in points:
        if one.value is None:
            continue
        before = best.get(one.day)
        if before is None or _rank(one) >= _rank(before):
            best[one.day] = one
    return [best[day] for day in sorted(best)]


def _rank(point: Point) -> tuple[bool, int]:
    return point.source == "measured", point.at_us


def _points(
    series: Sequence[Series], snapshot: Snapshot, evidence: Evidence
) -> Iterator[Point]:
    facts = {
        (one.subject, one.measure, one.target): one
        for one in reversed(evidence.facts)
        if _is_whole(one, evidence)
    }
    day = evidence.window_to or str(
        dt.datetime.fromtimestamp(snapshot.made_us / US, dt.UTC).date()
    )
    for one in series:
        fact = facts.get((one.ref, one.measure, one.fact_target))
        told = (fact.value, fact.n, fact.low, fact.high) if fact else (None,) * 4
        value, n, low, high = told
        yield Point(
            one.id, _key(snapshot), day, value, n, low, high, "measured", snapshot.by, snapshot.made_us
        )  # fmt: skip


def _is_followed(fact: Fact, evidence: Evidence) -> bool:
    return (
        fact.measure in FOLLOWED
        and fact.value is not None
        and fact.unit in ("share", "s", "nps", "score", "emotion")
        and _is_whole(fact, evidence)
    )


def _is_whole(fact: Fact, evidence: Evidence) -> bool:
    """Whether a fact is about all cases and the whole window."""
    days = (fact.window_from, fact.window_to)
    return not fact.segment and days == (evidence.window_from, evidence.window_to)


def _key(snapshot: Snapshot) -> str:
    return f"measured:{snapshot.id}"
