"""Facts written by hand, and the one finding of a kind."""

from __future__ import annotations

from collections.abc import Callable

from desirepath.analyze.finding import Finding, Section
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import Evidence, Fact
from desirepath.stats.intervals import wilson

Log = Callable[..., Sequences]


def share(
    subject: str, measure: str, hits: int, n: int, target: str = "", **more: object
) -> Fact:
    ends = wilson(hits, n)
    return Fact(
        subject, measure, hits / n, "share", n, float(ends.low), float(ends.high),
        hits=hits, cases=n, target=target, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def mood(
    subject: str, value: float, n: int = 100, measure: str = "score", **more: object
) -> Fact:
    given = {"target": "emotion", **more}
    return Fact(
        subject, measure, value, "emotion", n, value - 0.2, value + 0.2,
        spread=1.0, source="feedback", **given,  # type: ignore[arg-type]
    )  # fmt: skip


def evidence(*facts: Fact) -> Evidence:
    return Evidence("shop", facts, 1000, 5000, 1000, "2024-01-01", "2024-06-30")


def only(section: Section, code: str) -> Finding:
    (found,) = [one for one in section.findings if one.code == code]
    return found
