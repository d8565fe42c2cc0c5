"""Events of an event store, in place of files: as they were read, with the names and cuts of the store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desirepath.events.event_store import State, is_store, open_store
from desirepath.events.loaded import IdsTaken, Loaded
from desirepath.events.names import take_ids
from desirepath.events.schema import NameRule, fail
from desirepath.events.sequences import Sequences
from desirepath.events.sources.recipe import Recipe
from desirepath.events.store_events import events_of

FIXED = (
    "columns",
    "zone",
    "time_format",
    "lifecycle",
    "keep_duplicates",
    "drop_bots",
)


class Ask(Protocol):
    """Gives the events, once it is known how cases are cut."""

    def __call__(self, *, by_customer: bool, **options: Any) -> Loaded:
        """The events."""


def store_of(source: object) -> Path | None:
    """Folder of the event store that is named as source; None if something else is."""
    if isinstance(source, list | tuple) and len(source) == 1:
        source = source[0]
    if isinstance(source, str | os.PathLike) and is_store(Path(source)):
        return Path(source)
    return None


def ask_store(path: Path, options: Mapping[str, Any]) -> tuple[Ask, Recipe]:
    """How to get the events of a store, and the rules that go with it.

    Args:
        path: Folder of the store.
        options: Those of `read_events`.

    Raises:
        EventsError: E292 or E293 if the store cannot be read, E299 for an option that would change how.
    """
    columns = options.get("columns")
    given = [
        name
        for name in FIXED
        if options.get(name)
        and (name != "columns" or any(v is not None for v in asdict(columns).values()))  # type: ignore[arg-type]
    ]
    if given:
        raise fail(
            "E299",
            f"an event store is read as it was made; it cannot be asked for other {', '.join(given).replace('_', ' ')}",
            str(path),
            "Read the files themselves, or make another store from them.",
        )
    state = open_store(path)
    apply = state.rules["apply"]
    rules = {"gap": apply["gap"], "ends_with": "\n".join(apply["ends_with"])}
    recipe = Recipe(
        rules={key: text for key, text in rules.items() if text},
        names=tuple(NameRule(*pair) for pair in apply["names"]),
    )
    return partial(_loaded, path, state), recipe


def _loaded(
    path: Path,
    state: State,
    *,
    by_customer: bool,
    without_ids: bool = False,
    **options: Any,
) -> Loaded:
    """What a reading of the files would have given."""
    if options.get("tell_by"):
        raise fail(
            "E299",
            "an event store keeps no columns that tell of activities",
            str(path),
            "Read the files themselves.",
        )
    apply = state.rules["apply"]
    sequences, seen = events_of(state)
    has_customers = (sequences.customers != sequences.case_keys).any()
    if by_customer and not apply["gap"] and has_customers:
        raise fail(
            "E299",
            "the event store holds cases of a column, which a silence cannot join to customers",
            str(path),
            "Make the store with --gap, or read the files themselves.",
        )
    ids = _ids(state, sequences)
    if without_ids and ids is None:
        sequences, ids = take_ids(sequences)
    return Loaded(
        sequences=sequences,
        **{name: getattr(seen, name) for name in seen.__dataclass_fields__},
        ids=ids,
    )


def _ids(state: State, sequences: Sequences) -> IdsTaken | None:
    """What taking ids out of names changed; names before are not kept, nor whose cases they were."""
    if not state.rules["without_ids"]:
        return None
    count = sum(piece.plain_count for piece in state.pieces)
    return IdsTaken(0, len(set(sequences.activities)), count, None)
