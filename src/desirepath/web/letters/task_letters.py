"""Letters about tasks whose day has come: those of one map together, each task once for its day."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Engine

from desirepath.sentences.numerals import Numerals
from desirepath.sentences.phrase import Part, Phrase, day, say
from desirepath.web.jobs.digest import MOST_LETTERS
from desirepath.web.talk.reminders import DueTask, due_tasks
from desirepath.web.talk.tasks import forget_told, take_untold

FORMAT = "desirepath/tasks/1"


@dataclass(frozen=True, slots=True)
class TaskLetter:
    """That tasks of a map are due.

    Attributes:
        tasks: The tasks, all of one map, one at least.
        address: Of the discussion of the map in browsers, "" where nobody said.
        language: Of the letter: that of the map.
    """

    tasks: tuple[DueTask, ...]
    address: str = ""
    language: str = "en"

    @property
    def subject(self) -> str:
        """Subject of a letter, one line without control characters."""
        title = "".join(one if one.isprintable() else " " for one in self._title)
        count = len(self.tasks)
        return self._say("tasks.subject", title=title[:MOST_LETTERS], count=count)

    @property
    def text(self) -> str:
        """The letter as plain text."""
        lines = [self._head, "", *(f"- {one}" for one in self._lines()), ""]
        return "\n".join([*lines, self.address, ""] if self.address else lines)

    @property
    def html(self) -> str:
        """The letter as HTML; nothing in it is taken for markup or loads from elsewhere."""
        rows = "".join(f"<li>{_safe(one)}</li>" for one in self._lines())
        link = f'<p><a href="{_safe(self.address)}">{_safe(self.address)}</a></p>' if self.address else ""  # fmt: skip
        speech = Numerals(self.language)
        way = ' dir="rtl"' if speech.is_rtl else ""
        return f'<!doctype html><html lang="{speech.language}"{way}><meta charset="utf-8"><body><p>{_safe(self._head)}</p><ul>{rows}</ul>{link}</body></html>'

    def body(self) -> bytes:
        """What a webhook gets."""
        tasks = [asdict(one) for one in self.tasks]
        told = {"format": FORMAT, "map": self.tasks[0].map, "tasks": tasks, "address": self.address}  # fmt: skip
        return json.dumps(told, ensure_ascii=False).encode()

    @property
    def _title(self) -> str:
        return self.tasks[0].title

    @property
    def _head(self) -> str:
        return self._say("tasks.head", title=self._title)

    def _lines(self) -> Iterator[str]:
        for one in self.tasks:
            what = one.label or Phrase("tasks.unknown")
            who = one.name or Phrase("tasks.nobody")
            yield self._say("tasks.one", what=what, who=who, day=day(one.due))

    def _say(self, key: str, **parts: Part) -> str:
        return str(say(Phrase(key, **parts), self.language))


def tasks_to_tell(engine: Engine, today: date) -> Iterator[tuple[DueTask, ...]]:
    """Tasks that are due and of which nobody has told, by map; whoever takes them tells of them."""
    by_map: dict[str, list[DueTask]] = {}
    for one in due_tasks(engine, today):
        by_map.setdefault(one.map, []).append(one)
    for tasks in by_map.values():
        mine = tuple(one for one in tasks if take_untold(engine, one.thread, one.due))
        if mine:
            yield mine


def put_back(engine: Engine, tasks: tuple[DueTask, ...]) -> None:
    """The letter did not arrive: the next look tells of them."""
    for one in tasks:
        forget_told(engine, one.thread)


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
