"""Evidence: the table of facts about a map. Measures nothing itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from desirepath.errors import EvidenceError, Problem

FORMAT = "desirepath/evidence/1"


@dataclass(frozen=True, slots=True)
class Fact:
    """One number about one element, never without its n and interval.

    Attributes:
        subject: Ref of the element: ``map``, ``stage:find``, ``step:search``, ``statement:s-1a2b3c``,
            ``transition:search>compare``.
        measure: What is measured: reach, order, next, drop_off, time, goal, share, channel, …
        value: Share between 0 and 1, seconds, or count; None where it cannot be told (a median that
            fewer than half reach).
        unit: ``share``, ``s`` or ``count``.
        n: Effective number of independent observations behind the value.
        low: Lower end of the interval; None where unbounded.
        high: Upper end of the interval; None where unbounded.
        hits: Count of cases for which it holds, for shares.
        cases: Cases looked at, before any reduction to an effective number.
        target: The other side where there is one: a step, an activity pattern, a channel, a limit.
        segment: ``name=value``, or "" for all cases.
        window_from: First day, ISO date, UTC; "" where the source has no times.
        window_to: Last day, ISO date, UTC.
        level: Coverage of the interval.
        source: Which source the number comes from.
    """

    subject: str
    measure: str
    value: float | None
    unit: str
    n: int
    low: float | None
    high: float | None
    hits: int = 0
    cases: int = 0
    target: str = ""
    segment: str = ""
    window_from: str = ""
    window_to: str = ""
    level: float = 0.95
    source: str = "events"
