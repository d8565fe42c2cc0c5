"""The report of a check in a terminal: verdicts first, then what follows from them. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from desirepath.check.additions import for_dead_step
from desirepath.check.parts import Coverage
from desirepath.check.report import CheckReport, Verdict
from desirepath.cli.output import percent, print_table
from desirepath.cli.report_text import (
    WORDS,
    against_words,
    departure_words,
    example_words,
    follow_words,
    measured,
    persona_counts,
    persona_rows,
    said_words,
    was_words,
)
from desirepath.cli.touchpoint_text import COLUMNS, TOUCHPOINTS, touchpoint_row
from desirepath.maps.model import JourneyMap

SIGNS = {
    "confirmed": "✓ confirmed",
    "refuted": "✗ refuted",
    "mixed": "≠ mixed",
    "unknown": "? unknown",
    "stale": "⌛ stale",
    "untestable": "- untestable",
}
MAX_GAPS = 8
MAX_PLACES = 5
MAX_EXAMPLES = 3
MAX_AGAINST = 3
WHY = ("unknown", "mixed", "stale")


def show_report(report: CheckReport, journey_map: JourneyMap, map_file: Path) -> None:
    """Print a report for people."""
    names = {step.id: step.name for step in journey_map.steps()}
    names |= {stage.id: stage.name for stage in journey_map.stages}
    names |= {f"touchpoint:{one.id}": one.name for one in journey_map.touchpoints}
    span = f", {report.window_from} to {report.window_to}" if report.window_from else ""
    print(
        f"{report.title}: {report.cases:,} cases of {report.customers:,} customers{span}"
    )
    print(counts_words(report))
    _show_verdicts(report, names)
    _show_coverage(report, names)
    _show_against(report, names)
    _show_personas(report, journey_map)
    print_table(
        TOUCHPOINTS,
        COLUMNS,
        [touchpoint_row(one) for one in report.touchpoints],
    )
    _show_gaps(report, journey_map, names, map_file)
    _show_departures(report, names)
    _show_research(report, names)
    for one in report.disagreements:
        print(f"Disagreement: {one.words}")
    for note in report.notes:
        print(f"Note: {note}")


def _show_verdicts(report: CheckReport, names: Mapping[str, str]) -> None:
    rows = [
        [
            SIGNS[verdict.verdict],
            _where(verdict, names),
            said_words(verdict),
            "\n".join(one for one in (measured(verdict), _why(verdict)) if one),
        ]
        for verdict in sorted(report.verdicts, key=lambda one: WORDS.index(one.verdict))
        if not _is_plain(verdict)
    ]
    print_table("", ["verdict", "where", "statement or claim", "measured, why"], rows)
    plain = sum(_is_plain(one) for one in report.verdicts)
    if plain:
        claims = "claim" if plain == 1 else "claims"
        print(
            f"Not listed: {plain} confirmed {claims} that the shape of the map makes."
        )


def counts_words(report: CheckReport) -> str:
    """How many verdicts of each word, and what is refuted, the first thing to read."""
    counts = ", ".join(
        f"{report.count(word)} {word}" for word in WORDS if report.count(word)
    )
    return f"{counts}." if counts else "Nothing on the map was judged."


def _where(verdict: Verdict, names: Mapping[str, str]) -> str:
    """Name of the touchpoint, step or stage a verdict is about."""
    place = names.get(verdict.step or verdict.stage, "map")
    return names.get(verdict.subject, place)


def _is_plain(verdict: Verdict) -> bool:
    """Whether a claim of the shape of the map is as it should be, be it by old evidence."""
    return verdict.is_implied and verdict.word_now == "confirmed"


def _why(verdict: Verdict) -> str:
    reason = verdict.reason if verdict.verdict in WHY else ""
    was = was_words(verdict)
    return f"{reason} ({was})" if was else reason


def _show_coverage(report: CheckReport, names: Mapping[str, str]) -> None:
    """How much is settled, with its parts, and until when."""
    if report.coverage:
        whole = report.coverage[0]
        print(
            f"Settled by evidence: {whole.settled} of {whole.statements} statements, "
            f"{percent(whole.share)} of their importance."
        )
        for kind in ("stage", "lane"):
            parts = _parts([one for one in report.coverage if one.kind == kind], names)
            if parts:
                print(f"  by {kind}: {parts}")
    if report.due:
        is_over = report.today > report.due
        when = "was due for review on" if is_over else "is due for review on"
        print(f"What is settled {when} {report.due} (every {report.review_every}).")


def _parts(rows: list[Coverage], names: Mapping[str, str]) -> str:
    return ", ".join(
        f"{names.get(one.name, one.name)} {one.settled} of {one.statements}"
        for one in rows
    )


def _show_personas(report: CheckReport, journey_map: JourneyMap) -> None:
    """What the evidence says of the texts of personas."""
    counts = persona_counts(report.personas)
    if counts:
        print(counts)
    names = {
        one.id: one.name for one in journey_map.personas if not isinstance(one, str)
    }
    headers = ["verdict", "persona", "", "says", "measured among them", "why"]
    rows = persona_rows(report.personas, names)
    signed = [[SIGNS[row[0]], *row[1:]] for row in rows]
    print_table("What is claimed of personas", headers, signed)


def _show_against(report: CheckReport, names: Mapping[str, str]) -> None:
    """Settled evidence that contradicts a verdict on a statement."""
    rows = []
    for verdict in report.verdicts:
        if verdict.against and not verdict.is_implied:
            shown = [against_words(one) for one in verdict.against[:MAX_AGAINST]]
            rest = len(verdict.against) - len(shown)
            more = [f"{rest} more"] if rest else []
            rows.append(
                [
                    SIGNS[verdict.verdict],
                    _where(verdict, names),
                    said_words(verdict),
                    "\n".join([*shown, *more]),
                ]
            )
    print_table(
        "What speaks against a verdict",
        ["verdict", "where", "statement", "but"],
        rows,
    )


def _show_gaps(
    report: CheckReport,
    journey_map: JourneyMap,
    names: Mapping[str, str],
    map_file: Path,
) -> None:
    shown = report.missing[:MAX_GAPS]
    rows = [
        [
            str(number),
            gap.kind,
            gap.name,
            f"{percent(gap.share)} ({gap.cases:,} {'writers' if gap.kind == 'theme' else 'cases'})",
            f"{gap.goal_difference * 100:+.0f} points"
            if gap.goal_difference is not None
            else "-",
            names.get(gap.after, gap.after),
        ]
        for number, gap in enumerate(shown, 1)
    ]
    rest = len(report.missing) - len(shown)
    title = "What customers do and the map does not show" + (
        f" ({rest} more)" if rest > 0 else ""
    )
    print_table(
        title,
        ["", "kind", "what", "customers", "reach the goal", "mostly after"],
        rows,
    )
    for line in _examples(report):
        print(line)
    commands = [
        f"  {number}. {gap.addition.command(str(map_file))}"
        for number, gap in enumerate(shown, 1)
        if gap.addition
    ]
    if commands:
        print("Put it on the map:", *commands, sep="\n")
    for line in _dead(report, journey_map, names, map_file):
        print(line)


def _examples(report: CheckReport) -> Iterator[str]:
    """A real case of each of the first gaps; the report in a file has more."""
    found = [gap for gap in report.missing[:MAX_GAPS] if gap.examples][:MAX_EXAMPLES]
    if found:
        yield "For example (three of each with -o report.md):"
    for gap in found:
        yield f"  {gap.name}: {example_words(gap.examples[len(gap.examples) // 2])}"


def _dead(
    report: CheckReport,
    journey_map: JourneyMap,
    names: Mapping[str, str],
    map_file: Path,
) -> Iterator[str]:
    for step, cases, high in report.dead:
        if cases:
            count = f"{cases:,} cases, at most {percent(high, 1)}"
            yield f"Hardly anybody does it: “{names[step]}” ({count})."
        else:
            yield f"Never seen: “{names[step]}” (nobody does it, or it is not recorded)."
        yield f"  {for_dead_step(journey_map, step).command(str(map_file))}"


def _show_departures(report: CheckReport, names: Mapping[str, str]) -> None:
    found = report.departures
    if found is None:
        return
    plan = "plan" if report.is_future else "map"
    rows = [
        [names.get(one.step, one.step), departure_words(one), f"{one.cases:,}"]
        for one in found.places[:MAX_PLACES]
    ]
    print_table(
        f"Where customers depart from the {plan}", ["where", "what", "cases"], rows
    )
    print(follow_words(found, plan))


def _show_research(report: CheckReport, names: Mapping[str, str]) -> None:
    rows = [
        [
            str(number),
            names.get(one.step or one.stage, "map"),
            one.text,
            str(one.importance),
            percent(one.certainty),
            one.advice + (f"\nAsk: {one.question}" if one.question else ""),
        ]
        for number, one in enumerate(report.research, 1)
    ]
    print_table(
        "What to find out next",
        ["", "where", "what", "importance", "certain", "how"],
        rows,
    )
