"""What maps of a project share is read along and never written back."""

from __future__ import annotations

from pathlib import Path

import pytest

from desirepath.errors import MapError
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.files import read_map, write_map
from desirepath.maps.persona import Persona

MAP = """\
format: desirepath/map/1
id: shop
title: I order
personas: [gifter, unknown]
stages:
  - id: find
    name: Find
    steps:
      - {id: search, name: I search, touchpoints: [own, shared, nowhere]}
touchpoints:
  - {id: own, name: Own}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "desirepath.toml").touch()
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "gifter.yaml").write_text("id: gifter\nname: Gifter\n")
    (tmp_path / "touchpoints.yaml").write_text(
        "touchpoints:\n  - {id: shared, name: Shared}\n  - {id: other, name: Other}\n"
    )
    (tmp_path / "maps").mkdir()
    path = tmp_path / "maps" / "shop.yaml"
    path.write_text(MAP)
    return path


def test_a_map_takes_what_it_names_from_the_project(file: Path) -> None:
    journey = read_map(file)
    assert journey.touchpoints == (
        Touchpoint(id="own", name="Own"),
        Touchpoint(id="shared", name="Shared"),
    )
    assert journey.personas == (Persona(id="gifter", name="Gifter"), "unknown")


def test_what_was_taken_is_not_written_back(file: Path) -> None:
    write_map(read_map(file), file)
    assert file.read_text() == MAP


def test_a_shared_touchpoint_that_was_changed_becomes_the_maps_own(file: Path) -> None:
    journey = read_map(file)
    own, shared = journey.touchpoints
    renamed = shared.model_copy(update={"name": "Ours"})
    write_map(journey.model_copy(update={"touchpoints": (own, renamed)}), file)
    assert file.read_text() == f"{MAP}  - {{id: shared, name: Ours}}\n"


def test_a_copy_outside_the_project_holds_everything(
    file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "shop.yaml"
    journey = read_map(file)
    write_map(journey, outside)
    assert read_map(outside) == journey


def test_a_persona_file_must_have_the_name_of_its_id(file: Path) -> None:
    persona = file.parents[1] / "personas" / "gifter.yaml"
    persona.write_text("id: giver\nname: Gifter\n")
    with pytest.raises(MapError) as caught:
        read_map(file)
    assert str(caught.value) == (
        f'{persona}:1 id: expected the persona "gifter", found "giver" [E128]\n'
        "  Give the file the name of its id."
    )


def test_a_persona_name_cannot_lead_out_of_the_folder(file: Path) -> None:
    (file.parents[1] / "secret.yaml").write_text("id: ../secret\nname: Secret\n")
    file.write_text(MAP.replace("unknown", "../secret"))
    assert read_map(file).personas[1] == "../secret"


def test_a_mistake_in_a_shared_file_is_placed_there(file: Path) -> None:
    shared = file.parents[1] / "touchpoints.yaml"
    shared.write_text("touchpoints:\n  - {id: shared}\n")
    with pytest.raises(MapError) as caught:
        read_map(file)
    assert str(caught.value) == (
        f'{shared}:2 touchpoints[0]: "name" is missing [E114]\n  Add "name: …" here.'
    )
