"""Option by which a map is held against its own kind of customers: the cases more like it than like other maps."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from desirepath.events.sequences import Sequences
    from desirepath.maps.model import JourneyMap

Among: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        help="Other map of the same journey; only cases more like MAP are measured. Give it again for more."
    ),
]


def own_cases(
    journey_map: JourneyMap, among: list[Path] | None, sequences: Sequences
) -> Sequences:
    """The cases more like the map than like the others, all without others; how many goes to stderr."""
    if not among:
        return sequences
    from desirepath.evidence.nearest import take_nearest
    from desirepath.maps.files import read_map

    own = take_nearest(journey_map, [read_map(path) for path in among], sequences)
    print(f"Measured: {own.source['cases']}.", file=sys.stderr)
    return own
