"""Days as the project has them: of the zone that its `desirepath.toml` names, else of UTC."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from desirepath.errors import Problem, WebError
from desirepath.project import FILE

SECOND_US = 1_000_000


def zone_of(project: Path | None) -> tzinfo:
    """The zone of a project, ``zone`` in ``[web]``; UTC where none is named.

    Args:
        project: Folder with `desirepath.toml`, which may be missing; None for none.

    Raises:
        WebError: E769 nobody knows the zone.
    """
    if project is None or not (project / FILE).is_file():
        return UTC
    try:
        web = tomllib.loads((project / FILE).read_text(encoding="utf-8")).get("web", {})
    except (OSError, ValueError, RecursionError):
        return UTC  # what reads it next says what is wrong
    name = web.get("zone") if isinstance(web, dict) else None
    if name is None:
        return UTC
    try:
        return ZoneInfo(name)
    except (TypeError, ValueError, OSError, KeyError):
        what, hint = f"no zone is called {name!r}", 'Write: zone = "Europe/Berlin"'
        raise WebError(Problem("E769", what, str(project / FILE), hint)) from None


def day_of(now_us: int, zone: tzinfo = UTC) -> date:
    """The day of a time in microseconds since 1970 UTC.

    Examples:
        >>> night = 1_700_000_000_000_000 + 3_600_000_000
        >>> day_of(night).isoformat(), day_of(night, ZoneInfo("Europe/Berlin")).isoformat()
        ('2023-11-14', '2023-11-15')
    """
    return datetime.fromtimestamp(now_us / SECOND_US, UTC).astimezone(zone).date()
