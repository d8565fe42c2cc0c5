"""What is answered about readings, the flow and the story of a map."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["fix", "keep", "look"]


class Said(BaseModel):
    """Something that is answered: exact types, and nothing beside its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class MadeSaid(Said):
    """What an answer rests on.

    Attributes:
        snapshot: Id of the snapshot.
        made_us: When it was made, microseconds since 1970 UTC.
        seq: Number of the last edit of the map it saw.
        edits_since: Edits of the map since then; null where the map has another past.
        cases: Cases measured.
        customers: Customers behind them.
        window_from: First day, "" where there are no times.
        window_to: Last day.
        language: Language of its sentences.
        is_rtl: It is read from right to left.
    """

    snapshot: str
    made_us: int
    seq: int
    edits_since: int | None
    cases: int
    customers: int
    window_from: str
    window_to: str
    language: str
    is_rtl: bool


class BarSaid(Said):
    """An effect from zero, with its interval; `most` is what fills the width."""

    value: float
    low: float
    high: float
    most: float


class FindingSaid(Said):
    """One finding in words.

    Attributes:
        anchor: What comments on it are about: ``finding:<snapshot>:<key>``.
        same: By what it is known again in later analyses.
        reading: Name of its reading.
        kind: Something to fix, to keep, or to look at.
        ref: Its place on the board.
        place: The place in words.
        words: The finding in one sentence.
        people: Cases it touches.
        whom: The same in words, with their share.
        effect: Its size with the 95 % interval, "" where it has none.
        n: Observations behind the size.
        sure: How sure it is.
        segment: ``name=value`` of those it is about, "" for everybody.
        bar: The size to draw; null where there is none.
        also: What other readings say of the same place.
        quotes: Words of customers; none for guests.
        warning: What must not be concluded from it.
        more: What it would take to know more.
        facts: The facts it rests on.
    """

    anchor: str
    same: str
    reading: str
    kind: Kind
    ref: str
    place: str
    words: str
    people: int
    whom: str
    effect: str
    n: int
    sure: str
    segment: str
    bar: BarSaid | None
    also: list[str]
    quotes: list[str]
    warning: str
    more: str
    facts: list[str]


class ReadingCardSaid(Said):
    """One reading in the overview.

    Attributes:
        name: Part of its address.
        title: Its heading.
        about: How to read it.
        fix: How many findings ask to be mended.
        keep: How many are strengths.
        look: How many people must judge.
        first: Its weightiest finding, "" for none.
        needs: Data it lacks.
    """

    name: str
    title: str
    about: str
    fix: int
    keep: int
    look: int
    first: str
    needs: list[str]


class ReadingsSaid(Said):
    """The overview: what to fix first, what went wrong for a time, what to keep, and each reading.

    Attributes:
        made: What it rests on; null where nothing was analyzed yet.
        about: Counts and days in a sentence.
        hidden: Findings left out, because they are about few people.
        has_flow: There is a flow to look at.
        has_check: There are verdicts: the story has numbers, and there is a report.
    """

    made: MadeSaid | None
    about: str
    first: list[FindingSaid]
    times: list[FindingSaid]
    keep: list[FindingSaid]
    readings: list[ReadingCardSaid]
    how: list[str]
    hidden: int
    has_flow: bool
    has_check: bool


class ReadingSaid(Said):
    """One reading with all its findings, and the segments they can be narrowed to."""

    made: MadeSaid
    name: str
    title: str
    about: str
    needs: list[str]
    findings: list[FindingSaid]
    segments: list[str]
    hidden: int


class FlowLevelSaid(Said):
    """One level of the flow: what fewer cases do is left out."""

    min_share: float
    words: str
    stops: int
    moves: int


class FlowSaid(Said):
    """What of the flow can be asked for; `made` is null where none was measured.

    Attributes:
        between: Between what cases were measured to move.
        segments: ``name=value`` of the groups that can be compared, with their cases.
    """

    made: MadeSaid | None
    between: list[Literal["steps", "activities"]]
    levels: list[FlowLevelSaid]
    segments: list[FlowSegmentSaid]


class FlowSegmentSaid(Said):
    """A group that can be compared with another of the same name."""

    segment: str
    cases: int


class FlowStopSaid(Said):
    """A card of the picture: which group of the SVG it is, and where it leads.

    Attributes:
        group: `data-ref` of its group in the picture.
        name: What people call it.
        words: What it says, for who does not see it.
        ref: ``step:pay``, or ``missing:chat`` where the map does not show it.
    """

    group: str
    name: str
    words: str
    ref: str


class FlowTableSaid(Said):
    """A table of the flow: the first cell of a row names it."""

    title: str
    heads: list[str]
    rows: list[list[str]]


class FlowPictureSaid(Said):
    """A flow drawn, and the same in tables.

    Attributes:
        svg: The picture; it holds no script, no style and no link.
        title: What it shows.
        about: What is left out.
        stops: Its cards.
        tables: Stops, moves and ways.
    """

    svg: str
    title: str
    about: str
    stops: list[FlowStopSaid]
    tables: list[FlowTableSaid]


class WalkMarkSaid(Said):
    """A verdict, the sign of a gap, or "" with a bare number; `ref` is what it is about."""

    verdict: str
    text: str
    ref: str


class WalkItemSaid(Said):
    """An entry of a lane."""

    ref: str
    text: str
    note: str
    marks: list[WalkMarkSaid]


class WalkLaneSaid(Said):
    """The entries of one lane at a step."""

    key: str
    title: str
    items: list[WalkItemSaid]


class WalkShareSaid(Said):
    """Who comes or leaves, as a share (null for a group too small to tell) and in words."""

    share: float | None
    text: str


class WalkTimeSaid(Said):
    """Time since another step: typical, and what nine of ten stay below; or what the team assumes."""

    after: str
    text: str
    slow: str
    is_assumed: bool


class WalkMoodSaid(Said):
    """An assumed feeling."""

    persona: str
    score: float | None
    text: str


class WalkFeltSaid(Said):
    """A measured feeling with its interval."""

    text: str
    value: float | None
    low: float | None
    high: float | None


class WalkQuoteSaid(Said):
    """Words of a customer; none for guests."""

    text: str
    language: str
    about: str


class WalkStepSaid(Said):
    """One screen of the story."""

    ref: str
    name: str
    stage: str
    goal: str
    is_moment: bool
    marks: list[WalkMarkSaid]
    here: WalkShareSaid | None
    left: WalkShareSaid | None
    before: WalkTimeSaid | None
    moods: list[WalkMoodSaid]
    felt: WalkFeltSaid | None
    quotes: list[WalkQuoteSaid]
    front: list[WalkLaneSaid]
    onward: list[WalkLaneSaid]
    behind: list[WalkLaneSaid]


class WalkPersonaSaid(Said):
    """Somebody to walk as."""

    id: str
    name: str


class WalkSaid(Said):
    """The journey step by step; `made` is null where nothing was measured yet."""

    made: MadeSaid | None
    title: str
    language: str
    is_rtl: bool
    personas: list[WalkPersonaSaid]
    steps: list[WalkStepSaid]


FlowSaid.model_rebuild()
