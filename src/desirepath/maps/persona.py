"""Personas and the segments they stand for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from desirepath.maps.base import Part
from desirepath.maps.values import Share


class Trait(Part):
    """A trait on a scale of 1 to 5."""

    name: str
    value: Annotated[int, Field(ge=1, le=5)]


class Segment(Part):
    """The rule on data that says who the persona stands for."""

    name: str
    rule: dict[str, str] = Field(default_factory=dict)
    size: int | None = None


class Persona(Part):
    """One kind of customer, as the team describes them."""

    id: str
    name: str
    kind: Literal["customer", "prospect", "ideal", "former", "employee", "partner"] = (
        "customer"
    )
    image: str | None = None
    role: str | None = None
    category: str | None = None
    tagline: str | None = None
    quote: str | None = None
    color: str | None = None
    new_or_existing: Literal["new", "existing"] | None = None
    found_us: str | None = None
    likes: tuple[str, ...] = ()
    wants_to_achieve: tuple[str, ...] = ()
    heard_before: str | None = None
    past_experience: str | None = None
    needs: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
    channels: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    buying_role: (
        Literal["user", "technical buyer", "economic buyer", "sponsor", "blocker"]
        | None
    ) = None
    segment: Segment | None = None
    share: Share | None = None
    custom: dict[str, object] | None = None
