"""Which rows of a table count: a small checked form that becomes conditions of ours. Values of users are never SQL."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from desirepath.errors import did_you_mean
from desirepath.events.engine.database import PREFIX, Database
from desirepath.events.patterns import pattern_regex
from desirepath.events.schema import fail

SIGNS = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
MAX_VALUES = 100_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Condition:
    """One column and what it must hold.

    Attributes:
        column: Its name.
        values: Values or patterns with ``*`` of which one must fit.
        unwanted: Values or patterns of which none may fit.
        bounds: Pairs (``at_least``, ``above``, ``at_most`` or ``below``, number or time).
    """

    column: str
    values: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    bounds: tuple[tuple[str, int | float | date], ...] = ()


def conditions_of(where: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
    """Checked form of what a user wrote.

    Args:
        where: By column a value, a list of values (``*`` any characters, a leading ``!`` drops) or
            a mapping of at_least, above, at_most, below to a number or a time.
        place: Where it was said, for messages.

    Raises:
        EventsError: E276 for anything else.

    Examples:
        >>> conditions_of({"kind": "A_*", "amount": {"at_least": 5}}, "")[1].bounds
        (('at_least', 5),)
    """
    return tuple(_condition(column, given, place) for column, given in where.items())


def _condition(column: str, given: Any, place: str) -> Condition:
    if isinstance(given, Mapping):
        for key, value in given.items():
            if key not in SIGNS:
                raise fail(
                    "E276",
                    f'where.{column} knows no "{key}"',
                    place,
                    did_you_mean(key, SIGNS),
                )
            if not _is_bound(value):
                raise fail(
                    "E276",
                    f"where.{column}.{key} is neither a number nor a time",
                    place,
                    f"Write for example: {column} = {{at_least = 5}}",
                )
        if given:
            return Condition(column, bounds=tuple(given.items()))
    texts = [given] if isinstance(given, str) else given
    if (
        isinstance(texts, list)
        and texts
        and all(isinstance(text, str) for text in texts)
    ):
        return Condition(
            column,
            tuple(text for text in texts if not text.startswith("!")),
            tuple(text[1:] for text in texts if text.startswith("!")),
        )
    raise fail(
        "E276",
        f"where.{column} holds neither texts nor bounds",
        place,
        f'Write for example: {column} = "A_*" or {column} = {{at_least = 5}}',
    )


def _is_bound(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | date) or (
        isinstance(value, float) and math.isfinite(value)
    )


class Where:
    """Turns conditions into SQL over the columns of ``x``; values go into tables of the session.

    Args:
        database: Holds the table.
        source: The table, or a query in parentheses.
        columns: Kind by name of its columns.
        place: Where the conditions were said, for messages.
    """

    def __init__(
        self, database: Database, source: str, columns: Mapping[str, str], place: str
    ) -> None:
        self.database = database
        self.source = source
        self.columns = columns
        self.place = place
        self.tables = 0

    def texts(self, conditions: Iterable[Condition]) -> tuple[str, ...]:
        """One or more conditions of SQL each."""
        return tuple(text for one in conditions for text in self._texts(one))

    def _texts(self, one: Condition) -> list[str]:
        if one.column not in self.columns:
            raise fail(
                "E223",
                f'no column is called "{one.column}"',
                self.place,
                did_you_mean(one.column, self.columns),
            )
        column = f"x.{self.database.dialect.quoted(one.column)}"
        found = [
            f"{self._compared(one.column, value)} {SIGNS[key]} {_literal(value)}"
            for key, value in one.bounds
        ]
        text = f"COALESCE({self.database.dialect.text.format(column)}, '')"
        for values, word in ((one.values, "IN"), (one.unwanted, "NOT IN")):
            if values:
                found.append(
                    f"{text} {word} (SELECT value FROM {self._put(text, values)})"
                )
        return found

    def _compared(self, name: str, value: object) -> str:
        """Expression that is compared with a number or a time."""
        column, kind = f"x.{self.database.dialect.quoted(name)}", self.columns[name]
        is_time = isinstance(value, date)
        if is_time and (kind.startswith(("TIMESTAMP", "DATE")) or kind == "ANY"):
            return self.database.dialect.micros_of(column, kind)
        if not is_time and kind in ("NUMBER", "ANY"):
            # a text is larger than every number where a column may hold both
            return (
                f"CASE WHEN typeof({column}) IN ('integer', 'real') THEN {column} END"
                if kind == "ANY"
                else column
            )
        raise fail(
            "E276",
            f'column "{name}" holds {kind}, which cannot be compared with {value}',
            self.place,
            "Convert it in a query, or compare another column.",
        )

    def _put(self, text: str, values: Sequence[str]) -> str:
        """Table of the values that fit; patterns are matched here, the same on every engine."""
        known = [value for value in values if not set("*?") & set(value)]
        patterns = [pattern_regex(value) for value in values if set("*?") & set(value)]
        if patterns:
            rows = self.database.rows(
                f"SELECT DISTINCT {text} FROM {self.source} x LIMIT {MAX_VALUES + 1}"
            )
            if len(rows) > MAX_VALUES:
                raise fail(
                    "E276",
                    f"a pattern is held against more than {MAX_VALUES:,} different values",
                    self.place,
                    "Filter by another column, or in a query.",
                )
            known += [
                value
                for (value,) in rows
                if any(one.fullmatch(value) for one in patterns)
            ]
        name = f"where{self.tables}"
        self.tables += 1
        self.database.put(name, {"value": ("VARCHAR", list(dict.fromkeys(known)))})
        return f"{PREFIX}{name}"


def _literal(value: float | date) -> str:
    """Number, or a time as microseconds since 1970, as if UTC where it has no zone."""
    if not isinstance(value, date):
        return repr(value)
    moment = (
        value
        if isinstance(value, datetime)
        else datetime(value.year, value.month, value.day, tzinfo=UTC)
    )
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return str((moment - EPOCH) // timedelta(microseconds=1))
