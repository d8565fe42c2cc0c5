"""`read_feedback` and `inspect_feedback`: from files to answers of customers."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from desirepath.events.feedback.answers import (
    NO_TIME_US,
    NOBODY,
    Feedback,
    Words,
)
from desirepath.events.feedback.clock import read_times
from desirepath.events.feedback.columns import answers_of, joined, with_words
from desirepath.events.feedback.private import private_counts
from desirepath.events.feedback.questions import score_hint, take_questions
from desirepath.events.feedback.recipe import read_feedback_recipe
from desirepath.events.feedback.roles import Roles, choose_roles, joined_values
from desirepath.events.feedback.schema import (
    FeedbackColumns,
    FeedbackInspection,
    FeedbackReading,
    FeedbackSource,
    Sheet,
    SheetReading,
)
from desirepath.events.feedback.sheets import read_sheet
from desirepath.events.feedback.workbooks import (
    is_workbook,
    split_sheet,
    workbook_table,
)
from desirepath.events.schema import Table, TimeReading, fail
from desirepath.events.sequences import IntArray
from desirepath.events.sources.files import RECIPE_SUFFIXES, find_tables

PRIVATE_LOOKED_AT = 20_000
MIN_PRIVATE_SHARE = 0.3  # of the cells of a column of single words


def read_feedback(
    source: object,
    *,
    columns: FeedbackColumns | None = None,
    zone: str | None = None,
    time_format: str | Sequence[str] | None = None,
    zero_is_na: bool = False,
) -> Feedback:
    """Answers of customers from surveys, tickets and reviews.

    Args:
        source: Path or list of paths (CSV, TSV, JSON lines, Parquet, these as .gz, an Excel workbook
            .xlsx or one sheet of it ``answers.xlsx#Sheet``, a recipe .yaml with a `feedback` list), a frame with ``__arrow_c_stream__``, or a dict of NumPy columns.
        columns: Which column plays which role; what is left out is recognized.
        zone: Zone of times without offset; what the export names, else UTC.
        time_format: strptime formats, day-first, month-first, epoch-s, epoch-ms or epoch-us.
        zero_is_na: 0 means "not applicable" in every score.

    Raises:
        EventsError: E250 to E259 if it cannot be read for certain; nothing is guessed in silence.

    Examples:
        >>> answers = read_feedback({
        ...     "customer_id": np.array(["a", "b"]),
        ...     "submitted_at": np.array(["2024-05-01 10:00", "2024-05-02 11:00"]),
        ...     "csat_1_5": np.array(["4", "2"]),
        ... })
        >>> answers.count, answers.emotions.tolist(), answers.conventions
        (2, [1.0, -1.0], ('csat-5: e = s - 3',))
    """
    return read_all_feedback(
        source,
        columns=columns,
        zone=zone,
        time_format=time_format,
        zero_is_na=zero_is_na,
    ).feedback


def inspect_feedback(
    source: object,
    *,
    columns: FeedbackColumns | None = None,
    zone: str | None = None,
    time_format: str | Sequence[str] | None = None,
    zero_is_na: bool = False,
) -> FeedbackInspection:
    """What is in the feedback and how it would be read; the arguments are those of `read_feedback`.

    Raises:
        EventsError: E250 to E259 as `read_feedback` would.

    Examples:
        >>> from desirepath.events.feedback.schema import ScoreColumn
        >>> asked = FeedbackColumns(scores={"nps": ScoreColumn("nps")})
        >>> seen = inspect_feedback({"nps": np.array(["9", "10", "11"])}, columns=asked)
        >>> one = seen.tables[0].questions[0]
        >>> one.scale, one.answered, dict(one.unusable)
        ('nps', 2, {'outside 0 to 10': 1})
    """
    reading = read_all_feedback(
        source,
        columns=columns,
        zone=zone,
        time_format=time_format,
        zero_is_na=zero_is_na,
    )
    return report(reading)


def read_all_feedback(
    source: object,
    *,
    columns: FeedbackColumns | None = None,
    zone: str | None = None,
    time_format: str | Sequence[str] | None = None,
    zero_is_na: bool = False,
) -> FeedbackReading:
    """Feedback as from `read_feedback`, together with how it was understood."""
    formats = (time_format,) if isinstance(time_format, str) else time_format
    asked = FeedbackSource(
        (), columns or FeedbackColumns(), zone, tuple(formats or ()), zero_is_na
    )
    parts: list[Feedback] = []
    tables: list[SheetReading] = []
    with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
        for number, (table, one) in enumerate(_tables(source, asked, Path(folder))):
            scratch = Path(folder) / f"sheet{number}"
            scratch.mkdir()
            part, reading = _of_sheet(read_sheet(table, scratch), one)
            parts.append(part)
            tables.append(reading)
    feedback = joined(parts)
    named = ", ".join(dict.fromkeys(table.label for table in tables))
    return FeedbackReading(replace(feedback, source={"files": named}), tuple(tables))


def _tables(
    source: object, asked: FeedbackSource, scratch: Path
) -> Iterable[tuple[Table, FeedbackSource]]:
    """Tables with what is said about each."""
    if isinstance(source, str | os.PathLike):
        source = [source]
    if not isinstance(source, list | tuple):
        if not isinstance(source, dict) and not hasattr(source, "__arrow_c_stream__"):
            raise fail(
                "E257",
                f"feedback cannot be read from an object of type {type(source).__name__}",
                hint="Give a path, a list of paths, a table, or a dict of NumPy columns.",
            )
        frame: Any = source
        yield Table("frame", "the table", frame=frame), asked
        return
    sources: list[FeedbackSource] = []
    for item in source:
        path = Path(item)
        if path.suffix.lower() in RECIPE_SUFFIXES:
            sources += read_feedback_recipe(path)
        else:
            file, sheet = split_sheet(path)
            sources.append(replace(asked, files=(file,), sheet=sheet))
    if not sources:
        raise fail("E257", "no file of feedback is named", hint="Give a file.")
    for number, one in enumerate(sources):
        folder = scratch / f"files{number}"
        folder.mkdir()
        for table in _tables_of(one, folder):
            yield table, one


def _tables_of(source: FeedbackSource, folder: Path) -> Iterable[Table]:
    """Tables in the files of one source: workbooks first."""
    for number, file in enumerate(source.files):
        if is_workbook(file):
            own = folder / f"book{number}"
            own.mkdir()
            yield workbook_table(file, own, source.sheet, source.place)
    plain = [file for file in source.files if not is_workbook(file)]
    if plain:
        yield from find_tables(plain, folder)


def _of_sheet(sheet: Sheet, source: FeedbackSource) -> tuple[Feedback, SheetReading]:
    """Answers of one table."""
    roles = choose_roles(sheet, source.columns)
    taken = take_questions(sheet, roles, source)
    if not taken.blocks:
        looked = "; ".join(f'"{name}": {why}' for name, why in taken.maybe[:3])
        raise fail(
            "E250",
            "no column holds scores or words of customers"
            + (f" for certain ({looked})" if looked else ""),
            source.place or sheet.place,
            score_hint(taken.maybe)
            or 'Name them: --score "COLUMN=csat-5" or --text COLUMN.',
        )
    times, seen = _times(sheet, roles, source)
    feedback = answers_of(sheet, roles, with_words(taken.blocks), times)
    answered = len(np.unique(feedback.responses))
    silent = sheet.row_count - answered
    dropped = {**sheet.dropped, **({"no answer in the row": silent} if silent else {})}
    reading = SheetReading(
        label=sheet.label,
        looks_like=sheet.looks_like,
        row_count=sheet.row_count + sum(sheet.dropped.values()),
        roles=roles.choices,
        questions=taken.readings,
        maybe=taken.maybe,
        times=seen,
        dropped=dropped,
        notes=sheet.notes,
        private=_private(sheet),
    )
    return feedback, reading


def _private(sheet: Sheet) -> dict[str, dict[str, int]]:
    """Cells with something private, by column and kind; long columns are looked at in part."""
    found = {}
    for name, values in zip(sheet.columns, sheet.values, strict=True):
        cells = [value for value in values[:PRIVATE_LOOKED_AT] if value.strip()]
        counts = private_counts(cells)
        if not any(" " in cell.strip() for cell in cells):
            # one in ten ids passes the check of a card by chance
            least = MIN_PRIVATE_SHARE * len(cells)
            counts = {kind: count for kind, count in counts.items() if count >= least}
        if counts:
            found[name] = counts
    return found


def _times(
    sheet: Sheet, roles: Roles, source: FeedbackSource
) -> tuple[IntArray, tuple[TimeReading, ...]]:
    """int64[n_rows] times, and how they were read."""
    name = roles.columns.get("time")
    if name is None:
        return np.full(sheet.row_count, NO_TIME_US, dtype=np.int64), ()
    times, seen = read_times(
        name,
        joined_values(sheet, name),
        formats=source.time_format,
        zone=source.zone or sheet.zone or None,
        place=source.place or sheet.place,
    )
    return times, (seen,)


def report(reading: FeedbackReading) -> FeedbackInspection:
    """Inspection of feedback that has been read."""
    feedback = reading.feedback
    known = feedback.times_us[feedback.times_us != NO_TIME_US]
    people = feedback.customers[feedback.customers != NOBODY]
    return FeedbackInspection(
        tables=reading.tables,
        response_count=len(np.unique(feedback.responses)),
        answer_count=feedback.count,
        score_count=int(feedback.is_score.sum()),
        text_count=int((feedback.texts != "").sum()),
        customer_count=len(np.unique(people)),
        from_us=int(known.min()) if len(known) else None,
        to_us=int(known.max()) if len(known) else None,
        hints=_counts(feedback.hints),
        languages=_counts(feedback.languages),
        conventions=feedback.conventions,
    )


def _counts(words: Words) -> dict[str, int]:
    """How often each text occurs, most frequent first."""
    counts = Counter(words.codes.tolist())
    return {words.values[code]: count for code, count in counts.most_common() if code}
