"""Numbers rounded so that they stay on their side of nothing, of all and of a limit. Says no word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

FULL = 100.0
MOST = 3  # decimals; what would need more is told by the limit it is near
NEAR = 1e-9
TENTH = 0.1
EXACT = 15  # digits of a number that are its own
LARGE = 1e15


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number as it is shown.

    Attributes:
        mark: "<" or ">" where it is so near a limit that digits do not tell it apart, else "".
        value: The number, or that limit.
        digits: Decimals that it needs at most.
    """

    mark: Literal["", "<", ">"]
    value: float
    digits: int


def rounded(value: float, digits: int, limits: Iterable[float] = ()) -> Rounded:
    """A number with as many decimals as asked for, or more where it would touch a limit it does not touch.

    Halves go away from zero, as browsers have them.

    Args:
        value: The number.
        digits: Decimals that it has at least.
        limits: Numbers it must not be taken for, nor for one of their other side.

    Examples:
        >>> rounded(0.004, 1), rounded(-0.004, 1, [0])
        (Rounded(mark='', value=0.0, digits=1), Rounded(mark='', value=-0.004, digits=3))
        >>> rounded(19.96, 0, [20]).value, rounded(20.0, 0, [20]).value, rounded(-1e-6, 1, [0]).mark
        (19.96, 20.0, '<')
        >>> rounded(1234567890123.45, 1).value, rounded(float("inf"), 1).value
        (1234567890123.5, inf)
    """
    plain = _clean(value)
    apart = [one for one in map(_clean, limits) if abs(plain - one) > NEAR]
    for decimals in range(digits, max(digits, MOST) + 1):
        shown = _at(plain, decimals)
        if all(_side(shown, one) == _side(plain, one) for one in apart):
            return Rounded("", shown, decimals)
    limit = min(apart, key=lambda one: abs(plain - one))
    return Rounded("<" if plain < limit else ">", limit, max(digits, MOST))


def rounded_percent(
    share: float, limits: Iterable[float] = (), digits: int = 0
) -> Rounded:
    """A share in percent: whole, with a decimal near the ends; some are never shown as none, nor as all.

    Args:
        share: Between 0 and 1.
        limits: As `rounded`, as shares.
        digits: Decimals that it has at least.

    Examples:
        >>> [rounded_percent(one).value for one in (0.234, 0.004, 0.997, 0.125, 0.0, 1.0)]
        [23.0, 0.4, 99.7, 13.0, 0.0, 100.0]
        >>> rounded_percent(0.0002), rounded_percent(0.9997)
        (Rounded(mark='<', value=0.1, digits=1), Rounded(mark='>', value=99.9, digits=1))
    """
    value = _clean(share * FULL)
    is_near_end = 0 < value < 1 or FULL - 1 < value < FULL
    kept = [one * FULL for one in limits if 0 < one < 1]
    if value < 0:  # a difference, which has another unit as a rule
        kept.append(0.0)
    found = rounded(value, max(digits, int(is_near_end)), kept)
    if value > NEAR and found.value <= 0:
        return Rounded("<", TENTH, 1)
    if value < FULL - NEAR and found.value >= FULL:
        return Rounded(">", FULL - TENTH, 1)
    return found


def kept_limits(
    low: float | None, high: float | None, limits: Iterable[float] = ()
) -> tuple[float, ...]:
    """Limits a value must keep its side of: nothing and those given, as far as its interval does not hold them.

    Examples:
        >>> kept_limits(0.1, 0.3, [0.2]), kept_limits(0.1, 0.3, [0.5]), kept_limits(None, None, [0.5])
        ((0.0,), (0.0, 0.5), ())
    """
    if low is None and high is None:
        return ()
    return tuple(
        one
        for one in (0.0, *limits)
        if (low is not None and one < low) or (high is not None and one > high)
    )


def _clean(value: float) -> float:
    """The number without the dust of its last digits: 0.29 × 100 is 29."""
    return float(f"{value:.{EXACT}g}")


def _at(value: float, digits: int) -> float:
    if not abs(value) < LARGE:  # nor is there anything to round
        return value
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP))


def _side(value: float, limit: float) -> int:
    return (value > limit) - (value < limit)
