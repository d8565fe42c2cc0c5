"""DuckDB SQL by hand: the same questions over one ordered table."""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb  # noqa: TID251 - what ours is measured against
from clock import Clock

ORDERED = """
CREATE OR REPLACE TEMP TABLE ordered AS
SELECT case_id, event, timestamp, row_number() OVER w AS place,
    lead(event) OVER w AS next, epoch_us(lead(timestamp) OVER w) - epoch_us(timestamp) AS wait
FROM (SELECT case_id, event, timestamp, file_row_number FROM read_parquet(?, file_row_number = true))
WINDOW w AS (PARTITION BY case_id ORDER BY timestamp, file_row_number)
"""
MOVES = "SELECT event, next, COUNT(*) FROM ordered WHERE next IS NOT NULL GROUP BY ALL"
TIMES = """
SELECT event, next, quantile_disc(wait, 0.5), quantile_disc(wait, 0.9)
FROM ordered WHERE next IS NOT NULL GROUP BY ALL
"""
VARIANTS = """
SELECT way, COUNT(*) FROM (SELECT list(event ORDER BY place) AS way FROM ordered GROUP BY case_id) GROUP BY way
"""
FUNNEL = """
WITH a AS (SELECT case_id, MIN(place) AS at FROM ordered WHERE event = $a GROUP BY case_id),
b AS (SELECT o.case_id, MIN(o.place) AS at FROM ordered o JOIN a USING (case_id) WHERE o.event = $b AND o.place > a.at GROUP BY o.case_id),
c AS (SELECT o.case_id, MIN(o.place) AS at FROM ordered o JOIN b USING (case_id) WHERE o.event = $c AND o.place > b.at GROUP BY o.case_id)
SELECT (SELECT COUNT(*) FROM a), (SELECT COUNT(*) FROM b), (SELECT COUNT(*) FROM c)
"""


def main() -> None:
    """Run every task as often as asked and print the result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("repeats", type=int)
    parser.add_argument("steps", nargs=3)
    options = parser.parse_args()
    clock = Clock("duckdb", duckdb.__version__)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        for _ in range(options.repeats):
            with clock.time("sequences"):
                connection.execute(ORDERED, [str(options.path)])
            with clock.time("transitions"):
                moves = connection.execute(MOVES).fetchall()
            with clock.time("times"):
                times = connection.execute(TIMES).fetchall()
            with clock.time("variants"):
                variants = connection.execute(VARIANTS).fetchnumpy()
            with clock.time("funnel"):
                steps = dict(zip("abc", options.steps, strict=True))
                reached = connection.execute(FUNNEL, steps).fetchall()[0]
        cases, events = connection.execute(
            "SELECT COUNT(DISTINCT case_id), COUNT(*) FROM ordered"
        ).fetchall()[0]
    clock.show(
        {
            "cases": cases,
            "events": events,
            "transitions": {f"{a} > {b}": count for a, b, count in moves},
            "median_s": {f"{a} > {b}": median / 1e6 for a, b, median, _ in times},
            "variants": len(variants["way"]),
            "funnel": list(reached),
        }
    )


if __name__ == "__main__":
    main()
