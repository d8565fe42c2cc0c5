"""Steps of long work, named for whoever watches: a terminal, a time table. Nobody watching costs nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Protocol


class Watcher(Protocol):
    """Is told of steps; a step may hold others."""

    def begin(self, name: str) -> None:
        """A step begins."""

    def end(self) -> None:
        """The step that began last ends, or fails."""


_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """One step, as a `with` block or as a decorator of a function.

    Args:
        name: What is done, in words for a person: ``reading events``.
    """
    watcher = _WATCHER.get()
    if watcher is None:
        yield
        return
    watcher.begin(name)
    try:
        yield
    finally:
        watcher.end()


@contextlib.contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tell a watcher of all steps within the block.

    Examples:
        >>> class Printer:
        ...     def begin(self, name):
        ...         print("begin", name)
        ...     def end(self):
        ...         print("end")
        >>> with watched(Printer()), step("measuring"):
        ...     pass
        begin measuring
        end
    """
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)
