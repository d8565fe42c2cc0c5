"""Pages for everybody: who may open them, for how long, in which frames, and that no small group is on them."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.checked import add_check, evidence_of, share
from tests.web.server import QUICK, Caller, Server, running

import desirepath
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.quotes import Mentioned, Quote, Quotes
from desirepath.maps.files import parse_map
from desirepath.web.publishing.drawn import drawn
from desirepath.web.publishing.groups import is_large, large_groups
from desirepath.web.publishing.layers import LAYERS, USUAL
from desirepath.web.publishing.quotes import key_of
from desirepath.web.publishing.store import PublicPages, origins_in

DEMO = Path(desirepath.__file__).parent / "cli/demo_project/maps/assumed.yaml"
TEXT = DEMO.read_text(encoding="utf-8")
WINDOW, HALF = ("2023-01-01", "2023-06-30"), ("2023-01-01", "2023-03-31")
DAY_US = 86_400 * 1_000_000
SESAME = "open sesame"
# Everybody of the team who is named on the map.
TEAM = ("marketing", "web team", "support desk", "Head of online shop")
COUNTS = re.compile(r"n\u00a0([\d,]+)|\b([\d,]+) of ([\d,]+)\b")
NO_PEOPLE = re.compile(r"Step [\d{}a-z]+ of [\d{}a-z]+|importance \d of 5")


def small_world() -> Evidence:
    """Facts about the demo map: large ones, and ones about groups below ten."""
    journey = parse_map(TEXT, "map.yaml")
    facts: list[Fact] = []
    for number, step in enumerate(journey.step_ids()):
        ref = f"step:{step}"
        facts += [
            share(ref, "reach", 900 - 60 * number, 1000),
            share(ref, "drop_off", number % 3 * 4, 900 - 60 * number),
            share(ref, "repeat", 200, 900 - 60 * number),
        ]
        sizes = {"North": 4, "South": 9, "East": 60 - number, "West": 700}
        facts += [
            share(ref, "reach", size - size // 3, size, segment=f"region={name}")
            for name, size in sizes.items()
        ]
        felt = Fact(ref, "score", 0.5, "emotion", 7 if number % 2 else 70, 0.1, 0.9, 70, 70, "emotion")  # fmt: skip
        half = replace(share(ref, "reach", 5, 8), window_from=HALF[0], window_to=HALF[1])  # fmt: skip
        facts += [felt, half]
    facts += [
        share("statement:search-finds", "share", 300, 900, "search_empty"),
        share("statement:basket-chat", "share", 3, 900, "care_question"),
        share("map", "goal", 150, 1000),
    ]
    return evidence_of("assumed", *facts, window=WINDOW)


def words_of(html: str) -> str:
    """What a page says, without its styles and script, attributes among it."""
    return re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)


def counts_in(html: str) -> list[int]:
    """Numbers of people on a page."""
    found = []
    for n, some, whole in COUNTS.findall(NO_PEOPLE.sub("", words_of(html))):
        found += [int(one.replace(",", "")) for one in (n, some, whole) if one]
    return found


def test_no_group_below_ten_is_on_a_page() -> None:
    journey, evidence = parse_map(TEXT, "map.yaml"), small_world()
    report = desirepath.check_map(journey, evidence)
    html = drawn(journey, evidence, report, None, LAYERS)
    counts = counts_in(html)
    assert len(counts) > 50
    assert min(one for one in counts if one) >= 10
    assert "region: West" in html
    assert "region: North" not in html
    for name in TEAM:
        assert name in TEXT
        assert name not in html
    # what is hidden would be there
    raw = drawn_raw(journey, evidence, report)
    assert {4, 7, 8, 9} <= set(counts_in(raw))


def drawn_raw(journey: Any, evidence: Any, report: Any) -> str:
    from desirepath.render.page import map_page  # noqa: PLC0415
    from desirepath.render.views.poster import poster_scene  # noqa: PLC0415

    scene = poster_scene(journey, report=report, evidence=evidence)
    return map_page(journey, scene, report=report, evidence=evidence)


def test_layers_show_what_they_say() -> None:
    journey, evidence = parse_map(TEXT, "map.yaml"), small_world()
    report = desirepath.check_map(journey, evidence)
    quotes = Quotes(
        "assumed",
        (
            Quote("search", "few", "Nobody else said it.", "en"),
            Quote("search", "many", "Many say so.", "en"),
            Quote("search", "many", "Nobody asked me.", "en"),
        ),
        (Mentioned("search", "few", 9, 90), Mentioned("search", "many", 10, 90)),
    )  # fmt: skip
    has = {
        "belief": "Search nearly always finds something for me",
        "verdicts": "refuted",
        "numbers": "n\u00a0",
        "emotion": "+1",
        "quotes": "Many say so.",
        "backstage": "shop search",
    }
    released = {key_of("search", one.text) for one in quotes.quotes[:2]}
    with_all = words_of(drawn(journey, evidence, report, quotes, LAYERS, released))
    # said by too few, or not released
    assert "Nobody else said it." not in with_all
    assert "Nobody asked me." not in with_all
    for layer, words in has.items():
        others = tuple(one for one in LAYERS if one != layer)
        without = words_of(drawn(journey, evidence, report, quotes, others, released))
        assert words in with_all, layer
        assert words not in without, layer
    nothing = words_of(drawn(journey, evidence, report, quotes, ()))
    assert [words for words in has.values() if words in nothing] == []
    assert "I look for a plant that survives with me" in nothing


sizes = st.integers(0, 40)


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(sizes, sizes), min_size=1),
    st.booleans(),
)
def test_small_groups_are_hidden_and_cannot_be_told_by_subtraction(
    groups: dict[str, tuple[int, int]],
    is_time: bool,  # noqa: FBT001
) -> None:
    told = {name: (hits, hits + rest) for name, (hits, rest) in groups.items() if hits + rest}  # fmt: skip
    facts = [
        Fact("step:x", "reach", hits / cases, "s" if is_time else "share", cases, None, None, hits, cases, segment=f"g={name}")
        for name, (hits, cases) in told.items()
    ]  # fmt: skip
    evidence = evidence_of("m", *facts, window=WINDOW)
    left = large_groups(evidence.facts, evidence)
    assert all(is_large(one) for one in left)
    assert all(one.n >= 10 for one in left)
    hidden = [one for one in evidence.facts if one not in left]
    if left and hidden:
        assert len(hidden) > 1
        assert sum(one.cases for one in hidden) >= 10
    if not any(not is_large(one) for one in evidence.facts):
        assert left == list(evidence.facts)


@pytest.mark.parametrize(
    "text",
    ["*", "https://*.example.com", "https://a.example/x", "javascript:alert(1)", "https://a b", "'self'", "https://a;script-src *", "https://a\nb", "ftp://a", "https://-a", "https://a:0", "https://a:99999", "https://üml.example", "https://u@a"],
)  # fmt: skip
def test_only_plain_addresses_of_sites_may_frame(text: str) -> None:
    with pytest.raises(desirepath.DesirepathError) as caught:
        origins_in([text])
    assert caught.value.code == "E796"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("publishing")) as one:
        one.add_map(TEXT)
        add_check(one, small_world(), one.clock())
        one.app.state.public_pages = PublicPages(one.log.engine, QUICK)
        yield one


@pytest.fixture(scope="module")
def lead(server: Server) -> Caller:
    return server.person("Lea Winter", "facilitator")


@dataclass
class Shown:
    """What a stranger gets."""

    status: int
    text: str
    headers: dict[str, str]


def stranger(
    server: Server, secret: str, form: dict[str, str] | None = None, **headers: str
) -> Shown:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        if form is None:
            connection.request("GET", f"/p/{secret}", headers=told)
        else:
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", f"/p/{secret}", urlencode(form), kind | told)
        answer = connection.getresponse()
        text = answer.read().decode()
        found = {name.lower(): value for name, value in answer.headers.items()}
        return Shown(answer.status, text, found)
    finally:
        connection.close()


def made(lead: Caller, **values: Any) -> tuple[str, str]:
    answer = lead.ask("POST", "/api/maps/assumed/pages", values)
    assert answer.status == 201, answer
    return answer.data["id"], answer.data["secret"]


def test_a_page_is_open_to_everybody_and_says_nothing_more(server: Server, lead: Caller) -> None:  # fmt: skip
    page, secret = made(lead)
    found = stranger(server, secret)
    assert found.status == 200
    assert "<h1>I make my balcony green</h1>" in found.text
    assert "Lea Winter" not in found.text
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors 'none'")
    assert found.headers["x-frame-options"] == "DENY"
    assert "noindex" in found.headers["x-robots-tag"]
    assert "set-cookie" not in found.headers
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", found.text)
    listed = lead.ask("GET", "/api/maps/assumed/pages").data["pages"]
    assert [one["layers"] for one in listed if one["id"] == page] == [list(USUAL)]
    assert secret not in str(listed)
    tag = found.headers["etag"]
    again = stranger(server, secret, If_None_Match=tag)
    assert (again.status, again.text) == (304, "")
    edit = {"do": "change", "ref": "map", "field": "title", "value": "<i>Green</i>"}
    assert lead.ask("POST", "/api/maps/assumed/edits", edit).status == 200
    newer = stranger(server, secret, If_None_Match=tag)
    assert newer.status == 200
    assert "<h1>&lt;i&gt;Green&lt;/i&gt;</h1>" in newer.text


def test_a_version_stays_as_it_was(server: Server, lead: Caller) -> None:
    assert lead.ask("POST", "/api/maps/assumed/versions", {"name": "May"}).status == 201
    _, secret = made(lead, version="May")
    before = stranger(server, secret)
    edit = {"do": "change", "ref": "step:search", "field": "name", "value": "Another"}
    assert lead.ask("POST", "/api/maps/assumed/edits", edit).status == 200
    assert lead.ask("POST", "/api/maps/assumed/versions", {"name": "May"}).status == 201
    add_check(server, small_world(), server.clock() + 1)
    after = stranger(server, secret)
    assert (after.text, after.headers["etag"]) == (before.text, before.headers["etag"])
    wrong = lead.ask("POST", "/api/maps/assumed/pages", {"version": "June"})
    assert (wrong.status, wrong.data["code"]) == (404, "E702")


def test_a_page_ends_at_once(server: Server, lead: Caller) -> None:
    page, secret = made(lead, days=2)
    found = stranger(server, secret)
    assert lead.ask("DELETE", f"/api/maps/assumed/pages/{page}").status == 204
    assert lead.ask("DELETE", f"/api/maps/assumed/pages/{page}").data["code"] == "E795"
    gone = stranger(server, secret, If_None_Match=found.headers["etag"])
    assert gone.status == 404
    assert "balcony" not in gone.text
    assert gone.text == stranger(server, "never-was").text
    _, late = made(lead, days=2)
    server.clock.us += 2 * DAY_US
    try:
        assert stranger(server, late).status == 404
    finally:
        server.clock.us -= 2 * DAY_US
    assert stranger(server, late).status == 200


def test_frames_are_for_the_sites_chosen(server: Server, lead: Caller) -> None:
    _, secret = made(lead, origins=["https://Intranet.example.com/", "http://localhost:8080"])  # fmt: skip
    headers = stranger(server, secret).headers
    assert headers["content-security-policy"].endswith(
        "frame-ancestors https://intranet.example.com http://localhost:8080"
    )
    assert "x-frame-options" not in headers
    wrong = lead.ask("POST", "/api/maps/assumed/pages", {"origins": ["*"]})
    assert (wrong.status, wrong.data["code"]) == (400, "E796")


def test_a_password_is_asked_each_time(server: Server, lead: Caller) -> None:
    _, secret = made(lead, password=SESAME)
    asked = stranger(server, secret)
    assert asked.status == 200
    assert "balcony" not in asked.text
    assert "etag" not in asked.headers
    assert "form-action 'self'" in asked.headers["content-security-policy"]
    own = {"Origin": f"http://127.0.0.1:{server.port}"}
    wrong = stranger(server, secret, {"password": "sesame"}, **own)
    assert (wrong.status, "balcony" in wrong.text) == (403, False)
    right = stranger(server, secret, {"password": SESAME}, **own)
    assert right.status == 200
    assert 'id="map"' in right.text
    assert right.headers["cache-control"] == "no-store"
    assert "set-cookie" not in right.headers
    foreign = stranger(server, secret, {"password": SESAME}, Origin="https://evil.example")  # fmt: skip
    assert foreign.status == 403
    # who came in is not counted, the wrong one before is
    tries = [stranger(server, secret, {"password": str(n)}, **own) for n in range(5)]
    assert [one.status for one in tries] == [403] * 4 + [429]


def test_words_of_customers_are_released_one_by_one(tmp_path: Path) -> None:
    path = "/api/maps/assumed/pages/quotes"
    said = Quotes(
        "assumed",
        (Quote("search", "quick", "It was quick.", "en", "2023-02-03"), Quote("search", "quick", "Found at once!", "en"), Quote("search", "price", "Too dear.", "en")),
        (Mentioned("search", "quick", 12, 90), Mentioned("search", "price", 9, 90)),
    )  # fmt: skip
    with running(tmp_path) as server:
        server.add_map(TEXT)
        add_check(server, small_world(), server.clock(), quotes=said)
        lead = server.person("Lea Winter", "facilitator")
        words = {"lane": "quotes", "text": "We love our fern."}
        place = {"at": "step:search"}
        edit = {"do": "add", "ref": "statement:fern", "place": place | {"lane": "quotes"}, "fields": {"text": words["text"]}}  # fmt: skip
        assert lead.ask("POST", "/api/maps/assumed/edits", edit).status == 200
        _, secret = made(lead, layers=["belief", "quotes"])
        texts = [words["text"], *(one.text for one in said.quotes)]

        def shown() -> list[str]:
            html = words_of(stranger(server, secret).text)
            return [one for one in texts if one in html]

        assert shown() == []
        listed = lead.ask("GET", path).data["quotes"]
        assert [(one["text"], one["customers"], one["is_released"]) for one in listed] == [
            ("We love our fern.", 0, False), ("It was quick.", 12, False), ("Found at once!", 12, False),
        ]  # fmt: skip
        for one in listed[:2]:
            assert lead.ask("PUT", f"{path}/{one['key']}").status == 204
        assert shown() == ["We love our fern.", "It was quick."]
        assert [one["by"] for one in lead.ask("GET", path).data["quotes"]] == ["Lea Winter", "Lea Winter", ""]  # fmt: skip
        # other words at the same place are other words
        change = {"do": "change", "ref": "statement:fern", "field": "text", "value": "We hate it."}  # fmt: skip
        assert lead.ask("POST", "/api/maps/assumed/edits", change).status == 200
        assert "We hate it." not in stranger(server, secret).text
        assert lead.ask("DELETE", f"{path}/{listed[1]['key']}").status == 204
        assert shown() == []
        unknown = lead.ask("PUT", f"{path}/{key_of('search', 'Too dear.')}")
        assert (unknown.status, unknown.data["code"]) == (404, "E797")
        done = server.person("root", "administrator").ask("GET", "/api/audit?map=assumed").data["done"]  # fmt: skip
        told = [(one["who"], one["action"]) for one in done if one["action"].startswith("quote.")]  # fmt: skip
        assert told == [("Lea Winter", f"quote.{act}") for act in ("taken_back", "released", "released")]  # fmt: skip
        assert "quick" not in str(done)
        assert server.person("Ed", "editor").ask("GET", path).status == 403


def test_facilitators_look_before_they_make_it(lead: Caller) -> None:
    path = "/api/maps/assumed/pages/preview"
    shown = lead.ask("GET", f"{path}?layers=belief")
    assert "refuted" not in words_of(shown.data)
    assert shown.headers["content-security-policy"].endswith("frame-ancestors 'none'")
    assert "refuted" in words_of(lead.ask("GET", path).data)
