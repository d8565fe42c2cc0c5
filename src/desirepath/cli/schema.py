"""`desirepath schema`: the JSON Schema of the map format."""

from __future__ import annotations

import sys


def command() -> None:
    """Print the JSON Schema of a map file, for editors and other programs."""
    from desirepath.maps.schema import schema_text

    sys.stdout.write(schema_text())
