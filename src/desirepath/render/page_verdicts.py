"""Every verdict in words: its number, why, who says so, what speaks against it, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import get_args

from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.evidence.facts import Evidence
from desirepath.maps.model import JourneyMap, Statement
from desirepath.render.page_numbers import picked, place_of
from desirepath.render.page_rows import Numbers
from desirepath.render.views.content import statement_words
from desirepath.render.views.footer import gap_words
from desirepath.render.views.known import SIGNS, Known, mark_text
from desirepath.render.words import Words

VERDICTS: tuple[VerdictWord, ...] = get_args(VerdictWord)


def verdicts_section(journey: JourneyMap, known: Known, numbers: Numbers) -> str:
    """The part of a page with every verdict, and what the map misses."""
    report, say = known.report, known.words.say
    if report is None:
        return ""
    if not report.verdicts:
        return f'<section id="verdicts"><h2>{escape(say("page.verdicts"))}</h2><p>{escape(say("page.none"))}</p></section>'
    template = escape(say("page.shown", count="{count}"))
    status = template.replace("{count}", str(len(report.verdicts)))
    items = "\n".join(_items(journey, known, numbers, report))
    names = {step.id: step.name for step in journey.steps()}
    gaps = "".join(
        f"<li>{escape(gap_words(gap, names, known))}</li>" for gap in report.missing
    )
    missing = f"<h2>{escape(say('page.missing'))}</h2><ul>{gaps}</ul>" if gaps else ""
    notes = "".join(f'<p class="soft">{escape(note)}</p>' for note in report.notes)
    return (
        f'<section id="verdicts"><h2>{escape(say("page.verdicts"))}</h2>{notes}'
        f'<div class="tools" role="group" aria-label="{escape(say("page.verdicts"))}" hidden>{_buttons(report, known)}'
        f'<span id="shown" role="status" data-text="{template}">{status}</span></div>'
        f'<ul class="verdicts">{items}</ul>{missing}</section>'
    )


def _buttons(report: CheckReport, known: Known) -> str:
    say = known.words.say
    first = f'<button type="button" data-filter="" aria-pressed="true">{escape(say("page.all"))}</button>'
    return first + "".join(
        f'<button type="button" data-filter="{word}" aria-pressed="false">'
        f'<span aria-hidden="true">{SIGNS[word]}</span> {escape(say(f"verdict.{word}"))} ({report.count(word)})</button>'
        for word in VERDICTS
        if report.count(word)
    )


def _items(
    journey: JourneyMap, known: Known, numbers: Numbers, report: CheckReport
) -> Iterator[str]:
    seen: set[str] = set()
    names = {step.id: step.name for step in journey.steps()}
    stages = {stage.id: stage.name for stage in journey.stages}
    statements = {f"statement:{one.id}": one for one in journey.all_statements()}
    for verdict in report.verdicts:
        place = names.get(verdict.step, verdict.step) or stages.get(
            verdict.stage, verdict.stage
        )
        subject = escape(verdict.subject)
        own_id = "" if verdict.subject in seen else f' id="verdict-{subject}"'
        seen.add(verdict.subject)
        statement = statements.get(verdict.subject)
        wording = statement_words(statement) if statement else ""
        words = verdict.text or wording or verdict.claim
        number = picked(numbers.row_of(verdict), mark_text(verdict, known.words))
        yield (
            f'<li{own_id} class="{verdict.verdict}" data-verdict="{verdict.verdict}" data-subject="{subject}"'
            f' data-place="{escape(place_of(verdict))}" tabindex="-1">'
            f'<span class="place soft">{escape(place or journey.title)}</span>'
            f"<p><strong>{escape(words)}</strong></p>"
            f'<span class="mark {verdict.verdict}">{number}</span>{_facts(verdict, statement, known)}'
            f"{_more(verdict, numbers, known)}</li>"
        )


def _more(verdict: Verdict, numbers: Numbers, known: Known) -> str:
    """Link to the numbers by group; a panel shows them itself."""
    if numbers.row_of(verdict) is None:
        return ""
    words = escape(known.words.say("page.numbers"))
    return f'<p class="to-numbers"><a href="#numbers-{escape(place_of(verdict))}">{words}</a></p>'


def _facts(verdict: Verdict, statement: Statement | None, known: Known) -> str:
    say = known.words.say
    rows = "".join(
        f"<dt{_look(key)}>{escape(say(key))}</dt><dd{_look(key)}>{escape(text)}</dd>"
        for key, text in _told(verdict, statement, known)
        if text
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _look(key: str) -> str:
    """A panel shows the verdict of each segment beside its number."""
    return ' class="by-group"' if key == "page.segments" else ""


def _told(
    verdict: Verdict, statement: Statement | None, known: Known
) -> Iterator[tuple[str, str]]:
    """Key of a heading, and what stands below it."""
    words = known.words
    if verdict.is_implied:
        yield "page.claim", words.say("page.implied")
    else:
        yield "page.claim", verdict.claim
    yield "page.reason", verdict.reason
    yield "page.source", _source(statement, words)
    if verdict.value is not None:
        yield "page.period", _period(known.evidence, known.report, words)
    yield (
        "page.segments",
        "; ".join(
            f"{name.replace('_', ' ').replace('=', ': ', 1)}: {words.say(f'verdict.{word}')}"
            for name, word in verdict.segments
            if word != verdict.verdict
        ),
    )
    yield "page.against", "; ".join(_against(verdict, words))
    if verdict.staleness:
        old = verdict.staleness
        numbers = (old.value, old.low, old.high)
        value = words.measured(*numbers, verdict.told_unit, verdict.limits)
        was = f"{words.say(f'verdict.{old.was}')} · {value} · n\u00a0{words.number(old.n)}"
        yield (
            "page.was",
            f"{was} ({words.day(old.window_from)} – {words.day(old.window_to)})",
        )
    yield "page.proposal", verdict.proposal
    for one in known.report.research if known.report else ():
        if one.subject == verdict.subject:
            yield "page.settle", " ".join(filter(None, (one.advice, one.question)))
            break
    yield "page.due", words.day(verdict.due)


def _source(statement: Statement | None, words: Words) -> str:
    if statement is None or statement.source is None:
        return ""
    source = statement.source
    kind = words.say("page.ai" if source.kind == "ai" else f"page.{source.kind}")
    return ", ".join(filter(None, (kind, source.by, source.date)))


def _period(evidence: Evidence | None, report: CheckReport | None, words: Words) -> str:
    about = evidence or report
    if about is None or not about.cases:
        return ""
    if not about.window_from:
        return words.say("evidence.cases", cases=about.cases)
    return words.say(
        "evidence.dated",
        cases=about.cases,
        first=words.day(about.window_from),
        last=words.day(about.window_to),
    )


def _against(verdict: Verdict, words: Words) -> Iterator[str]:
    for one in verdict.against:
        told = words.say(f"verdict.{one.verdict}") if one.verdict in VERDICTS else ""
        ends = (one.low, one.high)
        # what speaks against a limit of a time is the share that keeps within it
        unit = verdict.told_unit if one.unit == verdict.unit else one.unit
        limits = verdict.limits if one.unit == verdict.unit else ()
        is_told = one.value is not None
        value = words.measured(one.value, *ends, unit, limits) if is_told else ""
        count = f"n\u00a0{words.number(one.n)}" if one.n else ""
        numbers = " · ".join(filter(None, (told or one.verdict, value, count)))
        yield f"{one.name}: {numbers}"
