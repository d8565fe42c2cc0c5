"""A check of the demo shop as a job keeps it: real verdicts and numbers, for everybody and for groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import desirepath
from desirepath.check.report import CheckReport
from desirepath.events.simulate import simulate_shop
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

    def parts(self) -> dict[str, Any]:
        """Parts of a snapshot, as a job gives them."""
        found: dict[str, Any] = {
            "report": self.report.to_dict(),
            "evidence": self.evidence.to_dict(),
            "quotes": self.quotes.to_dict(),
            "groups": [],
        }
        for segment, days in self.groups():
            facts = tuple(
                replace(one, segment="")
                for one in self.evidence.facts
                if one.segment == segment
                and (not days or days == (one.window_from, one.window_to))
            )
            reached = (one.cases for one in facts if one.measure == "reach")
            cases = max(reached, default=0)
            own = replace(
                self.evidence,
                facts=facts,
                cases=cases,
                window_from=facts[0].window_from,
                window_to=facts[0].window_to,
            )
            number = len(found["groups"])
            first, last = days or ("", "")
            group = {"segment": segment, "window_from": first, "window_to": last}
            found["groups"].append(group | {"cases": cases})
            report = desirepath.check_map(self.journey, own)
            found[f"report:{number}"] = report.to_dict()
        return found

    def groups(self) -> list[tuple[str, tuple[str, str] | None]]:
        """Segments, personas, and windows."""
        facts = self.evidence.facts
        segments = dict.fromkeys(one.segment for one in facts if one.segment)
        whole = (self.evidence.window_from, self.evidence.window_to)
        days = dict.fromkeys(
            (one.window_from, one.window_to)
            for one in facts
            if not one.segment and one.measure == "reach"
        )
        windows = [one for one in days if one != whole]
        return [*((one, None) for one in segments), *(("", one) for one in windows)]

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
        segments=("first_device",),
        every="quarter",
        feedback=feedback,
        readings=False,
    )
    report = desirepath.check_map(journey, evidence)
    quotes = choose_quotes(journey, sequences, feedback)
    return ShopCheck(journey, evidence, report, quotes)
