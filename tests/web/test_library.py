"""The library, templates, copies, drafts, what maps share, and pictures: as programs ask for them."""

from __future__ import annotations

import http.client
import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image
from tests.web.server import MAP, Caller, Server, running

from desirepath.errors import WebError
from desirepath.maps.templates import TEMPLATES
from desirepath.web.images import LONGEST_SIDE, cleaned


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("library")) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


@pytest.fixture
def lead(server: Server) -> Caller:
    return server.person("Fay", "facilitator")


def titles(caller: Caller) -> list[str]:
    return [one["title"] for one in caller.ask("GET", "/api/library").data["maps"]]


def test_an_edit_that_does_not_fit_says_where_and_what_to_do(lead: Caller) -> None:
    fields = {"text": "All pay", "claim": {"drop_off": {"at_most": "10%"}}}
    edit = {"do": "add", "ref": "statement:all-pay", "place": {"at": "step:pay", "lane": "pains"}, "fields": fields}  # fmt: skip
    (problem,) = lead.ask("POST", "/api/maps/shop/edits", edit).data["problems"]
    assert problem == {
        "code": "E113",
        "what": 'unknown key "drop_off"',
        "place": "statement:all-pay claim.drop_off",
        "hint": "Known keys: channel, effect, goal, mentions, next, order, reach, score and 2 more.",
    }


def test_a_card_tells_what_stands_on_the_map_now(server: Server, lead: Caller) -> None:
    server.clock.us += 60_000_000
    for field, value in (
        ("tags", ["web"]),
        ("owner", "Ann"),
        ("review_every", "30d"),
        ("reviewed", "2026-01-31"),
    ):
        edit = {"do": "change", "ref": "map", "field": field, "value": value}
        assert lead.ask("POST", "/api/maps/shop/edits", edit).status == 200
    edit = {"do": "change", "ref": "step:pay", "field": "detail", "value": "paying"}
    assert lead.ask("POST", "/api/maps/shop/edits", edit).status == 200
    (card,) = lead.ask("GET", "/api/library").data["maps"]
    assert card == {
        "id": "shop",
        "title": "I order a plant",
        "description": "",
        "language": "en",
        "status": "draft",
        "state": "current",
        "level": "overview",
        "view": "experience",
        "owner": "Ann",
        "tags": ["web"],
        "personas": [],
        "origin": "",
        "reviewed": "2026-01-31",
        "due": "2026-03-02",
        "details": ["paying"],
        "stages": 1,
        "steps": 1,
        "statements": 1,
        "seq": 5,
        "changed_by": "Fay",
        "changed_us": server.clock.us,
    }


def test_the_small_picture_changes_with_the_map_and_can_do_nothing(
    lead: Caller,
) -> None:
    path = "/api/maps/shop/thumbnail.svg"
    before = lead.ask("GET", path)
    assert before.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in before.headers["content-security-policy"]
    assert "default-src 'none'" in before.headers["content-security-policy"]
    assert "script" not in before.data
    tag = before.headers["etag"]
    assert lead.ask("GET", path, If_None_Match=tag).status == 304
    edit = {"do": "add", "ref": "stage:keep", "fields": {"name": "Keep"}}
    assert lead.ask("POST", "/api/maps/shop/edits", edit).status == 200
    after = lead.ask("GET", path, If_None_Match=tag)
    assert (after.status, after.data != before.data) == (200, True)


def test_a_copy_remembers_where_it_comes_from(server: Server, lead: Caller) -> None:
    made = lead.ask("POST", "/api/maps/shop/copies", {"title": "I order in 2027"})
    assert made.data == {"id": "i-order-in-2027"}
    again = lead.ask("POST", "/api/maps/shop/copies", {"title": "I order in 2027"})
    assert again.data == {"id": "i-order-in-2027-2"}
    text = lead.ask("GET", "/api/maps/i-order-in-2027-2").data
    assert "origin: shop" in text
    assert "It is slow" in text
    assert titles(lead) == ["I order a plant", "I order in 2027", "I order in 2027"]


def test_every_template_becomes_a_map(lead: Caller) -> None:
    found = lead.ask("GET", "/api/templates").data["templates"]
    assert [one["name"] for one in found] == list(TEMPLATES)
    for one in found:
        path = f"/api/templates/{one['name']}"
        assert lead.ask("GET", f"{path}/thumbnail.svg").status == 200
        made = lead.ask("POST", f"{path}/maps", {"title": f"My {one['name']}"})
        assert made.status == 201, made
        board = lead.ask("GET", f"/api/maps/{made.data['id']}").data
        assert f"origin: template:{one['name']}" in board
    assert lead.ask("POST", "/api/templates/none/maps", {}).data["code"] == "E123"


