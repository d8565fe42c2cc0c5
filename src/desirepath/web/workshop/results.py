"""What a vote says once it is revealed: counts, means with their spread, and where departments differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from desirepath.evidence.disagreement import MIN_CONTRIBUTORS, SEED, SMALLEST
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.permutation import permutation_p
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.votes import SCALES, Asked, Ballot

# Differences below these matter to nobody: half a step, as where sources of a map disagree.
MATTERS = SMALLEST["emotion"]
SURE = 0.05


class Counted(Form):
    """What was said of one option.

    Attributes:
        key: The option.
        dots: Dots or votes it got; for scores how often each was given, the lowest first.
        people: Who said anything of it.
        mean: Of the scores; null for dots, and where nobody scored.
        spread: Standard deviation of the scores; null for fewer than two.
    """

    key: str
    dots: int
    levels: list[int]
    people: int
    mean: float | None = None
    spread: float | None = None


class Side(Form):
    """What one department says of one step; `spread` is null for fewer than two people."""

    department: str
    people: int
    mean: float
    spread: float | None


class Apart(Form):
    """How far departments lie apart about one option.

    Attributes:
        key: The option.
        sides: Departments, the highest first.
        distance: Between the highest and the lowest mean.
        p: How often chance alone would lay them so far apart, corrected for the number of options
            tried; null where it cannot be tried.
        found: `apart` and `alike` are said only where a test says so, or nobody differs by what
            matters; else too few can tell (`too_few`), or the test cannot (`unclear`).
    """

    key: str
    sides: list[Side]
    distance: float
    p: float | None
    found: str


class Result(Form):
    """What a vote says."""

    people: int
    options: list[Counted]
    apart: list[Apart]


def result_of(asked: Asked, ballots: Sequence[Ballot]) -> Result:
    """What the ballots of a vote say."""
    is_score = asked.kind in ("score", "apart")
    count = _scored if is_score else _dotted
    options = [count(asked, one.key, ballots) for one in asked.options]
    apart = _apart(asked, ballots) if asked.kind == "apart" else []
    return Result(people=len(ballots), options=options, apart=apart)


def _dotted(_: Asked, key: str, ballots: Sequence[Ballot]) -> Counted:
    given = [one.said.get(key, 0) for one in ballots]
    return Counted(key=key, dots=sum(given), levels=[], people=sum(one > 0 for one in given))  # fmt: skip


def _scored(asked: Asked, key: str, ballots: Sequence[Ballot]) -> Counted:
    low, high = SCALES[asked.measure]
    given = [one.said[key] for one in ballots if key in one.said]
    levels = [given.count(level) for level in range(low, high + 1)]
    mean, spread = _mean(given)
    return Counted(key=key, dots=0, levels=levels, people=len(given), mean=mean, spread=spread)  # fmt: skip


def _mean(given: Sequence[int]) -> tuple[float | None, float | None]:
    """Mean and standard deviation, as far as there are enough."""
    mean = float(np.mean(given)) if given else None
    return mean, float(np.std(given, ddof=1)) if len(given) > 1 else None


def _apart(asked: Asked, ballots: Sequence[Ballot]) -> list[Apart]:
    """Options of which at least two departments spoke, the widest apart first."""
    found: list[tuple[Apart, float | None]] = []
    for option in asked.options:
        groups = _groups(option.key, ballots)
        if len(groups) < 2:  # noqa: PLR2004 - nobody to differ from
            continue
        sides = [
            Side(department=name, people=len(said), mean=float(np.mean(said)), spread=_mean(said)[1])
            for name, said in groups.items()
        ]  # fmt: skip
        sides.sort(key=lambda one: (-one.mean, one.department))
        distance = sides[0].mean - sides[-1].mean
        p = None
        if all(one.people >= MIN_CONTRIBUTORS for one in sides):
            values = np.concatenate([np.array(said, float) for said in groups.values()])
            group = np.repeat(np.arange(len(groups)), [len(one) for one in groups.values()])  # fmt: skip
            p = permutation_p(values, group, np.random.default_rng(SEED))
        found.append((Apart(key=option.key, sides=sides, distance=distance, p=None, found=""), p))  # fmt: skip
    tried = [p for _, p in found if p is not None]
    corrected = iter(benjamini_hochberg(tried).tolist() if tried else [])
    told = []
    for one, p in found:
        p_now = None if p is None else float(next(corrected))
        said = _found(one.distance, p_now)
        told.append(one.model_copy(update={"p": p_now, "found": said}))
    return sorted(told, key=lambda one: -one.distance)


def _groups(key: str, ballots: Sequence[Ballot]) -> dict[str, list[int]]:
    """Scores by department; another case or blank makes no other department."""
    names: dict[str, str] = {}
    found: dict[str, list[int]] = {}
    for one in ballots:
        if key in one.said:
            name = " ".join(one.department.split())
            known = names.setdefault(name.casefold(), name)
            found.setdefault(known, []).append(one.said[key])
    return found


def _found(distance: float, p: float | None) -> str:
    if p is None:
        return "too_few"
    if distance < MATTERS:
        return "alike"
    return "apart" if p <= SURE else "unclear"
