"""The plan of a workshop, its clock, and where its facilitator leads everybody."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from desirepath.errors import Problem, WebError
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.tables import METADATA, WORKSHOPS

MOST_ITEMS = 60
MOST_ROLES = 40
MOST_MINUTES = 480
MINUTE_US = 60 * 1_000_000
# An address below that of the map: "", "readings/flow", "at/step:pay".
ROOM = re.compile(r"(?:[\w.:%~-]+(?:/[\w.:%~-]+)*)?")
TRIES = 20

Exercise = Literal[
    "welcome", "draw", "notes", "vote", "score", "apart", "evidence", "discuss", "break", "close"
]  # fmt: skip
Part = Literal["facilitator", "scribe", "timekeeper", "expert", "decider", "observer"]


def _is_room(text: str) -> str:
    if not ROOM.fullmatch(text) or ".." in text:
        raise ValueError(
            "Send the address below that of the map, such as readings/flow"
        )
    return text


RoomAt = Annotated[str, Field(max_length=400), AfterValidator(_is_room)]


class AgendaItem(Form):
    """One item of a plan.

    Attributes:
        id: Made by whoever writes it; an empty one is filled in.
        title: What it is called.
        exercise: What kind of work it is.
        minutes: How long it may take.
        what: What to do, as the facilitator reads it out.
        room: Where it happens: an address below that of the map.
    """

    id: str = Field("", max_length=32)
    title: str = Field(max_length=200)
    exercise: Exercise = "discuss"
    minutes: int = Field(10, ge=1, le=MOST_MINUTES)
    what: str = Field("", max_length=2000)
    room: RoomAt = ""


class PartInRoom(Form):
    """Who does what in the room."""

    part: Part
    who: str = Field(max_length=200)


class Timer(Form):
    """The clock of a workshop.

    Attributes:
        item: Id of the item it runs for, "" for none.
        state: Whether it runs.
        ends_us: While it runs: when it ends, by the clock of the server; may have passed.
        left_us: While it is paused: what is left.
        length_us: All the time the item was given.
    """

    item: str = ""
    state: Literal["off", "running", "paused"] = "off"
    ends_us: int = 0
    left_us: int = 0
    length_us: int = 0


class Lead(Form):
    """Where the facilitator leads everybody.

    Attributes:
        who: Their name.
        room: Address below that of the map.
        n: Number of the call: a page that went there once need not go again.
    """

    who: str
    room: RoomAt = ""
    n: int = 0


class Workshop(Form):
    """The workshop of a map."""

    title: str = Field("", max_length=200)
    items: list[AgendaItem] = Field(default_factory=list, max_length=MOST_ITEMS)
    parts: list[PartInRoom] = Field(default_factory=list, max_length=MOST_ROLES)
    timer: Timer = Timer()
    lead: Lead | None = None
    leads: int = 0


class Workshops:
    """Workshops in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)

    def load(self, map_id: str) -> tuple[int, Workshop]:
        """How often a workshop was changed, and what it is."""
        wanted = select(WORKSHOPS.c.n, WORKSHOPS.c.said).where(WORKSHOPS.c.map == map_id)  # fmt: skip
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return 0, Workshop()
        return int(row.n), Workshop.model_validate_json(row.said)

    def change(
        self, map_id: str, act: Callable[[Workshop], Workshop], seen: int | None = None
    ) -> tuple[int, Workshop]:
        """Change a workshop, and nothing that another server changed meanwhile is lost.

        Args:
            map_id: The map.
            act: Makes the new one of the old one; may be called again.
            seen: How often it was changed when the author looked; None where it does not matter.

        Raises:
            WebError: E780 it was changed since.
        """
        for _ in range(TRIES):
            n, now = self.load(map_id)
            if seen is not None and seen != n:
                break
            new = act(now)
            if new == now or self._put(map_id, n, new):
                return (n if new == now else n + 1), new
        what = "the plan of the workshop has changed since"
        raise WebError(Problem("E780", what, hint="Look at it again, and repeat what you did."))  # fmt: skip

    def _put(self, map_id: str, n: int, new: Workshop) -> bool:
        row = {"n": n + 1, "said": new.model_dump_json()}
        try:
            with self._engine.begin() as connection:
                if n == 0:
                    connection.execute(insert(WORKSHOPS), {"map": map_id, **row})
                    return True
                same = (WORKSHOPS.c.map == map_id) & (WORKSHOPS.c.n == n)
                done = connection.execute(update(WORKSHOPS).where(same).values(**row))
                return done.rowcount == 1
        except IntegrityError:  # another server made it first
            return False


def planned(
    now: Workshop, title: str, items: list[AgendaItem], parts: list[PartInRoom]
) -> Workshop:
    """A workshop with another plan; the clock goes on while its item is still there."""
    seen: set[str] = set()
    kept = []
    for one in items:
        is_new = not one.id or one.id in seen
        item = one.model_copy(update={"id": secrets.token_hex(4)}) if is_new else one
        seen.add(item.id)
        kept.append(item)
    timer = now.timer if now.timer.item in seen or not now.timer.item else Timer()
    changed = {"title": title, "items": kept, "parts": parts, "timer": timer}
    return now.model_copy(update=changed)


def started(now: Workshop, item_id: str, now_us: int) -> Workshop:
    """A workshop whose clock begins with an item.

    Raises:
        WebError: E781 the plan has no such item.
    """
    item = next((one for one in now.items if one.id == item_id), None)
    if item is None:
        what = "the plan has no such item"
        raise WebError(Problem("E781", what, hint="Look at the plan again."))
    length_us = item.minutes * MINUTE_US
    timer = Timer(item=item.id, state="running", ends_us=now_us + length_us, length_us=length_us)  # fmt: skip
    return now.model_copy(update={"timer": timer})


def ticked(
    now: Workshop, act: Literal["pause", "resume", "add", "stop"], minutes: int, now_us: int
) -> Workshop:  # fmt: skip
    """A workshop whose clock was paused, goes on, got more time, or was put away."""
    timer = now.timer
    if act == "stop":
        timer = Timer()
    elif act == "pause" and timer.state == "running":
        left_us = timer.ends_us - now_us
        timer = timer.model_copy(update={"state": "paused", "ends_us": 0, "left_us": left_us})  # fmt: skip
    elif act == "resume" and timer.state == "paused":
        ends_us = now_us + timer.left_us
        timer = timer.model_copy(update={"state": "running", "ends_us": ends_us, "left_us": 0})  # fmt: skip
    elif act == "add" and timer.state != "off":
        more_us = minutes * MINUTE_US
        changed = {"length_us": max(timer.length_us + more_us, 0)}
        if timer.state == "running":
            # what is added counts from now where the time is over
            changed["ends_us"] = max(timer.ends_us, now_us if minutes > 0 else 0) + more_us  # fmt: skip
        else:
            changed["left_us"] = max(timer.left_us, 0) + more_us
        timer = timer.model_copy(update=changed)
    return now.model_copy(update={"timer": timer})


def led(now: Workshop, who: str, room: str | None) -> Workshop:
    """A workshop whose facilitator leads everybody somewhere; nowhere for None."""
    if room is None:
        return now.model_copy(update={"lead": None})
    n = now.leads + 1
    return now.model_copy(update={"lead": Lead(who=who, room=room, n=n), "leads": n})
