"""Sockets that do not wait forever for a page that reads no more."""

from __future__ import annotations

from asyncio import TimerHandle
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

STALLED_S = 30.0


class Patient(WebSocketsSansIOProtocol):
    """A socket that is cut when nothing of what it was sent is read for 30 seconds.

    Closing politely would wait until everything is sent, which never happens. The page, if there is
    one, comes back with the number of the last edit it knows.
    """

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._cut: TimerHandle | None = None

    def pause_writing(self) -> None:
        """The page reads more slowly than it is told."""
        super().pause_writing()
        self._cut = self.loop.call_later(STALLED_S, self._abort)

    def resume_writing(self) -> None:
        """It has read."""
        super().resume_writing()
        self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._stop_waiting()
        super().connection_lost(exc)

    def keepalive_timeout(self) -> None:
        """It does not answer."""
        super().keepalive_timeout()
        self._abort()

    def _stop_waiting(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None

    def _abort(self) -> None:
        self.transport.abort()
