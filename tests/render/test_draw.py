from __future__ import annotations

import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from desirepath.check.report import CheckReport
from desirepath.errors import RenderError
from desirepath.maps.model import JourneyMap
from desirepath.render.draw import draw_map

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</text></svg><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    '#read("/etc/passwd") $x$ `y` \\u{41}',
    "&lt;script&gt;",
)


class Tags(HTMLParser):
    """Names of tags with the names of their attributes, as a browser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [name for name, _ in attrs]))


def hostile(journey: JourneyMap, payload: str) -> JourneyMap:
    """The map with a payload in every text."""
    text = journey.model_dump_json()
    for old in ("I order a plant", "Find", "I pay", "Search finds nothing", "Shop search", "My balcony looks bare", "Hurried gifter"):  # fmt: skip
        text = text.replace(f'"{old}"', JourneyMap(id="x", title=payload).model_dump_json(include={"title"})[9:-1])  # fmt: skip
    return JourneyMap.model_validate_json(text)


@pytest.mark.parametrize("suffix", [".pdf", ".png", ".svg", ".html"])
def test_the_same_map_gives_the_same_bytes(
    shop_map: JourneyMap, shop_report: CheckReport, tmp_path: Path, suffix: str
) -> None:
    first = draw_map(shop_map, tmp_path / f"a{suffix}", report=shop_report, ppi=40)
    second = draw_map(shop_map, tmp_path / f"b{suffix}", report=shop_report, ppi=40)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_of_the_map_never_become_markup(
    shop_map: JourneyMap, shop_report: CheckReport, tmp_path: Path, payload: str
) -> None:
    journey = hostile(shop_map, payload)
    assert journey.title == payload
    page = draw_map(journey, tmp_path / "a.html", report=shop_report).read_text("utf-8")
    found = Tags()
    found.feed(page)
    assert [tag for tag, _ in found.tags].count("script") == 1
    assert "img" not in {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, names in found.tags for name in names)
    picture = ET.fromstring(draw_map(journey, tmp_path / "a.svg").read_text("utf-8"))  # noqa: S314 - ours
    tags = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert tags <= {"svg", "title", "style", "rect", "path", "circle", "g", "text"}
    assert not any(
        name.startswith("on") for element in picture.iter() for name in element.attrib
    )
    assert draw_map(journey, tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_the_svg_holds_real_text_and_its_fonts(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    text = draw_map(shop_map, tmp_path / "a.svg").read_text("utf-8")
    assert ">Search finds nothing</text>" in text
    assert "url(data:font/woff2;base64," in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert len(text) < 120_000


def test_a_png_has_the_pixels_asked_for(shop_map: JourneyMap, tmp_path: Path) -> None:
    data = draw_map(shop_map, tmp_path / "a.png", ppi=50).read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    assert abs(width - 420 / 25.4 * 50) <= 1
    assert abs(height - 297 / 25.4 * 50) <= 1


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs pdfinfo")
@pytest.mark.parametrize(
    ("size", "width", "height"), [("A3", 420, 297), ("A0", 1189, 841)]
)
def test_a_pdf_has_one_page_of_the_size_of_the_paper(
    shop_map: JourneyMap, tmp_path: Path, size: str, width: float, height: float
) -> None:
    file = draw_map(shop_map, tmp_path / "a.pdf", size=size)
    done = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True)  # noqa: S607
    found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", done.stdout)
    assert found
    assert abs(float(found[1]) / 72 * 25.4 - width) < 1
    assert abs(float(found[2]) / 72 * 25.4 - height) < 1
    assert re.search(r"Pages:\s+1\n", done.stdout)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_the_words_of_a_pdf_can_be_found(shop_map: JourneyMap, tmp_path: Path) -> None:
    file = draw_map(shop_map, tmp_path / "a.pdf")
    done = subprocess.run(
        ["pdftotext", file, "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Search finds nothing" in done.stdout


def test_an_unknown_format_is_named_with_those_there_are(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(RenderError) as caught:
        draw_map(shop_map, tmp_path / "poster.pfd")
    assert str(caught.value) == (
        f'{tmp_path / "poster.pfd"}: no picture format is called ".pfd" [E603]\n'
        '  Did you mean ".pdf"? Known names: .html, .pdf, .png, .svg.'
    )


def test_an_unknown_size_is_named_with_those_there_are(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(RenderError) as caught:
        draw_map(shop_map, tmp_path / "a.pdf", size="A9")
    assert caught.value.code == "E601"
    assert 'no paper size is called "A9" [E601]' in str(caught.value)


def test_an_unknown_orientation_is_named_with_those_there_are(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(RenderError) as caught:
        draw_map(shop_map, tmp_path / "a.pdf", orientation="potrait")
    assert str(caught.value) == (
        'no orientation is called "potrait" [E602]\n'
        '  Did you mean "portrait"? Known names: landscape, portrait.'
    )


def test_a_resolution_no_screen_has_is_refused(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(RenderError) as caught:
        draw_map(shop_map, tmp_path / "a.png", ppi=9000)
    assert str(caught.value) == (
        "expected a resolution of 20 to 1200 pixels per inch, found 9000 [E605]\n"
        "  Give --ppi 150 for a screen, 300 for print."
    )


def test_a_folder_that_is_not_there_is_said_to_be_so(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    with pytest.raises(RenderError) as caught:
        draw_map(shop_map, tmp_path / "none" / "a.svg")
    assert str(caught.value) == (
        f"{tmp_path / 'none' / 'a.svg'}: the picture cannot be written: No such file or directory [E604]\n"
        "  Choose a folder that exists and that you may write to."
    )


def test_an_old_picture_is_replaced_and_nothing_else_is_left(
    shop_map: JourneyMap, tmp_path: Path
) -> None:
    target = tmp_path / "a.svg"
    target.write_text("old")
    draw_map(shop_map, target)
    assert target.read_text("utf-8").startswith("<svg")
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
