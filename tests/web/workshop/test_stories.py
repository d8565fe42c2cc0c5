"""The form for phones: whoever has the link may tell, nobody else, not too often, and nothing in it acts."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from unittest import mock
from urllib.parse import urlencode, urlsplit

import pytest
from tests.web.server import MAP, Caller, Server, running

from desirepath.web.jobs.told import whole_library
from desirepath.web.talk.audit import trail
from desirepath.web.workshop import stories as kept_stories
from desirepath.web.workshop.keeping import told_in_workshops
from desirepath.web.workshop.phone_words import EN, LANGUAGES
from desirepath.web.workshop.stories import DAY_US, MOST_A_DAY, Stories, Told

STORIES = "/api/maps/shop/stories"
LINKS = "/api/maps/shop/story-links"
HOSTILE = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp; \u202e{x}"  # fmt: skip
FILLED = {
    "step": "pay", "text": "It hung for minutes", "who": "staff", "heard_from": "12",
    "how_often": "daily", "when": "2023-11-14", "permission": "inside", "website": "",
}  # fmt: skip


@dataclass
class Page:
    """What a phone is shown."""

    status: int
    text: str
    headers: http.client.HTTPMessage


def phone(server: Server, path: str, form: dict[str, str] | None = None, **headers: str) -> Page:  # fmt: skip
    """A page as a browser asks for it."""
    told = {"Accept-Language": "en"} | {k.replace("_", "-"): v for k, v in headers.items()}  # fmt: skip
    body = None
    if form is not None:
        own = {"Origin": f"http://127.0.0.1:{server.port}", "Sec-Fetch-Site": "same-origin"}  # fmt: skip
        told = own | {"Content-Type": "application/x-www-form-urlencoded"} | told
        body = urlencode(form)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("GET" if form is None else "POST", path, body, told)
        answer = connection.getresponse()
        return Page(answer.status, answer.read().decode(), answer.headers)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("stories")) as one:
        text = MAP.format(map_id="shop").replace(
            "name: I pay", f"name: {json.dumps(HOSTILE)}"
        )
        one.add_map(
            text.replace("title: I order a plant", f"title: {json.dumps(HOSTILE)}")
        )
        yield one


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    return server.person("Cleo", "facilitator")


@pytest.fixture
def path(server: Server, lead: Caller) -> Iterator[str]:
    """Address of a new form; a minute later than the last one."""
    server.clock.us += 61_000_000
    made = lead.ask("POST", LINKS, {"days": 3}).data
    yield urlsplit(made["address"]).path
    lead.ask("DELETE", f"{LINKS}/{made['id']}")
    for one in lead.ask("GET", STORIES).data["stories"]:
        lead.ask("DELETE", f"{STORIES}/{one['id']}")


def waiting(lead: Caller) -> list[dict[str, object]]:
    return [one["told"] for one in lead.ask("GET", STORIES).data["stories"]]


def is_inert(page: Page) -> bool:
    """Whether nothing of the hostile words became part of the page."""
    tags = set(re.findall(r"<\s*([a-z]+[0-9]?)", page.text))
    return not tags & {"script", "img", "iframe"} and "onerror" not in re.sub(r"&lt;.*?&gt;", "", page.text)  # fmt: skip


def test_a_story_is_told_without_an_account(server: Server, lead: Caller, path: str) -> None:  # fmt: skip
    page = phone(server, path)
    assert page.status == 200
    assert HOSTILE in unescape(page.text)
    assert is_inert(page)
    nonce = re.findall(r'<style nonce="([^"]+)">', page.text)[0]
    assert page.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert page.headers["referrer-policy"] == "same-origin"
    sent = phone(server, path, FILLED | {"text": "It hung\r\nfor minutes\x00\x07 "})
    assert (sent.status, sent.headers["location"]) == (303, f"{path}?thanks=1")
    assert "Thank you" in phone(server, sent.headers["location"]).text
    assert waiting(lead) == [
        {"step": "pay", "text": "It hung\nfor minutes", "who": "staff", "heard_from": 12, "how_often": "daily",
         "when": "2023-11-14", "permission": "inside", "language": "en"}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"step": "none"}, "Choose where it happened."),
        ({"step": HOSTILE}, "Choose where it happened."),
        ({"text": "   "}, "Write what happened."),
        ({"text": "a" * 2001}, "2001 letters, at most 2000 fit"),
        ({"who": HOSTILE}, "Say who you are."),
        ({"heard_from": "0"}, "from 1 to 10000"),
        ({"heard_from": "٣"}, "from 1 to 10000"),
        ({"how_often": "x"}, "Say how often it happens."),
        ({"when": "2033-11-17"}, "Choose a day that was."),
        ({"when": "20231114"}, "Choose a day that was."),
        ({"permission": ""}, "Say whether your words may be quoted."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    server: Server, lead: Caller, path: str, changed: dict[str, str], told: str
) -> None:
    page = phone(server, path, {"text": HOSTILE, **{k: v for k, v in FILLED.items() if k != "text"}} | changed)  # fmt: skip
    assert page.status == 400
    assert told in unescape(page.text)
    assert is_inert(page)
    if "text" not in changed:
        assert f"\n{HOSTILE}</textarea>" in page.text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")  # fmt: skip
    assert waiting(lead) == []


def test_the_form_says_everything_in_every_language() -> None:
    for words in LANGUAGES.values():
        assert words.keys() == EN.keys()
        for key, text in EN.items():
            holes = re.findall(r"{\w+}", text)
            assert set(re.findall(r"{\w+}", words[key])) == set(holes), key


def test_a_phone_is_spoken_to_in_its_language(server: Server, path: str) -> None:
    page = phone(server, path, Accept_Language="fr;q=0.9, de-CH;q=0.8, en;q=0.1")
    assert '<html lang="de" dir="ltr">' in page.text
    assert "Was ist passiert?" in page.text
    gone = phone(server, "/tell/none", Accept_Language="de")
    assert (gone.status, "Dieser Link gilt nicht mehr" in gone.text) == (404, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_site_cannot_fill_the_form_in(
    server: Server, lead: Caller, path: str, headers: dict[str, str]
) -> None:
    assert phone(server, path, FILLED, **headers).status == 403
    assert waiting(lead) == []


def test_machines_that_fill_in_every_field_tell_nothing(server: Server, lead: Caller, path: str) -> None:  # fmt: skip
    assert phone(server, path, FILLED | {"website": "http://x.example"}).status == 303
    assert phone(server, path, {f"x{n}": "1" for n in range(40)} | FILLED).status == 400
    assert phone(server, path, FILLED | {"text": "é" * 30_000}).status == 413
    assert waiting(lead) == []


def test_an_address_is_slowed_down_and_keeps_its_words(server: Server, lead: Caller, path: str) -> None:  # fmt: skip
    answers = [phone(server, path, FILLED) for _ in range(21)]
    assert [one.status for one in answers] == [303] * 20 + [429]
    assert answers[-1].headers["retry-after"] == "60"
    assert "It hung for minutes" in answers[-1].text
    assert len(waiting(lead)) == 20
    server.clock.us += 61_000_000
    assert phone(server, path, FILLED).status == 303
    # who wants to sign in at that address may still do so
    assert server.caller().ask("POST", "/api/session", {"name": "Cleo", "password": "x"}).status == 401  # fmt: skip


def test_a_link_takes_so_many_a_day_rejected_or_not(server: Server, lead: Caller, path: str) -> None:  # fmt: skip
    stories = Stories(server.people)
    link = stories.link_of(path.rpartition("/")[2], server.clock())
    assert link is not None
    told = Told(step="pay", text="x", who="customer", when="2023")
    for _ in range(MOST_A_DAY):
        stories.tell(link, told, server.clock())
    for one in stories.all("shop"):
        stories.delete(one)
    answer = phone(server, path, FILLED)
    assert answer.status == 429
    assert "Too many stories were sent just now" in answer.text
    server.clock.us += DAY_US
    assert phone(server, path, FILLED | {"when": "2023-11-14"}).status == 303


def test_a_link_for_stories_opens_nothing_else(server: Server, lead: Caller) -> None:
    made = lead.ask("POST", LINKS, {"days": 1}).data
    secret = made["address"].rpartition("/")[2]
    assert made["qr"].startswith("<svg")
    guest = server.caller().ask("POST", "/api/guest", {"link": secret})
    assert guest.data["code"] == "E711"
    for other in (Caller(server.port, token=secret), Caller(server.port, cookie=secret)):  # fmt: skip
        assert other.ask("GET", "/api/maps").status == 401
    assert lead.ask("GET", "/api/maps/shop/links").data["links"] == []
    assert lead.ask("DELETE", f"/api/maps/shop/links/{made['id']}").status == 404
    with Path(server.log.engine.url.database or "").open("rb") as database:
        assert secret.encode() not in database.read()
    assert phone(server, f"/tell/{secret}").status == 200
    assert lead.ask("DELETE", f"{LINKS}/{made['id']}").status == 204
    assert phone(server, f"/tell/{secret}").status == 404
    late = lead.ask("POST", LINKS, {"days": 1}).data["address"].rpartition("/")[2]
    server.clock.us += DAY_US
    assert phone(server, f"/tell/{late}").status == 404


def test_what_is_accepted_is_evidence_and_what_is_rejected_is_gone(
    server: Server, lead: Caller, path: str, tmp_path: Path
) -> None:
    for text in ("one", "two: with # marks", "three"):
        phone(server, path, FILLED | {"text": text, "when": "2023-11-14"})
    ids = {one["told"]["text"]: one["id"] for one in lead.ask("GET", STORIES).data["stories"]}  # fmt: skip
    assert lead.ask("DELETE", f"{STORIES}/{ids['three']}").status == 204
    wrong = lead.ask("POST", f"{STORIES}/{ids['one']}/accept", {"step": "none"})
    assert wrong.status == 400
    server.app.state.project = tmp_path
    try:
        for how_often in ("once", "daily"):  # twice is once
            sent = {"how_often": how_often}
            kept = lead.ask("POST", f"{STORIES}/{ids['one']}/accept", sent)
            assert kept.status == 204
        lead.ask("POST", f"{STORIES}/{ids['two: with # marks']}/accept", {})
    finally:
        server.app.state.project = None
    # in the database, where checks of every server and backups find it; not in one server's folder
    assert not (tmp_path / "evidence").exists()
    library = told_in_workshops(server.log.engine, "shop")
    item = next(one for one in library.items if one.text == "one")
    assert item.words() == "staff, by phone, heard from about 12, once (anecdote, 2023-11-14)"  # fmt: skip
    assert (item.permission, item.step) == ("may be quoted inside the company", "pay")
    # the file of it counts no second time beside what stands in the folder of a project
    folder = tmp_path / "evidence"
    folder.mkdir()
    file = lead.ask("GET", "/api/maps/shop/told?file=anecdotes")
    assert file.headers["content-disposition"].endswith("''anecdotes.yaml")
    own = "  - {told_by_role: driver, when: 2023-10, step: pay, what_happened: x}\n"
    (folder / "anecdotes.yaml").write_text(file.data + own)
    texts = [one.text for one in whole_library(tmp_path, library).items]
    assert sorted(texts) == ["one", "two: with # marks", "x"]
    assert lead.ask("DELETE", f"{STORIES}/{ids['one']}").status == 204
    gone = lead.ask("DELETE", f"{STORIES}/{ids['one']}")
    assert (gone.status, gone.data["code"]) == (404, "E786")
    assert len(told_in_workshops(server.log.engine, "shop").anecdotes) == 1
    done = [(one.who, one.action) for one in trail(server.log.engine, map_id="shop", action="story")]  # fmt: skip
    assert done[:4] == [("Cleo", f"story.{what}") for what in ("removed", "accepted", "accepted", "rejected")]  # fmt: skip


def test_a_form_that_is_sent_twice_tells_one_story(server: Server, lead: Caller, path: str) -> None:  # fmt: skip
    found = re.search(r'name="sheet" value="([\w-]+)"', phone(server, path).text)
    assert found is not None
    sheet = {"sheet": found[1]}
    for text in ("It hung", "It hung", "It hung again"):
        assert phone(server, path, FILLED | sheet | {"text": text}).status == 303
    assert sorted(str(one["text"]) for one in waiting(lead)) == ["It hung", "It hung again"]  # fmt: skip
    with mock.patch.object(kept_stories, "MOST_WAITING", 2):  # then nobody reads them
        assert phone(server, path, FILLED).status == 429
