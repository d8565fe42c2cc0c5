"""Claims: the testable form of a statement. Says nothing about whether one is true."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from desirepath.maps.base import Part
from desirepath.maps.values import Duration, Share


class Bounds(Part):
    """A region for a share: at least, at most, or both."""

    at_least: Share | None = None
    at_most: Share | None = None


class RequiredBounds(Bounds):
    """As Bounds, and at least one side is given."""

    @model_validator(mode="after")
    def _has_a_side(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError(
                "a claim needs at_least or at_most (a percentage such as 20%)"
            )
        return self


class ReachClaim(RequiredBounds):
    """A share of all cases reaches this step."""


class OrderClaim(Bounds):
    """Of the cases with both steps, the first occurrence of this one is later than that of `after`.

    Without bounds: in at least 50 % of them.
    """

    after: str


class NextClaim(RequiredBounds):
    """Of the moves from this step to another step, a share goes to `step`."""

    step: str


class ShareClaim(RequiredBounds):
    """A share of the cases at this step shows an event of this pattern."""

    activity: str
    channel: str | None = None


class TimeClaim(Part):
    """Time from this step to a later event, of those who get there; corrected for those still under way.

    `to` is an activity pattern or the id of a step.
    """

    to: str
    typical_at_most: Duration | None = None
    typical_at_least: Duration | None = None
    p90_at_most: Duration | None = None
    p90_at_least: Duration | None = None

    @model_validator(mode="after")
    def _has_one_limit(self) -> Self:
        limits = (
            self.typical_at_most,
            self.typical_at_least,
            self.p90_at_most,
            self.p90_at_least,
        )
        if sum(limit is not None for limit in limits) != 1:
            raise ValueError(
                "a time claim needs exactly one of typical_at_most, typical_at_least, p90_at_most, p90_at_least"
            )
        return self


class ScoreClaim(Part):
    """A score given at this step lies in a region."""

    measure: str = "emotion"
    at_least: float | None = None
    at_most: float | None = None
    about: float | None = None


class MentionsClaim(RequiredBounds):
    """A share of the feedback at this step speaks of a theme."""

    theme: str


class EffectClaim(Part):
    """Customers who meet this step, or an activity at it, reach the goal more or less often than others."""

    goal: Literal["more", "less"]
    activity: str | None = None


class GoalClaim(RequiredBounds):
    """A share of the cases at this step (of all cases, on a stage or the map) reaches the goal."""


class ChannelClaim(RequiredBounds):
    """A share of the cases at this step come through this channel."""

    channel: str


class Claim(Part):
    """Exactly one claim, named by its kind."""

    reach: ReachClaim | None = None
    order: OrderClaim | None = None
    next: NextClaim | None = None
    share: ShareClaim | None = None
    time: TimeClaim | None = None
    score: ScoreClaim | None = None
    mentions: MentionsClaim | None = None
    effect: EffectClaim | None = None
    goal: GoalClaim | None = None
    channel: ChannelClaim | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        given = [
            name for name in type(self).model_fields if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise ValueError(
                f"a claim has exactly one kind, found {len(given)}: {', '.join(given) or 'none'}"
            )
        return self

    @property
    def kind(self) -> str:
        """Name of the kind that is given: reach, order, next and so on."""
        return next(
            name for name in type(self).model_fields if getattr(self, name) is not None
        )
