"""Simplify: what is folded away before journeys are compared, and how many cases each folding touches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences


@dataclass(frozen=True, slots=True)
class Simplified:
    """Cases as sequences of activities without repeats and rarities.

    Attributes:
        activities: Name of each number used in `codes`, all activities of the log.
        codes: int64[n_kept], activity of each event kept.
        offsets: int64[k + 1].
        cases: int64[k], index in the log of each case that still has an event.
        is_kept: bool[n_activities], activities that take part.
        case_shares: float64[n_activities], share of all cases that show each activity.
        case_counts: int64[n_activities], cases that show each activity.
        event_counts: int64[n_activities], events of each activity, repeats included.
    """

    activities: tuple[str, ...]
    codes: IntArray
    offsets: IntArray
    cases: IntArray
    is_kept: BoolArray
    case_shares: np.ndarray[tuple[int], np.dtype[np.float64]]
    case_counts: IntArray
    event_counts: IntArray


def simplify(
    sequences: Sequences, *, min_share: float, kept: BoolArray | None = None
) -> Simplified:
    """Activities without their channels, an activity that follows itself folded, rare ones left out.

    Args:
        sequences: The cases.
        min_share: Activities shown by fewer cases are left out.
        kept: bool[n_codes], codes that stay however rare they are, such as the goal.
    """
    names, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    codes = of_code[sequences.codes].astype(np.int64)
    size = max(sequences.case_count, 1)
    counts = kernels.case_counts(codes, sequences.case_index(), len(names))
    shares = counts / size
    event_counts = np.bincount(codes, minlength=len(names))
    is_kept = shares >= min_share
    if kept is not None:
        is_kept[of_code[kept]] = True
    stays = is_kept[codes]
    offsets, cases = kernels.keep(stays, sequences.offsets)
    codes = codes[stays]
    again = (
        kernels.is_repeat(codes, offsets) if len(codes) else np.zeros(0, dtype=np.bool_)
    )
    offsets, _ = kernels.keep(~again, offsets)
    return Simplified(
        tuple(str(name) for name in names),
        codes[~again],
        offsets,
        cases,
        is_kept,
        shares,
        counts,
        event_counts,
    )
