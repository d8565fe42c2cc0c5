"""Promise, expectation and delivery of each touchpoint as a table of a page. Measures nothing."""

from __future__ import annotations

from html import escape

from desirepath.check.report import Verdict
from desirepath.evidence.facts import Fact
from desirepath.evidence.touchpoints import TouchpointNumbers, touchpoint_numbers
from desirepath.render.page_cards import PageCards
from desirepath.render.page_numbers import picked

UNKNOWN = "–"


def touchpoints_section(cards: PageCards) -> str:
    """The part of a page with the three numbers of each touchpoint and their gap; "" where there are none."""
    evidence, say = cards.known.evidence, cards.known.words.say
    found = touchpoint_numbers(cards.journey, evidence) if evidence else ()
    if not found:
        return ""
    title = " – ".join(
        cards.known.words.lane(lane) for lane in ("promise", "expectations", "delivery")
    )
    heads = "".join(
        f'<th scope="col">{escape(words)}</th>'
        for words in (
            cards.known.words.lane("touchpoints"),
            say("fact.promise_kept"),
            say("fact.expectation"),
            say("fact.delivery"),
            say("fact.expectation_gap"),
        )
    )
    rows = "".join(_row(one, cards) for one in found)
    return (
        f'<section id="touchpoints"><h2>{escape(title)}</h2>'
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="numbers"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _row(one: TouchpointNumbers, cards: PageCards) -> str:
    say = cards.known.words.say
    asked = say("page.not_asked")
    marks = "".join(map(cards.verdict_mark, _verdicts(one, cards)))
    promise = f'<span class="note">{escape(one.promise)}</span>{marks}'
    made = say("page.of", count=one.made.hits, all=one.made.cases) if one.made else ""
    kept = f"{_number(one.kept, cards, UNKNOWN)}"
    if made and one.promise:
        kept += f'<span class="note">{escape(made)}</span>'
    return (
        f'<tr><th scope="row">{escape(one.name)}{promise if one.promise else ""}</th>'
        f"<td>{kept}</td>"
        f"<td>{_number(one.expected, cards, asked)}</td>"
        f"<td>{_number(one.delivered, cards, asked)}</td>"
        f"<td>{_number(one.gap, cards, UNKNOWN)}</td></tr>"
    )


def _verdicts(one: TouchpointNumbers, cards: PageCards) -> tuple[Verdict, ...]:
    report = cards.known.report
    return report.of(one.ref) if report else ()


def _number(fact: Fact | None, cards: PageCards, else_words: str) -> str:
    """A number with interval and n that follows the choice of group."""
    row = cards.numbers.row(fact.subject, fact.measure, fact.target) if fact else None
    return picked(row) if row else escape(else_words)
