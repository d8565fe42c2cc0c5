"""Reasons and notes of a check, in sentences. Tests nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desirepath.check.claims import Claimed
from desirepath.check.kinds import MIN_CASES, kind_of
from desirepath.check.report import CheckReport, VerdictWord
from desirepath.check.testing import opposed
from desirepath.errors import did_you_mean
from desirepath.evidence.facts import Evidence, Fact
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, day, listed

TOO_FEW_OF_PERSONA = Phrase("reason.persona")
# What the evidence says of its effects in sentences of its own.
ADJUSTED = re.compile(r"adjusted for (.*); compared with cases that were still there")
HELD = {
    "events so far": Phrase("reason.events_so_far"),
    "steps reached before": Phrase("reason.steps_before"),
    "not adjusted: cases with it all end alike": Phrase("reason.with_alike"),
    "not adjusted: cases without it all end alike": Phrase("reason.without_alike"),
}
# Words on feedback in evidence that a reader must know, by how their names begin.
NOTED = {
    "feedback joined": "note.joined",
    "feedback placed": "note.placed",
    "scores as": "note.scales",
    "who answered": "note.answered",
}


def reason_of(
    claim: Claimed,
    fact: Fact | None,
    word: VerdictWord,
    segments: tuple[tuple[str, str], ...],
    further: int | None,
    evidence: Evidence,
) -> str:
    """Why a claim has its verdict, in one sentence."""
    if word == "untestable":
        return Phrase("reason.uncounted")
    if fact is None:
        return (
            claim.blocked
            or _no_such_theme(claim, evidence)
            or (TOO_FEW_OF_PERSONA if claim.is_own else "")
            or kind_of(claim.kind).missing(evidence)
        )
    if word == "mixed":
        sides = [
            Phrase("reason.segment", name=name, word=verdict_word(verdict))
            for name, verdict in opposed(segments)
        ]
        return Phrase("reason.mixed", listed=listed(sides))
    caution = _caution(fact, evidence) if claim.kind == "effect" else _weighing(fact)
    if word == "unknown":
        return listed([_why_unknown(claim, fact, further), caution], "semicolon")
    side = "inside" if word == "confirmed" else "outside"
    return listed([Phrase(f"reason.{side}"), caution], "semicolon")


def verdict_word(verdict: str) -> Phrase:
    """The word for a verdict."""
    return Phrase(f"word.{verdict}")


def _no_such_theme(claim: Claimed, evidence: Evidence) -> str:
    """That a claim names a theme nobody knows, "" where it names a known one or none."""
    known = evidence.sources.get("themes", "").split(", ")
    if claim.kind != "mentions" or claim.fact is None or known == [""]:
        return ""
    theme = claim.fact[2]
    if theme in known:
        return ""
    near = did_you_mean(theme, known).rstrip(".")
    told = Phrase("missing.theme", theme=theme)
    return Phrase("missing.theme_near", told=told, near=near) if near else told


def _weighing(fact: Fact) -> str:
    """By what a score is weighted, "" where it is not."""
    _, _, names = fact.source.partition("weighted by ")
    return Phrase("reason.weighted", names=names) if names else ""


def _caution(fact: Fact, evidence: Evidence) -> Phrase:
    """What every difference in goal share is said with."""
    held = evidence.sources.get("effects on the goal", "").partition(": ")[2]
    how = fact.source.partition(", ")[2] or held
    if not how:
        return Phrase("reason.association")
    return Phrase("reason.association_how", how=HELD.get(how) or _adjusted(how))


def _adjusted(how: str) -> str:
    """For what an effect was adjusted; as it stands where it says something else."""
    found = ADJUSTED.fullmatch(how)
    if not found:
        return how
    names = tuple(HELD.get(name, name) for name in found[1].split(", "))
    return Phrase("reason.adjusted", names=names)


def _why_unknown(claim: Claimed, fact: Fact, further: int | None) -> Phrase:
    kind = kind_of(claim.kind)
    count = kind.observed(fact)
    if count < MIN_CASES:
        told = Number(float(count), kind.counted)
        return Phrase("reason.few", count=told, least=MIN_CASES)
    if fact.value is None:
        return Phrase("reason.stops")
    if further is None:
        return Phrase(f"reason.near_{kind.more}")
    return Phrase(f"reason.more_{kind.more}", count=further)


def notes_of(
    evidence: Evidence,
    earlier: CheckReport | None = None,
    newest: Evidence | None = None,
) -> tuple[str, ...]:
    """What a reader must know of the evidence before the verdicts."""
    notes = [_compared(earlier, newest)] if earlier else []
    if evidence.open_cases:
        counts = {"open": evidence.open_cases, "cases": evidence.cases}
        notes.append(Phrase("note.open", **counts))
    if evidence.customers < evidence.cases:
        counts = {"customers": evidence.customers, "cases": evidence.cases}
        notes.append(Phrase("note.repeated", **counts))
    return (*notes, *_on_feedback(evidence.sources))


def _on_feedback(sources: Mapping[str, str]) -> list[Phrase]:
    """What the evidence tells of the answers in it, in its order."""
    return [
        Phrase(key, text=text)
        for name, text in sources.items()
        for begin, key in NOTED.items()
        if name.startswith(begin)
    ]


def _compared(earlier: CheckReport, newest: Evidence | None) -> Phrase:
    """With what an earlier check was compared."""
    last = earlier.window_to
    if newest is None:
        until = day(last) if last else Phrase("note.without_days")
        return Phrase("note.nothing_newer", day=until)
    return Phrase(
        "note.compared",
        day=day(last),
        cases=newest.cases,
        first=day(newest.window_from),
        last=day(newest.window_to),
    )
