"""What customers do that no step binds: activities, channels and moves elsewhere, as facts. Ranks nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import Alignment, latest_steps
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.facts import Fact, whole_cases
from desirepath.stats.clusters import effective_n_among
from desirepath.stats.intervals import newcombe_difference, wilson

MIN_SHARE = 0.01


def unbound_facts(
    alignment: Alignment,
    sequences: Sequences,
    customers: IntArray,
    window_from: str,
    window_to: str,
) -> Iterator[Fact]:
    """Facts about each activity that no step binds and that at least 1 % of the cases show.

    For each: share of cases (measure ``elsewhere``, target the activity, `after` the step it mostly
    follows), share of the cases at that step (``elsewhere_here``), and the difference in goal share
    between cases with and without it (``goal_difference``; an association).
    """
    is_unbound = alignment.step_of_event == UNBOUND
    # what the map names in its goal or in a claim is on the map, even where no step binds it
    is_unbound &= ~alignment.binding.named[sequences.codes]
    names, activity = np.unique(np.array(sequences.activities), return_inverse=True)
    of_event = activity[sequences.codes]
    events = np.flatnonzero(is_unbound)
    case = sequences.case_index()[events]
    seen = kernels.distinct(of_event[events] * sequences.case_count + case)
    size = sequences.case_count
    bounds = np.searchsorted(seen, np.arange(len(names) + 1) * size)
    follows = _follows(of_event[events], latest_steps(alignment, sequences)[events])
    for index in np.flatnonzero(np.diff(bounds) >= MIN_SHARE * size):
        shows = np.zeros(size, dtype=np.bool_)
        shows[seen[bounds[index] : bounds[index + 1]] - index * size] = True
        place = int(follows[index])
        after = alignment.binding.step_ids[place] if place >= 0 else ""
        yield _share(
            "elsewhere",
            shows,
            str(names[index]),
            customers,
            after,
            window_from,
            window_to,
        )
        if place >= 0:
            here = alignment.is_reached[:, place]
            yield _here(shows, here, str(names[index]), customers, after, window_from, window_to)  # fmt: skip
        if alignment.binding.is_goal_known:
            yield _difference(
                shows,
                alignment.goal >= 0,
                str(names[index]),
                customers,
                after,
                window_from,
                window_to,
            )
    yield from _channels(alignment, sequences, customers, window_from, window_to)


def _follows(activity: IntArray, before: IntArray) -> IntArray:
    """int64[n_activities], the step that each activity mostly follows; -1 for none."""
    if not len(activity):
        return np.zeros(0, dtype=np.int64)
    places = int(before.max()) + 2
    counts = np.bincount(activity * places + before + 1)
    counts = np.append(counts, np.zeros(-len(counts) % places, dtype=np.int64))
    mostly: IntArray = counts.reshape(-1, places).argmax(axis=1) - 1
    return mostly


def _channels(
    alignment: Alignment,
    sequences: Sequences,
    customers: IntArray,
    window_from: str,
    window_to: str,
) -> Iterator[Fact]:
    """Share of cases in each channel none of whose events a step binds (measure ``channel_elsewhere``)."""
    is_bound = np.asarray(alignment.binding.codes.any(axis=0))
    channels = np.array(sequences.channels)
    for channel in sorted(set(sequences.channels) - {""}):
        if is_bound[channels == channel].any():
            continue
        shows = kernels.any_in_case(
            (channels == channel)[sequences.codes], sequences.offsets
        )
        if shows.mean() >= MIN_SHARE:
            yield _share(
                "channel_elsewhere",
                shows,
                channel,
                customers,
                "",
                window_from,
                window_to,
            )


def _share(
    measure: str,
    shows: BoolArray,
    name: str,
    customers: IntArray,
    after: str,
    window_from: str,
    window_to: str,
) -> Fact:
    n = effective_n_among(np.ones(len(shows), dtype=np.bool_), shows, customers)
    hits = int(np.count_nonzero(shows))
    share = wilson(hits / len(shows) * n, n)
    return Fact(
        "map", measure, hits / len(shows), "share", whole_cases(n), float(share.low), float(share.high), hits, len(shows), name,
        window_from=window_from, window_to=window_to, after=after,
    )  # fmt: skip


def _here(
    shows: BoolArray,
    here: BoolArray,
    name: str,
    customers: IntArray,
    step: str,
    window_from: str,
    window_to: str,
) -> Fact:
    """Of the cases at a step, those that show an activity (measure ``elsewhere_here``)."""
    cases, hits = (int(np.count_nonzero(one)) for one in (here, here & shows))
    share_here, n = _effective(shows, here, customers)
    share = wilson(share_here * n, n)
    return Fact(
        f"step:{step}", "elsewhere_here", hits / max(cases, 1), "share", whole_cases(n), float(share.low), float(share.high), hits, cases, name,
        window_from=window_from, window_to=window_to,
    )  # fmt: skip


def _difference(
    shows: BoolArray,
    goal: BoolArray,
    name: str,
    customers: IntArray,
    after: str,
    window_from: str,
    window_to: str,
) -> Fact:
    with_it, here = (int(np.count_nonzero(one)) for one in (shows & goal, shows))
    groups = [
        (share * n, n)
        for share, n in (_effective(goal, part, customers) for part in (shows, ~shows))
    ]
    difference = newcombe_difference(*groups[0], *groups[1])
    known = 0 < here < len(shows)
    return Fact(
        "map", "goal_difference", float(difference.value) if known else None, "share", whole_cases(groups[0][1]),
        float(difference.low), float(difference.high), with_it, here, name,
        window_from=window_from, window_to=window_to, after=after,
    )  # fmt: skip


def _effective(
    goal: BoolArray, group: BoolArray, customers: IntArray
) -> tuple[float, float]:
    """Share of a group that reaches the goal, and the effective number of its cases."""
    hits = group & goal
    share = int(np.count_nonzero(hits)) / max(int(np.count_nonzero(group)), 1)
    return share, effective_n_among(group, hits, customers)
