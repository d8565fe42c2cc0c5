"""What the maps of a project folder share: touchpoints and personas in files of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desirepath.errors import MapError, Problem
from desirepath.maps.base import Part
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import JourneyMap
from desirepath.maps.persona import Persona
from desirepath.maps.refs import Path as ElementPath
from desirepath.maps.source import Node, place
from desirepath.maps.storage import read_text
from desirepath.maps.validation import validate
from desirepath.maps.yaml_source import parse_yaml

PROJECT_FILE = "desirepath.toml"
TOUCHPOINTS_FILE = "touchpoints.yaml"
PERSONAS_FOLDER = "personas"


class TouchpointCatalog(Part):
    """Contents of ``touchpoints.yaml``."""

    touchpoints: tuple[Touchpoint, ...] = ()


def project_folder(path: Path) -> Path | None:
    """Nearest folder above a file that holds a ``desirepath.toml``."""
    above = path.absolute().parents
    return next((one for one in above if (one / PROJECT_FILE).is_file()), None)


def with_catalog(journey: JourneyMap, path: Path) -> JourneyMap:
    """The map with touchpoints and personas it refers to but does not hold.

    Args:
        journey: The map.
        path: Its file.

    Raises:
        MapError: what is wrong with a shared file; E128 a persona file whose id is another.
    """
    folder = project_folder(path)
    if folder is None:
        return journey
    held = {touchpoint.id for touchpoint in journey.touchpoints}
    used = {name for step in journey.steps() for name in step.touchpoints} - held
    shared = shared_touchpoints(folder) if used else ()
    added = tuple(one for one in shared if one.id in used)
    personas = tuple(
        one if isinstance(one, Persona) else shared_persona(folder, one) or one
        for one in journey.personas
    )
    if not added and personas == journey.personas:
        return journey
    return journey.model_copy(
        update={"touchpoints": journey.touchpoints + added, "personas": personas}
    )


def without_catalog(
    journey: JourneyMap, path: Path, old: JourneyMap | None
) -> JourneyMap:
    """The map without what a reader would take from the catalog again.

    Args:
        journey: The map.
        path: The file it goes to.
        old: The map that lies there now; what it holds itself stays.
    """
    folder = project_folder(path)
    if folder is None:
        return journey
    held = {one.id for one in old.touchpoints} if old else set()
    used = {name for step in journey.steps() for name in step.touchpoints} - held
    shared = (
        shared_touchpoints(folder)
        if used & {one.id for one in journey.touchpoints}
        else ()
    )
    left_out = [one for one in shared if one.id in used]
    inline = (
        {one.id for one in old.personas if isinstance(one, Persona)} if old else set()
    )
    personas = tuple(
        one.id
        if isinstance(one, Persona)
        and one.id not in inline
        and one == shared_persona(folder, one.id)
        else one
        for one in journey.personas
    )
    touchpoints = tuple(one for one in journey.touchpoints if one not in left_out)
    return journey.model_copy(update={"touchpoints": touchpoints, "personas": personas})


def shared_touchpoints(folder: Path) -> tuple[Touchpoint, ...]:
    """Touchpoints of a project folder, none where there is no file of them.

    Raises:
        MapError: what is wrong with the file.
    """
    file = folder / TOUCHPOINTS_FILE
    if not file.is_file():
        return ()
    tree = parse_yaml(read_text(file), str(file))
    return validate(TouchpointCatalog, tree.data(), _locate(file, tree)).touchpoints


def shared_persona(folder: Path, name: str) -> Persona | None:
    """Persona of a project folder, None where there is no file of it.

    Raises:
        MapError: what is wrong with the file; E128 its id is not its name.
    """
    # Looked up among the files that are there: a name can never lead out of the folder.
    files = (folder / PERSONAS_FOLDER).glob("*.yaml")
    file = next((one for one in files if one.stem == name), None)
    if file is None:
        return None
    tree = parse_yaml(read_text(file), str(file))
    persona = validate(Persona, tree.data(), _locate(file, tree))
    if persona.id != name:
        what = f'expected the persona "{name}", found "{persona.id}"'
        where = place(str(file), tree.line_at(("id",)), ("id",))
        hint = "Give the file the name of its id."
        raise MapError(Problem("E128", what, where, hint))
    return persona


def _locate(file: Path, tree: Node) -> Callable[[ElementPath], tuple[int, str]]:
    def locate(path: ElementPath) -> tuple[int, str]:
        line = tree.line_at(path)
        return line, place(str(file), line, path)

    return locate
