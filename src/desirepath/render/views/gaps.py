"""Marks of what customers expected, what they got, and whether a promise was kept. Measures nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.evidence.facts import Fact
from desirepath.render.views.known import Known, Mark

SHORT, BETTER, EVEN = "short", "better", "even"
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


def promise_marks(known: Known, statement: str) -> Iterator[Mark]:
    """The share of cases in which the promise a statement makes was kept.

    Args:
        known: Facts `promise_kept`, each with the statement as its target.
        statement: Id of the statement.
    """
    kept = known.kept(statement)
    if kept is not None and kept.value is not None:
        words = known.words
        share = words.share(kept.value)
        interval = words.interval(kept.low, kept.high, "share")
        text = words.say("gap.kept", share=f"{share} ({interval})")
        yield Mark("", f"{text} · n\u00a0{words.number(kept.n)}")


def gap_kind(gap: Fact) -> str:
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
    size = words.signed(gap.value or 0.0)
    if gap.low is not None and gap.high is not None:
        size = f"{size} ({words.interval(gap.low, gap.high, 'emotion')})"
    parts.append(words.say("gap.size", gap=size))
    parts.append(f"n\u00a0{words.number(gap.n)}")
    return " · ".join(parts)
