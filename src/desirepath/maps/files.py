"""Maps in YAML and JSON files: read with every problem named, written without losing a comment."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from desirepath.errors import MAX_PROBLEMS, MapError, Problem
from desirepath.maps import refs
from desirepath.maps.catalog import with_catalog, without_catalog
from desirepath.maps.json_source import parse_json
from desirepath.maps.migrate import VERSION, migrate, version_of
from desirepath.maps.model import JourneyMap
from desirepath.maps.plain import ids_to_write, map_data
from desirepath.maps.rewrite import ids_in_text, rewritten
from desirepath.maps.source import Node, place
from desirepath.maps.storage import is_json, read_text, write_text
from desirepath.maps.validation import validate
from desirepath.maps.yaml_source import parse_yaml
from desirepath.maps.yaml_text import block_lines


@dataclass(frozen=True, slots=True)
class Document:
    r"""A map as it stands in a file.

    Attributes:
        name: Name of the file, for messages.
        text: Its text, with ``\n`` line ends.
        tree: The text as a tree of values with places.
        version: Version of the format it is written in.
        journey: The map, every statement with an id, nothing added from a catalog.
        line_end: Line end of the file.
    """

    name: str
    text: str
    tree: Node
    version: int
    journey: JourneyMap
    line_end: str

    def place_of(self, path: refs.Path) -> str:
        """Place of an element as a person finds it: file, line and path."""
        if (
            self.version < VERSION
        ):  # lines of an older format would be of other elements
            return place(self.name, None, path)
        return place(self.name, self.tree.line_at(path), path)


def read_map(path: str | Path) -> JourneyMap:
    """Map of a YAML or JSON file.

    Every statement has an id; older formats are brought up to date. In a project folder (one with
    a ``desirepath.toml``), touchpoints and personas that the map refers to but does not hold come
    from ``touchpoints.yaml`` and ``personas/``.

    Args:
        path: The file; ``.json`` is read as JSON, anything else as YAML.

    Raises:
        MapError: up to 20 of E101 to E121 and E128, each with file, line and element.
    """
    file = Path(path)
    return with_catalog(read_document(file).journey, file)


def read_document(path: Path) -> Document:
    """Map of a file with its text and places, without anything from a catalog.

    Raises:
        MapError: up to 20 of E101 to E121.
    """
    return parse_document(read_text(path), str(path), is_json_text=is_json(path))


def parse_map(text: str, name: str = "map.yaml") -> JourneyMap:
    r"""Map of a YAML or JSON text.

    Args:
        text: The text.
        name: Name for messages; one that ends in ``.json`` makes the text JSON.

    Raises:
        MapError: up to 20 of E102 and E104 to E121.

    Examples:
        >>> parse_map("format: desirepath/map/1\nid: shop\ntitle: I order a plant").title
        'I order a plant'
    """
    is_json_text = is_json(Path(name))
    return parse_document(text, name, is_json_text=is_json_text).journey


def parse_document(text: str, name: str, *, is_json_text: bool) -> Document:
    """Map of a text with its places.

    Raises:
        MapError: up to 20 of E102 and E104 to E121.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tree = (parse_json if is_json_text else parse_yaml)(text, name)
    data = tree.data()
    assert isinstance(data, dict)  # noqa: S101 - both parsers refuse anything else
    try:
        version = version_of(data)
    except MapError as error:
        where = place(name, tree.line_at(("format",)), ("format",))
        raise MapError(replace(error.problems[0], place=where)) from None
    given = data if version == VERSION else migrate(data)

    def locate(path: refs.Path) -> tuple[int, str]:
        line = tree.line_at(path)
        return line, place(name, line if version == VERSION else None, path)

    journey = validate(JourneyMap, given, locate)
    _refuse_ids(journey, locate)
    named = refs.with_statement_ids(journey)
    return Document(name, text, tree, version, named, line_end)


def _refuse_ids(
    journey: JourneyMap, locate: Callable[[refs.Path], tuple[int, str]]
) -> None:
    found = refs.id_problems(journey)
    if found:
        raise MapError(
            *(
                replace(problem, place=locate(path)[1])
                for path, problem in found[:MAX_PROBLEMS]
            )
        )


def map_text(journey: JourneyMap) -> str:
    """YAML text of a map in canonical form: model order, defaults left out, block style.

    The same map gives the same text. Ids of statements are left out where a reader derives the
    same ones from the content.

    Raises:
        MapError: E120 or E121 for ids, E124 for a value YAML cannot hold.

    Examples:
        >>> print(map_text(JourneyMap(id="shop", title="I order a plant")), end="")
        format: desirepath/map/1
        id: shop
        title: I order a plant
    """
    _refuse_ids(journey, lambda path: (0, refs.dotted(path)))
    return "\n".join(block_lines(map_data(journey), 0)) + "\n"


def json_text(journey: JourneyMap) -> str:
    """JSON text of a map in canonical form.

    Raises:
        MapError: E120 or E121 for ids, E124 for a value JSON cannot hold.
    """
    _refuse_ids(journey, lambda path: (0, refs.dotted(path)))
    try:
        return (
            json.dumps(map_data(journey), ensure_ascii=False, indent=2, allow_nan=False)
            + "\n"
        )
    except (TypeError, ValueError) as error:
        hint = "Use text, finite numbers, true, false, lists and mappings."
        problem = Problem("E124", f"a value cannot be written: {error}", hint=hint)
        raise MapError(problem) from error


def write_map(journey: JourneyMap, path: str | Path) -> None:
    """Write a map to a YAML or JSON file, at once or not at all.

    In a YAML file that already holds this map, only what differs is touched: comments, order of
    keys and layout of the rest stay as they are. What came from a catalog is not written.

    Args:
        journey: The map.
        path: The file; its folder must exist.

    Raises:
        MapError: E120 or E121 for ids, E124 a value cannot be written, E126 the file cannot be
            written, E127 a file of this name exists and is not a map.
    """
    file = Path(path)
    old = _existing(file)
    own = without_catalog(journey, file, old.journey if old else None)
    if is_json(file):
        text = json_text(own)
    elif old and old.version == VERSION and old.journey.id == own.id:
        text = updated_text(old, own)
    else:
        text = map_text(own)
    write_text(file, text.replace("\n", old.line_end) if old else text)


def check_target(path: Path) -> None:
    """Nothing where a map may be written; for those who write several, before they write the first.

    Raises:
        MapError: E127 a file of this name exists and is not a map.
    """
    _existing(path)


def _existing(path: Path) -> Document | None:
    """The map that lies there now; what is not a map must not be lost."""
    if not path.exists():
        return None
    try:
        text = read_text(path)
        if not text.strip():
            return None
        return parse_document(text, str(path), is_json_text=is_json(path))
    except MapError as error:
        what = f"the existing file is not a map: {error.problems[0].what}"
        hint = "Give another name, or mend or delete the file first."
        raise MapError(Problem("E127", what, str(path), hint)) from error


def updated_text(old: Document, journey: JourneyMap) -> str:
    """Text of a YAML document with a changed map put in; what is the same stays as it is.

    Raises:
        MapError: E120 or E121 for ids, E124 a value cannot be written.
    """
    canonical = map_text(journey)
    kept = ids_in_text(old.tree, old.journey)
    text = rewritten(
        old.text, old.tree, old.journey, journey, ids_to_write(journey, kept)
    )
    try:
        is_right = parse_map(text, old.name) == refs.with_statement_ids(journey)
    except MapError:
        is_right = False
    # The map counts more than its layout: a text that would not read back is never written.
    return text if is_right else canonical
