"""The map a page of numbers is about: as it stands, or one of its versions."""

from __future__ import annotations

from desirepath.maps.edits.board import Board
from desirepath.maps.model import JourneyMap
from desirepath.web.collab.rooms import Rooms


def board_now(rooms: Rooms, map_id: str) -> tuple[int, Board]:
    """Number of the last durable edit of a map and the map after it.

    Raises:
        WebError: E702 there is no such map.
    """
    room = rooms.open.get(map_id)
    if room is not None:
        return room.saved_seq, room.saved_board
    stored = rooms.log.load(map_id)
    return stored.seq, stored.board


def journey_of(rooms: Rooms, map_id: str, version: str = "") -> JourneyMap:
    """A version of a map by its name, or the map as it stands.

    Raises:
        WebError: E702 there is no such map or version.
    """
    if version:
        return rooms.log.version(map_id, version).journey()
    return board_now(rooms, map_id)[1].journey()
