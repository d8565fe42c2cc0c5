"""Kinds of jobs: each makes parts of a snapshot out of what it works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from desirepath.web.jobs.kinds.activities import activities
from desirepath.web.jobs.kinds.analyze import analyze
from desirepath.web.jobs.kinds.check import check
from desirepath.web.jobs.kinds.compare import compare
from desirepath.web.jobs.kinds.discover import discover
from desirepath.web.jobs.work import Parts, Work

KINDS: Final[Mapping[str, Callable[[Work], Parts]]] = {
    "check": check,
    "analyze": analyze,
    "discover": discover,
    "compare": compare,
    "activities": activities,
}
# Steps of the work by the name they give themselves, and how much is done when each begins.
SHARES: Final[Mapping[str, Mapping[str, float]]] = {
    "check": {
        "reading events": 0.02,
        "measuring the map": 0.4,
        "judging the map": 0.6,
        "choosing quotes": 0.62,
        "measuring how customers move": 0.7,
        "measuring groups": 0.75,
        "judging groups": 0.85,
    },
    "analyze": {
        "reading events": 0.02,
        "measuring the map": 0.4,
        "choosing quotes": 0.85,
        "reading the map in all ways": 0.9,
    },
    "discover": {"reading events": 0.02, "drafting maps": 0.5},
    "compare": {"reading events": 0.02, "holding two sides together": 0.5},
    "activities": {"reading events": 0.02, "counting what customers do": 0.7},
}
