"""Stories told by phone: links that let anybody tell, what waits to be looked at, and what was kept."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.evidence.library import EvidenceItem, Library
from desirepath.evidence.told import Anecdote
from desirepath.web.people import People, new_key
from desirepath.web.throttle import TooManyError
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.tables import METADATA, STORIES, STORY_DAYS

KIND = "tell"
MOST_A_DAY = 200
MOST_WAITING = 1_000  # of a map; then nobody looks at them
LONGEST = 2000
LONGEST_WHEN = 10
MOST_HEARD = 10_000
DAY_US = 86_400 * 1_000_000
ID_BYTES = 8

Who = Literal["customer", "staff"]
HowOften = Literal["", "once", "now and then", "weekly", "daily"]
Permission = Literal["no", "inside", "anywhere"]
# How a permission stands in the evidence library; its words are the reader's.
PERMISSIONS = {
    "no": "may not be quoted",
    "inside": "may be quoted inside the company",
    "anywhere": "may be quoted anywhere",
}
AUTHOR = {"customer": "somebody who says they are a customer", "staff": "staff, by phone"}  # fmt: skip


class Told(Form):
    """What somebody told.

    Attributes:
        step: Id of the step it happened at.
        text: What happened.
        who: Whether a customer tells, or somebody of the staff.
        heard_from: From about how many customers it was heard; 1 for one's own story.
        how_often: How often it happens.
        when: Day, month or year.
        permission: Whether the words may be quoted.
        language: Language of the form it was told in.
    """

    step: str = Field(max_length=200)
    text: str = Field(min_length=1, max_length=LONGEST)
    who: Who
    heard_from: int = Field(1, ge=1, le=MOST_HEARD)
    how_often: HowOften = ""
    when: str = Field(max_length=LONGEST_WHEN)
    permission: Permission = "no"
    language: str = Field("en", max_length=8)


@dataclass(frozen=True, slots=True)
class StoryLink:
    """A link with which anybody can tell, without its secret."""

    id: str
    map: str
    until_us: int


@dataclass(frozen=True, slots=True)
class Story:
    """A story that waits, or that was accepted."""

    id: str
    map: str
    state: Literal["waiting", "accepted"]
    at_us: int
    told: Told


class Stories:
    """Stories in the database of the edit log.

    Args:
        people: Keeps the links among the other keys.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._engine: Engine = people.engine
        METADATA.create_all(self._engine)

    def new_link(self, map_id: str, until_us: int) -> tuple[str, str]:
        """Secret and id of a new link."""
        with self._engine.begin() as connection:
            return new_key(connection, KIND, map=map_id, until_us=until_us)

    def links(self, map_id: str) -> tuple[StoryLink, ...]:
        """Links of a map."""
        return tuple(
            StoryLink(one.id, one.map, one.until_us)
            for one in self._people.keys(map_id=map_id)
            if one.kind == KIND
        )

    def link_of(self, secret: str, now_us: int) -> StoryLink | None:
        """The link of a secret; None where it is wrong or has ended."""
        found = self._people.key_of(secret, now_us)
        if found is None or found.kind != KIND:
            return None
        return StoryLink(found.id, found.map, found.until_us)

    def tell(self, link: StoryLink, told: Told, now_us: int, sheet: str = "") -> None:
        """Put a story into the list of those that wait.

        Args:
            link: With which it is told.
            told: The story.
            now_us: When, microseconds since 1970 UTC.
            sheet: Of the form it was written on: the same words on the same sheet are one story.

        Raises:
            TooManyError: E709 there were too many today, or nobody looks at those that wait.
        """
        said = told.model_dump_json()
        row = {
            "id": _id(link.id, sheet, said) if sheet else secrets.token_hex(ID_BYTES),
            "map": link.map,
            "link": link.id,
            "state": "waiting",
            "at_us": now_us,
            "said": said,
        }
        waits = (STORIES.c.map == link.map) & (STORIES.c.state == "waiting")
        with self._engine.connect() as connection:
            if connection.execute(select(STORIES.c.id).where(STORIES.c.id == row["id"])).first():  # fmt: skip
                return
            count = connection.scalar(select(func.count()).select_from(STORIES).where(waits))  # fmt: skip
        if (count or 0) >= MOST_WAITING:
            raise TooManyError(DAY_US)
        day = now_us // DAY_US
        self._count(link.id, day, (day + 1) * DAY_US - now_us)
        with contextlib.suppress(IntegrityError), self._engine.begin() as connection:
            connection.execute(insert(STORIES), row)  # sent twice at one moment

    def _count(self, link: str, day: int, wait_us: int) -> None:
        same = (STORY_DAYS.c.link == link) & (STORY_DAYS.c.day == day)
        more = update(STORY_DAYS).where(same, STORY_DAYS.c.count < MOST_A_DAY)
        row = {"link": link, "day": day, "count": 0}
        for _ in range(2):
            with self._engine.begin() as connection:
                done = connection.execute(more.values(count=STORY_DAYS.c.count + 1))
                if done.rowcount:
                    return
                if connection.execute(select(STORY_DAYS.c.day).where(same)).first():
                    raise TooManyError(wait_us)
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(STORY_DAYS), row)
            except IntegrityError:  # another one told the first of the day
                continue

    def all(self, map_id: str) -> tuple[Story, ...]:
        """Stories of a map, the newest first."""
        return stories_in(self._engine, map_id)

    def get(self, map_id: str, story_id: str) -> Story:
        """One story.

        Raises:
            WebError: E786 there is none of this id.
        """
        wanted = select(STORIES).where(STORIES.c.map == map_id, STORIES.c.id == story_id)  # fmt: skip
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            hint = "It was deleted."
            raise WebError(Problem("E786", "there is no such story", hint=hint))
        return _story(row)

    def accept(self, story: Story, told: Told) -> bool:
        """Make evidence of a story, for every server of the database; False where it is so already.

        Args:
            story: The story.
            told: As it is to be kept; the words of a story stay what they were.
        """
        waits = (STORIES.c.id == story.id) & (STORIES.c.state == "waiting")
        row = {"state": "accepted", "said": told.model_dump_json()}
        with self._engine.begin() as connection:
            done = connection.execute(update(STORIES).where(waits).values(**row))
            return bool(done.rowcount)

    def delete(self, story: Story) -> None:
        """Delete a story, whether it waits or was accepted."""
        with self._engine.begin() as connection:
            connection.execute(delete(STORIES).where(STORIES.c.id == story.id))


