"""What a column tells of each activity: the share of its rows that hold given values. Decides nothing by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desirepath.events.patterns import pattern_regex
from desirepath.events.schema import fail

MAX_LISTED = 6


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """Values of a column that mean something.

    Attributes:
        column: Name of the column.
        patterns: Values; ``*`` any characters, ``?`` one.
    """

    column: str
    patterns: tuple[str, ...]

    @property
    def text(self) -> str:
        """The rule as written."""
        return f"{self.column}={'|'.join(self.patterns)}"

    @property
    def regex(self) -> str:
        """Expression that fits a whole value, as Python and RE2 read it."""
        return "|".join(f"(?:{pattern_regex(one).pattern})" for one in self.patterns)


@dataclass(frozen=True, slots=True)
class ToldActivity:
    """How often an activity holds one of the values.

    Attributes:
        activity: Its name, after rules for names.
        row_count: Rows of the source with a case and this activity.
        hit_count: Those of them that hold one of the values.
    """

    activity: str
    row_count: int
    hit_count: int

    @property
    def share(self) -> float:
        """Share of the rows that hold one of the values."""
        return self.hit_count / max(self.row_count, 1)

    @property
    def is_majority(self) -> bool:
        """True if at least half of the rows do."""
        return 2 * self.hit_count >= self.row_count


@dataclass(frozen=True, slots=True)
class Told:
    """What a column tells of all activities.

    Attributes:
        rule: The column and its values.
        activities: All activities, those with the largest share first.
    """

    rule: ColumnRule
    activities: tuple[ToldActivity, ...]

    @property
    def majority(self) -> tuple[str, ...]:
        """Names of the activities of which at least half of the rows hold one of the values."""
        return tuple(one.activity for one in self.activities if one.is_majority)

    def describe(self) -> str:
        """One line for the reader: which activities are meant, and how near to half it is.

        Examples:
            >>> rule = column_rule("by=bot*|112")
            >>> Told(rule, (ToldActivity("send", 10, 9), ToldActivity("call", 8, 3))).describe()
            'by=bot*|112 holds in at least half of the rows of 1 of 2 activities: send (90 %); nearest to it: call (38 %)'
        """
        meant = [one for one in self.activities if one.is_majority]
        others = [one for one in self.activities if not one.is_majority]
        listed = ", ".join(_named(one) for one in meant[:MAX_LISTED])
        more = len(meant) - MAX_LISTED
        return (
            f"{self.rule.text} holds in at least half of the rows of {len(meant)} of {len(self.activities)} activities"
            + (f": {listed}" if meant else "")
            + (
                f" and {more} more, the least of them {_named(meant[-1])}"
                if more > 0
                else ""
            )
            + (
                f"; nearest to it: {_named(others[0])}"
                if others and others[0].hit_count
                else ""
            )
        )


def column_rule(text: str) -> ColumnRule:
    """A rule from ``COLUMN=VALUE|VALUE``.

    Raises:
        EventsError: E248 if there is no column or no value in it.

    Examples:
        >>> column_rule("org:resource=*bot*|112").patterns
        ('*bot*', '112')
    """
    column, sign, values = text.partition("=")
    patterns = tuple(filter(None, (one.strip() for one in values.split("|"))))
    if not sign or not column.strip() or not patterns:
        raise fail(
            "E248",
            f'expected a column and its values, found "{text}"',
            hint="Write COLUMN=VALUE, or COLUMN=VALUE|VALUE; * is any letters.",
        )
    return ColumnRule(column.strip(), patterns)


def told_of(rule: ColumnRule, counts: Iterable[tuple[str, int, int]]) -> Told:
    """What a column tells, from pieces of counts.

    Args:
        rule: The column and its values.
        counts: Activity, rows and hits; an activity may come in several pieces.
    """
    rows: dict[str, int] = {}
    hits: dict[str, int] = {}
    for activity, row_count, hit_count in counts:
        rows[activity] = rows.get(activity, 0) + row_count
        hits[activity] = hits.get(activity, 0) + hit_count
    found = [ToldActivity(name, rows[name], hits[name]) for name in rows]
    return Told(rule, tuple(sorted(found, key=lambda one: (-one.share, one.activity))))


def _named(one: ToldActivity) -> str:
    return f"{one.activity} ({one.share:.0%})".replace("%", " %")
