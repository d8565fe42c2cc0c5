"""What is sent and answered about sources of data."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from desirepath.web.api.describe import Asked, ProblemSaid, Said
from desirepath.web.data.private import How

Kind = Literal["events", "feedback"]
LONGEST = 1000
MOST_COLUMNS = 5000


class FileAsked(Asked):
    """What is said about a file that comes.

    Attributes:
        name: Its name, which says of which format it is.
        kind: What is in it; found out where nothing is said.
    """

    name: str = Field(min_length=1, max_length=200, description="Its name, such as shop.csv.")  # fmt: skip
    kind: Literal["events", "feedback", ""] = Field("", description="What is in it; else found out.")  # fmt: skip


class SourceSaid(Said):
    """A source of data, without any value of its rows.

    It has arrived, then is proposed once its file was read, then confirmed. `doing` says what is
    under way; `is_failed` that the last reading failed, and `problems` why, to who leads.
    """

    id: str
    name: str
    kind: Literal["events", "feedback", ""]
    state: Literal["arrived", "proposed", "confirmed"]
    origin: Literal["upload", "project"]
    is_for_all: bool
    rows: int
    bytes: int
    events: int | None
    cases: int | None
    customers: int | None
    answers: int | None
    from_us: int | None
    to_us: int | None
    privacy: dict[str, How]
    by: str
    at_us: int
    doing: Literal["", "waiting", "reading", "keeping"]
    is_failed: bool
    problems: list[ProblemSaid]


class SourcesSaid(Said):
    """Sources of a map, those of the whole project among them."""

    sources: list[SourceSaid]
    keeps_files: bool
    most_bytes: int


class ColumnSaid(Said):
    """A column, with a few of its values and what is proposed for private ones."""

    name: str
    index: int
    role: str
    examples: list[str]
    filled: int
    different: int
    how: How
    choices: list[How]
    found: dict[str, int]
    is_of_people: bool


class RoleSaid(Said):
    """Which column plays a role, why, and which others would do."""

    role: str
    column: str
    why: str
    others: list[str]


class TimesSaid(Said):
    """How the times of a column are read."""

    column: str
    format: str
    zone: str
    zone_source: str


class OddSaid(Said):
    """Something odd about the events."""

    what: str
    count: int
    column: str


class QuestionSaid(Said):
    """What is not sure, and which role it is about; "" for no single one."""

    code: str
    role: str
    what: str


class NamedCount(Said):
    """How often something occurs."""

    name: str
    count: int


class ScoreSaid(Said):
    """How a question of a survey was understood; scale "" for words."""

    question: str
    scale: str
    why: str
    aspect: str
    at: str
    answered: int
    unusable: int


class ProofSaid(Said):
    """What a file is taken for."""

    source: SourceSaid
    looks_like: str
    columns: list[ColumnSaid]
    roles: list[RoleSaid]
    times: list[TimesSaid]
    questions: list[QuestionSaid]
    odd: list[OddSaid]
    scores: list[ScoreSaid]
    activities: int | None
    channels: list[str]
    segments: list[str]
    top: list[NamedCount]
    left_out: dict[str, int]


class SourceChange(Said):
    """What is said about a file; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=200)
    is_for_all: bool | None = None
    kind: Kind | None = None
    roles: dict[str, str] | None = Field(None, max_length=20)
    segments: list[str] | None = Field(None, max_length=50)
    zone: str | None = Field(None, max_length=100)
    time_format: str | None = Field(None, max_length=100)
    scores: dict[str, str] | None = Field(None, max_length=MOST_COLUMNS)
    texts: list[str] | None = Field(None, max_length=MOST_COLUMNS)
    abouts: dict[str, str] | None = Field(None, max_length=MOST_COLUMNS)
    privacy: dict[str, How] | None = Field(None, max_length=MOST_COLUMNS)


class HeardSaid(Said):
    """An activity in one of its channels."""

    channel: str
    events: int
    customers: int


class ActivitySaid(Said):
    """An activity of customers, with what mostly stands right before and after it."""

    activity: str
    events: int
    cases: int
    customers: int
    share: float
    first_us: int | None
    last_us: int | None
    channels: list[HeardSaid]
    before: list[NamedCount]
    after: list[NamedCount]


class NearSaid(Said):
    """Activities that are probably one."""

    kind: str
    name: str
    activities: list[str]
    is_sure: bool


class ActivitiesSaid(Said):
    """What customers really do; `made_us` is null where nobody has counted yet."""

    made_us: int | None
    sources: list[str]
    customers: int
    cases: int
    count: int
    activities: list[ActivitySaid]
    near: list[NearSaid]
