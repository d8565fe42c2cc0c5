from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Scene

PICTURES = Path(__file__).parent / "pictures"
SHOWN_LINES = 12


def test_the_picture_is_the_golden_one(
    picture_name: str, scene: Scene, request: pytest.FixtureRequest
) -> None:
    golden = PICTURES / f"{picture_name}.svg"
    drawn = scene_svg(scene, has_fonts=False)
    fresh = golden.with_suffix(".new.svg")
    if request.config.getoption("--update-golden", default=False):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
        fresh.unlink(missing_ok=True)
    expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
    if drawn == expected:
        return
    fresh.write_text(drawn, encoding="utf-8")
    lines = list(
        difflib.unified_diff(
            expected.splitlines(), drawn.splitlines(), lineterm="", n=0
        )
    )
    shown = "\n".join(lines[:SHOWN_LINES])
    pytest.fail(
        f"{picture_name} is drawn in another way; look at {fresh.name} beside {golden.name} "
        f"and run pytest tests/golden --update-golden if it is right.\n{shown}"
    )
