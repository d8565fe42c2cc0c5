"""What is asked of aligned cases: one count per case, asked and hit. Knows no statistics and no map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from numpy import float64
from numpy.typing import NDArray

from desirepath.events.sequences import BoolArray, IntArray

MEDIAN = 0.5
P90 = 0.9


@dataclass(frozen=True, slots=True)
class ShareQuestion:
    """Of what is asked, how much is a hit.

    Attributes:
        subject: Ref of the element.
        measure: Name of the fact this becomes.
        asked: bool or int[n_cases], what each case adds below the line (1, or its moves).
        hits: bool or int[n_cases], what it adds above; never more than `asked`.
        target: The other side, where there is one.
        is_timed: Asked window by window; windows are put together until there are enough cases.
    """

    subject: str
    measure: str
    asked: BoolArray | IntArray
    hits: BoolArray | IntArray
    target: str = ""
    is_timed: bool = False


@dataclass(frozen=True, slots=True)
class TimeQuestion:
    """How long until the target, among cases that get there.

    Attributes:
        subject: Ref of the element.
        waits_s: float64[n_cases], seconds until the target, where it was reached.
        followed_s: float64[n_cases], seconds until observation ended, at least the wait.
        is_seen: bool[n_cases], True where the target was reached.
        asked: bool[n_cases], cases for which time runs.
        target: What is waited for.
        quantile: The quantile wanted.
        limit_s: Where given, the share of cases within this time is asked as well.
        had: bool[n_cases], cases in which the target occurs before time runs; None where it was not looked for.
    """

    subject: str
    waits_s: NDArray[float64]
    followed_s: NDArray[float64]
    is_seen: BoolArray
    asked: BoolArray
    target: str = ""
    quantile: float = MEDIAN
    limit_s: float | None = None
    had: BoolArray | None = None


@dataclass(frozen=True, slots=True)
class ScoreQuestion:
    """How good it was, by answers of customers.

    Attributes:
        subject: Ref of the element.
        measure: Name of the fact this becomes.
        values: float64[k], the answers.
        customers: int64[k], key of the customer of each answer.
        cases: int64[k], index of the case of each answer, -1 where it is about none that is known.
        target: ``emotion``, or the scale of the answers.
        is_nps: The values are answers from 0 to 10; the net promoter score is asked.
        is_whole: Asked of all cases together only.
        unit: Unit of the values; "" for that of the target.
        source: Where they come from.
    """

    subject: str
    measure: str
    values: NDArray[float64]
    customers: IntArray
    cases: IntArray
    target: str = "emotion"
    is_nps: bool = False
    is_whole: bool = False
    unit: str = ""
    source: str = "feedback"


Question: TypeAlias = ShareQuestion | TimeQuestion | ScoreQuestion
