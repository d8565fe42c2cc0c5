"""The state of an event store after its files were read and merged: what counts, and what reading told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from desirepath.events import clean
from desirepath.events.event_store import Part, State, Summary, bot_keys
from desirepath.events.loader import MAX_BOTS_LISTED, MAX_MIXED_SHARE
from desirepath.events.merging import Settled, settle
from desirepath.events.pieces import Piece, ranks_of
from desirepath.events.raw import Raw
from desirepath.events.schema import MAX_SEGMENTS, fail
from desirepath.events.segments import chosen_segments
from desirepath.events.sequences import IntArray, Segment, Sequences
from desirepath.events.store_rules import Rules
from desirepath.events.table import segment_name

MIXED = "mixed "  # before the name of a property: cases with several values of it
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


def settled(work: Work, rules: Rules) -> tuple[State, Sequences]:
    """The state of all that was read, and its sequences."""
    raw = work.raw
    if not raw.event_count:
        raise fail(
            "E227",
            "no event can be used",
            work.pieces[0].path,
            "Choose other columns with --case, --activity and --time.",
        )
    done = settle(raw, ranks(work.pieces), keep_duplicates=rules.keep_duplicates)
    counts = counts_of(raw, done)
    segments = segments_of(raw, counts, work, rules)
    sequences = sequences_of(raw, done, segments)
    is_bot = clean.bots(sequences.offsets, sequences.times_us, has_times=True)
    bots = bot_keys(sequences, is_bot, MAX_BOTS_LISTED), int(np.count_nonzero(is_bot))
    left_out: dict[str, tuple[int, int]] = {}
    if rules.drop_bots and is_bot.any():
        left_out["cases of bots"] = (
            int(sequences.lengths[is_bot].sum()),
            int(is_bot.sum()),
        )
        sequences = sequences.take(~is_bot)
        counts |= {"events": sequences.event_count, "cases": sequences.case_count}
    state = state_of(
        work,
        rules,
        counts,
        segments,
        has_sequence=bool(len(raw.sequence)),
        bots=bots,
        left_out=left_out,
    )
    return state, sequences


def ranks(pieces: Sequence[Piece]) -> IntArray:
    """int64[n_pieces], place of each in the order of the source."""
    return np.array(ranks_of(pieces), dtype=np.int64)


def counts_of(raw: Raw, done: Settled) -> dict[str, int]:
    """All that is counted case by case, so that counts of different cases add up."""
    mixed = {
        f"{MIXED}{name}": int(
            np.count_nonzero(one.low[done.cases] != one.high[done.cases])
        )
        for name, one in raw.spreads.items()
    }
    return {
        "events": len(done.codes),
        "cases": len(done.cases),
        "duplicates": done.duplicate_count,
        "duplicate cases": done.duplicate_cases,
        "ties": done.tie_count,
        "backward": done.backward_count,
        "later": done.later_count,
        "down": done.down_count,
        "touched": 0,
        **mixed,
    }


def segments_of(
    raw: Raw, counts: Mapping[str, int], work: Work, rules: Rules
) -> tuple[str, ...]:
    """Properties that are segments of all cases."""
    chosen = chosen_segments(
        {name: len(one.values) - 1 for name, one in raw.spreads.items()},
        {name: counts.get(f"{MIXED}{name}", 0) for name in raw.spreads},
        counts["cases"],
        rules.given_segments(),
        (MAX_MIXED_SHARE, MAX_SEGMENTS),
    )
    return tuple(name for name in chosen if name not in work.overfull)


def sequences_of(raw: Raw, done: Settled, segments: Sequence[str]) -> Sequences:
    """What counts of rows as sequences."""
    return Sequences(
        activities=raw.activities,
        channels=raw.channels,
        offsets=done.offsets,
        codes=done.codes,
        times_us=done.times_us,
        case_keys=raw.case_keys[done.cases],
        customers=np.where(raw.has_customer, raw.customers, raw.case_keys)[done.cases],
        segments={
            name: Segment(raw.spreads[name].values, raw.spreads[name].low[done.cases])
            for name in segments
        },
        end_us=int(done.times_us.max()) if len(done.times_us) else 0,
    )


def state_of(
    work: Work,
    rules: Rules,
    counts: Mapping[str, int],
    segments: Sequence[str],
    *,
    has_sequence: bool,
    bots: tuple[tuple[str, ...], int] = ((), 0),
    left_out: Mapping[str, tuple[int, int]] = MappingProxyType({}),
    parts: tuple[Part, ...] = (),
) -> State:
    """The state of what was read.

    Args:
        work: Pieces and what they taught.
        rules: How they are read.
        counts: Over all cases.
        segments: Properties that are segments.
        has_sequence: The source numbers its events.
        bots: Keys of the busiest cases with inhuman activity, and how many there are.
        left_out: Events and cases left out for further reasons.
        parts: Those that go on counting.
    """
    dropped = {
        reason: count
        for reason in REASONS
        if (count := sum(piece.dropped.get(reason, 0) for piece in work.pieces))
    }
    dropped_cases: dict[str, int] = {}
    if counts["duplicates"] and not rules.keep_duplicates:
        dropped["exact duplicates"] = counts["duplicates"]
        dropped_cases["exact duplicates"] = counts["duplicate cases"]
    for reason, (events, cases) in left_out.items():
        dropped[reason], dropped_cases[reason] = events, cases
    newest_first = clean.lists_newest_first(
        counts["later"], counts["down"], has_sequence=has_sequence
    )
    tie_rule = "order of the rows"
    if has_sequence:
        tie_rule = "their sequence number"
    elif newest_first:
        tie_rule = "order of the rows, last row first"
    summary = Summary.from_dict(
        {
            "tables": list(_tables(work, segments)),
            "row_count": sum(piece.row_count for piece in work.pieces),
            "dropped": dropped,
            "dropped_cases": dropped_cases,
            "duplicate_count": counts["duplicates"],
            "tie_count": counts["ties"],
            "tie_rule": tie_rule,
            "backward_count": counts["backward"],
            "newest_first": newest_first,
            "bot_cases": bots[0],
            "bot_count": bots[1],
        }
    )
    return State(
        summary=summary,
        rules=rules.to_dict(),
        pieces=tuple(work.pieces),
        learned=tuple(work.learned[i] for i in range(len(work.learned))),
        overfull=tuple(sorted(work.overfull)),
        engine=engine_version(),
        counts=counts,
        segments=tuple(segments),
        parts=parts,
    )


def _tables(work: Work, segments: Sequence[str]) -> Iterator[dict[str, Any]]:
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
                if role["role"] != "segment" or segment_name(role["column"]) in segments
            ],
        }
