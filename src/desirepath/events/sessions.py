"""How long customers wait between two events, and the silence that parts one visit from the next. Cuts nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.events.cases import by_customer
from desirepath.events.schema import fail
from desirepath.events.sequences import Sequences
from desirepath.events.times import duration_us

FloatArray: TypeAlias = NDArray[np.floating[Any]]

# Silences a person would name; the valley is rounded to the nearest of them
GAPS = (
    *("1m", "2m", "3m", "5m", "10m", "15m", "20m", "30m", "45m"),
    *("1h", "90m", "2h", "3h", "4h", "6h", "8h", "12h", "18h"),
    *("1d", "36h", "2d", "3d", "4d", "5d", "7d", "10d", "14d", "21d"),
    *("30d", "45d", "60d", "90d", "120d", "180d", "365d"),
)
US_PER_S = 1_000_000
MIN_WAITS = 50
CELLS_PER_DECADE = 40
SMOOTH_CELLS = 5.0  # an eighth of a decade: factor 1.33
FROM_DECADE, TO_DECADE = 0, 8  # 1 s to 3 years
LEAST_GAP_S = 60.0
LEAST_DEPTH = 0.3
LEAST_SIGMAS = 3.0
FLAT = 0.05  # cells this much above the bottom belong to it
BARS_PER_DECADE = 3


@dataclass(frozen=True, slots=True)
class WaitBar:
    """One bar of the histogram of waits.

    Attributes:
        from_s: Shortest wait in it, seconds.
        to_s: Longest, not included.
        count: Waits.
        is_valley: The gap lies in it.
    """

    from_s: float
    to_s: float
    count: int
    is_valley: bool


@dataclass(frozen=True, slots=True)
class Valley:
    """A silence that few waits last: shorter ones lie within a visit, longer ones between two.

    Attributes:
        gap: The silence as a person would name it: ``30m``.
        gap_s: The same in seconds.
        bottom_s: Middle of the bottom of the valley, before rounding.
        depth_share: How far the bottom lies below the lower of the two hills beside it, 0 to 1.
        longer_share: Share of the waits that are longer than the gap.
    """

    gap: str
    gap_s: float
    bottom_s: float
    depth_share: float
    longer_share: float


def customer_waits_s(sequences: Sequences) -> FloatArray:
    """float64[n], seconds between successive events of a customer, over all their cases.

    Waits below a second say nothing about visits and are left out.
    """
    whole = by_customer(sequences)
    waits = np.diff(whole.times_us)
    inside = np.ones(len(waits), dtype=np.bool_)
    inside[whole.offsets[1:-1] - 1] = False
    return np.asarray(waits[inside & (waits >= US_PER_S)] / US_PER_S)


def find_valley(waits_s: FloatArray) -> Valley | None:
    """Deepest valley of the histogram of the logarithm of waits; None where there is none.

    The histogram is smoothed by an eighth of a decade. A valley counts if it is a minute or more,
    30 % below the lower of the hills beside it, and below it by three standard errors.

    Args:
        waits_s: float64[n], seconds.

    Examples:
        >>> rng = np.random.default_rng(1)
        >>> within, between = rng.lognormal(3, 1, 4000), rng.lognormal(11, 1, 1000)
        >>> find_valley(np.concatenate([within, between])).gap
        '30m'
    """
    if len(waits_s) < MIN_WAITS:
        return None
    cells = (TO_DECADE - FROM_DECADE) * CELLS_PER_DECADE
    counts, edges = np.histogram(np.log10(waits_s), cells, (FROM_DECADE, TO_DECADE))
    smooth = _smoothed(counts)
    hill = np.minimum(
        np.maximum.accumulate(smooth), np.maximum.accumulate(smooth[::-1])[::-1]
    )
    drop = hill - smooth
    is_one = (
        (edges[:-1] >= np.log10(LEAST_GAP_S))
        & (drop > LEAST_DEPTH * hill)
        & (drop > LEAST_SIGMAS * np.sqrt(hill + smooth))
    )
    if not is_one.any():
        return None
    # deep in share and in number: a ripple between two high hills is no valley between visits
    bottom = int(np.argmax(np.where(is_one, drop**2 / np.maximum(hill, 1e-9), -1.0)))
    middle = _middle_of_bottom(smooth, hill, bottom)
    bottom_s = float(10 ** (FROM_DECADE + (middle + 0.5) / CELLS_PER_DECADE))
    gap = nearest_gap(bottom_s)
    gap_s = duration_us(gap) / US_PER_S
    return Valley(
        gap,
        gap_s,
        bottom_s,
        float(drop[bottom] / hill[bottom]),
        float(np.mean(waits_s > gap_s)),
    )


def choose_gap(sequences: Sequences) -> Valley:
    """Valley of the waits of the customers.

    Raises:
        EventsError: E280 if there are no times, E282 if the waits show no valley.
    """
    if not sequences.has_times:
        raise fail(
            "E280",
            "cases cannot be cut by a gap: the events have no times",
            hint="Cut by a column or at a goal instead.",
        )
    waits_s = customer_waits_s(sequences)
    valley = find_valley(waits_s)
    if valley is None:
        raise fail(
            "E282",
            f"no gap can be chosen: the {len(waits_s):,} waits of customers show no valley between short and long ones",
            hint="Look at them with desirepath events cases, and give a gap such as --gap 30m.",
        )
    return valley


def nearest_gap(seconds: float) -> str:
    """The silence of `GAPS` nearest to a duration, by ratio.

    Examples:
        >>> nearest_gap(1700), nearest_gap(100_000)
        ('30m', '1d')
    """
    known_s = np.array([duration_us(gap) / US_PER_S for gap in GAPS])
    return GAPS[int(np.argmin(np.abs(np.log(known_s / seconds))))]


def wait_bars(waits_s: FloatArray, gap_s: float | None) -> tuple[WaitBar, ...]:
    """Histogram of waits, three bars a decade, from the shortest to the longest wait.

    Args:
        waits_s: float64[n], at least a second each.
        gap_s: Where the valley lies, if there is one.
    """
    if not len(waits_s):
        return ()
    bins = (TO_DECADE - FROM_DECADE) * BARS_PER_DECADE
    counts, edges = np.histogram(np.log10(waits_s), bins, (FROM_DECADE, TO_DECADE))
    used = np.flatnonzero(counts)
    bounds = (10**edges).tolist()
    return tuple(
        WaitBar(
            bounds[bar],
            bounds[bar + 1],
            int(counts[bar]),
            gap_s is not None and bounds[bar] <= gap_s < bounds[bar + 1],
        )
        for bar in range(int(used.min(initial=0)), int(used.max(initial=-1)) + 1)
    )


def _smoothed(counts: NDArray[np.int64]) -> FloatArray:
    """Counts within the width of a Gaussian kernel, so that their errors are those of counts."""
    reach = np.arange(-4 * SMOOTH_CELLS, 4 * SMOOTH_CELLS + 1)
    kernel = np.exp(-0.5 * (reach / SMOOTH_CELLS) ** 2)
    # a sum of counts with these weights has the relative error of as many counts as this scale gives
    scale = kernel.sum() / (kernel**2).sum()
    return np.asarray(np.convolve(counts, kernel * scale, mode="same"))


def _middle_of_bottom(smooth: FloatArray, hill: FloatArray, bottom: int) -> float:
    """Middle of the cells around the bottom that are hardly higher: a wide valley is cut in its middle."""
    low = smooth <= smooth[bottom] + FLAT * hill[bottom]
    left = right = bottom
    while left > 0 and low[left - 1]:
        left -= 1
    while right + 1 < len(low) and low[right + 1]:
        right += 1
    return (left + right) / 2
