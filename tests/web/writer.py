"""A server that takes edits as fast as it can and says which are acknowledged, until it is killed."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

from desirepath.maps.edits.commands import Add, edit_data
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.members import Member
from desirepath.web.collab.rooms import Rooms


def write_until_killed(database: str, to: Connection) -> None:
    """Say the ref of each new stage once its edit is acknowledged."""
    log = EditLog(database)
    rooms = Rooms(log)
    member = Member(f"page of {os.getpid()}", "Ann")
    room = rooms.enter("shop", member, {})
    member.take()
    n = 0
    while True:
        for _ in range(n % 4 + 1):
            n += 1
            ref = f"stage:p{os.getpid()}-{n}"
            edit = edit_data(Add(ref=ref, fields={"name": f"Stage {n}"}))
            room.receive(member, {"say": "edit", "n": n, "edit": edit}, n)
        rooms.commit()
        for one in member.take():
            assert one["say"] == "saved"
            to.send(one["edit"]["ref"])
