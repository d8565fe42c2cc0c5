"""Marks of what customers expected, what they got, and whether a promise was kept. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from desirepath.evidence.facts import Fact
from desirepath.render.views.known import Known, Mark

SHORT: Final = "short"
BETTER: Final = "better"
EVEN: Final = "even"
GAP_SIGNS = (SHORT, BETTER, EVEN)


def gap_marks(known: Known, ref: str) -> Iterator[Mark]:
    """The gap between what was expected and what was delivered at an element, with its three numbers.

    The gap is delivery minus expectation, so below 0 customers got less than they expected. It is
    called one only where the whole interval lies on one side of 0.

    Args:
        known: Facts `expectation`, `delivery` and `expectation_gap`, on the emotion scale.
        ref: The element.
    """
    gap = known.fact(ref, "expectation_gap")
    if gap is not None and gap.value is not None:
        yield Mark(gap_kind(gap), _gap_words(known, ref, gap))


PROMISE, EXPECTATIONS, DELIVERY = "promise", "expectations", "delivery"
TOLD_AT = ("touchpoints", "frontstage")  # lanes that say how a touchpoint was


def touchpoint_marks(
    known: Known, ref: str, lane: str, *, has_promise: bool
) -> Iterator[tuple[Mark, Fact | None]]:
    """Promise, expectation, delivery and gap of a touchpoint, each with interval, n and the fact behind it.

    On the lanes of touchpoints all of them; on those of promise, expectation and delivery the one of the
    lane, and beside the promise the verdict on its claim.

    Args:
        known: Verdicts and facts.
        ref: Ref of the touchpoint.
        lane: Lane of the card.
        has_promise: The touchpoint promises something.
    """
    is_told = lane in TOLD_AT
    if lane == PROMISE:
        yield from ((mark, None) for mark in known.marks(ref))
    if lane == PROMISE or is_told:
        kept = known.kept(ref)
        yield from ((mark, kept) for mark in promise_marks(known, ref))
    expected, got = known.fact(ref, "expectation"), known.fact(ref, "delivery")
    if is_told and known.evidence and has_promise and not (expected or got):
        yield Mark("", known.words.say("page.not_asked")), None
    if not (expected or has_promise):
        return
    for name, fact in ((EXPECTATIONS, expected), (DELIVERY, got)):
        if fact and (is_told or lane == name):
            yield Mark("", _felt_words(known, name, fact)), fact
    gap = known.fact(ref, "expectation_gap")
    if gap and gap.value is not None and (is_told or lane == DELIVERY):
        yield Mark(gap_kind(gap), _size_words(known, gap)), gap


def _felt_words(known: Known, lane: str, fact: Fact) -> str:
    words = known.words
    value = words.measured(fact.value, fact.low, fact.high, "emotion")
    return f"{words.lane(lane)} {value} · n\u00a0{words.number(fact.n)}"


def _size_words(known: Known, gap: Fact) -> str:
    words = known.words
    size = words.measured(gap.value, gap.low, gap.high, "emotion")
    return f"{words.say('gap.size', gap=size)} · n\u00a0{words.number(gap.n)}"


def promise_marks(known: Known, statement: str) -> Iterator[Mark]:
    """The share of cases in which the promise a statement makes was kept.

    Args:
        known: Facts `promise_kept`, each with the statement as its target.
        statement: Id of the statement, or ref of the touchpoint.
    """
    kept = known.kept(statement)
    if kept is not None and kept.value is not None:
        words = known.words
        share = words.measured(kept.value, kept.low, kept.high, "share")
        text = words.say("gap.kept", share=share)
        yield Mark("", f"{text} · n\u00a0{words.number(kept.n)}")


def gap_kind(gap: Fact) -> Literal["short", "better", "even"]:
    """Sign of a gap: less than expected, more, or none shown.

    Examples:
        >>> gap_kind(Fact("step:pay", "expectation_gap", -1.5, "emotion", 240, -1.8, -1.2))
        'short'
        >>> gap_kind(Fact("step:pay", "expectation_gap", -0.1, "emotion", 12, -0.9, 0.7))
        'even'
    """
    if gap.high is not None and gap.high < 0:
        return SHORT
    return BETTER if gap.low is not None and gap.low > 0 else EVEN


def _gap_words(known: Known, ref: str, gap: Fact) -> str:
    words = known.words
    parts = []
    expected, got = known.fact(ref, "expectation"), known.fact(ref, "delivery")
    if expected and got and expected.value is not None and got.value is not None:
        sides = {
            "expected": words.signed(expected.value),
            "delivered": words.signed(got.value),
        }
        parts.append(words.say("gap.both", **sides))
    return " · ".join([*parts, _size_words(known, gap)])
