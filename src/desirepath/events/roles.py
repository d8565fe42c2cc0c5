"""Which column plays which role: what the user said, else the kind of export, names, and the shape of values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.errors import EventsError, did_you_mean
from desirepath.events.fingerprints import (
    NAMES,
    Fingerprint,
    plain_name,
    recognize_export,
)
from desirepath.events.schema import (
    MAX_SEGMENT_VALUES,
    MAX_SEGMENTS,
    NO_TIMES,
    Asked,
    Choice,
    ColumnProfile,
    Constant,
    RoleChoice,
    fail,
)
from desirepath.events.times import recognize_times

MIN_TIME_SHARE = 0.9
MAX_ACTIVITIES_BY_SHAPE = 200
MIN_VALUES = 2
BY_SHAPE = "few different texts"
MAX_LIKELY_SEGMENTS = 2 * MAX_SEGMENTS
MAX_LISTED = 8
REPEATS_OF_A_CASE = 1.5
# Columns of free text, money or technique are no segments even where they repeat
NO_SEGMENT = re.compile(
    r"(^|_|\b)(id|uuid|url|path|name|title|text|comment|price|amount|cost|value|count|lat|lon|ip|email)($|_|\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Roles of one table.

    Attributes:
        looks_like: Kind of export, or how the columns were found.
        case: Indices of the columns that are joined, or a constant; None if nothing is known.
        customer: Idem.
        activity: Idem; () in a wide table.
        channel: Idem.
        time: Index of the column; None in a wide table or where there are no times.
        sequence: Index, or None.
        segments: Indices.
        choices: For the reader.
        zone: Zone that the kind of export fixes, or "".
        note: What a reader should know about this kind of export.
    """

    looks_like: str
    case: tuple[int, ...] | Constant | None
    customer: tuple[int, ...] | Constant | None
    activity: tuple[int, ...] | Constant
    channel: tuple[int, ...] | Constant | None
    time: int | None
    sequence: int | None
    segments: tuple[int, ...]
    choices: tuple[RoleChoice, ...]
    zone: str = ""
    note: str = ""


class _Finder:
    """Looks for the columns of one table."""

    def __init__(
        self, profiles: Sequence[ColumnProfile], asked: Asked, label: str
    ) -> None:
        self.profiles = profiles
        self.asked = asked
        self.label = asked.place or label
        self.by_name = {profile.name: profile for profile in profiles}
        self.by_lower = {p.name.strip().lower(): p for p in reversed(profiles)}
        kinds = recognize_export(self.by_name)
        self.kind: Fingerprint | None = kinds[0] if kinds else None
        self.choices: list[RoleChoice] = []
        self.taken: set[int] = set()

    def column(self, name: str, role: str) -> ColumnProfile:
        """Column that the user named.

        Raises:
            EventsError: E223 if there is none or there are several.
        """
        if name not in self.by_name:
            raise fail(
                "E223",
                f'no column is called "{name}"',
                self.label,
                f"{did_you_mean(name, self.by_name)} Choose with --{role}.",
            )
        if sum(profile.name == name for profile in self.profiles) > 1:
            raise fail(
                "E215",
                f'two columns are called "{name}"',
                self.label,
                "Rename one of them in the first line.",
            )
        return self.by_name[name]

    def joined(self, text: str, role: str) -> tuple[int, ...]:
        """Indices of a column, or of columns joined by "+"."""
        if text in self.by_name or "+" not in text:
            return (self.column(text, role).index,)
        return tuple(self.column(name.strip(), role).index for name in text.split("+"))

    def given(self, role: str, choice: Choice) -> tuple[int, ...] | Constant | None:
        """Columns or constant that the user gave for a role."""
        if isinstance(choice, Constant):
            self.choices.append(RoleChoice(role, f"(constant) {choice.value}", "given"))
            return choice
        if choice is None:
            return None
        found = self.joined(choice, role)
        self.taken.update(found)
        self.choices.append(RoleChoice(role, choice, "given"))
        return found

    def candidates(self, role: str) -> list[tuple[tuple[int, ...], str, str]]:
        """Columns that may play a role: indices, name, why; best first."""
        found: list[tuple[tuple[int, ...], str, str]] = []
        if self.kind is not None:
            for text in getattr(self.kind, role):
                parts = [self.by_lower.get(name) for name in text.split("+")]
                if all(part is not None and part.filled_count for part in parts):
                    known = [part for part in parts if part is not None]
                    name = "+".join(part.name for part in known)
                    indices = tuple(part.index for part in known)
                    found.append((indices, name, f"looks like {self.kind.name}"))
        plain = {
            plain_name(profile.name): profile for profile in reversed(self.profiles)
        }
        for name in NAMES[role]:
            part = plain.get(name)
            if part is not None and part.filled_count:
                found.append(((part.index,), part.name, "its name"))
        return [
            option
            for number, option in enumerate(found)
            if option[0] not in [other[0] for other in found[:number]]
        ]

    def take(
        self, role: str, options: Sequence[tuple[tuple[int, ...], str, str]]
    ) -> tuple[int, ...] | None:
        """The best option that is still free."""
        free = [o for o in options if not (len(o[0]) == 1 and o[0][0] in self.taken)]
        if not free:
            return None
        indices, name, why = free[0]
        self.taken.update(indices)
        for part in indices:
            self.column(self.profiles[part].name, role)
        others = tuple(option[1] for option in free[1:5])
        self.choices.append(RoleChoice(role, name, why, others))
        return indices


