"""Flow pictures stay as they were accepted; their names begin with the language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desirepath.evidence.flow_files import read_flows
from desirepath.render.scene import Scene
from desirepath.render.views.drop_off import drop_off_scene
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.strip import strip_scene
from desirepath.render.views.times import times_scene

FLOWS = Path(__file__).parent / "flows"
DRAWN = {
    "flow": flow_scene,
    "ways": strip_scene,
    "times": times_scene,
    "drop-off": drop_off_scene,
}
CASES = [
    *((path.stem, "flow") for path in sorted(FLOWS.glob("*.json"))),
    *(("en-shop", picture) for picture in ("ways", "times", "drop-off")),
]


@pytest.mark.parametrize(("name", "picture"), CASES)
def test_the_flow_picture_is_the_golden_one(
    name: str, picture: str, expect_golden: Callable[[str, Scene], None]
) -> None:
    (flow,) = read_flows(FLOWS / f"{name}.json")
    scene = DRAWN[picture](flow, language=name.partition("-")[0])  # type: ignore[operator]
    expect_golden(f"{picture}-{name}", scene)
