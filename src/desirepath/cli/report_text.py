"""A CheckReport as Markdown, for people who read text. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

from desirepath.check.report import CheckReport, Gap, Verdict, VerdictWord
from desirepath.cli.output import duration, feeling, percent

WORDS: tuple[VerdictWord, ...] = (
    "refuted",
    "mixed",
    "stale",
    "unknown",
    "confirmed",
    "untestable",
)


def report_markdown(report: CheckReport) -> str:
    """The whole report: a line of counts, verdicts by word, what the map misses, dead steps.

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
    if verdict.value is None:
        return ""
    if verdict.unit == "s":
        low, high = duration(verdict.low), duration(verdict.high)
        return f"{duration(verdict.value)} ({low} to {high}), n {verdict.n:,}"
    if verdict.unit == "emotion":
        return feeling(verdict.value, verdict.low, verdict.high, verdict.n)
    if verdict.unit in ("nps", "score"):
        span = (
            f" ({verdict.low:.1f} to {verdict.high:.1f})"
            if verdict.low is not None and verdict.high is not None
            else ""
        )
        return f"{verdict.value:.1f}{span}, n {verdict.n:,}"
    if (
        verdict.kind == "effect"
        and verdict.low is not None
        and verdict.high is not None
    ):
        ends = f"{100 * verdict.low:+.1f} to {100 * verdict.high:+.1f}"
        return f"{100 * verdict.value:+.1f} points ({ends}), n {verdict.n:,}"
    low, high = (
        percent(end, 1).removesuffix(" %") for end in (verdict.low, verdict.high)
    )
    return f"{percent(verdict.value, 1)} ({low} to {high} %), n {verdict.n:,}"


def _lines(report: CheckReport) -> Iterator[str]:
    yield f"# {report.title}"
    yield ""
    span = f", {report.window_from} to {report.window_to}" if report.window_from else ""
    yield (
        f"{report.cases:,} cases of {report.customers:,} customers, "
        f"{report.events:,} events{span}."
    )
    yield ", ".join(f"{report.count(word)} {word}" for word in WORDS) + "."
    for word in WORDS:
        chosen = [one for one in report.verdicts if one.verdict == word]
        if chosen:
            yield from ("", f"## {word.capitalize()}", "")
            yield from (_verdict_line(one) for one in chosen)
    if report.missing:
        yield from ("", "## What the map misses", "")
        yield from (_gap_line(gap) for gap in report.missing)
    if report.dead:
        yield from ("", "## Steps nobody takes", "")
        for step, cases, high in report.dead:
            yield f"- `{step}`: {cases:,} cases, at most {percent(high, 1)} of all"
    if report.notes:
        yield from ("", "## Notes", "")
        yield from (f"- {note}" for note in report.notes)


def _verdict_line(verdict: Verdict) -> str:
    place = verdict.step or verdict.stage or "map"
    said = f"“{verdict.text}”" if verdict.text else verdict.claim
    claim = f"; claim: {verdict.claim}" if verdict.text and verdict.claim else ""
    number = f"; measured {measured(verdict)}" if verdict.value is not None else ""
    reason = f"; {verdict.reason}" if verdict.verdict != "confirmed" else ""
    return f"- `{place}` {said}{claim}{number}{reason}"


def _gap_line(gap: Gap) -> str:
    low, high = percent(gap.low, 1).removesuffix(" %"), percent(gap.high, 1)
    after = f", mostly after `{gap.after}`" if gap.after else ""
    return (
        f"- {gap.kind} **{gap.name}**: {percent(gap.share, 1)} of cases "
        f"({low} to {high}){after}"
    )
