"""Discovery: draft maps and all that is known of how they came about. Drafts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desirepath.discover.ledger import Ledger
from desirepath.discover.looks import Look
from desirepath.discover.way import Nearness, Way
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap


@dataclass(frozen=True, slots=True)
class Discovery:
    """Draft maps, the one that tells most steps of most cases first.

    Attributes:
        maps: One draft for each kind of journey.
        ways: The row of activities behind each map.
        near: How near the cases looked at are to each way.
        evidence: What was measured of the first map while drafting.
        ledger: Where every event went.
        looks: What to look at first, on the first map.
        cases: Cases looked at: those that reach the goal, where one is given.
        all_cases: All cases in the days asked for.
        customers: Customers behind all these cases.
        near_cases: Cases looked at that are near to any of the ways.
        ends: Activities with which most cases looked at end, and how many do.
        notes: What the reader should know or may want to ask for.
    """

    maps: tuple[JourneyMap, ...]
    ways: tuple[Way, ...]
    near: tuple[Nearness, ...]
    evidence: Evidence
    ledger: Ledger
    looks: tuple[Look, ...]
    cases: int
    all_cases: int
    customers: int
    near_cases: int
    ends: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()

    @property
    def best(self) -> JourneyMap:
        """The first draft."""
        return self.maps[0]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        rows = zip(self.maps, self.ways, self.near, strict=True)
        return {
            "format": "desirepath/discovery/1",
            "cases": self.cases,
            "all_cases": self.all_cases,
            "customers": self.customers,
            "near_cases": self.near_cases,
            "window_from": self.evidence.window_from,
            "window_to": self.evidence.window_to,
            "kinds": [
                {
                    "map": one.id,
                    "title": one.title,
                    "steps": list(one.step_ids()),
                    "cases_of_kind": way.cases,
                    "near_cases": near.near_cases,
                    "median_distance": round(near.median_distance, 4),
                    "discovered": one.discovered.model_dump(mode="json")
                    if one.discovered
                    else None,
                }
                for one, way, near in rows
            ],
            "ends": [{"activity": name, "cases": cases} for name, cases in self.ends],
            "looks": [look.to_dict() for look in self.looks],
            "ledger": self.ledger.to_dict(),
            "notes": list(self.notes),
        }
