"""Promise, expectation and delivery of touchpoints in words. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desirepath.cli.output import feeling, percent
from desirepath.evidence.facts import Fact
from desirepath.evidence.touchpoints import TouchpointNumbers
from desirepath.sentences.markdown import in_markdown

COLUMNS = ["touchpoint", "promise", "made to", "kept for", "expected", "got", "gap"]
TOUCHPOINTS = "Promise, expectation, delivery (feelings from -2 to +2)"
NOBODY = "nobody was asked"
NO_PROMISE = "no promise"
UNTOLD = "events do not tell"
NO_CLAIM = "no claim"


def touchpoint_row(one: TouchpointNumbers) -> list[str]:
    """The three numbers of a touchpoint and its gap as cells.

    Examples:
        >>> touchpoint_row(TouchpointNumbers("touchpoint:web", "Web", "Found at once"))[2:]
        ['events do not tell', '–', 'nobody was asked', 'nobody was asked', '–']
    """
    return [
        one.name,
        f"“{one.promise}”" if one.promise else NO_PROMISE,
        _share(one.made) if one.promise else "–",
        _kept(one),
        _felt(one.expected) or NOBODY,
        _felt(one.delivered) or NOBODY,
        _felt(one.gap) or "–",
    ]


def _kept(one: TouchpointNumbers) -> str:
    if not one.promise or one.made is None:
        return "–"
    if one.kept is None:
        return NO_CLAIM if one.claim == "" else "not told case by case"
    had = f"; {one.before.hits:,} had it before" if one.before else ""
    return f"{_share(one.kept)}{had}"


def _share(fact: Fact | None) -> str:
    if fact is None or fact.value is None:
        return UNTOLD
    low, high = (percent(end, 1).removesuffix(" %") for end in (fact.low, fact.high))
    return f"{percent(fact.value, 1)} ({low} to {high} %), n {fact.n:,}"


def _felt(fact: Fact | None) -> str:
    return feeling(fact.value, fact.low, fact.high, fact.n) if fact else ""


def touchpoint_lines(found: Sequence[TouchpointNumbers]) -> Iterator[str]:
    """The same as a part of a report in Markdown, nothing where there are no touchpoints."""
    if not found:
        return
    yield from ("", "## Promise, expectation, delivery", "")
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"| {' | '.join('---' for _ in COLUMNS)} |"
    for one in found:
        yield f"| {' | '.join(map(in_markdown, touchpoint_row(one)))} |"