def assign_roles(profiles: Sequence[ColumnProfile], asked: Asked, label: str) -> Roles:
    """Roles of the columns of one table.

    Args:
        profiles: What the first rows say about each column.
        asked: What the user said.
        label: Name of the table for messages.

    Raises:
        EventsError: E215 or E223 for a column that was given, E220 to E222 if no case, activity or time fits.
    """
    finder = _Finder(profiles, asked, label)
    columns = asked.columns
    # what was given is taken first, so that no other role claims it
    given = {
        role: finder.given(role, getattr(columns, role))
        for role in ("case", "customer", "activity", "channel", "sequence")
    }
    wide = [finder.column(name, "time").index for name, _ in asked.wide]
    finder.taken.update(wide)
    time = _time(finder, is_wide=bool(wide))
    activity = given["activity"]
    if activity is None:
        activity = () if wide else _activity(finder)
    case, customer = _who(finder, given["case"], given["customer"])
    channel = given["channel"]
    if channel is None:
        channel = finder.take("channel", finder.candidates("channel"))
    sequence = given["sequence"]
    if sequence is None:
        sequence = finder.take("sequence", _whole(finder))
    segments = _segments(finder)
    kind = finder.kind
    return Roles(
        looks_like=kind.name if kind else "a table of events",
        case=case,
        customer=customer,
        activity=activity,
        channel=channel,
        time=time,
        sequence=sequence[0] if isinstance(sequence, tuple) else None,
        segments=segments,
        choices=tuple(finder.choices),
        zone=kind.zone if kind else "",
        note=kind.note if kind else "",
    )


def is_time_type(kind: str) -> bool:
    """True for column types that hold times.

    Examples:
        >>> is_time_type("TIMESTAMP WITH TIME ZONE"), is_time_type("VARCHAR")
        (True, False)
    """
    return kind.startswith(("TIMESTAMP", "DATE"))


def time_share(profile: ColumnProfile) -> float:
    """Share of the examples of a column that can be read as times."""
    if is_time_type(profile.type):
        return 1.0
    if profile.type in ("BOOLEAN", "TIME") or profile.type.startswith(
        ("STRUCT", "MAP")
    ):
        return 0.0
    return recognize_times(profile.samples)[1]


def _time(finder: _Finder, *, is_wide: bool) -> int | None:
    """Column of the times."""
    name = finder.asked.columns.time
    if name == NO_TIMES or is_wide:
        if not is_wide:
            finder.choices.append(RoleChoice("time", "", "given: order of rows only"))
        return None
    if name is not None:
        index = finder.column(name, "time").index
        finder.taken.add(index)
        finder.choices.append(RoleChoice("time", name, "given"))
        return index
    options = [
        option
        for option in finder.candidates("time")
        if time_share(finder.profiles[option[0][0]]) >= MIN_TIME_SHARE
    ]
    if not options:
        options = [
            ((p.index,), p.name, "its values are times")
            for p in finder.profiles
            if p.index not in finder.taken and _is_time_by_shape(p)
        ]
    found = finder.take("time", options)
    if found is None:
        raise _nothing(
            finder,
            "E222",
            "time",
            'Give the column with --time, or "--time none" if the order of the rows is all there is.',
        )
    return found[0]


def _is_time_by_shape(profile: ColumnProfile) -> bool:
    """True if values are times beyond doubt; bare numbers are not enough."""
    if is_time_type(profile.type):
        return True
    rule, share = recognize_times(profile.samples)
    return rule is not None and rule.kind != "epoch" and share >= MIN_TIME_SHARE


def _activity(finder: _Finder) -> tuple[int, ...]:
    """Column of what happened."""
    options = finder.candidates("activity")
    if not options:
        people = {
            index
            for role in ("case", "customer", "channel")
            for indices, _, _ in finder.candidates(role)
            for index in indices
        }
        options = [
            ((p.index,), p.name, BY_SHAPE)
            for p in finder.profiles
            if p.index not in finder.taken | people and _is_label(p)
        ]
        # one column of few texts is an answer; several are a question
        if len(options) > 1:
            raise fail(
                "E221",
                f"several columns could be the activity: {', '.join(o[1] for o in options[:8])}",
                finder.label,
                "Choose one with --activity.",
            )
    found = finder.take("activity", options)
    if found is None:
        raise _nothing(finder, "E221", "activity", "Give the column with --activity.")
    return found


