"""Backstage: which activities are work behind the scenes, by the user's word; and names that look like it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from desirepath.errors import CheckError, Problem
from desirepath.events import kernels
from desirepath.events.goals import GoalRow
from desirepath.events.patterns import matching_codes
from desirepath.events.sequences import BoolArray, Sequences
from desirepath.events.told import Told

PREFIX = re.compile(r"^[^\W\d_]{1,4}[_:.\-]")
MIN_FAMILIES = 2
MAX_FAMILIES = 6
MIN_MEMBERS = 2
MIN_COVERED_SHARE = 0.8
# Work is taken up again and again; what a customer does is done once.
MUCH_MORE = 1.5


def backstage_codes(
    sequences: Sequences,
    patterns: Sequence[str],
    told: Sequence[Told],
    aim: GoalRow | None,
) -> BoolArray:
    """bool[n_codes], codes of work behind the scenes; what the goal names never is.

    Args:
        sequences: The cases.
        patterns: Activity patterns.
        told: What columns tell; activities of which at least half of the rows are meant.
        aim: The goal.

    Raises:
        CheckError: E415 if a pattern means no activity, E418 if a column tells of none or of all.
    """
    found = np.zeros(len(sequences.activities), dtype=np.bool_)
    for pattern in patterns:
        codes = matching_codes(sequences.activities, sequences.channels, pattern)
        if not codes.any():
            raise CheckError(
                Problem(
                    "E415",
                    f'no activity matches "{pattern}"',
                    hint='Name activities of work behind the scenes: --backstage "W_*".',
                )
            )
        found |= codes
    for one in told:
        found |= _told_codes(sequences, one)
    return found if aim is None else found & ~aim.named


def _told_codes(sequences: Sequences, told: Told) -> BoolArray:
    """bool[n_codes], codes of the activities that a column tells of."""
    meant = set(told.majority)
    found = np.array([name in meant for name in sequences.activities], dtype=np.bool_)
    if not found.any() or found.all():
        which = "every" if found.any() else "no"
        nearest = told.activities[0]
        raise CheckError(
            Problem(
                "E418",
                f"{which} activity holds {told.rule.text} in at least half of its rows",
                hint="Choose values that tell the company's work from what customers do."
                if found.any()
                else f"Nearest to it is {nearest.activity} with {nearest.share:.0%}. Name other values.",
            )
        )
    return found


def likely_backstage(sequences: Sequences) -> str:
    """Advice where nearly all activities fall into families by how their names begin, "" elsewhere.

    The family whose activities are repeated most within a case looks like work behind the scenes.
    """
    families: defaultdict[str, set[int]] = defaultdict(set)
    for code, name in enumerate(sequences.activities):
        if prefix := PREFIX.match(name):
            families[prefix.group()].add(code)
    large = {one: codes for one, codes in families.items() if len(codes) >= MIN_MEMBERS}
    if not MIN_FAMILIES <= len(large) <= MAX_FAMILIES:
        return ""
    events = np.bincount(sequences.codes, minlength=len(sequences.activities))
    covered = sum(int(events[list(codes)].sum()) for codes in large.values())
    if covered < MIN_COVERED_SHARE * sequences.event_count:
        return ""
    cases = kernels.case_counts(
        sequences.codes.astype(np.int64), sequences.case_index(), len(events)
    )
    again = {
        one: float(events[list(codes)].sum() / max(cases[list(codes)].sum(), 1))
        for one, codes in large.items()
    }
    ranked = sorted(again, key=lambda one: (-again[one], one))
    if again[ranked[0]] < MUCH_MORE * again[ranked[1]]:
        return ""
    return (
        f"Names begin with {', '.join(sorted(large))}; those with {ranked[0]} are done "
        f"{again[ranked[0]]:.1f} times a case. If they are work behind the scenes: "
        f'--backstage "{ranked[0]}*".'
    )
