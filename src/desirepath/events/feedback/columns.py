"""Answers of a table as columns: words beside their score, ids as keys, tables one after the other. Reads no file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from desirepath.events.feedback.answers import NOBODY, Asked, Feedback, Words
from desirepath.events.feedback.questions import Answered
from desirepath.events.feedback.roles import Roles, joined_values
from desirepath.events.feedback.schema import Sheet
from desirepath.events.sequences import IntArray

KEY_DIGITS = 15  # of md5 in hexadecimal: 60 bits, as the keys of cases


def with_words(blocks: Sequence[Answered]) -> list[Answered]:
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


def answers_of(
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
