"""Results of the simulated shop as a job makes them, with the map of the demo; made once for all tests."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import desirepath
from desirepath.analyze.reading import analyze_map
from desirepath.check.report import CheckReport
from desirepath.events.simulate import simulate_shop
from desirepath.evidence.flow_files import flows_data
from desirepath.evidence.measure_flow import measure_levels
from desirepath.evidence.quotes import choose_quotes
from desirepath.maps.files import parse_map
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.results import ReadSource, Results, Snapshot

CUSTOMERS = 1500
MAP = Path(desirepath.__file__).parent / "cli/demo_project/maps/assumed.yaml"
DAY_US = 86_400_000_000


@cache
def shop_parts() -> Mapping[str, Any]:
    """Parts of a check, and the findings of an analysis, by name."""
    journey = parse_map(MAP.read_text(encoding="utf-8"), "map.yaml")
    with tempfile.TemporaryDirectory() as folder:
        shop = simulate_shop(CUSTOMERS, np.random.default_rng(1))
        recipe = shop.write(Path(folder))
        sequences = desirepath.read_events(recipe)
        feedback = desirepath.read_feedback(recipe)
    evidence = desirepath.measure_map(
        journey, sequences, feedback=feedback, every="month"
    )
    quotes = choose_quotes(journey, sequences, feedback)
    report = desirepath.check_map(journey, evidence)
    analysis = analyze_map(journey, evidence, quotes=quotes.quotes)
    parts = {
        "report": report.to_dict(),
        "evidence": evidence.to_dict(),
        "quotes": quotes.to_dict(),
        "flow": flows_data(measure_levels(sequences, steps=journey)),
        "activity_flow": flows_data(measure_levels(sequences, goal="order_again")),
        "findings": analysis.to_dict(),
        "findings:de": replace(analysis, language="de").to_dict(),
        "earlier": _before(report).to_dict(),
    }
    return {name: json.loads(json.dumps(data)) for name, data in parts.items()}


def _before(report: CheckReport) -> CheckReport:
    """The same check, as if nothing had been known of every fourth statement."""
    verdicts = (
        replace(one, verdict="unknown") if number % 4 == 0 else one
        for number, one in enumerate(report.verdicts)
    )
    return replace(report, verdicts=tuple(verdicts))


def add_results(
    log: EditLog, map_id: str, now_us: int, **changed: Any
) -> tuple[Snapshot, Snapshot]:
    """Put an earlier check, a check and an analysis of the shop beside a map; the last two.

    Args:
        log: The log with the map.
        map_id: The map.
        now_us: When.
        changed: Parts in place of those of the shop.
    """
    parts = {**shop_parts(), **changed}
    stored = log.load(map_id)
    results = Results(log.engine)

    def add(kind: Any, made_us: int, **mine: Any) -> Snapshot:
        return results.add(
            map_id,
            kind,
            mine,
            seq=stored.seq,
            epoch=stored.epoch,
            made_us=made_us,
            by="Ann",
            sources=[ReadSource("shop.csv", "", 7)],
        )

    add("check", now_us - 90 * DAY_US, report=parts["earlier"])
    names = ("report", "evidence", "quotes", "flow", "activity_flow")
    check = add("check", now_us, **{name: parts[name] for name in names})
    found = {name: parts[name] for name in parts if name.startswith("findings")}
    return check, add("analyze", now_us, **found)
