"""Sources of data: sent, recognized, corrected, made private, kept, taken away."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from tests.web.server import MAP, Answer, Caller, Server, running

from desirepath.events.feedback.read import read_feedback
from desirepath.events.read import read_events
from desirepath.evidence.activities import list_activities
from desirepath.web.data.sources import Sources, gather
from desirepath.web.jobs.results import Results

PATH = "/api/maps/shop/sources"
OCTETS = "application/octet-stream"
CANARY = "canary.bird"
EVENTS = "session_id,customer_email,phone,event,timestamp,page\n" + "".join(
    f"s{case},{CANARY}{case % 3}@cage.example,+49 170 555{case:04d},{activity},2024-03-{day:02d} 10:0{case}:00,"
    f"/open?mail={CANARY}{case}%40cage.example\n"
    for case in range(1, 7)
    for day, activity in enumerate(("home", "search", "buy"), 1)
)
SURVEY = "customer_id,submitted_at,nps,comment\n" + "".join(
    f"{CANARY}{case}@cage.example,2024-03-0{case} 10:00:00,{case + 3},Please write to {CANARY}{case}@cage.example about this late parcel\n"
    for case in range(1, 7)
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("data")
    (folder / "project").mkdir()
    with running(folder) as one:
        one.app.state.project = folder / "project"
        one.add_map(MAP.format(map_id="shop"))
        one.add_map(MAP.format(map_id="other"))
        yield one


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    return server.person("Lea", "facilitator")


def sent(caller: Caller, name: str, content: str | bytes, kind: str = "") -> Answer:
    """What the server says of a file, once it has read it."""
    return settled(caller, raw(caller, name, content, kind))


def raw(caller: Caller, name: str, content: str | bytes, kind: str = "") -> Answer:
    """What it says as soon as the file is there."""
    connection = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=60)
    headers = {**caller.headers(), "Content-Type": OCTETS}
    body = content if isinstance(content, bytes) else content.encode()
    try:
        connection.request(
            "POST", f"{PATH}?name={quote(name)}&kind={kind}", body, headers
        )
        answer = connection.getresponse()
        return Answer(
            answer.status, json.loads(answer.read()), dict(answer.headers.items())
        )
    finally:
        connection.close()


def did(caller: Caller, method: str, address: str, data: Any = None) -> Answer:
    """What came of something that is done with a source."""
    return settled(caller, caller.ask(method, address, data))


def settled(caller: Caller, answer: Answer) -> Answer:
    """What a source is taken for once nothing is under way; why it could not be read is a refusal."""
    if answer.status != 202:
        return answer
    address = answer.headers["location"]
    while (told := caller.ask("GET", address)).data["source"]["doing"]:
        time.sleep(0.02)
    if problems := told.data["source"]["problems"]:
        first = problems[0]
        return Answer(
            400,
            {
                "code": first["code"],
                "title": first["what"],
                "problems": problems,
                "id": told.data["source"]["id"],
            },
            {},
        )
    return told


def uploads(server: Server) -> Path:
    folder: Path = server.app.state.project / "uploads"
    return folder


def everything(server: Server) -> bytes:
    """All bytes of the project and of the database."""
    server.log.engine.dispose()
    files = [one for one in server.app.state.project.parent.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in files)


def parts(data: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["role"] for one in data["columns"]}


def test_answers_that_name_a_touchpoint_are_no_events(lead: Caller) -> None:
    rows = "".join(f"{c},{c},2024-03-0{c} 10:00:00,Cart,{c % 5 + 1},1-5,too slow to pay here {c}\n" for c in range(1, 9))  # fmt: skip
    head = "response_id,user_id,submitted_at,touchpoint,csat,scale,comment\n"
    proof = sent(lead, "answers.csv", head + rows).data
    assert proof["source"]["kind"] == "feedback"
    assert lead.ask("DELETE", f"{PATH}/{proof['source']['id']}").status == 204


def test_a_file_is_shown_made_private_and_read(server: Server, lead: Caller) -> None:
    here = raw(lead, "orders.csv", EVENTS)  # answered before it was read
    assert (here.status, here.data["state"], here.data["kind"]) == (202, "arrived", "")
    assert here.data["doing"] in ("waiting", "reading")
    made = settled(lead, here)
    assert made.status == 200, made
    proof = made.data
    assert proof["source"]["kind"] == "events"
    assert parts(proof) == {
        "session_id": "case",
        "customer_email": "",
        "phone": "segment",
        "event": "activity",
        "timestamp": "time",
        "page": "segment",
    }
    assert proof["columns"][0]["examples"] == ["s1", "s2", "s3"]
    assert {one["name"]: one["how"] for one in proof["columns"]} == {
        "session_id": "keep",
        "customer_email": "drop",
        "phone": "drop",
        "event": "keep",
        "timestamp": "keep",
        "page": "mask",
    }
    address = f"{PATH}/{proof['source']['id']}"
    corrected = did(
        lead,
        "PATCH",
        address,
        {"roles": {"customer": "customer_email"}, "privacy": {"phone": "hash"}},
    )
    assert corrected.status == 200, corrected
    assert corrected.data["source"]["customers"] == 3
    hows = {one["name"]: one["how"] for one in corrected.data["columns"]}
    assert (hows["customer_email"], hows["phone"]) == ("hash", "hash")
    sources = Sources(server.log.engine, server.app.state.project)
    assert sources.of("shop") == ()
    confirmed = did(lead, "POST", f"{address}/confirm")
    assert confirmed.status == 200, confirmed
    assert confirmed.data["source"]["events"] == 18
    assert confirmed.data["source"]["privacy"] == {
        "customer_email": "hash",
        "page": "mask",
        "phone": "hash",
    }
    assert CANARY.encode() not in everything(server)
    assert b"555000" not in everything(server)
    (one,) = sources.of("shop")
    read = read_events(one.recipe_path)
    assert (read.case_count, read.event_count) == (6, 18)
    assert len(np.unique(read.customers)) == 3
    assert sources.of("other") == ()
    assert did(lead, "PATCH", address, {"roles": {}}).data["code"] == "E759"
    assert did(lead, "POST", f"{address}/confirm").data["code"] == "E759"
    assert lead.ask("DELETE", address).status == 204
    assert sources.listed("shop") == ()
    assert not one.folder.exists()


def test_answers_of_customers_are_found_out_and_masked(
    server: Server, lead: Caller, tmp_path: Path
) -> None:
    proof = sent(lead, "survey.csv", SURVEY).data
    assert proof["source"]["kind"] == "feedback"
    assert parts(proof) == {
        "customer_id": "customer",
        "submitted_at": "time",
        "nps": "score",
        "comment": "text",
    }
    address = f"{PATH}/{proof['source']['id']}"
    change = {
        "is_for_all": True,
        "scores": {"nps": "nps"},
        "texts": ["comment"],
        "abouts": {"nps": "pay"},
    }
    about = did(lead, "PATCH", address, change).data["scores"]
    assert [(one["question"], one["at"]) for one in about] == [
        ("nps", "pay"),
        ("comment", ""),
    ]
    confirmed = did(lead, "POST", f"{address}/confirm")
    assert confirmed.data["source"]["privacy"] == {
        "customer_id": "hash",
        "comment": "mask",
    }
    assert CANARY.encode() not in everything(server)
    sources = Sources(server.log.engine, server.app.state.project)
    (one,) = sources.of("other", "feedback")
    read = read_feedback(gather([one], tmp_path))
    assert read.count == 6
    assert "pay" in read.hints.values
    assert set(read.texts) - {""} == {"Please write to [email] about this late parcel"}
    assert len(np.unique(read.customers)) == 6
    # what they are about is no property of the file: it can change while it is in use
    told = did(lead, "PATCH", address, {"abouts": {"nps": "deliver"}})
    assert told.status == 200, told
    assert [
        (one["question"], one["scale"], one["at"]) for one in told.data["scores"]
    ] == [
        ("nps", "nps", "deliver"),
        ("comment", "", ""),
    ]
    (again,) = sources.of("other", "feedback")
    assert (again.sha256, again.privacy) == (one.sha256, one.privacy)
    read = read_feedback(gather([again], tmp_path))
    assert set(read.hints.values) - {""} == {"deliver"}
    assert did(lead, "PATCH", address, {"abouts": {}}).data["scores"][0]["at"] == ""
    (again,) = sources.of("other", "feedback")
    assert set(read_feedback(gather([again], tmp_path)).hints.values) <= {""}
    both = {"abouts": {"nps": "pay"}, "texts": ["nps"]}
    assert did(lead, "PATCH", address, both).data["code"] == "E759"
    one.path.write_text(one.path.read_text().replace("late", "lost"))
    with pytest.raises(Exception, match="E756"):
        gather([one], tmp_path)
    assert (
        did(lead, "PATCH", address, {"abouts": {"nps": "pay"}}).data["code"] == "E756"
    )
    assert lead.ask("DELETE", address).status == 204


def test_what_is_done_with_sources_stands_in_the_audit_trail(
    server: Server, lead: Caller
) -> None:
    ada = server.person("Ada", "administrator")
    source = sent(lead, "survey.csv", SURVEY).data["source"]["id"]
    address = f"{PATH}/{source}"
    did(lead, "PATCH", address, {"scores": {"nps": "nps"}, "texts": ["comment"]})
    did(lead, "POST", f"{address}/confirm")
    did(lead, "PATCH", address, {"abouts": {"nps": "pay"}})
    did(lead, "PATCH", address, {"zone": "UTC"})  # refused: it is in use
    lead.ask("DELETE", address)
    photo = sent(lead, "photo.csv", b"\x89PNG" + bytes(60))  # it is no table
    assert photo.data["code"] == "E203"
    assert lead.ask("DELETE", f"{PATH}/{photo.data['id']}").status == 204
    server.person("Vic", "viewer").ask("DELETE", address)  # refused: he may not
    done = ada.ask("GET", "/api/audit").data["done"]
    mine = [one for one in done if one["detail"].get("source") == source]
    assert [(one["who"], one["kind"], one["action"], one["map"], one["detail"]) for one in mine][::-1] == [
        ("Lea", "session", "source.sent", "shop", {"name": "survey.csv", "source": source}),
        ("Lea", "session", "source.kept", "shop", {"source": source}),
        ("Lea", "session", "source.changed", "shop", {"source": source}),
        ("Lea", "session", "source.removed", "shop", {"source": source}),
    ]  # fmt: skip
    assert "photo.csv" not in str(done)
    assert CANARY not in str(done)


def test_a_table_of_a_database_is_shown_without_what_is_private(
    server: Server, lead: Caller
) -> None:
    project: Path = server.app.state.project
    with closing(sqlite3.connect(project / "shop.db")) as shop, shop:
        shop.execute("CREATE TABLE visits (visit TEXT, page TEXT, at INTEGER, mail TEXT, place TEXT)")  # fmt: skip
        rows = [(f"v{one // 2}", ("home", "buy")[one % 2], 1_700_000_000 + one, f"{CANARY}{one}@cage.example", "web") for one in range(20)]  # fmt: skip
        shop.executemany("INSERT INTO visits VALUES (?, ?, ?, ?, ?)", rows)
    said = 'name = "visits"\nengine = "sqlite"\nfile = "shop.db"\ntable = "visits"\ncase = "visit"\nactivity = "page"\ntime = "at"\ntime_format = "epoch-s"\nchannel = "place"\n'
    settings = project / "desirepath.toml"
    try:
        settings.write_text(f"[[sources]]\n{said}")
        shown = lead.ask("GET", f"{PATH}/database:visits")
        assert shown.status == 200, shown
        proof = shown.data
        assert {one["name"]: (one["role"], one["examples"]) for one in proof["columns"]} == {
            "visit": ("case", ["v0", "v1", "v2"]),
            "page": ("activity", ["home", "buy"]),
            "at": ("time", ["1700000000", "1700000001", "1700000002"]),
            "mail": ("", []),
            "place": ("channel", ["web"]),
        }  # fmt: skip
        assert (proof["source"]["events"], proof["source"]["cases"]) == (20, 10)
        assert proof["source"]["to_us"] == 1_700_000_019_000_000
        assert proof["top"] == [{"name": "buy", "count": 10}, {"name": "home", "count": 10}]  # fmt: skip
        assert proof["channels"] == ["web"]
        assert CANARY not in str(proof)
        settings.write_text(f'[[sources]]\n{said}may_leave = "counts"\n')
        proof = lead.ask("GET", f"{PATH}/database:visits").data
        assert (proof["source"]["events"], proof["top"], proof["channels"]) == (
            20,
            [],
            [],
        )
        assert [one["examples"] for one in proof["columns"]] == [[]] * 5
        settings.write_text(f"[[sources]]\n{said}".replace('"page"', '"pages"'))
        wrong = lead.ask("GET", f"{PATH}/database:visits")
        assert (wrong.status, wrong.data["code"]) == (400, "E223")
    finally:
        settings.unlink()
        (project / "shop.db").unlink()


def test_what_is_not_sure_is_a_question(server: Server, lead: Caller) -> None:
    rows = "who,what,when\n" + "a,home,03/04/2024\na,buy,05/06/2024\n"
    proof = sent(lead, "x.csv", rows, "events").data
    assert [one["role"] for one in proof["questions"]] == ["activity"]
    address = f"{PATH}/{proof['source']['id']}"
    assert did(lead, "POST", f"{address}/confirm").data["code"] == "E755"
    asked = {"roles": {"case": "who", "activity": "what", "time": "when"}}
    proof = did(lead, "PATCH", address, asked).data
    assert [one["role"] for one in proof["questions"]] == ["time_format"]
    proof = did(lead, "PATCH", address, {"time_format": "day-first"}).data
    assert proof["questions"] == []
    assert proof["source"]["from_us"] == 1_712_102_400_000_000
    assert did(lead, "POST", f"{address}/confirm").data["source"]["events"] == 2
    assert lead.ask("DELETE", address).status == 204


def test_half_a_file_leaves_nothing(server: Server, lead: Caller) -> None:
    assert lead.ask("DELETE", f"{PATH}/{sent(lead, 'a.csv', EVENTS).data['source']['id']}").status == 204  # fmt: skip
    before = set(uploads(server).iterdir())
    told = "".join(f"{k}: {v}\r\n" for k, v in lead.headers().items())
    head = (
        f"POST {PATH}?name=half.csv HTTP/1.1\r\nHost: 127.0.0.1:{lead.port}\r\n{told}"
        f"Content-Type: {OCTETS}\r\nContent-Length: 5000000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", lead.port)) as connection:
        connection.sendall(head.encode() + EVENTS.encode() * 1000)
        while set(uploads(server).iterdir()) == before:  # the file has begun to come
            pass
    # an answer to what came later says that the server has seen the end of the first
    for _ in range(500):
        assert lead.ask("GET", PATH).status == 200
        if set(uploads(server).iterdir()) == before:
            break
    assert set(uploads(server).iterdir()) == before


def test_who_looks_sees_counts_and_guests_no_names(
    server: Server, lead: Caller
) -> None:
    proof = sent(lead, "orders.csv", EVENTS).data
    address = f"{PATH}/{proof['source']['id']}"
    link = lead.ask("POST", "/api/maps/shop/links", {"role": "viewer", "days": 1}).data
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"], "name": "Gus"})  # fmt: skip
    assert guest.ask("GET", PATH).data["sources"] == []
    assert guest.ask("GET", address).status == 403
    assert did(lead, "POST", f"{address}/confirm").status == 200
    (seen,) = guest.ask("GET", PATH).data["sources"]
    assert (seen["by"], seen["events"], seen["cases"]) == ("", 18, None)
    looker = server.person("Lou", "viewer")
    (seen,) = looker.ask("GET", PATH).data["sources"]
    assert (seen["by"], seen["cases"]) == ("Lea", 6)
    assert looker.ask("GET", address).status == 403
    assert lead.ask("DELETE", address).status == 204


def test_activities_are_listed_and_guests_see_none_of_few(
    server: Server, lead: Caller
) -> None:
    sequences = read_events(
        {
            "session_id": np.array([f"s{one // 2}" for one in range(30)]),
            "event": np.array(["home", "buy"] * 12 + ["home", "help"] * 3),
            "timestamp": np.array([f"2024-01-02 10:{one:02d}:00" for one in range(30)]),
        }
    )
    empty = lead.ask("GET", "/api/maps/other/activities").data
    assert (empty["made_us"], empty["activities"]) == (None, [])
    parts = {"activities": list_activities(sequences).to_dict()}
    Results(server.log.engine).add("other", "activities", parts, seq=0, epoch="epoch", made_us=7, by="Lea")  # fmt: skip
    told = lead.ask("GET", "/api/maps/other/activities").data
    assert [(one["activity"], one["customers"]) for one in told["activities"]] == [
        ("home", 15),
        ("buy", 12),
        ("help", 3),
    ]
    assert told["activities"][2]["before"] == [{"name": "home", "count": 3}]
    link = lead.ask("POST", "/api/maps/other/links", {"role": "editor", "days": 1}).data
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"]})
    told = guest.ask("GET", "/api/maps/other/activities").data
    assert [one["activity"] for one in told["activities"]] == ["home", "buy"]
    assert told["activities"][0]["after"] == [{"name": "buy", "count": 12}]
