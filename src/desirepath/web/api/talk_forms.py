"""What is sent and answered about comments."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desirepath.web.api.describe import PageAsked, Said
from desirepath.web.api.task_forms import TaskSaid
from desirepath.web.talk.comments import LONGEST

LONGEST_REF = 300


class NamedSaid(Said):
    """Somebody with an account."""

    id: str
    name: str


class NamesSaid(Said):
    """People who may be mentioned, by name."""

    people: list[NamedSaid]


class CommentSaid(Said):
    """A comment. Mentions stand in its text as `<@id>`; guests are told no names of the team."""

    id: str
    n: int
    author: str
    is_guest: bool
    is_mine: bool
    at_us: int
    edited_us: int
    is_deleted: bool
    text: str
    mentions: list[NamedSaid]


class ThreadSaid(Said):
    """Comments about one thing; `resolved_us` is 0 while they are open.

    `is_gone` says that it was taken off the map, or that the newest analysis does not find it. For a
    finding `label` is what it says, `place` where, `finding` by what it is known in every analysis and
    `reading` where it stands; guests are not told what is about fewer than 10 people.
    """

    id: str
    ref: str
    label: str
    place: str
    stage: str
    finding: str
    reading: str
    is_gone: bool
    resolved_by: str
    resolved_us: int
    task: TaskSaid | None
    is_unread: bool
    mentions_me: bool
    is_calling: bool
    comments: list[CommentSaid]


class ThreadsSaid(Said):
    """Threads, those with the newest comments first."""

    threads: list[ThreadSaid]
    after: str | None


class ThreadsAsked(PageAsked):
    """Which threads."""

    ref: str = Field("", description="About this only.")
    finding: str = Field(
        "", description="About this finding only, as `same` of a finding says."
    )
    language: str = Field(
        "", max_length=35, description="Language of findings, such as `de`."
    )
    stage: str = Field("", description="About what stands in this stage only.")
    only: Literal[
        "all", "open", "mine", "mentions", "resolved", "tasks", "my_tasks"
    ] = Field(
        "all",
        description="Open ones, those one wrote in or is mentioned in, or done; tasks, or one's own, by their day.",
    )


class NewThread(Said):
    """What it is about, a ref of the map or of a finding, and the first comment."""

    ref: str = Field(max_length=LONGEST_REF)
    text: str = Field(max_length=LONGEST)


class CommentText(Said):
    """What is said."""

    text: str = Field(max_length=LONGEST)


class ThreadChange(Said):
    """Whether it is done."""

    resolved: bool


class ThreadSeen(Said):
    """Number of the last comment that was read."""

    n: int = Field(ge=0, le=1_000_000)


class RefTalked(Said):
    """How many open threads and comments there are about something, and whether one of them calls.

    `finding` is by what a finding is known in every analysis, "" for what stands on the map.
    """

    ref: str
    finding: str
    comments: int
    threads: int
    is_calling: bool


class TalkSaid(Said):
    """What is talked about on a map: open threads by ref, those unread, those that mention who asks.

    `tasks` counts those that are not done, `my_tasks` those of who asks, `proposals` those that wait
    for a decision; `review_due` is said to who cares for the map.
    """

    refs: list[RefTalked]
    threads: int
    open: int
    unread: int
    calling: int
    tasks: int
    my_tasks: int
    proposals: int
    review_due: bool


class MentionSaid(Said):
    """A comment that mentions who asks, not read yet."""

    map: str
    thread: str
    ref: str
    author: str
    at_us: int
    text: str
    mentions: list[NamedSaid]


class MentionsSaid(Said):
    """What calls who asks, newest first."""

    mentions: list[MentionSaid]
