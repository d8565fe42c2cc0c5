"""What people told: anecdotes of staff, interviews, other items of evidence, as files hold them. Reads nothing."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from desirepath.maps.base import Part

ANECDOTES: Final = "desirepath/anecdotes/1"
INTERVIEW: Final = "desirepath/interview/1"
ITEMS: Final = "desirepath/evidence-items/1"
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

Kind = Literal[
    "event_set",
    "survey",
    "ticket",
    "review",
    "interview",
    "transcript",
    "observation",
    "anecdote",
    "metric",
    "document",
    "analytics_report",
    "ai_suggestion",
]
HowOften = Literal["once", "now and then", "weekly", "daily"]
SUGGESTION = "ai_suggestion"


def _is_day(text: str) -> str:
    if not DAY.fullmatch(text):
        raise ValueError(
            f'"{text}" is not a day; write a day, a month or a year: 2026-03-14, 2026-03, 2026'
        )
    return text


Day = Annotated[str, AfterValidator(_is_day)]
Sentiment = Annotated[float, Field(ge=-1, le=1)]


class Anecdote(Part):
    """What front-line staff saw or heard.

    `heard_from` is about how many customers it was heard from; `supports` and `against` name statements
    of maps by their ids.
    """

    id: str | None = None
    told_by_role: str
    heard_from: Annotated[int, Field(ge=1)] = 1
    when: Day
    step: str
    lane: str | None = None
    what_happened: str
    consequence: str | None = None
    how_often: HowOften | None = None
    sentiment: Sentiment | None = None
    permission: str | None = None
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class AnecdoteFile(Part):
    """Contents of ``evidence/anecdotes.yaml``."""

    format: Literal["desirepath/anecdotes/1"] = ANECDOTES
    anecdotes: tuple[Anecdote, ...] = ()


class Said(Part):
    """One passage of an interview."""

    id: str | None = None
    text: str
    step: str | None = None
    lane: str | None = None
    sentiment: Sentiment | None = None
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class Interview(Part):
    """Contents of one file in ``evidence/interviews``; `who` is a pseudonym."""

    format: Literal["desirepath/interview/1"] = INTERVIEW
    id: str | None = None
    kind: Literal["interview", "transcript", "observation"] = "interview"
    who: str
    date: Day
    collected_by: str | None = None
    permission: str | None = None
    persona: str | None = None
    bias_note: str | None = None
    quotes: tuple[Said, ...] = ()


class Item(Part):
    """Any other evidence: a study, a report, a number somebody found."""

    id: str
    kind: Kind
    date: Day
    source: str
    collected_by: str | None = None
    permission: str | None = None
    text: str | None = None
    step: str | None = None
    lane: str | None = None
    persona: str | None = None
    channel: str | None = None
    sentiment: Sentiment | None = None
    n: Annotated[int, Field(ge=0)] | None = None
    population: str | None = None
    bias_note: str | None = None
    weight: Annotated[int, Field(ge=0, le=100)] | None = None
    link: str | None = None
    supports: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class ItemFile(Part):
    """Contents of ``evidence/items.yaml``."""

    format: Literal["desirepath/evidence-items/1"] = ITEMS
    items: tuple[Item, ...] = ()
