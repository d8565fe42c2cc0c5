"""Sticky notes: read from what people paste, sorted by rules that say their reason, never by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.web.server import MAP, Caller, Server, running

from desirepath.errors import WebError
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.files import parse_map
from desirepath.web.talk.audit import trail
from desirepath.web.workshop.notes import KEPT_US, MOST_NOTES, Note, notes_of
from desirepath.web.workshop.sorting import Proposal, proposals

NOTES = "/api/maps/shop/notes"
SHOP = """\
format: desirepath/map/1
id: shop
title: We order a plant
lanes: [questions, thoughts, pains, gains, opportunities]
stages:
  - {id: find, name: Find, steps: [{id: search, name: I search the shop}]}
  - {id: buy, name: Buy, steps: [{id: pay, name: I pay, statements: [{lane: pains, text: The payment page hangs}]}]}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("notes")) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


@pytest.fixture(scope="module")
def ben(server: Server) -> Caller:
    return server.person("Ben", "editor")


def board() -> Board:
    return board_of(parse_map(SHOP))


def proposed(*notes: Note) -> list[Proposal]:
    return list(proposals(board(), {str(n): one for n, one in enumerate(notes)}).values())  # fmt: skip


def lane(text: str) -> tuple[str, str]:
    (one,) = proposed(Note(text=text))
    return one.lane, one.lane_word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n\n* b\n3) c\n  • d \n", ["a", "b", "c", "d"]),
        ("Too slow, says Ann\nFine, says Bob", ["Too slow, says Ann", "Fine, says Bob"]),
        ('Text,Colour,X,Y,"Created by"\n"a, b",Yellow,1.5,-2,Ann\n,red,1,1,\n', ["a, b"]),
        ("\ufeffColor;Sticky note\r\nred;zwei\r\nZeilen;x\r\n", ["zwei", "x"]),
        ("Content\n<p>a &lt;b&gt; c</p><br/>d\n", ["a <b> c d"]),
        ("x\x00y\x1b[0m", ["x y [0m"]),
        ("<script>alert(1)</script>\n=HYPERLINK(1)", ["<script>alert(1)</script>", "=HYPERLINK(1)"]),
        ("text\n" + '"never closed', ["never closed"]),
    ],
)  # fmt: skip
def test_notes_are_read_from_what_people_have(text: str, found: list[str]) -> None:
    assert [one.text for one in notes_of(text)] == found


def test_columns_of_a_whiteboard_are_kept() -> None:
    text = 'Text,Colour,X,Y,"Created by"\n"a, b",Yellow,1.5,-2,Ann\n'
    assert notes_of(text) == [Note(text="a, b", color="yellow", x=1.5, y=-2, author="Ann")]  # fmt: skip


@pytest.mark.parametrize("text", ["", " \n\n", "Text,Color\n,red\n", "x\n" * (MOST_NOTES + 1)])  # fmt: skip
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(WebError) as caught:
        notes_of(text)
    assert caught.value.code == "E788"


def test_every_proposal_says_by_which_word() -> None:
    assert lane("Is it safe?") == ("questions", "?")
    assert lane("Where do I click") == ("questions", "where")
    assert lane("Parcel arrived broken") == ("pains", "broken")
    assert lane("Lovely packaging") == ("gains", "Lovely")
    assert lane("We should send a picture") == ("opportunities", "we should")
    assert lane("“Nobody ever calls me back”") == ("thoughts", "“")
    # praise and blame in one, or no word we know: nothing is said
    assert lane("Lovely packaging, but arrived broken") == ("", "")
    assert lane("Blue") == ("", "")


def test_a_place_is_proposed_by_its_words_or_by_the_heading_above() -> None:
    heading = Note(text="FIND", x=0, y=0)
    under, aside, words, both, same = proposed(
        Note(text="asdf", x=40, y=300),
        Note(text="asdf", x=900, y=300),
        Note(text="The payment hangs"),
        Note(text="searching and paying"),
        Note(text="the PAYMENT hangs!"),
        heading,
    )[:5]
    assert (under.at, under.at_why, under.at_word) == ("stage:find", "below", "Find")
    assert (aside.at, aside.same_as) == ("", "0")
    assert (words.at, words.at_why, words.at_word) == ("step:pay", "words", "hangs, payment")  # fmt: skip
    assert both.at == ""  # as much of one as of the other
    assert same.same_as == "2"


def test_a_color_is_learned_from_what_people_sorted_and_never_against_it() -> None:
    put = [Note(text=f"n{n}", color="pink", lane="gains", at="step:pay") for n in range(2)]  # fmt: skip
    one = proposed(*put, Note(text="Parcel arrived broken", color="pink"))[-1]
    assert (one.lane, one.lane_why) == ("gains", "color")
    other = Note(text="n", color="pink", lane="pains", at="step:pay")
    assert proposed(*put, other, Note(text="x", color="pink"))[-1].lane == ""


