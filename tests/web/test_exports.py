"""Maps out of a server and into another one: byte for byte, and nothing hostile gets in."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.web.server import MAP, Caller, Server, running

from desirepath.errors import WebError
from desirepath.maps.files import parse_map
from desirepath.web import archive
from desirepath.web.archive import collect, put, read_archive, write_archive
from desirepath.web.collab.log import EditLog
from desirepath.web.images import Images

ZIP = "application/zip"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with some maps, versions, something taken off, something shared and a picture."""
    with running(tmp_path_factory.mktemp("exports")) as one:
        ann = one.person("Ann", "administrator")
        for name in ("shop", "größe", "支払う"):
            assert ann.ask("POST", "/api/maps", MAP.format(map_id=name)).status == 201
        image = Images(one.log.engine).add(picture(), "Ann", 5).id
        ann.ask("POST", "/api/maps/shop/versions", {"name": "spring"})
        ann.ask("POST", "/api/maps/shop/versions", {"name": "autumn"})
        edits: tuple[dict[str, Any], ...] = (
            {"do": "change", "ref": "map", "field": "owner", "value": f"picture {image}"},
            {"do": "add", "ref": "stage:use", "place": {"at": "map"}, "fields": {"name": "Ich nütze es 😀"}},
            {"do": "add", "ref": "stage:between", "place": {"at": "map", "pos": "a0V"}, "fields": {"name": "X"}},
            {"do": "mark_gone", "ref": "stage:buy"},
        )  # fmt: skip
        for edit in edits:
            ann.ask("POST", "/api/maps/shop/edits", edit)
        shared = {"do": "add", "ref": "persona:pia", "place": {"at": "map"}, "fields": {"name": "Pia"}}  # fmt: skip
        assert ann.ask("POST", "/api/catalogue/edits", shared).status == 200
        yield one


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(out, "PNG")
    return out.getvalue()


def raw(
    caller: Caller, method: str, path: str, body: bytes = b""
) -> tuple[int, str, bytes]:
    """Status, kind and bytes: a zip is no text."""
    connection = http.client.HTTPConnection("127.0.0.1", caller.port, timeout=60)
    try:
        told = caller.headers() | ({"Content-Type": ZIP} if body else {})
        connection.request(method, path, body, told)
        answer = connection.getresponse()
        return answer.status, answer.headers["content-type"], answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def whole(server: Server) -> bytes:
    status, kind, content = raw(server.person("Zoe", "administrator"), "GET", "/api/export")  # fmt: skip
    assert (status, kind) == (200, ZIP)
    return content


def test_an_export_comes_out_of_an_empty_server_as_it_went_in(
    whole: bytes, server: Server, tmp_path: Path
) -> None:
    with running(tmp_path) as other:
        ben = other.person("Ben", "facilitator")
        status, _, told = raw(ben, "POST", "/api/import", whole)
        assert (status, json.loads(told)["maps"]) == (
            201,
            ["_shared", "größe", "shop", "支払う"],
        )
        again = raw(other.person("Cy", "administrator"), "GET", "/api/export")[2]
        assert again == whole
        for name in ("shop", "größe", "支払う"):
            assert other.log.load(name).board == server.log.load(name).board
        assert ben.ask("GET", "/api/maps/shop/versions").data["versions"][0]["name"] == "spring"  # fmt: skip
        assert ben.ask("POST", "/api/maps/shop/versions/autumn/restore").status == 200
        assert [one.id for one in other.log.load("shop").board.journey().stages] == ["buy"]  # fmt: skip
        status, _, told = raw(ben, "POST", "/api/import", whole)
        assert (status, json.loads(told)["code"]) == (409, "E701")


def test_an_export_holds_files_for_people_and_no_secret(
    whole: bytes, server: Server
) -> None:
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        names = packed.namelist()
        journey = parse_map(packed.read("maps/shop.yaml").decode())
        texts = b"".join(packed.read(name) for name in names)
    assert journey == server.log.load("shop").board.journey()
    assert [name for name in names if name.startswith("images/")]
    assert b"argon2" not in texts


def test_a_map_is_exported_in_each_format(server: Server) -> None:
    ben = server.person("Ben", "viewer")
    journey = server.log.load("shop").board.journey()
    yaml = ben.ask("GET", "/api/maps/shop/export")
    assert parse_map(yaml.data) == journey
    assert yaml.headers["content-disposition"] == "attachment; filename*=UTF-8''shop.yaml"  # fmt: skip
    found = ben.ask("GET", "/api/maps/shop/export?format=json").data
    assert parse_map(json.dumps(found), "shop.json") == journey
    content = raw(ben, "GET", "/api/maps/shop/export?format=zip")[2]
    kept = read_archive(io.BytesIO(content))
    assert ([one.board.map_id for one in kept.maps], len(kept.images)) == (["shop"], 1)
    assert ben.ask("GET", "/api/maps/shop/export?format=exe").data["code"] == "E719"


Files = dict[str, bytes]


def repacked(whole: bytes, change: Callable[[Files], None], *, honest: bool) -> bytes:
    """The export with other files; where honest, its list of sums is made to fit."""
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    if honest:
        sums = {k: hashlib.sha256(v).hexdigest() for k, v in files.items() if k != archive.MANIFEST}  # fmt: skip
        files[archive.MANIFEST] = json.dumps({"format": archive.FORMAT, "files": sums}).encode()  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def in_shop(*path: str | int, value: object) -> Callable[[Files], None]:
    """A change of one value in the file of a map."""

    def change(files: Files) -> None:
        data = json.loads(files["maps/shop.json"])
        place = data
        for key in path[:-1]:
            found = [n for n, one in enumerate(place) if isinstance(one, dict) and one.get("ref") == key]  # fmt: skip
            place = place[found[0] if found else key]
        place[path[-1]] = value
        files["maps/shop.json"] = json.dumps(data).encode()

    return change


