"""A CheckReport as Markdown, for people who read text. Judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desirepath.check.parts import (
    Against,
    Coverage,
    Departure,
    DepartureKind,
    Departures,
    Gap,
)
from desirepath.check.report import CheckReport, Verdict, VerdictWord
from desirepath.cli.output import duration, feeling, percent, plain, signed
from desirepath.cli.touchpoint_text import touchpoint_lines
from desirepath.evidence.facts import Example
from desirepath.sentences.markdown import in_code, in_markdown
from desirepath.sentences.rounding import kept_limits

WORDS: tuple[VerdictWord, ...] = (
    "refuted",
    "mixed",
    "stale",
    "unknown",
    "confirmed",
    "untestable",
)

DEPARTURES: dict[DepartureKind, str] = {
    "passed_over": "never come here, but further",
    "repeat": "come back here",
    "too_early": "come here before an earlier step",
    "elsewhere_next": "go on to what is on no step",
}


def report_markdown(report: CheckReport) -> str:
    """The whole report: counts, verdicts by word, what is settled, missed, departed from, to be found out.

    Examples:
        >>> empty = CheckReport("m", "My map", (), (), (), 0, 0, 0, "", "", 0.05)
        >>> print(report_markdown(empty).splitlines()[0])
        # My map
    """
    return "\n".join(_lines(report)) + "\n"


def measured(verdict: Verdict) -> str:
    """The number behind a verdict with its interval and n, "" where there is none.

    Examples:
        >>> sure = Verdict("s", "", "", "share", "", "", False, "confirmed", "", 0.229, "share", 5308, 0.218, 0.241)
        >>> measured(sure)
        '22.9 % (21.8 to 24.1 %), n 5,308'
    """
    value, low, high, n = verdict.value, verdict.low, verdict.high, verdict.n
    limits = verdict.limits
    if value is None:
        return ""
    if verdict.unit == "emotion":
        return feeling(value, low, high, n, limits)
    held, kept = kept_limits(low, high, limits), (0.0, *limits)
    if verdict.unit == "s":
        ends = f"{duration(low, kept)} to {duration(high, kept)}"
        return f"{duration(value, held)} ({ends}), n {n:,}"
    if verdict.unit in ("nps", "score"):
        span = ""
        if low is not None and high is not None:
            span = f" ({plain(low, 1, kept)} to {plain(high, 1, kept)})"
        return f"{plain(value, 1, held)}{span}, n {n:,}"
    if verdict.kind == "effect" and low is not None and high is not None:
        ends = " to ".join(signed(100 * end, 1, kept) for end in (low, high))
        return f"{signed(100 * value, 1, held)} points ({ends}), n {n:,}"
    ends = f"{percent(low, 1, kept).removesuffix(' %')} to {percent(high, 1, kept)}"
    return f"{percent(value, 1, held)} ({ends}), n {n:,}"


def said_words(verdict: Verdict) -> str:
    """What was said: the statement, or the claim where there are no words but a score.

    Examples:
        >>> said_words(Verdict("s", "", "", "score", "the feeling here is +1 ± 0.5", "+1", False, "unknown", ""))
        'the feeling here is +1 ± 0.5'
    """
    is_number = verdict.text.lstrip("+-").replace(".", "", 1).isdigit()
    return verdict.claim if is_number or not verdict.text else verdict.text


def against_words(one: Against) -> str:
    """Evidence that speaks against a verdict, in words.

    Examples:
        >>> against_words(Against("segment", "platform=app", "refuted", 0.12, 400, 0.1, 0.15))
        'platform=app: refuted, 12.0 % (10.0 to 15.0 %), n 400'
        >>> against_words(Against("people", "marked as supported", "supported"))
        'marked as supported'
    """
    if one.kind == "people":
        return one.name
    name = f"check of {one.name}" if one.kind == "earlier" else one.name
    is_share = one.value is not None and one.unit == "share"
    if not is_share:
        return f"{name}: {one.verdict}"
    low, high = (percent(end, 1).removesuffix(" %") for end in (one.low, one.high))
    number = f"{percent(one.value, 1)} ({low} to {high} %), n {one.n:,}"
    return f"{name}: {one.verdict}, {number}"


def was_words(verdict: Verdict) -> str:
    """The number behind a stale verdict when it was settled, "" for any other; its reason says the rest."""
    was = verdict.staleness
    if was is None or was.because == "age":
        return ""
    before = replace(verdict, value=was.value, n=was.n, low=was.low, high=was.high)
    return f"then {measured(before)}"


def departure_words(one: Departure) -> str:
    """What customers do at a step instead of what is drawn.

    Examples:
        >>> departure_words(Departure("pay", "passed_over", 90, 300, 0.3, 0.25, 0.35))
        'never come here, but further: 30 % of 300 cases'
    """
    return f"{DEPARTURES[one.kind]}: {percent(one.share)} of {one.asked:,} cases"


def example_words(one: Example) -> str:
    """A real case around what it shows.

    Examples:
        >>> example_words(Example("map", "elsewhere", "error", "2024-05-19 14:03", ("pay", "error", "pay"), 1, 9))
        '2024-05-19 14:03: pay > [error] > pay (case of 9 events)'
    """
    steps = [
        f"[{name}]" if place == one.at else name
        for place, name in enumerate(one.activities)
    ]
    moment = f"{one.moment}: " if one.moment else ""
    return f"{moment}{' > '.join(steps)} (case of {one.events:,} events)"


def coverage_words(one: Coverage, name: str) -> str:
    """How much of something is settled.

    Examples:
        >>> coverage_words(Coverage("lane", "pains", 4, 1, 2, 0, 0, 1, 0, 0.75), "pains")
        'pains 3 of 4'
    """
    return f"{name} {one.settled} of {one.statements}"


def _lines(report: CheckReport) -> Iterator[str]:
    yield from _head_lines(report)
    for word in WORDS:
        chosen = [one for one in report.verdicts if one.verdict == word]
        if chosen:
            yield from ("", f"## {word.capitalize()}", "")
            for one in chosen:
                yield from _verdict_lines(one)
    yield from _coverage_lines(report)
    yield from touchpoint_lines(report.touchpoints)
    yield from _persona_lines(report.personas)
    yield from _missing_lines(report)
    yield from _departure_lines(report)
    yield from _research_lines(report)
    if report.disagreements:
        yield from ("", "## Where teams disagree", "")
        yield from (f"- {in_markdown(one.words)}" for one in report.disagreements)
    if report.notes:
        yield from ("", "## Notes", "")
        yield from (f"- {in_markdown(note)}" for note in report.notes)


def _head_lines(report: CheckReport) -> Iterator[str]:
    yield f"# {in_markdown(report.title)}"
    yield ""
    span = f", {report.window_from} to {report.window_to}" if report.window_from else ""
    yield (
        f"{report.cases:,} cases of {report.customers:,} customers, "
        f"{report.events:,} events{span}."
    )
    yield ", ".join(f"{report.count(word)} {word}" for word in WORDS) + "."
    if report.due:
        yield f"Due for review: {report.due} (every {report.review_every})."


def _missing_lines(report: CheckReport) -> Iterator[str]:
    if report.missing:
        yield from ("", "## What the map misses", "")
        for gap in report.missing:
            yield from _gap_lines(gap)
    if report.dead:
        yield from ("", "## Steps nobody takes", "")
        for step, cases, high in report.dead:
            yield f"- {in_code(step)}: {cases:,} cases, at most {percent(high, 1)} of all"


def _verdict_lines(verdict: Verdict) -> Iterator[str]:
    place = verdict.step or verdict.stage or "map"
    said = f"“{verdict.text}”" if verdict.text else verdict.claim
    claim = f"; claim: {verdict.claim}" if verdict.text and verdict.claim else ""
    number = f"; measured {measured(verdict)}" if verdict.value is not None else ""
    is_said = verdict.verdict != "confirmed" or verdict.kind == "effect"
    reason = f"; {verdict.reason}" if is_said else ""
    yield f"- {in_code(place)} {in_markdown(f'{said}{claim}{number}{reason}')}"
    if was_words(verdict):
        yield f"  - {in_markdown(was_words(verdict))}"
    for one in verdict.against:
        yield f"  - against: {in_markdown(against_words(one))}"


def _coverage_lines(report: CheckReport) -> Iterator[str]:
    if not report.coverage:
        return
    yield from ("", "## How much is settled", "")
    yield "| | statements | settled | by importance | stale | unknown | untestable |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for one in report.coverage:
        name = in_markdown(f"{one.kind} {one.name}")
        yield (
            f"| {name} | {one.statements} | {one.settled} | {percent(one.share)} "
            f"| {one.stale} | {one.unknown} | {one.untestable} |"
        )


def _gap_lines(gap: Gap) -> Iterator[str]:
    low, high = percent(gap.low, 1).removesuffix(" %"), percent(gap.high, 1)
    after = f", mostly after {in_code(gap.after)}" if gap.after else ""
    of = "of those who write" if gap.kind == "theme" else "of cases"
    yield (
        f"- {gap.kind} **{in_markdown(gap.name)}**: {percent(gap.share, 1)} {of} "
        f"({low} to {high}){after}"
    )
    for one in gap.examples:
        yield f"  - example, {in_markdown(example_words(one))}"
    if gap.addition:
        yield f"  - add it: {in_code(gap.addition.command('MAP'))}"


def _departure_lines(report: CheckReport) -> Iterator[str]:
    found = report.departures
    if found is None:
        return
    plan = "plan" if report.is_future else "map"
    yield from ("", "## Planned against actual", "")
    yield follow_words(found, plan)
    yield ""
    for one in found.places:
        yield f"- {in_code(one.step)}: {departure_words(one)}"


def follow_words(found: Departures, plan: str) -> str:
    """How many cases do just what is drawn.

    Examples:
        >>> follow_words(Departures(0.25, 30, 0.3, 0.2, 0.4, ()), "map")
        '30.0 % of cases (20.0 to 40.0 %) do just what the map draws; the case in the middle departs at about 25 % of the steps.'
    """
    low, high = percent(found.low, 1).removesuffix(" %"), percent(found.high, 1)
    return (
        f"{percent(found.share, 1)} of cases ({low} to {high}) do just what the {plan} draws; "
        f"the case in the middle departs at about {percent(found.median)} of the steps."
    )


def _research_lines(report: CheckReport) -> Iterator[str]:
    if not report.research:
        return
    yield from ("", "## What to find out next", "")
    for number, one in enumerate(report.research, 1):
        place = one.step or one.stage or "map"
        yield (
            f"{number}. {in_code(place)} {in_markdown(one.text)} (importance {one.importance}, "
            f"certainty {percent(one.certainty)}): {in_markdown(one.advice)}"
        )
        if one.question:
            yield f"   - to ask: {in_markdown(one.question)}"


def persona_counts(verdicts: Sequence[Verdict]) -> str:
    """How many texts of personas have each verdict, "" where there are none.

    Examples:
        >>> persona_counts([Verdict("s", "", "", "", "", "It is slow", False, "untestable", "")])
        'Texts of personas: 1 without a claim.'
    """
    words = Counter(one.verdict for one in verdicts)
    told = [
        f"{words[word]} {'without a claim' if word == 'untestable' else word}"
        for word in WORDS
        if words[word]
    ]
    return f"Texts of personas: {', '.join(told)}." if told else ""


def persona_rows(
    verdicts: Sequence[Verdict], names: Mapping[str, str]
) -> list[list[str]]:
    """Texts of personas that claim something as cells: verdict, persona, field, text, measured, why."""
    return [
        [
            one.verdict,
            names.get(one.persona, one.persona),
            one.lane.replace("_", " "),
            one.text,
            measured(one),
            one.reason if one.verdict != "confirmed" else "",
        ]
        for one in verdicts
        if one.kind
    ]


def _persona_lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The same as a part of a report in Markdown, nothing where personas say nothing."""
    if not verdicts:
        return
    yield from ("", "## Texts of personas", "", persona_counts(verdicts))
    for word, persona, field, text, number, why in persona_rows(verdicts, {}):
        told = "; ".join(part for part in (number, why) if part)
        said = in_markdown(f"{field} “{text}”{f'; {told}' if told else ''}")
        yield f"- {word}: {in_code(persona)} {said}"
