"""Evidence that speaks against a verdict: kept and shown, whatever the verdict. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desirepath.check.claims import Claimed
from desirepath.check.parts import Against, VerdictWord
from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Fact
from desirepath.evidence.library import MEASURED, ForAndAgainst
from desirepath.sentences.phrase import Phrase, day

SETTLED = ("confirmed", "refuted")
Parts = Sequence[tuple[Fact, VerdictWord]]


def with_contradictions(
    verdict: Verdict,
    claim: Claimed,
    segments: Parts,
    windows: Parts,
    earlier: CheckReport | None,
    told: ForAndAgainst | None = None,
) -> Verdict:
    """The verdict with the segments, windows, earlier checks and people that say otherwise.

    Args:
        verdict: The verdict.
        claim: Its claim.
        segments: Settled segments.
        windows: Settled windows.
        earlier: An earlier check.
        told: What anecdotes, interviews and other items say of the statement.
    """
    found = [*_parts("segment", verdict, segments), *_parts("window", verdict, windows)]
    if earlier and not verdict.staleness:  # a stale verdict says itself what it was
        found += _earlier(verdict, earlier)
    if claim.status == "supported" and verdict.word_now == "refuted":
        found.append(
            Against("people", Phrase("against.marked"), Phrase("against.supported"))
        )
    found += _told(verdict, told) if told else []
    return replace(verdict, against=tuple(found)) if found else verdict


def _told(verdict: Verdict, told: ForAndAgainst) -> Iterator[Against]:
    """Items of the library that a verdict contradicts: those for what is refuted, those against the rest."""
    is_refuted = verdict.word_now == "refuted"
    side = told.speaks_for if is_refuted else told.against
    for voice in side:
        if voice.kind != MEASURED:
            word = Phrase(
                "against.speaks_for" if is_refuted else "against.speaks_against"
            )
            yield Against("item", f"{voice.id}: {voice.words}", word)


def _parts(kind: str, verdict: Verdict, parts: Parts) -> Iterator[Against]:
    """Parts that are settled in the other way than the whole."""
    if verdict.word_now not in SETTLED:  # a mixed verdict names its segments itself
        return
    if verdict.staleness and verdict.staleness.because == "drift":
        return  # its number is of the newest window, and these are of all
    for fact, word in parts:
        if word == verdict.word_now:
            continue
        name = fact.segment or _window(fact.window_from, fact.window_to)
        yield Against(
            "segment" if kind == "segment" else "window",
            name,
            word,
            fact.value,
            fact.n,
            fact.low,
            fact.high,
            fact.unit,
        )


def _window(first: str, last: str) -> Phrase:
    return Phrase("against.window", first=day(first), last=day(last))


def _earlier(verdict: Verdict, earlier: CheckReport) -> Iterator[Against]:
    """The verdict on the same claim in an earlier check, where it was settled the other way."""
    for one in earlier.of(verdict.subject):
        is_same = (one.kind, one.claim) == (verdict.kind, verdict.claim)
        is_settled = one.word_now in SETTLED and verdict.word_now in SETTLED
        if is_same and is_settled and one.word_now != verdict.word_now:
            yield Against(
                "earlier",
                _window(earlier.window_from, earlier.window_to),
                one.word_now,
                one.value,
                one.n,
                one.low,
                one.high,
                one.unit,
            )
