"""Files of maps: what is written reads back, and edits keep what people wrote around them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desirepath.errors import MapError
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.claims import Claim
from desirepath.maps.files import map_text, parse_map, read_map, write_map
from desirepath.maps.model import JourneyMap, Statement, Step
from desirepath.maps.source import MAX_DEPTH

SHOP = """\
# My map
format: desirepath/map/1
id: shop
title:   I order a plant   # the title
purpose:                   # why we do this
  why: nobody comes back
  used_by: [web team,   support]

review_every: 90d
lanes: [actions, pains]    # order
stages:
  # Finding
  - id: find
    name: Find
    steps:
      # the search
      - id: search
        name: I search
        events: [{activity: "search*"}]           # binding
        statements:
          - {lane: pains, text: It is slow}       # from the survey
          # a promise
          - lane: expectations
            text: I hear within two days
            claim: {time: {to: reply, typical_at_most: 2d}}

      # comparing
      - id: compare   # cmp
        name: I compare
  - id: buy
    name: Buy
    steps:
      - {id: pay, name: I pay, custom: {cost: 3}}
touchpoints: []
# the end
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    return path


def changed(journey: JourneyMap, **update: object) -> JourneyMap:
    return journey.model_copy(update=update)


def with_step(journey: JourneyMap, **update: object) -> JourneyMap:
    find, buy = journey.stages
    search, compare = find.steps
    steps = (search.model_copy(update=update), compare)
    return changed(journey, stages=(find.model_copy(update={"steps": steps}), buy))


def lines_changed(file: Path) -> tuple[list[str], list[str]]:
    """Lines that are gone and lines that are new, in order."""
    old, new = SHOP.splitlines(), file.read_text(encoding="utf-8").splitlines()
    return [one for one in old if one not in new], [
        one for one in new if one not in old
    ]


def test_writing_what_was_read_keeps_every_byte(file: Path) -> None:
    write_map(read_map(file), file)
    assert file.read_text(encoding="utf-8") == SHOP


def test_a_changed_title_touches_one_line(file: Path) -> None:
    write_map(changed(read_map(file), title="I buy: a plant"), file)
    assert lines_changed(file) == (
        ["title:   I order a plant   # the title"],
        ['title:   "I buy: a plant"   # the title'],
    )


def test_a_new_field_stands_where_the_model_has_it(file: Path) -> None:
    write_map(changed(read_map(file), owner="web team"), file)
    assert file.read_text(encoding="utf-8") == SHOP.replace(
        "support]\n", "support]\nowner: web team\n"
    )


def test_a_field_that_is_taken_away_takes_its_line_along(file: Path) -> None:
    journey = read_map(file)
    assert journey.purpose is not None
    purpose = journey.purpose.model_copy(update={"why": None})
    write_map(changed(journey, purpose=purpose, review_every=None), file)
    assert file.read_text(encoding="utf-8") == SHOP.replace(
        "  why: nobody comes back\n", ""
    ).replace("review_every: 90d\n", "")


def test_a_step_that_moves_brings_its_comments_along(file: Path) -> None:
    journey = read_map(file)
    find, buy = journey.stages
    search, compare = find.steps
    stages = (
        find.model_copy(update={"steps": (compare,)}),
        buy.model_copy(update={"steps": (*buy.steps, search)}),
    )
    write_map(changed(journey, stages=stages), file)
    text = file.read_text(encoding="utf-8")
    assert lines_changed(file) == ([], [])
    assert (
        text.index("# comparing") < text.index("id: buy") < text.index("# the search")
    )
    assert parse_map(text).stages[1].steps[1].statements == search.statements


def test_reordered_items_keep_their_text(file: Path) -> None:
    journey = read_map(file)
    find, buy = journey.stages
    stages = (buy, find.model_copy(update={"steps": find.steps[::-1]}))
    write_map(changed(journey, stages=stages, lanes=("pains", "actions")), file)
    assert lines_changed(file) == (
        ["lanes: [actions, pains]    # order"],
        ["lanes: [pains, actions]    # order"],
    )
    assert parse_map(file.read_text(encoding="utf-8")).stages == stages


def test_a_changed_statement_keeps_its_id_and_its_comment(file: Path) -> None:
    journey = read_map(file)
    slow, hear = journey.stages[0].steps[0].statements
    reworded = slow.model_copy(update={"text": "It is far too slow"})
    write_map(with_step(journey, statements=(reworded, hear)), file)
    assert lines_changed(file) == (
        ["          - {lane: pains, text: It is slow}       # from the survey"],
        [
            (
                f"          - {{lane: pains, text: It is far too slow, id: {slow.id}}}"
                "       # from the survey"
            )
        ],
    )


