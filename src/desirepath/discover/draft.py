"""Draft: journey maps from events alone, and what they leave out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from desirepath.discover.backstage import backstage_codes, likely_backstage
from desirepath.discover.beside import backstage_of, pains_of
from desirepath.discover.books import keep_books
from desirepath.discover.discovery import Discovery
from desirepath.discover.finish import Basis, finish
from desirepath.discover.found import data_source
from desirepath.discover.goal import find_aim, is_before, up_to
from desirepath.discover.ledger import Line, whole_line
from desirepath.discover.looks import look_first
from desirepath.discover.matters import Effect, rare_that_matter
from desirepath.discover.represent import NEAR, Representatives, represent
from desirepath.discover.simplify import Simplified, simplify
from desirepath.discover.sketch import sketch
from desirepath.discover.turned import turned
from desirepath.discover.way import (
    MAX_STEPS,
    MIN_SHOWN_SHARE,
    Way,
    distances,
    find_way,
    first_only,
    first_orders,
    nearness,
    shown_shares,
)
from desirepath.discover.window import in_days
from desirepath.discover.words import Wording
from desirepath.errors import CheckError, Problem
from desirepath.events import kernels
from desirepath.events.goals import GoalRow
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.events.told import Told
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap
from desirepath.steps import step

MIN_CASES = 2
MAX_ENDS = 5
MIN_ACTIVITY_SHARE = 0.02
# On a single map the steps that a quarter of the customers take are drawn as well.
MIN_OPTIONAL_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class _Looked:
    """Cases that are drafted from, and what was set aside before.

    Attributes:
        inside: All cases in the days asked for.
        aim: The goal.
        behind: bool[n_codes], work behind the scenes.
        looked: Cases that reach the goal, up to it; all of `inside` without a goal.
        effects: Rare activities that change the share at the goal.
        lines: What was cut.
    """

    inside: Sequences
    aim: GoalRow | None
    behind: BoolArray
    looked: Sequences
    effects: tuple[Effect, ...]
    lines: tuple[Line, ...]

    @property
    def kept(self) -> BoolArray:
        """bool[n_codes], codes that stay however rare they are."""
        names = {effect.activity for effect in self.effects}
        kept = np.array([name in names for name in self.inside.activities], dtype=bool)
        return kept if self.aim is None else kept | self.aim.named


@step("drafting maps")
def discover_maps(  # noqa: PLR0913 - one option each, all by name
    sequences: Sequences,
    *,
    goal: str | None = None,
    maps: int | None = None,
    stages: int | None = None,
    max_steps: int = MAX_STEPS,
    title: str | None = None,
    words: Mapping[str, str] | None = None,
    backstage: Sequence[str] = (),
    told: Sequence[Told] = (),
    since: dt.date | None = None,
    until: dt.date | None = None,
    rng: np.random.Generator | None = None,
) -> Discovery:
    """Draft maps of the journeys customers really take.

    With a goal, the way there is drafted from the cases that reach it, up to their first success.
    On the first map drop-off and pains are then those of all cases, on the others those of their kind.

    Args:
        sequences: The cases.
        goal: Activity pattern that shows success, or several in order: ``basket > pay``.
        maps: Number of kinds of journeys, a map for each; None for as many as pay for themselves.
            A single map also shows the steps that a quarter of the customers take.
        stages: Number of stages; None for the best of 3 to 7.
        max_steps: Steps on the main way, 12 at most on a poster.
        title: Title of the map.
        words: Activity pattern to the words people use for it. A pattern that means one step of a
            map names the step, one that means several names their stage.
        backstage: Activity patterns of work behind the scenes: no steps, but shown below them.
        told: What columns tell, from `tell_backstage`; activities of which at least half of the rows
            hold the values are work behind the scenes as well.
        since: First day (UTC) on which the cases looked at start.
        until: Last such day.
        rng: Draws samples where there are very many distinct sequences.

    Raises:
        CheckError: E410 if no activity matches the goal, E411 if fewer than 2 cases are left, E412
            and E413 if the days cannot be chosen, E415 if nothing matches a pattern of backstage, E418
            if a column tells of no activity or of all.

    References:
        Rissanen 1978 (description length); see the explanation of discovery in the docs.
    """
    part = _looked(sequences, goal, backstage, told, since, until)
    simple = simplify(
        part.looked, min_share=MIN_ACTIVITY_SHARE, kept=part.kept, backstage=part.behind
    )
    if len(simple.cases) < MIN_CASES:
        raise CheckError(_too_few(len(simple.cases)))
    size = simple.kept_count
    firsts = first_only(simple.codes, simple.offsets, size)
    found = represent(*firsts, size, rng or np.random.default_rng(0), kinds=maps)
    ways = _ways(firsts, size, found, _goal_numbers(part, simple), max_steps, maps)
    ledger = keep_books(sequences, part.lines, simple, firsts, found, ways)
    orders = first_orders(*firsts)
    normal = distances(ways, orders)
    near = tuple(nearness(row, orders) for row in normal)
    wording = Wording(part.aim, title, words or {})
    behind = frozenset(simple.numbers[part.behind].tolist())
    maps_found, evidence = [], []
    for rank, way in enumerate(ways):
        log = part.looked
        if len(ways) > 1:
            log = log.take(simple.cases[np.isin(found.of_case, way.kinds)])
        draft = sketch(way, rank, simple, log, wording, stages)
        measured = measure_map(
            draft, log if rank or part.aim is None else part.inside, segments=()
        )
        evidence.append(measured)
        source = data_source(measured)
        beside = [
            backstage_of(draft, way, simple, log, part.inside, part.behind, source),
            turned(draft, way, simple, part.inside, source),
        ]
        if not rank:
            beside.append(
                pains_of(draft, way, simple, part.inside, part.effects, source)
            )
        basis = Basis(
            way, near[rank], log, part.looked.case_count, part.inside.case_count,
            measured, behind, tuple(beside), _optional(way, draft, firsts, size, maps),
        )  # fmt: skip
        maps_found.append(finish(draft, basis, simple))
    others = {code for way in ways[1:] for code in way.codes}
    elsewhere = {simple.activities[code] for code in others | behind}
    advice = "" if backstage or told else likely_backstage(part.inside)
    notes = [f"Behind the scenes, told by a column: {one.describe()}." for one in told]
    return Discovery(
        maps=tuple(maps_found),
        ways=ways,
        near=near,
        evidence=evidence[0],
        ledger=ledger,
        looks=look_first(maps_found[0], evidence[0], elsewhere),
        cases=part.looked.case_count,
        all_cases=part.inside.case_count,
        customers=len(kernels.distinct(part.inside.customers)),
        near_cases=int(orders.weights[(normal <= NEAR).any(axis=0)].sum()),
        ends=_ends(simple),
        notes=(*notes, *filter(None, [advice])),
    )


def _looked(
    sequences: Sequences,
    goal: str | None,
    backstage: Sequence[str],
    told: Sequence[Told],
    since: dt.date | None,
    until: dt.date | None,
) -> _Looked:
    """The cases to draft from: in the days asked for, with the goal, up to it."""
    inside, lines = in_days(sequences, since, until)
    aim = find_aim(inside, goal)
    behind = backstage_codes(inside, backstage, told, aim)
    if aim is None or not inside.case_count:
        return _Looked(inside, aim, behind, inside, (), lines)
    ends = aim.first_in_case(inside)
    reaches = ends >= 0
    looked = up_to(inside, ends)
    counts = is_before(inside, np.where(reaches, ends, inside.offsets[1:] - 1))
    effects = rare_that_matter(
        inside,
        reaches,
        counts,
        max_share=MIN_ACTIVITY_SHARE,
        left_aside=aim.named | behind,
    )
    lost = int(inside.lengths[~reaches].sum())
    later = inside.event_count - lost - looked.event_count
    cut_short = int((inside.offsets[1:][reaches] - 1 > ends[reaches]).sum())
    lines = (
        *lines,
        *whole_line("goal", int((~reaches).sum()), lost),
        *whole_line("after", cut_short, later),
    )
    return _Looked(inside, aim, behind, looked, effects, lines)


def _ends(simple: Simplified) -> tuple[tuple[str, int], ...]:
    """Activities with which most cases end."""
    counts = np.bincount(simple.codes[simple.offsets[1:] - 1])
    order = np.argsort(-counts, kind="stable")[:MAX_ENDS]
    return tuple(
        (simple.activities[one], int(counts[one])) for one in order if counts[one]
    )


def _too_few(count: int) -> Problem:
    return Problem(
        "E411",
        f"only {count} cases can be drafted from; {MIN_CASES} are needed",
        hint="Give more events, another goal, or cut cases differently (--gap).",
    )


def _goal_numbers(part: _Looked, simple: Simplified) -> frozenset[int]:
    """Numbers of the activities that show success, as used by `simple`."""
    if part.aim is None:
        return frozenset()
    return frozenset(simple.numbers[part.aim.completing].tolist())


def _ways(
    firsts: tuple[IntArray, IntArray],
    size: int,
    found: Representatives,
    last: frozenset[int],
    max_steps: int,
    maps: int | None,
) -> tuple[Way, ...]:
    """The ways of all kinds, the one that tells most steps of most cases first; equal ways are one."""
    order, offsets = firsts
    least = MIN_OPTIONAL_SHARE if maps == 1 else MIN_SHOWN_SHARE
    kinds: dict[tuple[int, ...], list[int]] = {}
    for kind in range(len(found.journeys)):
        events = np.repeat(found.of_case == kind, np.diff(offsets))
        bounds, _ = kernels.keep(events, offsets)
        steps = find_way(
            order[events],
            bounds,
            size,
            last=last,
            max_steps=max_steps,
            min_shown_share=least,
        )
        kinds.setdefault(steps, []).append(kind)
    ways = [
        Way(steps, int(found.cases[same].sum()), tuple(same))
        for steps, same in kinds.items()
    ]
    return tuple(sorted(ways, key=lambda way: -way.cases * len(way.codes)))


def _optional(
    way: Way,
    draft: JourneyMap,
    firsts: tuple[IntArray, IntArray],
    size: int,
    maps: int | None,
) -> tuple[str, ...]:
    """Steps that fewer than half of those take who get so far, with their share; on a single map only."""
    if maps != 1:
        return ()
    order, offsets = firsts
    counts = np.bincount(order, minlength=size)
    shares = shown_shares(np.array(way.codes), counts, order, offsets)
    return tuple(
        f"“{step.name}” ({share:.0%})"
        for step, share in zip(draft.steps(), shares, strict=True)
        if share < MIN_SHOWN_SHARE
    )
