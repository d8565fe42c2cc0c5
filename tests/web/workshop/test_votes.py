"""Votes: nobody learns anything before the reveal, everybody has one ballot, and the rules hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from tests.web.server import MAP, Caller, Server, Socket, running

from desirepath.web.api.asking import AskedRoute
from desirepath.web.jobs.told import whole_library
from desirepath.web.openapi import described
from desirepath.web.people import KEYS, PEOPLE
from desirepath.web.talk.audit import trail
from desirepath.web.workshop.keeping import told_in_workshops
from desirepath.web.workshop.results import result_of
from desirepath.web.workshop.tables import BALLOTS, VOTERS
from desirepath.web.workshop.votes import Asked, Ballot, Option

VOTES = "/api/maps/shop/votes"
APART = "/api/maps/shop/apart"
# Counts requests; describes the server.
SAME = ("/metrics", "/api/openapi.json")
PAY = {"key": "step:pay", "ref": "step:pay", "text": "I pay"}
FIND = {"key": "a", "ref": "", "text": "I find a plant"}
DOTS = {"question": "What first?", "kind": "dots", "dots": 3, "most_on_one": 2, "options": [PAY, FIND]}  # fmt: skip
FEEL = {"question": "How is it?", "kind": "apart", "measure": "emotion", "options": [PAY, FIND]}  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("votes")) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


@pytest.fixture(scope="module")
def people(server: Server) -> dict[str, Caller]:
    """Pages of the people of a workshop."""
    found = {name: server.person(name, role) for name, role in (("Ada", "commenter"), ("Ben", "editor"), ("Cleo", "facilitator"), ("Dan", "administrator"))}  # fmt: skip
    link = found["Cleo"].ask("POST", "/api/maps/shop/links", {"role": "commenter"}).data
    found["guest"] = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": "Gus"})  # fmt: skip
    return found


def begun(people: dict[str, Caller], asked: dict[str, Any]) -> str:
    made = people["Cleo"].ask("POST", VOTES, asked)
    assert made.status == 201, made
    return f"{VOTES}/{made.data['id']}"


def cast(page: Caller, vote: str, department: str = "", **said: int) -> None:
    ballot = {"department": department, "said": {PAY["key"] if key == "pay" else key: one for key, one in said.items()}}  # fmt: skip
    answer = page.ask("POST", f"{vote}/ballot", ballot)
    assert answer.status == 204, answer


def told(page: Caller, vote: str) -> dict[str, Any]:
    (one,) = [v for v in page.ask("GET", VOTES).data["votes"] if vote.endswith(v["id"])]
    return dict(one)


def everything(server: Server, page: Caller, vote: str) -> dict[str, Any]:
    """What somebody is told at every address of the API that can be read."""
    names = {"map": "shop", "vote": vote.rpartition("/")[2]}
    routes: list[AskedRoute] = described(server.app.routes)
    found = {}
    for one in routes:
        if "GET" in (one.methods or ()) and one.path not in SAME:
            path = re.sub(r"{(\w+)}", lambda name: names.get(name[1], "x"), one.path)
            answer = page.ask("GET", path)
            found[path] = (answer.status, unread(answer.data))
    return found


def unread(data: Any) -> Any:
    """An answer without what says that somebody read the map."""
    if not isinstance(data, dict):
        return data
    lists = {key: one for key, one in data.items() if isinstance(one, list)}
    return data | {key: [one for one in each if ".exported" not in str(one)] for key, each in lists.items()}  # fmt: skip


def heard(socket: Socket, server: Server) -> list[dict[str, Any]]:
    """Everything a socket was told up to now: up to news that we send ourselves."""
    server.app.state.desk.tell_about("shop", "END")
    found = []
    while True:
        found.append(socket.hear("news"))
        if found[-1]["about"] == "END":
            return found + socket.heard


def test_until_the_reveal_nothing_tells_one_vote_from_another(
    server: Server, people: dict[str, Caller]
) -> None:
    for asked in (DOTS, FEEL):
        vote = begun(people, asked)
        department = "Sales" if asked is FEEL else ""
        cast(people["Ben"], vote, department, pay=1)
        others = [people[name] for name in (("Cleo",) if asked is DOTS else ("Ada", "Dan", "guest"))]  # fmt: skip
        with people["Cleo"].live("shop", {"client": "led"}) as socket:
            socket.hear("hello")
            cast(people["Ben"], vote, department, pay=1, a=0)
            first = heard(socket, server), [everything(server, one, vote) for one in others]  # fmt: skip
            cast(people["Ben"], vote, "Legal" if department else "", pay=0, a=2)
            second = heard(socket, server), [everything(server, one, vote) for one in others]  # fmt: skip
        # what others may read is the same to the letter, whatever Ben votes
        assert first[0] == second[0]
        for before, after in zip(first[1], second[1], strict=True):
            assert {
                path: (before[path], after[path])
                for path in before
                if before[path] != after[path]
            } == {}
        assert told(people["Cleo"], vote) | {"id": "", "asked": {}} == {
            "id": "", "state": "open", "by": "Cleo", "made_us": server.clock(), "revealed_us": 0,
            "asked": {}, "voted": 1, "guests": 0, "entries": 0, "mine": None, "elsewhere": False,
            "result": None, "hidden": 0,
        }  # fmt: skip
        guest = told(people["guest"], vote)
        assert (guest["by"], guest["guests"], guest["entries"]) == ("", None, None)
        assert people["Cleo"].ask("POST", f"{vote}/close").status == 204
        assert told(people["Cleo"], vote)["result"] is None
        assert told(people["Ben"], vote)["mine"]["said"] == {"a": 2, "step:pay": 0}
        assert people["Cleo"].ask("POST", f"{vote}/reveal").status == 204
        shown = told(people["Ada"], vote)
        assert shown["result"]["people"] == 1
        # and whose ballot was whose is forgotten
        assert told(people["Ben"], vote)["mine"] is None


def test_everybody_has_one_ballot(server: Server, people: dict[str, Caller]) -> None:
    vote = begun(people, DOTS)
    (ben,) = [one for one in server.people.everyone() if one.name == "Ben"]
    token = server.people.new_token(ben.id, "script", server.clock() + 10**12)[0]
    cast(people["Ben"], vote, pay=1)
    cast(people["Ben"], vote, pay=2, a=1)
    cast(people["guest"], vote, a=1)
    # the account has one ballot, wherever it comes from, and only its browser changes it
    elsewhere = Caller(server.port, token=token)
    answer = elsewhere.ask("POST", f"{vote}/ballot", {"said": {"a": 2}})
    assert (answer.status, answer.data["code"]) == (409, "E789")
    assert [told(one, vote)["elsewhere"] for one in (elsewhere, people["Ben"], people["Ada"])] == [True, False, False]  # fmt: skip
    assert told(people["Cleo"], vote)["voted"] == 2
    people["Cleo"].ask("POST", f"{vote}/reveal")
    counted = told(people["Ada"], vote)["result"]["options"]
    assert [(one["key"], one["dots"], one["people"]) for one in counted] == [("step:pay", 2, 1), ("a", 2, 2)]  # fmt: skip
    late = people["Ada"].ask("POST", f"{vote}/ballot", {"said": {"a": 1}})
    assert (late.status, late.data["code"]) == (409, "E784")
    again = people["Cleo"].ask("POST", f"{vote}/repeat")
    fresh = told(people["Ada"], again.data["id"])
    assert (fresh["state"], fresh["voted"], fresh["asked"]["question"]) == ("open", 0, "What first?")  # fmt: skip
    assert people["Cleo"].ask("DELETE", f"{VOTES}/{fresh['id']}").status == 204
    assert people["Cleo"].ask("DELETE", f"{VOTES}/{fresh['id']}").data["code"] == "E782"


def test_a_guest_who_comes_in_again_changes_their_ballot(
    server: Server, people: dict[str, Caller]
) -> None:
    vote = begun(people, DOTS)
    link = people["Cleo"].ask("POST", "/api/maps/shop/links", {"role": "commenter"}).data  # fmt: skip
    come = {"link": link["secret"], "name": "Gus"}
    first = server.caller().signed_in("/api/guest", come)
    cast(first, vote, a=1)
    first.ask("POST", "/api/sign-out")
    again = server.caller().signed_in("/api/guest", come)
    again.ballots = first.ballots  # the browser is the same
    assert told(again, vote)["mine"]["said"] == {"a": 1}
    cast(again, vote, a=2)
    other = server.caller().signed_in("/api/guest", come)
    cast(other, vote, a=1)
    # a program that forgets what its ballot is found by puts none in beside it
    other.ballots = "y" * 43
    twice = other.ask("POST", f"{vote}/ballot", {"said": {"a": 1}})
    assert (twice.status, twice.data["code"]) == (409, "E789")
    assert told(other, vote)["elsewhere"]
    cast(people["Ada"], vote, pay=1)
    counts = {"voted": 3, "guests": 2, "entries": 3}
    assert told(people["Cleo"], vote).items() >= counts.items()
    people["Cleo"].ask("POST", f"{vote}/reveal")
    shown = told(people["Cleo"], vote)
    assert shown.items() >= counts.items()
    assert [one["dots"] for one in shown["result"]["options"]] == [1, 3]
    wrong = server.caller().signed_in("/api/guest", come)
    wrong.ballots = "x" * 42  # no secret of ours: it gets another one
    assert told(wrong, vote)["mine"] is None
    assert len(wrong.ballots) == 43


def test_nobody_who_reads_the_database_lays_ballots_beside_names(
    server: Server, people: dict[str, Caller]
) -> None:
    vote = begun(people, DOTS)
    for name in ("Ada", "Ben", "Cleo", "Dan", "guest"):
        cast(people[name], vote, a=1)
    name = vote.rpartition("/")[2]
    with server.log.engine.connect() as connection:
        rows = {
            table: list(connection.scalars(select(table.c.voter).where(table.c.vote == name).order_by(text("rowid"))))
            for table in (BALLOTS, VOTERS)
        }  # fmt: skip
        known = [str(one) for table in (PEOPLE, KEYS) for row in connection.execute(select(table)) for one in row]  # fmt: skip
    assert [len(one) for one in rows.values()] == [5, 5]
    # neither is told by the other, nor by when it came, nor by anything that is known of people
    assert not set(rows[BALLOTS]) & set(rows[VOTERS])
    assert all(one == sorted(one) for one in rows.values())
    tried = {sha256("\0".join((name, *parts)).encode()).hexdigest() for one in known for who in (one, f"person {one}", f"guest {one}") for parts in ((who,), ("ballot", who), ("ballot", "", who), ("ballot", one, who))}  # fmt: skip
    assert set(rows[VOTERS]) <= tried  # who has voted can be told
    assert not tried & set(rows[BALLOTS])  # what they voted cannot


def test_what_becomes_of_votes_stands_in_the_audit_trail(
    server: Server, people: dict[str, Caller]
) -> None:
    server.clock.us += 1
    since = server.clock()
    vote = begun(people, FEEL)
    cast(people["Ada"], vote, "Sales", pay=2)
    cast(people["Ben"], vote, "Legal", pay=1)
    for act in ("close", "reveal", "keep"):
        people["Cleo"].ask("POST", f"{vote}/{act}")
    people["Cleo"].ask("DELETE", vote)
    found = trail(server.log.engine, map_id="shop", since_us=since)
    assert [(one.who, one.action) for one in reversed(found)] == [("Cleo", f"vote.{what}") for what in ("begun", "closed", "revealed", "kept", "removed")]  # fmt: skip
    assert {one.detail["name"] for one in found} == {"How is it?"}


@pytest.mark.parametrize(
    ("asked", "said", "department", "what"),
    [
        (DOTS, {"step:pay": 3}, "", "at most 2 may lie on one"),
        (DOTS, {"step:pay": 2, "a": 2}, "", "there are 3 to give, not 4"),
        (DOTS, {"a": -1}, "", "at most 2 may lie on one"),
        (DOTS, {"b": 1}, "", "the ballot names what is not asked"),
        (DOTS | {"kind": "choice"}, {"step:pay": 1, "a": 1}, "", "there are 1 to give, not 2"),
        (DOTS | {"kind": "score"}, {"a": 6}, "", "scores go from 1 to 5"),
        (FEEL, {"a": 3}, "Sales", "scores go from -2 to 2"),
        (FEEL, {"a": 1}, " ", "the department is missing"),
    ],
)  # fmt: skip
def test_a_ballot_keeps_to_the_rules(
    people: dict[str, Caller], asked: dict[str, Any], said: dict[str, int], department: str, what: str
) -> None:  # fmt: skip
    vote = begun(people, asked)
    ballot = {"said": said, "department": department}
    answer = people["Ada"].ask("POST", f"{vote}/ballot", ballot)
    assert (answer.status, answer.data["code"], answer.data["title"]) == (400, "E783", what)  # fmt: skip
    assert told(people["Ada"], vote)["voted"] == 0
    people["Cleo"].ask("DELETE", vote)


def test_two_options_of_one_kind_are_refused(people: dict[str, Caller]) -> None:
    answer = people["Cleo"].ask("POST", VOTES, DOTS | {"options": [PAY, PAY]})
    assert answer.data["code"] == "E783"


def ballots(**departments: list[int]) -> list[Ballot]:
    return [Ballot(name, {"a": one, "b": 0}) for name, said in departments.items() for one in said]  # fmt: skip


def apart(*keys: str) -> Asked:
    return Asked(question="?", kind="apart", measure="emotion", options=[Option(key=one) for one in keys])  # fmt: skip


def test_departments_are_compared_where_there_are_enough() -> None:
    said = [*ballots(sales=[2, 2, 2, 2, 1], legal=[-2, -2, -2, -2, -1]), Ballot("Legal ", {"b": 1})]  # fmt: skip
    first, second = result_of(apart("b", "a"), said).apart
    assert (first.key, first.distance, first.found) == ("a", 3.6, "apart")
    # exact: 2 of the 252 ways to deal ten scores lie as far apart, and two options were tried
    assert first.p == pytest.approx(2 / 252 * 2)
    assert [(one.department, one.people, one.mean) for one in first.sides] == [("sales", 5, 1.8), ("legal", 5, -1.8)]  # fmt: skip
    assert (second.key, second.sides[0].department, second.sides[0].people) == ("b", "legal", 6)  # fmt: skip
    assert second.distance == pytest.approx(1 / 6)
    assert second.found == "alike"


def test_too_few_voices_are_said_to_be_too_few() -> None:
    (one,) = result_of(apart("a"), ballots(sales=[2, 2], legal=[-2, -2, -2])).apart
    assert (one.p, one.found, one.distance) == (None, "too_few", 4.0)
    assert result_of(apart("a"), ballots(sales=[2, 2])).apart == []
    (wide,) = result_of(apart("a"), ballots(sales=[2, -2, 1], legal=[-2, 2, -1])).apart
    assert (wide.found, wide.p) == ("unclear", 1.0)


def test_scores_have_a_mean_its_spread_and_n() -> None:
    asked = Asked(question="?", kind="score", options=[Option(key="a"), Option(key="b")])  # fmt: skip
    said = [Ballot("", {"a": 5}), Ballot("", {"a": 2}), Ballot("", {})]
    first, second = result_of(asked, said).options
    assert (first.people, first.mean, first.levels) == (2, 3.5, [0, 1, 0, 0, 1])
    assert first.spread == pytest.approx(4.5**0.5)
    assert (second.people, second.mean, second.spread) == (0, None, None)


def test_guests_are_not_shown_small_departments(
    server: Server, people: dict[str, Caller]
) -> None:
    server.clock.us += 1
    vote = begun(people, FEEL)
    cast(people["Ada"], vote, "Sales", pay=2)
    cast(people["Ben"], vote, "Legal", pay=-2)
    people["Cleo"].ask("POST", f"{vote}/reveal")
    assert len(told(people["Cleo"], vote)["result"]["apart"]) == 1
    shown = told(people["guest"], vote)
    assert (shown["result"]["apart"], shown["hidden"]) == ([], 2)
    assert "Sales" not in str(shown)
    # the board is told of the newest round of each card, guests again of no small department
    (card,) = people["Ada"].ask("GET", APART).data["cards"]
    assert (card["ref"], card["vote"], card["people"], card["apart"]["found"]) == ("step:pay", shown["id"], 2, "too_few")  # fmt: skip
    assert people["guest"].ask("GET", APART).data == {"cards": []}
    newer = begun(people, FEEL)
    server.clock.us += 1
    for name, department, score in (("Ada", "Sales", 1), ("Ben", "Legal", 1)):
        cast(people[name], newer, department, pay=score)
    assert people["Ada"].ask("GET", APART).data["cards"] == [card]  # still secret
    people["Cleo"].ask("POST", f"{newer}/reveal")
    (now,) = people["Ada"].ask("GET", APART).data["cards"]
    assert (now["vote"], now["apart"]["distance"]) == (told(people["Ada"], newer)["id"], 0.0)  # fmt: skip


def test_what_departments_say_is_kept_as_evidence_of_staff(
    server: Server, people: dict[str, Caller], tmp_path: Path
) -> None:
    server.clock.us += 1
    since = server.clock()
    vote = begun(people, FEEL)
    early = people["Cleo"].ask("POST", f"{vote}/keep")
    assert (early.status, early.data["code"]) == (409, "E784")
    cast(people["Ada"], vote, "Sales", pay=2, a=1)
    cast(people["Ben"], vote, "Legal", pay=-1, a=1)
    people["Cleo"].ask("POST", f"{vote}/reveal")
    server.app.state.project = tmp_path
    try:
        for _ in range(2):  # twice is once
            assert people["Cleo"].ask("POST", f"{vote}/keep").status == 204
    finally:
        server.app.state.project = None
    done = trail(server.log.engine, map_id="shop", action="vote.kept", since_us=since)
    assert [one.detail["vote"] for one in done] == [vote.rpartition("/")[2]]
    assert told(people["Ada"], vote)["state"] == "kept"
    # in the database, where other servers see it too
    assert list(tmp_path.iterdir()) == []
    library = told_in_workshops(server.log.engine, "shop")
    said = [(one.kind, one.source, one.step, one.sentiment, one.n) for one in library.items]  # fmt: skip
    assert said == [
        ("interview", "Sales, scored in a workshop", "pay", 1.0, 1),
        ("interview", "Legal, scored in a workshop", "pay", -0.5, 1),
    ]
    # the file of it counts no second time in the folder of a project
    file = people["Cleo"].ask("GET", "/api/maps/shop/told?file=items")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "items.yaml").write_text(file.data)
    found = whole_library(tmp_path, library).items
    assert [(one.kind, one.source, one.sentiment) for one in found] == [
        ("interview", "Sales, scored in a workshop", 1.0),
        ("interview", "Legal, scored in a workshop", -0.5),
    ]
