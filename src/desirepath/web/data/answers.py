"""What a file of answers is taken for: questions, scales, words, and whom they are of."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from desirepath.errors import EventsError
from desirepath.events.feedback.read import read_all_feedback, report
from desirepath.events.feedback.schema import (
    FeedbackColumns,
    FeedbackReading,
    ScoreColumn,
    Sheet,
)
from desirepath.events.feedback.sheets import read_sheet
from desirepath.events.feedback.workbooks import is_workbook, workbook_table
from desirepath.events.schema import Table
from desirepath.events.sources.files import find_tables
from desirepath.web.data.private import propose
from desirepath.web.data.shown import column_data, rows_looked_at

# What another choice of columns can mend, and which role it is about.
QUESTIONS = {"E250": "score", "E251": "", "E253": "score", "E254": "score", "E224": "time_format", "E225": "time", "E229": "time"}  # fmt: skip
WORDS = "text"


def prove_answers(
    path: Path,
    *,
    roles: Mapping[str, str],
    scores: Mapping[str, str] | None,
    texts: Sequence[str] | None,
    abouts: Mapping[str, str],
    zone: str,
    time_format: str,
) -> dict[str, Any]:
    """What a file of answers is taken for, as plain data.

    Args:
        path: The file.
        roles: Column by role.
        scores: Scale by column; None to find them.
        texts: Columns of words; None to find them.
        abouts: Step or touchpoint by column of scores that are given.
        zone: Zone of times without one, "" for none.
        time_format: How times are written, "" to find out.

    Raises:
        EventsError: E2xx as the readers of files say where no answer of a person would help.
    """
    sheet = sheet_of(path)
    columns = FeedbackColumns(
        **{role: name for role, name in roles.items() if name},
        scores=None
        if scores is None
        else {
            name: ScoreColumn(scale=scale or None, at=abouts.get(name, ""))
            for name, scale in scores.items()
        },
        texts=None if texts is None else tuple(texts),
    )
    questions: list[dict[str, Any]] = []
    told: dict[str, Any] = {"counts": {"rows": sheet.row_count}, "times": [], "roles": [], "scores": []}  # fmt: skip
    parts: dict[str, str] = {}
    try:
        reading = read_all_feedback(
            path, columns=columns, zone=zone or None, time_format=time_format or None
        )
    except EventsError as error:
        first = error.problems[0]
        if first.code not in QUESTIONS:
            raise
        questions = [
            {"code": first.code, "role": QUESTIONS[first.code], "what": first.what}
        ]
    else:
        told = _told(reading)
        parts = {one["column"]: one["role"] for one in told["roles"]}
        for name in sheet.columns:
            question = sheet.questions[sheet.columns.index(name)]
            for one in told["scores"]:
                if one["question"] in (name, question):
                    parts.setdefault(name, "score" if one["scale"] else WORDS)
    return {
        "kind": "feedback",
        "looks_like": sheet.looks_like,
        "columns": [
            _column(sheet, index, name, parts.get(name, ""))
            for index, name in enumerate(sheet.columns)
        ],
        "questions": questions,
        "odd": [],
        **told,
    }


def sheet_of(path: Path) -> Sheet:
    """All cells of a file of answers."""
    with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
        table = table_of(path, Path(folder))
        scratch = Path(folder, "sheet")
        scratch.mkdir()
        return read_sheet(table, scratch)


def table_of(path: Path, scratch: Path) -> Table:
    """The table in a file; of a workbook its first sheet with rows."""
    own = scratch / "tables"
    own.mkdir()
    if is_workbook(path):
        return workbook_table(path, own)
    return find_tables([path], own)[0]


def _told(reading: FeedbackReading) -> dict[str, Any]:
    seen, table = report(reading), reading.tables[0]
    return {
        "counts": {
            "rows": table.row_count,
            "answers": seen.answer_count,
            "scores": seen.score_count,
            "texts": seen.text_count,
            "customers": seen.customer_count,
            "from_us": seen.from_us,
            "to_us": seen.to_us,
            "left_out": dict(table.dropped),
        },
        "times": [
            {"column": one.column, "format": one.format, "zone": one.zone, "zone_source": one.zone_source}
            for one in table.times
        ],
        "roles": [
            {"role": one.role, "column": one.column, "why": one.why, "others": list(one.others)}
            for one in table.roles
        ],
        "scores": [
            {
                "question": one.question,
                "scale": one.scale,
                "why": one.why,
                "aspect": one.aspect,
                "at": one.at,
                "answered": one.answered,
                "unusable": sum(one.unusable.values()),
            }
            for one in table.questions
        ],
    }  # fmt: skip


def _column(sheet: Sheet, index: int, name: str, role: str) -> dict[str, Any]:
    filled = [cell for cell in sheet.values[index] if cell.strip()]
    different = list(dict.fromkeys(filled))
    proposal = propose(
        name, role, filled[: rows_looked_at(len(sheet.columns))], is_time=role == "time"
    )
    return column_data(name, index, role, different, len(filled), len(different), proposal)  # fmt: skip
