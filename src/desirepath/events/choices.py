"""What each choice of case gives, side by side, so that a person can choose. Decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from desirepath.events.cases import (
    by_customer,
    cut_at,
    cut_before,
    cut_by_gap,
    no_such_activity,
)
from desirepath.events.context import MIN_MOVES, context_starts
from desirepath.events.goals import goal_row
from desirepath.events.sequences import Sequences
from desirepath.events.sessions import (
    US_PER_S,
    Valley,
    WaitBar,
    customer_waits_s,
    find_valley,
    wait_bars,
)
from desirepath.events.times import duration_us

USUAL_GAPS = ("30m", "2h", "1d", "7d", "30d")


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """One way to say what a case is, and what it gives.

    Attributes:
        name: The way, for a person.
        options: Options that ask for it; "" for the columns as they are.
        case_count: Cases.
        median_length: Events of the middle case.
        p90_length: Events that nine of ten cases do not exceed.
        median_s: Seconds from the first to the last event of the middle case; None without times.
        p90_s: Seconds that nine of ten cases do not exceed; None without times.
        single_share: Share of the cases with one event.
        goal_share: Share of the cases that reach the goal; None where no goal is given.
    """

    name: str
    options: str
    case_count: int
    median_length: float
    p90_length: float
    median_s: float | None
    p90_s: float | None
    single_share: float
    goal_share: float | None


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """Choices of case for one log.

    Attributes:
        choices: What each gives, the columns as they are first.
        customer_count: Customers.
        event_count: Events; the same for every choice.
        bars: Histogram of the waits of customers.
        valley: Gap chosen from it; None where it shows no valley.
    """

    choices: tuple[CaseChoice, ...]
    customer_count: int
    event_count: int
    bars: tuple[WaitBar, ...]
    valley: Valley | None

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def compare_cases(
    sequences: Sequences, *, goal: str | None = None, gaps: Sequence[str] = ()
) -> CaseChoices:
    """What each choice of case gives for events whose cases are those of the columns.

    Args:
        sequences: Cases as the columns say, not cut yet.
        goal: Activity that shows success, ``*`` for any letters, or several in order: ``basket > pay``.
        gaps: Silences to show besides the usual ones and the one of the valley.

    Raises:
        EventsError: E230 if a gap is no duration, E281 if no activity matches the goal.

    Examples:
        >>> from desirepath.events.read import read_events
        >>> log = read_events({
        ...     "session_id": np.array(["a", "a", "b"]),
        ...     "user_id": np.array(["u", "u", "u"]),
        ...     "event": np.array(["home", "buy", "home"]),
        ...     "timestamp": np.array(["2024-01-02 10:00", "2024-01-02 10:05", "2024-01-03 09:00"]),
        ... })
        >>> [(one.name, one.case_count) for one in compare_cases(log).choices[:3]]
        [('as the columns say', 2), ('all of a customer', 1), ('silence of 30m', 2)]
    """
    whole = by_customer(sequences)
    waits_s = customer_waits_s(sequences) if sequences.has_times else np.zeros(0)
    valley = find_valley(waits_s)
    ways: list[tuple[str, str, Callable[[], Sequences]]] = [
        ("as the columns say", "", lambda: sequences)
    ]
    if whole.case_count < sequences.case_count:
        ways.append(("all of a customer", "--case CUSTOMER-COLUMN", lambda: whole))
    if sequences.has_times:
        ways += [_by_gap(whole, gap, valley) for gap in _gaps(gaps, valley)]
        if whole.event_count - whole.case_count >= MIN_MOVES:
            ways.append(
                (
                    "by wait and context",
                    "--gap context",
                    lambda: cut_before(whole, context_starts(whole)),
                )
            )
    if goal is not None:
        row = goal_row(goal, sequences.activities, sequences.channels)
        if not row.is_known:
            raise no_such_activity(row.missing or (goal,), sequences)
        if (
            len(row.patterns) == 1
        ):  # a row cannot end a case: what begins it may lie far back
            ends = "a customer's events up to the goal"
            ways.append((ends, f'--ends-with "{goal}"', lambda: cut_at(whole, [goal])))
    return CaseChoices(
        tuple(_choice(name, options, cut(), goal) for name, options, cut in ways),
        whole.case_count,
        whole.event_count,
        wait_bars(waits_s, valley.gap_s if valley else None),
        valley,
    )


def _gaps(given: Sequence[str], valley: Valley | None) -> list[str]:
    """Silences to show, the shortest first, each once."""
    own = [valley.gap] if valley else []
    by_length = {duration_us(gap): gap for gap in (*given, *own, *USUAL_GAPS)}
    return [gap for _, gap in sorted(by_length.items())]


def _by_gap(
    whole: Sequences, gap: str, valley: Valley | None
) -> tuple[str, str, Callable[[], Sequences]]:
    is_valley = valley is not None and duration_us(gap) == duration_us(valley.gap)
    return (
        f"silence of {gap}" + (", the valley" if is_valley else ""),
        "--gap auto" if is_valley else f"--gap {gap}",
        lambda: cut_by_gap(whole, duration_us(gap) / US_PER_S),
    )


def _choice(name: str, options: str, cut: Sequences, goal: str | None) -> CaseChoice:
    """What one choice gives."""
    lengths = cut.lengths
    span_s = (
        (cut.times_us[cut.offsets[1:] - 1] - cut.starts_us) / US_PER_S
        if cut.has_times
        else None
    )
    reached = None
    if goal is not None:
        row = goal_row(goal, cut.activities, cut.channels)
        reached = float((row.first_in_case(cut) >= 0).mean())
    return CaseChoice(
        name,
        options,
        cut.case_count,
        float(np.median(lengths)),
        float(np.percentile(lengths, 90)),
        None if span_s is None else float(np.median(span_s)),
        None if span_s is None else float(np.percentile(span_s, 90)),
        float(np.mean(lengths == 1)),
        reached,
    )
