"""What is odd about events, as facts that pages have words for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desirepath.events.schema import Inspection

MANY_BACKWARD_SHARE = 0.2
LONG_SILENCE_SHARE = 0.1  # of the whole time


def odd_things(seen: Inspection) -> Iterator[dict[str, Any]]:
    """What a person should look at before relying on the events."""
    if seen.duplicate_count:
        yield _of("duplicates", seen.duplicate_count)
    yield from _of_order(seen)
    if seen.implausible_count:
        yield _of("implausible", seen.implausible_count)
    if seen.median_case <= 1:
        yield _of("single")
    if seen.bot_count:
        yield _of("machines", seen.bot_count)
    if _is_silent(seen):
        yield _of("silence", seen.empty_day_count)
    for time in (one for table in seen.tables for one in table.times):
        if time.zone_source == "assumed":
            yield _of("zone", column=time.column)
        if time.ambiguous_share:
            yield _of("day_or_month", column=time.column)


def _of_order(seen: Inspection) -> Iterator[dict[str, Any]]:
    if not seen.has_times:
        yield _of("no_times")
        return
    if seen.tie_count:
        yield _of("ties", seen.tie_count)
    if seen.newest_first:
        yield _of("newest_first")
    elif seen.backward_count > MANY_BACKWARD_SHARE * seen.event_count:
        yield _of("unsorted", seen.backward_count)


def _is_silent(seen: Inspection) -> bool:
    if seen.silence_s is None or seen.from_us is None or seen.to_us is None:
        return False
    whole_s = (seen.to_us - seen.from_us) / 1_000_000
    return seen.empty_day_count > 0 and seen.silence_s > LONG_SILENCE_SHARE * whole_s


def _of(what: str, count: int = 0, column: str = "") -> dict[str, Any]:
    return {"what": what, "count": count, "column": column}
