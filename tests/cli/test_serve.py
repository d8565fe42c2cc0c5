"""`desirepath serve`: a server a person starts, with the maps of a folder in it."""

from __future__ import annotations

import json
import os
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
from desirepath.web.serving import open_engine, open_log, take_maps
from desirepath.web.sole import alone_with


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
        link = rf"http://127\.0\.0\.1:{port}/#/first/\S{{43}}"
        assert re.fullmatch(rf"First administrator, within 15 minutes: {link}\n", lines[1])  # fmt: skip
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


def test_a_file_belongs_to_one_server(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone_with(open_engine(project, None)):
        assert run(["serve", str(project)]) == 3
        assert "another server is using boards.db [E723]" in capsys.readouterr().err
        backup = project / "backup.zip"
        assert run(["backup", str(backup), str(project)]) == 0
        capsys.readouterr()
        assert run(["restore", str(backup), str(project), "--replace"]) == 3
        assert "[E723]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--host", "192.0.2.1"], "others could reach 192.0.2.1, and passwords would travel in the open [E727]"),
        (["--host", "192.0.2.1", "--behind-proxy"], "others could reach 192.0.2.1 while nobody has an account [E727]"),
        (["--host", "example.org"], "[E727]"),
    ],
)  # fmt: skip
def test_a_server_that_is_not_safe_for_others_does_not_start(
    project: Path, capsys: pytest.CaptureFixture[str], options: list[str], what: str
) -> None:
    assert run(["serve", str(project), *options]) == 3
    assert what in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="rights of files are told otherwise")
def test_a_file_that_others_may_read_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_log(project, None).close()
    assert (project / "boards.db").stat().st_mode & 0o077 == 0
    (project / "boards.db").chmod(0o644)
    assert run(["serve", str(project)]) == 3
    told = capsys.readouterr().err
    assert "boards.db: everybody on this machine may read it [E726]" in told


def test_a_backup_goes_into_another_project(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = open_log(project, None)
    take_maps(log, project)
    (map_id,) = log.maps()
    log.close()
    other = tmp_path / "other"
    other.mkdir()
    file = tmp_path / "backup.zip"
    assert run(["backup", str(file), str(project)]) == 0
    assert capsys.readouterr().out.startswith(f"{map_id}: edit 0\n1 maps, 2 rows, ")
    assert run(["restore", str(file), str(other)]) == 0
    assert capsys.readouterr().out == (
        f"{map_id}: edit 0\n1 maps are back, with 2 rows.\n"
    )
    assert run(["restore", str(file), str(other)]) == 3
    assert "[E725]" in capsys.readouterr().err
    file.write_bytes(file.read_bytes()[:-9])
    assert run(["restore", str(file), str(other), "--replace"]) == 3
    assert "[E724]" in capsys.readouterr().err


def test_a_wrong_address_of_a_database_is_not_repeated(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "s3cret"  # noqa: S105 - planted, to be found nowhere
    wrong = f"postgresql://ann:{secret}@127.0.0.1:1/none"
    assert run(["serve", str(project), "--database", wrong]) == 3
    told = capsys.readouterr()
    assert "the database cannot be opened (OperationalError) [E720]" in told.err
    assert secret not in told.err + told.out


@pytest.mark.skipif(os.name != "posix", reason="browsers are named otherwise")
def test_the_demo_opens_the_board_with_its_map(tmp_path: Path) -> None:
    port, told = free_port(), tmp_path / "opened"
    os.mkfifo(told)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {told}\n', encoding="utf-8")
    browser.chmod(0o755)
    command = ["demo", "--folder", str(tmp_path / "demo"), "--customers", "300"]
    server = subprocess.Popen(
        [sys.executable, "-m", "desirepath", *command, "--open", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "BROWSER": str(browser)},
    )
    try:
        with told.open(encoding="utf-8") as pipe:
            page = pipe.read().strip()
        assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/#/first/\S{{43}}", page)
        assert health(port) == {"status": "ok", "maps": 2, "open": 0}
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()
