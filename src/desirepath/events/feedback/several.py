"""Score columns named by a pattern, such as ``Inflight*``, as the columns it means. Reads no answer's meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from desirepath.events.feedback.numbers import numbers_of
from desirepath.events.feedback.roles import NOT_ANSWERS, Roles, values_of
from desirepath.events.feedback.scales import scale_named
from desirepath.events.feedback.schema import FeedbackSource, ScoreColumn, Sheet
from desirepath.events.fingerprints import plain_name
from desirepath.events.patterns import pattern_regex
from desirepath.events.schema import fail

ANY = "*"  # "?" is no wildcard here: questions end with it
FITTING_SHARE = 0.5


def with_columns_meant(
    sheet: Sheet, roles: Roles, source: FeedbackSource
) -> FeedbackSource:
    """The source with every pattern among its score columns replaced by the columns it means.

    A name without ``*``, or one that is a column as it stands, means itself and goes before a pattern.
    A pattern with a scale means columns of which at least half of the answers fit the scale; ids,
    roles and times are never meant.

    Raises:
        EventsError: E251 for a pattern that means no column, E253 for a scale that does not exist.
    """
    scores = source.columns.scores
    if not scores or not any(ANY in name for name in scores):
        return source
    known = _questions(sheet, roles)
    found = {name: said for name, said in scores.items() if name in known or ANY not in name}  # fmt: skip
    for name, said in scores.items():
        if name in found:
            continue
        meant = dict(_meant(name, said, known, source))
        if not meant:
            raise fail(
                "E251",
                f'no column of scores matches "{name}"',
                source.place or sheet.place,
                "Look at the columns: desirepath feedback inspect FILE.",
            )
        found = {**meant, **found}
    return replace(source, columns=replace(source.columns, scores=found))


def _questions(sheet: Sheet, roles: Roles) -> Mapping[str, tuple[str, ...]]:
    """Texts of every column that may hold answers, or of every question where each row is one answer."""
    if "question" in roles.columns:
        asked = values_of(sheet, roles.columns["question"])
        answers = values_of(sheet, roles.columns["answer"])
        found: dict[str, tuple[str, ...]] = {}
        for wording in dict.fromkeys(asked):
            found[wording] = tuple(
                a for q, a in zip(asked, answers, strict=True) if q == wording
            )
        return found
    taken = {part for name in roles.columns.values() for part in (name, *name.split("+"))}  # fmt: skip
    return {
        name: values_of(sheet, name)
        for name in sheet.columns
        if name not in taken and not NOT_ANSWERS.match(plain_name(name))
    }


def _meant(
    pattern: str,
    said: ScoreColumn,
    known: Mapping[str, tuple[str, ...]],
    source: FeedbackSource,
) -> Iterator[tuple[str, ScoreColumn]]:
    """Columns that match a pattern and whose answers fit what is said."""
    rule = pattern_regex(pattern.casefold())
    scale = scale_named(said.scale, source.place) if said.scale else None
    for name, texts in known.items():
        if not rule.fullmatch(name.casefold()):
            continue
        numbers = numbers_of([text for text in texts if text.strip()])
        finite = numbers[np.isfinite(numbers)]
        fits = scale.allows(finite) if scale else np.ones(len(finite), np.bool_)
        if len(finite) and fits.mean() >= FITTING_SHARE:
            yield name, said
