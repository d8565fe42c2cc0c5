"""Where those who know a journey say different things about the same step. Decides nobody's quarrel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.regions import Region, duration_words, region_of
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.values import seconds_of, share_of
from desirepath.stats.permutation import permutation_p
from desirepath.stats.two_groups import mean_differences

MIN_CONTRIBUTORS = 3
SEED = 20_260_503
MODEL = "ai"
CUSTOMERS = "customer answers"
# differences below these matter to nobody: half a step of feeling, five points, a fifth of the time
SMALLEST = {"emotion": 0.5, "share": 0.05, "s": 0.2}
NAMES = {"customer": "customers", "staff": "staff", "management": "management", "data": "data"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that say different things of one step and lane.

    Attributes:
        step: Id of the step; "" for a stage or the map.
        lane: Lane of the statements.
        sides: (source, contributors, mean) of each side, the highest first; for opposite claims the mean
            is the limit claimed.
        spread: Distance between the highest and the lowest side, in `unit`.
        p: P-value of "the sources do not differ" by exchanging contributors, or after Welch against
            customers' answers; None where a side has fewer than 3.
        words: One sentence for the reader.
        unit: emotion, share or s.
        stage: Id of the stage; "" for the map.
        statements: Ids of the statements behind it.
    """

    step: str
    lane: str
    sides: tuple[tuple[str, int, float], ...]
    spread: float
    p: float | None
    words: str
    unit: str = "emotion"
    stage: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Voice:
    """One number one contributor gives."""

    source: str
    by: str
    value: float
    statement: str


@dataclass(frozen=True, slots=True)
class _Place:
    ref: str
    step: str
    stage: str
    name: str


def disagreements(
    journey_map: JourneyMap, evidence: Evidence | None = None
) -> tuple[Disagreement, ...]:
    """Where staff, management and customers differ about the same step and lane, widest first.

    Two kinds are found: scores, times or shares that differ by what matters (half a step of feeling,
    five points, a fifth of the time), and claims of which at most one can be true. What a model drafted
    is no side. Several statements of one contributor (`source.by`) are averaged first.

    Args:
        journey_map: The map; statements with a `source` of another kind each are sides.
        evidence: Where given, what customers answered at the step is a side of its own for feelings.

    Examples:
        >>> disagreements(JourneyMap(id="shop", title="I order a plant"))
        ()
    """
    found: list[Disagreement] = []
    for place, statements in _places(journey_map):
        by_lane: dict[str, list[Statement]] = {}
        for one in statements:
            if one.source is not None and one.source.kind != MODEL:
                by_lane.setdefault(one.lane, []).append(one)
        for lane, listed in by_lane.items():
            found += _of_numbers(place, lane, listed, evidence)
            found += _of_claims(place, lane, listed)
    return tuple(sorted(found, key=lambda one: -one.spread / _yardstick(one)))


def _yardstick(one: Disagreement) -> float:
    """What is a large difference in its unit, so that units can be ranked together."""
    if one.unit == "s":
        return max((abs(mean) for _, _, mean in one.sides), default=1.0) or 1.0
    return {"emotion": 4.0, "nps": 200.0}.get(one.unit, 1.0)


def _places(journey_map: JourneyMap) -> Iterator[tuple[_Place, tuple[Statement, ...]]]:
    yield _Place("map", "", "", "the map"), journey_map.statements
    for stage in journey_map.stages:
        yield _Place(f"stage:{stage.id}", "", stage.id, stage.name), stage.statements
        for step in stage.steps:
            yield _Place(f"step:{step.id}", step.id, stage.id, step.name), step.statements  # fmt: skip


def _of_numbers(
    place: _Place, lane: str, listed: Iterable[Statement], evidence: Evidence | None
) -> Iterator[Disagreement]:
    by_unit: dict[str, list[_Voice]] = {}
    for one in listed:
        for unit, value in _numbers(one):
            assert one.source is not None  # noqa: S101 - those without were left out
            source = NAMES.get(one.source.kind, one.source.kind)
            voice = _Voice(source, one.source.by or source, value, one.id or "")
            by_unit.setdefault(unit, []).append(voice)
    for unit, voices in by_unit.items():
        felt = None
        if unit == "emotion" and evidence is not None:
            felt = evidence.find(place.ref, "score", target="emotion")
        one_found = _compared(place, lane, unit, voices, felt)
        if one_found is not None:
            yield one_found


def _numbers(statement: Statement) -> Iterator[tuple[str, float]]:
    if statement.score is not None:
        yield "emotion", statement.score
    if statement.share is not None:
        yield "share", share_of(statement.share)
    if statement.duration is not None:
        yield "s", seconds_of(statement.duration)


