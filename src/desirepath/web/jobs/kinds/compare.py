"""A comparison: what got better and worse between two windows or two segments."""

from __future__ import annotations

import datetime as dt

import numpy as np

from desirepath.errors import CheckError, Problem
from desirepath.events.sequences import Sequences
from desirepath.steps import step
from desirepath.track.business import CHANGES_FILE, BusinessChange, read_changes
from desirepath.track.sided import Log, compare_segments, compare_windows
from desirepath.track.sides import split_on
from desirepath.web.jobs.kinds.check import FALSE_DISCOVERY_RATE, trail_of
from desirepath.web.jobs.work import Parts, Work


def compare(work: Work) -> Parts:
    """Facts of both sides: of two segments, two windows, or the older and the newer half of the cases."""
    given = work.given
    log = Log(work.sequences, work.feedback)
    rate = work.project.false_discovery_rate if work.project else FALSE_DISCOVERY_RATE
    with step("holding two sides together"):
        if given.get("segment"):
            found = compare_segments(
                work.journey_map,
                log,
                given["segment"],
                given.get("against", ""),
                false_discovery_rate=rate,
            )
        else:
            before, after = _windows(work)
            found = compare_windows(
                work.journey_map,
                log,
                before,
                after,
                control=given.get("control", ""),
                false_discovery_rate=rate,
                changes=told_changes(work),
            )
    yield "comparison", found.to_dict()
    yield "trail", trail_of(work)


def _windows(work: Work) -> tuple[str, str]:
    given = work.given
    if given.get("before") and given.get("after"):
        return given["before"], given["after"]
    day = _middle(work.sequences)
    if given.get("split"):
        try:
            day = dt.date.fromisoformat(given["split"])
        except ValueError:
            what = f'"{given["split"]}" is not a day'
            hint = "Write a day such as 2024-08-01."
            raise CheckError(Problem("E405", what, hint=hint)) from None
    first, second = split_on(day)
    return first.words(), second.words()


def _middle(sequences: Sequences) -> dt.date:
    """The day on which the middle one of the cases starts."""
    if not sequences.case_count or not sequences.has_times:
        return dt.date(1970, 1, 2)  # what compares them says what is missing
    middle = int(np.median(sequences.starts_us))
    return dt.date.fromisoformat(str(np.datetime64(middle, "us").astype("datetime64[D]")))  # fmt: skip


def told_changes(work: Work) -> tuple[BusinessChange, ...]:
    """What was changed in the business, as the project and people tell; what both tell once."""
    told = list(work.changes)
    if work.project is not None:
        file = work.project.path.parent / CHANGES_FILE
        told += read_changes(file) if file.is_file() else ()
    each = {(one.date, one.what.casefold()): one for one in told}
    return tuple(sorted(each.values(), key=lambda one: one.date))