def test_statements_come_and_go(file: Path) -> None:
    journey = read_map(file)
    slow, hear = journey.stages[0].steps[0].statements
    new = Statement(
        lane="gains",
        text="One, two",
        claim=Claim.model_validate({"reach": {"at_least": "1%"}}),
    )
    write_map(with_step(journey, statements=(new, hear)), file)
    assert lines_changed(file) == (
        ["          - {lane: pains, text: It is slow}       # from the survey"],
        [
            "          - lane: gains",
            "            text: One, two",
            "            claim:",
            "              reach:",
            "                at_least: 1%",
        ],
    )
    write_map(with_step(journey, statements=()), file)
    assert "statements" not in file.read_text(encoding="utf-8")
    assert str(slow.id) not in file.read_text(encoding="utf-8")


def test_a_mapping_in_braces_stays_in_braces(file: Path) -> None:
    journey = read_map(file)
    find, buy = journey.stages
    pay = buy.steps[0].model_copy(
        update={"custom": {"cost": 4, "by": ["a, b"]}, "moment_of_truth": True}
    )
    stages = (find, buy.model_copy(update={"steps": (pay, Step(id="go", name="I go"))}))
    write_map(changed(journey, stages=stages), file)
    assert lines_changed(file) == (
        ["      - {id: pay, name: I pay, custom: {cost: 3}}"],
        [
            '      - {id: pay, name: I pay, custom: {cost: 4, by: ["a, b"]}, moment_of_truth: true}',
            "      - {id: go, name: I go}",
        ],
    )


def test_line_ends_of_windows_stay(file: Path) -> None:
    file.write_bytes(SHOP.replace("\n", "\r\n").encode())
    write_map(changed(read_map(file), title="New"), file)
    expected = SHOP.replace("title:   I order a plant", "title:   New")
    assert file.read_bytes() == expected.replace("\n", "\r\n").encode()


def test_another_map_does_not_inherit_comments(file: Path) -> None:
    write_map(JourneyMap(id="other", title="Other"), file)
    assert file.read_text(encoding="utf-8") == (
        "format: desirepath/map/1\nid: other\ntitle: Other\n"
    )


def test_a_file_that_is_no_map_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.yaml"
    file.write_text("milk\n", encoding="utf-8")
    with pytest.raises(MapError) as caught:
        write_map(JourneyMap(id="shop", title="x"), file)
    assert str(caught.value) == (
        f"{file}: the existing file is not a map:"
        " expected a map of keys and values, found plain text [E127]\n"
        "  Give another name, or mend or delete the file first."
    )
    assert file.read_text(encoding="utf-8") == "milk\n"


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    file.touch()
    write_map(JourneyMap(id="shop", title="x"), file)
    assert read_map(file) == JourneyMap(id="shop", title="x")


def test_a_map_that_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    twice = (Step(id="a", name="A"), Step(id="a", name="B"))
    journey = parse_map(SHOP)
    find = journey.stages[0].model_copy(update={"steps": twice})
    with pytest.raises(MapError) as caught:
        write_map(changed(journey, stages=(find,)), file)
    assert str(caught.value) == (
        'stages[0].steps[1].id: step "a" is given twice [E120]\n'
        "  Give one of them another id."
    )
    assert not file.exists()


@pytest.mark.parametrize("name", ["shop.yaml", "shop.json"])
def test_values_that_files_cannot_hold_are_named(tmp_path: Path, name: str) -> None:
    journey = JourneyMap(id="shop", title="x", custom={"day": Path("x")})
    with pytest.raises(MapError) as caught:
        write_map(journey, tmp_path / name)
    assert caught.value.code == "E124"
    assert list(tmp_path.iterdir()) == []


def test_a_json_file_holds_the_same_map(file: Path) -> None:
    target = file.with_suffix(".json")
    write_map(read_map(file), target)
    assert read_map(target) == read_map(file)


def test_half_a_character_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(MapError) as caught:
        write_map(JourneyMap(id="shop", title="\ud800"), tmp_path / "shop.json")
    assert caught.value.code == "E124"
    assert list(tmp_path.iterdir()) == []


def test_permissions_and_links_stay(file: Path) -> None:
    file.chmod(0o640)
    link = file.with_name("link.yaml")
    link.symlink_to(file)
    write_map(changed(read_map(link), title="New"), link)
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(one.name for one in file.parent.iterdir()) == [
        "link.yaml",
        "shop.yaml",
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "none" / "shop.yaml"
    with pytest.raises(MapError) as caught:
        write_map(JourneyMap(id="shop", title="x"), file)
    assert str(caught.value) == (
        f"{file}: the file cannot be written: No such file or directory [E126]\n"
        "  Check that the folder exists, that you may write there and that the disk has room."
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            b"\xff\xfef\x00",
            "expected UTF-8 text, found UTF-16 [E102]\n  Save it as UTF-8 text.",
        ),
        (
            b"a\x00",
            "expected UTF-8 text, found a binary file [E102]\n  Give a map file.",
        ),
        (
            b"id: a\ntitle: gr\xfcn\n",
            (
                "expected UTF-8 text, found the byte 0xfc [E102]\n"
                "  Save it as UTF-8 text. It may be Latin-1 now."
            ),
        ),
        (
            b"#" * 1_000_001,
            (
                "the file is larger than 1 MB [E103]\n"
                "  Give a map file, or split the map into several."
            ),
        ),
    ],
    ids=["utf-16", "binary", "latin-1", "large"],
)
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, content: bytes, what: str
) -> None:
    file = tmp_path / "shop.yaml"
    file.write_bytes(content)
    with pytest.raises(MapError) as caught:
        read_map(file)
    line = ":2" if "0xfc" in what else ""
    assert str(caught.value) == f"{file}{line}: {what}"