def test_notes_wait_until_people_sort_them(ben: Caller) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    assert ben.ask("POST", NOTES, {"text": f"Far too slow\nfar too SLOW!\n{hostile}"}).data == {"added": 3}  # fmt: skip
    first, second, third = ben.ask("GET", NOTES).data["notes"]
    assert (first["note"]["lane"], first["proposal"]["lane"], second["proposal"]["same_as"]) == ("", "pains", first["id"])  # fmt: skip
    assert third["note"]["text"] == hostile
    one = f"{NOTES}/{first['id']}"
    assert ben.ask("PATCH", one, {"lane": "pains", "at": "step:pay"}).status == 204
    assert ben.ask("PATCH", one, {"at": "step:none"}).status == 400
    assert ben.ask("POST", f"{one}/merge", {"ids": [second["id"], "x"]}).status == 204
    left = ben.ask("GET", NOTES).data["notes"]
    assert [(one["note"]["times"], one["note"]["at"]) for one in left] == [(2, "step:pay"), (1, "")]  # fmt: skip
    ids = [one["id"] for one in left]
    half = {
        "notes": {ids[1]: {"lane": "gains", "at": "step:pay"}, "none": {"lane": "x"}}
    }
    assert ben.ask("POST", f"{NOTES}/sort", half).data["code"] == "E787"
    assert ben.ask("GET", NOTES).data["notes"][1]["note"]["lane"] == ""  # all or none
    del half["notes"]["none"]
    assert ben.ask("POST", f"{NOTES}/sort", half).status == 204
    assert ben.ask("GET", NOTES).data["notes"][1]["note"]["lane"] == "gains"
    assert ben.ask("POST", f"{NOTES}/remove", {"ids": ids}).status == 204
    assert ben.ask("GET", NOTES).data["notes"] == []
    gone = ben.ask("PATCH", one, {"text": "x"})
    assert (gone.status, gone.data["code"]) == (404, "E787")
    assert ben.ask("POST", NOTES, {"text": "x\n" * MOST_NOTES}).status == 201
    full = ben.ask("POST", NOTES, {"text": "y"})
    assert (full.status, full.data["code"]) == (400, "E788")


def test_notes_that_became_cards_wait_again_when_that_is_undone(
    server: Server, ben: Caller
) -> None:
    server.add_map(MAP.format(map_id="second"))
    notes = "/api/maps/second/notes"
    ben.ask("POST", notes, {"text": "Far too slow\nNice"})
    first, second = ben.ask("GET", notes).data["notes"]
    card = {"do": "add", "ref": "statement:put-1", "place": {"at": "step:pay", "lane": "pains"}, "fields": {"text": "Far too slow"}}  # fmt: skip
    assert ben.ask("POST", "/api/maps/second/edits", card).status == 200
    refs = {"notes": {first["id"]: "statement:put-1"}}
    assert ben.ask("POST", f"{notes}/put", refs).status == 204
    assert ben.ask("POST", f"{notes}/put", {"notes": {"x": "step:pay"}}).data["code"] == "E787"  # fmt: skip
    # there is room for as many again: those that are cards do not count
    assert ben.ask("POST", notes, {"text": "x\n" * (MOST_NOTES - 1)}).status == 201
    kept, *_ = ben.ask("GET", notes).data["notes"]
    assert (kept["note"]["put"], kept["proposal"]["lane"]) == ("statement:put-1", "")
    ben.ask("POST", "/api/maps/second/edits", {"do": "mark_gone", "ref": "statement:put-1"})  # fmt: skip
    assert ben.ask("GET", notes).data["notes"][0]["proposal"]["lane"] == "pains"
    ben.ask("POST", "/api/maps/second/edits", {"do": "bring_back", "ref": "statement:put-1"})  # fmt: skip
    server.clock.us += KEPT_US + 1
    assert ben.ask("POST", f"{notes}/put", {"notes": {second["id"]: "statement:slow"}}).status == 204  # fmt: skip
    left = ben.ask("GET", notes).data["notes"]
    assert left[0]["id"] == second["id"]  # the first is forgotten
    found = trail(server.log.engine, map_id="second", action="notes")
    told = [(one.who, one.action, one.detail["notes"]) for one in reversed(found)]  # fmt: skip
    assert told == [("Ben", "notes.added", 2), ("Ben", "notes.put", 1), ("Ben", "notes.added", MOST_NOTES - 1), ("Ben", "notes.put", 1)]  # fmt: skip
