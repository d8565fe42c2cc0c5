"""Questions of a table and their answers: scales recognized, what cannot be used counted. Joins nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desirepath.events.feedback.answers import Asked, Aspect, FloatArray, TextArray
from desirepath.events.feedback.numbers import number_share, numbers_of
from desirepath.events.feedback.roles import (
    NOT_ANSWERS,
    Roles,
    is_open_answer,
    known_columns,
    values_of,
)
from desirepath.events.feedback.scales import (
    NAME_RULES,
    Scale,
    recognize_scale,
    scale_named,
    typed_scale,
)
from desirepath.events.feedback.schema import (
    FeedbackSource,
    ScoreColumn,
    ScoreReading,
    Sheet,
)
from desirepath.events.feedback.several import with_columns_meant
from desirepath.events.fingerprints import plain_name
from desirepath.events.schema import fail
from desirepath.events.sequences import BoolArray, IntArray

NUMBER_SHARE = 0.9
FARTHEST = (-2, 10)  # ends of any scale
FEW_SLIPS = 0.95
ALIKE = 2  # questions that are taken by a pattern
_SPAN = re.compile(r"answers from (\S+) to (\S+?)(?::|$)")
EXPECTED = ("expectation", "expected", "erwart", "expectativ", "attente")


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers to one question.

    Attributes:
        asked: The question.
        rows: int64[n], rows of the table.
        scores: float64[n], nan for words.
        texts: object[n], "" for numbers.
    """

    asked: Asked
    rows: IntArray
    scores: FloatArray
    texts: TextArray


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that may be taken: its wording, the rows it was asked in, their texts."""

    name: str
    wording: str
    rows: IntArray
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table gives.

    Attributes:
        blocks: Answers, question by question.
        readings: How each question was understood.
        maybe: (column, why not) of what looks like answers and was not taken.
    """

    blocks: tuple[Answered, ...]
    readings: tuple[ScoreReading, ...]
    maybe: tuple[tuple[str, str], ...]


def take_questions(sheet: Sheet, roles: Roles, source: FeedbackSource) -> Taken:
    """Every question of a table with its answers.

    Raises:
        EventsError: E251 for a column that is not there, E253 for a scale that does not exist, E255
            where a named column tells no scale.
    """
    source = with_columns_meant(sheet, roles, source)
    blocks: list[Answered] = []
    readings: list[ScoreReading] = []
    maybe: list[tuple[str, str]] = []
    scales = _row_scales(sheet, roles)
    for one in _candidates(sheet, roles, source):
        said = _said(one, source)
        is_number = number_share(one.texts) >= NUMBER_SHARE
        if said is None and not is_number:
            if _is_text(sheet, one, roles, source):
                blocks.append(_words(one, sheet))
                readings.append(_word_reading(one, len(blocks[-1].rows)))
            continue
        if source.columns.scores is not None and said is None:
            continue
        parts = _parts(one, said or ScoreColumn(), scales, sheet, source)
        for part, scale, why in parts:
            if scale is None:
                maybe += [(one.name, why)] if why else []
                continue
            block, reading = _scored(part, scale, why, said, sheet)
            blocks.append(block)
            readings.append(reading)
    return Taken(tuple(blocks), tuple(readings), tuple(maybe))


def _candidates(
    sheet: Sheet, roles: Roles, source: FeedbackSource
) -> Iterator[Candidate]:
    """Columns that may hold answers, or the different questions where each row is one answer."""
    everywhere = np.arange(sheet.row_count, dtype=np.int64)
    columns = source.columns
    if "question" in roles.columns:
        asked = np.array(values_of(sheet, roles.columns["question"]), dtype=object)
        answers = np.array(values_of(sheet, roles.columns["answer"]), dtype=object)
        for wording in dict.fromkeys(asked.tolist()):
            if wording.strip():
                rows = everywhere[asked == wording]
                yield Candidate(wording, wording, rows, tuple(answers[rows].tolist()))
        return
    named = (*(columns.scores or ()), *(columns.texts or ()))
    known_columns(sheet, named)
    taken = {
        part for name in roles.columns.values() for part in (name, *name.split("+"))
    }
    for name, wording in zip(sheet.columns, sheet.questions, strict=True):
        is_named = name in named
        if is_named or (name not in taken and not NOT_ANSWERS.match(plain_name(name))):
            yield Candidate(name, wording or name, everywhere, values_of(sheet, name))


