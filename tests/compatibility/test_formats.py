"""Maps of every past format still load, and mean the same."""

from __future__ import annotations

import copy
from pathlib import Path

from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.files import map_text, parse_map, read_map, write_map
from desirepath.maps.migrate import migrate
from desirepath.maps.model import Goal, JourneyMap, Stage, Statement, Step
from desirepath.maps.refs import with_statement_ids

OLD = Path(__file__).parent / "map-0.yaml"
EXPECTED = JourneyMap(
    id="first-order",
    title="I order a plant for my balcony",
    goal=Goal(text="a healthy plant at home", success="order_delivered"),
    lanes=("touchpoints", "emotion", "pains"),
    stages=(
        Stage(
            id="find",
            name="Find",
            steps=(
                Step(
                    id="search",
                    name="I look for a plant",
                    touchpoints=("web-search",),
                    statements=(
                        Statement(lane="pains", text="Search finds nothing"),
                        Statement(lane="emotion", score=-1.0),
                    ),
                ),
                Step(
                    id="compare",
                    name="I compare",
                    statements=(Statement(lane="emotion", score=0.5),),
                ),
            ),
        ),
        Stage(id="buy", name="Buy", steps=(Step(id="pay", name="I pay"),)),
    ),
    touchpoints=(Touchpoint(id="web-search", name="Search on the web shop"),),
)


def test_a_map_of_the_first_draft_loads() -> None:
    assert read_map(OLD) == with_statement_ids(EXPECTED)


def test_a_map_of_an_older_format_is_written_in_the_current_one(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.write_bytes(OLD.read_bytes())
    write_map(read_map(file), file)
    assert file.read_text(encoding="utf-8") == map_text(EXPECTED)
    assert parse_map(file.read_text(encoding="utf-8")) == read_map(OLD)


def test_migrating_leaves_its_input_as_it_is() -> None:
    data = {
        "format": "desirepath/map/0",
        "id": "shop",
        "phases": [{"id": "find", "steps": [{"id": "a", "emotion": 1}, "odd"]}, 3],
    }
    before = copy.deepcopy(data)
    assert migrate(data) == {
        "format": "desirepath/map/1",
        "id": "shop",
        "stages": [
            {
                "id": "find",
                "steps": [
                    {"id": "a", "statements": [{"lane": "emotion", "score": 1}]},
                    "odd",
                ],
            },
            3,
        ],
    }
    assert data == before
