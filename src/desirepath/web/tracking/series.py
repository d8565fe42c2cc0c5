"""Series of numbers with targets, and what was changed in the business: kept in the database of the maps."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.tracking.numbers import Kind, Line
from desirepath.web.tracking.tables import CHANGES, METADATA, POINTS, SERIES

Way = Literal["up", "down", ""]
Source = Literal["measured", "imported", "typed"]
MOST_SERIES, MOST_CHANGES = 200, 1000
ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Series:
    """One number over time.

    Attributes:
        id: Of the series.
        map: Id of the map.
        ref: What it is about: map, stage:…, step:…, touchpoint:….
        kind: What is measured.
        name: As people call it.
        unit: Word behind the numbers of an own kind.
        way: Which way is good.
        target: What is aimed at, None for nothing.
        measure: Measure of the fact that feeds it, "" for none.
        fact_target: Target of that fact.
        author: Who made it.
        at_us: When.
    """

    id: str
    map: str
    ref: str
    kind: Kind
    name: str
    unit: str
    way: Way
    target: float | None
    measure: str
    fact_target: str
    author: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a series.

    Attributes:
        series: Id of the series.
        key: What makes it the same when it comes again.
        day: ISO date.
        value: The number; None for a snapshot in which the fact was not measured.
        n: How many stand behind it, None where nobody says.
        low: Lower end of its interval, None where unknown.
        high: Upper end.
        source: Whether it was measured, imported or typed.
        author: Who imported or typed it, or asked for the check.
        at_us: When it came.
    """

    series: str
    key: str
    day: str
    value: float | None
    n: int | None
    low: float | None
    high: float | None
    source: Source
    author: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that was changed in the business, or that happened.

    Attributes:
        id: Of the entry.
        map: Id of the map.
        day: First day on which it held.
        until: Last day, "" for what lasts.
        what: In a few words.
        refs: Steps and stages it is about, none for the whole journey.
        owner: Who can say more.
        author: Who wrote it down.
        at_us: When.
    """

    id: str
    map: str
    day: str
    until: str
    what: str
    refs: tuple[str, ...]
    owner: str
    author: str
    at_us: int


class Tracking:
    """Series and changes of all maps. Every method may take a while: call it in a thread.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def all(self, map_id: str) -> tuple[Series, ...]:
        """Series of a map, in the order in which they were made."""
        wanted = select(SERIES).where(SERIES.c.map == map_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(SERIES.c.at_us, SERIES.c.id))
            return tuple(Series(**row) for row in rows.mappings())

    def one(self, map_id: str, series_id: str) -> Series:
        """A series of a map.

        Raises:
            WebError: E791 there is none of this id.
        """
        found = [one for one in self.all(map_id) if one.id == series_id]
        if not found:
            raise gone("series")
        return found[0]

    def add(self, map_id: str, values: Mapping[str, Any]) -> Series:
        """A new series.

        Args:
            map_id: The map.
            values: All but its id and map.

        Raises:
            WebError: E790 the map has too many.
        """
        if len(self.all(map_id)) >= MOST_SERIES:
            hint = "Take one away that nobody looks at."
            raise WebError(Problem("E790", f"there are {MOST_SERIES} series already", hint=hint))  # fmt: skip
        made = Series(id=_new_id(), map=map_id, **values)
        row = {name: getattr(made, name) for name in Series.__slots__}
        with self._engine.begin() as connection:
            connection.execute(insert(SERIES), row)
        return made

    def change(self, series: Series, values: Mapping[str, Any]) -> None:
        """Another name, target or good way of a series."""
        wanted = update(SERIES).where(SERIES.c.id == series.id)
        with self._engine.begin() as connection:
            connection.execute(wanted.values(**values))

    def remove(self, series: Series) -> None:
        """Take a series away with its numbers."""
        with self._engine.begin() as connection:
            connection.execute(delete(POINTS).where(POINTS.c.series == series.id))
            connection.execute(delete(SERIES).where(SERIES.c.id == series.id))

    def points(self, ids: Iterable[str]) -> dict[str, list[Point]]:
        """Numbers of some series, by day; those that say nothing among them."""
        found: dict[str, list[Point]] = {one: [] for one in ids}
        wanted = select(POINTS).where(POINTS.c.series.in_(found))
        ordered = wanted.order_by(POINTS.c.day, POINTS.c.at_us, POINTS.c.key)
        with self._engine.connect() as connection:
            for row in connection.execute(ordered).mappings():
                found[row["series"]].append(Point(**row))
        return found

    def put(self, points: Iterable[Point]) -> None:
        """Keep numbers; those of the same key are replaced, all or none."""
        kept = tuple(points)
        try:
            self._put_all(kept)
        except (
            IntegrityError
        ):  # another server kept the same: now there is one to replace
            self._put_all(kept)

    def _put_all(self, points: Iterable[Point]) -> None:
        with self._engine.begin() as connection:
            for one in points:
                self._put(connection, one)

    @staticmethod
    def _put(connection: Connection, one: Point) -> None:
        same = (POINTS.c.series == one.series, POINTS.c.key == one.key)
        connection.execute(delete(POINTS).where(*same))
        row = {name: getattr(one, name) for name in Point.__slots__}
        connection.execute(insert(POINTS), row)

    def remove_point(self, series: Series, day: str) -> None:
        """Take away what people gave for a day; what was measured stays.

        Raises:
            WebError: E791 nobody gave anything for it.
        """
        theirs = (
            POINTS.c.series == series.id,
            POINTS.c.key == key_of_day(day),
        )
        with self._engine.begin() as connection:
            if not connection.execute(delete(POINTS).where(*theirs)).rowcount:
                raise gone("number")

    def changes(self, map_id: str) -> tuple[Changed, ...]:
        """What was changed in the business, by day."""
        wanted = select(CHANGES).where(CHANGES.c.map == map_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(CHANGES.c.day, CHANGES.c.id))
            return tuple(
                Changed(**{**row, "refs": tuple(json.loads(row["refs"]))})
                for row in rows.mappings()
            )

    def add_change(self, map_id: str, values: Mapping[str, Any]) -> Changed:
        """Write down what was changed.

        Args:
            map_id: The map.
            values: All but its id and map.

        Raises:
            WebError: E790 there are too many.
        """
        if len(self.changes(map_id)) >= MOST_CHANGES:
            hint = "Take away what is long past."
            raise WebError(Problem("E790", f"there are {MOST_CHANGES} changes already", hint=hint))  # fmt: skip
        made = Changed(id=_new_id(), map=map_id, **values)
        row = {name: getattr(made, name) for name in Changed.__slots__}
        with self._engine.begin() as connection:
            connection.execute(insert(CHANGES), row | {"refs": json.dumps(made.refs)})
        return made

    def write_change(
        self, map_id: str, change_id: str, values: Mapping[str, Any]
    ) -> None:
        """Write down anew what was changed; who wrote it down first stays.

        Args:
            map_id: The map.
            change_id: Which change.
            values: Its columns.

        Raises:
            WebError: E791 there is none of this id.
        """
        wanted = update(CHANGES).where(CHANGES.c.map == map_id, CHANGES.c.id == change_id)  # fmt: skip
        row = {**values, "refs": json.dumps(values["refs"])}
        with self._engine.begin() as connection:
            if not connection.execute(wanted.values(row)).rowcount:
                raise gone("change")

    def remove_change(self, map_id: str, change_id: str) -> str:
        """Take a change away; what it was.

        Raises:
            WebError: E791 there is none of this id.
        """
        same = (CHANGES.c.map == map_id) & (CHANGES.c.id == change_id)
        with self._engine.begin() as connection:
            what = connection.scalar(select(CHANGES.c.what).where(same))
            if not connection.execute(delete(CHANGES).where(same)).rowcount:
                raise gone("change")
        return str(what)


def given_points(
    series: Series, lines: Iterable[Line], source: Source, author: str, at_us: int
) -> list[Point]:
    """Numbers that people gave, one for each day."""
    return [
        Point(series.id, key_of_day(one.day), one.day, one.value, one.n, None, None, source, author, at_us)
        for one in lines
    ]  # fmt: skip


def key_of_day(day: str) -> str:
    """Key of what people gave for a day."""
    return f"day:{day}"


def gone(what: str) -> WebError:
    """Why nothing is found."""
    hint = "Load the page again: somebody may have taken it away."
    return WebError(Problem("E791", f"there is no such {what}", hint=hint))


def _new_id() -> str:
    return secrets.token_hex(ID_BYTES)
