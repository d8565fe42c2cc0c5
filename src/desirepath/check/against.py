"""Evidence that speaks against a verdict: kept and shown, whatever the verdict. Decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desirepath.check.claims import Claimed
from desirepath.check.parts import Against, VerdictWord
from desirepath.check.report import CheckReport, Verdict
from desirepath.evidence.facts import Fact

SETTLED = ("confirmed", "refuted")
Parts = Sequence[tuple[Fact, VerdictWord]]


def with_contradictions(
    verdict: Verdict,
    claim: Claimed,
    segments: Parts,
    windows: Parts,
    earlier: CheckReport | None,
) -> Verdict:
    """The verdict with the segments, windows, earlier checks and marks of people that say otherwise."""
    found = [*_parts("segment", verdict, segments), *_parts("window", verdict, windows)]
    found += _earlier(verdict, earlier) if earlier else []
    if claim.status == "supported" and verdict.word_now == "refuted":
        found.append(Against("people", "marked as supported", "supported"))
    return replace(verdict, against=tuple(found)) if found else verdict


def _parts(kind: str, verdict: Verdict, parts: Parts) -> Iterator[Against]:
    """Parts that are settled in the other way than the whole."""
    if verdict.word_now not in SETTLED:  # a mixed verdict names its segments itself
        return
    for fact, word in parts:
        if word == verdict.word_now:
            continue
        name = fact.segment or f"{fact.window_from} to {fact.window_to}"
        yield Against(
            "segment" if kind == "segment" else "window",
            name,
            word,
            fact.value,
            fact.n,
            fact.low,
            fact.high,
        )


def _earlier(verdict: Verdict, earlier: CheckReport) -> Iterator[Against]:
    """The verdict on the same claim in an earlier check, where it was settled the other way."""
    for one in earlier.of(verdict.subject):
        is_same = (one.kind, one.claim) == (verdict.kind, verdict.claim)
        is_settled = one.word_now in SETTLED and verdict.word_now in SETTLED
        if is_same and is_settled and one.word_now != verdict.word_now:
            yield Against(
                "earlier",
                f"{earlier.window_from} to {earlier.window_to}",
                one.word_now,
                one.value,
                one.n,
                one.low,
                one.high,
            )
