"""Series, their numbers and changes in the business as somebody is told of them."""

from __future__ import annotations

from desirepath.render.words import Words
from desirepath.web.api.series_forms import (
    BusinessChangeSaid,
    SeriesPointSaid,
    SeriesSaid,
)
from desirepath.web.tracking.series import Changed, Point, Series


def series_said(
    one: Series, names: dict[str, str], points: list[SeriesPointSaid], words: Words
) -> SeriesSaid:
    """A series with its numbers."""
    return SeriesSaid(
        id=one.id,
        ref=one.ref,
        place=names.get(one.ref, one.ref.partition(":")[2]),
        kind=one.kind,
        name=one.name,
        unit=one.unit,
        way=one.way,
        target=one.target,
        target_text="" if one.target is None else _text(one.target, one, words),
        measure=one.measure,
        points=points,
    )


def point_said(
    point: Point, series: Series, words: Words, *, is_guest: bool
) -> SeriesPointSaid:
    """A number; guests are not told who gave it."""
    return SeriesPointSaid(
        day=point.day,
        value=point.value or 0.0,
        n=point.n,
        low=point.low,
        high=point.high,
        source=point.source,
        by="" if is_guest else point.author,
        text=_text(point.value or 0.0, series, words),
    )


def _text(value: float, series: Series, words: Words) -> str:
    if series.kind == "share":
        return words.share(value)
    if series.kind == "time":
        return words.duration(value)
    unit = f" {series.unit}" if series.unit else ""
    return f"{words.number(value, 2)}{unit}".replace("-", "−", 1)


def change_said(one: Changed, names: dict[str, str], *, is_guest: bool) -> BusinessChangeSaid:  # fmt: skip
    """A change in the business; guests are told no names."""
    return BusinessChangeSaid(
        id=one.id,
        day=one.day,
        until=one.until,
        what=one.what,
        refs=list(one.refs),
        places=[names.get(ref, ref.partition(":")[2]) for ref in one.refs],
        owner="" if is_guest else one.owner,
        by="" if is_guest else one.author,
    )
