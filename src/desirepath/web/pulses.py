"""Whether another server is still at work: told by what it writes while we look on, never by its clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

DEAD_S = 30.0  # whoever wrote nothing for so long has ended


@dataclass(slots=True)
class Pulses:
    """What others wrote last, and when we first saw it.

    Attributes:
        clock_s: Clock that nobody can move.
    """

    clock_s: Callable[[], float] = time.monotonic
    _seen: dict[str, tuple[Hashable, float]] = field(default_factory=dict)

    def stopped(self, beats: Mapping[str, Hashable]) -> frozenset[str]:
        """Names whose beat has been the same for too long; names that are not given are forgotten.

        Args:
            beats: What each wrote last.
        """
        now_s = self.clock_s()
        self._seen = {
            name: seen
            if (seen := self._seen.get(name)) is not None and seen[0] == beat
            else (beat, now_s)
            for name, beat in beats.items()
        }
        return frozenset(
            name for name, (_, since) in self._seen.items() if now_s - since >= DEAD_S
        )
