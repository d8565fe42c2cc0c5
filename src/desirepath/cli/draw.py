"""`desirepath draw`: a map as a poster or a page."""

from __future__ import annotations

from pathlib import Path

import typer


def command(
    map_file: Path = typer.Argument(
        ..., metavar="MAP", help="Map file (YAML or JSON)."
    ),
    evidence_file: Path | None = typer.Option(
        None,
        "--evidence",
        "-e",
        help="Evidence saved by `desirepath measure`; marks each statement with what it says.",
    ),
    flow_file: Path | None = typer.Option(
        None,
        "--flow",
        help="Flow saved by `desirepath flow -o flow.json`; a page (.html) shows it, a poster with room the most frequent ways.",
    ),
    quotes_file: Path | None = typer.Option(
        None,
        "--quotes",
        help="Quotes saved by `desirepath feedback quotes`; a poster shows two a step, a page all.",
    ),
    output: Path | None = typer.Option(
        None,
        "--out",
        "-o",
        help="File to write: .pdf, .png, .svg or .html. Without it the PDF beside the map.",
    ),
    size: str = typer.Option(
        "A3", "--size", "-s", help="Paper: A0 to A4, letter or tabloid."
    ),
    orientation: str = typer.Option(
        "landscape", "--orientation", help="landscape or portrait."
    ),
    ppi: float = typer.Option(150, "--ppi", help="Pixels per inch of a PNG."),
    view: str = typer.Option(
        "map",
        help="What to draw: the map, a persona card (persona), an empathy map (empathy), or all personas side by side (personas).",
    ),
    persona: str = typer.Option(
        "", help="Id of the persona; the first one of the map if none."
    ),
) -> None:
    """Draw a map as a poster (PDF, PNG, SVG) or as a page with the poster on it (HTML)."""
    from desirepath import check_map, draw_map, read_evidence, read_map
    from desirepath.evidence.flow_files import read_flows
    from desirepath.evidence.quotes import read_quotes

    journey = read_map(map_file)
    evidence = read_evidence(evidence_file) if evidence_file else None
    report = check_map(journey, evidence) if evidence else None
    if view != "map":
        from desirepath.render.draw_persona import VIEWS, draw_persona

        if view not in VIEWS:
            raise typer.BadParameter(f"--view takes map, {', '.join(VIEWS)}")
        print(
            draw_persona(
                journey,
                output or map_file.with_suffix(f".{view}.pdf"),
                view=view,
                persona=persona,
                report=report,
                evidence=evidence,
                paper_size=(size, orientation),
                ppi=ppi,
            )
        )
        return
    flows = read_flows(flow_file) if flow_file else ()
    quotes = read_quotes(quotes_file).quotes if quotes_file else ()
    target = output or map_file.with_suffix(".pdf")
    analysis = None
    if evidence and target.suffix.lower() == ".html":
        from desirepath.analyze.reading import analyze_map

        analysis = analyze_map(journey, evidence, quotes=quotes)
    written = draw_map(
        journey,
        target,
        report=report,
        evidence=evidence,
        flows=flows,
        quotes=quotes,
        analysis=analysis,
        size=size,
        orientation=orientation,
        ppi=ppi,
    )
    print(written)