def _said(one: Candidate, source: FeedbackSource) -> ScoreColumn | None:
    """What is said about a question, None where nothing is."""
    said = (source.columns.scores or {}).get(one.name)
    if source.zero_is_na and said is not None:
        return replace(said, zero_is_na=True)
    return said


def _is_text(
    sheet: Sheet, one: Candidate, roles: Roles, source: FeedbackSource
) -> bool:
    if not any(text.strip() for text in one.texts):
        return False
    if "question" in roles.columns:
        return True
    if source.columns.texts is not None:
        return one.name in source.columns.texts
    return is_open_answer(sheet, one.name)


def _row_scales(sheet: Sheet, roles: Roles) -> Sequence[str] | None:
    """Scale of each row where the table names it."""
    name = roles.columns.get("scale")
    return values_of(sheet, name) if name else None


_Part = tuple[Candidate, Scale | None, str]


def _parts(
    one: Candidate,
    said: ScoreColumn,
    scales: Sequence[str] | None,
    sheet: Sheet,
    source: FeedbackSource,
) -> Iterator[_Part]:
    """The question with its scale and why; parted by scale where each row names its own."""
    zero_is_na = said.zero_is_na or source.zero_is_na
    if said.scale is not None:
        scale = scale_named(
            said.scale,
            source.place or sheet.place,
            high_is_good=said.high_is_good,
            zero_is_na=zero_is_na,
        )
        yield one, scale, "given"
        return
    if scales is not None and (source.columns.scores or _names_score(one.wording)):
        yield from _by_row(one, scales)
        return
    found = recognize_scale(one.wording, _different(one, zero_is_na=zero_is_na))
    is_asked = bool(source.columns.scores)
    if found.scale is None and is_asked:
        raise fail(
            "E255",
            f'the scale of "{one.name}" cannot be told: {found.why}',
            source.place or sheet.place,
            f'Say it: --score "{one.name}=csat-5", or scale: csat-5 in a recipe.',
        )
    if found.scale is None or not (found.is_certain or is_asked):
        # what only looks like numbers is named, unless no scale could ever hold it
        yield one, None, "" if "fit no scale" in found.why else found.why
        return
    scale = replace(found.scale, zero_is_na=zero_is_na)
    if said.high_is_good is not None:
        scale = replace(scale, high_is_good=said.high_is_good)
    yield one, scale, found.why


def _different(one: Candidate, *, zero_is_na: bool) -> list[float]:
    """Different numbers answered; a few far from any scale are slips, not answers."""
    numbers = numbers_of([text for text in one.texts if text.strip()])
    numbers = numbers[np.isfinite(numbers)]
    if zero_is_na:
        numbers = numbers[numbers != 0]
    near = numbers[(numbers >= FARTHEST[0]) & (numbers <= FARTHEST[1])]
    if len(near) >= FEW_SLIPS * len(numbers):
        numbers = near
    return [float(one) for one in np.unique(numbers)]


def _names_score(wording: str) -> bool:
    plain = wording.replace("_", " ").casefold()
    return any(rule.search(plain) for _, rule in NAME_RULES)


