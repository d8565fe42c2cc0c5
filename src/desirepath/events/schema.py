"""What a table of events is asked for and what was found in it. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from desirepath.errors import EventsError, Problem

ROLES = ("case", "customer", "activity", "time", "channel", "sequence")
NO_TIMES = "none"
IN_DATABASE = "a table of a database"
MAX_SEGMENTS = 8
MAX_SEGMENT_VALUES = 20


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that holds for every row, in place of a column."""

    value: str


Choice: TypeAlias = str | Constant | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column plays which role; None leaves the choice to recognition.

    Attributes:
        case: One run through a journey; ``"a+b"`` joins two columns.
        customer: Who, across cases.
        activity: What happened; ``"a+b"`` joins two columns.
        time: When; ``"none"`` if the order of the rows is all there is.
        channel: Medium of each event.
        sequence: Whole number that orders events of the same time.
        segments: Properties of cases; None picks columns with few values, () none.
    """

    case: Choice = None
    customer: Choice = None
    activity: Choice = None
    time: str | None = None
    channel: Choice = None
    sequence: str | None = None
    segments: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Files or a frame that are read as one table.

    Attributes:
        kind: How the engine reads it.
        label: Name in messages, such as ``orders.csv``.
        files: Plain UTF-8 or Parquet files the engine may open.
        originals: The same files as the user knows them.
        columns: Names in the order of the file; () where the engine knows them itself.
        delimiter: Between the values of a CSV row.
        skip: Lines before the header.
        frame: Object with ``__arrow_c_stream__`` or a dict of NumPy columns.
        notes: What a reader should know about how the file was read.
        has_times: False for a log that is known to hold no times.
        is_padded: Rows may end early; missing values are empty.
    """

    kind: Literal["csv", "json", "parquet", "frame"]
    label: str
    files: tuple[Path, ...] = ()
    originals: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    skip: int = 0
    frame: Any = None
    notes: tuple[str, ...] = ()
    has_times: bool = True
    is_padded: bool = False

    @property
    def place(self) -> str:
        """Where a person finds the table."""
        return self.originals[0] if len(self.originals) == 1 else self.label


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user said about one table.

    Attributes:
        columns: Roles.
        wide: Pairs (column of times, activity) where one row holds a whole case; () otherwise.
        rename: New name by activity as found.
        where: Values to keep by column; a leading ``!`` drops instead.
        zone: IANA name of the zone of times without offset.
        time_format: strptime formats, or ``day-first``, ``month-first``, ``epoch-s``, ``epoch-ms``, ``epoch-us``.
        keys: Column by key of customers, where it is not called as the key.
        place: Where it was said, for messages: ``shop.yaml:4``.
    """

    columns: Columns = field(default_factory=Columns)
    wide: tuple[tuple[str, str], ...] = ()
    rename: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zone: str | None = None
    time_format: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class IdentityRule:
    """By which keys customers are known across tables.

    Attributes:
        keys: Names of the keys; the first is the customer's own, the others lead to it.
        aliases: Table of pairs that are one customer; None for none.
        limit: Most values of keys that one customer may have.
        place: Where it was said, for messages.
    """

    keys: tuple[str, ...]
    aliases: Path | None = None
    limit: int = 50
    place: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One table together with what was asked of it."""

    table: Table
    asked: Asked


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """What the first rows say about one column.

    Attributes:
        name: As in the file.
        index: Position in the table.
        type: As the engine names it; VARCHAR for text files.
        filled_count: Rows that are neither missing nor empty.
        distinct_count: Different values among them.
        samples: Some of the different values, as text, in order of first appearance.
    """

    name: str
    index: int
    type: str
    filled_count: int
    distinct_count: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleChoice:
    """Which column plays a role, and why.

    Attributes:
        role: case, customer, activity, time, channel, sequence or segment.
        column: Name, names joined by "+", ``(constant) x``, or "" if nothing plays it.
        why: given, or what spoke for it.
        others: Columns that would also do, best first.
    """

    role: str
    column: str
    why: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeReading:
    """How the times of one column are read.

    Attributes:
        column: Name.
        format: What the values look like, for a person.
        parsed_share: Share of filled values that could be read.
        ambiguous_share: Share of dates that day-first and month-first reading would date differently.
        zone: IANA name or offset rule.
        zone_source: ``in the data``, ``given`` or ``assumed``.
    """

    column: str
    format: str
    parsed_share: float
    ambiguous_share: float
    zone: str
    zone_source: str


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table was understood."""

    label: str
    looks_like: str
    row_count: int
    columns: tuple[str, ...]
    roles: tuple[RoleChoice, ...]
    times: tuple[TimeReading, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How often an activity occurs, over all its channels."""

    activity: str
    count: int


