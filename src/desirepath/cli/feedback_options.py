"""Options by which commands that read feedback say how. Reads nothing before it is asked to."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from desirepath.events.feedback.answers import Feedback
    from desirepath.events.feedback.schema import FeedbackColumns, ScoreColumn

FeedbackFiles: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--feedback",
        help="Survey, tickets or reviews, or a recipe with a feedback list; give it again.",
    ),
]
FeedbackWithin: TypeAlias = Annotated[
    str,
    typer.Option(
        "--feedback-within",
        help="An answer is about the last case that ended no longer ago than this.",
    ),
]
WITHIN = "30d"
DAY_US = 86_400_000_000


def read_files(files: list[Path] | None) -> Feedback | None:
    """Feedback of the files, None where none are named; what is odd about it goes to stderr."""
    if not files:
        return None
    from desirepath.events.feedback.read import read_all_feedback

    reading = read_all_feedback(files)
    for table in reading.tables:
        unusable = sum(sum(one.unusable.values()) for one in table.questions)
        if unusable:
            print(
                f"{table.label}: {unusable:,} answers cannot be used; "
                "desirepath feedback inspect says why.",
                file=sys.stderr,
            )
        if not any(one.aspect == "score" for one in table.questions):
            print(
                f"{table.label}: no scores are in it; desirepath feedback inspect says why.",
                file=sys.stderr,
            )
        if table.private:
            print(f"{table.label}: {private_words(table.private)}", file=sys.stderr)
    return with_project(reading.feedback)


def private_words(private: Mapping[str, Mapping[str, int]]) -> str:
    """What private data is in which column, and what becomes of it.

    Examples:
        >>> private_words({"comment": {"email": 2, "phone": 1}})
        'PRIVATE DATA in comment (2 with email, 1 with phone). It is not kept in evidence; quotes leave it out.'
    """
    listed = "; ".join(
        f"{column} ({', '.join(f'{count:,} with {kind}' for kind, count in kinds.items())})"
        for column, kinds in private.items()
    )
    return f"PRIVATE DATA in {listed}. It is not kept in evidence; quotes leave it out."


def with_project(feedback: Feedback) -> Feedback:
    """Feedback with the themes of the project of this folder."""
    from dataclasses import replace

    from desirepath.cli.event_options import project_here

    project = project_here()
    return replace(feedback, own_themes=project.themes) if project else feedback


def days_of(within: str) -> float:
    """Days of a duration such as ``30d``.

    Raises:
        EventsError: E230 if it is none.
    """
    from desirepath.events.times import duration_us

    return duration_us(within, "--feedback-within") / DAY_US


def columns_of(
    *,
    customer: str | None,
    case: str | None,
    time: str | None,
    at: str | None,
    scale: str | None,
    scores: list[str] | None,
    texts: list[str] | None,
) -> FeedbackColumns:
    """Columns as the command line says them; a score is written ``COLUMN=SCALE@STEP``."""
    from desirepath.events.feedback.schema import FeedbackColumns

    return FeedbackColumns(
        customer=customer,
        case=case,
        time=time,
        at=at,
        scale=scale,
        scores=dict(_score(text) for text in scores) if scores else None,
        texts=tuple(texts) if texts else None,
    )


def _score(text: str) -> tuple[str, ScoreColumn]:
    """Column and what is said about it."""
    from desirepath.events.feedback.schema import ScoreColumn

    column, _, said = text.partition("=")
    scale, _, step = said.partition("@")
    return column, ScoreColumn(scale=scale or None, at=step)
