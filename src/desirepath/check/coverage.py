"""Coverage: how many statements of a map are settled by fresh evidence, with the parts of the number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from desirepath.check.parts import Coverage
from desirepath.check.report import Verdict

USUAL_IMPORTANCE = 3
SETTLED = ("confirmed", "refuted", "mixed")


def coverage_of(verdicts: Sequence[Verdict]) -> Iterator[Coverage]:
    """Coverage of the map, then of each stage and of each lane, in map order.

    What the shape of the map claims does not count: nobody wrote it.
    """
    written = [one for one in verdicts if not one.is_implied]
    if not written:
        return
    yield _coverage("map", "", written)
    for stage in dict.fromkeys(one.stage for one in written if one.stage):
        yield _coverage("stage", stage, [one for one in written if one.stage == stage])
    for lane in dict.fromkeys(one.lane for one in written if one.lane):
        yield _coverage("lane", lane, [one for one in written if one.lane == lane])


def _coverage(
    kind: Literal["map", "stage", "lane"], name: str, verdicts: Sequence[Verdict]
) -> Coverage:
    words = Counter(one.verdict for one in verdicts)
    weights = [one.importance or USUAL_IMPORTANCE for one in verdicts]
    settled = sum(
        weight
        for one, weight in zip(verdicts, weights, strict=True)
        if one.verdict in SETTLED
    )
    return Coverage(
        kind,
        name,
        len(verdicts),
        words["confirmed"],
        words["refuted"],
        words["mixed"],
        words["stale"],
        words["unknown"],
        words["untestable"],
        settled / sum(weights),
    )
