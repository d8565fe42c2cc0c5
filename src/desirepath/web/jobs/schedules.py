"""When maps are checked by themselves. Sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, delete, insert, select, update

from desirepath.errors import Problem, WebError
from desirepath.web.jobs.queue import Jobs
from desirepath.web.jobs.tables import METADATA, SCHEDULES

Every = Literal["never", "daily", "weekly", "monthly"]
KIND = "check"
MONDAY = 0
IF_CHANGED: Final = {"if_changed": True}


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a map is checked by itself.

    Attributes:
        map: The map.
        every: daily, weekly (on Mondays), monthly (on the first), or never.
        hour: At which hour, 0 to 23.
        zone: Of which zone.
        by: Who wanted it.
        due_us: Next time, microseconds since 1970 UTC; 0 for never.
    """

    map: str
    every: Every = "never"
    hour: int = 6
    zone: str = "UTC"
    by: str = ""
    due_us: int = 0


class Schedules:
    """Schedules in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        if not engine.url.database:  # in memory
            METADATA.create_all(engine)

    def of(self, map_id: str) -> Schedule:
        """The schedule of a map."""
        wanted = select(SCHEDULES).where(
            SCHEDULES.c.map == map_id, SCHEDULES.c.kind == KIND
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return Schedule(map_id)
        return Schedule(
            row.map, row.every, int(row.hour), row.zone, row.by, int(row.due_us)
        )

    def put(
        self, map_id: str, every: Every, hour: int, zone: str, by: str, now_us: int
    ) -> Schedule:
        """Check a map by itself from now on.

        Raises:
            WebError: E719 nobody knows the zone.
        """
        due_us = 0 if every == "never" else next_us(every, hour, zone, now_us)
        kept = Schedule(map_id, every, hour, zone, by, due_us)
        row = {
            "map": map_id,
            "kind": KIND,
            "every": every,
            "hour": hour,
            "zone": zone,
            "by": by,
            "due_us": due_us,
        }
        with self._engine.begin() as connection:
            of_map = (SCHEDULES.c.map == map_id, SCHEDULES.c.kind == KIND)
            connection.execute(delete(SCHEDULES).where(*of_map))
            if every != "never":
                connection.execute(insert(SCHEDULES), row)
        return kept

    def ask_due(self, jobs: Jobs, now_us: int) -> int:
        """Ask for the checks that are due, each once whichever server looks first; how many."""
        wanted = select(SCHEDULES).where(SCHEDULES.c.due_us <= now_us)
        with self._engine.connect() as connection:
            due = connection.execute(wanted).all()
        asked = 0
        for row in due:
            after_us = next_us(row.every, int(row.hour), row.zone, now_us)
            mine = (
                SCHEDULES.c.map == row.map,
                SCHEDULES.c.kind == row.kind,
                SCHEDULES.c.due_us == row.due_us,
            )
            with self._engine.begin() as connection:
                is_mine = connection.execute(
                    update(SCHEDULES).where(*mine).values(due_us=after_us)
                ).rowcount
            if is_mine:
                jobs.ask(row.map, row.kind, IF_CHANGED, row.by, "", now_us)
                asked += 1
        return asked


def next_us(every: Every, hour: int, zone: str, now_us: int) -> int:
    """The next time after now.

    Raises:
        WebError: E719 nobody knows the zone.

    Examples:
        >>> monday = next_us("weekly", 6, "Europe/Berlin", 1_700_000_000_000_000)
        >>> datetime.fromtimestamp(monday / 1e6, UTC).isoformat()
        '2023-11-20T05:00:00+00:00'
    """
    try:
        here = ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        hint = "Write one such as Europe/Berlin."
        raise WebError(Problem("E719", f'no zone is called "{zone}"', hint=hint)) from None  # fmt: skip
    now = datetime.fromtimestamp(now_us / 1e6, UTC).astimezone(here)
    found = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    while found <= now or not _is_day(found, every):
        found = (found + timedelta(days=1)).replace(hour=hour)
    return int(found.timestamp() * 1_000_000)


def _is_day(day: datetime, every: Every) -> bool:
    if every == "weekly":
        return day.weekday() == MONDAY
    return every == "daily" or day.day == 1