def also(name: str, content: bytes) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = content

    return change


def without(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        del files[name]

    return change


TAMPERED = (
    (also("maps/shop.yaml", b"other"), False),
    (also("more.txt", b""), False),
    (without(archive.MANIFEST), False),
    (without("images.json"), False),
    (also(archive.MANIFEST, b"["), False),
    (also(archive.MANIFEST, b"[" * 100_000), False),
    (also("../../etc/passwd", b"x"), True),
    (also("/etc/passwd", b"x"), True),
    (also("maps/shop.json", b"{}"), True),
    (also("maps/shop.json", b'{"board": ' + b"[" * 100_000), True),
    (also("images.json", b'[{"id": "../x", "kind": "image/png"}]'), True),
    (in_shop("board", "map", value="../../shop"), True),
    (in_shop("board", "map", value="other"), True),
    (in_shop("board", "cards", "map", "fields", value={"title": 3}), True),
    (in_shop("board", "cards", "map", "fields", value="x"), True),
    (in_shop("board", "cards", "stage:buy", "at", value="stage:none"), True),
    (in_shop("board", "cards", "stage:buy", "at", value="step:pay"), True),
    (in_shop("board", "cards", "stage:buy", "pos", value="../"), True),
    (in_shop("board", "cards", "stage:buy", "gone", value=1), True),
    (in_shop("board", "cards", "stage:buy", "ref", value="dragon:x"), True),
    (in_shop("versions", 0, "at_us", value=2**70), True),
    (in_shop("versions", 0, "name", value="\ud800"), True),
    (in_shop("versions", 0, "name", value=""), True),
)


@pytest.mark.parametrize("number", range(len(TAMPERED)))
def test_an_export_that_was_tampered_with_is_refused_whole(
    whole: bytes, number: int
) -> None:
    change, honest = TAMPERED[number]
    with pytest.raises(WebError) as found:
        read_archive(io.BytesIO(repacked(whole, change, honest=honest)))
    assert found.value.code == "E738"


def test_a_picture_must_be_one(whole: bytes) -> None:
    def change(files: Files) -> None:
        told = json.loads(files["images.json"])
        page = b"<script>alert(1)</script>"
        told[0] |= {"id": hashlib.sha256(page).hexdigest(), "kind": "image/png"}
        del files[next(name for name in files if name.startswith("images/"))]
        files[f"images/{told[0]['id']}.png"] = page
        files["images.json"] = json.dumps(told).encode()

    with pytest.raises(WebError) as found:
        read_archive(io.BytesIO(repacked(whole, change, honest=True)))
    assert found.value.code == "E738"


def test_bombs_links_and_doubles_are_refused(whole: bytes) -> None:
    bomb = repacked(whole, also("zeros", bytes(30_000_000)), honest=True)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as packed:
        for number in range(archive.MOST_ENTRIES + 1):
            packed.writestr(str(number), b"")
    link, doubled = io.BytesIO(whole), io.BytesIO(whole)
    with zipfile.ZipFile(link, "a") as packed:
        entry = zipfile.ZipInfo("maps/link.json")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, "/etc/passwd")
    with (
        zipfile.ZipFile(doubled, "a") as packed,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        packed.writestr("maps/shop.json", b"{}")
    hostile = {
        "E739": [bomb, many.getvalue()],
        "E738": [link.getvalue(), doubled.getvalue(), b"", b"PK", whole[:-40], b"x" * 999],
    }  # fmt: skip
    for code, zips in hostile.items():
        for one in zips:
            with pytest.raises(WebError) as found:
                read_archive(io.BytesIO(one))
            assert found.value.code == code


def test_a_flipped_byte_is_refused_or_changes_nothing(whole: bytes) -> None:
    kept = read_archive(io.BytesIO(whole))
    for place in range(0, len(whole), max(1, len(whole) // 300)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x41
        assert code_of(bytes(damaged), kept) in ("the same", "E738", "E739"), place


def code_of(content: bytes, kept: archive.Archive) -> str:
    try:
        found = read_archive(io.BytesIO(content))
    except WebError as error:
        return error.code
    return "the same" if found == kept else "another"


def test_a_refused_import_leaves_nothing(whole: bytes, tmp_path: Path) -> None:
    log = EditLog.in_file(tmp_path / "boards.db")
    try:
        kept = read_archive(io.BytesIO(whole))
        (shop,) = [one.board for one in kept.maps if one.board.map_id == "shop"]
        log.create(shop, "e", "Ann", 0)
        with pytest.raises(WebError) as found:
            put(log, kept, "Ben", 1)
        assert (found.value.code, log.maps()) == ("E701", ("shop",))
        assert collect(log).images == ()
        assert write_archive(collect(log)) == write_archive(collect(log))
    finally:
        log.close()


def test_a_zip_must_be_sent_as_one(server: Server) -> None:
    ann = server.person("Una", "facilitator")
    answer = ann.ask("POST", "/api/import", "PK", Content_Type="text/plain")
    assert (answer.status, answer.data["code"]) == (415, "E717")
