"""Planned against actual: how many cases do just what is drawn, and where the others depart."""

from __future__ import annotations

from typing import get_args

from desirepath.check.parts import Departure, DepartureKind, Departures
from desirepath.evidence.facts import Evidence

MIN_SHARE = 0.02
MOST = 20


def departures_of(evidence: Evidence) -> Departures | None:
    """Where customers depart from the path drawn, most cases first; None where it was not measured.

    Listed is what surely at least 2 % of those who could do it do.
    """
    follows = evidence.find("map", "follows")
    if follows is None or follows.value is None:
        return None
    kinds: tuple[DepartureKind, ...] = get_args(DepartureKind)
    places = [
        Departure(
            fact.subject.removeprefix("step:"),
            kind,
            fact.hits,
            fact.cases,
            fact.value,
            fact.low,
            fact.high,
        )
        for kind in kinds
        for fact in evidence.select(None, kind, segment="")
        if fact.subject.startswith("step:")
        and (fact.window_from, fact.window_to)
        == (evidence.window_from, evidence.window_to)
        and fact.value is not None
        and fact.low is not None
        and fact.high is not None
        and fact.low >= MIN_SHARE
    ]
    places.sort(key=lambda one: (-one.cases, -one.share, one.step, one.kind))
    return Departures(
        evidence.deviation_median,
        follows.hits,
        follows.value,
        follows.low or 0.0,
        follows.high if follows.high is not None else 1.0,
        tuple(places[:MOST]),
    )
