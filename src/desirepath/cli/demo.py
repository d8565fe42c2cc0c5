"""`desirepath demo`: the whole loop on a simulated shop whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from desirepath.check.report import CheckReport
    from desirepath.events.sequences import Sequences
    from desirepath.events.simulate import ShopTruth
    from desirepath.evidence.facts import Evidence
    from desirepath.maps.model import JourneyMap

PROJECT_FILE = "desirepath.toml"
MARK = "# Made by desirepath demo; run it again to refresh the results."
MAP_FILE = "maps/assumed.yaml"
GOAL = "order_again"


@dataclass(frozen=True, slots=True)
class Found:
    """What the demo has at the end."""

    report: CheckReport
    sequences: Sequences
    truth: ShopTruth
    discovered: JourneyMap
    evidence: Evidence


def command(
    folder: Path = typer.Option(
        Path("desirepath-demo"), "--folder", help="Project folder to write."
    ),
    customers: int = typer.Option(
        20_000, "--customers", min=100, max=1_000_000, help="Customers to simulate."
    ),
    seed: int = typer.Option(
        1, "--seed", min=0, help="The same seed gives the same demo."
    ),
    open_page: bool = typer.Option(
        False,
        "--open",
        help="Show the map on the board in the browser at the end, and serve it until Ctrl-C.",
    ),
    port: int = typer.Option(8765, "--port", help="Port the board is served at."),
) -> None:
    """Simulate a plant shop, hold its team's map against it, draw what is true."""
    prepare(folder)
    found = run(folder, customers, seed)
    for line in summary(found, folder):
        print(line)
    if open_page:
        from desirepath.cli.serve import command as serve

        serve(folder, database=None, port=port, open_page=True)


