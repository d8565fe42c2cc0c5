"""`read_feedback` and `inspect_feedback`: from files to answers of customers."""

from __future__ import annotations

import hashlib
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
    Asked,
    Feedback,
    Words,
)
from desirepath.events.feedback.clock import read_times
from desirepath.events.feedback.questions import Answered, take_questions
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
from desirepath.events.schema import Table, TimeReading, fail
from desirepath.events.sequences import IntArray
from desirepath.events.sources.files import RECIPE_SUFFIXES, find_tables

KEY_DIGITS = 15  # of md5 in hexadecimal: 60 bits, as the keys of cases


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
        source: Path or list of paths (CSV, TSV, JSON lines, Parquet, these as .gz, a recipe .yaml with
            a `feedback` list), a frame with ``__arrow_c_stream__``, or a dict of NumPy columns.
        columns: Which column plays which role; what is left out is recognized.
        zone: Zone of times without offset; what the export names, else UTC.
        time_format: strptime formats, day-first, month-first, epoch-s, epoch-ms or epoch-us.
        zero_is_na: 0 means "not applicable" in every score.

    Raises:
        EventsError: E250 to E258 if it cannot be read for certain; nothing is guessed in silence.

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
        EventsError: E250 to E258 as `read_feedback` would.

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
            sources.append(replace(asked, files=(path,)))
    if not sources:
        raise fail("E257", "no file of feedback is named", hint="Give a file.")
    for number, one in enumerate(sources):
        folder = scratch / f"files{number}"
        folder.mkdir()
        for table in find_tables(one.files, folder):
            yield table, one


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
            'Name them: --score "COLUMN=csat-5" or --text COLUMN.',
        )
    times, seen = _times(sheet, roles, source)
    feedback = _answers(sheet, roles, _with_words(taken.blocks), times)
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
    )
    return feedback, reading


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


def _with_words(blocks: Sequence[Answered]) -> list[Answered]:
    """Blocks in which open answers stand beside the score of their row, where it has one score only."""
    scores = [one for one in blocks if one.asked.aspect == "score"]
    texts = [one for one in blocks if one.asked.aspect == "text"]
    if len(texts) != 1:
        return list(blocks)
    if any(
        len(np.intersect1d(one.rows, other.rows))
        for number, one in enumerate(scores)
        for other in scores[number + 1 :]
    ):
        return list(blocks)
    (open_answers,) = texts
    words = dict(zip(open_answers.rows.tolist(), open_answers.texts, strict=True))
    found = []
    for one in blocks:
        if one is open_answers:
            continue
        if one.asked.aspect == "score":
            beside = [words.pop(row, "") for row in one.rows.tolist()]
            found.append(replace(one, texts=np.array(beside, dtype=object)))
        else:
            found.append(one)
    is_left = np.array([row in words for row in open_answers.rows.tolist()], np.bool_)
    if is_left.any():
        left = replace(
            open_answers,
            rows=open_answers.rows[is_left],
            scores=open_answers.scores[is_left],
            texts=open_answers.texts[is_left],
        )
        found.append(left)
    return found


def _answers(
    sheet: Sheet, roles: Roles, blocks: Sequence[Answered], times: IntArray
) -> Feedback:
    """Blocks of one table, row by row."""
    rows = np.concatenate([one.rows for one in blocks])
    asked = np.repeat(np.arange(len(blocks)), [len(one.rows) for one in blocks])
    order = np.lexsort((asked, rows))
    rows, asked = rows[order], asked[order]
    hints = np.array(_column(sheet, roles, "at"), dtype=object)[rows]
    for number, one in enumerate(blocks):
        if one.asked.at:
            hints[asked == number] = one.asked.at
    return Feedback(
        customers=keys_of(_column(sheet, roles, "customer"))[rows],
        cases=keys_of(_column(sheet, roles, "case"))[rows],
        responses=rows,
        times_us=times[rows],
        questions=tuple(one.asked for one in blocks),
        asked=asked.astype(np.int64),
        scores=np.concatenate([one.scores for one in blocks])[order],
        texts=np.concatenate([one.texts for one in blocks])[order],
        hints=words_of(hints.tolist()),
        channels=_words_at(sheet, roles, "channel", rows),
        languages=_words_at(sheet, roles, "language", rows),
    )


def _column(sheet: Sheet, roles: Roles, role: str) -> list[str]:
    name = roles.columns.get(role)
    return joined_values(sheet, name) if name else [""] * sheet.row_count


def _words_at(sheet: Sheet, roles: Roles, role: str, rows: IntArray) -> Words:
    return words_of(np.array(_column(sheet, roles, role), dtype=object)[rows].tolist())


def words_of(texts: Sequence[str]) -> Words:
    """Texts as codes; "" is code 0.

    Examples:
        >>> words_of(["b", "", "a", "b"]).codes.tolist()
        [2, 0, 1, 2]
    """
    plain = np.array(["", *(text.strip() for text in texts)], dtype=object)
    values, codes = np.unique(plain, return_inverse=True)
    return Words(tuple(str(value) for value in values), codes[1:].astype(np.int64))


def keys_of(ids: Sequence[str]) -> IntArray:
    """int64[n], keys of customers or cases as reading events makes them; -1 for empty ids.

    Examples:
        >>> keys_of(["a", "", "a"]).tolist()
        [57446577476672362, -1, 57446577476672362]
    """
    different, back = np.unique(np.array([*ids], dtype=object), return_inverse=True)
    keys = [_key(str(one)) if str(one).strip() else NOBODY for one in different]
    return np.array(keys, dtype=np.int64)[back]


def _key(text: str) -> int:
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return int(digest[:KEY_DIGITS], 16)


def joined(parts: Sequence[Feedback]) -> Feedback:
    """Feedback of several tables, one after the other."""
    if len(parts) == 1:
        return parts[0]
    questions: list[Asked] = []
    asked, responses = [], []
    rows = 0
    for part in parts:
        asked.append(part.asked + len(questions))
        responses.append(part.responses + rows)
        questions += part.questions
        rows += int(part.responses.max(initial=-1)) + 1

    def words(name: str) -> Words:
        columns: list[Words] = [getattr(part, name) for part in parts]
        return words_of(
            [one.values[code] for one in columns for code in one.codes.tolist()]
        )

    return Feedback(
        customers=np.concatenate([part.customers for part in parts]),
        cases=np.concatenate([part.cases for part in parts]),
        responses=np.concatenate(responses),
        times_us=np.concatenate([part.times_us for part in parts]),
        questions=tuple(questions),
        asked=np.concatenate(asked),
        scores=np.concatenate([part.scores for part in parts]),
        texts=np.concatenate([part.texts for part in parts]),
        hints=words("hints"),
        channels=words("channels"),
        languages=words("languages"),
    )


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
