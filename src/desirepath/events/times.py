"""How times are written: recognize it from examples; zones; durations. Parses no column itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from desirepath.events.schema import fail

Order = Literal["day-first", "month-first", "two orders", ""]
EPOCH_UNITS = {"epoch-s": "s", "epoch-ms": "ms", "epoch-us": "us", "epoch-ns": "ns"}
UNIT_S = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hour", "hours"), 3600),
    **dict.fromkeys(("d", "day", "days"), 86400),
    **dict.fromkeys(("w", "week", "weeks"), 604800),
}
LARGEST_DAY_OR_MONTH = 12
# 1971 to 2200 in seconds: what a count since 1970 must lie between to be taken for a time
EPOCH_FROM_S, EPOCH_TO_S = 31_536_000, 7_258_118_400

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MONTH_NAME = re.compile(r"(\d{1,2})([-/ ])([A-Za-z]{3,9})([-/ ,]+)(\d{4})")
_MONTH_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")
_CLOCK = re.compile(
    r"(?P<sep>T|,? +| - |:)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:(?P<point>[.,])(?P<fraction>\d{1,9}))?)?(?P<half> ?[AaPp][Mm])?"
)
_COMPACT_CLOCK = re.compile(r"T?(\d{2})(\d{2})(\d{2})(?!\d)")
_OFFSET = re.compile(r" ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$")
_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? ")
_NUMBER = re.compile(r"-?\d{1,19}(?:\.\d+)?(?:[eE]\+?\d+)?$")
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$")


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How to read the times of one column.

    Attributes:
        kind: ``iso`` the engine's own reading of year-month-day, ``format`` by strptime formats,
            ``epoch`` a count since 1970, ``typed`` the column holds times already.
        formats: strptime formats, most frequent first.
        unit: s, ms, us or ns for ``epoch``.
        offsets: ``none``, ``all`` or ``some`` values carry their offset from UTC.
        order_open: Day and month may change places; examples did not decide.
        zone: Zone of values without offset.
        zone_source: ``in the data``, ``given`` or ``assumed``.
    """

    kind: Literal["iso", "format", "epoch", "typed"]
    formats: tuple[str, ...] = ()
    unit: str = ""
    offsets: Literal["none", "all", "some"] = "none"
    order_open: bool = False
    zone: str = "UTC"
    zone_source: str = "assumed"

    def described(self) -> str:
        """The format, for a person."""
        if self.kind == "iso":
            return "year-month-day, ISO 8601"
        if self.kind == "epoch":
            names = {
                "s": "seconds",
                "ms": "milliseconds",
                "us": "microseconds",
                "ns": "nanoseconds",
            }
            return f"{names[self.unit]} since 1970"
        return (
            "times, as stored in the file"
            if self.kind == "typed"
            else " or ".join(self.formats)
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """One way in which a value is written; `{first}` and `{second}` stand for day and month."""

    template: str
    is_iso: bool
    has_offset: bool
    is_open: bool
    first: int = 0
    second: int = 0


def recognize_times(values: Iterable[str]) -> tuple[TimeRule | None, float]:
    """Rule that reads most of the examples, and the share of them it reads.

    Examples:
        >>> rule, share = recognize_times(["2019/11/03 01:11:19.000", "2019/11/04 02:00:00.500"])
        >>> rule.kind, share
        ('iso', 1.0)
        >>> recognize_times(["03.11.2019 01:11"])[0].formats
        ('%d.%m.%Y %H:%M',)
        >>> recognize_times(["03/04/2019", "13/04/2019"])[0].formats
        ('%d/%m/%Y',)
        >>> recognize_times(["03/04/2019"])[0].order_open
        True
        >>> recognize_times(["1577836800000"])[0].described()
        'milliseconds since 1970'
        >>> recognize_times(["basket", "home"])
        (None, 0.0)
    """
    texts = [value.strip() for value in values if value.strip()]
    if not texts:
        return None, 0.0
    epoch = _epoch_rule(texts)
    if epoch is not None:
        return epoch, 1.0
    shapes = [_shape(text) for text in texts]
    known = [shape for shape in shapes if shape is not None]
    if not known:
        return None, 0.0
    return _rule_of(known), len(known) / len(texts)


def _rule_of(shapes: list[_Shape]) -> TimeRule:
    """Rule for values of these shapes."""
    with_offset = sum(shape.has_offset for shape in shapes)
    offsets: Literal["none", "all", "some"] = (
        "none" if with_offset == 0 else "all" if with_offset == len(shapes) else "some"
    )
    if all(shape.is_iso for shape in shapes):
        return _with_zone(TimeRule("iso", offsets=offsets))
    counted = Counter(shape.template for shape in shapes)
    templates = tuple(sorted(counted, key=lambda text: (-counted[text], text)))
    is_open = any(shape.is_open for shape in shapes)
    order = order_of(
        max((shape.first for shape in shapes if shape.is_open), default=0),
        max((shape.second for shape in shapes if shape.is_open), default=0),
    )
    rule = TimeRule(
        "format",
        formats=templates,
        offsets=offsets,
        order_open=is_open and order in ("", "two orders"),
    )
    return _with_zone(rule if rule.order_open else in_order(rule, order or "day-first"))


def _with_zone(rule: TimeRule) -> TimeRule:
    """The rule, its zone read off the data where every value carries an offset."""
    return replace(rule, zone_source="in the data") if rule.offsets == "all" else rule


def order_of(first: int, second: int) -> Order:
    """Order told by the largest first and second number of dates such as 03/04/2019.

    Examples:
        >>> order_of(31, 12), order_of(12, 31), order_of(5, 6), order_of(31, 31)
        ('day-first', 'month-first', '', 'two orders')
    """
    if first > LARGEST_DAY_OR_MONTH and second > LARGEST_DAY_OR_MONTH:
        return "two orders"
    if first > LARGEST_DAY_OR_MONTH:
        return "day-first"
    return "month-first" if second > LARGEST_DAY_OR_MONTH else ""


def in_order(rule: TimeRule, order: str) -> TimeRule:
    """The rule with day and month put into the given order."""
    first, second = ("%m", "%d") if order == "month-first" else ("%d", "%m")
    formats = tuple(
        text.replace("{first}", first).replace("{second}", second)
        for text in rule.formats
    )
    return replace(rule, formats=formats, order_open=False)


def given_rule(formats: tuple[str, ...]) -> TimeRule | None:
    """Rule for strptime formats or an epoch unit that the user gave; None for an order of day and month.

    Raises:
        EventsError: E228 if a format holds no % and is none of the known words.
    """
    words = [text for text in formats if "%" not in text]
    for word in words:
        if word in EPOCH_UNITS:
            return TimeRule(
                "epoch",
                unit=EPOCH_UNITS[word],
                offsets="all",
                zone_source="in the data",
            )
        if word in ("day-first", "month-first"):
            return None
        if word == "iso":
            return TimeRule("iso")
        raise fail(
            "E228",
            f'"{word}" is not a time format',
            hint='Give a format such as "%d.%m.%Y %H:%M", or one of day-first, month-first, iso, epoch-s, epoch-ms, epoch-us.',
        )
    has_offset = all("%z" in text for text in formats)
    return _with_zone(
        TimeRule("format", formats=formats, offsets="all" if has_offset else "none")
    )


def _epoch_rule(texts: list[str]) -> TimeRule | None:
    """Rule for whole or decimal counts since 1970; None if any value is something else."""
    if not all(_NUMBER.match(text) for text in texts):
        return None
    if all(_COMPACT.fullmatch(text) for text in texts):
        return TimeRule("format", formats=("%Y%m%d",))
    middle = sorted(abs(float(text)) for text in texts)[len(texts) // 2]
    for unit, factor in (("s", 1), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)):
        if EPOCH_FROM_S * factor <= middle < EPOCH_TO_S * factor:
            return TimeRule(
                "epoch", unit=unit, offsets="all", zone_source="in the data"
            )
    return None


def _shape(text: str) -> _Shape | None:
    """Shape of one value; None if it is no time."""
    prefix = ""
    weekday = _WEEKDAY.match(text)
    if weekday:
        prefix = "%a, " if "," in weekday[0] else "%a "
        text = text[weekday.end() :]
    date = _date_shape(text)
    if date is None:
        return None
    shape, rest = date
    clock = _clock_format(rest)
    if clock is None:
        return None
    clock_format, has_offset, plain = clock
    return replace(
        shape,
        template=prefix + shape.template + clock_format,
        is_iso=shape.is_iso and plain and not prefix,
        has_offset=has_offset,
    )


def _date_shape(text: str) -> tuple[_Shape, str] | None:
    """Shape of the date at the start, and what follows it."""
    if found := _YEAR_FIRST.match(text):
        sep = found[2]
        template = f"%Y{sep}%m{sep}%d"
        return _Shape(template, sep != ".", False, False), text[found.end() :]  # noqa: FBT003 - a record, not switches
    if found := _YEAR_LAST.match(text):
        return _year_last(found), text[found.end() :]
    if found := _MONTH_NAME.match(text):
        month = "%b" if len(found[3]) == 3 else "%B"  # noqa: PLR2004 - Jan, not January
        template = f"%d{found[2]}{month}{found[4]}%Y"
        return _Shape(template, False, False, False), text[found.end() :]  # noqa: FBT003
    if found := _MONTH_NAME_FIRST.match(text):
        month = "%b" if len(found[1]) == 3 else "%B"  # noqa: PLR2004
        comma = "," if "," in found[0] else ""
        return _Shape(f"{month} %d{comma} %Y", False, False, False), text[found.end() :]  # noqa: FBT003
    if found := _COMPACT.match(text):
        return _Shape("%Y%m%d", False, False, False), text[found.end() :]  # noqa: FBT003
    return None


def _year_last(found: re.Match[str]) -> _Shape:
    """Shape of 03/04/2019; with dots the day comes first wherever dots are used."""
    sep, year = found[2], "%Y" if len(found[4]) == 4 else "%y"  # noqa: PLR2004 - digits of a year
    if sep == ".":
        return _Shape(f"%d.%m.{year}", False, False, False)  # noqa: FBT003
    return _Shape(
        template=f"{{first}}{sep}{{second}}{sep}{year}",
        is_iso=False,
        has_offset=False,
        is_open=True,
        first=int(found[1]),
        second=int(found[3]),
    )


def _clock_format(rest: str) -> tuple[str, bool, bool] | None:
    """Format of the time of day, whether an offset follows, whether the engine reads it unaided."""
    if not rest:
        return "", False, True
    found = _CLOCK.match(rest)
    if found is None:
        compact = _COMPACT_CLOCK.match(rest)
        if compact is None:
            return None
        sep = "T" if rest.startswith("T") else ""
        return _with_offset(f"{sep}%H%M%S", rest[compact.end() :], plain=False)
    hour = "%I" if found["half"] else "%H"
    clock = f"{found['sep'] or ''}{hour}:%M" + (":%S" if found["second"] else "")
    if found["fraction"]:
        clock += found["point"] + ("%f" if len(found["fraction"]) <= 6 else "%n")  # noqa: PLR2004 - microseconds
    if found["half"]:
        clock += (" " if found["half"].startswith(" ") else "") + "%p"
    plain = not found["half"] and found["point"] != "," and found["sep"] in ("T", " ")
    return _with_offset(clock, rest[found.end() :], plain=plain)


def _with_offset(
    clock: str, rest: str, *, plain: bool
) -> tuple[str, bool, bool] | None:
    """The same, after the offset from UTC has been looked at."""
    if not rest:
        return clock, False, plain
    found = _OFFSET.match(rest)
    if found is None:
        return None
    space = " " if rest.startswith(" ") else ""
    name = found[1]
    if name in ("Z", "UTC", "GMT"):
        return clock + space + name, True, plain and (name == "Z" and not space)
    colon = ":" in name or len(name) == 3  # noqa: PLR2004 - +02
    return clock + space + "%z", True, plain and colon and not space


def duration_us(text: str, option: str = "gap") -> int:
    """Duration with a unit, in microseconds.

    Raises:
        EventsError: E230 if there is no unit or it is not a duration.

    Examples:
        >>> duration_us("30m"), duration_us("1.5 h")
        (1800000000, 5400000000)
    """
    found = _DURATION.match(text.lower())
    factor = UNIT_S.get(found[2]) if found else None
    if found is None or factor is None or float(found[1]) <= 0:
        raise fail(
            "E230",
            f'{option} is "{text}", which is not a duration with a unit',
            hint=f'Write for example {option} "30m", "12h" or "30d".',
        )
    return round(float(found[1]) * factor * 1_000_000)


def zone_named(name: str, place: str = "") -> ZoneInfo:
    """Zone by its IANA name.

    Raises:
        EventsError: E226 if there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise fail(
            "E226",
            f'no time zone is called "{name}"',
            place,
            'Use an IANA name such as "Europe/Berlin", "America/Sao_Paulo" or "UTC".',
        ) from None


def zone_steps(zone: ZoneInfo, from_us: int, to_us: int) -> tuple[tuple[int, int], ...]:
    """Offsets from UTC of a zone over a range of local times.

    A local time that occurs twice (clocks go back) is taken as the first of the two; one that never
    occurs (clocks go forward) is read with the offset before the change.

    Args:
        zone: Zone.
        from_us: Earliest local time, microseconds.
        to_us: Latest local time, microseconds.

    Returns:
        Pairs (local time from which the offset holds, offset), both in microseconds, in order.

    Examples:
        >>> steps = zone_steps(ZoneInfo("Europe/Paris"), 1711756800_000_000, 1711929600_000_000)
        >>> [offset // 3_600_000_000 for _, offset in steps]
        [1, 2]
    """
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    lowest = (datetime.min.replace(tzinfo=UTC) - epoch) // timedelta(microseconds=1)
    highest = (datetime.max.replace(tzinfo=UTC) - epoch) // timedelta(microseconds=1)
    day = 86_400_000_000
    start = max(from_us - 2 * day, lowest + 2 * day)
    stop = min(to_us + 2 * day, highest - 2 * day)

    def offset_at(utc_us: int) -> int:
        moment = (epoch + timedelta(microseconds=utc_us)).astimezone(zone)
        return (moment.utcoffset() or timedelta()) // timedelta(microseconds=1)

    steps = [(from_us, offset_at(start))]
    at = start
    while at < stop:
        # rules change a few times a year at most: look at every tenth day and halve where it differs
        until = min(at + 10 * day, stop)
        before, after = steps[-1][1], offset_at(until)
        if before != after:
            low, high = at, until
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (
                    (middle, high) if offset_at(middle) == before else (low, middle)
                )
            # the old offset holds up to the change on the old clock, whichever way clocks go;
            # going forward, local times in the hole keep the old offset up to the new clock
            steps.append((high + max(before, after), after))
        at = until
    return tuple(steps)
