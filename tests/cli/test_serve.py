"""`desirepath serve`: a server a person starts, with the maps of a folder in it."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.maps.templates import new_text
from desirepath.web.serving import open_log, take_maps


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "maps").mkdir()
    text = new_text("classic")
    (tmp_path / "maps" / "one.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "maps" / "two.yaml").write_text("id: [", encoding="utf-8")
    return tmp_path


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_maps_of_a_folder_are_taken_once(project: Path) -> None:
    log = open_log(project, None)
    new, wrong = take_maps(log, project)
    assert len(new) == 1
    assert [error.code for error in wrong] == ["E104"]
    assert take_maps(log, project)[0] == []
    log.close()


def test_a_server_starts_prints_a_key_and_stops(project: Path) -> None:
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "desirepath",
            "serve",
            str(project),
            "--port",
            str(port),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout
        lines = [server.stdout.readline() for _ in range(3)]
        assert lines[0] == "Maps: 1, new: 1.\n"
        assert re.fullmatch(r"First key, for 15 minutes: \S{43}\n", lines[1])
        assert lines[2].startswith(f"Serving at http://127.0.0.1:{port};")
        assert health(port) == {"status": "ok", "maps": 1, "open": 0}
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()
    assert (project / "boards.db").exists()


def health(port: int) -> object:
    """What the server says of itself, once it listens."""
    for _ in range(1000):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=60):
                break
        except ConnectionRefusedError:
            time.sleep(0.05)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
        return json.load(answer)


def test_a_wrong_address_of_a_database_is_not_repeated(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "s3cret"  # noqa: S105 - planted, to be found nowhere
    wrong = f"postgresql://ann:{secret}@127.0.0.1:1/none"
    assert run(["serve", str(project), "--database", wrong]) == 3
    told = capsys.readouterr()
    assert "the database cannot be opened (OperationalError) [E720]" in told.err
    assert secret not in told.err + told.out
