"""How often somebody may try to come in: five times a minute a name, twenty times an address."""

from __future__ import annotations

from collections import deque

from desirepath.errors import Problem, WebError

MINUTE_US = 60_000_000
MOST_OF_NAME = 5
MOST_OF_ADDRESS = 20
MOST_KNOWN = 100_000


class Throttle:
    """Tries of the last minute, in memory."""

    def __init__(self) -> None:
        self._tries: dict[tuple[str, str], deque[int]] = {}

    def refuse_many(self, address: str, name: str, now_us: int) -> None:
        """Count a try.

        Raises:
            WebError: E709 there were too many in the last minute.
        """
        by_name = self._recent(("name", name.casefold()), now_us)
        by_address = self._recent(("address", address), now_us)
        if len(by_name) >= MOST_OF_NAME or len(by_address) >= MOST_OF_ADDRESS:
            what = "too many tries"
            raise WebError(Problem("E709", what, hint="Wait a minute."))
        by_name.append(now_us)
        by_address.append(now_us)

    def forget(self, name: str) -> None:
        """Begin anew for somebody who came in."""
        self._tries.pop(("name", name.casefold()), None)

    def _recent(self, key: tuple[str, str], now_us: int) -> deque[int]:
        if len(self._tries) > MOST_KNOWN:
            self._tries.clear()
        tries = self._tries.setdefault(key, deque())
        while tries and tries[0] <= now_us - MINUTE_US:
            tries.popleft()
        return tries
