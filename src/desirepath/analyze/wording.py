"""Numbers as a manager reads them, and how sure a finding is. Computes nothing."""

from __future__ import annotations

from desirepath.analyze.finding import Finding

FULL = 100.0
UNITS_S = (("days", 86400.0), ("hours", 3600.0), ("minutes", 60.0))
ALMOST, VERY = 0.001, 0.01
FEW = 30
SMALL = 10.0

ASSOCIATION = (
    "Seen together, not shown as the cause: those who meet it may differ in other ways."
)
EXPERIMENT = (
    "Change it for a random half of the customers and compare, or ask some of them why."
)


def percent(share: float | None) -> str:
    """Share as whole percent, with a decimal where it is small.

    Examples:
        >>> percent(0.234), percent(0.0123), percent(0.001), percent(None)
        ('23 %', '1.2 %', '0.1 %', '–')
    """
    if share is None:
        return "–"
    value = share * FULL
    digits = 1 if 0 < abs(value) < SMALL else 0
    return f"{value:.{digits}f}".removesuffix(".0") + " %"


def points(difference: float) -> str:
    """Difference of two shares in points.

    Examples:
        >>> points(0.123), points(-0.01)
        ('+12 points', '-1 points')
    """
    value = difference * FULL
    digits = 1 if abs(value) < SMALL else 0
    return f"{value:+.{digits}f}".removesuffix(".0") + " points"


def duration(seconds: float | None) -> str:
    """Time in the unit a person would choose.

    Examples:
        >>> duration(5400), duration(86400), duration(42), duration(None)
        ('1.5 hours', '1 day', '42 seconds', '–')
    """
    if seconds is None:
        return "–"
    for unit, size in UNITS_S:
        if abs(seconds) >= size:
            number = f"{seconds / size:.1f}".removesuffix(".0")
            return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
    return f"{seconds:.0f} seconds"


def people(count: int) -> str:
    """Number of cases in words.

    Examples:
        >>> people(1), people(1234)
        ('1 case', '1,234 cases')
    """
    return f"{count:,} case" + ("" if count == 1 else "s")


def value_words(value: float | None, unit: str, *, is_difference: bool = False) -> str:
    """A value with its unit.

    Examples:
        >>> value_words(-0.12, "share", is_difference=True), value_words(-0.8, "emotion")
        ('-12 points', '-0.8')
    """
    if value is None:
        return "–"
    if unit == "share":
        return points(value) if is_difference else percent(value)
    if unit == "s":
        return duration(value)
    if unit == "count":
        return f"{value:,.0f}"
    return f"{value:+z.1f}" if unit == "emotion" else f"{value:.1f}"


def effect_words(finding: Finding) -> str:
    """The effect of a finding with its interval.

    Examples:
        >>> one = Finding("a", "A1", "map", "map", "", 5, 0.1, -0.12, "share", -0.2, -0.05, 80, 0.1, p=0.01)
        >>> effect_words(one)
        '-12 points (-20 to -5)'
    """
    if finding.value is None:
        return ""
    is_difference = finding.unit == "share" and (
        finding.value < 0 or finding.is_difference
    )
    told = value_words(finding.value, finding.unit, is_difference=is_difference)
    if finding.low is None or finding.high is None:
        return told
    ends = [
        value_words(end, finding.unit, is_difference=is_difference)
        for end in (finding.low, finding.high)
    ]
    bare = [
        end.removesuffix(" points").removesuffix(" %")
        if finding.unit == "share"
        else end
        for end in ends
    ]
    tail = " %" if ends[1].endswith(" %") else ""
    return f"{told} ({bare[0]} to {bare[1]}{tail})"


def how_sure(finding: Finding) -> str:
    """How sure it is that the finding is no accident of this data.

    Examples:
        >>> one = Finding("a", "A1", "map", "map", "", 5, 0.1, 0.1, "share", 0.0, 0.2, 80, 0.1, p=0.0001, p_adjusted=0.0004)
        >>> how_sure(one)
        'almost certain'
    """
    if finding.p_adjusted is not None:
        if finding.p_adjusted <= ALMOST:
            return "almost certain"
        return "very likely" if finding.p_adjusted <= VERY else "likely"
    if finding.n < FEW:
        return f"a hint (n {finding.n})"
    return "counted"
