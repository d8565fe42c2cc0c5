"""The events of a store: its first part, with the cases in place that later parts hold anew. Array work only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events import clean
from desirepath.events.event_store import State, Summary, bot_keys
from desirepath.events.loader import MAX_BOTS_LISTED
from desirepath.events.sequences import (
    BoolArray,
    IntArray,
    Segment,
    Sequences,
    code_type,
)
from desirepath.steps import step


def events_of(state: State) -> tuple[Sequences, Summary]:
    """The events of a store as reading all files would give them, and what reading them would tell.

    Raises:
        EventsError: E293 if a file of the store was changed.
    """
    first = state.parts[0].sequences()
    if len(state.parts) == 1:
        return first, state.summary
    with step("putting parts of the event store together"):
        parts = [first, *(part.sequences() for part in state.parts[1:])]
        sequences = together(parts, _first_segments(state, first))
    is_bot = clean.bots(sequences.offsets, sequences.times_us, has_times=True)
    bots = bot_keys(sequences, is_bot, MAX_BOTS_LISTED)
    return sequences, replace(
        state.summary, bot_cases=bots, bot_count=int(np.count_nonzero(is_bot))
    )


def _first_segments(state: State, first: Sequences) -> dict[str, Segment]:
    """The properties of the first part's cases that are segments now, even where they were none then."""
    found = {}
    for name in state.segments:
        if name in first.segments:
            found[name] = first.segments[name]
            continue
        raw = state.parts[0].raw()
        if name in raw.spreads:
            at = np.searchsorted(raw.case_keys, first.case_keys)
            one = raw.spreads[name]
            found[name] = Segment(one.values, one.low[at])
        else:
            nothing = np.zeros(first.case_count, dtype=np.uint16)
            found[name] = Segment(("",), nothing)
    return found


def together(parts: Sequence[Sequences], segments: dict[str, Segment]) -> Sequences:
    """The first part, with the cases of the later ones in their place; of a case the last part counts.

    Args:
        parts: Cases by rising key each; the names of the last hold those of all.
        segments: Properties of the cases of the first part that are segments now.
    """
    first, last = parts[0], parts[-1]
    new = _last_of(parts[1:])
    at = np.searchsorted(first.case_keys, new.keys)
    inside = np.flatnonzero(at < first.case_count)
    is_known = np.zeros(len(new.keys), dtype=np.bool_)
    is_known[inside] = first.case_keys[at[inside]] == new.keys[inside]
    is_kept = np.ones(first.case_count, dtype=np.bool_)
    is_kept[at[is_known]] = False
    # cases that stay keep their order, and so do the others: where these stand is all there is to find
    kept_before: IntArray = np.cumsum(is_kept) - is_kept
    place = np.arange(len(new.keys)) + np.append(kept_before, is_kept.sum())[at]
    is_new = np.zeros(len(new.keys) + int(is_kept.sum()), dtype=np.bool_)
    is_new[place] = True
    lengths = _laid(is_new, np.diff(first.offsets)[is_kept], new.lengths)
    is_new_event = np.repeat(is_new, lengths)
    is_kept_event = np.repeat(is_kept, np.diff(first.offsets))

    def events(old: NDArray[Any], name: str) -> NDArray[Any]:
        return _laid(is_new_event, old[is_kept_event], new.events(name))

    return Sequences(
        activities=last.activities,
        channels=last.channels,
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        codes=events(_recoded(first, last), "codes"),
        times_us=events(first.times_us, "times_us"),
        case_keys=_laid(is_new, first.case_keys[is_kept], new.keys),
        customers=_laid(is_new, first.customers[is_kept], new.cases("customers")),
        segments={
            name: _segment(name, one, is_new, is_kept, new)
            for name, one in segments.items()
        },
        end_us=max(part.end_us for part in parts),
    )


