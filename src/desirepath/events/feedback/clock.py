"""Times of answers: texts to microseconds. Recognition is that of events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo

import numpy as np

from desirepath.events.feedback.answers import NO_TIME_US
from desirepath.events.schema import TimeReading, fail
from desirepath.events.sequences import IntArray
from desirepath.events.times import (
    TimeRule,
    given_rule,
    in_order,
    recognize_times,
    zone_named,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PER_UNIT_US = {"s": 1e6, "ms": 1e3, "us": 1.0, "ns": 1e-3}


def read_times(
    column: str,
    values: Sequence[str],
    *,
    formats: tuple[str, ...] = (),
    zone: str | None = None,
    place: str = "",
) -> tuple[IntArray, TimeReading]:
    """Times of a column in microseconds UTC, and how they were read.

    Args:
        column: Its name.
        values: Its texts; empty ones and ones that are no time give `NO_TIME_US`.
        formats: As in a recipe; () to recognize them.
        zone: IANA name for times without offset; UTC if None.
        place: Where a person finds the column.

    Raises:
        EventsError: E256 if no time can be read or day and month cannot be told apart.

    Examples:
        >>> times, seen = read_times("at", ["2024-05-01 10:00", "", "2024-05-02"])
        >>> int(times[2] - times[0]) // 3_600_000_000, seen.parsed_share
        (14, 1.0)
    """
    texts, back = np.unique(np.array([*values], dtype=object), return_inverse=True)
    rule = _rule(column, [str(text) for text in texts], formats, place)
    home = zone_named(zone, place) if zone else UTC
    read = _reader(rule, home)
    found = np.array([_tried(read, str(text).strip()) for text in texts], np.int64)
    times: IntArray = found[back]
    filled = np.array([bool(str(text).strip()) for text in texts])[back]
    parsed = float((times != NO_TIME_US).sum() / max(int(filled.sum()), 1))
    zone_source = rule.zone_source if not zone else "given"
    if rule.zone_source == "in the data":
        zone_source = rule.zone_source
    return times, TimeReading(
        column, rule.described(), parsed, 0.0, zone or "UTC", zone_source
    )


def _rule(
    column: str, texts: Sequence[str], formats: tuple[str, ...], place: str
) -> TimeRule:
    given = given_rule(formats) if formats else None
    if given is not None:
        return given
    rule, _ = recognize_times(texts)
    if rule is None:
        raise fail(
            "E256",
            f'the column "{column}" holds no times that can be read',
            place,
            "Name the column of times, or give time_format in a recipe.",
        )
    order = next((text for text in formats if text.endswith("-first")), "")
    if rule.order_open and not order:
        raise fail(
            "E256",
            f'day and month of "{column}" cannot be told apart',
            place,
            "Give --time-format day-first or month-first.",
        )
    return in_order(rule, order) if rule.order_open else rule


def _reader(rule: TimeRule, zone: tzinfo) -> Callable[[str], int]:
    """What turns one text into microseconds; it raises ValueError where it cannot."""
    if rule.kind == "epoch":
        factor = PER_UNIT_US[rule.unit]
        return lambda text: round(float(text) * factor)
    if rule.kind in ("iso", "typed"):
        return lambda text: _us(datetime.fromisoformat(_iso(text)), zone)
    formats = rule.formats

    def read(text: str) -> int:
        for template in formats:
            try:
                return _us(_strptime(text, template), zone)
            except ValueError:
                continue
        return _us(datetime.fromisoformat(text), zone)

    return read


def _iso(text: str) -> str:
    """ISO text as Python reads it: slashes are dashes, a blank before the offset is none."""
    return text.replace("/", "-").replace(" +", "+").replace(" UTC", "Z")


def _strptime(text: str, template: str) -> datetime:
    if "%n" in template:  # nine digits; Python reads six
        head, _, rest = text.rpartition(".")
        digits = "".join(letter for letter in rest if letter.isdigit())
        text = f"{head}.{digits[:6]}{rest[len(digits) :]}"
        template = template.replace("%n", "%f")
    return datetime.strptime(text, template)  # noqa: DTZ007 - the zone follows


def _us(moment: datetime, zone: tzinfo) -> int:
    whole = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    past = whole - EPOCH
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


def _tried(read: Callable[[str], int], text: str) -> int:
    try:
        return read(text) if text else NO_TIME_US
    except (ValueError, OverflowError):
        return NO_TIME_US
