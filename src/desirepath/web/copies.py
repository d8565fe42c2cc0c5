"""Copies of a server's maps as files: for people who live in git."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.between import edits_between
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Together
from desirepath.maps.edits.merging import Conflict, Side, merge_boards
from desirepath.maps.files import map_text, read_document, write_map
from desirepath.maps.model import JourneyMap
from desirepath.maps.storage import read_text, write_text
from desirepath.web.remote import MapNow, Remote

FORMAT = "desirepath/copy/1"
FOLDER = ".desirepath"
TRIES = 8  # of sending edits to a map that others change at the same time

Done = Literal["same", "written", "sent", "made", "conflicts"]


@dataclass(frozen=True, slots=True)
class Copied:
    """What a pull or push did.

    Attributes:
        done: ``same`` nothing to do, ``written`` the file, ``sent`` edits, ``made`` a new map, or
            ``conflicts``: nothing, because both changed the same.
        edits: How many edits were sent.
        conflicts: What both changed; settled ones too.
        is_newer: Whether the server had edits that the file did not.
    """

    done: Done
    edits: int = 0
    conflicts: tuple[Conflict, ...] = ()
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """The state a file began with."""

    address: str
    board: Board
    tag: str


def pull(remote: Remote, map_id: str, file: Path, *, drop_mine: bool = False) -> Copied:
    """Write a server's map into a file; comments and layout of one that is there stay.

    Args:
        remote: The server.
        map_id: The map there.
        file: Where to write.
        drop_mine: Whether changes of the file that were not pushed may be lost.

    Raises:
        WebError: E734 there is no such map there, E735 the file has changes that were not pushed,
            and errors of the network and the server.
    """
    now = remote.read(map_id)
    if now is None:
        what = f'the server has no map called "{map_id}"'
        raise WebError(Problem("E734", what, hint="Look at its list of maps."))
    if file.exists() and not drop_mine:
        journey = read_document(file).journey
        base = known_base(file)
        known = [now.board, *([base.board] if base else [])]
        if all(edits_between(one, journey) for one in known):
            what = "the file has changes that were not pushed"
            hint = "Push them, which merges both; or pull with --theirs to drop them."
            raise WebError(Problem("E735", what, str(file), hint))
    return Copied("written" if _write(remote, file, now) else "same")


def push(remote: Remote, file: Path, settle: Side | None = None) -> Copied:
    """Send what changed in a file since it was pulled, as edits, all or none.

    What others changed meanwhile is merged, and stands in the file afterwards.

    Args:
        remote: The server.
        file: A map that was pulled, or one the server does not have yet.
        settle: Whose value stands where both changed the same; None sends nothing then.

    Raises:
        WebError: E734 the map was not pulled from there, and errors of the network and the server.
    """
    journey = read_document(file).journey
    now = remote.read(journey.id)
    if now is None:
        remote.make(map_text(journey))
        made = _now(remote, journey.id)
        remember(remote, file, made)
        return Copied("made")
    base = _base(remote, file, journey)
    for _ in range(TRIES):
        merged = merge_boards(base.board, journey, now.board, settle)
        is_newer = bool(edits_between(base.board, now.board.journey()))
        if merged.conflicts and settle is None:
            return Copied("conflicts", 0, merged.conflicts, is_newer)
        edits = merged.edits
        if not edits or remote.send(journey.id, Together(edits=edits), now.tag):
            _write(remote, file, _now(remote, journey.id) if edits else now)
            done: Done = "sent" if edits else "written" if is_newer else "same"
            return Copied(done, len(edits), merged.conflicts, is_newer)
        now = _now(remote, journey.id)
    what = "others change the map all the time"
    raise WebError(Problem("E732", what, hint="Push again in a moment."))


def _now(remote: Remote, map_id: str) -> MapNow:
    now = remote.read(map_id)
    if now is None:
        raise WebError(Problem("E734", f'the server has no map called "{map_id}"'))
    return now


def _base(remote: Remote, file: Path, journey: JourneyMap) -> Base:
    base = known_base(file)
    if (
        base is None
        or base.address != remote.address
        or base.board.map_id != journey.id
    ):
        what = (
            f'"{journey.id}" is on the server, and this file was not pulled from there'
        )
        hint = "Pull it into another file, and bring your changes over with `desirepath edit`."
        raise WebError(Problem("E734", what, str(file), hint))
    return base


def _write(remote: Remote, file: Path, now: MapNow) -> bool:
    """Put the map into the file and remember it; whether the file had another one."""
    journey = now.board.journey()
    is_there = file.exists()
    is_other = not is_there or edits_between(now.board, read_document(file).journey)
    if is_other and is_there:
        write_map(journey, file)
    elif is_other:
        write_text(file, map_text(journey))
    remember(remote, file, now)
    return bool(is_other)


def memory_of(file: Path) -> Path:
    """Where it is kept what a file began with.

    Examples:
        >>> memory_of(Path("maps/shop.yaml")).as_posix()
        'maps/.desirepath/shop.yaml.json'
    """
    return file.parent / FOLDER / f"{file.name}.json"


def remember(remote: Remote, file: Path, now: MapNow) -> None:
    """Keep what a file began with, without the token."""
    memory = memory_of(file)
    try:
        memory.parent.mkdir(exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made: {error.strerror}"
        hint = "Make the folder of the file writable."
        raise WebError(Problem("E736", what, str(memory.parent), hint)) from None
    data = {"format": FORMAT, "server": remote.address, "tag": now.tag}
    text = json.dumps(data | {"board": now.board.to_dict()}, ensure_ascii=False)
    write_text(memory, text + "\n")


def known_base(file: Path) -> Base | None:
    """What a file began with; None where it was never pulled.

    Raises:
        WebError: E736 what is kept of it is damaged.
    """
    memory = memory_of(file)
    if not memory.exists():
        return None
    try:
        data: dict[str, Any] = json.loads(read_text(memory))
        if data["format"] == FORMAT:
            board = Board.from_dict(data["board"])
            return Base(str(data["server"]), board, str(data["tag"]))
    except (ValueError, KeyError, TypeError):
        pass
    what = "this is not what `desirepath pull` wrote"
    hint = "Delete it, and pull the map anew into another file."
    raise WebError(Problem("E736", what, str(memory), hint))
