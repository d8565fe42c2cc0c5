"""Sequences and maps written by hand, for everyone."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from tests.postgres import postgres  # noqa: F401 - a fixture for every folder

from desirepath.check.report import CheckReport, Verdict
from desirepath.events.sequences import Segment, Sequences
from desirepath.maps.claims import Claim
from desirepath.maps.model import (
    EventPattern,
    Goal,
    JourneyMap,
    Next,
    Stage,
    Statement,
    Step,
)

# tables are as wide and as plain on every machine (the workers of the test runner say 80, servers of
# changes want colors), and what a developer has set for the program says nothing here
os.environ["COLUMNS"] = "140"
for name in (
    "DESIREPATH_DATABASE",
    "DESIREPATH_DEBUG",
    "DESIREPATH_PRIVATE_KEY",
    "FORCE_COLOR",
    "NO_COLOR",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
):
    os.environ.pop(name, None)

# the same examples in every run, so that a red run is red again, and no clock: a busy machine is not
# a fault; new examples are looked for by pytest --hypothesis-profile=explore
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")

START_US = 1_704_067_200_000_000  # 2024-01-01 UTC
SECOND_US = 1_000_000
YEARS_US = 10**9 * SECOND_US


def write_log(
    *cases: str,
    customers: Sequence[int] | None = None,
    segments: Mapping[str, Sequence[str]] | None = None,
    has_times: bool = True,
    end_s: float | None = None,
) -> Sequences:
    """Sequences of cases such as ``"look:0 pay@web:60"``: activity, channel, second since 2024.

    An event without a time comes a minute after the one before. Observation ends decades later, so
    that no case is open, unless `end_s` says otherwise.
    """
    events: list[tuple[str, str]] = []
    times_s: list[float] = []
    lengths = []
    for case in cases:
        clock = -60.0
        for word in case.split():
            name, _, second = word.partition(":")
            activity, _, channel = name.partition("@")
            clock = float(second) if second else clock + 60
            events.append((activity, channel))
            times_s.append(clock)
        lengths.append(len(case.split()))
    pairs = sorted(set(events))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(len(events)) - np.repeat(offsets[:-1], lengths)
    keys = np.arange(1, len(cases) + 1, dtype=np.int64)
    given = segments or {}
    return Sequences(
        activities=tuple(activity for activity, _ in pairs),
        channels=tuple(channel for _, channel in pairs),
        offsets=offsets,
        codes=np.array([pairs.index(event) for event in events], dtype=np.uint16),
        times_us=START_US + (np.array(times_s) * SECOND_US).astype(np.int64)
        if has_times
        else places.astype(np.int64),
        case_keys=keys,
        customers=keys if customers is None else np.array(customers, dtype=np.int64),
        segments={name: _segment(values) for name, values in given.items()},
        has_times=has_times,
        end_us=START_US + (YEARS_US if end_s is None else int(end_s * SECOND_US)),
        source={"files": "by hand"},
    )


def _segment(values: Sequence[str]) -> Segment:
    names = ("", *sorted(set(values) - {""}))
    return Segment(
        names, np.array([names.index(one) for one in values], dtype=np.uint16)
    )


@pytest.fixture(scope="session")
def log() -> Callable[..., Sequences]:
    return write_log


def write_map(
    *stages: str,
    goal: str | Sequence[str] | None = None,
    goal_claim: Claim | None = None,
    ways: Mapping[str, Sequence[str]] | None = None,
    claims: Mapping[str, Sequence[Claim | Statement]] | None = None,
) -> JourneyMap:
    """Map of stages such as ``"look pay=order*|buy@web post="``.

    Each word is a step and what means it: its own name, other patterns after ``=`` (``activity@channel``),
    or nothing at all.

    Args:
        stages: Steps of each stage; a stage is called after its number, from 1.
        goal: Pattern or patterns of success.
        goal_claim: Claim of the goal.
        ways: Ways on from a step.
        claims: Statements or claims by step id, ``stage:1`` or ``map``; a claim gets its place and
            number as id, such as ``pay-1``.
    """
    given = {
        place: tuple(
            one
            if isinstance(one, Statement)
            else Statement(
                id=f"{place.replace(':', '-')}-{number}",
                lane="pains",
                text=f"says {number}",
                claim=one,
            )
            for number, one in enumerate(found, 1)
        )
        for place, found in (claims or {}).items()
    }
    return JourneyMap(
        id="shop",
        title="Shop",
        goal=None
        if goal is None and goal_claim is None
        else Goal(
            text="I have it",
            success=goal if isinstance(goal, str) else tuple(goal or ()),
            claim=goal_claim,
        ),
        statements=given.get("map", ()),
        stages=tuple(
            Stage(
                id=str(number),
                name=f"Stage {number}",
                statements=given.get(f"stage:{number}", ()),
                steps=tuple(_step(word, ways or {}, given) for word in stage.split()),
            )
            for number, stage in enumerate(stages, 1)
        ),
    )


def _step(
    word: str,
    ways: Mapping[str, Sequence[str]],
    statements: Mapping[str, tuple[Statement, ...]],
) -> Step:
    name, mark, meant = word.partition("=")
    patterns = [one for one in (meant if mark else name).split("|") if one]
    return Step(
        id=name,
        name=name.capitalize(),
        events=tuple(
            EventPattern(
                activity=pattern.partition("@")[0],
                channel=pattern.partition("@")[2] or None,
            )
            for pattern in patterns
        ),
        next=tuple(Next(step=way) for way in ways.get(name, ())),
        statements=statements.get(name, ()),
    )


@pytest.fixture(scope="session")
def plan() -> Callable[..., JourneyMap]:
    return write_map


@pytest.fixture(scope="session")
def persona_report() -> CheckReport:
    """One statement of a persona, refuted; what cards of personas show."""
    verdict = Verdict(
        subject="statement:s1",
        step="pay",
        stage="buy",
        kind="share",
        claim="",
        text="Search finds nothing",
        is_implied=False,
        verdict="refuted",
        reason="",
        value=0.031,
        unit="share",
        n=790,
        low=0.02,
        high=0.04,
    )
    return CheckReport("shop", "", (verdict,), (), (), 1000, 900, 5000, "", "", 0.05)