def _by_row(one: Candidate, scales: Sequence[str]) -> Iterator[_Part]:
    named = np.array([scales[row].strip() for row in one.rows.tolist()], dtype=object)
    texts = np.array(one.texts, dtype=object)
    for name in sorted(set(named.tolist())):
        mine = named == name
        part = Candidate(
            one.name, one.wording, one.rows[mine], tuple(texts[mine].tolist())
        )
        try:
            scale = typed_scale(name) or scale_named(name)
        except Exception as error:  # noqa: BLE001 - any reason leads to the same line of the inspection
            yield part, None, str(getattr(error, "problems", [error])[0]).split(" [")[0]
            continue
        yield part, scale, f'the row says "{name}"'


def _scored(
    one: Candidate, scale: Scale, why: str, said: ScoreColumn | None, sheet: Sheet
) -> tuple[Answered, ScoreReading]:
    """Answers on the scale; the others are counted."""
    filled: BoolArray = np.array([bool(text.strip()) for text in one.texts], np.bool_)
    numbers = numbers_of(one.texts)
    is_na = filled & np.isneginf(numbers)
    if scale.zero_is_na:
        is_na |= filled & (numbers == 0)
    is_word = filled & np.isnan(numbers)
    is_answer = filled & ~is_na & ~is_word & scale.allows(numbers)
    is_outside = filled & ~is_na & ~is_word & ~is_answer
    aspect = _aspect(one, said)
    asked = Asked(one.wording, scale, aspect, said.at if said else "", sheet.label)
    rows = one.rows[is_answer]
    scores = numbers[is_answer]
    values, counts = np.unique(scores, return_counts=True)
    unusable = {
        reason: int(mask.sum())
        for reason, mask in (
            ("no number", is_word),
            (f"outside {scale.low:g} to {scale.high:g}", is_outside),
        )
        if mask.any()
    }
    reading = ScoreReading(
        question=one.wording,
        scale=scale.name,
        why=why,
        aspect=aspect,
        at=asked.at,
        answered=len(rows),
        not_applicable=int(is_na.sum()),
        empty=int((~filled).sum()),
        unusable=unusable,
        counts={
            f"{value:g}": int(count)
            for value, count in zip(values.tolist(), counts.tolist(), strict=True)
        },
    )
    words = np.full(len(rows), "", dtype=object)
    return Answered(asked, rows, scores, words), reading


def _aspect(one: Candidate, said: ScoreColumn | None) -> Aspect:
    if said is not None and said.aspect is not None:
        return said.aspect
    plain = plain_name(one.wording)
    return "expectation" if plain.startswith(EXPECTED) else "score"


def _words(one: Candidate, sheet: Sheet) -> Answered:
    """Open answers."""
    filled = np.array([bool(text.strip()) for text in one.texts], dtype=np.bool_)
    texts = np.array(one.texts, dtype=object)[filled]
    asked = Asked(one.wording, None, "text", "", sheet.label)
    return Answered(asked, one.rows[filled], np.full(len(texts), np.nan), texts)


def _word_reading(one: Candidate, answered: int) -> ScoreReading:
    empty = len(one.texts) - answered
    return ScoreReading(one.wording, "", "words", "text", "", answered, 0, empty)


def score_hint(maybe: Sequence[tuple[str, str]]) -> str:
    """How to take several columns at once whose answers look alike, "" where there are none.

    Args:
        maybe: (column, why it was not taken).

    Examples:
        >>> score_hint([("Seat", "answers from 0 to 5: say on which scale, and whether 0 means not applicable")] * 2)
        'Take all 2 that end at 5: --score "*=csat-5" --zero-is-na (without --zero-is-na if 0 is a score).'
        >>> score_hint([("Age", "answers from 1 to 900 fit no scale")])
        ''
    """
    ends = [found for _, why in maybe if (found := _SPAN.search(why))]
    fives = [one for one in ends if one[2] == "5"]
    if len(fives) < ALIKE:
        return ""
    if all(one[1] != "0" for one in fives):
        return f'Take all {len(fives)} that end at 5: --score "*=csat-5".'
    return (
        f'Take all {len(fives)} that end at 5: --score "*=csat-5" --zero-is-na '
        "(without --zero-is-na if 0 is a score)."
    )
