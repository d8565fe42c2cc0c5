"""Personas and kinds of customers in words. Ranks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desirepath.check.persona_ranks import PersonaReport, PersonaRow, Rank
from desirepath.check.report import CheckReport, Verdict
from desirepath.cli.output import duration, percent
from desirepath.cli.report_text import measured
from desirepath.discover.behavior import WORLDS, Kind, Proposal, Trait
from desirepath.evidence.facts import Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.statements import with_persona_statements

YARDSTICKS = {
    "popularity": "how many they are",
    "value": "how many of the goals reached are theirs",
    "pain": "how many cases are theirs and miss the goal",
    "feeling": "who feels worst",
}
LEAST_OVERLAP = 0.005
TWICE = (1.8, 2.25)


def share(fact: Fact | None) -> str:
    """A share with its interval.

    Examples:
        >>> share(Fact("persona:a", "persona_share", 0.341, "share", 900, 0.31, 0.37))
        '34.1 % (31.0 to 37.0)'
    """
    if fact is None or fact.value is None:
        return "–"
    low, high = (percent(end, 1).removesuffix(" %") for end in (fact.low, fact.high))
    return f"{percent(fact.value, 1)} ({low} to {high})"


def row(one: PersonaRow) -> list[str]:
    """A persona as cells."""
    feeling = one.feeling
    felt = f"{feeling.value:+.2f}" if feeling and feeling.value is not None else "–"
    return [
        one.name,
        one.rule or "–",
        share(one.share),
        share(one.goal),
        share(one.value),
        share(one.pain),
        duration(one.time.value if one.time else None),
        felt,
    ]


COLUMNS = [
    "persona",
    "stands for",
    "of all cases",
    "reach the goal",
    "of all goals",
    "of all cases, miss it",
    "time to goal",
    "feeling",
]


def remarks(report: PersonaReport) -> Iterator[str]:
    """Which comes first and which tie, who shares cases, whom nobody stands for."""
    names = {one.id: one.name for one in report.rows}
    for rank in report.ranks:
        if len(rank.order) > 1:
            yield _rank_words(rank, names)
    if report.first:
        by = listed([YARDSTICKS[one] for one in report.first_by])
        yield f"Look at {names[report.first]} first: leads by {by}."
    elif sum(len(rank.order) > 1 for rank in report.ranks) > 1:
        yield "No persona leads by two of these: which one comes first is for you to say."
    yield from _overlaps(report, names)
    if report.nobody is not None and report.nobody.value:
        yield f"Cases that no persona stands for: {share(report.nobody)}."
    for one in report.rows:
        if one.why_not:
            yield f"{one.name} cannot be measured: {one.why_not}."


def listed(parts: Sequence[str]) -> str:
    """Parts in a sentence.

    Examples:
        >>> listed(["one", "two"]), listed(["one", "two", "three"])
        ('one and two', 'one, two and three')
    """
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _overlaps(report: PersonaReport, names: Mapping[str, str]) -> Iterator[str]:
    """Each pair of personas that share cases, once."""
    seen = set()
    for one in report.rows:
        for other, fact in one.overlaps:
            pair = frozenset((one.id, other))
            if pair not in seen and (fact.value or 0) >= LEAST_OVERLAP:
                seen.add(pair)
                yield f"{one.name} and {names.get(other, other)} share {share(fact)} of all cases."


def _rank_words(rank: Rank, names: Mapping[str, str]) -> str:
    first = names[rank.order[0][0]]
    what = f"First by {YARDSTICKS[rank.by]}: {first}"
    if not rank.ties:
        return f"{what}."
    tied = ", ".join(names[name] for name in rank.ties)
    return f"{what}, tied with {tied} (the intervals overlap)."


def statement_rows(report: CheckReport, journey_map: JourneyMap) -> list[list[str]]:
    """Statements about one persona as cells: persona, where, what, verdict, measured.

    Those on the map first, then the texts of personas that claim something.
    """
    called = {
        one.id: one.name for one in journey_map.personas if not isinstance(one, str)
    }
    about = {
        f"statement:{one.id}": called.get(one.persona, one.persona)
        for one in with_persona_statements(journey_map).all_statements()
        if one.persona
    }
    names = {step.id: step.name for step in journey_map.steps()}
    names |= {stage.id: stage.name for stage in journey_map.stages}
    return [
        [
            about[one.subject],
            one.lane.replace("_", " ")
            if one in report.personas
            else names.get(one.step or one.stage, "whole journey"),
            one.text or one.claim,
            one.verdict,
            _measured(one),
        ]
        for one in (*report.verdicts, *report.personas)
        if one.subject in about and (one.kind or one not in report.personas)
    ]


def _measured(verdict: Verdict) -> str:
    return measured(verdict) if verdict.value is not None else ""


def proposal_lines(proposal: Proposal, journey_map: JourneyMap) -> Iterator[str]:
    """Kinds of customers in sentences, or why none are proposed."""
    if proposal.refused:
        yield f"No kinds of customers are proposed: {proposal.refused}."
        return
    yield (
        f"{len(proposal.kinds)} kinds among {proposal.customers:,} customers "
        f"(stability {proposal.stability:.2f} of 1; "
        f"none of {WORLDS} simulated worlds with one kind looks as clear):"
    )
    names = {step.id: step.name for step in journey_map.steps()}
    for number, kind in enumerate(proposal.kinds, start=1):
        yield f"{number}. {kind_words(kind, names)}"
    yield (
        "They were made of these habits, so the habits are described, not tested. "
        "Whether the goal is reached was not used."
    )


def kind_words(kind: Kind, names: Mapping[str, str]) -> str:
    """A kind in one sentence.

    Examples:
        >>> one = Kind(500, 0.5, 600, 0.61, 0.57, 0.65, (Trait("channel", "phone", 0.82, 0.4), Trait("time", "", 7200, 3600)))
        >>> kind_words(one, {})
        '50 % of the customers: mostly phone (82 % of their events, all: 40 %), twice as slow (2 h, all: 1 h); 61 % reach the goal (57 to 65)'
    """
    traits = ", ".join(_trait(one, names) for one in kind.traits)
    goal = ""
    if kind.goal is not None:
        low, high = (
            percent(end).removesuffix(" %") for end in (kind.goal_low, kind.goal_high)
        )
        goal = f"; {percent(kind.goal)} reach the goal ({low} to {high})"
    return (
        f"{percent(kind.share)} of the customers: {traits or 'like the average'}{goal}"
    )


def _trait(trait: Trait, names: Mapping[str, str]) -> str:
    is_more = trait.here > trait.everywhere
    here, everywhere = trait.here, trait.everywhere
    if trait.what == "channel":
        word = "mostly" if here > 0.5 else "more" if is_more else "seldom"  # noqa: PLR2004 - more than half
        return f"{word} {trait.name} ({percent(here)} of their events, all: {percent(everywhere)})"
    if trait.what == "step":
        often = "more often at" if is_more else "less often at"
        name = names.get(trait.name, trait.name)
        return f"{often} “{name}” ({percent(here)}, all: {percent(everywhere)})"
    ratio = max(here, everywhere) / max(min(here, everywhere), 1e-9)
    times = "twice" if TWICE[0] <= ratio < TWICE[1] else f"{ratio:.1f} times"
    if trait.what == "time":
        word = "slow" if is_more else "fast"
        return f"{times} as {word} ({duration(here)}, all: {duration(everywhere)})"
    return f"come {here:g} times (all: {everywhere:g})"
