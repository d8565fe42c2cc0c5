"""The first check is asked for by itself, where it is clear what is looked at."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.web.jobs import shop

from desirepath.web.collab.log import EditLog
from desirepath.web.jobs.brought import Brought
from desirepath.web.jobs.first import ask_first
from desirepath.web.jobs.runner import Runner

SOURCE = """[[sources]]
name = "{name}"
engine = "sqlite"
file = "{name}.db"
table = "clicks"
case = "session"
activity = "page"
time = "at"
"""


@pytest.mark.parametrize(("names", "asked"), [(("web",), 1), (("web", "app"), 0)])
def test_of_several_databases_people_choose_one_first(
    tmp_path: Path, names: tuple[str, ...], asked: int
) -> None:
    for name in names:
        made = sqlite3.connect(tmp_path / f"{name}.db")
        made.execute("CREATE TABLE clicks (session TEXT, page TEXT, at TEXT)")
        made.close()
    text = "".join(SOURCE.format(name=name) for name in names)
    (tmp_path / "desirepath.toml").write_text(text)
    log = EditLog.in_file(tmp_path / "boards.db")
    shop.take_map(log)
    runner = Runner(log, tmp_path, lambda: 1)
    assert ask_first(runner, Brought(log.engine, tmp_path)) == asked
    log.close()
