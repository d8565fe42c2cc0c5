"""`desirepath add`: a statement put on a map, the rest of the file untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer


def command(
    map_file: Annotated[Path, typer.Argument(metavar="MAP", help="Map to add to.")],
    *,
    lane: Annotated[str, typer.Option(help="Lane of the statement: pains, actions.")],
    text: Annotated[
        str | None, typer.Option(help="What it says, as a customer would.")
    ] = None,
    step: Annotated[
        str | None, typer.Option(help="Id of the step; without it, of the whole map.")
    ] = None,
    stage: Annotated[
        str | None, typer.Option(help="Id of the stage, instead of a step.")
    ] = None,
    claim: Annotated[
        str | None,
        typer.Option(help="What could be counted: {reach: {at_most: 1%}}."),
    ] = None,
    score: Annotated[
        float | None, typer.Option(help="Feeling, -2 to 2, in the lane emotion.")
    ] = None,
    importance: Annotated[
        int | None, typer.Option(help="1 (little) to 5 (much).")
    ] = None,
    persona: Annotated[
        str | None, typer.Option(help="Id of the persona it is about.")
    ] = None,
    source: Annotated[
        Literal["customer", "staff", "management", "ai", "data"] | None,
        typer.Option(help="Who says so."),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Name or role of who says so.")] = None,
    statement_id: Annotated[
        str | None, typer.Option("--id", help="Id; without it one is derived.")
    ] = None,
) -> None:
    """Add a statement to a map; comments and layout of the file stay.

    A statement that is there already is not added again. Leaves with 0, or 3 on bad input.
    """
    from desirepath.maps.adding import statement_of, with_statement
    from desirepath.maps.files import read_document, write_map
    from desirepath.maps.refs import label

    if step is not None and stage is not None:
        raise typer.BadParameter("give either --step or --stage")
    if text is None and score is None:
        raise typer.BadParameter("give --text, or --score for a feeling")
    if by is not None and source is None:
        raise typer.BadParameter("--by needs --source")
    ref = f"step:{step}" if step else f"stage:{stage}" if stage else "map"
    fields = {
        "id": statement_id,
        "lane": lane,
        "text": text,
        "score": score,
        "importance": importance,
        "persona": persona,
        "source": {"kind": source, "by": by} if source else None,
    }
    journey = read_document(map_file).journey
    new = with_statement(journey, statement_of(fields, claim), ref)
    place = f"“{label(journey, ref)}”"
    if new is journey:
        print(f"It stands at {place} already; nothing was changed.")
        return
    write_map(new, map_file)
    print(f"Added to {lane} at {place} in {map_file}.")
    if journey.lanes and lane not in journey.lanes:
        print(f"The map does not list the lane {lane}, so posters will not show it.")
