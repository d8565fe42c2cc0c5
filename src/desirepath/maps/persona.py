"""Personas and the segments they stand for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from desirepath.maps.base import Part
from desirepath.maps.entry import Entry
from desirepath.maps.values import Share

# Fields whose texts are statements about the persona, in the order in which they are told.
TEXTS = (
    "wants_to_achieve",
    "needs",
    "jobs",
    "pains",
    "gains",
    "likes",
    "says",
    "thinks",
    "does",
    "feels",
    "quote",
    "found_us",
    "heard_before",
    "past_experience",
)


class Trait(Part):
    """A trait on a scale of 1 to 5."""

    name: str
    value: Annotated[int, Field(ge=1, le=5)]


class Segment(Part):
    """The rule on data that says who the persona stands for.

    Everything that is said must hold. Values and activities are patterns: ``*`` stands for any
    characters, ``?`` for one.

    Attributes:
        name: For the reader.
        rule: Value of each property of a case, or several of which one must hold:
            ``{device: mobile, country: [de, at]}``.
        did: Activities that the case shows, each of them.
        did_not: Activities that it does not show.
        times_at_least: How often it shows each activity of `did` at least.
        size: How many there are, where somebody counted.
    """

    name: str
    rule: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)
    did: str | tuple[str, ...] = ()
    did_not: str | tuple[str, ...] = ()
    times_at_least: Annotated[int, Field(ge=1)] = 1
    size: int | None = None

    @property
    def is_bound(self) -> bool:
        """True where the rule says anything."""
        return bool(self.rule or self.did or self.did_not)

    def words(self) -> str:
        """The rule in one line.

        Examples:
            >>> Segment(name="m", rule={"device": "mobile"}, did="chat*", times_at_least=2).words()
            'device is mobile, did chat* at least 2 times'
        """
        parts = [
            f"{name} is {' or '.join(listed(value))}"
            for name, value in self.rule.items()
        ]
        often = (
            f" at least {self.times_at_least} times" if self.times_at_least > 1 else ""
        )
        parts += [f"did {one}{often}" for one in listed(self.did)]
        parts += [f"did not {one}" for one in listed(self.did_not)]
        return ", ".join(parts)


def listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One text or several, as several.

    Examples:
        >>> listed("a"), listed(("a", "b"))
        (('a',), ('a', 'b'))
    """
    return (value,) if isinstance(value, str) else value


class Persona(Part):
    """One kind of customer, as the team describes them.

    Each of its texts may carry a claim; then it is held against the cases that it stands for.
    """

    id: str
    name: str
    kind: Literal["customer", "prospect", "ideal", "former", "employee", "partner"] = (
        "customer"
    )
    image: str | None = None
    role: str | None = None
    category: str | None = None
    tagline: str | None = None
    quote: str | Entry | None = None
    color: str | None = None
    new_or_existing: Literal["new", "existing"] | None = None
    found_us: str | Entry | None = None
    likes: tuple[str | Entry, ...] = ()
    wants_to_achieve: tuple[str | Entry, ...] = ()
    heard_before: str | Entry | None = None
    past_experience: str | Entry | None = None
    needs: tuple[str | Entry, ...] = ()
    jobs: tuple[str | Entry, ...] = ()
    pains: tuple[str | Entry, ...] = ()
    gains: tuple[str | Entry, ...] = ()
    says: tuple[str | Entry, ...] = ()
    thinks: tuple[str | Entry, ...] = ()
    does: tuple[str | Entry, ...] = ()
    feels: tuple[str | Entry, ...] = ()
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
