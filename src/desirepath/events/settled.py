"""The state of an event store after its files were read and merged: what counts, and what reading told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from desirepath.events import clean
from desirepath.events.event_store import State, Summary, bot_keys
from desirepath.events.loader import MAX_BOTS_LISTED, MAX_MIXED_SHARE
from desirepath.events.merging import chosen_segments, settle
from desirepath.events.pieces import Piece, ranks_of
from desirepath.events.raw import Raw
from desirepath.events.schema import MAX_SEGMENTS, fail
from desirepath.events.sequences import Segment, Sequences
from desirepath.events.store_rules import Rules
from desirepath.events.table import segment_name

REASONS = ("no case", "no activity", "where", "no time that can be read")


@dataclass(slots=True)
class Work:
    """Rows read so far.

    Attributes:
        raw: Rows.
        pieces: Pieces they come from.
        learned: What the first file of each source taught.
        overfull: Properties with too many values.
        touched: Keys of cases with rows in each batch.
    """

    raw: Raw
    pieces: list[Piece]
    learned: dict[int, Mapping[str, Any]]
    overfull: set[str]
    touched: list[Any] = field(default_factory=list)


def engine_version() -> str:
    """Version on which hashes of rows depend."""
    return f"duckdb {version('duckdb')}"


def settled(work: Work, rules: Rules, before: State | None) -> State:
    """The state of what was read."""
    raw = work.raw
    ranks = np.array(ranks_of(work.pieces), dtype=np.int64)
    if not raw.event_count:
        raise fail(
            "E227",
            "no event can be used",
            work.pieces[0].path,
            "Choose other columns with --case, --activity and --time.",
        )
    done = settle(raw, ranks, keep_duplicates=rules.keep_duplicates)
    given = rules.given_segments()
    sequences = Sequences(
        activities=raw.activities,
        channels=raw.channels,
        offsets=done.offsets,
        codes=done.codes,
        times_us=done.times_us,
        case_keys=raw.case_keys[done.cases],
        customers=np.where(raw.has_customer, raw.customers, raw.case_keys)[done.cases],
        segments={
            name: Segment(one.values, one.low)
            for name, one in chosen_segments(
                raw, done.cases, given, MAX_MIXED_SHARE, MAX_SEGMENTS
            )
            if name not in work.overfull
        },
        end_us=int(done.times_us.max()),
    )
    dropped = {
        reason: count
        for reason in REASONS
        if (count := sum(piece.dropped.get(reason, 0) for piece in work.pieces))
    }
    dropped_cases: dict[str, int] = {}
    if done.duplicate_count and not rules.keep_duplicates:
        dropped["exact duplicates"] = done.duplicate_count
        dropped_cases["exact duplicates"] = done.duplicate_cases
    is_bot = clean.bots(sequences.offsets, sequences.times_us, has_times=True)
    bots = bot_keys(sequences, is_bot, MAX_BOTS_LISTED)
    if rules.drop_bots and is_bot.any():
        dropped["cases of bots"] = int(sequences.lengths[is_bot].sum())
        dropped_cases["cases of bots"] = int(is_bot.sum())
        sequences = sequences.take(~is_bot)
    tie_rule = "order of the rows"
    if len(raw.sequence):
        tie_rule = "their sequence number"
    elif done.is_newest_first:
        tie_rule = "order of the rows, last row first"
    return State(
        sequences=sequences,
        summary=Summary.from_dict(
            {
                "tables": list(_tables(work, sequences)),
                "row_count": sum(piece.row_count for piece in work.pieces),
                "dropped": dropped,
                "dropped_cases": dropped_cases,
                "duplicate_count": done.duplicate_count,
                "tie_count": done.tie_count,
                "tie_rule": tie_rule,
                "backward_count": done.backward_count,
                "newest_first": done.is_newest_first,
                "bot_cases": bots,
                "bot_count": int(np.count_nonzero(is_bot)),
            }
        ),
        rules=rules.to_dict(),
        pieces=tuple(work.pieces),
        learned=tuple(work.learned[i] for i in range(len(work.learned))),
        overfull=tuple(sorted(work.overfull)),
        engine=engine_version(),
        folder=before.folder if before else Path(),
    )


def _tables(work: Work, sequences: Sequences) -> Iterator[dict[str, Any]]:
    """How each source was understood, over all its files."""
    for source in range(len(work.learned)):
        pieces = [piece for piece in work.pieces if piece.source == source]
        files = {Path(piece.path).name: None for piece in pieces}
        first = next(iter(files))
        reading = work.learned[source]["reading"]
        yield {
            **reading,
            "label": first if len(files) == 1 else f"{first} and {len(files) - 1} more",
            "row_count": sum(piece.row_count for piece in pieces),
            "roles": [
                role
                for role in reading["roles"]
                if role["role"] != "segment"
                or segment_name(role["column"]) in sequences.segments
            ],
        }
