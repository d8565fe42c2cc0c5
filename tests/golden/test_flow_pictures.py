"""Flow pictures stay as they were accepted; their names begin with the language."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from desirepath.evidence.flow_files import read_flows
from desirepath.render.formats.svg import scene_svg
from desirepath.render.views.drop_off import drop_off_scene
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.strip import strip_scene
from desirepath.render.views.times import times_scene

HERE = Path(__file__).parent
FLOWS = HERE / "flows"
SHOWN_LINES = 12
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
    name: str, picture: str, request: pytest.FixtureRequest
) -> None:
    (flow,) = read_flows(FLOWS / f"{name}.json")
    scene = DRAWN[picture](flow, language=name.partition("-")[0])  # type: ignore[operator]
    drawn = scene_svg(scene, has_fonts=False)
    golden = HERE / "pictures" / f"{picture}-{name}.svg"
    fresh = golden.with_suffix(".new.svg")
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(drawn, encoding="utf-8")
        fresh.unlink(missing_ok=True)
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if drawn == expected:
        return
    fresh.write_text(drawn, encoding="utf-8")
    lines = difflib.unified_diff(
        expected.splitlines(), drawn.splitlines(), lineterm="", n=0
    )
    shown = "\n".join(list(lines)[:SHOWN_LINES])
    pytest.fail(
        f"{golden.stem} is drawn in another way; look at {fresh.name} beside {golden.name} "
        f"and run pytest tests/golden --update-golden if it is right.\n{shown}"
    )
