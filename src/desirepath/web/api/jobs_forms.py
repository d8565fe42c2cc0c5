"""What is sent and answered about jobs and what they found."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from desirepath.web.api.describe import ProblemSaid, Said

Kind = Literal["check", "analyze", "discover", "compare", "activities"]
State = Literal["waiting", "running", "done", "failed", "cancelled"]
SHORT = 200


class NewJob(Said):
    """A job that is asked for; most fields belong to some kinds only."""

    kind: Kind
    source: str = Field("", max_length=SHORT, description="Database to read, of a project that names several; nothing for that of the newest check.")  # fmt: skip
    goal: str = Field("", max_length=SHORT, description="Of discover: activity that shows success.")  # fmt: skip
    title: str = Field("", max_length=SHORT, description="Of discover: title of the draft.")  # fmt: skip
    maps: int = Field(0, ge=0, le=12, description="Of discover: drafts wanted, 0 for as many as pay.")  # fmt: skip
    split: str = Field("", max_length=10, description="Of compare: first day of the second side.")  # fmt: skip
    before: str = Field("", max_length=30, description="Of compare: first window, `DATE..DATE`.")  # fmt: skip
    after: str = Field("", max_length=30, description="Of compare: second window.")
    segment: str = Field("", max_length=SHORT, description="Of compare: `name=value`.")
    against: str = Field("", max_length=SHORT, description="Of compare: the segment beside it.")  # fmt: skip


class JobSaid(Said):
    """A job. `share` runs from 0 to 1, `began_us` and `ended_us` are 0 before that; `is_mine` where the asker asked for it."""

    id: str
    kind: Kind
    state: State
    asked_by: str
    is_mine: bool
    asked_us: int
    began_us: int
    ended_us: int
    share: float
    doing: str
    given: dict[str, Any]
    problems: list[ProblemSaid]
    snapshot: str


class JobsSaid(Said):
    """Jobs of a map, the newest first, and what to ask for to get the next part."""

    jobs: list[JobSaid]
    after: str | None


class SourceReadSaid(Said):
    """A file or table that was read; `sha256` is "" and `rows` -1 where nobody knows."""

    name: str
    sha256: str
    rows: int


class SnapshotSaid(Said):
    """What one job found: when, from what, and which state of the map it judged. `edits_since` is -1 where the past of the map was replaced."""

    id: str
    kind: Kind
    made_us: int
    by: str
    seq: int
    edits_since: int
    sources: list[SourceReadSaid]
    cases: int
    events: int
    window_from: str
    window_to: str
    settled: dict[str, int] = Field(description="Of a check: statements by verdict.")


class EvidenceSaid(Said):
    """What there is of a map: the newest snapshot of each kind, and whether jobs can run here.

    A job reads one of `databases`; where there are several and none is named, `database`, which
    the newest check read.
    """

    snapshots: list[SnapshotSaid]
    has_events: bool
    is_bound: bool
    can_run: bool
    databases: list[str]
    database: str


class StageDrafted(Said):
    """A stage of a draft."""

    name: str
    steps: list[str]


class DraftSaid(Said):
    """A draft of a map; `text` is what makes a map of it."""

    id: str
    title: str
    stages: list[StageDrafted]
    cases: int
    near_cases: int
    text: str


class DraftsSaid(Said):
    """Drafts of the newest discovery, the one of most customers first, and what to know of them."""

    drafts: list[DraftSaid]
    notes: list[str]
    made_us: int


Every = Literal["never", "daily", "weekly", "monthly"]


class ScheduleSaid(Said):
    """When a map is checked by itself; `due_us` is 0 for never."""

    every: Every
    hour: int
    zone: str
    by: str
    due_us: int


class NewSchedule(Said):
    """When a map is to be checked by itself."""

    every: Every
    hour: int = Field(6, ge=0, le=23)
    zone: str = Field("UTC", max_length=60)
