"""Counts of public logs by other means: xml.etree and csv of the standard library, pandas for Parquet.

Run with DESIREPATH_DATA set; prints JSON for `xes_compat.json`, which the tests compare with.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd

NAME, TIME = "concept:name", "time:timestamp"


def of_xes(path: Path) -> dict[str, Any]:
    """Counts of an XES file, whole in memory."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    root = ET.fromstring(data)  # noqa: S314 - public logs, on our machine
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    rows: list[tuple[tuple[str, str], ...]] = []
    names: set[str] = set()
    activities: set[str] = set()
    used = 0
    for number, trace in enumerate(root.iter("trace"), 1):
        own = {c.get("key", ""): c.get("value", "") for c in trace if c.tag != "event"}
        name = own.get(NAME) or f"(trace {number})"
        for event in trace.iter("event"):
            values = {
                c.get("key", ""): c.get("value", "")
                for c in event
                if c.tag not in ("list", "container")
            }
            rows.append(
                (
                    ("case", name),
                    *sorted(own.items()),
                    ("|", "|"),
                    *sorted(values.items()),
                )
            )
            if values.get(NAME, "").strip():
                used += 1
                names.add(name)
                activities.add(values[NAME].strip())
    return {
        "rows": len(rows),
        "duplicates": len(rows) - len(set(rows)),
        "events": used,
        "cases": len(names),
        "activities": len(activities),
    }


def of_table(rows: list[tuple[str, ...]], header: list[str]) -> dict[str, Any]:
    """Counts of a table."""
    case, activity = header.index("case:concept:name"), header.index(NAME)
    return {
        "rows": len(rows),
        "duplicates": len(rows) - len(set(rows)),
        "events": sum(1 for row in rows if row[case] and row[activity]),
        "cases": len({row[case] for row in rows if row[case]}),
        "activities": len({row[activity].strip() for row in rows if row[activity]}),
    }


def of_file(path: Path) -> dict[str, Any]:
    """Counts of one file."""
    if ".xes" in path.suffixes:
        return of_xes(path)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        return of_table([tuple(row) for row in rows], header)
    frame = pd.read_parquet(path).astype(str)
    return of_table(list(frame.itertuples(index=False, name=None)), list(frame.columns))


def main() -> None:
    """Print the counts of every log."""
    data = Path(os.environ["DESIREPATH_DATA"])
    files = [
        *sorted(p for p in (data / "xes-compat").iterdir() if p.suffix != ".md"),
        data / "bpic2012-loan" / "bpic2012.xes.gz",
        data / "helpdesk-it" / "helpdesk.xes.gz",
    ]
    counts = {p.relative_to(data).as_posix(): of_file(p) for p in files}
    json.dump(counts, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
