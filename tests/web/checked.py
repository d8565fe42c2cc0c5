"""Checks of maps on servers of tests: evidence written by hand, kept as a job would keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.web.server import Server

from desirepath.check.verdicts import check_map
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import Quotes
from desirepath.stats.intervals import wilson
from desirepath.web.jobs.results import Extent, Results, Snapshot

CUSTOMERS = 2000


def share(
    subject: str,
    measure: str,
    hits: int,
    cases: int,
    target: str = "",
    segment: str = "",
) -> Fact:
    """A share of cases with its interval."""
    ends = wilson(hits, cases)
    low, high = float(ends.low), float(ends.high)
    return Fact(subject, measure, hits / cases, "share", cases, low, high, hits, cases, target, segment)  # fmt: skip


def evidence_of(map_id: str, *facts: Fact, window: tuple[str, str]) -> Evidence:
    """Facts of a window; those that have a window of their own keep it."""
    dated = tuple(
        one
        if one.window_from
        else replace(one, window_from=window[0], window_to=window[1])
        for one in facts
    )
    return Evidence(map_id, dated, CUSTOMERS, 5 * CUSTOMERS, CUSTOMERS, *window)


def add_check(
    server: Server,
    evidence: Evidence,
    at_us: int,
    windows: Sequence[Evidence] = (),
    quotes: Quotes | None = None,
) -> Snapshot:
    """Keep a check of a map as a job would, with windows of it that were measured apart, and words of customers."""
    stored = server.log.load(evidence.map_id)
    report = check_map(stored.board.journey(), evidence)
    return Results(server.log.engine).add(
        evidence.map_id,
        "check",
        {
            "evidence": evidence.to_dict(),
            "report": report.to_dict(),
            "groups": [
                {
                    "window_from": one.window_from,
                    "window_to": one.window_to,
                    "cases": one.cases,
                }
                for one in windows
            ],
            **({"quotes": quotes.to_dict()} if quotes else {}),
            **{f"evidence:{n}": one.to_dict() for n, one in enumerate(windows)},
        },
        seq=stored.seq,
        epoch=stored.epoch,
        made_us=at_us,
        by="Ann",
        extent=Extent(
            evidence.cases,
            evidence.events,
            evidence.window_from,
            evidence.window_to,
        ),
    )
