"""The log folded: snapshots while edits come in, so that maps open quickly; rows of long ago taken away.

What is taken away is in a snapshot. Named versions stay, pages that were away too long get the whole
map, and the last number of every page stays, so that no edit is done twice.
"""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select

from desirepath.web.collab.log import EditLog, last_numbers, newest_snapshot
from desirepath.web.collab.rows import board_in
from desirepath.web.collab.tables import COUNTED, EDITS, SNAPSHOTS

FOLD_EVERY = 200  # edits
KEEP_DAYS = 30
DAY_US = 86_400 * 1_000_000
TIDY = 0x0D51_2EBC  # held by the server that takes rows away


def take_away(log: EditLog, map_id: str, before_us: int) -> int:
    """Take away rows of edits that are older than a moment and in a snapshot; how many there were.

    Raises:
        WebError: E703 the newest snapshot is not what was written; then nothing is taken away.
    """
    with log.engine.begin() as connection:
        if log.is_shared and not connection.scalar(
            select(func.pg_try_advisory_xact_lock(TIDY))
        ):
            return 0
        snapshot = connection.execute(newest_snapshot(map_id)).one_or_none()
        if snapshot is None:
            return 0
        board_in(map_id, snapshot.document, snapshot.sum)
        of_map = EDITS.c.map == map_id
        young = select(func.min(EDITS.c.seq)).where(of_map, EDITS.c.at_us >= before_us)
        first_young = connection.scalar(young)
        upto = min(snapshot.upto, snapshot.upto if first_young is None else first_young - 1)  # fmt: skip
        old = (of_map, EDITS.c.seq <= upto)
        clients = connection.scalars(select(EDITS.c.client).where(*old).distinct())
        # a name without ":" is of one request; it never comes back
        pages = [client for client in clients if ":" in client]
        if pages:
            numbers = last_numbers(connection, map_id)
            counted = (COUNTED.c.map == map_id, COUNTED.c.client.in_(pages))
            connection.execute(delete(COUNTED).where(*counted))
            rows = [{"map": map_id, "client": one, "n": numbers[one]} for one in pages]
            connection.execute(insert(COUNTED), rows)
        count = connection.execute(delete(EDITS).where(*old)).rowcount
        older = (SNAPSHOTS.c.map == map_id, SNAPSHOTS.c.name == "", SNAPSHOTS.c.upto < snapshot.upto)  # fmt: skip
        connection.execute(delete(SNAPSHOTS).where(*older))
        return int(count)
