"""How often somebody may try in vain to come in: five times a minute a name, twenty times an address."""

from __future__ import annotations

from collections import deque

from desirepath.errors import Problem, WebError

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
MOST_OF_NAME = 5
MOST_OF_ADDRESS = 20
MOST_KNOWN = 100_000


class TooManyError(WebError):
    """Too many tries.

    Args:
        wait_us: After how long another one is allowed.
    """

    def __init__(self, wait_us: int) -> None:
        self.wait_s = -(-wait_us // SECOND_US)
        hint = f"Wait {self.wait_s} seconds."
        super().__init__(Problem("E709", "too many tries", hint=hint))


class Throttle:
    """Tries of the last minute, in memory."""

    def __init__(self) -> None:
        self._tries: dict[tuple[str, str], deque[int]] = {}

    def refuse_many(self, address: str, name: str, now_us: int) -> None:
        """Count a try.

        Raises:
            TooManyError: E709 there were too many in the last minute.
        """
        self._forget_old(now_us)
        tries = (
            (self._recent(_of_name(name), now_us), MOST_OF_NAME),
            (self._recent(("address", address), now_us), MOST_OF_ADDRESS),
        )
        waits = [one[-most] + MINUTE_US - now_us for one, most in tries if len(one) >= most]  # fmt: skip
        if waits:
            raise TooManyError(max(waits))
        for one, _ in tries:
            one.append(now_us)

    def refuse_more(self, who: str, most: int, now_us: int) -> None:
        """Count something somebody does, of which there may be so many a minute.

        Raises:
            TooManyError: E709 there were too many in the last minute.
        """
        self._forget_old(now_us)
        done = self._recent(("does", who), now_us)
        if len(done) >= most:
            raise TooManyError(done[-most] + MINUTE_US - now_us)
        done.append(now_us)

    def refuse_address(self, address: str, now_us: int) -> None:
        """Count a try of somebody without a name.

        Raises:
            TooManyError: E709 there were too many from this address in the last minute.
        """
        self._forget_old(now_us)
        tries = self._recent(("address", address), now_us)
        if len(tries) >= MOST_OF_ADDRESS:
            raise TooManyError(tries[-MOST_OF_ADDRESS] + MINUTE_US - now_us)
        tries.append(now_us)

    def forgive(self, address: str, name: str) -> None:
        """Count the try of somebody who came in no longer: many come in by one link, from one network."""
        for key in (_of_name(name), ("address", address)):
            if self._tries.get(key):
                self._tries[key].pop()

    def _forget_old(self, now_us: int) -> None:
        """Keep only tries of the last minute, once there are very many."""
        if len(self._tries) > MOST_KNOWN:
            self._tries = {
                key: tries
                for key, tries in self._tries.items()
                if tries and tries[-1] > now_us - MINUTE_US
            }

    def _recent(self, key: tuple[str, str], now_us: int) -> deque[int]:
        tries = self._tries.setdefault(key, deque())
        while tries and tries[0] <= now_us - MINUTE_US:
            tries.popleft()
        return tries


def _of_name(name: str) -> tuple[str, str]:
    """Names are told apart as accounts are: another space makes no other one."""
    return "name", " ".join(name.split()).casefold()
