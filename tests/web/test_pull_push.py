"""Maps in git: pulled into files, changed there, pushed back, merged with what others did meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from tests.web.server import MAP, Caller, Server, running

from desirepath.cli.app import run
from desirepath.maps.files import read_map

SHOP = MAP.format(map_id="shop").replace(
    "title: I order a plant", "title: I order a plant   # by me"
)


@pytest.fixture
def server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, Caller]]:
    """A server with a map, somebody who edits there, and a folder to work in."""
    home = tmp_path / "server"
    home.mkdir()
    with running(home) as one:
        ann = one.person("Ann", "facilitator")
        monkeypatch.setenv("DESIREPATH_TOKEN", token(ann))
        assert ann.ask("POST", "/api/maps", SHOP).status == 201
        (tmp_path / "work").mkdir()
        monkeypatch.chdir(tmp_path / "work")
        yield one, ann


def token(ann: Caller) -> str:
    secret: str = ann.ask("POST", "/api/keys", {"name": "git"}).data["secret"]
    return secret


def url(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


def change(ann: Caller, ref: str, field: str, value: object) -> None:
    edit = {"do": "change", "ref": ref, "field": field, "value": value}
    assert ann.ask("POST", "/api/maps/shop/edits", edit).status == 200


def swap(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def test_a_map_is_pulled_changed_and_pushed(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, _ = server
    assert run(["pull", url(one), "shop"]) == 0
    file = Path("shop.yaml")
    swap(file, "It is slow", "It is very slow")
    assert run(["push", str(file), url(one)]) == 0
    assert run(["push", str(file), url(one)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Wrote shop.yaml.",
        "Sent 1 edit.",
        "Nothing to send; the server has the same.",
    ]
    (entry,) = one.log.since("shop", 0)
    assert [edit["value"] for edit in entry.edit["edits"]] == ["It is very slow"]


def test_what_both_did_is_merged_and_comments_stay(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, ann = server
    run(["pull", url(one), "shop"])
    file = Path("shop.yaml")
    swap(file, "name: I pay", "name: I pay by card   # since May")
    swap(file, "I order a plant", "I order a green plant")
    change(ann, "map", "title", "We order a plant")
    change(ann, "statement:slow", "text", "It is quick")
    new = {"do": "add", "ref": "stage:use", "place": {"at": "map"}, "fields": {"name": "Use"}}  # fmt: skip
    ann.ask("POST", "/api/maps/shop/edits", new)
    assert run(["push", str(file), url(one)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Sent 2 edits. shop.yaml now holds what others changed, too."
    ]
    journey = read_map(file)
    assert journey == one.log.load("shop").board.journey()
    assert journey.title == "We order a green plant"
    assert [stage.name for stage in journey.stages] == ["Buy", "Use"]
    assert "name: I pay by card   # since May" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settle", "code", "title"),
    [(None, 1, "They order"), ("--mine", 0, "I buy"), ("--theirs", 0, "They order")],
)
def test_what_both_changed_is_shown_and_settled(
    server: tuple[Server, Caller],
    capsys: pytest.CaptureFixture[str],
    settle: str | None,
    code: int,
    title: str,
) -> None:
    one, ann = server
    run(["pull", url(one), "shop"])
    file = Path("shop.yaml")
    swap(file, "I order a plant", "I buy")
    swap(file, "It is slow", "It is quick")
    before = file.read_bytes()
    change(ann, "map", "title", "They order")
    options = [settle] if settle else []
    assert run(["push", str(file), url(one), *options]) == code
    told = capsys.readouterr().out.splitlines()[1:]
    assert told[:4] == [
        "! title of map was changed by both",
        "    it was:  I order a plant",
        "    yours:   I buy",
        "    theirs:  They order",
    ]
    journey = one.log.load("shop").board.journey()
    assert journey.title == title
    text = journey.stages[0].steps[0].statements[0].text
    if settle is None:
        assert told[4].startswith("Nothing was sent.")
        assert (text, file.read_bytes()) == ("It is slow", before)
    else:
        assert text == "It is quick"
        assert read_map(file) == journey


def test_a_map_the_server_lacks_is_made(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, _ = server
    file = Path("new.yaml")
    file.write_text(MAP.format(map_id="new"), encoding="utf-8")
    assert run(["push", str(file), url(one)]) == 0
    swap(file, "It is slow", "It is quick")
    assert run(["push", str(file), url(one)]) == 0
    assert capsys.readouterr().out == "Made the map on the server.\nSent 1 edit.\n"
    statements = one.log.load("new").board.journey().all_statements()
    assert [statement.text for statement in statements] == ["It is quick"]


def test_pulling_does_not_lose_what_was_not_pushed(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, ann = server
    run(["pull", url(one), "shop"])
    file = Path("shop.yaml")
    change(ann, "map", "owner", "Ben")
    assert run(["pull", url(one), "shop"]) == 0
    swap(file, "It is slow", "It is quick")
    assert run(["pull", url(one), "shop"]) == 3
    assert "the file has changes that were not pushed [E735]" in capsys.readouterr().err
    assert "It is quick" in file.read_text(encoding="utf-8")
    assert run(["pull", url(one), "shop", "--theirs"]) == 0
    assert read_map(file).owner == "Ben"
    assert "It is slow" in file.read_text(encoding="utf-8")


def test_a_file_that_was_not_pulled_is_not_pushed_over_a_map(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, _ = server
    Path("mine.yaml").write_text(SHOP, encoding="utf-8")
    assert run(["push", "mine.yaml", url(one)]) == 3
    assert "[E734]" in capsys.readouterr().err
    assert one.log.since("shop", 0) == []


def test_the_token_is_kept_nowhere_and_told_nowhere(
    server: tuple[Server, Caller],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, ann = server
    secret = token(ann)
    monkeypatch.delenv("DESIREPATH_TOKEN")
    assert run(["pull", url(one), "shop"]) == 3
    assert "there is no token [E737]" in capsys.readouterr().err
    Path("token").write_text(secret + "\n", encoding="utf-8")
    Path("token").chmod(0o600)
    assert run(["pull", url(one), "shop", "--token-file", "token"]) == 0
    assert run(["pull", url(one), "none", "--token-file", "token"]) == 3
    Path("token").write_text("wrong", encoding="utf-8")
    assert run(["pull", url(one), "shop", "--token-file", "token"]) == 3
    told = capsys.readouterr()
    assert "the server says: sign in first [E708]" in told.err
    kept = [file.read_text(encoding="utf-8") for file in Path().rglob("*.json")]
    assert kept
    assert [text for text in (*kept, told.out, told.err) if secret in text] == []


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://example.org", "E733"),
        ("file:///etc/passwd", "E733"),
        ("example.org", "E733"),
        ("http://", "E733"),
        ("http://x:y", "E733"),
        ("http://ann:secret@127.0.0.1", "E733"),
        ("http://127.0.0.1:1", "E732"),
    ],
)
def test_only_addresses_of_servers_are_asked(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    address: str,
    code: str,
) -> None:
    monkeypatch.setenv("DESIREPATH_TOKEN", "x")
    monkeypatch.chdir(tmp_path)
    assert run(["pull", address, "shop"]) == 3
    told = capsys.readouterr().err
    assert f"[{code}]" in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("status", "location", "body"),
    [
        (302, "http://localhost:9/", b""),
        (307, "https://evil.example/", b""),
        (302, "file:///etc/passwd", b""),
        (200, "", b"<html>"),
        (200, "", b"[]"),
        (200, "", b'{"map": "shop"}'),
        (500, "", b'{"problems": 3}'),
    ],
)
def test_a_server_that_is_none_of_ours_gets_one_clear_message(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    status: int,
    location: str,
    body: bytes,
) -> None:
    monkeypatch.setenv("DESIREPATH_TOKEN", "x")
    monkeypatch.chdir(tmp_path)

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    other = HTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01})  # fmt: skip
    thread.start()
    try:
        assert run(["pull", f"http://127.0.0.1:{other.server_port}", "shop"]) == 3
    finally:
        other.shutdown()
        thread.join()
        other.server_close()
    assert "[E732]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_a_file_began_with_may_be_damaged(
    server: tuple[Server, Caller], capsys: pytest.CaptureFixture[str]
) -> None:
    one, _ = server
    run(["pull", url(one), "shop"])
    Path(".desirepath/shop.yaml.json").write_text("{}", encoding="utf-8")
    assert run(["push", "shop.yaml", url(one)]) == 3
    assert "[E736]" in capsys.readouterr().err