def test_answers_become_a_map(lead: Caller) -> None:
    answers = {
        "who": "Beginner",
        "goal": "I make it green",
        "stages": [{"name": "Find", "does": ["I look"], "feels": -1}],
    }
    made = lead.ask("POST", "/api/drafts", answers)
    assert made.data == {"id": "i-make-it-green"}
    assert "I look" in lead.ask("GET", "/api/maps/i-make-it-green").data
    wrong = lead.ask("POST", "/api/drafts", {"stages": [{"feels": 3}]})
    assert wrong.data["code"] == "E719"


def test_personas_are_shared_by_maps_and_know_them(
    server: Server, lead: Caller
) -> None:
    assert lead.ask("GET", "/api/catalogue").data["personas"] == []
    add = {"do": "add", "ref": "persona:ann", "fields": {"name": "Ann", "likes": ["plants"]}}  # fmt: skip
    assert lead.ask("POST", "/api/catalogue/edits", add).status == 200
    link = {"do": "add", "ref": "persona:ann"}
    assert lead.ask("POST", "/api/maps/shop/edits", link).status == 200
    (ann,) = lead.ask("GET", "/api/catalogue").data["personas"]
    assert ann == {
        "id": "ann",
        "fields": {"name": "Ann", "likes": ["plants"]},
        "maps": [{"id": "shop", "title": "I order a plant"}],
    }
    assert titles(lead) == ["I order a plant"]  # what is shared is no map of the shelf
    secret, _ = server.people.new_link("shop", "viewer", server.clock() + 10**12, "")
    guest = server.caller().signed_in("/api/guest", {"link": secret})
    assert guest.ask("GET", "/api/catalogue").status == 403
    named = guest.ask("GET", "/api/maps/shop/personas").data["personas"]
    assert [one["fields"]["name"] for one in named] == ["Ann"]


def test_only_what_maps_share_can_be_put_into_the_catalogue(lead: Caller) -> None:
    stage = {"do": "add", "ref": "stage:find", "fields": {"name": "Find"}}
    hidden = {"do": "together", "edits": [stage]}
    for edit in (stage, hidden):
        assert lead.ask("POST", "/api/catalogue/edits", edit).data["code"] == "E740"
    partner = {"do": "add", "ref": "persona:ann", "fields": {"nam": "Ann"}}
    assert lead.ask("POST", "/api/catalogue/edits", partner).status == 400


def test_partners_do_not_edit_what_all_share(server: Server) -> None:
    partner = server.person("Pat", "editor", ("pains",))
    add = {"do": "add", "ref": "persona:ann", "fields": {"name": "Ann"}}
    assert partner.ask("POST", "/api/catalogue/edits", add).data["code"] == "E708"


def photo(width: int, height: int) -> bytes:
    """A picture with what cameras add: where it was taken, and which side is up."""
    image = Image.new("RGB", (width, height), "#22304f")
    exif = image.getexif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "the home of Ann"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"secret comment")
    return out.getvalue()


def send_picture(
    caller: Caller, body: bytes, kind: str = "image/jpeg"
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=60)
    try:
        headers = caller.headers() | {"Content-Type": kind}
        connection.request("POST", "/api/images", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_picture_is_written_anew(server: Server, lead: Caller) -> None:
    status, told = send_picture(lead, photo(3200, 100))
    assert status == 201
    path = f"/api/images/{told.decode().split(chr(34))[3]}"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path, headers=lead.headers())
    answer = connection.getresponse()
    data = answer.read()
    assert "sandbox" in (answer.getheader("content-security-policy") or "")
    assert answer.getheader("x-content-type-options") == "nosniff"
    connection.request("GET", path)
    assert connection.getresponse().status == 401
    connection.close()
    kept = Image.open(io.BytesIO(data))
    assert kept.size == (LONGEST_SIDE // 32, LONGEST_SIDE)  # upright
    assert dict(kept.getexif()) == {}
    assert b"Ann" not in data
    assert b"secret" not in data
    assert send_picture(lead, photo(3200, 100)) == (201, told)


def bomb() -> bytes:
    """A PNG of few bytes that says it is very large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        total = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", total)

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        pytest.param(bomb(), "E742", id="bomb"),
        pytest.param(b"\xff" * 5_000_001, "E742", id="long"),
        pytest.param(b"<svg onload='alert(1)'/>", "E741", id="drawing"),
        pytest.param(photo(40, 40)[:300], "E741", id="cut"),
        pytest.param(b"", "E741", id="nothing"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 100, "E741", id="program"),
    ],
)
def test_what_is_no_harmless_picture_is_refused(sent: bytes, code: str) -> None:
    with pytest.raises(WebError) as error:
        cleaned(sent)
    assert error.value.code == code


def test_a_picture_must_say_that_it_is_one(lead: Caller) -> None:
    assert send_picture(lead, photo(10, 10), "text/html")[0] == 415
    assert send_picture(lead, b"\xff" * 5_000_001)[0] == 413


def test_see_through_pictures_stay_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (10, 20, 30, 40)).save(out, "PNG")
    kept = cleaned(out.getvalue())
    assert kept.kind == "image/png"
    assert Image.open(io.BytesIO(kept.data)).getpixel((3, 3)) == (10, 20, 30, 40)
