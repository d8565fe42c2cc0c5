"""The first check of a map: where its sources are there, nobody has to ask for it."""

from __future__ import annotations

from desirepath.web.jobs.brought import Brought
from desirepath.web.jobs.runner import Runner
from desirepath.web.shelf import SHARED

BY = "the server"
KINDS = ("check", "analyze")


def ask_first(runner: Runner, brought: Brought) -> int:
    """Ask for a check and an analysis of each map with bound events that never had a job; how many maps.

    Where there are several databases, nothing is asked: a job reads one, and only people know which.
    """
    asked = 0
    for map_id in runner.log.maps():
        if map_id == SHARED or runner.jobs.of(map_id) or runner.results.all(map_id, most=1):  # fmt: skip
            continue
        if not brought.has_events(map_id):
            continue
        if len(brought.databases(map_id)) > 1:
            continue  # people say which one first
        journey = runner.log.load(map_id).board.journey()
        if not any(step.events for step in journey.steps()):
            continue
        for kind in KINDS:
            runner.jobs.ask(map_id, kind, {}, BY, "", runner.now_us())
        asked += 1
    return asked
