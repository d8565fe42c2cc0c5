"""A project of the plant shop: its events, its map, and a log that holds it."""

from __future__ import annotations

import functools
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np

from desirepath.events.simulate import simulate_shop
from desirepath.maps.edits.board import board_of
from desirepath.maps.files import parse_map
from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.queue import OPEN, Job
from desirepath.web.jobs.runner import Runner

CUSTOMERS = 200
MAP = "assumed"


@functools.cache
def events() -> Path:
    """A folder with the events of the shop, made once."""
    folder = Path(tempfile.mkdtemp(prefix="desirepath-shop-"))
    simulate_shop(CUSTOMERS, np.random.default_rng(1)).write(folder)
    return folder


def project(folder: Path) -> Path:
    """A project with the events of the shop in a folder."""
    shutil.copytree(events(), folder / "events")
    (folder / "desirepath.toml").write_text('sources = ["events/events.yaml"]\n')
    return folder


def map_text() -> str:
    """The map its team believes in."""
    shipped = files("desirepath.cli").joinpath("demo_project", "maps", "assumed.yaml")
    return shipped.read_text(encoding="utf-8")


def take_map(log: EditLog, map_id: str = MAP) -> None:
    """Put the map into a log."""
    journey = parse_map(map_text(), "assumed.yaml")
    journey = journey.model_copy(update={"id": map_id})
    log.create(board_of(journey), "epoch", "the project", 1)


def ended(runner: Runner, job: Job) -> Job:
    """A job once it has ended."""
    while True:
        found = runner.jobs.one(job.id)
        assert found is not None
        if found.state not in OPEN and job.id not in runner._here:
            return found
        runner._stops.wait(0.02)
