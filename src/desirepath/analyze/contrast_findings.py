"""Findings from contrasts: cases that met something, against those at the same place that did not."""

from __future__ import annotations

from dataclasses import replace

from desirepath.analyze.basis import FULL_SWING, Basis, Effect, affected, measured
from desirepath.analyze.finding import Finding, Kind
from desirepath.evidence.contrasts import HAS, MOOD_ELSE, MOOD_IF
from desirepath.evidence.facts import Fact
from desirepath.sentences.phrase import Phrase
from desirepath.sentences.phrase import mood as felt


def contrast_finding(
    basis: Basis,
    has: Fact,
    effect: Effect,
    *,
    named: tuple[str, str, Kind],
    words: str,
    measures: tuple[str, ...],
    is_mine: bool = True,
) -> Finding:
    """A finding about the cases of a contrast that met it, as heavy as the shares differ.

    Args:
        basis: Map and facts.
        has: The fact that counts who met it.
        effect: How they differ, in shares.
        named: Name of the analysis, code and kind of the finding.
        words: One sentence.
        measures: Measures compared.
        is_mine: False where the difference points the other way: tested, and never shown.
    """
    here = basis.some(has.hits)
    return Finding(
        analysis=named[0],
        code=named[1],
        subject=has.subject,
        place=basis.name(has.subject),
        words=words,
        **affected(here),
        **measured(effect),
        severity=min(abs(effect.value), 1.0),
        kind=named[2],
        p=effect.p if is_mine else 1.0,
        evidence=(
            (has.subject, HAS, has.target),
            *((has.subject, one, has.target) for one in measures),
        ),
        quotes=basis.quotes(has.subject, named[2]),
        warning=Phrase("mind.association"),
        to_know_more=Phrase("more.experiment"),
    )


def mood_finding(
    basis: Basis, has: Fact, *, named: tuple[str, str, Kind], who: str
) -> Finding | None:
    """A finding about how those felt who met something; None where too few answered.

    Args:
        basis: Map and facts.
        has: The fact that counts who met it.
        named: Name of the analysis, code and kind of the finding.
        who: Those who met it, as the beginning of a sentence.
    """
    mood = basis.mood(has.subject, has.target)
    if mood is None:
        return None
    one = contrast_finding(
        basis,
        has,
        mood,
        named=named,
        words=Phrase(
            "mood.worse", who=who, first=felt(mood.first), second=felt(mood.second)
        ),
        measures=(MOOD_IF, MOOD_ELSE),
        is_mine=mood.value < 0,
    )
    return replace(one, unit="emotion", severity=min(abs(mood.value) / FULL_SWING, 1.0))
