"""Votes that stay secret until they are revealed: one ballot a person, counted only then.

Which accounts have voted and what the ballots say stand apart. A ballot is found by a secret that
only the browser of its voter keeps, so that nobody who reads the database can lay the two beside
each other, and so that who comes in a second time changes their ballot instead of adding one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from desirepath.errors import Problem, WebError
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.tables import BALLOTS, METADATA, VOTERS, VOTES

MOST_OPTIONS = 100
MOST_DOTS = 100
MOST_VOTES = 200  # of a map
MOST_BALLOTS = 2_000  # of a vote
LONGEST_DEPARTMENT = 100

Kind = Literal["choice", "dots", "score", "apart"]
Measure = Literal["importance", "emotion"]
# Kept as evidence of staff: in the database (`kept`), or by an earlier version in the folder of the
# project (`filed`).
State = Literal["open", "closed", "revealed", "kept", "filed"]
SHOWN = ("revealed", "kept", "filed")
SCALES: Mapping[str, tuple[int, int]] = {"importance": (1, 5), "emotion": (-2, 2)}


class Option(Form):
    """Something one can vote for: a card of the map, or a text.

    Attributes:
        key: What ballots call it.
        ref: The card, "" for a text.
        text: What it says.
    """

    key: str = Field(max_length=400)
    ref: str = Field("", max_length=400)
    text: str = Field("", max_length=1000)


class Asked(Form):
    """What is asked.

    Attributes:
        question: In words.
        kind: One of several (`choice`), dots on several (`dots`), a score for each (`score`), or a
            score for each by people who name their department (`apart`).
        options: What one can vote for.
        dots: How many dots each person has.
        most_on_one: How many of them may lie on one.
        measure: What scores say: importance 1 to 5, or emotion -2 to +2.
    """

    question: str = Field(min_length=1, max_length=500)
    kind: Kind
    options: list[Option] = Field(min_length=1, max_length=MOST_OPTIONS)
    dots: int = Field(3, ge=1, le=MOST_DOTS)
    most_on_one: int = Field(3, ge=1, le=MOST_DOTS)
    measure: Measure = "importance"


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote, without its ballots.

    Attributes:
        voted: How many ballots there are.
        guests: How many of them are of browsers of guests.
        entries: How often the guests had come in who put them in.
    """

    id: str
    map: str
    state: State
    author: str
    made_us: int
    revealed_us: int
    asked: Asked
    voted: int
    guests: int
    entries: int

    @property
    def is_shown(self) -> bool:
        """Whether it is revealed."""
        return self.state in SHOWN


@dataclass(frozen=True, slots=True)
class Voter:
    """Who votes.

    Attributes:
        who: Account, or session of a guest.
        secret: What only their browser or their program knows.
        is_guest: Whether they have no account.
    """

    who: str
    secret: str
    is_guest: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    """What somebody said, without who it was."""

    department: str
    said: Mapping[str, int]


