"""Facts about what customers speak of: the share of those with words about a place who mention a theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirepath.events.feedback.said import Said
from desirepath.events.sequences import BoolArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.facts import Fact
from desirepath.evidence.groups import MIN_SEGMENT_CASES, Group
from desirepath.evidence.heard import Heard
from desirepath.evidence.laid import Laid
from desirepath.evidence.touchpoints import answers_about
from desirepath.maps.promises import TOUCHPOINT, subject_of
from desirepath.maps.refs import placed_statements
from desirepath.stats.clusters import number_clusters
from desirepath.stats.intervals import wilson

MENTIONS = "mentions"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place of the map, the answers with words there, and a theme that a claim asks for.

    Attributes:
        subject: Ref of the element.
        answers: bool[n_answers], answers with words that can be read.
        claimed: The one theme that is asked for; "" for all that occur.
    """

    subject: str
    answers: BoolArray
    claimed: str = ""


def theme_facts(
    laid: Laid, heard: Heard, said: Said, groups: Sequence[Group], level: float
) -> Iterator[Fact]:
    """Share of the customers with words about a place who mention a theme, group by group.

    Customers are the unit: however often one mentions a theme, it counts once; the interval is
    Wilson's. Themes nobody mentions at a place have no fact there, unless a statement claims them.

    Args:
        laid: Map and cases.
        heard: Answers with cases and steps.
        said: Their themes.
        groups: All cases, segments and windows.
        level: Coverage of the intervals.
    """
    for spoken in _spoken(laid, heard, said):
        wanted = np.asarray((said.counts[spoken.answers] > 0).any(axis=0))
        if spoken.claimed:
            wanted = np.array([name == spoken.claimed for name in said.names])
        if not wanted.any() or not spoken.answers.any():
            continue
        for group in groups:
            yield from _in_group(spoken, wanted, group, heard, said, level)


def source_of_themes(said: Said) -> dict[str, str]:
    """What was read, and which themes are known."""
    if not said.is_read.any():
        return {}
    return {"words of customers": said.words(), "themes": ", ".join(said.names)}


def _spoken(laid: Laid, heard: Heard, said: Said) -> Iterator[Spoken]:
    """The map, each stage and step, then each claim on a theme."""
    words = heard.is_used & said.is_read
    yield Spoken("map", words)
    for stage in laid.map.stages:
        ids = tuple(step.id for step in stage.steps)
        yield Spoken(f"stage:{stage.id}", words & _at(laid, heard, ids))
        for step in ids:
            yield Spoken(f"step:{step}", words & _at(laid, heard, (step,)))
    for statement, at, steps in placed_statements(laid.map):
        if statement.claim and statement.claim.mentions:
            here = words & _about(laid, heard, at, steps)
            yield Spoken(
                subject_of(statement, at), here, statement.claim.mentions.theme
            )


def _about(laid: Laid, heard: Heard, place: str, steps: Sequence[str]) -> BoolArray:
    """bool[n_answers], answers about the place of a statement."""
    if place.startswith(TOUCHPOINT):
        return answers_about(laid, heard, place)
    return heard.is_used if place == "map" else _at(laid, heard, steps)


def _at(laid: Laid, heard: Heard, steps: Sequence[str]) -> BoolArray:
    numbers = [laid.place[step] for step in steps]
    return np.asarray(np.isin(heard.step, numbers) & (heard.step != UNBOUND))


def _in_group(
    spoken: Spoken,
    wanted: BoolArray,
    group: Group,
    heard: Heard,
    said: Said,
    level: float,
) -> Iterator[Fact]:
    here = spoken.answers & group.holds(heard.joined.case)
    if not here.any():
        return
    mentions = mentioned_by(said.counts[here][:, wanted] > 0, heard.customers[here])
    n = len(mentions)
    if group.segment and n < MIN_SEGMENT_CASES:
        return
    hits = mentions.sum(axis=0)
    share = wilson(hits, n, level=level)
    names = [name for name, one in zip(said.names, wanted, strict=True) if one]
    for number, name in enumerate(names):
        yield Fact(
            subject=spoken.subject,
            measure=MENTIONS,
            value=float(share.value[number]),
            unit="share",
            n=n,
            low=float(share.low[number]),
            high=float(share.high[number]),
            hits=int(hits[number]),
            cases=n,
            target=name,
            segment=group.segment,
            window_from=group.window_from,
            window_to=group.window_to,
            level=level,
            source="feedback",
        )


def mentioned_by(
    mentions: BoolArray, customers: NDArray[np.signedinteger]
) -> BoolArray:
    """bool[n_customers, n_themes], whether any answer of a customer mentions a theme.

    Examples:
        >>> mentioned_by(np.array([[True], [False], [False]]), np.array([7, 7, 9])).tolist()
        [[True], [False]]
    """
    unit = number_clusters(customers)
    order = np.argsort(unit, kind="stable")
    first = np.flatnonzero(np.diff(unit[order], prepend=-1))
    return np.asarray(np.logical_or.reduceat(mentions[order], first, axis=0))