def _is_label(profile: ColumnProfile) -> bool:
    """True for a column of few different texts that are neither times nor numbers."""
    return (
        profile.type.startswith(("VARCHAR", "ENUM"))
        and MIN_VALUES <= profile.distinct_count <= MAX_ACTIVITIES_BY_SHAPE
        and profile.filled_count >= 2 * profile.distinct_count
        and time_share(profile) < MIN_TIME_SHARE
        and not all(_is_number(text) for text in profile.samples)
    )


def _is_number(text: str) -> bool:
    """True if a text is a plain number."""
    return re.fullmatch(r"[+-]?\d+([.,]\d+)?", text.strip()) is not None


def _who(
    finder: _Finder,
    case: tuple[int, ...] | Constant | None,
    customer: tuple[int, ...] | Constant | None,
) -> tuple[tuple[int, ...] | Constant, tuple[int, ...] | Constant | None]:
    """Columns of the case and of the customer; a customer alone is the case as well."""
    options = [] if case is not None else finder.candidates("case")
    people = finder.candidates("customer")
    if case is None:
        case = finder.take("case", options)
    if case is None and customer is not None:
        finder.choices.append(
            RoleChoice("case", _said(finder, "customer"), "one case per customer")
        )
        return customer, customer
    if case is None:
        free = [option for option in people if option[0][0] not in finder.taken]
        # two guesses by shape would make events of any table
        activity_why = next((c.why for c in finder.choices if c.role == "activity"), "")
        if not free and activity_why == BY_SHAPE:
            raise _nothing(
                finder, "E220", "case", "Give the columns with --case and --activity."
            )
        shaped = free or [
            ((p.index,), p.name, "an id that repeats")
            for p in finder.profiles
            if p.index not in finder.taken and _is_case_by_shape(p)
        ]
        case = finder.take("case", shaped)
        if case is None:
            raise _nothing(finder, "E220", "case", "Give the column with --case.")
        if free and customer is None:
            _same(finder)
            return case, case
        return case, customer
    if customer is None:
        is_same = any(option[0] == case for option in people)
        customer = case if is_same else finder.take("customer", people)
        if is_same:
            _same(finder)
    return case, customer


def _same(finder: _Finder) -> None:
    """Note that the case is the customer."""
    name = _said(finder, "case")
    finder.choices.append(RoleChoice("customer", name, "the same column as the case"))


def _said(finder: _Finder, role: str) -> str:
    """Column already chosen for a role."""
    return next((c.column for c in finder.choices if c.role == role), "")


def _is_case_by_shape(profile: ColumnProfile) -> bool:
    """True for values that are many and yet repeat."""
    return (
        profile.type.startswith(
            ("VARCHAR", "BIGINT", "INTEGER", "UUID", "UBIGINT", "HUGEINT")
        )
        and profile.distinct_count > MAX_SEGMENT_VALUES
        and profile.filled_count >= REPEATS_OF_A_CASE * profile.distinct_count
        and time_share(profile) < MIN_TIME_SHARE
        and re.search(
            r"(^|[^a-z])(id|nr|no|number|nummer|key|code)([^a-z]|$)",
            profile.name.lower(),
        )
        is not None
    )


def _whole(finder: _Finder) -> list[tuple[tuple[int, ...], str, str]]:
    """Columns that number events: names that fit and whole numbers throughout."""
    return [
        option
        for option in finder.candidates("sequence")
        if all(
            re.fullmatch(r"\d{1,18}", text)
            for text in finder.profiles[option[0][0]].samples
        )
    ]


def _segments(finder: _Finder) -> tuple[int, ...]:
    """Columns of few texts; whether they are constant within cases is checked on all rows later."""
    named = finder.asked.columns.segments
    if named is not None:
        found = tuple(finder.column(name, "segment").index for name in named)
        finder.choices += [RoleChoice("segment", name, "given") for name in named]
        return found
    likely = [
        p
        for p in finder.profiles
        if p.index not in finder.taken
        and p.type.startswith(("VARCHAR", "ENUM", "BOOLEAN"))
        and MIN_VALUES <= p.distinct_count <= MAX_SEGMENT_VALUES
        and not NO_SEGMENT.search(p.name.removeprefix("case:"))
        and not all(_is_number(text) for text in p.samples)
        and time_share(p) < MIN_TIME_SHARE
    ][:MAX_LIKELY_SEGMENTS]
    finder.choices += [
        RoleChoice("segment", p.name, "few values, one per case") for p in likely
    ]
    return tuple(p.index for p in likely)


def _nothing(finder: _Finder, code: str, role: str, hint: str) -> EventsError:
    """Error that names the columns found."""
    names = list(finder.by_name)
    more = len(names) - MAX_LISTED
    listed = ", ".join(names[:MAX_LISTED]) + (f" and {more} more" if more > 0 else "")
    return fail(
        code, f"no column fits as {role}; columns: {listed}", finder.label, hint
    )
