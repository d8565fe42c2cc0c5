"""Who is still at work is told by what it writes, not by anybody's clock."""

from __future__ import annotations

from desirepath.web.pulses import DEAD_S, Pulses


def test_only_who_writes_nothing_new_has_ended() -> None:
    time_s = 0.0
    pulses = Pulses(lambda: time_s)
    # one goes on by a clock far behind, the other stands still by one far ahead
    assert pulses.stopped({"goes on": 1, "stands": 10**18}) == frozenset()
    time_s = DEAD_S - 1
    assert pulses.stopped({"goes on": 2, "stands": 10**18}) == frozenset()
    time_s = DEAD_S + 1
    assert pulses.stopped({"goes on": 2, "stands": 10**18}) == {"stands"}
    # a new beat of it, and one of somebody who had been forgotten
    assert pulses.stopped({"stands": 3}) == frozenset()
    assert pulses.stopped({"goes on": 2}) == frozenset()
