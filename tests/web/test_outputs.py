"""Words that would be programs stay words in everything that leaves a map: pages, pictures, prints, letters, files."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from tests.board.payloads import FEW, PAYLOADS, Words
from tests.web.outputs import (
    IDS,
    Material,
    cells,
    letters,
    map_files,
    material,
    pages,
    pictures,
    posted,
    prints,
    texts,
)

from desirepath.discover.ledger_file import FORMULA
from desirepath.maps.files import parse_map
from desirepath.render.formats.svg import scene_svg
from desirepath.render.views.poster import poster_scene
from desirepath.render.views.thumbnail import thumbnail_scene

ROUNDS = 4
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "srcset", "poster", "data", "background")  # fmt: skip
OURS = re.compile(r"#[^\s]*|https://maps\.example\.org/#/maps/hostile")
# What makes a PDF do something.
ACTIVE = (b"/JS", b"/JavaScript", b"/Launch", b"/URI", b"/OpenAction", b"/AA", b"/Annot", b"/EmbeddedFile", b"/SubmitForm", b"/RichMedia")  # fmt: skip
LINK = re.compile(r"(?<!\\)(://)|\bwww\.")  # that programs see by themselves
CODE = re.compile(r"(?<!\\)(`+).+?\1")


@pytest.fixture(scope="module", autouse=True)
def without_fonts() -> Iterator[None]:
    """Letters are no words, and cutting them out takes longer than all the rest."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("desirepath.render.formats.svg._subset", lambda *_: b"")
        yield


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(-1, id="few"),
        *(pytest.param(one, marks=pytest.mark.nightly) for one in range(ROUNDS)),
    ],
)
def hostile(request: pytest.FixtureRequest) -> Material:
    """The map with payloads in every field."""
    number: int = request.param
    turn = number * len(PAYLOADS) // ROUNDS
    return material(Words(FEW) if number < 0 else Words(PAYLOADS, turn), IDS)


@pytest.fixture(scope="module")
def plain(hostile: Material) -> Material:
    """The same with words that are as long and nothing else."""
    return material(lambda mark: re.sub(r"\S", "x", hostile.words[mark].removesuffix(mark)) + mark, {})  # fmt: skip


@dataclass
class Tree(HTMLParser):
    """What a page is made of: its elements with the names of their attributes, addresses, and words."""

    elements: Counter[str] = field(default_factory=Counter)
    drawn: set[str] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _svgs: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = f"{tag} {' '.join(sorted(name for name, _ in attrs))}"
        self._svgs += tag == "svg"
        if self._svgs:  # how many lines a picture has depends on the length of words
            self.drawn.add(told)
        else:
            self.elements[told] += 1
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]
        self.labels += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self._svgs -= tag == "svg"

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements[f"comment {data}"] += 1

    def handle_decl(self, decl: str) -> None:
        self.elements[f"declaration {decl}"] += 1

    def unknown_decl(self, data: str) -> None:
        self.elements[f"declaration {data}"] += 1

    def handle_pi(self, data: str) -> None:
        self.elements[f"instruction {data}"] += 1


def tree(text: str) -> Tree:
    found = Tree()
    found.feed(text)
    found.close()
    return found


def broken(told: str, hostile: Material) -> list[str]:
    """Words that are told, but not as they were given; lines may break anywhere."""
    known = set(re.findall(r"\bw\d+w\b", told))
    told = run_in(told)
    return [text for mark, text in hostile.words.items() if mark in known and run_in(text) not in told]  # fmt: skip


def run_in(text: str) -> str:
    """A text without spaces, and without places where a line may break."""
    return "".join(text.replace("\u200b", "").split())


def test_pages_and_letters_are_built_of_the_same_elements_whatever_is_written(
    hostile: Material, plain: Material
) -> None:
    others = pages(plain)
    for name, text in pages(hostile).items():
        found, wanted = tree(text), tree(others[name])
        assert found.elements == wanted.elements, name
        assert found.drawn <= wanted.drawn, name
        assert [one for one in found.addresses if not OURS.fullmatch(one)] == [], name
        for told in (found.words, found.labels):
            assert broken(" ".join(told), hostile) == [], name