def prepare(folder: Path) -> None:
    """Write the project files; a map that was edited since the last demo is kept.

    Raises:
        DesirepathError: E801 if something that is not a demo stands there.
    """
    from desirepath.errors import DesirepathError, Problem

    is_ours = (folder / PROJECT_FILE).is_file() and MARK in (
        folder / PROJECT_FILE
    ).read_text(encoding="utf-8", errors="replace")
    if folder.exists() and not is_ours and (folder.is_file() or any(folder.iterdir())):
        raise DesirepathError(
            Problem(
                "E801",
                "something that is not a demo stands here",
                str(folder),
                "Name an empty folder: desirepath demo --folder NAME.",
            )
        )
    for part in ("maps", "events", "results"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    shipped = files("desirepath.cli").joinpath("demo_project")
    project = shipped.joinpath(PROJECT_FILE).read_text(encoding="utf-8")
    (folder / PROJECT_FILE).write_text(f"{MARK}\n{project}", encoding="utf-8")
    if not (folder / MAP_FILE).exists():
        text = shipped.joinpath(MAP_FILE).read_text(encoding="utf-8")
        (folder / MAP_FILE).write_text(text, encoding="utf-8")


def run(folder: Path, customers: int, seed: int) -> Found:
    """Simulate, read, discover, measure, check and draw; everything lands in the folder."""
    import numpy as np

    import desirepath
    from desirepath.analyze.reading import analyze_map
    from desirepath.events.simulate import simulate_shop
    from desirepath.evidence.quotes import choose_quotes, write_quotes

    shop = simulate_shop(customers, np.random.default_rng(seed))
    recipe = shop.write(folder / "events")
    sequences = desirepath.read_events(recipe)
    feedback = desirepath.read_feedback(recipe)
    assumed = desirepath.read_map(folder / MAP_FILE)
    discovered = desirepath.discover_maps(sequences, goal=GOAL).best
    evidence = desirepath.measure_map(
        assumed, sequences, feedback=feedback, every="month"
    )
    quotes = choose_quotes(assumed, sequences, feedback)
    report = desirepath.check_map(assumed, evidence)
    _write(folder / "results", report)
    desirepath.write_evidence(evidence, folder / "results" / "evidence.json")
    write_quotes(quotes, folder / "results" / "quotes.json")
    analysis = analyze_map(assumed, evidence, quotes=quotes.quotes)
    desirepath.write_map(discovered, folder / "maps" / "discovered.yaml")
    flow = desirepath.measure_flow(sequences, goal=GOAL)
    desirepath.draw_flow(flow, folder / "results" / "flow.pdf")
    for name in ("poster.pdf", "poster.png", "map.html"):
        desirepath.draw_map(
            assumed,
            folder / "results" / name,
            report=report,
            evidence=evidence,
            flows=(flow,) if name == "map.html" else (),
            quotes=quotes.quotes,
            analysis=analysis,
        )
    desirepath.draw_map(discovered, folder / "results" / "discovered.pdf")
    return Found(report, sequences, shop.truth, discovered, evidence)


def _write(results: Path, report: CheckReport) -> None:
    from desirepath.cli.report_text import report_markdown

    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    (results / "report.json").write_text(text, encoding="utf-8")
    (results / "report.md").write_text(report_markdown(report), encoding="utf-8")


def summary(found: Found, folder: Path) -> Iterator[str]:
    """What a reader sees first: how the map fared, three findings beside the planted truth, files."""
    from desirepath.cli.report_text import WORDS

    report, sequences = found.report, found.sequences
    yield (
        f"Plant shop Blattwerk: {sequences.case_count:,} customers, "
        f"{sequences.event_count:,} events, {report.window_from} to {report.window_to}."
    )
    counts = ", ".join(
        f"{report.count(word)} {word}" for word in WORDS if report.count(word)
    )
    yield f"The map its team believes in, “{report.title}”: {counts}."
    yield ""
    yield "Three things were planted in the data. What the map's statements say of them:"
    yield from _planted(found)
    dead = ", ".join(step for step, _, _ in report.dead)
    if dead:
        yield f"Steps nobody takes: {dead}."
    if report.missing:
        names = ", ".join(
            f"{gap.name} ({gap.share:.0%})"
            for gap in report.missing
            if gap.kind == "activity"
        )
        yield f"What customers do and the map does not show: {names}."
    yield ""
    yield f"Look at {folder / 'results' / 'poster.pdf'} or {folder / 'results' / 'map.html'};"
    yield f"how customers move stands in {folder / 'results' / 'flow.pdf'};"
    yield f"read {folder / 'results' / 'report.md'}; the discovered draft is {folder / 'maps' / 'discovered.yaml'}."
    yield f"Change {folder / MAP_FILE} and run the demo again."


def _planted(found: Found) -> Iterator[str]:
    """Each planted thing: what the map says, the verdict, the number, the truth."""
    from desirepath.cli.report_text import measured

    truth = found.truth
    told = (
        (
            "web-fails",
            f"{truth.pay_fails_web:.0%} on the web, {truth.pay_fails_app:.0%} in the app",
        ),
        (
            "wait-asks",
            f"{truth.asks_silent:.0%} of those with a late parcel and no word, {truth.asks_told:.0%} with a notice",
        ),
        (
            "call-again",
            f"{truth.again_after_call:.0%} with the call, {truth.again_without_call:.0%} without",
        ),
    )
    for statement, true in told:
        for verdict in found.report.of(f"statement:{statement}"):
            yield f"  {verdict.verdict}: “{verdict.text}”, {measured(verdict)}"
            yield f"    the truth: {true}"
    yield from _feelings(found)


def _feelings(found: Found) -> Iterator[str]:
    """What the call does to the feelings of those who answered, beside what was planted."""
    from desirepath.cli.output import feeling

    call, unpack = (
        found.evidence.find(f"step:{step}", "score", target="emotion")
        for step in ("call", "unpack")
    )
    if call is None or unpack is None:
        return
    told, silent = (
        feeling(fact.value, fact.low, fact.high, fact.n) for fact in (call, unpack)
    )
    yield f"  felt after the call: {told}; without it: {silent}"
    points = found.truth.plan.score_call
    yield f"    the truth: the call is worth {points:g} of 10 points, {points * 0.4:+.2f} on the scale of -2 to +2"
