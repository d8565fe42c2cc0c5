"""Files that cannot be read and files that would become very much, brought through the page: one clear message each."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.bad_files.test_bad_events import BAD, written
from tests.board.conftest import MAP, PATIENCE_MS, Visit
from tests.web.bombs import BOMBS
from tests.web.server import Server

from desirepath.web.data import confined
from desirepath.web.data.at_work import WRONG

LOG = logging.getLogger(__name__)
GIB = 1024**3
BOMB_S, BAD_S = 5, 10  # of a processor, so that a busy machine is no fault
LOOK_S = 0.02
# Folders cannot be sent, and some inputs are bad only with options of the command line.
SENT = [
    name
    for name, bad in BAD.items()
    if not isinstance(bad.content, dict)
    and not bad.options
    and name not in ("no such file", "a file nobody may open")
]
# These go the whole way in every run, the others every night.
SAMPLE = ("a short row", "no time", "a picture", "laughing entities", "one huge number", "a cell far away")  # fmt: skip
CASES = [
    pytest.param(
        name,
        id=name.replace(" ", "-"),
        marks=() if name in SAMPLE else pytest.mark.nightly,
    )
    for name in (*SENT, *BOMBS)
]


@dataclass
class Run:
    """What a program took that read a file."""

    pid: int
    peak_bytes: int = 0
    processor_s: float = 0.0


@dataclass
class Watch:
    """Stands in the place of `subprocess` and keeps what each program took."""

    runs: list[Run] = field(default_factory=list)
    DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE
    TimeoutExpired = subprocess.TimeoutExpired

    def Popen(self, line: list[str], **options: Any) -> subprocess.Popen[bytes]:  # noqa: N802
        program = subprocess.Popen(line, **options)
        one = Run(program.pid)
        self.runs.append(one)
        threading.Thread(target=self._look_at, args=(one,), daemon=True).start()
        return program

    def _look_at(self, one: Run) -> None:
        while (taken := taken_by(one.pid)) is not None:
            one.peak_bytes = max(one.peak_bytes, taken[0])
            one.processor_s = taken[1]
            time.sleep(LOOK_S)


def taken_by(pid: int) -> tuple[int, float] | None:
    """Most memory a process has filled so far, and its time of processors; None for one that is gone."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        ticks = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]  # fmt: skip
    except OSError:
        return None
    lines = [line for line in told.splitlines() if line.startswith("VmHWM:")]
    peak = int(lines[0].split()[1]) * 1024 if lines else 0
    return peak, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


@dataclass
class Room:
    """The page of the sources of a map, open all the time."""

    page: Any
    uploads: Path
    watch: Watch


@pytest.fixture(scope="module")
def room(
    server: Server, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    if not Path("/proc/self/status").is_file():
        pytest.skip("this system does not say how much memory a process fills")
    project = tmp_path_factory.mktemp("bad") / "project"
    project.mkdir()
    server.app.state.project = project
    expect.set_options(timeout=3 * PATIENCE_MS)
    visit = Visit(server, browser)
    visit.expect("status of 413")
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "subprocess", watch)
        page = visit.page("facilitator", f"#/maps/{MAP}/evidence/sources")
        expect(page.get_by_text("No data yet")).to_be_visible()
        yield Room(page, project / "uploads", watch)
    assert visit.close() == []


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_ends_in_one_message_and_leaves_nothing(
    name: str, room: Room, tmp_path: Path
) -> None:
    page, watch = room.page, room.watch
    path = made(name, tmp_path)
    watch.runs.clear()
    page.locator("input[type=file]").set_input_files(path)
    # it came, and then it was read
    told = page.locator(".proof .notice")
    expect(told).to_have_count(1, timeout=3 * PATIENCE_MS)
    message = told.inner_text()
    is_question = page.get_by_role("button", name="Yes, use it").count() == 1
    if is_question:  # people can answer it, and the file goes where they do not
        page.get_by_role("button", name="Take away").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Take away").click()
    else:
        expect(page.get_by_role("alert")).to_have_count(1)
        assert path.name in message  # where
        assert [one.name for one in room.uploads.rglob("*.*")] == [WRONG]
        page.get_by_role("button", name="Take away").click()
    lines = [line for line in message.splitlines() if line.strip()]
    assert 2 <= len(lines) <= 3, message
    assert lines[-1].endswith((".", "?")), message  # what to do
    for part in ("Traceback", "Error:", str(room.uploads), "/tmp"):  # noqa: S108
        assert part not in message
    if name in BOMBS:
        assert is_question == (BOMBS[name][2] == "")
    # the page goes on, and nothing is left
    expect(page.get_by_text("No data yet")).to_be_visible()
    expect(page.get_by_role("button", name="Choose a file")).to_be_enabled()
    assert list(room.uploads.iterdir()) == []
    assert len(watch.runs) == 1
    (run,) = watch.runs
    assert not Path(f"/proc/{run.pid}").exists()
    assert run.peak_bytes <= GIB
    assert run.processor_s <= (BOMB_S if name in BOMBS else BAD_S)
    took = f"{run.processor_s:.1f} s, {run.peak_bytes / 1e6:.0f} MB"
    LOG.info("%s: %s: %s", name, took, " | ".join(lines))


def made(name: str, folder: Path) -> Path:
    """The file of a case."""
    if name in SENT:
        return written(BAD[name], folder)
    file, write, _ = BOMBS[name]
    path = folder / file
    write(path)
    return path


def test_there_are_enough_of_them() -> None:
    assert len(SENT) >= 40
    assert len(BOMBS) >= 30
    assert set(SAMPLE) <= {*SENT, *BOMBS}
    assert not set(SENT) & set(BOMBS)
