"""What is sent and answered about series of numbers and changes in the business."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desirepath.web.api.describe import Asked, Said
from desirepath.web.tracking.numbers import Kind
from desirepath.web.tracking.series import Way

LONGEST, MOST_REFS = 200, 50


class SeriesPointSaid(Said):
    """One number: a share from 0 to 1, a time in seconds. `by` is who gave it, "" for guests."""

    day: str
    value: float
    n: int | None
    low: float | None
    high: float | None
    source: Literal["measured", "imported", "typed"]
    by: str
    text: str


class SeriesSaid(Said):
    """A series; `measure` is the fact that feeds it, "" where people give the numbers."""

    id: str
    ref: str
    place: str
    kind: Kind
    name: str
    unit: str
    way: Way
    target: float | None
    target_text: str
    measure: str
    points: list[SeriesPointSaid]


class BusinessChangeSaid(Said):
    """What was changed in the business, for some steps and stages or for all."""

    id: str
    day: str
    until: str
    what: str
    refs: list[str]
    places: list[str]
    owner: str
    by: str


class SeriesListSaid(Said):
    """Series of a map, and what was changed in the business, by day."""

    series: list[SeriesSaid]
    changes: list[BusinessChangeSaid]


class FactChoiceSaid(Said):
    """A fact of the newest check that a series can follow, as it stands there."""

    ref: str
    place: str
    measure: str
    target: str
    label: str
    kind: Kind
    way: Way
    text: str


class PlaceSaid(Said):
    """What a series or a change can be about."""

    ref: str
    name: str


class SeriesChoicesSaid(Said):
    """What a new series can be about, and the facts it can follow; none before the first check."""

    places: list[PlaceSaid]
    facts: list[FactChoiceSaid]


class SeriesAsked(Asked):
    """In which language numbers are written."""

    language: str = Field("en", max_length=35, description="Language of numbers.")


class NewSeries(Said):
    """A series; `target` as people write it ("34 %", "2 h"), `measure` and `fact_target` of the fact that feeds it."""

    ref: str = Field(max_length=300)
    kind: Kind
    name: str = Field(min_length=1, max_length=LONGEST)
    unit: str = Field("", max_length=40)
    way: Way = ""
    target: str = Field("", max_length=40)
    measure: str = Field("", max_length=60)
    fact_target: str = Field("", max_length=300)


class SeriesChange(Said):
    """What changes in a series; what is left out or null stays, an empty target takes it away."""

    name: str | None = Field(None, min_length=1, max_length=LONGEST)
    way: Way | None = None
    target: str | None = Field(None, max_length=40)


class SeriesMade(Said):
    """Id of a new series or change."""

    id: str


class NewPoint(Said):
    """A number as people write it ("34 %", "2 h", "31"), for a day."""

    day: str = Field(max_length=40)
    value: str = Field(max_length=40)
    n: int | None = Field(None, ge=0, le=10**12)


class PointsTaken(Said):
    """How many numbers were taken in; those of the same day are replaced."""

    taken: int


class NewBusinessChange(Said):
    """What was changed; `until` is empty for what lasts, `refs` for what concerns the whole journey."""

    day: str = Field(max_length=40)
    until: str = Field("", max_length=40)
    what: str = Field(min_length=1, max_length=LONGEST)
    refs: list[str] = Field(default_factory=list, max_length=MOST_REFS)
    owner: str = Field("", max_length=LONGEST)
