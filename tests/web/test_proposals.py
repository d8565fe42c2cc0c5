"""Proposals: decided item by item, merged with what changed meanwhile, and never evidence of a model."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random  # noqa: TID251 - which edits, not a secret
from typing import Any

import pytest
from sqlalchemy import create_engine
from tests.properties.test_edits import some_edit
from tests.web.server import MAP, Answer, Caller, Server, running

from desirepath.errors import DesirepathError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board, board_of
from desirepath.maps.edits.commands import Together, edit_data, edit_of
from desirepath.maps.files import parse_map
from desirepath.web.collab.rows import Entry
from desirepath.web.policy import Actor
from desirepath.web.talk import audit
from desirepath.web.talk.changes import fitting
from desirepath.web.talk.drafts import Draft
from desirepath.web.talk.proposals import Proposals
from desirepath.web.talk.tables import METADATA

ONE = "/api/maps/shop"
ANN = Actor("Ann", "editor", "s", "p")
REWORD = {"do": "change", "ref": "statement:slow", "field": "text", "value": "It is very slow"}  # fmt: skip
ADD = {"do": "add", "ref": "step:wait", "place": {"at": "stage:buy"}, "fields": {"name": "I wait"}}  # fmt: skip
INSIDE = {"do": "add", "ref": "statement:long", "place": {"at": "step:wait", "lane": "pains"}, "fields": {"text": "Too long"}}  # fmt: skip
GONE = {"do": "mark_gone", "ref": "statement:slow"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("proposals")) as one:
        for name, role in (("Ann", "editor"), ("Ben", "commenter"), ("Lea", "facilitator")):  # fmt: skip
            one.people.add(name, "a sentence that is long enough", role)  # type: ignore[arg-type]
        yield one


class Table:
    """People at a map of their own."""

    def __init__(self, server: Server, number: int) -> None:
        self.server = server
        self.id = f"shop{number}"
        self.path = f"/api/maps/{self.id}"
        server.add_map(MAP.format(map_id=self.id))
        self.ann, self.ben, self.lea = (self._page(n) for n in ("Ann", "Ben", "Lea"))

    def _page(self, name: str) -> Caller:
        secret = self.server.people.sign_in(name, "a sentence that is long enough", self.server.clock())  # fmt: skip
        return Caller(self.server.port, secret)

    def propose(self, *edits: Any, **more: Any) -> str:
        answer = self.ben.ask("POST", f"{self.path}/proposals", {"title": "Truer", "edits": list(edits)} | more)  # fmt: skip
        assert answer.status == 201, answer
        return str(answer.data["id"])

    def decide(self, proposal: str, *decisions: Any, who: Caller | None = None, comment: str = "") -> Answer:  # fmt: skip
        path = f"{self.path}/proposals/{proposal}/decisions"
        return (who or self.ann).ask("POST", path, {"decisions": list(decisions), "comment": comment})  # fmt: skip

    def read(self, proposal: str) -> Any:
        return self.ben.ask("GET", f"{self.path}/proposals/{proposal}").data

    def edit(self, **edit: Any) -> None:
        assert self.ann.ask("POST", f"{self.path}/edits", edit).status == 200

    def board(self) -> Board:
        return self.server.log.load(self.id).board

    def fits(self, proposal: str) -> list[str]:
        return [one["fit"] for one in self.read(proposal)["items"]]


@pytest.fixture
def table(server: Server) -> Table:
    return Table(server, len(server.log.maps()))


def yes(*numbers: int, **more: Any) -> list[dict[str, Any]]:
    return [{"n": one, "accept": True} | more for one in numbers]


def test_items_are_decided_one_by_one_in_the_name_of_who_accepts(table: Table) -> None:
    made = table.propose(REWORD, ADD, INSIDE, GONE, reason="Heard it twice")
    said = table.read(made)
    assert [one["changes"][0]["text"] for one in said["items"]] == [
        "pains at “I pay” changed from “It is slow” to “It is very slow”",
        "step “I wait” was added to stage Buy",
        "“Too long” (pains) was added at “I wait”",
        "“It is very slow” (pains) was removed at “I pay”",
    ]
    assert table.fits(made) == ["fits", "fits", "fits", "fits"]
    with table.ben.live(table.id, {"client": "ben"}) as page:
        page.hear("hello")
        first = table.decide(made, *yes(1, 2), {"n": 4, "accept": False}, comment="Let us keep it")  # fmt: skip
        assert page.hear("edit")["by"] == "Ann"
        assert page.hear("news")["about"] == "proposals"
    assert (first.status, first.data["refused"]) == (200, [])
    head = first.data["proposal"]["head"]
    assert (head["state"], head["accepted"], head["rejected"]) == ("partly", 2, 1)
    states = [(one["state"], one["decided_by"], one["comment"]) for one in first.data["proposal"]["items"]]  # fmt: skip
    assert table.ben.ask("GET", f"{table.path}/talk").data["proposals"] == 1
    assert states[3] == ("rejected", "Ann", "Let us keep it")
    again = table.decide(made, *yes(1, 4), who=table.lea)
    assert [(one["why"], one["code"]) for one in again.data["refused"]] == [("it was decided already", "E774")] * 2  # fmt: skip
    assert table.decide(made, *yes(3)).data["proposal"]["head"]["state"] == "closed"
    board = table.board()
    assert board.cards["statement:slow"].fields["text"] == "It is very slow"
    assert board.is_shown("statement:long")
    trail = audit.trail(table.server.log.engine, map_id=table.id, action="proposal")
    assert [one.action for one in reversed(trail)] == ["proposal.made", "proposal.accepted", "proposal.accepted", "proposal.rejected", "proposal.accepted"]  # fmt: skip
    assert {one.detail.get("by") for one in trail if "by" in one.detail} == {"Ben"}
    assert [one.edit["do"] for one in table.server.log.since(table.id, 0)] == ["change", "add", "add"]  # fmt: skip


def test_what_changed_meanwhile_is_merged_or_said(table: Table) -> None:
    longer = REWORD | {"value": "It is slow on Mondays"}
    name = {"do": "change", "ref": "step:pay", "field": "name", "value": "I pay by card"}  # fmt: skip
    made = table.propose(longer, name, {"do": "mark_gone", "ref": "stage:buy"})
    table.edit(do="change", ref="statement:slow", field="text", value="Paying is slow")
    table.edit(do="change", ref="step:pay", field="name", value="I pay in cash")
    items = table.read(made)["items"]
    assert [(one["fit"], one["now"]) for one in items] == [
        ("merges", ""),
        ("conflict", "I pay in cash"),
        ("conflict", "Buy"),
    ]
    answer = table.decide(made, *yes(1, 2, 3))
    assert [one["n"] for one in answer.data["refused"]] == [2, 3]
    assert [one["state"] for one in answer.data["proposal"]["items"]] == ["accepted", "open", "open"]  # fmt: skip
    board = table.board()
    assert board.cards["statement:slow"].fields["text"] == "Paying is slow on Mondays"
    assert table.decide(made, *yes(2, anyway=True)).data["refused"] == []
    assert table.board().cards["step:pay"].fields["name"] == "I pay by card"


def test_what_is_so_already_makes_no_edit_and_what_is_gone_is_said(
    table: Table,
) -> None:
    made = table.propose(REWORD, GONE, ADD)
    table.edit(**REWORD)
    table.edit(do="mark_gone", ref="stage:buy")
    assert table.fits(made)[2] == "conflict"
    table.edit(do="bring_back", ref="stage:buy")
    seq = table.server.log.load(table.id).seq
    answer = table.decide(made, *yes(1))
    assert answer.data["proposal"]["items"][0]["seq"] == 0
    assert table.server.log.load(table.id).seq == seq
    table.edit(do="mark_gone", ref="statement:slow")
    assert table.fits(made) == ["", "same", "fits"]


def test_a_proposal_is_taken_back_by_its_author_or_a_facilitator(table: Table) -> None:
    for who, status in ((table.ann, 403), (table.ben, 204)):
        made = table.propose(REWORD)
        path = f"{table.path}/proposals/{made}"
        assert who.ask("DELETE", path).status == status
        table.server.clock.us += 61_000_000  # the same again is another one
    assert table.read(made)["head"]["state"] == "withdrawn"
    answer = table.decide(made, *yes(1))
    assert (answer.status, answer.data["code"]) == (409, "E774")
    assert table.lea.ask("DELETE", f"{table.path}/proposals/{table.propose(ADD)}").status == 204  # fmt: skip
    every = table.ben.ask("GET", f"{table.path}/proposals?state=waiting")
    assert len(every.data["proposals"]) == 1


def test_a_model_proposes_and_never_counts_as_evidence(table: Table) -> None:
    text = {"do": "add", "ref": "statement:m", "place": {"at": "step:pay", "lane": "gains"}, "fields": {"text": "Quick"}}  # fmt: skip
    made = table.propose(text, by_model=True)
    assert table.read(made)["head"]["by_model"]
    table.decide(made, *yes(1))
    card = table.board().cards["statement:m"]
    assert card.fields["source"] == {"kind": "ai"}
    known = REWORD | {"field": "status", "value": "supported"}
    for edit in (
        known,
        text | {"ref": "statement:x", "fields": {"text": "x", "evidence": ["e"]}},
    ):
        sent = {"title": "x", "edits": [edit], "by_model": True}
        answer = table.ben.ask("POST", f"{table.path}/proposals", sent)
        assert (answer.status, answer.data["code"]) == (400, "E775")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"title": " ", "edits": [REWORD]}, "E719"),
        ({"title": "x", "edits": []}, "E719"),
        ({"title": "x", "edits": [REWORD] * 51}, "E719"),
        ({"title": "x", "edits": [REWORD | {"value": "It is slow"}]}, "E719"),
        ({"title": "x", "edits": [REWORD | {"ref": "statement:no"}]}, "E112"),
        ({"title": "x", "edits": [REWORD | {"value": "y" * 200_000}]}, "E719"),
        ({"title": "x", "edits": [{"do": "drop"}]}, "E719"),
    ],
)
def test_what_cannot_be_proposed(table: Table, sent: Any, code: str) -> None:
    answer = table.ben.ask("POST", f"{table.path}/proposals", sent)
    assert (answer.status, answer.data["code"]) == (400, code)
    assert table.ben.ask("GET", f"{table.path}/proposals").data["proposals"] == []


def test_partners_accept_in_their_own_rows_only(table: Table) -> None:
    made = table.propose(REWORD)
    partner = table.server.person(f"Pat {table.id}", "editor", ("gains",))
    answer = table.decide(made, *yes(1), who=partner)
    assert answer.data["refused"][0]["why"] == "you may edit these lanes only: gains"
    assert answer.data["proposal"]["items"][0]["state"] == "open"
    assert table.propose(REWORD) == made  # sent again because the answer was lost
    # nor do they throw away what is proposed for rows of others
    rejected = table.decide(made, {"n": 1, "accept": False}, who=partner)
    assert rejected.data["refused"][0]["code"] == "E708"
    assert rejected.data["proposal"]["items"][0]["state"] == "open"


def test_hostile_names_and_words_stay_words(table: Table) -> None:
    evil = "<img src=x onerror=alert(1)>"
    made = table.propose(REWORD | {"value": evil}, reason=evil, title=evil)
    said = table.read(made)
    assert (said["head"]["title"], said["items"][0]["changes"][0]["new"]) == (evil, evil)  # fmt: skip


def test_an_acceptance_that_was_cut_short_is_settled(table: Table) -> None:
    made = table.propose(REWORD, ADD)
    proposals = Proposals(table.server.log.engine)
    now_us = table.server.clock()
    for n in (1, 2):
        assert proposals.take(made, n, ANN, now_us)
    # the server stopped after the first edit, before it wrote down that it was accepted
    stored = table.server.log.load(table.id)
    done = apply_edit(stored.board, edit_of(REWORD))
    edits = edit_data(done.edit), edit_data(done.inverse)
    entry = Entry(table.id, 1, "Ann", f"proposal-{made}-1", 1, now_us, *edits)
    table.server.log.append([entry])
    table.server.clock.us += 61_000_000
    states = [one["state"] for one in table.read(made)["items"]]
    assert states == ["accepted", "open"]
    table.read(made)
    trail = audit.trail(table.server.log.engine, map_id=table.id, action="proposal.accepted")  # fmt: skip
    assert [(one.who, one.kind, one.detail["item"]) for one in trail] == [(ANN.name, "server", 1)]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_accepting_all_is_making_the_edits(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    words = ("I pay", "It is slow", "Größe", "支払う")
    board = start = board_of(parse_map(MAP.format(map_id="shop")))
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    proposals, edits = Proposals(engine), []
    for _ in range(12):
        edit = some_edit(board, random, words)
        try:
            after = apply_edit(board, edit).board
            proposals.propose(board, 0, Draft("x", "", [edit_data(edit)]), ANN, 1)
        except DesirepathError:
            continue  # not allowed, or changes nothing
        edits.append(edit_data(edit))
        board = after
    if not edits:
        return
    made = proposals.propose(start, 0, Draft("x", "", edits), ANN, 2)
    found = proposals.one("shop", made, 3)
    now, along = start, set[int]()
    for item in found.items:
        fit = fitting(found.before(item.n, along), item.edit, now)
        assert fit.fit in ("fits", "same"), (item, fit)
        now = apply_edit(now, Together(edits=fit.edits)).board
        along.add(item.n)
    assert now == board
