"""What an engine is asked: vocabulary, core, attributes - three SQL texts. Runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desirepath.events.plain_names import PLAIN

# Events whose time is missing or cannot be read; they sort first and are counted on this side
NO_TIME_US = -(2**63)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What differs between engines; ``{0}`` stands for an expression.

    Attributes:
        key: First 60 bits of md5 of a text as a 64-bit integer.
        micros: Microseconds since 1970 of a time; of one without zone as if it were UTC.
        text: Anything as text that compares by its bytes.
        fast_key: A cheaper 63-bit hash that holds within one run; "" to use `key` throughout.
        quote: Around an identifier, doubled inside.
        integer: Name of the type of 64-bit integers.
        replace: All that fits a regular expression replaced; the pattern is ``{1}``, what is put there ``{2}``.
        group: How what is put there names a group of the pattern.
        plain: A function of our own in place of all rules for plain names; "" where there is none.
        is_tried: The contract suite has run it; otherwise only its text is known.
    """

    key: str
    micros: str = "epoch_us({0})"
    text: str = "CAST({0} AS VARCHAR)"
    fast_key: str = ""
    quote: str = '"'
    integer: str = "BIGINT"
    replace: str = "regexp_replace({0}, {1}, {2}, 'g')"
    group: str = r"\{0}"
    plain: str = ""
    is_tried: bool = True

    def quoted(self, name: str) -> str:
        """Identifier, safe whatever it holds.

        Examples:
            >>> DUCKDB.quoted('x"; drop table t; --')
            '"x""; drop table t; --"'
        """
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote

    def micros_of(self, column: str, kind: str) -> str:
        """Microseconds since 1970 of a column of a kind."""
        typed = f"CAST({column} AS TIMESTAMP)" if kind == "DATE" else column
        return self.micros.format(typed)

    def plain_name(self, name: str) -> str:
        """Expression of a name without queries and ids, as `plain_names.plain_name` says."""
        if self.plain:
            return self.plain.format(name)
        for pattern, put in PLAIN:
            for number in "12":
                put = put.replace(rf"\{number}", self.group.format(number))  # noqa: PLW2901 - built up
            name = self.replace.format(name, f"'{pattern}'", f"'{put}'")
        return name

    def hits(self, relation: str) -> str:
        """Rows of each activity, and those whose first segment fits the expression given as parameter.

        Args:
            relation: As ``events``, with the one segment g0.
        """
        return (
            "SELECT activity, COUNT(*), COUNT(*) FILTER (WHERE regexp_full_match(COALESCE(g0, ''), ?, 's')) "
            f"FROM ({relation}) WHERE case_id <> '' AND activity <> '' GROUP BY activity ORDER BY activity"
        )


DUCKDB = Dialect(
    key="CAST('0x' || SUBSTR(md5({0}), 1, 15) AS BIGINT)",
    fast_key="CAST(hash({0}) >> 1 AS BIGINT)",
)


