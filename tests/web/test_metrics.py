"""What a server counts, who may read it; cookies behind a proxy; sockets that read nothing; hostile frames."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from random import Random  # noqa: TID251 - which rubbish, not a secret
from typing import Any

import pytest
from tests.web.server import MAP, PASSWORD, Caller, Server, running
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from desirepath.maps.edits.board import Board
from desirepath.web import sockets
from desirepath.web.api.asking import SAFE_COOKIE

FRAMES = 2000
LONG = "x" * 30_000


def change(value: str) -> dict[str, object]:
    return {"do": "change", "ref": "step:pay", "field": "name", "value": value}


def values(text: str) -> dict[str, float]:
    rows = [one.rsplit(" ", 1) for one in text.splitlines() if not one.startswith("#")]
    return {name: float(value) for name, value in rows}


def test_an_administrator_reads_the_counts(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        ann, ben = server.person("Ann", "administrator"), server.person("Ben", "editor")
        server.add_map(MAP.format(map_id="shop"))
        assert ben.ask("GET", "/metrics").status == 403
        assert server.caller().ask("GET", "/metrics").status == 401
        wrong = {"name": "Ann", "password": "wrong" * 4}
        assert server.caller().ask("POST", "/api/session", wrong).status == 401
        with ben.live("shop", {"client": "b"}) as page:
            page.hear("hello")
            for n in (1, 2, 3):
                page.say(say="edit", n=n, edit=change(f"I pay {n}"))
                page.hear("saved")
            answer = ann.ask("GET", "/metrics")
            assert answer.headers["content-type"].startswith("text/plain")
        found = values(answer.data)
        assert found["desirepath_edits_total"] == 3
        assert found['desirepath_acknowledgement_seconds_bucket{le="0.005"}'] == 3
        assert found['desirepath_acknowledgement_seconds_bucket{le="+Inf"}'] == 3
        assert found["desirepath_rooms_open"] == found["desirepath_members"] == 1
        assert found["desirepath_edits_waiting"] == 0
        assert found["desirepath_sign_ins_refused_total"] == 1
        told = 'desirepath_requests_total{method="GET",status="403"}'
        assert found[told] == 1


def sign_in(server: Server, **headers: str) -> tuple[int, str]:
    page = Caller(server.port, extra={name.replace("_", "-"): one for name, one in headers.items()})  # fmt: skip
    answer = page.ask("POST", "/api/session", {"name": "Ann", "password": PASSWORD})
    return answer.status, answer.headers.get("set-cookie", "")


def test_a_cookie_is_safe_where_a_proxy_has_https(tmp_path: Path) -> None:
    with running(tmp_path, proxies=("127.0.0.1", "::1")) as server:
        server.person("Ann", "administrator")
        status, cookie = sign_in(server, X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.7")  # fmt: skip
        assert status == 200
        name, _, rest = cookie.partition("=")
        assert name == SAFE_COOKIE
        told = {one.strip().lower() for one in rest.split(";")[1:]}
        assert {"httponly", "secure", "path=/", "samesite=strict"} <= told
        assert not any(one.startswith("domain") for one in told)
        secret = rest.partition(";")[0]
        page = Caller(server.port, extra={"Cookie": f"{SAFE_COOKIE}={secret}", "X-Forwarded-Proto": "https"})  # fmt: skip
        assert page.ask("GET", "/api/me").data["name"] == "Ann"
        own = f"https://127.0.0.1:{server.port}"
        page.extra["Origin"] = own
        assert page.ask("DELETE", "/api/session").status == 204


def test_the_word_of_a_stranger_is_not_taken(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        server.person("Ann", "administrator")
        status, cookie = sign_in(server, X_Forwarded_Proto="https")
        assert status == 200
        assert cookie.startswith("desirepath_session=")
        assert "secure" not in cookie.lower()


def test_a_page_that_reads_nothing_is_cut_off_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "STALLED_S", 0.2)
    with running(tmp_path) as server:
        ann = server.person("Ann", "editor")
        server.add_map(MAP.format(map_id="shop"))
        members = server.app.state.desk.members
        narrow = socket.create_connection(("127.0.0.1", server.port))
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stalled = connect(
            f"ws://127.0.0.1:{server.port}/api/maps/shop/live",
            sock=narrow,
            additional_headers=ann.headers(),
            max_queue=1,
            proxy=None,
        )
        with stalled as silent, ann.live("shop", {"client": "a"}) as healthy:
            silent.send(json.dumps({"client": "stalled"}))
            epoch = healthy.hear("hello")["epoch"]
            n = 0
            while len(members) != 1 or n < 3:
                n += 1
                healthy.say(say="edit", n=n, edit=change(f"{n} {LONG}"))
                assert healthy.hear("saved")["n"] == n
        with ann.live("shop", {"client": "stalled", "epoch": epoch, "seq": 0}) as back:
            hello = back.hear("hello")
            assert [one["seq"] for one in hello["edits"]] == list(range(1, n + 1))


def rubbish(random: Random) -> str | bytes:  # noqa: PLR0911 - one of each kind
    """A frame that no page of ours would send."""
    good = json.dumps({"say": "edit", "n": 1, "edit": change("Eve was here")})
    match random.randrange(9):
        case 0:
            return random.randbytes(random.randrange(200))
        case 1:
            return good[: random.randrange(len(good))]
        case 2:
            return "[" * random.randrange(1, 5000)
        case 3:
            return json.dumps(random.choice([None, 3, "x", [], [{}], True]))
        case 4:
            n: Any = random.choice([-1, 0, 1.5, "1", None, [], True, 10**30])
            return json.dumps({"say": "edit", "n": n, "edit": change("Eve")})
        case 5:
            edit: Any = random.choice([{}, 3, {"do": "fly"}, {"do": "add", "ref": 3}, {"do": "move", "ref": "map"}, {"do": "together", "edits": [3]}])  # fmt: skip
            return json.dumps({"say": "edit", "n": random.randrange(1, 9), "edit": edit})  # fmt: skip
        case 6:
            return json.dumps({"say": "edit", "n": 1, "edit": change("x" * 70_000)})
        case 7:
            return json.dumps({"say": random.choice(["", "hello", 3, None]), "at": "x"})
        case _:
            flipped = bytearray(good.encode())
            flipped[random.randrange(len(flipped))] = random.randrange(128)
            # what is still a good edit is not rubbish
            return flipped.decode().replace("step:pay", "step:none")


def test_hostile_frames_change_nothing(tmp_path: Path) -> None:
    told: list[dict[str, object]] = []

    def say(event: str, **values: object) -> None:
        told.append({"event": event, **values})

    random = Random(3)  # noqa: S311
    with running(tmp_path, say=say) as server:
        eve = server.person("Eve", "editor")
        server.add_map(MAP.format(map_id="shop"))
        before = server.log.load("shop").board
        sent = 0
        while sent < FRAMES:
            with eve.live("shop", {"client": f"e{sent}"}) as page:
                try:
                    page.hear("hello")
                    while sent < FRAMES:
                        sent += 1
                        page.connection.send(rubbish(random))
                except ConnectionClosed:
                    continue
        assert server.log.since("shop", 0) == []
        with eve.live("shop", {"client": "after"}) as page:
            board = Board.from_dict(page.hear("hello")["board"])
        assert board == before
    assert [one for one in told if one["event"] in ("error", "warning")] == []
