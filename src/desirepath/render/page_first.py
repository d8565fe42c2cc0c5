"""What to fix first and what to keep: the weightiest findings of an analysis, on a page of the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from desirepath.analyze.finding import AnalysisReport, Finding
from desirepath.analyze.speech import Speech
from desirepath.maps.model import JourneyMap
from desirepath.render.words import Words

FIRST, KEPT = 5, 3


def first_section(
    journey: JourneyMap, analysis: AnalysisReport | None, words: Words
) -> str:
    """The part of a page with the first findings; "" without an analysis."""
    if analysis is None:
        return ""
    say = words.say
    steps = set(journey.step_ids())
    first = _listed(analysis, analysis.first(FIRST), steps, words)
    kept = _listed(analysis, analysis.first(KEPT, "keep"), steps, words)
    body = first or f"<p>{escape(say('page.first_none'))}</p>"
    times = _listed(analysis, analysis.times(), steps, words)
    if times:
        heading = Speech(analysis.language).key("report.times")
        body += f"<h3>{escape(heading)}</h3>{times}"
    if kept:
        body += f"<h3>{escape(say('page.keep'))}</h3>{kept}"
    return (
        f'<section id="first"><h2>{escape(say("page.first"))}</h2>'
        f'<p class="soft">{escape(say("page.first_about"))}</p>{body}</section>'
    )


def _listed(
    analysis: AnalysisReport, findings: Iterable[Finding], steps: set[str], words: Words
) -> str:
    speech = Speech(analysis.language)
    items = "".join(
        _item(one, analysis.also(one), steps, words, speech) for one in findings
    )
    way = "rtl" if speech.is_rtl else "ltr"
    return (
        f'<ol class="findings" lang="{speech.language}" dir="{way}">{items}</ol>'
        if items
        else ""
    )


def _item(
    one: Finding,
    also: Iterable[Finding],
    steps: set[str],
    words: Words,
    speech: Speech,
) -> str:
    step = one.subject.removeprefix("step:")
    place = escape(speech.say(one.place))
    if step in steps:
        place = f'<a href="#story-{escape(step)}">{place}</a>'
    quotes = "".join(
        f"<blockquote><bdi>{escape(quote)}</bdi></blockquote>" for quote in one.quotes
    )
    rows = "".join(
        f"<dt>{escape(words.say(key))}</dt><dd>{escape(text)}</dd>"
        for key, text in _told(one, also, words, speech)
        if text
    )
    return (
        f'<li><span class="place soft">{place}</span><p><strong>{escape(speech.say(one.words))}</strong></p>'
        f"<dl>{rows}</dl>{quotes}</li>"
    )


def _told(
    one: Finding, also: Iterable[Finding], words: Words, speech: Speech
) -> Iterator[tuple[str, str]]:
    share = words.share(one.people_share)
    yield "page.affected", f"{words.number(one.people)} ({share})"
    effect = speech.effect(one)
    sure = speech.how_sure(one)
    count = f"n\u00a0{words.number(one.n)}"
    yield "page.effect", " · ".join(filter(None, (effect, count, sure)))
    yield "page.also", " ".join(speech.say(other.words) for other in also)
    yield "page.warning", speech.say(one.warning)
    yield "page.to_know", speech.say(one.to_know_more)