@dataclass(frozen=True, slots=True)
class Contract:
    """The three texts over a relation ``events``.

    The relation has the columns case_id, customer, activity, channel (texts, NULL or empty where missing),
    t (microseconds UTC, `NO_TIME_US` where missing), s (order given by the source), r (row of the
    source) and g0, g1, … (texts of segments).

    Attributes:
        dialect: Spelling of the engine.
        has_sequence: The source orders events of the same time by `s`; otherwise rows do.
        has_rows: Rows of the source have an order; without one the code decides last.
        prefix: Before the names of the relation and of our tables.
        without_ids: Activities are called by their plain names.
    """

    dialect: Dialect = DUCKDB
    has_sequence: bool = False
    has_rows: bool = True
    prefix: str = ""
    without_ids: bool = False

    @property
    def sort_key(self) -> str:
        """Expression by which the core is keyed; md5 of every row would take half of the time."""
        return self.dialect.fast_key or self.dialect.key

    @property
    def events(self) -> str:
        """Name of the relation."""
        return f"{self.prefix}events"

    def vocab(self, limit: int = 0) -> str:
        """Distinct raw values that rules look at, with counts.

        Args:
            limit: Most rows of interest; 0 for all.
        """
        most = f" LIMIT {limit}" if limit else ""
        words = (
            f"SELECT activity, COALESCE(channel, '') AS channel, COUNT(*) AS n FROM {self.events} "
            "WHERE activity <> '' GROUP BY activity, COALESCE(channel, '')"
        )
        if not self.without_ids:
            return words + most
        # the rules are slow, so that they look at each name once
        name = self.dialect.plain_name("w.activity")
        return (
            f"SELECT p.activity AS activity, p.channel AS channel, SUM(p.n) AS n "
            f"FROM (SELECT {name} AS activity, w.channel AS channel, w.n AS n FROM ({words}) w) p "
            f"GROUP BY p.activity, p.channel{most}"
        )

    def ids(self) -> str:
        """Names before and after ids are taken out, events and cases whose name that changes."""
        name = self.dialect.plain_name("w.activity")
        names = f"SELECT DISTINCT activity FROM {self.events} WHERE activity <> '' AND case_id <> ''"
        return (
            "SELECT COUNT(DISTINCT p.activity), COUNT(DISTINCT p.name), "
            "COALESCE(SUM(CASE WHEN p.activity <> p.name THEN 1 ELSE 0 END), 0), "
            "COUNT(DISTINCT CASE WHEN p.activity <> p.name THEN e.case_id END) "
            f"FROM {self.events} e JOIN (SELECT w.activity AS activity, {name} AS name FROM ({names}) w) p "
            "ON e.activity = p.activity WHERE e.case_id <> '' AND e.t > -9223372036854775807"  # the time that is none is lower
        )

    def core(self, *, has_channels: bool) -> str:
        """Mapped, keyed and ordered stream of events; needs the table m(activity, channel, code).

        Args:
            has_channels: The pair decides; otherwise the activity alone does, which joins faster.
        """
        joined, called = f"{self.events} e", "e.activity"
        if self.without_ids:
            name = self.dialect.plain_name("w.activity")
            names = f"SELECT DISTINCT activity FROM {self.events} WHERE activity <> ''"
            joined += f" JOIN (SELECT w.activity AS activity, {name} AS name FROM ({names}) w) p ON e.activity = p.activity"
            called = "p.name"
        same = f"{called} = m.activity" + (
            " AND COALESCE(e.channel, '') = m.channel" if has_channels else ""
        )
        order = "c, t, s, " if self.has_sequence else "c, t, "
        order += "r" if self.has_rows else "code"
        sequence = "e.s AS s, " if self.has_sequence else ""
        row = "e.r AS r, " if self.has_rows else ""
        return (
            f"SELECT {self.sort_key.format('e.case_id')} AS c, e.t AS t, {sequence}{row}m.code AS code "
            f"FROM {joined} JOIN {self.prefix}m m ON {same} WHERE e.case_id <> '' ORDER BY {order}"
        )

    def attrs(self, segment_count: int, *, has_customers: bool) -> str:
        """One row per case: sort key, key, key of the customer, lowest and highest code of each segment.

        Needs the tables g0(value, code), g1(value, code), …

        Args:
            segment_count: Number of segments.
            has_customers: The relation knows customers.
        """
        key, parts = self.dialect.key, range(segment_count)
        codes = "".join(
            f", COALESCE(MIN(g{i}.code), 0) AS low{i}, COALESCE(MAX(g{i}.code), 0) AS high{i}"
            for i in parts
        )
        joins = "".join(
            f" LEFT JOIN {self.prefix}g{i} g{i} ON e.g{i} = g{i}.value" for i in parts
        )
        customer = ", MIN(NULLIF(e.customer, '')) AS u" if has_customers else ""
        names = "".join(f", low{i}, high{i}" for i in parts)
        user = (
            f", COALESCE({key.format('u')}, {key.format('case_id')}) AS u"
            if has_customers
            else ""
        )
        return (
            f"SELECT {self.sort_key.format('case_id')} AS c, {key.format('case_id')} AS k{user}{names} FROM (SELECT e.case_id{customer}{codes} "
            f"FROM {self.events} e{joins} WHERE e.case_id <> '' GROUP BY e.case_id) a ORDER BY c"
        )

    def missing(self) -> str:
        """Rows of the relation, those without case, and those with a case and no activity."""
        return (
            "SELECT COUNT(*), COALESCE(SUM(CASE WHEN case_id <> '' THEN 0 ELSE 1 END), 0), "
            "COALESCE(SUM(CASE WHEN case_id <> '' AND (activity IS NULL OR activity = '') THEN 1 ELSE 0 END), 0) "
            f"FROM {self.events}"
        )

    def values(self, segment: int, limit: int) -> str:
        """Distinct values of a segment.

        Args:
            segment: Its number.
            limit: Most values of interest.
        """
        return f"SELECT DISTINCT g{segment} FROM {self.events} WHERE g{segment} IS NOT NULL LIMIT {limit}"


def union(selects: Sequence[str]) -> str:
    """The relation ``events`` of several tables."""
    return " UNION ALL ".join(selects)
