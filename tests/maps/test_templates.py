"""Starter maps are complete, and ready to be checked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import desirepath.maps
from desirepath.errors import MapError
from desirepath.maps.codes import CODES
from desirepath.maps.lint import lint_map
from desirepath.maps.plain import map_data
from desirepath.maps.schema import map_schema, schema_text
from desirepath.maps.templates import TEMPLATES, new_map, new_text

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "reference" / "map.schema.json"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_nothing_to_mend(name: str) -> None:
    assert lint_map(new_map(name)) == ()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_fits_the_schema(name: str) -> None:
    schema = map_schema()
    assert list(misfits(schema, schema["$defs"], map_data(new_map(name)))) == []


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    schema = map_schema()
    data = {
        **map_data(new_map("classic")),
        "state": "past",
        "owner": 3,
        "review_every": "90",
        "oops": 1,
        "stages": [{"id": "a"}],
    }
    del data["title"]
    assert sorted(misfits(schema, schema["$defs"], data)) == [
        "oops",
        "owner",
        "review_every",
        "stages.0.name",
        "state",
        "title",
    ]


KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "array": (list,),
    "object": (dict,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}


def misfits(schema: Any, parts: Any, data: Any, path: str = "") -> list[str]:
    """Paths at which data breaks a schema, for the keywords the map schema uses."""
    if "$ref" in schema:
        schema = parts[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [misfits(one, parts, data, path) for one in schema["anyOf"]]
        return min(found, key=lambda one: (len(one), -max(map(len, one), default=0)))
    bad = [] if fits(schema, data) else [path]
    if isinstance(data, list) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(data):
            bad += misfits(schema["items"], parts, item, f"{path}.{number}".lstrip("."))
    if isinstance(data, dict) and "properties" in schema:
        known = schema["properties"]
        missing = [name for name in schema.get("required", ()) if name not in data]
        bad += [f"{path}.{name}".lstrip(".") for name in missing]
        for name, value in data.items():
            where = f"{path}.{name}".lstrip(".")
            bad += (
                misfits(known[name], parts, value, where) if name in known else [where]
            )
    return bad


def fits(schema: Any, data: Any) -> bool:
    """Whether a value itself, without what stands in it, fits a schema."""
    if "type" in schema and not isinstance(data, KINDS[schema["type"]]):
        return False
    if isinstance(data, str) and not re.search(schema.get("pattern", ""), data):
        return False
    if "minimum" in schema and not schema["minimum"] <= data <= schema.get(
        "maximum", data
    ):
        return False
    return data in schema.get("enum", [data]) and data == schema.get("const", data)


def test_the_published_schema_is_fresh() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run: desirepath schema > docs/reference/map.schema.json"
    )
    assert json.loads(schema_text()) == map_schema()


def test_a_title_takes_the_place_of_the_example_and_notes_stay() -> None:
    text = new_text("classic", title="I rent: a bicycle")
    old = new_text("classic").splitlines()
    assert [line for line in text.splitlines() if line not in old] == [
        "id: i-rent-a-bicycle",
        'title: "I rent: a bicycle"',
    ]


def test_an_unknown_template_names_the_nearest() -> None:
    with pytest.raises(MapError) as caught:
        new_map("clasic")
    assert str(caught.value) == (
        'no template is called "clasic" [E123]\n'
        '  Did you mean "classic"? Known names: b2b, blueprint, business, classic, day-in-the-life, future, lens, lifecycle and 4 more.'
    )


def test_every_code_of_a_map_error_is_listed() -> None:
    folder = Path(next(iter(desirepath.maps.__path__)))
    sources = [*folder.rglob("*.py"), *(folder.parent / "cli").glob("*.py")]
    text = "".join(
        one.read_text(encoding="utf-8") for one in sources if one.name != "codes.py"
    )
    assert set(re.findall(r'"(E1\d\d)"', text)) == set(CODES)
