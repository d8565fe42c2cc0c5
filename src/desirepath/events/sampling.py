"""Whole cases chosen by their keys: the same ones wherever the events lie, as many as fit."""

from __future__ import annotations

from dataclasses import replace

from desirepath.errors import EventsError, Problem
from desirepath.events.sequences import Sequences

# What measuring holds in memory at once stays below 3 GB with as many.
MOST_EVENTS = 20_000_000
PARTS = 1000


def share_of(text: str) -> float:
    """Share that somebody wrote.

    Args:
        text: Such as ``10%`` or ``0.1``.

    Raises:
        EventsError: E287 if it is no share from 0.1 % to all.

    Examples:
        >>> share_of("10%"), share_of("0.5")
        (0.1, 0.5)
    """
    number = text.strip().removesuffix("%")
    try:
        share = float(number) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        share = 0.0
    if not 1 / PARTS <= share <= 1:
        what = f'"{text}" is no share of the cases'
        hint = "Write one from 0.1% to 100%, such as 10%."
        raise EventsError(Problem("E287", what, "--sample", hint))
    return share


def fitting_share(event_count: int) -> float:
    """Largest share of the cases, in thousandths, whose events can be measured in memory.

    Examples:
        >>> fitting_share(1_000_000), fitting_share(100_000_000)
        (1.0, 0.2)
    """
    if event_count <= MOST_EVENTS:
        return 1.0
    return max(MOST_EVENTS * PARTS // event_count, 1) / PARTS


def sample_cases(sequences: Sequences, share: float) -> Sequences:
    """The cases whose key falls below a share, the same ones on every engine; says so in its source.

    Args:
        sequences: The cases.
        share: Of the cases, 0.001 to 1; counted in thousandths.

    Returns:
        About this share of the cases, in memory. Shares and times measured on it hold for all, with
        intervals as wide as those of so few cases are.

    Examples:
        >>> from desirepath.events.simulate import Design, DesignStep, simulate_mixture
        >>> import numpy as np
        >>> design, rng = Design((DesignStep("a"),)), np.random.default_rng(1)
        >>> log = simulate_mixture([design], [1.0], 2000, rng).sequences
        >>> few = sample_cases(log, 0.1)
        >>> 150 < few.case_count < 250, few.source["sample"][:28]
        (True, '10 % of the cases, chosen by')
    """
    if share >= 1:
        return sequences
    few = sequences.take(sequences.case_keys % PARTS < round(share * PARTS))
    told = (
        f"{share * 100:g} % of the cases, chosen by their keys: {few.case_count:,} of"
        f" {sequences.case_count:,}; intervals are wider than those of all cases"
    )
    return replace(few, source={**sequences.source, "sample": told})
