"""Draw a flow into a file: the suffix of its name says in which format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from desirepath.evidence.flow import Flow
from desirepath.evidence.flow_difference import FlowDifference
from desirepath.render.flow_page import difference_title, flow_page, flow_pictures
from desirepath.render.paper import paper
from desirepath.render.picture_file import (
    PAGE,
    check_picture,
    scene_bytes,
    write_picture,
)
from desirepath.render.scene import Scene
from desirepath.render.views.drop_off import drop_off_scene
from desirepath.render.views.flow import flow_scene
from desirepath.render.views.flow_difference import difference_looks
from desirepath.render.views.strip import strip_scene
from desirepath.render.views.times import times_scene
from desirepath.render.words import Words

Picture = Literal["flow", "ways", "times", "drop-off"]
SMALL: dict[str, Callable[..., Scene]] = {
    "ways": strip_scene,
    "times": times_scene,
    "drop-off": drop_off_scene,
}


def draw_flow(
    flow: Flow | Sequence[Flow] | FlowDifference,
    path: str | Path,
    *,
    title: str = "",
    language: str = "en",
    picture: Picture = "flow",
    size: str = "A3",
    orientation: str = "landscape",
    ppi: float = 150,
) -> Path:
    """Draw how cases move, or how two segments differ, as a picture or as a page.

    The same flow gives the same bytes. A page shows every level, the small pictures and all numbers
    as tables; a picture shows the first level.

    Args:
        flow: From `measure_flow`, several levels of it, or a difference of two segments.
        path: File to write; ends in .pdf, .png, .svg or .html.
        title: Headline; says what the picture shows if empty.
        language: Language of the words.
        picture: What to draw: the flow, the most frequent ways, the times between stops, or where
            cases leave. A page shows all of them.
        size: Paper: A0 to A4, letter or tabloid; ways, times and drop-off take its width.
        orientation: landscape or portrait.
        ppi: Pixels per inch of a PNG, 20 to 1200.

    Returns:
        The file.

    Raises:
        RenderError: E601 unknown size, E602 unknown orientation, E603 unknown suffix, E604 the
            file cannot be written, E605 ppi out of range.
    """
    target = Path(path)
    suffix = check_picture(target, ppi)
    difference = flow if isinstance(flow, FlowDifference) else None
    flows = _levels(flow)
    if suffix == PAGE:
        pictures = flow_pictures(
            flows,
            difference=difference,
            title=title,
            language=language,
            size=size,
            orientation=orientation,
        )
        return write_picture(target, flow_page(pictures, title=title).encode())
    if picture == "flow":
        words = Words(language)
        looks = difference_looks(difference, words) if difference else None
        scene = flow_scene(
            flows[0],
            title=title or (difference_title(difference, words) if difference else ""),
            language=language,
            size=size,
            orientation=orientation,
            looks=looks,
        )
    else:
        page = paper(size, orientation)
        scene = SMALL[picture](flows[0], language=language, width_mm=page.width_mm)
    return write_picture(target, scene_bytes(scene, suffix, ppi))


def _levels(flow: Flow | Sequence[Flow] | FlowDifference) -> tuple[Flow, ...]:
    if isinstance(flow, Flow):
        return (flow,)
    return (flow.flow,) if isinstance(flow, FlowDifference) else tuple(flow)
