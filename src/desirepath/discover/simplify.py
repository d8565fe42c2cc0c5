"""Simplify: what is folded away before journeys are compared, each folding counted in cases and events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.discover.families import find_families
from desirepath.discover.ledger import Line, activity_lines
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences

# Where rare activities are so much of what happens, they are joined by name before any is dropped.
MAX_RARE_SHARE = 0.2
# Where even then few cases are left, so many activities stay, however rare.
MIN_LEFT_SHARE = 0.5
MIN_ACTIVITIES = 40


@dataclass(frozen=True, slots=True)
class Simplified:
    """Cases as sequences of activities without repeats and rarities.

    Attributes:
        activities: Name of each number used in `codes`: activities that take part, then all others.
        patterns: Pattern that means each of them.
        numbers: int64[n_codes], number of each code of the log.
        codes: int64[n_kept], activity of each event kept.
        offsets: int64[k + 1].
        cases: int64[k], index in the log of each case that still has an event.
        kept_count: Activities that take part; all `codes` are below.
        case_shares: float64[n_activities], share of all cases that show each activity.
        case_counts: int64[n_activities], cases that show each activity.
        event_counts: int64[n_activities], events of each activity, repeats included.
        lines: What was dropped or folded.
        merges: What was joined.
    """

    activities: tuple[str, ...]
    patterns: tuple[str, ...]
    numbers: IntArray
    codes: IntArray
    offsets: IntArray
    cases: IntArray
    kept_count: int
    case_shares: np.ndarray[tuple[int], np.dtype[np.float64]]
    case_counts: IntArray
    event_counts: IntArray
    lines: tuple[Line, ...]
    merges: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """Activities with their numbers, before anything is dropped."""

    names: tuple[str, ...]
    patterns: tuple[str, ...]
    of_code: IntArray
    codes: IntArray
    merges: tuple[Line, ...]

    def marked(self, codes: BoolArray | None) -> BoolArray:
        """bool[n_activities], activities that have a code that is marked."""
        found = np.zeros(len(self.names), dtype=np.bool_)
        if codes is not None:
            found[self.of_code[codes]] = True
        return found


def simplify(
    sequences: Sequences,
    *,
    min_share: float,
    kept: BoolArray | None = None,
    backstage: BoolArray | None = None,
) -> Simplified:
    """Activities without their channels, an activity that follows itself folded, rare ones left out.

    Where rare activities are a fifth of all that happens, those whose names begin or end alike are
    joined first.

    Args:
        sequences: The cases.
        min_share: Activities shown by fewer cases are left out.
        kept: bool[n_codes], codes that stay however rare they are, such as the goal.
        backstage: bool[n_codes], codes that are work behind the scenes and no part of the journey.
    """
    case = sequences.case_index()
    named = _named(sequences, case, min_share, kept, backstage)
    size = len(named.names)
    counts = kernels.case_counts(named.codes, case, size)
    shares = counts / max(sequences.case_count, 1)
    is_behind = named.marked(backstage)
    is_kept = ((shares >= min_share) | named.marked(kept)) & ~is_behind
    is_kept = _enough(is_kept, is_behind, counts, named.codes, sequences.offsets)
    stays = is_kept[named.codes]
    offsets, cases = kernels.keep(stays, sequences.offsets)
    codes, of_case = named.codes[stays], case[stays]
    again = (
        kernels.is_repeat(codes, offsets) if len(codes) else np.zeros(0, dtype=np.bool_)
    )
    behind = is_behind[named.codes]
    rare = ~stays & ~behind
    lines = (
        *activity_lines("backstage", named.names, named.codes[behind], case[behind]),
        *activity_lines("rare", named.names, named.codes[rare], case[rare]),
        *activity_lines("repeat", named.names, codes[again], of_case[again]),
    )
    order = np.argsort(~is_kept, kind="stable")
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size)
    return Simplified(
        activities=tuple(named.names[one] for one in order),
        patterns=tuple(named.patterns[one] for one in order),
        numbers=rank[named.of_code],
        codes=rank[codes[~again]],
        offsets=kernels.keep(~again, offsets)[0],
        cases=cases,
        kept_count=int(is_kept.sum()),
        case_shares=shares[order],
        case_counts=counts[order],
        event_counts=np.bincount(named.codes, minlength=size)[order],
        lines=lines,
        merges=named.merges,
    )


def _named(
    sequences: Sequences,
    case: IntArray,
    min_share: float,
    kept: BoolArray | None,
    backstage: BoolArray | None,
) -> _Named:
    """Numbers of the activities, families joined where most of what happens is rare."""
    found, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    of_code = of_code.astype(np.int64)
    names = tuple(str(name) for name in found)
    whole = _Named(
        names,
        tuple(pattern_of(name) for name in names),
        of_code,
        of_code[sequences.codes],
        (),
    )
    counts = kernels.case_counts(whole.codes, case, len(names))
    events = np.bincount(whole.codes, minlength=len(names))
    is_rare = counts < min_share * sequences.case_count
    is_rare &= ~whole.marked(kept) & ~whole.marked(backstage)
    if events[is_rare].sum() <= MAX_RARE_SHARE * sequences.event_count:
        return whole
    families = find_families(names, is_rare, events)
    new = np.arange(len(names))
    for number, family in enumerate(families, start=len(names)):
        new[family.members] = number
    merges = tuple(
        Line(
            "family",
            f"{family.pattern} ({len(family.members)} activities)",
            len(np.unique(case[np.isin(whole.codes, family.members)])),
            int(events[family.members].sum()),
        )
        for family in families
    )
    return _Named(
        (*names, *(family.pattern for family in families)),
        (*whole.patterns, *(family.pattern for family in families)),
        new[of_code],
        new[whole.codes],
        merges,
    )


def _enough(
    is_kept: BoolArray,
    is_behind: BoolArray,
    counts: IntArray,
    codes: IntArray,
    offsets: IntArray,
) -> BoolArray:
    """Activities that take part; the most frequent as well where the others leave most cases empty."""
    left = kernels.keep(is_kept[codes], offsets)[1]
    if len(left) >= MIN_LEFT_SHARE * (len(offsets) - 1):
        return is_kept
    ranked = np.lexsort((np.arange(len(counts)), -counts, is_behind))
    most = ranked[:MIN_ACTIVITIES]
    more = np.isin(np.arange(len(counts)), most[~is_behind[most] & (counts[most] > 0)])
    return np.asarray(is_kept | more)


def pattern_of(activity: str) -> str:
    """A pattern that means the activity; a star in its name becomes a question mark.

    Examples:
        >>> pattern_of("order*"), pattern_of("sure?")
        ('order?', 'sure?')
    """
    return activity.replace("*", "?")
