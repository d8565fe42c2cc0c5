"""The report of a source whose database counts it: only counts, names and times come here, no event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np

from desirepath.events.cases import unknown_activity
from desirepath.events.cutting import AUTO, CONTEXT, check_gap
from desirepath.events.database_source import DatabaseSource
from desirepath.events.engine.database import NO_TIME
from desirepath.events.engine.reports import Reports
from desirepath.events.goals import GoalRow, goal_row
from desirepath.events.load_database import DatabaseLoader, asking
from desirepath.events.names import first_rules, name_rules
from desirepath.events.patterns import matching_codes
from desirepath.events.read import ReadOptions
from desirepath.events.report import (
    MOST_VARIANTS,
    EventReport,
    FunnelStep,
    Move,
    Reach,
    SegmentValue,
    Variant,
    in_order,
)
from desirepath.events.schema import Asked, Columns, NameRule, fail
from desirepath.events.sequences import BoolArray
from desirepath.events.times import duration_us
from desirepath.steps import step

US_PER_S = 1_000_000
NO_RULE = -1
LEAST_CASES = 10  # as on posters


@step("counting in the database")
def report_database(
    source: DatabaseSource,
    *,
    goal: str | None = None,
    least_cases: int | None = None,
    most_variants: int = MOST_VARIANTS,
    **options: Unpack[ReadOptions],
) -> EventReport:
    """What happens in the cases of a source, counted by its database.

    The numbers are those that `report_sequences` gives for the events as `read_events` reads them.

    Args:
        source: The table and what its columns mean.
        goal: Funnel to count: activities in order such as ``basket > pay``, ``*`` for any letters.
        least_cases: Leave out rows that fewer cases stand behind; the database does not tell them. Where
            only counts may leave it, 10 if nothing is said.
        most_variants: Sequences to list.
        options: Those of `read_events` that databases know.

    Raises:
        EventsError: E285 for what only events tell, E281 if no activity matches a step of the goal or an
            end of cases, and those of `read_events` for databases.
    """
    gap, given = options.get("gap"), options.get("ends_with") or ()
    ends_with = (given,) if isinstance(given, str) else tuple(given)
    _check(source, gap, drop_bots=options.get("drop_bots", False))
    if least_cases is None:
        least_cases = LEAST_CASES if source.may_leave == "counts" else 1
    formats = options.get("time_format") or ()
    asked = Asked(
        options.get("columns") or Columns(),
        zone=options.get("zone"),
        time_format=(formats,) if isinstance(formats, str) else tuple(formats),
    )
    source = source.asked(asked)
    rules = name_rules(options.get("names", ()))
    without_ids = options.get("without_ids", False)
    with asking(source, by_customer=bool(gap), without_ids=without_ids) as loader:
        reports = Reports(
            loader.contract,
            has_channels=loader.has_channels,
            gap_us=duration_us(gap) if gap else None,
            keep_duplicates=options.get("keep_duplicates", False),
            least_cases=least_cases,
        )
        used = _Used.of(loader, reports, rules)
        is_end = used.ends(ends_with)
        row = used.funnel(goal) if goal is not None else None
        used.hand_over(loader, row, is_end)
        reports = replace(reports, funnel_steps=len(row.patterns) if row else 0)
        found = _Counting(loader, reports, used, row).report(source, most_variants)
    return in_order(found, most_variants)


def _check(source: DatabaseSource, gap: str | None, *, drop_bots: bool) -> None:
    """Refuse what only events tell."""
    check_gap(gap)
    if gap in (AUTO, CONTEXT):
        raise fail(
            "E285",
            f"a gap that is {gap} cannot be told from counts",
            source.place,
            "Give a duration, such as 30m.",
        )
    if drop_bots:
        raise fail(
            "E285",
            "cases of bots cannot be told from counts",
            source.place,
            "Leave out --drop-bots, or leave such cases out with where or in a query.",
        )


@dataclass(frozen=True, slots=True)
class _Used:
    """Activities that occur, by the names that rules give them.

    Attributes:
        events: Events that count.
        codes: Codes of the activities as the database knows them.
        shown: Number in `pairs` of each.
        pairs: Activity and channel, as they are shown.
        dropped: Events that do not count, by reason.
    """

    events: int
    codes: tuple[int, ...]
    shown: tuple[int, ...]
    pairs: tuple[tuple[str, str], ...]
    dropped: Mapping[str, int]

    @staticmethod
    def of(
        loader: DatabaseLoader, reports: Reports, rules: Sequence[NameRule]
    ) -> _Used:
        """Ask for the names, and which of them occur."""
        activities, channels = loader.vocabulary()
        loader.database.keep("core", reports.core())
        counts = {row[0]: row[1] for row in _numbers(loader, reports.used())}
        events = sum(counts.values())
        dropped = _dropped(loader, events)
        if not events:
            reasons = ", ".join(f"{n:,} with {reason}" for reason, n in dropped.items())
            part = loader.reads[0].part
            raise fail(
                "E227",
                f"no event can be used: {reasons or 'all were filtered out'}",
                part.asked.place or part.table.place,
                "Choose other columns with --case, --activity and --time.",
            )
        codes = sorted(counts)
        first = first_rules([activities[code] for code in codes], rules).tolist()
        called = [
            (
                activities[code] if number == NO_RULE else rules[number].name,
                channels[code],
            )
            for code, number in zip(codes, first, strict=True)
        ]
        pairs = tuple(sorted(set(called)))
        place = {pair: number for number, pair in enumerate(pairs)}
        shown = tuple(place[pair] for pair in called)
        return _Used(events, tuple(codes), shown, pairs, dropped)

    def funnel(self, goal: str) -> GoalRow:
        """The steps of a goal."""
        names, channels = self._names()
        row = goal_row(goal, names, channels)
        if not row.is_known:
            raise unknown_activity(row.missing or (goal,), names)
        return row

    def ends(self, patterns: Sequence[str]) -> BoolArray:
        """bool[n_pairs], True where an activity ends a case."""
        names, channels = self._names()
        is_end = np.zeros(len(names), dtype=np.bool_)
        for pattern in patterns:
            is_end |= matching_codes(names, channels, pattern)
        if patterns and not is_end.any():
            raise unknown_activity(patterns, names)
        return is_end

    def hand_over(
        self, loader: DatabaseLoader, row: GoalRow | None, is_end: BoolArray
    ) -> None:
        """Tell the database under which number each is shown, which end a case, which are steps of the funnel."""
        flags = {"ends": is_end}
        flags |= {f"f{i}": codes for i, codes in enumerate(row.codes if row else ())}
        shown = list(self.shown)
        loader.database.put(
            "codes",
            {
                "code": ("BIGINT", self.codes),
                "shown": ("BIGINT", shown),
                **{
                    name: ("BIGINT", flag[shown].astype(int).tolist())
                    for name, flag in flags.items()
                },
            },
        )

    def _names(self) -> tuple[list[str], list[str]]:
        return [name for name, _ in self.pairs], [place for _, place in self.pairs]


def _numbers(loader: DatabaseLoader, sql: str) -> list[tuple[int, ...]]:
    """Rows of whole numbers."""
    rows = loader.database.rows(sql)
    return [tuple(int(value or 0) for value in row) for row in rows]


def _dropped(loader: DatabaseLoader, events: int) -> Mapping[str, int]:
    """Events that do not count, by reason, as reading them tells it."""
    contract = loader.contract
    seen, caseless, nameless = _numbers(loader, contract.missing())[0]
    whole = f"FROM {contract.events} WHERE case_id <> '' AND activity <> ''"
    timeless = f"SELECT COUNT(*) {whole} AND t = {NO_TIME}"
    reasons = {
        "no case": caseless,
        "no activity": nameless,
        "no time that can be read": _numbers(loader, timeless)[0][0],
    }
    reasons["exact duplicates"] = seen - sum(reasons.values()) - events
    return {reason: count for reason, count in reasons.items() if count}


@dataclass(frozen=True, slots=True)
class _Counting:
    """Asks for each report."""

    loader: DatabaseLoader
    reports: Reports
    used: _Used
    row: GoalRow | None

    def report(self, source: DatabaseSource, most_variants: int) -> EventReport:
        """All reports."""
        loader, reports = self.loader, self.reports
        values = loader.put_segments()
        has_customers = loader.has_customers
        who = reports.who(len(values), has_customers=has_customers)
        loader.database.keep("who", who)
        loader.database.keep("steps", reports.steps())
        customers = reports.customers(has_customers=has_customers)
        cases, low, high = self._rows(reports.totals())[0]
        return EventReport(
            way="counted",
            source=source.label,
            sample=source.sample,
            events=self.used.events,
            cases=cases,
            customers=self._rows(customers)[0][0],
            from_us=low,
            to_us=high,
            dropped=self.used.dropped,
            least_cases=reports.least_cases,
            reach=tuple(
                Reach(*self.used.pairs[code], *numbers)
                for code, *numbers in self._rows(reports.reach())
            ),
            moves=tuple(map(self._move, self._rows(reports.transitions()))),
            variants=tuple(self._variants(most_variants)),
            funnel=self._funnel(),
            segments=tuple(self._segments(values)),
        )

    def _rows(self, sql: str) -> list[tuple[int, ...]]:
        return _numbers(self.loader, sql)

    def _move(self, row: tuple[int, ...]) -> Move:
        left, entered, count, cases, *times_us = row
        return Move(
            self.used.pairs[left],
            self.used.pairs[entered],
            count,
            cases,
            *(time / US_PER_S for time in times_us),
        )

    def _variants(self, most: int) -> Iterator[Variant]:
        """The most frequent sequences; of each the events of one case are looked up."""
        found = self._rows(self.reports.variants(most))
        if not found:
            return
        self.loader.database.put(
            "shown",
            {
                "c": ("BIGINT", [row[4] for row in found]),
                "part": ("BIGINT", [row[5] for row in found]),
            },
        )
        events: dict[tuple[int, int], list[int]] = {}
        for case, part, _, code in self._rows(self.reports.shown()):
            events.setdefault((case, part), []).append(code)
        for _, _, length, cases, case, part in found:
            shown = tuple(self.used.pairs[code] for code in events[case, part])
            yield Variant(shown, length, cases)

    def _funnel(self) -> tuple[FunnelStep, ...]:
        row = self.row
        if row is None:
            return ()
        counts = self._rows(self.reports.funnel())[0]
        return tuple(map(FunnelStep, row.patterns, counts))

    def _segments(
        self, values: Mapping[str, tuple[str, ...]]
    ) -> Iterator[SegmentValue]:
        for number, (name, known) in enumerate(values.items()):
            if len(known) == 1:
                continue
            reach: dict[int, list[tuple[str, str, int]]] = {}
            for value, code, cases in self._rows(self.reports.segment_reach(number)):
                reach.setdefault(value, []).append((*self.used.pairs[code], cases))
            for value, cases, events, through in self._rows(
                self.reports.segments(number)
            ):
                yield SegmentValue(
                    name,
                    known[value],
                    cases,
                    events,
                    through if self.row else None,
                    tuple(sorted(reach.get(value, []))),
                )