def _compared(
    place: _Place, lane: str, unit: str, voices: list[_Voice], felt: Fact | None
) -> Disagreement | None:
    """The sides, if they differ by what matters."""
    contributors = _contributors(voices)
    groups: dict[str, list[float]] = {}
    for (source, _), value in contributors.items():
        groups.setdefault(source, []).append(value)
    sides = [(name, len(said), float(np.mean(said))) for name, said in groups.items()]
    if felt is not None and felt.value is not None:
        sides.append((CUSTOMERS, felt.n, felt.value))
    if len(sides) < 2:  # noqa: PLR2004 - nobody to disagree with
        return None
    sides.sort(key=lambda side: -side[2])
    spread = sides[0][2] - sides[-1][2]
    largest = max(abs(side[2]) for side in sides)
    smallest = SMALLEST[unit] * (largest if unit == "s" else 1.0)
    if spread < smallest or spread == 0:
        return None
    p = _p(groups, felt)
    said = "; ".join(f"{name} {_number(mean, unit)} (n {n:,})" for name, n, mean in sides)  # fmt: skip
    return Disagreement(
        step=place.step,
        lane=lane,
        sides=tuple(sides),
        spread=spread,
        p=p,
        words=f"“{place.name}”, {lane}: {said}. {_how_sure(p)}",
        unit=unit,
        stage=place.stage,
        statements=tuple(dict.fromkeys(one.statement for one in voices)),
    )


def _contributors(voices: Iterable[_Voice]) -> dict[tuple[str, str], float]:
    """Mean of what each contributor says."""
    said: dict[tuple[str, str], list[float]] = {}
    for one in voices:
        said.setdefault((one.source, one.by), []).append(one.value)
    return {who: float(np.mean(values)) for who, values in said.items()}


def _p(groups: Mapping[str, list[float]], felt: Fact | None) -> float | None:
    """P-value where every side has enough voices; against customers' answers, of all others together."""
    large = [said for said in groups.values() if len(said) >= MIN_CONTRIBUTORS]
    if len(groups) > 1 and len(large) == len(groups):
        values = np.concatenate([np.array(said) for said in large])
        group = np.repeat(np.arange(len(large)), [len(said) for said in large])
        return permutation_p(values, group, np.random.default_rng(SEED))
    values = np.array([value for said in groups.values() for value in said])
    is_enough = felt is not None and felt.spread is not None and felt.n >= MIN_CONTRIBUTORS  # fmt: skip
    if len(groups) != 1 or not is_enough or len(values) < MIN_CONTRIBUTORS:
        return None
    assert felt is not None  # noqa: S101 - is_enough says so
    found = mean_differences(
        values.mean(), values.std(ddof=1), len(values), felt.value or 0.0, felt.spread or 0.0, felt.n,
    )  # fmt: skip
    return float(found.p)


def _how_sure(p: float | None) -> str:
    if p is None:
        return f"Too few voices to test: ask at least {MIN_CONTRIBUTORS} of each side."
    return f"Chance alone would do this in {p * 100:.2g} % of such maps." if p >= 0.001 else "Chance alone would hardly do this."  # fmt: skip # noqa: PLR2004


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value * 100:.3g} %"
    if unit == "s":
        return duration_words(value)
    return f"{value:+.1f}"


def _of_claims(
    place: _Place, lane: str, listed: Iterable[Statement]
) -> Iterator[Disagreement]:
    """Pairs of claims of different sources of which at most one can be true."""
    claimed = [(one, region) for one in listed if (region := region_of(one))]
    seen: set[tuple[str, str]] = set()
    for (one, first), (two, second) in combinations(claimed, 2):
        assert one.source is not None  # noqa: S101 - those without were left out
        assert two.source is not None  # noqa: S101
        if one.score is not None and two.score is not None:
            continue  # feelings are compared as numbers
        if first.key != second.key or one.source.kind == two.source.kind:
            continue
        high, low = (first, second) if _starts(first) > _starts(second) else (second, first)  # fmt: skip
        if low.at_most is None or high.at_least is None or low.at_most >= high.at_least:
            continue
        pair = (one.source.kind, two.source.kind)
        if pair in seen:
            continue
        seen.add(pair)
        yield _opposed(place, lane, (one, first), (two, second))


def _starts(region: Region) -> float:
    return -np.inf if region.at_least is None else region.at_least


def _opposed(
    place: _Place, lane: str, one: tuple[Statement, Region], two: tuple[Statement, Region]
) -> Disagreement:  # fmt: skip
    sides = []
    said = []
    for statement, region in (one, two):
        assert statement.source is not None  # noqa: S101 - those without were left out
        name = NAMES.get(statement.source.kind, statement.source.kind)
        limit = region.at_least if region.at_least is not None else region.at_most
        assert limit is not None  # noqa: S101 - a region has a side
        sides.append((name, 1, limit))
        said.append((limit, f"{name} {region.words}"))
    sides.sort(key=lambda side: -side[2])
    listed = "; ".join(text for _, text in sorted(said, reverse=True))
    return Disagreement(
        step=place.step,
        lane=lane,
        sides=tuple(sides),
        spread=sides[0][2] - sides[-1][2],
        p=None,
        words=f"“{place.name}”, {lane}: {listed}. Both cannot be true.",
        unit=one[1].unit,
        stage=place.stage,
        statements=tuple(statement.id or "" for statement, _ in (one, two)),
    )
