"""Reports that an engine counts itself, as ANSI SQL over whole numbers. Runs nothing.

They rest on tables of ours: ``codes(code, shown, ends, f0, f1, …)`` with the code an event is shown under,
1 where it ends a case and where it fits a step of the funnel; ``core``, ``steps`` and ``who`` as below.
"""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.events.engine.contract import Contract
from desirepath.events.engine.database import NO_TIME

PRIME = 2**31 - 1  # x ** 5 takes no two numbers below it to the same one
ADDED = (1_234_567, 987_654_321)
MOST_SHOWN = 100  # events of a sequence


@dataclass(frozen=True, slots=True)
class Reports:
    """Texts of the reports.

    Attributes:
        contract: Over the relation of the source.
        has_channels: Codes are of pairs of activity and channel.
        gap_us: Longest silence within a case; None where silence ends none.
        funnel_steps: Steps of the funnel.
        keep_duplicates: Count events that are equal in case, time, sequence, activity and channel.
        least_cases: Fewest cases that a row of a report rests on.
    """

    contract: Contract
    has_channels: bool = False
    gap_us: int | None = None
    funnel_steps: int = 0
    keep_duplicates: bool = False
    least_cases: int = 1

    def core(self) -> str:
        """Events as numbers that tell nobody apart: case, time, sequence, code."""
        core = self.contract.core(has_channels=self.has_channels)
        core = core.rpartition(" ORDER BY ")[0]
        sequence = "x.s" if self.contract.has_sequence else self._whole("0")
        columns = f"x.c AS c, x.t AS t, {sequence} AS s, {self._whole('x.code')} AS raw"
        whole = f"SELECT {columns} FROM ({core}) x WHERE x.t <> {NO_TIME}"
        return (
            whole
            if self.keep_duplicates
            else f"SELECT DISTINCT y.c AS c, y.t AS t, y.s AS s, y.raw AS raw FROM ({whole}) y"
        )

    def used(self) -> str:
        """Events of each code."""
        return f"SELECT y.raw, COUNT(*) FROM {self._ours('core')} y GROUP BY y.raw"

    def steps(self) -> str:
        """Each event with its case, cut as asked, its place there, and what comes next how much later."""
        order = "PARTITION BY x.c ORDER BY x.t, x.s, x.raw"
        silence = (
            "" if self.gap_us is None else f" WHEN z.t - z.bt > {self.gap_us} THEN 1"
        )
        begun = (
            "SELECT x.c AS c, x.t AS t, x.s AS s, x.raw AS raw, x.code AS code, "
            f"ROW_NUMBER() OVER ({order}) AS n, LAG(x.t) OVER ({order}) AS bt, LAG(x.ends) OVER ({order}) AS be "
            f"FROM (SELECT y.c AS c, y.t AS t, y.s AS s, y.raw AS raw, k.shown AS code, k.ends AS ends "
            f"FROM {self._ours('core')} y JOIN {self._ours('codes')} k ON y.raw = k.code) x"
        )
        cut = (
            "SELECT z.c AS c, z.t AS t, z.s AS s, z.raw AS raw, z.code AS code, z.n AS n, "
            f"CASE WHEN z.n = 1 THEN 1{silence} WHEN z.be = 1 THEN 1 ELSE 0 END AS b FROM ({begun}) z"
        )
        part = (
            "SELECT v.c AS c, v.t AS t, v.code AS code, v.n AS n, "
            "SUM(v.b) OVER (PARTITION BY v.c ORDER BY v.n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS part "
            f"FROM ({cut}) v"
        )
        within = "PARTITION BY w.c, w.part"
        return (
            f"SELECT w.c AS c, {self._whole('w.part')} AS part, w.t AS t, w.code AS code, "
            f"{self._whole(f'ROW_NUMBER() OVER ({within} ORDER BY w.n)')} - 1 AS pos, "
            f"{self._whole(f'COUNT(*) OVER ({within})')} AS size, "
            f"LEAD(w.code) OVER ({within} ORDER BY w.n) AS follower, LEAD(w.t) OVER ({within} ORDER BY w.n) - w.t AS wait "
            f"FROM ({part}) w"
        )

    def who(self, segment_count: int, *, has_customers: bool) -> str:
        """Customer and segments of each case before cutting, as `Contract.attrs` tells them."""
        attrs = self.contract.attrs(segment_count, has_customers=has_customers)
        return attrs.rpartition(" ORDER BY ")[0]

    def totals(self) -> str:
        """Cases, and the time of the first and the last event."""
        return (
            f"SELECT {self._sum('x.pos = 0')}, MIN(x.t), MAX(x.t) "
            f"FROM {self._ours('steps')} x"
        )

    def customers(self, *, has_customers: bool) -> str:
        """Customers with an event."""
        who = "u" if has_customers else "k"
        return (
            f"SELECT COUNT(DISTINCT w.{who}) FROM {self._ours('who')} w "
            f"JOIN (SELECT DISTINCT x.c AS c FROM {self._ours('steps')} x) y ON w.c = y.c"
        )

    def reach(self) -> str:
        """By code: events, cases that have it, that begin and that end with it."""
        return (
            f"SELECT y.code, {self._whole('SUM(y.n)')}, COUNT(*), {self._whole('SUM(y.b)')}, {self._whole('SUM(y.e)')} "
            "FROM (SELECT x.c AS c, x.part AS part, x.code AS code, COUNT(*) AS n, "
            "MAX(CASE WHEN x.pos = 0 THEN 1 ELSE 0 END) AS b, MAX(CASE WHEN x.pos = x.size - 1 THEN 1 ELSE 0 END) AS e "
            f"FROM {self._ours('steps')} x GROUP BY x.c, x.part, x.code) y "
            f"GROUP BY y.code HAVING COUNT(*) >= {self.least_cases}"
        )

    def transitions(self) -> str:
        """By code left and entered: count, cases, nearest-rank median, 90th and 95th percentile of the time between."""
        ranks = "".join(
            f", MAX(CASE WHEN {test} THEN y.wait END) AS w{i}"
            for i, test in enumerate(
                ("y.r * 2 <= y.k - 1", "y.r * 10 < y.k * 9", "y.r * 20 < y.k * 19")
            )
        )
        pair = "PARTITION BY x.code, x.follower"
        moves = f"FROM {self._ours('steps')} x WHERE x.pos < x.size - 1"
        times = (
            f"SELECT y.code AS code, y.follower AS follower, COUNT(*) AS n{ranks} FROM "
            f"(SELECT x.code AS code, x.follower AS follower, x.wait AS wait, "
            f"{self._whole(f'ROW_NUMBER() OVER ({pair} ORDER BY x.wait)')} - 1 AS r, "
            f"{self._whole(f'COUNT(*) OVER ({pair})')} AS k {moves}) y GROUP BY y.code, y.follower"
        )
        cases = (
            "SELECT y.code AS code, y.follower AS follower, COUNT(*) AS n FROM "
            f"(SELECT DISTINCT x.c AS c, x.part AS part, x.code AS code, x.follower AS follower {moves}) y "
            f"GROUP BY y.code, y.follower HAVING COUNT(*) >= {self.least_cases}"
        )
        return (
            "SELECT a.code, a.follower, a.n, b.n, a.w0, a.w1, a.w2 "
            f"FROM ({times}) a JOIN ({cases}) b ON a.code = b.code AND a.follower = b.follower"
        )

    def variants(self, most: int) -> str:
        """By fingerprint and length, the most frequent first: cases, and one case that shows it.

        Args:
            most: Rows.
        """
        same = "PARTITION BY z.h0, z.h1, z.n"
        each = (
            "SELECT y.c AS c, y.part AS part, COUNT(*) AS n, "
            f"{self._whole('SUM(y.h0)')} AS h0, {self._whole('SUM(y.h1)')} AS h1 "
            f"FROM ({self._fingerprinted()}) y GROUP BY y.c, y.part"
        )
        ranked = (
            "SELECT z.c AS c, z.part AS part, z.n AS n, z.h0 AS h0, z.h1 AS h1, "
            f"ROW_NUMBER() OVER ({same} ORDER BY z.c, z.part) AS r, COUNT(*) OVER ({same}) AS k FROM ({each}) z"
        )
        return (
            f"SELECT q.h0, q.h1, q.n, q.k, q.c, q.part FROM ({ranked}) q "
            f"WHERE q.r = 1 AND q.k >= {self.least_cases} ORDER BY q.k DESC, q.c, q.part LIMIT {most}"
        )

    def _fingerprinted(self) -> str:
        """Each event with two numbers of its place and code: x becomes x ** 5 plus a constant, twice, modulo a prime.

        The sums of them over a case tell the order as well; they stay below 2 ** 62 for 2 ** 31 events.
        """
        start = f"(x.pos * 65537 + x.code + 1) % {PRIME}"
        table = f"SELECT x.c AS c, x.part AS part, {start} AS h0, {start} AS h1 FROM {self._ours('steps')} x"
        for _ in range(2):
            # a level each, since no product of three of them fits into 64 bits
            table = f"SELECT x.c AS c, x.part AS part, x.h0 AS h0, x.h1 AS h1, x.h0 * x.h0 % {PRIME} AS q0, x.h1 * x.h1 % {PRIME} AS q1 FROM ({table}) x"
            table = f"SELECT x.c AS c, x.part AS part, x.h0 AS h0, x.h1 AS h1, x.q0 * x.q0 % {PRIME} AS q0, x.q1 * x.q1 % {PRIME} AS q1 FROM ({table}) x"
            table = f"SELECT x.c AS c, x.part AS part, (x.q0 * x.h0 + {ADDED[0]}) % {PRIME} AS h0, (x.q1 * x.h1 + {ADDED[1]}) % {PRIME} AS h1 FROM ({table}) x"
        return table

    def shown(self) -> str:
        """First events of the cases in the table ``shown(c, part)``."""
        return (
            f"SELECT x.c, x.part, x.pos, x.code FROM {self._ours('steps')} x JOIN {self._ours('shown')} w "
            f"ON x.c = w.c AND x.part = w.part WHERE x.pos < {MOST_SHOWN} ORDER BY x.c, x.part, x.pos"
        )

    def funnel(self) -> str:
        """Cases that come to each step of the funnel, each later than the one before it."""
        reached = ", ".join(f"COUNT(x.s{i})" for i in range(self.funnel_steps))
        return f"SELECT {reached} FROM ({self._reached()}) x WHERE x.pos = 0"

    def _reached(self) -> str:
        """Events with the places at which their case comes to each step of the funnel."""
        table = (
            "SELECT x.c AS c, x.part AS part, x.pos AS pos"
            + "".join(f", k.f{i} AS f{i}" for i in range(self.funnel_steps))
            + f" FROM {self._ours('steps')} x JOIN (SELECT DISTINCT k.shown AS code"
            + "".join(f", k.f{i} AS f{i}" for i in range(self.funnel_steps))
            + f" FROM {self._ours('codes')} k) k ON x.code = k.code"
        )
        for i in range(self.funnel_steps):
            later = f" AND x.pos > x.s{i - 1}" if i else ""
            kept = "".join(f", x.f{j} AS f{j}" for j in range(i + 1, self.funnel_steps))
            known = "".join(f", x.s{j} AS s{j}" for j in range(i))
            table = (
                f"SELECT x.c AS c, x.part AS part, x.pos AS pos{kept}{known}, "
                f"MIN(CASE WHEN x.f{i} = 1{later} THEN x.pos END) OVER (PARTITION BY x.c, x.part) AS s{i} FROM ({table}) x"
            )
        return table

    def segments(self, number: int) -> str:
        """By code of a value: cases, their events, and cases that come through the funnel.

        Args:
            number: Of the segment.
        """
        who = self._ours("who")
        goal = ""
        through = self._whole("0")
        if self.funnel_steps:
            goal = (
                f" LEFT JOIN (SELECT x.c AS c, x.part AS part, x.s{self.funnel_steps - 1} AS g "
                f"FROM ({self._reached()}) x WHERE x.pos = 0) g ON x.c = g.c AND x.part = g.part"
            )
            through = "COUNT(g.g)"
        return (
            f"SELECT w.low{number}, COUNT(*), {self._whole('SUM(x.size)')}, {through} "
            f"FROM {self._ours('steps')} x JOIN {who} w ON x.c = w.c{goal} WHERE x.pos = 0 "
            f"GROUP BY w.low{number} HAVING COUNT(*) >= {self.least_cases}"
        )

    def segment_reach(self, number: int) -> str:
        """By code of a value and code: cases that have it.

        Args:
            number: Of the segment.
        """
        return (
            f"SELECT w.low{number}, y.code, COUNT(*) FROM (SELECT DISTINCT x.c AS c, x.part AS part, x.code AS code "
            f"FROM {self._ours('steps')} x) y JOIN {self._ours('who')} w ON y.c = w.c "
            f"GROUP BY w.low{number}, y.code HAVING COUNT(*) >= {self.least_cases}"
        )

    def _ours(self, name: str) -> str:
        return f"{self.contract.prefix}{name}"

    def _whole(self, expression: str) -> str:
        """As a whole number of 64 bits; engines count in others."""
        return f"CAST({expression} AS {self.contract.dialect.integer})"

    def _sum(self, test: str) -> str:
        return self._whole(f"COALESCE(SUM(CASE WHEN {test} THEN 1 ELSE 0 END), 0)")
