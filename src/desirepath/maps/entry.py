"""Texts that stand outside the cells of a map, and may claim what can be counted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from desirepath.maps.base import Part
from desirepath.maps.claims import Claim


class Source(Part):
    """Who says so. What a model drafted (`ai`) never counts as evidence."""

    kind: Literal["customer", "staff", "management", "ai", "data"]
    by: str | None = None
    date: str | None = None


class Entry(Part):
    """A text of a persona, or the promise of a touchpoint, with a claim that events can answer.

    A plain text may stand in its place; then nothing could refute it.
    """

    text: str
    importance: Annotated[int, Field(ge=1, le=5)] | None = None
    status: Literal["assumption", "reasoned", "supported"] = "assumption"
    source: Source | None = None
    claim: Claim | None = None
    evidence: tuple[str, ...] = ()


def text_of(value: str | Entry) -> str:
    """The words of a text, be it plain or with a claim.

    Examples:
        >>> text_of("Search finds nothing"), text_of(Entry(text="Search finds nothing"))
        ('Search finds nothing', 'Search finds nothing')
    """
    return value if isinstance(value, str) else value.text