def test_pictures_are_built_of_the_same_elements_whatever_is_written(
    hostile: Material, plain: Material
) -> None:
    def made_of(text: str) -> set[Any]:
        root = etree.fromstring(text.encode())
        return {(one.tag, *sorted(map(str, one.attrib))) for one in root.iter()}

    others = pictures(plain)
    for name, text in pictures(hostile).items():
        assert made_of(text) <= made_of(others[name]), name


@pytest.mark.parametrize("letter", ["\x00", "\x1b", "\x7f", "\ufffe"])
def test_pictures_are_whole_with_letters_that_xml_cannot_hold(letter: str) -> None:
    words = f"a{letter}b"
    step = {"id": "pay", "name": words, "statements": [{"id": "slow", "lane": "pains", "text": words}]}  # fmt: skip
    stages = [{"id": "buy", "name": words, "steps": [step]}]
    told = {"format": "desirepath/map/1", "id": "m", "title": words, "stages": stages}
    journey = parse_map(json.dumps(told), "map.json")
    for scene in (poster_scene(journey), thumbnail_scene(journey)):
        etree.fromstring(scene_svg(scene, has_fonts=False).encode())


def test_prints_do_nothing_but_show(hostile: Material) -> None:
    for name, data in prints(hostile).items():
        told = data + b"".join(unpacked(data))
        assert [one for one in ACTIVE if one in told] == [], name


def unpacked(data: bytes) -> list[bytes]:
    """Streams of a PDF that are packed, without those of letters and pictures."""
    found = []
    for part in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return [one for one in found if b"obj" in one or b"<<" in one]


def test_reports_in_markdown_have_the_same_marks_whatever_is_written(
    hostile: Material, plain: Material
) -> None:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    others = texts(plain)
    for name, text in texts(hostile).items():
        assert marks(reader, text) == marks(reader, others[name]), name
        assert LINK.findall(CODE.sub("", text)) == [], name
        told = tree(reader.render(text))
        assert broken(" ".join(told.words), hostile) == [], name


def marks(reader: MarkdownIt, text: str) -> Counter[str]:
    """What a text in Markdown is made of, without plain text and line breaks."""
    found = Counter[str]()
    for block in reader.parse(text):
        for one in (block, *(block.children or ())):
            found[f"{one.type} {one.tag}"] += 1
    return Counter({name: count for name, count in found.items() if not name.startswith(("text", "softbreak"))})  # fmt: skip


def test_letters_have_the_same_head_whatever_is_written(
    hostile: Material, plain: Material
) -> None:
    others = letters(plain)
    for name, letter in letters(hostile).items():
        found = posted(letter)
        assert found.keys() == posted(others[name]).keys(), name
        assert found["Subject"] == letter.subject
        assert found["To"] == "ann@example.org"
        assert found.get_body(("plain",)).get_content().split() == letter.text.split()


def test_webhooks_and_files_of_maps_give_back_the_same_words(hostile: Material) -> None:
    for name, letter in letters(hostile).items():
        told = " ".join(strings(json.loads(letter.body())))
        assert re.search(r"\bw\d+w\b", told), name
        assert broken(told, hostile) == [], name
    for name, text in map_files(hostile.journey).items():
        assert parse_map(text, name) == hostile.journey


def strings(data: Any) -> Iterator[str]:
    """All texts in data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from strings(one)


def test_no_cell_of_a_table_is_a_formula(hostile: Material) -> None:
    found = cells(hostile)
    assert [cell for row in found for cell in row if cell.startswith(FORMULA)] == []
    assert {row[2].removeprefix("'") for row in found[1:]} >= set(hostile.words.values())  # fmt: skip