@dataclass(frozen=True, slots=True)
class _Last:
    """Cases of several parts, each as the last part has it.

    Attributes:
        parts: Where they are.
        keys: int64[n_cases], rising.
        of: int64[n_cases], number of the part of each.
        at: int64[n_cases], its case there.
        lengths: int64[n_cases].
    """

    parts: Sequence[Sequences]
    keys: IntArray
    of: IntArray
    at: IntArray
    lengths: IntArray

    def cases(self, name: str) -> NDArray[Any]:
        """A column of the cases."""
        return self.chosen([getattr(part, name) for part in self.parts])

    def events(self, name: str) -> NDArray[Any]:
        """A column of the events, codes as in the last part."""
        last = self.parts[-1]
        columns = [
            _recoded(part, last) if name == "codes" else getattr(part, name)
            for part in self.parts
        ]
        starts = np.cumsum([0, *(len(column) for column in columns)])[:-1]
        begins = self.chosen(
            [
                part.offsets[:-1] + start
                for part, start in zip(self.parts, starts.tolist(), strict=True)
            ]
        )
        offsets = np.cumsum(self.lengths) - self.lengths
        total = int(self.lengths.sum())
        order = np.repeat(begins - offsets, self.lengths) + np.arange(total)
        found: NDArray[Any] = np.concatenate(columns)[order]
        return found

    def segment(self, name: str) -> list[Segment | None]:
        """A segment in each part."""
        return [part.segments.get(name) for part in self.parts]

    def chosen(self, columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Of one column per part the values of the cases."""
        starts = np.cumsum([0, *(len(column) for column in columns)])[:-1]
        found: NDArray[Any] = np.concatenate(columns)[starts[self.of] + self.at]
        return found


def _last_of(parts: Sequence[Sequences]) -> _Last:
    """Cases of all parts, each as the last part has it."""
    keys = np.concatenate([part.case_keys for part in parts])
    of = np.repeat(np.arange(len(parts)), [part.case_count for part in parts])
    at = np.concatenate([np.arange(part.case_count) for part in parts])
    lengths = np.concatenate([part.lengths for part in parts])
    order = np.lexsort((of, keys))
    is_last = np.append(keys[order][1:] != keys[order][:-1], len(keys) > 0)
    chosen = order[is_last[: len(order)]]
    return _Last(parts, keys[chosen], of[chosen], at[chosen], lengths[chosen])


def _recoded(part: Sequences, last: Sequences) -> NDArray[Any]:
    """Codes of a part as those of the last part."""
    pairs = list(zip(last.activities, last.channels, strict=True))
    own = list(zip(part.activities, part.channels, strict=True))
    if own == pairs:
        return part.codes
    place = {pair: code for code, pair in enumerate(pairs)}
    table = np.array([place[pair] for pair in own], dtype=code_type(len(pairs)))
    codes: NDArray[Any] = table[part.codes] if own else part.codes
    return codes


def _segment(
    name: str, first: Segment, is_new: BoolArray, is_kept: BoolArray, new: _Last
) -> Segment:
    """A segment of all cases."""
    parts = new.segment(name)
    values = next((one.values for one in reversed(parts) if one), first.values)
    if len(values) == 1:
        values = first.values
    place = {value: code for code, value in enumerate(values)}

    def codes(one: Segment | None, count: int) -> NDArray[Any]:
        if one is None:
            return np.zeros(count, dtype=np.uint16)
        table = np.array([place[value] for value in one.values], dtype=np.uint16)
        return table[one.codes]

    own = new.chosen(
        [
            codes(one, part.case_count)
            for one, part in zip(parts, new.parts, strict=True)
        ]
    )
    return Segment(values, _laid(is_new, codes(first, len(is_kept))[is_kept], own))


def _laid(is_new: BoolArray, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
    """Values of old and new, each in order, where the mask says which stands where."""
    whole = np.empty(len(is_new), dtype=new.dtype)
    whole[is_new] = new
    whole[~is_new] = old
    return whole
