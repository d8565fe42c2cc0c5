"""Cards that follow from the touchpoints of a step, not from statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.entry import Entry, text_of
from desirepath.maps.model import Step

# Lane -> fields of a touchpoint it shows.
TOUCHPOINT_FIELDS: dict[str, tuple[str, ...]] = {
    "physical_evidence": ("physical_evidence",),
    "technology": ("technology",),
    "process": ("process",),
    "people": ("people",),
    "promise": ("promise",),
    "expectations": ("expectation",),
    "delivery": ("delivery",),
}
# In a blueprint the backstage fields stand in its own lanes, unless the map lists them apart.
BLUEPRINT_FIELDS = {"backstage": ("people", "process"), "support": ("technology",)}
BLUEPRINT_ORDER = ("physical_evidence", "actions", "frontstage", "backstage", "support")


def blueprint_lanes(listed: list[str]) -> list[str]:
    """Lanes of a blueprint: the five in their order, then the others.

    Examples:
        >>> blueprint_lanes(["support", "pains"])
        ['physical_evidence', 'actions', 'frontstage', 'backstage', 'support', 'pains']
    """
    rest = [lane for lane in listed if lane not in (*BLUEPRINT_ORDER, "touchpoints")]
    return [*BLUEPRINT_ORDER, *rest]


def derived_texts(
    step: Step, lane: str, touchpoints: Mapping[str, Touchpoint], *, is_blueprint: bool
) -> Iterator[tuple[str, str, str]]:
    """Ref, text and note of each card of a step in a lane."""
    if lane == "owner" and step.owner:
        yield f"step:{step.id}", step.owner, ""
    for name in step.touchpoints:
        touchpoint = touchpoints.get(name)
        ref = f"touchpoint:{name}"
        if lane == "touchpoints" or (lane == "frontstage" and is_blueprint):
            yield (
                ref,
                touchpoint.name if touchpoint else name,
                (touchpoint.channel or "") if touchpoint else "",
            )
        elif touchpoint is not None:
            for text in _field_texts(touchpoint, lane, is_blueprint=is_blueprint):
                yield ref, text, ""


def _field_texts(
    touchpoint: Touchpoint, lane: str, *, is_blueprint: bool
) -> Iterator[str]:
    names: tuple[str, ...] = TOUCHPOINT_FIELDS.get(lane, ())
    if is_blueprint and lane in BLUEPRINT_FIELDS:
        names = BLUEPRINT_FIELDS[lane]
    for name in names:
        value = getattr(touchpoint, name)
        if isinstance(value, (str, Entry)):
            yield text_of(value)
        else:
            yield from value or ()
