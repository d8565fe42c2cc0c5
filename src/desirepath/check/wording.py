"""Reasons and notes of a check, in sentences. Tests nothing."""

from __future__ import annotations

from desirepath.check.claims import Claimed
from desirepath.check.kinds import MIN_CASES, kind_of
from desirepath.check.report import CheckReport, VerdictWord
from desirepath.check.testing import opposed
from desirepath.errors import did_you_mean
from desirepath.evidence.facts import Evidence, Fact

TOO_FEW_OF_PERSONA = (
    "fewer than 30 cases of this persona tell it, or the events do not answer it"
)


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
        return "it claims nothing that could be counted"
    if fact is None:
        return (
            claim.blocked
            or _no_such_theme(claim, evidence)
            or (TOO_FEW_OF_PERSONA if claim.is_own else "")
            or kind_of(claim.kind).missing(evidence)
        )
    if word == "mixed":
        listed = ", ".join(f"{name} {verdict}" for name, verdict in opposed(segments))
        return f"segments disagree: {listed}"
    caution = _caution(fact, evidence) if claim.kind == "effect" else _weighing(fact)
    if word == "unknown":
        return _why_unknown(claim, fact, further) + caution
    side = "inside" if word == "confirmed" else "outside"
    return f"the evidence lies {side} what is claimed{caution}"


def _no_such_theme(claim: Claimed, evidence: Evidence) -> str:
    """That a claim names a theme nobody knows, "" where it names a known one or none."""
    known = evidence.sources.get("themes", "").split(", ")
    if claim.kind != "mentions" or claim.fact is None or known == [""]:
        return ""
    theme = claim.fact[2]
    if theme in known:
        return ""
    return f"no theme is called “{theme}”. {did_you_mean(theme, known)}".rstrip(".")


def _weighing(fact: Fact) -> str:
    """By what a score is weighted, "" where it is not."""
    _, _, names = fact.source.partition("weighted by ")
    return f"; weighted for who answered, by {names}" if names else ""


def _caution(fact: Fact, evidence: Evidence) -> str:
    """What every difference in goal share is said with."""
    held = evidence.sources.get("effects on the goal", "").partition(": ")[2]
    how = fact.source.partition(", ")[2] or held
    return (
        f"; an association, not a cause: {how}"
        if how
        else "; an association, not a cause"
    )


def _why_unknown(claim: Claimed, fact: Fact, further: int | None) -> str:
    kind = kind_of(claim.kind)
    count = kind.observed(fact)
    if count < MIN_CASES:
        what = kind.one if count == 1 else kind.many
        return f"only {count} {what}; fewer than {MIN_CASES} settle nothing"
    if fact.value is None:
        return "observation stops before the time claimed"
    if further is None:
        return f"the value is so near the limit that no number of {kind.more} would settle it"
    return f"too little evidence: about {further:,} further {kind.more} would settle it"


def notes_of(
    evidence: Evidence,
    earlier: CheckReport | None = None,
    newest: Evidence | None = None,
) -> tuple[str, ...]:
    """What a reader must know of the evidence before the verdicts."""
    notes = [_compared(earlier, newest)] if earlier else []
    if evidence.open_cases:
        notes.append(
            f"{evidence.open_cases:,} of {evidence.cases:,} cases may still go on; they are left out of drop-off."
        )
    if evidence.customers < evidence.cases:
        notes.append(
            f"{evidence.customers:,} customers have {evidence.cases:,} cases; n is the effective number of independent cases."
        )
    notes += [
        f"{name[:1].upper()}{name[1:]}: {text}."
        for name, text in evidence.sources.items()
        if name.startswith(
            ("feedback joined", "feedback placed", "scores as", "who answered")
        )
    ]
    return tuple(notes)


def _compared(earlier: CheckReport, newest: Evidence | None) -> str:
    """With what an earlier check was compared."""
    if newest is None:
        return f"No case began after the evidence of the earlier check ({earlier.window_to or 'without days'}), so nothing could be seen to have moved."
    return (
        f"What was settled by evidence up to {earlier.window_to} was compared with the {newest.cases:,} cases"
        f" from {newest.window_from} to {newest.window_to}."
    )
