"""Merge raw events of later files into those of earlier ones, in one pass; then settle what counts. Array work only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events import clean
from desirepath.events.raw import Raw, Spread
from desirepath.events.schema import MAX_SEGMENT_VALUES
from desirepath.events.sequences import (
    MAX_UINT16,
    BoolArray,
    CodeArray,
    IntArray,
    code_type,
)

ROW_BITS = 40  # a row of a piece counts up to here
EVENT_COLUMNS = ("times_us", "codes", "pieces", "rows", "sequence", "hashes")


def merge(
    base: Raw, new: Raw, ranks: IntArray, given: frozenset[str] = frozenset()
) -> Raw:
    """Rows of both, in order; only cases that `new` touches are sorted.

    Args:
        base: Rows known before.
        new: Rows to add; its pieces are numbered as those of `base`.
        ranks: int64[n_pieces], place of each piece in the order of the source.
        given: Segments that the user asked for, however many values they have.
    """
    base, new = _one_vocabulary(base, new)
    if not base.case_count and not base.spreads:
        return new
    base, new = _both_sequenced(base, new)
    case_keys = clean.union_of(base.case_keys, new.case_keys)
    at_base = np.searchsorted(case_keys, base.case_keys)
    at_new = np.searchsorted(case_keys, new.case_keys)
    lengths = np.zeros(len(case_keys), dtype=np.int64)
    lengths[at_base] = np.diff(base.offsets)
    lengths[at_new] += np.diff(new.offsets)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    order = _order(base, new, (at_base, at_new), lengths, ranks)
    columns = {
        name: np.concatenate([getattr(base, name), getattr(new, name)])[order]
        if len(getattr(base, name)) or len(getattr(new, name))
        else getattr(base, name)
        for name in EVENT_COLUMNS
    }
    has_customer = np.zeros(len(case_keys), dtype=np.bool_)
    customers = np.zeros(len(case_keys), dtype=np.int64)
    for part, at in ((base, at_base), (new, at_new)):
        known = at[part.has_customer]
        customers[known] = part.customers[part.has_customer]
        has_customer[known] = True
    return Raw(
        activities=base.activities,
        channels=base.channels,
        case_keys=case_keys,
        offsets=offsets,
        customers=customers,
        has_customer=has_customer,
        spreads=_spreads(base, new, (at_base, at_new), len(case_keys), given),
        **columns,
    )


def has_other_customers(base: Raw, new: Raw) -> bool:
    """True if a case has one customer in `base` and another in `new`; its lowest name, which decides, is not kept."""
    at = np.searchsorted(base.case_keys, new.case_keys)
    inside = np.flatnonzero(at < base.case_count)
    other = inside[base.case_keys[at[inside]] == new.case_keys[inside]]
    one = at[other]
    both = base.has_customer[one] & new.has_customer[other]
    return bool((base.customers[one] != new.customers[other])[both].any())


def _one_vocabulary(base: Raw, new: Raw) -> tuple[Raw, Raw]:
    """Both with the codes of their common activities."""
    old = list(zip(base.activities, base.channels, strict=True))
    more = list(zip(new.activities, new.channels, strict=True))
    pairs = sorted({*old, *more})
    place = {pair: code for code, pair in enumerate(pairs)}
    kind = code_type(len(pairs))
    names = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)

    def recoded(part: Raw, own: list[tuple[str, str]]) -> Raw:
        if own == pairs:
            return part
        table = np.array([place[pair] for pair in own], dtype=kind)
        codes: Any = table[part.codes] if own else part.codes.astype(kind)
        return replace(part, activities=names[0], channels=names[1], codes=codes)

    return recoded(base, old), recoded(new, more)


def _both_sequenced(base: Raw, new: Raw) -> tuple[Raw, Raw]:
    """Both with an order given by the source where one has it; 0 where it has none."""
    if bool(len(base.sequence)) == bool(len(new.sequence)):
        return base, new

    def filled(part: Raw) -> Raw:
        if len(part.sequence) == part.event_count:
            return part
        return replace(part, sequence=np.zeros(part.event_count, dtype=np.int64))

    return filled(base), filled(new)


def _order(
    base: Raw,
    new: Raw,
    at: tuple[IntArray, IntArray],
    lengths: IntArray,
    ranks: IntArray,
) -> IntArray:
    """int64[n], positions in base and new together, in the order of the merged rows."""
    at_base, at_new = at
    offsets = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    begins = np.zeros(len(lengths), dtype=np.int64)
    begins[at_base] = base.offsets[:-1]
    is_touched = np.zeros(len(lengths), dtype=np.bool_)
    is_touched[at_new[np.diff(new.offsets) > 0]] = True
    order = np.repeat(begins - offsets, lengths) + np.arange(
        int(lengths.sum()), dtype=np.int64
    )
    old_touched = is_touched[at_base]
    old = _events_of(base.offsets, old_touched)
    cases = np.concatenate(
        [
            np.repeat(at_base[old_touched], np.diff(base.offsets)[old_touched]),
            np.repeat(at_new, np.diff(new.offsets)),
        ]
    )
    fresh = np.arange(new.event_count, dtype=np.int64)

    def both(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(base, name)[old], getattr(new, name)])

    keys = [source_order(both("pieces"), both("rows"), ranks)]
    if len(new.sequence) or len(base.sequence):
        keys.append(both("sequence"))
    positions = np.concatenate([old, fresh + base.event_count])
    found = clean.sorted_order(cases, both("times_us"), keys)
    order[np.repeat(is_touched, lengths)] = positions[found]
    return order


def source_order(pieces: CodeArray, rows: IntArray, ranks: IntArray) -> IntArray:
    """int64[n], one number by which rows stand in the order of the source.

    Examples:
        >>> source_order(np.array([0, 1]), np.array([5, 2]), np.array([1, 0])).tolist() == [2**40 + 5, 2]
        True
    """
    placed: IntArray = (ranks[pieces] << ROW_BITS) + rows
    return placed


def _events_of(offsets: IntArray, chosen: BoolArray) -> IntArray:
    """int64[n], positions of the events of the chosen cases."""
    return np.flatnonzero(np.repeat(chosen, np.diff(offsets))).astype(np.int64)


def _spreads(
    base: Raw,
    new: Raw,
    at: tuple[IntArray, IntArray],
    case_count: int,
    given: frozenset[str],
) -> Mapping[str, Spread]:
    """Lowest and highest value of each property over both."""
    merged = {}
    for name in dict.fromkeys([*base.spreads, *new.spreads]):
        parts = [
            (part.spreads[name], where)
            for part, where in zip((base, new), at, strict=True)
            if name in part.spreads
        ]
        values = ("", *sorted({value for one, _ in parts for value in one.values[1:]}))
        if len(values) > MAX_SEGMENT_VALUES + 1 and name not in given:
            values = ("",)
        low = np.full(case_count, MAX_UINT16, dtype=np.int64)
        high = np.zeros(case_count, dtype=np.int64)
        for one, where in parts:
            table = np.array(
                [values.index(value) if value in values else 0 for value in one.values]
            )
            lowest, highest = table[one.low], table[one.high]
            low[where] = np.minimum(
                low[where], np.where(lowest > 0, lowest, MAX_UINT16)
            )
            high[where] = np.maximum(high[where], highest)
        low[low == MAX_UINT16] = 0
        merged[name] = Spread(values, low.astype(np.uint16), high.astype(np.uint16))
    return merged


@dataclass(frozen=True, slots=True)
class Settled:
    """What counts of the raw events.

    Attributes:
        cases: int64[n_cases], index into the cases of the raw events.
        offsets: int64[n_cases + 1].
        codes: uint16 or uint32[n_events].
        times_us: int64[n_events].
        duplicate_count: Exact duplicates found.
        duplicate_cases: Cases they are in.
        tie_count: Events at the time of the event before them.
        backward_count: Events that stand before an earlier event of their case.
        is_newest_first: The source lists newest events first.
        later_count: Rows later than the one before them in their case.
        down_count: Those of them that stand before it in the source.
    """

    cases: IntArray
    offsets: IntArray
    codes: CodeArray
    times_us: IntArray
    duplicate_count: int
    duplicate_cases: int
    tie_count: int
    backward_count: int
    is_newest_first: bool
    later_count: int
    down_count: int


def settle(
    raw: Raw,
    ranks: IntArray,
    *,
    keep_duplicates: bool,
    is_newest_first: bool | None = None,
) -> Settled:
    """The raw events without exact duplicates, those of one moment in the order in which they happened.

    Args:
        raw: All rows.
        ranks: int64[n_pieces], place of each piece in the order of the source.
        keep_duplicates: Keep rows that are equal in every column.
        is_newest_first: The source lists newest events first; None to judge by these rows.
    """
    keys = np.repeat(np.arange(raw.case_count, dtype=np.int64), np.diff(raw.offsets))
    stream = clean.Stream(
        keys,
        raw.times_us,
        source_order(raw.pieces, raw.rows, ranks),
        raw.codes,
        raw.sequence if len(raw.sequence) else None,
    )
    numbers = np.arange(raw.event_count, dtype=np.int64)
    later, down = clean.later_counts(stream)
    if is_newest_first is None:
        has_sequence = stream.sequence is not None
        is_newest_first = clean.lists_newest_first(
            later, down, has_sequence=has_sequence
        )
    turned = stream
    if is_newest_first:
        numbers = np.lexsort((-stream.rows, stream.times_us, stream.keys))
        turned = stream.take(numbers)
    gone = _repeated(turned, raw.hashes[numbers])
    count = int(np.count_nonzero(gone))
    cases = len(np.unique(turned.keys[gone]))
    kept = turned.take(~gone) if count and not keep_duplicates else turned
    offsets = clean.case_offsets(kept.keys)
    return Settled(
        cases=kept.keys[offsets[:-1]],
        offsets=offsets,
        codes=kept.codes,
        times_us=kept.times_us,
        duplicate_count=count,
        duplicate_cases=cases,
        tie_count=clean.tie_count(kept),
        backward_count=0 if is_newest_first else clean.backward_count(kept),
        is_newest_first=is_newest_first,
        later_count=later,
        down_count=down,
    )


def _repeated(stream: clean.Stream, hashes: NDArray[np.uint64]) -> BoolArray:
    """bool[n], True for whole rows that occurred before; only events that share a moment are looked at."""
    gone = np.zeros(len(stream.keys), dtype=np.bool_)
    same = (stream.keys[1:] == stream.keys[:-1]) & (
        stream.times_us[1:] == stream.times_us[:-1]
    )
    if not same.any():
        return gone
    tied = np.flatnonzero(
        np.concatenate([[False], same]) | np.concatenate([same, [False]])
    )
    few = stream.take(tied)
    likely = clean.likely_duplicates(few)
    gone[tied] = clean.repeated(few, likely, hashes[tied][likely])
    return gone


def of_cases(raw: Raw, keys: IntArray) -> Raw:
    """The rows of some cases; nothing else of the arrays is touched.

    Args:
        raw: All rows.
        keys: int64[n], keys of cases, rising; those that are not there are passed over.
    """
    at = np.searchsorted(raw.case_keys, keys)
    inside = np.flatnonzero(at < raw.case_count)
    cases = at[inside][raw.case_keys[at[inside]] == keys[inside]]
    lengths = raw.offsets[cases + 1] - raw.offsets[cases]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    events = np.repeat(raw.offsets[cases] - offsets[:-1], lengths) + np.arange(
        offsets[-1], dtype=np.int64
    )
    columns: dict[str, Any] = {
        name: getattr(raw, name)[events]
        if len(getattr(raw, name))
        else np.zeros(0, getattr(raw, name).dtype)
        for name in EVENT_COLUMNS
    }
    return replace(
        raw,
        case_keys=raw.case_keys[cases],
        offsets=offsets,
        customers=raw.customers[cases],
        has_customer=raw.has_customer[cases],
        spreads={
            name: Spread(one.values, one.low[cases], one.high[cases])
            for name, one in raw.spreads.items()
        },
        **columns,
    )
