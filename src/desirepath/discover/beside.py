"""Beside: what happens next to the way (work behind the scenes, rare trouble), put at the step it follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from desirepath.discover.found import Statements, surely_at_least
from desirepath.discover.matters import Effect
from desirepath.discover.simplify import Simplified
from desirepath.discover.way import Way
from desirepath.discover.words import readable, slug
from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.maps.claims import Claim, ShareClaim
from desirepath.maps.model import JourneyMap, Source, Statement

MIN_BACKSTAGE_SHARE = 0.05
MAX_BACKSTAGE = 3
MAX_EFFECTS = 5


def backstage_of(
    draft: JourneyMap,
    way: Way,
    simple: Simplified,
    log: Sequences,
    everyone: Sequences,
    behind: BoolArray,
    source: Source,
) -> Statements:
    """For each step, the work behind the scenes that at least 5 % of the cases need and that mostly follows it.

    Each says how many need it and claims a little less of all who come to the step, so that a check
    tells when it changes.

    Args:
        draft: The map.
        way: Its way.
        simple: How the cases were simplified.
        log: The cases of its kind.
        everyone: All cases, of all kinds.
        behind: bool[n_codes], codes that are work behind the scenes.
        source: Where the statements come from.
    """
    numbers = simple.numbers[log.codes]
    counts = kernels.case_counts(numbers, log.case_index(), len(simple.activities))
    wanted = np.unique(simple.numbers[behind])
    wanted = wanted[counts[wanted] >= MIN_BACKSTAGE_SHARE * log.case_count]
    wanted = wanted[np.argsort(-counts[wanted], kind="stable")]
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    ids = draft.step_ids()
    for number, place in zip(
        wanted, mostly_after(way, simple, log, wanted), strict=True
    ):
        step, name = ids[place], simple.activities[number]
        share = counts[number] / log.case_count
        # both all customers and those of this kind alone confirm it
        least = min(
            _at_least(simple, cases, way.codes[place], int(number))
            for cases in (everyone, log)
        )
        found[step].append(
            Statement(
                id=f"{step}-backstage-{slug(name)}",
                lane="backstage",
                text=f"{readable(name)} ({share:.0%} of these journeys)",
                status="supported",
                source=source,
                claim=Claim(
                    share=ShareClaim(
                        activity=simple.patterns[number], at_least=f"{least}%"
                    )
                ),
            )
        )
    return {step: tuple(all_[:MAX_BACKSTAGE]) for step, all_ in found.items()}


def _at_least(simple: Simplified, cases: Sequences, step: int, activity: int) -> int:
    """Percent of the cases at a step that surely show an activity."""
    numbers = simple.numbers[cases.codes]
    here, shows = (
        kernels.any_in_case(numbers == one, cases.offsets) for one in (step, activity)
    )
    return surely_at_least(shows[here], cases.customers[here])


def pains_of(
    draft: JourneyMap,
    way: Way,
    simple: Simplified,
    sequences: Sequences,
    effects: Iterable[Effect],
    source: Source,
) -> Statements:
    """For each step, the rare activities that mostly follow it and after which fewer customers reach the goal."""
    worst = [one for one in effects if one.goal_share < one.other_share][:MAX_EFFECTS]
    number = {name: at for at, name in enumerate(simple.activities)}
    # an activity that was joined with others is no longer there by its own name
    worst = [one for one in worst if np.any(simple.numbers == number[one.activity])]
    wanted = np.array([number[one.activity] for one in worst], dtype=np.int64)
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    ids = draft.step_ids()
    places = mostly_after(way, simple, sequences, wanted)
    for effect, place in zip(worst, places, strict=True):
        step = ids[place]
        found[step].append(
            Statement(
                id=f"{step}-after-{slug(effect.activity)}",
                lane="pains",
                text=(
                    f"{effect.cases:,} journeys meet “{readable(effect.activity)}”: "
                    f"{effect.goal_share:.0%} of them reach the goal, "
                    f"{effect.other_share:.0%} of the others"
                ),
                status="supported",
                source=source,
            )
        )
    return {step: tuple(all_) for step, all_ in found.items()}


def mostly_after(
    way: Way, simple: Simplified, log: Sequences, wanted: IntArray
) -> list[int]:
    """Place on the way that each of some activities mostly follows; the first step where it comes before all.

    Args:
        way: The way.
        simple: How the cases were simplified.
        log: Cases.
        wanted: int64[k], numbers of the activities.
    """
    if not len(wanted):
        return []
    numbers = simple.numbers[log.codes]
    steps = way.places(len(simple.activities))[numbers]
    at = np.where(steps >= 0, np.arange(len(steps)), -1)
    latest = np.maximum.accumulate(at)
    starts = np.repeat(log.offsets[:-1], log.lengths)
    before = np.where(latest >= starts, steps[np.maximum(latest, 0)], 0)
    return [
        int(np.bincount(before[numbers == one], minlength=1).argmax()) for one in wanted
    ]