class Votes:
    """Votes in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)

    def all(self, map_id: str) -> tuple[Vote, ...]:
        """Votes of a map, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(VOTES)
                .where(VOTES.c.map == map_id)
                .order_by(VOTES.c.made_us.desc(), VOTES.c.id)
            )
            return tuple(_vote(connection, row) for row in rows)

    def get(self, map_id: str, vote_id: str) -> Vote:
        """One vote.

        Raises:
            WebError: E782 there is none of this id.
        """
        wanted = select(VOTES).where(VOTES.c.map == map_id, VOTES.c.id == vote_id)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
            if row is None:
                hint = "It was taken away, or belongs to another map."
                raise WebError(Problem("E782", "there is no such vote", hint=hint))
            return _vote(connection, row)

    def ask(self, map_id: str, asked: Asked, author: str, now_us: int) -> str:
        """Begin a vote; its id.

        Raises:
            WebError: E783 two options have the same key, E785 the map has too many votes.
        """
        keys = [one.key for one in asked.options]
        if len(set(keys)) != len(keys):
            what = "two options are the same"
            raise WebError(Problem("E783", what, hint="Take one of them out."))
        row = {
            "id": secrets.token_hex(8),
            "map": map_id,
            "state": "open",
            "author": author,
            "made_us": now_us,
            "revealed_us": 0,
            "said": asked.model_dump_json(),
        }
        count = select(func.count()).select_from(VOTES).where(VOTES.c.map == map_id)
        with self._engine.begin() as connection:
            if int(connection.scalar(count) or 0) >= MOST_VOTES:
                what = f"this map has {MOST_VOTES} votes already"
                raise WebError(Problem("E785", what, hint="Take away some of the old ones."))  # fmt: skip
            connection.execute(insert(VOTES), row)
        return str(row["id"])

    def cast(
        self, vote: Vote, voter: Voter, department: str, said: Mapping[str, int]
    ) -> None:
        """Put a ballot in, in place of the one that was put in there before.

        Args:
            vote: The vote.
            voter: Who votes.
            department: Theirs; for votes of kind `apart`.
            said: Dots or scores by the key of an option.

        Raises:
            WebError: E783 the ballot does not keep to the rules, E784 the vote is over, E785 there
                are too many, E789 this account or guest has voted in another browser.
        """
        _refuse_wrong(vote.asked, department, said)
        key, told = _key_of(vote.id, voter), json.dumps(dict(sorted(said.items())))
        row = {"vote": vote.id, "voter": key, "department": department, "said": told}
        name = _hashed(vote.id, voter.who)
        came = {"vote": vote.id, "voter": name, "is_guest": voter.is_guest}
        still_open = (VOTES.c.id == vote.id) & (VOTES.c.state == "open")
        with self._engine.begin() as connection:
            # Written first, so that nobody reveals the vote until the ballot is in.
            held = connection.execute(update(VOTES).where(still_open).values(state="open"))  # fmt: skip
            if not held.rowcount:
                what = "this vote is over"
                raise WebError(Problem("E784", what, hint="Ask the facilitator to repeat it."))  # fmt: skip
            ballots = _rows(connection, BALLOTS, vote.id)
            voters = _rows(connection, VOTERS, vote.id)
            if key not in ballots and name in voters:
                what = "you have voted in another browser"
                raise WebError(Problem("E789", what, hint="Change your vote there."))
            if key not in ballots and len(ballots) >= MOST_BALLOTS:
                what = f"this vote has {MOST_BALLOTS:,} ballots already"
                raise WebError(Problem("E785", what, hint="Ask the facilitator to repeat it."))  # fmt: skip
            _keep(connection, BALLOTS, vote.id, ballots | {key: row})
            if name not in voters:
                _keep(connection, VOTERS, vote.id, voters | {name: came})

    def own(self, vote: Vote, voter: Voter) -> Ballot | None:
        """The ballot of a browser while the vote is not revealed; afterwards it is nobody's."""
        wanted = select(BALLOTS).where(
            BALLOTS.c.vote == vote.id, BALLOTS.c.voter == _key_of(vote.id, voter)
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else Ballot(row.department, json.loads(row.said))

    def has_voted(self, vote: Vote, voter: Voter) -> bool:
        """Whether an account or guest has a ballot in it, from whichever browser."""
        name = _hashed(vote.id, voter.who)
        wanted = select(VOTERS.c.voter).where(
            VOTERS.c.vote == vote.id, VOTERS.c.voter == name
        )
        with self._engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def close(self, vote: Vote) -> bool:
        """Take no more ballots; what was said stays secret. False where it is over already."""
        still_open = (VOTES.c.id == vote.id) & (VOTES.c.state == "open")
        with self._engine.begin() as connection:
            done = connection.execute(
                update(VOTES).where(still_open).values(state="closed")
            )
            return bool(done.rowcount)

    def reveal(self, vote: Vote, now_us: int) -> bool:
        """Show what was said, for good; who voted is forgotten, and whose browser sent what.

        False where it is shown already.
        """
        secret = (VOTES.c.id == vote.id) & VOTES.c.state.not_in(SHOWN)
        with self._engine.begin() as connection:
            done = connection.execute(
                update(VOTES).where(secret).values(state="revealed", revealed_us=now_us)
            )
            if not done.rowcount:
                return False
            guests, entries = _guests(connection, vote.id)
            counted = {"guests": guests, "entries": entries}
            connection.execute(update(VOTES).where(VOTES.c.id == vote.id).values(**counted))  # fmt: skip
            _keep(connection, VOTERS, vote.id, {})
            rows = _rows(connection, BALLOTS, vote.id).values()
            nameless = ({**row, "voter": secrets.token_hex(16)} for row in rows)
            _keep(connection, BALLOTS, vote.id, {one["voter"]: one for one in nameless})
            return True

    def keep(self, vote: Vote) -> bool:
        """Keep what was revealed as evidence; False where it is kept already."""
        shown = (VOTES.c.id == vote.id) & (VOTES.c.state == "revealed")
        with self._engine.begin() as connection:
            done = connection.execute(update(VOTES).where(shown).values(state="kept"))
            return bool(done.rowcount)

    def take_away(self, vote: Vote) -> None:
        """End a vote and forget its ballots."""
        with self._engine.begin() as connection:
            # First, so that a ballot that comes at this moment is in before, or not at all.
            connection.execute(delete(VOTES).where(VOTES.c.id == vote.id))
            for table in (BALLOTS, VOTERS):
                _keep(connection, table, vote.id, {})

    def ballots(self, vote: Vote) -> tuple[Ballot, ...]:
        """What was said, once it is revealed; nothing before."""
        if not vote.is_shown:
            return ()
        wanted = select(BALLOTS).where(BALLOTS.c.vote == vote.id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(BALLOTS.c.voter))
            return tuple(Ballot(row.department, json.loads(row.said)) for row in rows)


def _refuse_wrong(asked: Asked, department: str, said: Mapping[str, int]) -> None:
    """Nothing for a ballot that keeps to the rules.

    Raises:
        WebError: E783 it does not.
    """
    keys = {one.key for one in asked.options}
    dots = 1 if asked.kind == "choice" else asked.dots
    most = 1 if asked.kind == "choice" else asked.most_on_one
    what = ""
    if not said.keys() <= keys:
        what = "the ballot names what is not asked"
    elif asked.kind in ("choice", "dots"):
        if any(not 0 <= one <= most for one in said.values()):
            what = f"at most {most} may lie on one"
        elif sum(said.values()) > dots:
            what = f"there are {dots} to give, not {sum(said.values())}"
    else:
        low, high = SCALES[asked.measure]
        if any(not low <= one <= high for one in said.values()):
            what = f"scores go from {low} to {high}"
    if asked.kind == "apart" and not department.strip():
        what = "the department is missing"
    if what:
        raise WebError(Problem("E783", what, hint="Look at the question again."))


def _hashed(vote_id: str, *parts: str) -> str:
    """Somebody in one vote; somebody else in each."""
    return hashlib.sha256("\0".join((vote_id, *parts)).encode()).hexdigest()


def _key_of(vote_id: str, voter: Voter) -> str:
    """Under which the ballot of a voter is kept: of guests only their browser counts."""
    whose = "" if voter.is_guest else voter.who
    return _hashed(vote_id, "ballot", voter.secret, whose)


def _rows(connection: Connection, table: Table, vote_id: str) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Rows of a vote by their hashes."""
    wanted = select(table).where(table.c.vote == vote_id)
    return {row["voter"]: dict(row) for row in connection.execute(wanted).mappings()}


def _keep(
    connection: Connection, table: Table, vote_id: str, rows: Mapping[str, Mapping[str, Any]]
) -> None:  # fmt: skip
    """Write all rows of a vote anew in order of their hashes, so that none shows when it came."""
    connection.execute(delete(table).where(table.c.vote == vote_id))
    if rows:
        connection.execute(insert(table), [dict(rows[one]) for one in sorted(rows)])


def _guests(connection: Connection, vote_id: str) -> tuple[int, int]:
    """How many ballots are of guests, and how often these had come in."""
    voters = _rows(connection, VOTERS, vote_id).values()
    entries = sum(bool(one["is_guest"]) for one in voters)
    ballots = len(_rows(connection, BALLOTS, vote_id))
    return ballots - (len(voters) - entries), entries


def _vote(connection: Connection, row: Any) -> Vote:
    wanted = select(func.count()).select_from(BALLOTS).where(BALLOTS.c.vote == row.id)
    is_shown = row.state in SHOWN
    guests, entries = (row.guests, row.entries) if is_shown else _guests(connection, row.id)  # fmt: skip
    return Vote(
        row.id, row.map, row.state, row.author, int(row.made_us), int(row.revealed_us),
        Asked.model_validate_json(row.said), int(connection.scalar(wanted) or 0), int(guests), int(entries),
    )  # fmt: skip
