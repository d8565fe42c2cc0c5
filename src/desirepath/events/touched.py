"""The cases that new rows are in: what a store adds where most of it stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desirepath.events import clean
from desirepath.events.event_store import State
from desirepath.events.merging import has_other_customers, merge, of_cases, settle
from desirepath.events.raw import Raw
from desirepath.events.sequences import IntArray, Sequences
from desirepath.events.settled import (
    Work,
    counts_of,
    ranks,
    segments_of,
    sequences_of,
    state_of,
)
from desirepath.events.store_rules import Rules

MOST_TOUCHED_SHARE = 0.5
MOST_PARTS = 32


class OtherCustomersError(Exception):
    """A case has several customers in files that were read one after the other."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a refresh adds to a store.

    Attributes:
        state: With the parts that go on counting.
        sequences: The cases that new rows are in, with all their properties.
        raw: The new rows.
    """

    state: State
    sequences: Sequences
    raw: Raw


def added(before: State, work: Work, rules: Rules) -> Added | None:
    """What new rows add; None where the whole must be merged.

    That is where all cases depend on all others (bots are left out, the source turns out to list newest
    events first), or where reading would have to put too many parts together.

    Args:
        before: The store.
        work: All pieces, and the new rows only.
        rules: How they are read.

    Raises:
        OtherCustomersError: a case has another customer in the store.
    """
    order, given = ranks(work.pieces), rules.given_segments()
    new = work.raw
    old = _known(before, new.case_keys, order, given)
    if has_other_customers(old, new):
        raise OtherCustomersError
    if rules.drop_bots or len(before.parts) >= MOST_PARTS:
        return None
    was_newest_first = before.summary.newest_first
    has_sequence = bool(len(new.sequence)) or _has_sequence(before)
    now = merge(old, new, order, given)
    work.overfull |= newly_overfull(now, new)
    done = settle(
        now,
        order,
        keep_duplicates=rules.keep_duplicates,
        is_newest_first=was_newest_first,
    )
    then = settle(
        old,
        order,
        keep_duplicates=rules.keep_duplicates,
        is_newest_first=was_newest_first,
    )
    counts = dict(before.counts)
    for sign, part in ((-1, counts_of(old, then)), (1, counts_of(now, done))):
        for name, count in part.items():
            counts[name] = counts.get(name, 0) + sign * count
    is_newest_first = clean.lists_newest_first(
        counts["later"], counts["down"], has_sequence=has_sequence
    )
    if is_newest_first != was_newest_first:
        return None
    touched = len(done.codes) + before.counts["touched"]
    if touched > MOST_TOUCHED_SHARE * counts["events"]:
        return None
    counts["touched"] = touched
    segments = segments_of(now, counts, work, rules)
    state = state_of(
        work, rules, counts, segments, has_sequence=has_sequence, parts=before.parts
    )
    return Added(state, sequences_of(now, done, tuple(now.spreads)), new)


def newly_overfull(merged: Raw, new: Raw) -> set[str]:
    """Properties that have too many values since rows were merged."""
    return {
        name
        for name, one in merged.spreads.items()
        if len(one.values) == 1
        and name in new.spreads
        and len(new.spreads[name].values) > 1
    }


def merge_all(before: State, work: Work, rules: Rules) -> None:
    """Merge all rows of a store with the new ones of the work.

    Raises:
        EventsError: E293 if a file of the store was changed.
    """
    order, given, new = ranks(work.pieces), rules.given_segments(), work.raw
    whole = before.parts[0].raw()
    for part in before.parts[1:]:
        whole = merge(whole, part.raw(), order, given)
    work.raw = merge(whole, new, order, given)
    work.overfull |= newly_overfull(work.raw, new)


def _known(state: State, keys: IntArray, order: IntArray, given: frozenset[str]) -> Raw:
    """The rows of a store that belong to some cases."""
    first, *later = (
        of_cases(part.raw(is_verified=False), keys) for part in state.parts
    )
    for one in later:
        first = merge(first, one, order, given)
    return replace(first, codes=np.asarray(first.codes))


def _has_sequence(state: State) -> bool:
    """True if the source numbers its events."""
    return state.summary.tie_rule == "their sequence number"
