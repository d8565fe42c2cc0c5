"""A check of the demo shop as a job keeps it: real verdicts and numbers, for everybody and for groups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import desirepath
from desirepath.check.report import CheckReport
from desirepath.events.simulate import simulate_shop
from desirepath.evidence.apart import GroupsApart, measure_groups
from desirepath.evidence.facts import Evidence
from desirepath.evidence.quotes import Quotes, choose_quotes
from desirepath.maps.model import JourneyMap
from desirepath.web.jobs.results import Extent, ReadSource, Results, Snapshot

DEMO = Path(desirepath.__file__).parent / "cli/demo_project/maps/assumed.yaml"
CUSTOMERS = 700


@dataclass(frozen=True)
class ShopCheck:
    """The demo map, checked."""

    journey: JourneyMap
    evidence: Evidence
    report: CheckReport
    quotes: Quotes
    apart: GroupsApart

    def parts(self) -> dict[str, Any]:
        """Parts of a snapshot, as a job gives them."""
        found: dict[str, Any] = {
            "report": self.report.to_dict(),
            "evidence": self.evidence.to_dict(),
            "quotes": self.quotes.to_dict(),
            "groups": [],
        }
        for number, one in enumerate(self.apart.groups):
            first, last = one.window
            group = {"segment": one.segment, "window_from": first, "window_to": last}
            found["groups"].append(group | {"cases": one.evidence.cases})
            report = desirepath.check_map(self.journey, one.evidence)
            found[f"report:{number}"] = report.to_dict()
            found[f"evidence:{number}"] = one.evidence.to_dict()
        return found

    def keep(
        self, results: Results, *, seq: int = 0, epoch: str = "epoch", made_us: int = 1
    ) -> Snapshot:
        """Keep it as the newest check of the map."""
        return results.add(
            self.journey.id,
            "check",
            self.parts(),
            seq=seq,
            epoch=epoch,
            made_us=made_us,
            by="Ann of the team",
            sources=[ReadSource("web.jsonl", rows=self.evidence.events)],
            extent=Extent(self.evidence.cases, self.evidence.events),
        )


@cache
def shop_check(customers: int = CUSTOMERS) -> ShopCheck:
    """The demo map, checked against simulated customers; made once."""
    with TemporaryDirectory() as folder:
        recipe = simulate_shop(customers, np.random.default_rng(1)).write(Path(folder))
        sequences = desirepath.read_events(recipe)
        feedback = desirepath.read_feedback(recipe)
    journey = desirepath.read_map(DEMO)
    evidence = desirepath.measure_map(
        journey,
        sequences,
        segments=(),
        feedback=feedback,
        readings=False,
    )
    report = desirepath.check_map(journey, evidence)
    quotes = choose_quotes(journey, sequences, feedback)
    del sequences.segments["region"]  # fewer groups are measured sooner
    apart = measure_groups(journey, sequences, feedback=feedback, most=9)
    return ShopCheck(journey, evidence, report, quotes, apart)
