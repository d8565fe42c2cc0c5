"""Words of customers on public pages: each is released by somebody, or it is not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from desirepath.evidence.quotes import Quote, Quotes
from desirepath.maps.model import JourneyMap, Statement
from desirepath.web.publishing.groups import much_told
from desirepath.web.publishing.layers import QUOTES, Layer
from desirepath.web.publishing.tables import METADATA, RELEASED


@dataclass(frozen=True, slots=True)
class Quotable:
    """Words that may be released: many customers speak of the same, or the team wrote them on the map.

    Attributes:
        key: Changes with the step and the words, so that no other words are ever released with these.
        place: Name of the step or stage they stand at, "" for the whole map.
        theme: What they speak of, "" for words on the map.
        text: The words.
        language: Their language.
        day: When they were written, "" where that is not known.
        channel: Where, "" where that is not known.
        customers: How many customers speak of this here; 0 for words on the map.
    """

    key: str
    place: str
    theme: str
    text: str
    language: str
    day: str = ""
    channel: str = ""
    customers: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """Who released words, and when."""

    author: str
    at_us: int


def key_of(place: str, text: str) -> str:
    """Key of words at a place.

    Args:
        place: Id of the step or stage, "" for the whole map.
        text: The words.
    """
    return hashlib.sha256(f"{place}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()  # fmt: skip


def quotable(quotes: Quotes | None, journey: JourneyMap) -> Iterator[Quotable]:
    """Words that may be released, in map order: those on the map, then those of the newest check."""
    seen: set[str] = set()
    for one in (*_on_map(journey), *_said(quotes, journey)):
        if one.key not in seen:
            seen.add(one.key)
            yield one


def _on_map(journey: JourneyMap) -> Iterator[Quotable]:
    places: list[tuple[str, str, tuple[Statement, ...]]] = [("", "", journey.statements)]  # fmt: skip
    for stage in journey.stages:
        places.append((stage.id, stage.name, stage.statements))
        places += [(step.id, step.name, step.statements) for step in stage.steps]
    for place, name, statements in places:
        for one in statements:
            if one.lane == QUOTES and one.text:
                yield Quotable(key_of(place, one.text), name, "", one.text, journey.language)  # fmt: skip


def _said(quotes: Quotes | None, journey: JourneyMap) -> Iterator[Quotable]:
    if quotes is None:
        return
    names = {"": ""} | {step.id: step.name for step in journey.steps()}
    order = {step: number for number, step in enumerate(names)}
    customers = {(one.step, one.theme): one.customers for one in quotes.counts}
    for one in sorted(much_told(quotes, journey), key=lambda each: order[each.step]):
        yield Quotable(
            key_of(one.step, one.text),
            names[one.step],
            one.theme,
            one.text,
            one.language,
            one.when,
            one.channel,
            customers[one.step, one.theme],
        )


class ReleasedQuotes:
    """Words that somebody released. Every method may take a while: call it in a thread.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def of(self, map_id: str) -> dict[str, Release]:
        """Released words of a map, by key."""
        wanted = select(RELEASED).where(RELEASED.c.map == map_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted)
            return {row.key: Release(row.author, int(row.at_us)) for row in rows}

    def release(self, map_id: str, key: str, author: str, at_us: int) -> None:
        """Show words on public pages from now on; who released them first stays."""
        row = {"map": map_id, "key": key, "author": author, "at_us": at_us}
        with self._engine.begin() as connection:
            known = select(RELEASED.c.key).where(RELEASED.c.map == map_id, RELEASED.c.key == key)  # fmt: skip
            if connection.execute(known).first() is None:
                connection.execute(insert(RELEASED), row)

    def take_back(self, map_id: str, key: str) -> bool:
        """Show words no more; whether they were shown."""
        wanted = delete(RELEASED).where(RELEASED.c.map == map_id, RELEASED.c.key == key)
        with self._engine.begin() as connection:
            return bool(connection.execute(wanted).rowcount)


def public_quotes(
    quotes: Quotes | None,
    journey: JourneyMap,
    layers: Collection[Layer],
    released: Collection[str],
) -> tuple[Quote, ...]:
    """Words of customers that were released, about themes that at least ten speak of; none unless they are chosen."""
    if quotes is None or QUOTES not in layers:
        return ()
    return tuple(
        one
        for one in much_told(quotes, journey)
        if key_of(one.step, one.text) in released
    )