@dataclass(frozen=True, slots=True)
class NameRule:
    """Activities that fit a pattern are called by one name.

    Attributes:
        pattern: Activity as in the source; ``*`` any characters, ``?`` one.
        name: Name used instead.
    """

    pattern: str
    name: str


@dataclass(frozen=True, slots=True)
class NameUse:
    """What one rule changed.

    Attributes:
        pattern: Of the rule.
        name: Of the rule.
        activity_count: Different activities that have another name now.
        event_count: Events of theirs.
        case_count: Cases with such events.
    """

    pattern: str
    name: str
    activity_count: int
    event_count: int
    case_count: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is in the events and what was done to them, before anybody relies on them.

    Attributes:
        tables: How each table was understood.
        row_count: Rows in the source, continued by one event per filled cell of wide tables.
        event_count: Events used, before cases are cut.
        dropped: Events left out, by reason.
        case_count: Cases, after cutting.
        customer_count: Different customers; equal to the cases where not known.
        activity_count: Different activities.
        duplicate_count: Exact duplicates, whole rows equal.
        duplicates_kept: True where they were kept on request.
        tie_count: Events at the same time as the event before them in their case.
        tie_rule: What decided their order.
        backward_count: Events that stand in the source before an earlier event of their case.
        newest_first: True where the source lists the newest events first.
        silence_s: Longest time without any event.
        silence_from_us: Start of it.
        empty_day_count: Days (UTC) without an event between the first and the last.
        from_us: First time, microseconds since 1970 UTC; None without times.
        to_us: Last time.
        implausible_count: Events before 1990 or more than five years after the middle event.
        bot_cases: Ids of cases with inhuman activity, busiest first, at most 20.
        bot_count: How many such cases there are.
        bots_dropped: True where they were removed on request.
        longest_case: Events of the longest case.
        median_case: Events of the middle case.
        top_activities: The most frequent activities, at most 20.
        channels: Channels, most frequent first.
        segments: Values by segment.
        rules: Cutting and cleaning that was asked for.
        has_times: False where order is all there is.
        names: What each rule for names changed.
        identity: How records were joined to customers by shared keys; None where that was not asked.
    """

    tables: tuple[TableReading, ...]
    row_count: int
    event_count: int
    dropped: Mapping[str, int]
    case_count: int
    customer_count: int
    activity_count: int
    duplicate_count: int
    duplicates_kept: bool
    tie_count: int
    tie_rule: str
    backward_count: int
    newest_first: bool
    silence_s: float | None
    silence_from_us: int | None
    empty_day_count: int
    from_us: int | None
    to_us: int | None
    implausible_count: int
    bot_cases: tuple[str, ...]
    bot_count: int
    bots_dropped: bool
    longest_case: int
    median_case: float
    top_activities: tuple[ActivityCount, ...]
    channels: tuple[str, ...]
    segments: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, str]
    has_times: bool
    names: tuple[NameUse, ...] = ()
    identity: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def fail(code: str, what: str, place: str = "", hint: str = "") -> EventsError:
    """One problem as an error, ready to be raised."""
    return EventsError(Problem(code, what, place, hint))
