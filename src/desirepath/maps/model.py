"""JourneyMap: the whole document, typed and frozen. Reads and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from desirepath.maps import entry
from desirepath.maps.base import Part
from desirepath.maps.blueprint import Organization, Touchpoint
from desirepath.maps.claims import Claim
from desirepath.maps.persona import Persona
from desirepath.maps.values import Date, Duration, Share

FORMAT: Final = "desirepath/map/1"
Source = entry.Source


class Purpose(Part):
    """Why the map exists and who works with it."""

    why: str | None = None
    business_result: str | None = None
    customer_result: str | None = None
    used_by: tuple[str, ...] = ()


class Goal(Part):
    """What the customer wants, and the events that show success or failure.

    Each is an activity pattern, or several that must happen in this order: ``basket > pay``. Of a
    list, any is enough.
    """

    text: str
    success: str | tuple[str, ...] = ()
    failure: str | tuple[str, ...] = ()
    claim: Claim | None = None

    @property
    def success_patterns(self) -> tuple[str, ...]:
        """Activity patterns, or rows of them, that mean success, possibly none."""
        return (self.success,) if isinstance(self.success, str) else self.success

    @property
    def failure_patterns(self) -> tuple[str, ...]:
        """Activity patterns, or rows of them, that mean failure, possibly none."""
        return (self.failure,) if isinstance(self.failure, str) else self.failure


class Scope(Part):
    """Where the journey starts and ends and what the project covers."""

    starts: str | None = None
    ends: str | None = None
    project_covers: tuple[str, ...] = ()


class EventPattern(Part):
    """Which events mean a step: shell-style patterns of activity and channel, case counts.

    ``*`` stands for any characters, ``?`` for one; ``[`` is an ordinary character.
    """

    activity: str
    channel: str | None = None


class Next(Part):
    """A way on from a step, only where it is another than the next step."""

    step: str
    loop: bool = False
    share: Share | None = None
    text: str | None = None


class Statement(Part):
    """One entry in one cell; born an assumption.

    Attributes:
        image: Its picture: an id a server gave it, or the name of a file.
        image_alt: What the picture shows, for who cannot see it.
    """

    id: str | None = None
    lane: str
    text: str | None = None
    score: Annotated[float, Field(ge=-2, le=2)] | None = None
    duration: Duration | None = None
    share: Share | None = None
    importance: Annotated[int, Field(ge=1, le=5)] | None = None
    persona: str | None = None
    status: Literal["assumption", "reasoned", "supported"] = "assumption"
    source: Source | None = None
    claim: Claim | None = None
    evidence: tuple[str, ...] = ()
    image: str | None = None
    image_alt: str | None = None
    custom: dict[str, object] | None = None


class Step(Part):
    """One thing the customer does.

    Attributes:
        detail: Id of the map that shows this one interaction in detail.
        image: Its picture: an id a server gave it, or the name of a file.
        image_alt: What the picture shows, for who cannot see it.
    """

    id: str
    name: str
    detail: str | None = None
    touchpoints: tuple[str, ...] = ()
    organization: str | None = None
    events: tuple[EventPattern, ...] = ()
    next: tuple[Next, ...] = ()
    statements: tuple[Statement, ...] = ()
    moment_of_truth: bool = False
    owner: str | None = None
    image: str | None = None
    image_alt: str | None = None
    custom: dict[str, object] | None = None


class Stage(Part):
    """A group of steps."""

    id: str
    name: str
    goal: str | None = None
    steps: tuple[Step, ...] = ()
    statements: tuple[Statement, ...] = ()
    custom: dict[str, object] | None = None


class LeftOut(Part):
    """Something customers do that a discovered map does not show."""

    kind: Literal["activity", "move", "cases"]
    name: str
    cases: Annotated[int, Field(ge=0)]
    share: Share


class Discovered(Part):
    """Where a discovered map comes from and what it leaves out."""

    cases: Annotated[int, Field(ge=0)]
    events: Annotated[int, Field(ge=0)]
    stands_for: Share
    source: str | None = None
    starts: str | None = None
    ends: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


class JourneyMap(Part):
    """A journey as a team believes it, or as it was discovered.

    Attributes:
        origin: Id of the map it was copied from, or ``template:NAME``.
        tags: Words to find it by.
        reviewed: ISO date on which somebody last went through the whole map.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order a plant")
        >>> shop.level, list(shop.steps())
        ('overview', [])
    """

    format: Literal["desirepath/map/1"] = FORMAT
    id: str
    title: str
    language: str = "en"
    description: str | None = None
    origin: str | None = None
    tags: tuple[str, ...] = ()
    purpose: Purpose | None = None
    trigger: str | None = None
    goal: Goal | None = None
    scope: Scope | None = None
    view: Literal["experience", "touchpoint", "blueprint", "lifecycle"] = "experience"
    level: Literal["overview", "interaction"] = "overview"
    state: Literal["current", "future"] = "current"
    relationship: Literal["new", "existing", "both"] | None = None
    intent: Literal["strategic", "tactical"] | None = None
    status: Literal["draft", "researching", "live", "retired"] = "draft"
    owner: str | None = None
    review_every: Duration | None = None
    reviewed: Date | None = None
    personas: tuple[str | Persona, ...] = ()
    organizations: tuple[Organization, ...] = ()
    lanes: tuple[str, ...] = ()
    discovered: Discovered | None = None
    statements: tuple[Statement, ...] = ()
    stages: tuple[Stage, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    custom: dict[str, object] | None = None

    def steps(self) -> Iterator[Step]:
        """All steps in map order."""
        for stage in self.stages:
            yield from stage.steps

    def step_ids(self) -> tuple[str, ...]:
        """Ids of all steps in map order."""
        return tuple(step.id for step in self.steps())

    def all_statements(self) -> Iterator[Statement]:
        """All statements: of the map, then stage by stage and step by step."""
        yield from self.statements
        for stage in self.stages:
            yield from stage.statements
            for step in stage.steps:
                yield from step.statements
