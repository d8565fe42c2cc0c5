"""Nearest: which of several maps of one journey each case is most like. Measures nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from desirepath.errors import EvidenceError, Problem
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import align
from desirepath.maps.model import JourneyMap

# Steps that a case never came to decide only between maps that tell it equally well.
AFTER_COST = 0.01
NO_MAP = -1


def nearest_maps(maps: Sequence[JourneyMap], sequences: Sequences) -> IntArray:
    """int64[n_cases], number of the map each case is most like, -1 where it comes to no step of any.

    A map costs one for each step that a case skips before it stops, each step out of order, and each
    activity that only another of the maps shows. Where a case stops costs nearly nothing, else short
    maps would gather all who leave early. The first of equal maps counts.

    Args:
        maps: The maps; each has steps with events that occur.
        sequences: The cases.

    Raises:
        EvidenceError: E301 or E302 as `measure_map`.
    """
    aligned = [align(one, sequences) for one in maps]
    bound = np.array([one.binding.codes.any(axis=0) for one in aligned])
    any_bound = np.asarray(bound.any(axis=0))
    costs = [
        _told_cost(one.first, one.out_of_order) + _distinct(any_bound & ~own, sequences)
        for one, own in zip(aligned, bound, strict=True)
    ]
    nearest = np.argmin(np.stack(costs), axis=0)
    comes = kernels.any_in_case(any_bound[sequences.codes], sequences.offsets)
    return np.where(comes, nearest, NO_MAP)


def take_nearest(
    journey_map: JourneyMap, others: Sequence[JourneyMap], sequences: Sequences
) -> Sequences:
    """The cases that are more like a map than like the others, with a word on it in their source.

    Raises:
        EvidenceError: E301 or E302 as `measure_map`, E308 if no case is.
    """
    is_near = nearest_maps([journey_map, *others], sequences) == 0
    count = int(is_near.sum())
    maps = ", ".join(one.id for one in others)
    if not count:
        what = "no case is more like this map than like the others"
        hint = f"Others: {maps}. Measure it on all cases, or leave one out."
        raise EvidenceError(Problem("E308", what, journey_map.id, hint))
    said = f"{count:,} of {sequences.case_count:,} cases, those most like {journey_map.id} rather than {maps}"
    return replace(sequences.take(is_near), source={**sequences.source, "cases": said})


def _told_cost(first: IntArray, out_of_order: IntArray) -> NDArray[np.float64]:
    """float64[n_cases], what it costs to tell each case along a map.

    Args:
        first: int64[n_cases, n_steps], first event of each step, -1 where it is not reached.
        out_of_order: int64[n_cases].
    """
    reached = first >= 0
    size = reached.shape[1]
    furthest = np.where(
        reached.any(axis=1), size - 1 - np.argmax(reached[:, ::-1], axis=1), -1
    )
    skipped = (~reached & (np.arange(size) < furthest[:, None])).sum(axis=1)
    return np.asarray(skipped + out_of_order + AFTER_COST * (size - 1 - furthest))


def _distinct(codes: BoolArray, sequences: Sequences) -> IntArray:
    """int64[n_cases], distinct activities among some codes."""
    _, activity = np.unique(np.array(sequences.activities), return_inverse=True)
    events = np.flatnonzero(codes[sequences.codes])
    return kernels.distinct_per_case(
        activity[sequences.codes[events]],
        sequences.case_index()[events],
        sequences.case_count,
        int(activity.max()) + 1,
    )
