from __future__ import annotations

from collections.abc import Callable

from desirepath.render.scene import Scene


def test_the_picture_is_the_golden_one(
    picture_name: str, scene: Scene, expect_golden: Callable[[str, Scene], None]
) -> None:
    expect_golden(picture_name, scene)
