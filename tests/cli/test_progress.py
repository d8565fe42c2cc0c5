"""Long work is shown, timed, and can be stopped without half a result."""

from __future__ import annotations

import io
import signal
import threading
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.cli.progress import Progress
from desirepath.steps import step, watched

EVENTS = "case_id,event,timestamp\na,look,2024-01-01 10:00\na,pay,2024-01-01 10:01\n"


class Clock:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_step_is_shown_only_after_two_seconds() -> None:
    clock = Clock()
    progress = Progress(None, clock, clock)
    with watched(progress), step("reading events"):
        clock.now = 1.9
        assert not progress.line()
        clock.now = 65.0
        assert progress.line() == "reading events … 65 s"
    assert not progress.line()


def test_the_innermost_step_is_shown_and_every_step_is_timed() -> None:
    clock = Clock()
    progress = Progress(None, clock, clock)
    with watched(progress), step("reading events"):
        for _ in range(2):
            with step("merging"):
                clock.now += 3
                assert progress.line().startswith("merging … ")
        clock.now += 1
    seen = [(one.name, one.depth, one.count, one.wall_s) for one in progress.times()]
    assert seen == [("reading events", 0, 1, 7.0), ("merging", 1, 2, 6.0)]


def test_a_step_that_fails_ends() -> None:
    progress = Progress(None)
    with (
        pytest.raises(ValueError, match="no"),
        watched(progress),
        step("reading events"),
    ):
        raise ValueError("no")
    assert [one.count for one in progress.times()] == [1]


class Screen(io.StringIO):
    """Tells when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def flush(self) -> None:
        self.written.set()


def test_what_is_shown_is_taken_away() -> None:
    clock, screen = Clock(), Screen()
    progress = Progress(screen, clock, clock)
    progress.start()
    with watched(progress), step("reading events"):
        clock.now = 3.0
        assert screen.written.wait(120)
    progress.stop()
    assert screen.getvalue().startswith("\r\x1b[Kreading events … 3 s")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_the_times_of_steps_are_printed_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "1.csv"
    file.write_text(EVENTS)
    assert run(["--profile", "events", "inspect", str(file), "--json"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].split() == ["step", "times", "wall", "s", "cpu", "s"]
    assert lines[1].startswith("reading events    ")
    assert lines[-1].startswith("the whole command ")
    assert run(["events", "inspect", str(file), "--json"]) == 0
    assert not capsys.readouterr().err


class Stopper:
    """Presses Ctrl-C when a step begins."""

    def __init__(self, name: str) -> None:
        self.name = name

    def begin(self, name: str) -> None:
        if name == self.name:
            signal.raise_signal(signal.SIGINT)

    def end(self) -> None:
        pass


@pytest.mark.parametrize("name", ["events in order", "writing the new state"])
def test_a_stopped_refresh_leaves_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, store = tmp_path / "1.csv", tmp_path / "shop.store"
    file.write_text(EVENTS)
    before = signal.getsignal(signal.SIGINT)
    with watched(Stopper(name)):
        assert run(["events", "refresh", str(store), str(file)]) == 130
    assert capsys.readouterr().err == "\nStopped; nothing was written in part.\n"
    assert not store.exists()
    assert signal.getsignal(signal.SIGINT) is before
    assert run(["events", "refresh", str(store), str(file)]) == 0
