"""`desirepath new`: a map to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desirepath.errors import MapError, Problem

NEXT = "Overwrite the example, then: desirepath lint {path}"


def command(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="File to write: .yaml, or .json without notes."
        ),
    ],
    *,
    template: Annotated[
        str,
        typer.Option(
            help="classic, lens, business, future, blueprint, day-in-the-life, lifecycle, b2b,"
            " single-interaction, service-recovery, several-providers or story."
        ),
    ] = "classic",
    title: Annotated[
        str | None, typer.Option(help="Title, as a customer would say it.")
    ] = None,
    guided: Annotated[
        bool,
        typer.Option(
            "--guided", help="Answer plain questions instead; each may be skipped."
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if it exists.")
    ] = False,
) -> None:
    """Write a starter map with examples to overwrite.

    Leaves with 0, or with 3 where the file exists already or there is no such template.
    """
    from desirepath.maps.files import json_text
    from desirepath.maps.storage import is_json, write_text
    from desirepath.maps.templates import id_of, new_map, new_text

    if path.exists() and not force:
        hint = "Give another name, or --force to replace it."
        raise MapError(Problem("E122", "the file exists already", str(path), hint))
    map_id = id_of(path.name.partition(".")[0])
    if guided:
        from desirepath.cli.asking import ask
        from desirepath.maps.drafting import draft_map
        from desirepath.maps.files import map_text

        journey = draft_map(ask(title or ""), map_id=map_id)
        write_text(path, json_text(journey) if is_json(path) else map_text(journey))
        print(f"Wrote {path} from your answers; all of it is assumption.")
        print(f"Draw it: desirepath draw {path} map.pdf")
        return
    if is_json(path):
        text = json_text(new_map(template, title=title, map_id=map_id))
    else:
        text = new_text(template, title=title, map_id=map_id)
    write_text(path, text)
    print(f"Wrote {path} from the template {template}.")
    print(NEXT.format(path=path))