def stories_in(engine: Engine, map_id: str) -> tuple[Story, ...]:
    """Stories of a map, the newest first."""
    wanted = select(STORIES).where(STORIES.c.map == map_id)
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(STORIES.c.at_us.desc(), STORIES.c.id))
        return tuple(_story(row) for row in rows)


def library_of(engine: Engine, map_id: str) -> Library:
    """What was accepted, as the library of a project has it."""
    kept = [one for one in stories_in(engine, map_id) if one.state == "accepted"]
    anecdotes = tuple(Anecdote.model_validate(anecdote_data(one.id, one.told)) for one in kept)  # fmt: skip
    items = tuple(
        EvidenceItem(
            str(one.id), "anecdote", one.when, one.told_by_role, one.heard_from, one.permission or "",
            one.step, text=one.what_happened, how_often=one.how_often or "", place="told by phone",
        )
        for one in anecdotes
    )  # fmt: skip
    return Library(None, items, anecdotes)


def anecdote_data(story_id: str, told: Told) -> dict[str, object]:
    """A story as keys and values of an anecdote; nobody knows who told it."""
    data: dict[str, object] = {
        "id": f"told-{story_id[:8]}",
        "told_by_role": AUTHOR[told.who],
        "heard_from": 1 if told.who == "customer" else told.heard_from,
        "when": told.when,
        "step": told.step,
        "what_happened": told.text,
        "permission": PERMISSIONS[told.permission],
    }
    return data | ({"how_often": told.how_often} if told.how_often else {})


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[: 2 * ID_BYTES]


def _story(row: object) -> Story:
    told = Told.model_validate_json(row.said)  # type: ignore[attr-defined]
    return Story(row.id, row.map, row.state, int(row.at_us), told)  # type: ignore[attr-defined]