def test_a_byte_order_mark_is_no_content(file: Path) -> None:
    plain = read_map(file)
    file.write_bytes(b"\xef\xbb\xbf" + SHOP.encode())
    assert read_map(file) == plain


def test_a_file_that_is_not_there_names_the_nearest(file: Path) -> None:
    wrong = file.with_name("shopp.yaml")
    with pytest.raises(MapError) as caught:
        read_map(wrong)
    assert str(caught.value) == (
        f"{wrong}: there is no such file [E101]\n"
        '  Did you mean "shop.yaml"? Maps in that folder: shop.yaml.'
    )
    with pytest.raises(MapError) as caught:
        read_map(file.parent)
    assert str(caught.value) == (
        f"{file.parent}: this is a folder [E101]\n  Give one file of the folder."
    )


def test_odd_layouts_can_be_edited(tmp_path: Path) -> None:
    text = """\
format: desirepath/map/1
id: shop
title:
  I order
lanes:
  - actions   # what they do
  -
    pains
purpose:
  why: |
    first
    second
stages:
  - name: Find
    id: find
    statements:
    - text: It is slow
      lane: pains
touchpoints: [] # none
custom:
  pairs:
    - - a
      - b
    - plain
  empty:"""
    file = tmp_path / "shop.yaml"
    file.write_text(text, encoding="utf-8")
    journey = read_map(file)
    (find,) = journey.stages
    assert journey.purpose is not None
    wordless = find.statements[0].model_copy(update={"text": None, "score": 1.0})
    edited = changed(
        journey,
        title="I buy",
        purpose=journey.purpose.model_copy(update={"why": "one"}),
        lanes=("doing", "pains"),
        stages=(find.model_copy(update={"statements": (wordless,)}),),
        touchpoints=(Touchpoint(id="web", name="Web"),),
        custom={"pairs": [["a", "c"], {"x": 1}], "empty": "full"},
    )
    write_map(edited, file)
    assert (
        file.read_text(encoding="utf-8")
        == f"""\
format: desirepath/map/1
id: shop
title: I buy
lanes:
  - doing   # what they do
  -
    pains
purpose:
  why: one
stages:
  - name: Find
    id: find
    statements:
    - id: {find.statements[0].id}
      lane: pains
      score: 1
touchpoints: # none
  - id: web
    name: Web
custom:
  pairs:
    - - a
      - c
    - x: 1
  empty: full"""
    )
    assert read_map(file) == edited


def test_the_order_of_odd_lists_can_change(tmp_path: Path) -> None:
    file = tmp_path / "shop.yaml"
    head = "format: desirepath/map/1\nid: shop\ntitle: x\ncustom:\n  pairs:\n"
    file.write_text(
        f"{head}    - - a\n      - b\n    # c\n    -\n      c\n", encoding="utf-8"
    )
    journey = read_map(file)
    write_map(changed(journey, custom={"pairs": ["c", ["b", "a", "d"]]}), file)
    assert read_map(file).custom == {"pairs": ["c", ["b", "a", "d"]]}


def nested(depth: int) -> object:
    """A list in a list in a list."""
    return [nested(depth - 1)] if depth else "x"


@pytest.mark.parametrize(
    "custom",
    [
        {"x" * 501: 1},
        {1: 2},
        {"a": float("inf")},
        {"deep": nested(50)},
    ],
    ids=["long key", "number as key", "infinite", "deep"],
)
def test_free_fields_that_could_not_be_read_are_refused(
    custom: dict[str, object],
) -> None:
    with pytest.raises(MapError) as caught:
        map_text(JourneyMap(id="shop", title="x").model_copy(update={"custom": custom}))
    assert caught.value.code == "E124"


def test_a_file_below_a_file_cannot_be_opened(file: Path) -> None:
    with pytest.raises(MapError) as caught:
        read_map(file / "below.yaml")
    assert str(caught.value) == (
        f"{file / 'below.yaml'}: the file cannot be opened: Not a directory [E101]\n"
        "  Check who may read it."
    )


def test_an_identical_statement_before_another_does_not_take_its_id(file: Path) -> None:
    journey = read_map(file)
    slow, hear = journey.stages[0].steps[0].statements
    again = slow.model_copy(update={"id": None})
    write_map(with_step(journey, statements=(again, slow, hear)), file)
    names = [one.id for one in read_map(file).stages[0].steps[0].statements]
    assert names == [f"{slow.id}-2", slow.id, hear.id]
    assert "# from the survey" in file.read_text(encoding="utf-8")


def test_what_can_just_be_written_can_just_be_read() -> None:
    journey = JourneyMap(id="shop", title="x", custom={"deep": nested(MAX_DEPTH - 2)})
    assert parse_map(map_text(journey)) == journey
