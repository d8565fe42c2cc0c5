"""Does what is to be done with files of sources, two at once, each in a thread that waits for a program of its own."""

from __future__ import annotations

import contextlib
import json
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.web.data.confined import UnwantedError
from desirepath.web.data.keeping import Keeper, clean
from desirepath.web.data.proofs import Said
from desirepath.web.data.sources import Source
from desirepath.web.data.works import Work, Works
from desirepath.whole_files import write_whole

AT_ONCE = 2  # programs that read files
LOOK_S = 5.0  # for what other servers left; what is asked here is begun at once
BEAT_S = 5.0
DAY_US = 86_400 * 1_000_000
OLD_US = 7 * DAY_US
WRONG = "wrong.json"
# Where the server tells of itself: what happened, and what belongs to it.
Say = Callable[..., object]
ENDED_TWICE = Problem(
    "E754",
    "the server ended twice while it read the file",
    hint="Send a part of it, or write it anew as Parquet.",
)


def silence(_: str, **__: object) -> None:
    """Say nothing."""


@dataclass(eq=False, slots=True)
class _Running:
    """A work that is done here."""

    thread: threading.Thread
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class Workshop:
    """Does the works of a database, in threads.

    Attributes:
        keeper: Reads and writes files.
        works: What is to be done.
        server: Name of this server.
        is_shared: Whether other servers use the database.
        now_us: Clock, microseconds since 1970 UTC.
        tell: Told of each source with news.
        say: Where the server tells of itself.
    """

    keeper: Keeper
    works: Works
    server: str
    is_shared: bool
    now_us: Callable[[], int]
    tell: Callable[[Source], None]
    say: Say = silence
    _here: dict[str, _Running] = field(default_factory=dict)
    _wake: threading.Event = field(default_factory=threading.Event)
    _stops: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _tidied_us: int = 0

    def start(self) -> None:
        """Begin to work."""
        self._thread = threading.Thread(target=self._look_on, name="sources")
        self._thread.start()

    def stop(self) -> None:
        """Take no more; what is under way is ended and waits for the next server."""
        self._stops.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
        for name in list(self._here):
            self._halt(name)

    def wake(self) -> None:
        """Look at once: there is something new."""
        self._wake.set()

    def remove(self, source: Source) -> None:
        """Forget a source, end what is done with it, and take its file away."""
        self.works.forget(source)
        self._halt(source.id)
        shutil.rmtree(source.folder, ignore_errors=True)

    def _halt(self, source_id: str) -> None:
        with self._lock:
            here = self._here.get(source_id)
        if here is not None:
            here.stop.set()
            here.thread.join()

    def _look_on(self) -> None:
        while not self._stops.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - told, and looked again
                # a database that is away comes back; nothing else may end the looking
                self.say("sources wait", error=type(error).__name__)
            self._wake.wait(LOOK_S)
            self._wake.clear()

    def _look(self) -> None:
        for one in self.works.take_back(
            self.server, is_shared=self.is_shared, here=list(self._here)
        ):
            source = self.keeper.sources.everywhere().get(one.source)
            if source is not None:
                self._failed(one, source, ENDED_TWICE)
                self.tell(source)
        now_us = self.now_us()
        if now_us > self._tidied_us + DAY_US:
            self._tidied_us = now_us
            self._tidy(now_us)
        while len(self._here) < AT_ONCE and not self._stops.is_set():
            work = self.works.claim(self.server, self.now_us())
            if work is None:
                return
            thread = threading.Thread(target=self._run, args=(work,), name=f"source {work.source}")  # fmt: skip
            with self._lock:
                self._here[work.source] = _Running(thread)
                thread.start()

    def _run(self, work: Work) -> None:
        """Do a work; nothing gets out of here."""
        source = None
        try:
            source = self.keeper.sources.everywhere().get(work.source)
            state = self._ended(work, source) if source is not None else "gone"
        except Exception as error:  # noqa: BLE001 - told, and the next work goes on
            state = "left"
            self.say("source left", source=work.source, error=type(error).__name__)
        finally:
            self._here.pop(work.source, None)
        self.say("source read", source=work.source, act=work.act, state=state)
        if source is not None:
            self.tell(source)
        self.wake()

    def _ended(self, work: Work, source: Source) -> str:
        self.tell(source)
        is_wanted = self._wish(work)
        if (source.folder / WRONG).is_file() and not source.path.is_file():
            # a server has ended between these words and the next
            return self._failed(work, source, wrong_with(source))
        try:
            now = self._done(work, source, is_wanted)
        except UnwantedError:
            if self._stops.is_set():
                self.works.give_back(work)
            elif source.id not in self.keeper.sources.everywhere():
                shutil.rmtree(source.folder, ignore_errors=True)
            return "unwanted"
        except DesirepathError as error:
            return self._failed(work, source, error.problems[0])
        except OSError as error:
            what = f"the file cannot be written: {error.strerror}"
            hint = "Ask whoever runs the server to look at the folder of the project."
            return self._failed(work, source, Problem("E757", what, hint=hint))
        if not self.works.end(work, source, now, self.now_us()):
            if now.path.parent != source.path.parent:  # nobody will ask for it
                shutil.rmtree(now.path.parent, ignore_errors=True)
            return "late"
        (source.folder / WRONG).unlink(missing_ok=True)
        clean(now)
        return "done"

    def _done(
        self, work: Work, source: Source, is_wanted: Callable[[], bool]
    ) -> Source:
        keeper, given = self.keeper, work.given
        match work.act:
            case "about":
                return keeper.about(source, given["abouts"], is_wanted)
            case "keep":
                return keeper.keep(source, is_wanted)
            case "correct":
                return keeper.read(source, Said(**given["said"]), is_wanted)
        return keeper.read(source, Said(**source.recipe), is_wanted)

    def _failed(self, work: Work, source: Source, problem: Problem) -> str:
        """Say what went wrong, first in words, so that nobody finds a failure without."""
        if not self.works.beat(work, self.now_us()):
            return "late"
        with contextlib.suppress(
            OSError
        ):  # without room for it, it is said that there is none
            told = json.dumps(asdict(problem))
            write_whole(source.folder / WRONG, told.encode())
        if (
            source.state == "arrived"
        ):  # of a file that was never read nothing else stays
            _empty(source.folder)
        self.works.fail(work)
        return f"failed {problem.code}"

    def _wish(self, work: Work) -> Callable[[], bool]:
        """What says whether a work is still wanted, and now and then that it goes on."""
        here = self._here[work.source]
        beat_s = time.monotonic()

        def is_wanted() -> bool:
            nonlocal beat_s
            if here.stop.is_set() or self._stops.is_set():
                return False
            if time.monotonic() - beat_s < BEAT_S:
                return True
            beat_s = time.monotonic()
            return self.works.beat(work, self.now_us())

        return is_wanted

    def _tidy(self, now_us: int) -> None:
        """Take away what nobody knows any more, and what was never confirmed within a week."""
        try:
            folders = [one for one in self.keeper.sources.uploads.iterdir() if one.is_dir()]  # fmt: skip
        except (OSError, WebError):
            return
        known, works = self.keeper.sources.everywhere(), self.works.everywhere()
        for source in known.values():
            work = works.get(source.id)
            if work is not None and work.state != "failed":
                continue
            if source.state == "confirmed":
                clean(source)
            elif source.at_us < now_us - OLD_US:
                self.remove(source)
        for folder in folders:
            if folder.name not in known and _made_us(folder) < now_us - DAY_US:
                shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    """Leave nothing in a folder but what went wrong."""
    for one in folder.glob("*"):
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        elif one.name != WRONG:
            one.unlink(missing_ok=True)


def wrong_with(source: Source) -> Problem:
    """Why the last work with a source went wrong."""
    try:
        told = json.loads((source.folder / WRONG).read_text("utf-8"))
        return Problem(**told)
    except (OSError, ValueError, TypeError):
        what = f'"{source.name}" could not be read, and why could not be written'
        hint = "Look at the room on the disk and at who may write into the project."
        return Problem("E757", what, hint=hint)


def _made_us(folder: Path) -> float:
    """When a folder was changed last, as the disk says; never for one that is gone."""
    try:
        return folder.stat().st_mtime * 1e6
    except OSError:
        return float("inf")
