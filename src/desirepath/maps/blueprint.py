"""Touchpoints and what stands behind them: promise, technology, process, people, physical evidence."""

from __future__ import annotations

from typing import Literal

from desirepath.maps.base import Part
from desirepath.maps.entry import Entry


class Touchpoint(Part):
    """A named point of contact and its backstage.

    A promise with a claim is held against events and answers: how often it was kept stands beside
    what customers expected and what they got.
    """

    id: str
    name: str
    channel: str | None = None
    owned: Literal["own", "partner", "paid", "earned", "customer"] | None = None
    organization: str | None = None
    online: bool | None = None
    direction: Literal["to_customer", "from_customer", "both"] | None = None
    promise: str | Entry | None = None
    expectation: str | None = None
    delivery: str | None = None
    technology: tuple[str, ...] = ()
    process: str | None = None
    people: tuple[str, ...] = ()
    physical_evidence: tuple[str, ...] = ()
    owner: str | None = None
    custom: dict[str, object] | None = None


class Organization(Part):
    """One of several providers of the journey."""

    id: str
    name: str
    role: str | None = None
