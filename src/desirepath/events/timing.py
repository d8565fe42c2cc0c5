"""How the times of one column of a loaded table are read: the rule, the order of day and month, the zone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desirepath.errors import EventsError
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.engine.relation import TimeColumn, micros, text
from desirepath.events.roles import is_time_type
from desirepath.events.schema import Asked, ColumnProfile, TimeReading, fail
from desirepath.events.times import (
    TimeRule,
    given_rule,
    in_order,
    order_of,
    recognize_times,
    zone_named,
    zone_steps,
)

MAX_UNREAD_SHARE = 0.1
FUTURE_US = 4_102_444_800_000_000  # 2100
PAST_US = -2_208_988_800_000_000  # 1900
NO_TIMES = TimeColumn(None, "CAST(0 AS BIGINT)")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What all rows say about a column of times read by a rule."""

    filled_count: int
    read_count: int
    lowest_us: int
    highest_us: int
    plausible_count: int
    unread: str


class TimeFinder:
    """Finds out how one column of times is read.

    Args:
        engine: Holds the table.
        number: Number of the table.
        asked: What the user said about it.
        label: Its name for messages.
    """

    def __init__(self, engine: DuckDB, number: int, asked: Asked, label: str) -> None:
        self.engine = engine
        self.number = number
        self.asked = asked
        self.place = asked.place or label

    def read(
        self, profile: ColumnProfile, export_zone: str
    ) -> tuple[TimeColumn, TimeReading]:
        """How the engine reads the column, and how that is told to a person.

        Args:
            profile: The column.
            export_zone: Zone that the kind of export fixes, or "".

        Raises:
            EventsError: E222 to E229 if the times cannot be read for certain.
        """
        rule, ambiguous_share = self._rule(profile)
        local = micros(profile.index, profile.type, rule)
        facts = self._facts(profile, local)
        self._check(profile, rule, facts)
        rule = self._zoned(rule, export_zone)
        steps: tuple[tuple[int, int], ...] = ()
        if rule.offsets != "all" and rule.zone != "UTC":
            zone = zone_named(rule.zone, self.place)
            steps = zone_steps(zone, facts.lowest_us, facts.highest_us)
        reading = TimeReading(
            column=profile.name,
            format=rule.described(),
            parsed_share=facts.read_count / max(facts.filled_count, 1),
            ambiguous_share=ambiguous_share,
            zone=rule.zone,
            zone_source=rule.zone_source,
        )
        return TimeColumn(
            profile.index, local, steps, has_some_offsets=rule.offsets == "some"
        ), reading

    def _rule(self, profile: ColumnProfile) -> tuple[TimeRule, float]:
        """Rule for the column and the share of dates that could be read two ways."""
        if is_time_type(profile.type):
            has_zone = "TIME ZONE" in profile.type
            return TimeRule("typed", offsets="all" if has_zone else "none"), 0.0
        given = given_rule(self.asked.time_format) if self.asked.time_format else None
        if given is not None:
            return given, 0.0
        if not profile.filled_count:
            raise self._nothing(profile)
        rule, _ = recognize_times(profile.samples)
        if rule is None:
            raise self._unread(profile, profile.samples[0] if profile.samples else "")
        return self._ordered(profile, rule)

    def _ordered(
        self, profile: ColumnProfile, rule: TimeRule
    ) -> tuple[TimeRule, float]:
        """The rule with the order of day and month decided by all rows, or by the user."""
        is_slashed = rule.kind == "format" and any(
            part in form
            for form in rule.formats
            for part in ("{first}", "%d/%m", "%m/%d", "%d-%m", "%m-%d")
        )
        if not is_slashed:
            return rule, 0.0
        first, second, unclear_share = self._largest(profile)
        order = next((w for w in self.asked.time_format if w.endswith("-first")), "")
        order = order or order_of(first, second)
        if order == "two orders":
            raise fail(
                "E224",
                f'column "{profile.name}" holds dates with the day first and dates with the month first',
                self.place,
                "Write all dates as year-month-day.",
            )
        if not order:
            example = profile.samples[0]
            raise fail(
                "E224",
                f'dates such as "{example}" in column "{profile.name}" can be read with the day first or with the month first, and no row decides it',
                self.place,
                "Say --time-format day-first or --time-format month-first.",
            )
        if not rule.order_open:  # the examples decided; all rows may know better
            swapped = tuple(_open(form) for form in rule.formats)
            rule = replace(rule, formats=swapped)
        return in_order(rule, order), unclear_share

    def _largest(self, profile: ColumnProfile) -> tuple[int, int, float]:
        """Largest first and second number of all dates, and the share of dates where both may be months."""
        value = f"TRIM(x.c{profile.index})"
        pattern = "'^(?:[A-Za-z]+,? )?(\\d{1,2})[-/](\\d{1,2})[-/]'"
        parts = f"SELECT TRY_CAST(regexp_extract({value}, {pattern}, 1) AS INTEGER) AS a, TRY_CAST(regexp_extract({value}, {pattern}, 2) AS INTEGER) AS b FROM raw{self.number} x"  # noqa: S608 - numbers and fixed text
        row = self.engine.rows(
            f"SELECT COALESCE(MAX(a), 0), COALESCE(MAX(b), 0), COUNT(*) FILTER (a <= 12 AND b <= 12 AND a <> b), COUNT(a) FROM ({parts})"  # noqa: S608
        )[0]
        return row[0], row[1], row[2] / max(row[3], 1)

    def _facts(self, profile: ColumnProfile, local: str) -> _Facts:
        """What all rows say."""
        # what a typed column holds has been read already; texts are counted before and after
        typed = is_time_type(profile.type)
        filled = "l" if typed else text(profile.index)
        unread = "''" if typed else "MIN(v) FILTER (l IS NULL)"
        row = self.engine.rows(
            f"SELECT COUNT(v), COUNT(l), MIN(l), MAX(l), COUNT(l) FILTER (l BETWEEN {PAST_US} AND {FUTURE_US}), {unread} "  # noqa: S608 - numbers and fixed text
            f"FROM (SELECT {filled} AS v, l FROM (SELECT *, {local} AS l FROM raw{self.number} x) x)"
        )[0]
        return _Facts(row[0], row[1], row[2] or 0, row[3] or 0, row[4], row[5] or "")

    def _check(self, profile: ColumnProfile, rule: TimeRule, facts: _Facts) -> None:
        """Refuse times that were misread."""
        unread = facts.filled_count - facts.read_count
        if not facts.filled_count:
            raise self._nothing(profile)
        if unread > MAX_UNREAD_SHARE * facts.filled_count:
            raise self._unread(profile, facts.unread, unread, facts.filled_count)
        if facts.plausible_count < facts.read_count / 2:
            raise fail(
                "E229",
                f'half of the times in column "{profile.name}" lie outside 1900 to 2100 when read as {rule.described()}',
                self.place,
                "Choose another column with --time, or say how they count: --time-format epoch-s, epoch-ms or epoch-us.",
            )

    def _nothing(self, profile: ColumnProfile) -> EventsError:
        """Error for a column without values."""
        return fail(
            "E222",
            f'column "{profile.name}" is empty, so there are no times',
            self.place,
            "Choose another column with --time.",
        )

    def _unread(
        self, profile: ColumnProfile, example: str, count: int = 0, of: int = 0
    ) -> EventsError:
        """Error for times that are written in an unknown way."""
        how_many = f"{count:,} of {of:,} times" if of else "times"
        return fail(
            "E225",
            f'{how_many} in column "{profile.name}" cannot be read, for example "{example[:40]}"',
            self.place,
            'Give the format, such as --time-format "%d.%m.%Y %H:%M", or choose another column with --time.',
        )

    def _zoned(self, rule: TimeRule, export_zone: str) -> TimeRule:
        """The rule with its zone: in the data, given, fixed by the kind of export, or assumed."""
        if rule.offsets == "all":
            return replace(rule, zone="UTC", zone_source="in the data")
        if self.asked.zone:
            zone_named(self.asked.zone, self.place)
            return replace(rule, zone=self.asked.zone, zone_source="given")
        if export_zone:
            return replace(
                rule, zone=export_zone, zone_source="fixed by the kind of export"
            )
        return replace(rule, zone="UTC", zone_source="assumed")


def _open(form: str) -> str:
    """Format with day and month open again.

    Examples:
        >>> _open("%d/%m/%Y %H:%M")
        '{first}/{second}/%Y %H:%M'
    """
    for sep in "/-":
        for first, second in (("%d", "%m"), ("%m", "%d")):
            start = f"{first}{sep}{second}{sep}"
            if start in form and f"%Y{sep}{start}"[:-1] not in form:
                return form.replace(start, f"{{first}}{sep}{{second}}{sep}")
    return form
