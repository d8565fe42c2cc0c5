"""JSON Schema of the map format, made from the models."""

from __future__ import annotations

import json
from typing import Any

from desirepath.maps.model import FORMAT, JourneyMap


def map_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a map file, for editors and other programs.

    It describes shape, words and ranges. What concerns several keys at once, such as "exactly one
    kind of claim", only reading the map can tell.

    Examples:
        >>> map_schema()["required"]
        ['format', 'id', 'title']
    """
    schema = JourneyMap.model_json_schema(mode="validation")
    schema["required"] = ["format", *schema["required"]]
    schema["title"] = "Journey map"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": FORMAT,
        **schema,
    }


def schema_text() -> str:
    """The schema as the file that is shipped with the documentation."""
    return json.dumps(map_schema(), ensure_ascii=False, indent=2) + "\n"
