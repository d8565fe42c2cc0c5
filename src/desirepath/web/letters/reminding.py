"""Letters about tasks and about maps whose review has come due: each once, by the ways that `desirepath.toml` names."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, tzinfo
from functools import partial
from urllib.parse import quote

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from desirepath.errors import DesirepathError
from desirepath.project import FILE
from desirepath.sentences.numerals import Numerals
from desirepath.sentences.phrase import Part, Phrase, day, say
from desirepath.web.days import day_of
from desirepath.web.jobs.at_work import language_of
from desirepath.web.jobs.digest import MOST_LETTERS
from desirepath.web.jobs.runner import Runner, Say
from desirepath.web.jobs.sending import (
    Letter,
    Sending,
    read_sending,
    send_hook,
    send_mail,
)
from desirepath.web.jobs.tables import METADATA, REMINDED
from desirepath.web.letters.task_letters import TaskLetter, put_back, tasks_to_tell
from desirepath.web.talk.reminders import Reminder, due_reminders

HOUR_US = 3_600 * 1_000_000
FORMAT = "desirepath/reminder/1"


@dataclass(frozen=True, slots=True)
class ReviewLetter:
    """That a map is due for review.

    Attributes:
        reminder: The map.
        address: Of its review in browsers, "" where nobody said.
        language: Of the letter: that of the map.
    """

    reminder: Reminder
    address: str = ""
    language: str = "en"

    @property
    def subject(self) -> str:
        """Subject of a letter, one line without control characters."""
        title = "".join(one if one.isprintable() else " " for one in self.reminder.title)  # fmt: skip
        return self._say("reminder.subject", title=title[:MOST_LETTERS])

    @property
    def text(self) -> str:
        """The letter as plain text."""
        return "\n".join([*self._lines(), "", self.address, ""] if self.address else [*self._lines(), ""])  # fmt: skip

    @property
    def html(self) -> str:
        """The letter as HTML; nothing in it is taken for markup or loads from elsewhere."""
        told = "".join(f"<p>{_safe(one)}</p>" for one in self._lines())
        link = f'<p><a href="{_safe(self.address)}">{_safe(self.address)}</a></p>' if self.address else ""  # fmt: skip
        speech = Numerals(self.language)
        way = ' dir="rtl"' if speech.is_rtl else ""
        return f'<!doctype html><html lang="{speech.language}"{way}><meta charset="utf-8"><body>{told}{link}</body></html>'

    def body(self) -> bytes:
        """What a webhook gets."""
        told = {"format": FORMAT, **asdict(self.reminder), "address": self.address}
        return json.dumps(told, ensure_ascii=False).encode()

    def _lines(self) -> list[str]:
        one = self.reminder
        lines = [self._say("reminder.head", title=one.title, day=day(one.due))]
        if one.owner:
            lines.append(self._say("reminder.owner", who=one.owner))
        if one.unverified or one.stale:
            lines.append(
                self._say("reminder.open", unverified=one.unverified, stale=one.stale)
            )
        return lines

    def _say(self, key: str, **parts: Part) -> str:
        return str(say(Phrase(key, **parts), self.language))


@dataclass(slots=True)
class Reminders:
    """Looks once an hour which tasks are due and which maps for review, and tells of each once for each day it is due.

    Attributes:
        engine: The database: it keeps what was told, so that one of several servers tells it.
        sending: Where to.
        now_us: Clock, microseconds since 1970 UTC.
        say: Where the server tells of itself.
        language: Language of a map, by its id.
        zone: Whose days count.
    """

    engine: Engine
    sending: Sending
    now_us: Callable[[], int]
    say: Say
    language: Callable[[str], str] = lambda _: "en"
    zone: tzinfo = UTC
    _next_us: int = 0

    def __post_init__(self) -> None:
        if not self.engine.url.database:  # in memory
            METADATA.create_all(self.engine)

    def look(self) -> None:
        """Begin to look, where an hour has passed; in a thread, because all maps are read."""
        now_us = self.now_us()
        if now_us < self._next_us:
            return
        self._next_us = now_us + HOUR_US
        threading.Thread(target=self._look, daemon=True, name="reminders").start()

    def _look(self) -> None:
        try:
            self.tell_due()
        except (SQLAlchemyError, DesirepathError) as error:
            self.say("reminders wait", error=type(error).__name__)

    def tell_due(self) -> int:
        """Tell of all that is due and was not told yet; how many letters that were."""
        told = self._tell_tasks()
        for one in due_reminders(self.engine, self._today()):
            if self._take(one):
                if self._tell(one):
                    told += 1
                else:  # the next look tries again
                    self._forget(one)
        return told

    def _take(self, one: Reminder) -> bool:
        """Whether nobody has told of it yet; from now on somebody has."""
        row = {"due": one.due, "at_us": self.now_us()}
        mine = REMINDED.c.map == one.map
        with self.engine.begin() as connection:
            other = update(REMINDED).where(mine, REMINDED.c.due != one.due).values(**row)  # fmt: skip
            if connection.execute(other).rowcount:
                return True
            if connection.execute(select(REMINDED.c.map).where(mine)).first():
                return False
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(REMINDED), row | {"map": one.map})
        except IntegrityError:  # another server was quicker
            return False
        return True

    def _forget(self, one: Reminder) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(REMINDED).where(REMINDED.c.map == one.map))

    def _today(self) -> date:
        return day_of(self.now_us(), self.zone)

    def _tell_tasks(self) -> int:
        """Tell of tasks that are due; how many letters that were."""
        told = 0
        for tasks in tasks_to_tell(self.engine, self._today()):
            map_id, write = tasks[0].map, partial(TaskLetter, tasks)
            if self._send(map_id, "discussion", write):
                told += 1
            else:
                put_back(self.engine, tasks)
        return told

    def _tell(self, one: Reminder) -> bool:
        return self._send(one.map, "discussion/review", partial(ReviewLetter, one))

    def _send(
        self, map_id: str, page: str, write: Callable[[str, str], Letter]
    ) -> bool:
        """Send a letter by every way; False where none took it."""
        mail, hook = self.sending.mail, self.sending.hook
        language = self.language(map_id)
        done = []
        if mail is not None:
            letter = write(_page(mail.address, map_id, page), language)
            done.append(self._try("mail", lambda: send_mail(mail, letter)))
        if hook is not None:
            told = write(_page(hook.address, map_id, page), language)
            now_s = self.now_us() // 1_000_000
            done.append(self._try("webhook", lambda: send_hook(hook, told, now_s)))
        return any(done)

    def _try(self, way: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except (OSError, ValueError, DesirepathError) as error:
            self.say("reminder not sent", way=way, error=str(error)[:300])
            return False
        self.say("reminder sent", way=way)
        return True


def remind(runner: Runner) -> None:
    """Let a runner look for what is due as well, where its project names an address.

    Raises:
        WebError: E769 what stands there cannot be used.
    """
    sending = read_sending(runner.project / FILE, runner.environment)
    if not (sending.mail or sending.hook):
        return
    language = partial(language_of, runner.log)
    reminders = Reminders(runner.log.engine, sending, runner.now_us, runner.say, language, runner.zone)  # fmt: skip
    before = runner.each_look

    def each_look() -> None:
        before()
        reminders.look()

    runner.each_look = each_look


def _page(address: str, map_id: str, page: str) -> str:
    """Address of a page of a map in browsers, "" where nobody said where the server is."""
    where = f"#/maps/{quote(map_id, safe='')}/{page}"
    return f"{address}/{where}" if address else ""


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
