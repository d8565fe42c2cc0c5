"""By: drafts for each value of a segment, and where their customers differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypedDict, Unpack

import numpy as np

from desirepath.discover.discovery import Discovery
from desirepath.discover.draft import discover_maps
from desirepath.discover.words import unique_ids
from desirepath.errors import CheckError, Problem, did_you_mean
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Segment, Sequences
from desirepath.events.told import Told
from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import effective_n_ratio, number_clusters
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.significance import two_shares

MIN_CASES = 100
MIN_DIFFERENCE = 0.05
FALSE_DISCOVERY_RATE = 0.05


class Wishes(TypedDict, total=False):
    """Everything `discover_maps` may be told."""

    goal: str | None
    maps: int | None
    stages: int | None
    max_steps: int
    title: str | None
    words: Mapping[str, str] | None
    backstage: Sequence[str]
    told: Sequence[Told]
    since: dt.date | None
    until: dt.date | None
    rng: np.random.Generator | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An activity that the customers of some value show more or less often than all others.

    Attributes:
        activity: Its name.
        shares: Share of the cases that show it, for each value.
        stands_out: For each value, True where its share is shown to differ from that of the others.
    """

    activity: str
    shares: tuple[float, ...]
    stands_out: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class DiscoveredBy:
    """Drafts for each value of a segment.

    Attributes:
        segment: Name of the segment.
        values: Values with enough cases, the most frequent first.
        names: The same as parts of file names.
        drafts: What was discovered for each.
        too_few: Values with too few cases, and how many they have.
        differences: Where they differ, the largest difference first.
    """

    segment: str
    values: tuple[str, ...]
    names: tuple[str, ...]
    drafts: tuple[Discovery, ...]
    too_few: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "format": "desirepath/discovery-by/1",
            "segment": self.segment,
            "values": [
                {"value": value, **draft.to_dict()}
                for value, draft in zip(self.values, self.drafts, strict=True)
            ],
            "too_few": [{"value": value, "cases": n} for value, n in self.too_few],
            "differences": [
                {
                    "activity": one.activity,
                    "shares": [round(share, 4) for share in one.shares],
                    "stands_out": list(one.stands_out),
                }
                for one in self.differences
            ],
        }


def discover_by(
    sequences: Sequences, segment: str, **wishes: Unpack[Wishes]
) -> DiscoveredBy:
    """Draft maps for each value of a segment that has at least 100 cases.

    Args:
        sequences: The cases.
        segment: Name of the segment.
        wishes: As for `discover_maps`; one map for each value unless `maps` says otherwise.

    Raises:
        CheckError: E416 if there is no such segment, E417 if no value has enough cases, and those of
            `discover_maps`.
    """
    part = sequences.segments.get(segment)
    if part is None:
        raise CheckError(
            Problem(
                "E416",
                f'no segment is called "{segment}"',
                hint=did_you_mean(segment, sequences.segments)
                + " Name a column of the events with --segment to keep it.",
            )
        )
    counts = np.bincount(part.codes, minlength=len(part.values))
    order = [
        int(code) for code in np.argsort(-counts, kind="stable") if part.values[code]
    ]
    large = [code for code in order if counts[code] >= MIN_CASES]
    if not large:
        most = f"{part.values[order[0]]}: {counts[order[0]]:,}" if order else "none"
        raise CheckError(
            Problem(
                "E417",
                f'no value of "{segment}" has {MIN_CASES} cases',
                hint=f"The most frequent is {most}. Choose another segment.",
            )
        )
    names = unique_ids([part.values[code] for code in large])
    wishes.setdefault("maps", 1)
    drafts = [
        _titled(
            discover_maps(sequences.take(part.codes == code), **wishes),
            segment,
            part.values[code],
            name,
        )
        for code, name in zip(large, names, strict=True)
    ]
    return DiscoveredBy(
        segment=segment,
        values=tuple(part.values[code] for code in large),
        names=tuple(names),
        drafts=tuple(drafts),
        too_few=tuple(
            (part.values[code], int(counts[code]))
            for code in order
            if code not in large and counts[code]
        ),
        differences=_differences(sequences, part, np.array(large)),
    )


def _titled(found: Discovery, segment: str, value: str, name: str) -> Discovery:
    """The drafts with the value in their titles and ids."""
    maps = tuple(
        one.model_copy(
            update={
                "id": f"{one.id}-{name}",
                "title": f"{one.title} ({segment}: {value})",
            }
        )
        for one in found.maps
    )
    evidence = replace(found.evidence, map_id=maps[0].id)
    return replace(found, maps=maps, evidence=evidence)


def _differences(
    sequences: Sequences, segment: Segment, values: IntArray
) -> tuple[Difference, ...]:
    """Activities whose share of cases differs by five points, and shown to, between a value and the others."""
    names, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    codes = of_code[sequences.codes].astype(np.int64)
    pairs = kernels.distinct(codes * sequences.case_count + sequences.case_index())
    activity, case = pairs // sequences.case_count, pairs % sequences.case_count
    known = np.isin(segment.codes, values)
    sizes = np.array([(segment.codes == one).sum() for one in values], dtype=np.float64)
    hits = np.array(
        [
            np.bincount(activity[segment.codes[case] == one], minlength=len(names))
            for one in values
        ],
        dtype=np.float64,
    )
    shares = hits / sizes[:, None]
    wide = np.flatnonzero(np.ptp(shares, axis=0) >= MIN_DIFFERENCE)
    if len(values) == 1 or not len(wide):
        return ()
    customers = number_clusters(sequences.customers)
    p = np.array(
        [
            [_p(shown, segment.codes == value, known, customers) for value in values]
            for shown in (
                np.isin(np.arange(sequences.case_count), case[activity == one])
                for one in wide
            )
        ]
    )
    stands_out = benjamini_hochberg(p.ravel()).reshape(p.shape) <= FALSE_DISCOVERY_RATE
    found = [
        Difference(
            str(names[one]),
            tuple(float(share) for share in shares[:, one]),
            tuple(bool(flag) for flag in flags),
        )
        for one, flags in zip(wide, stands_out, strict=True)
        if flags.any()
    ]
    return tuple(sorted(found, key=lambda one: min(one.shares) - max(one.shares)))


def _p(
    shown: BoolArray, here: BoolArray, known: BoolArray, customers: IntArray
) -> float:
    """Probability of such a difference between a value and all others by chance; customers are the unit."""
    hits, sizes = [], []
    for group in (here, known & ~here):
        asked: FloatArray = group.astype(np.float64)
        share = float((shown & group).sum() / max(asked.sum(), 1.0))
        n = effective_n_ratio((shown & group).astype(np.float64), asked, customers)
        hits.append(share * n)
        sizes.append(n)
    return float(two_shares(hits[0], sizes[0], hits[1], sizes[1]))
