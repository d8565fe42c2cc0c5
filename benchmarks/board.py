"""How quickly edits of many people become durable and reach everybody, and when it breaks.

    python benchmarks/board.py [--database postgresql://…] [--seconds 20] [--job CASES] [CLIENTSxEDITS …]

The server is a process of its own; all clients run in this one, on the same processors. Each client
makes edits at its own pace on one map of 480 statements. Printed: edits a second, time from sending
an edit to its acknowledgement, time until others have it, and the memory of the server. With --job
every load is measured twice: alone, and while a check and an analysis of so many cases of a simulated
shop (seven events each) run beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import multiprocessing
import os
import resource
import secrets
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random  # noqa: TID251 - whose turn it is, not a secret

STEPS, LANES = 40, 12
SHARES = (0.5, 0.95, 0.99)
LOADS = ("25x1", "100x1", "200x1", "50x5")
PASSWORD = secrets.token_urlsafe()


@dataclass
class Found:
    """Times of one run, seconds."""

    acknowledged_s: list[float] = field(default_factory=list)
    delivered_s: list[float] = field(default_factory=list)
    sent_s: dict[str, float] = field(default_factory=dict)
    here: int = 0
    done: int = 0
    told: int = 0


def serve(database: str, to: Connection, project: Path | None = None) -> None:
    """Serve a map of 480 statements; with a project also its maps, whose first checks begin at once."""
    import socket

    import uvicorn

    from desirepath.maps.edits.board import board_of
    from desirepath.maps.model import JourneyMap, Stage, Statement, Step
    from desirepath.web.app import build_app
    from desirepath.web.collab.log import EditLog
    from desirepath.web.people import People
    from desirepath.web.serving import now_us, settings, take_maps

    log = EditLog(database)
    lanes = tuple(f"lane{n}" for n in range(LANES))
    steps = tuple(
        Step(
            id=f"s{n}",
            name=f"Step {n}",
            statements=tuple(
                Statement(id=f"s{n}-{lane}", lane=lane, text=f"It is slow {n}")
                for lane in lanes
            ),
        )
        for n in range(STEPS)
    )
    shop = JourneyMap(id="shop", title="I order", lanes=lanes, stages=(Stage(id="buy", name="Buy", steps=steps),))  # fmt: skip
    log.create(board_of(shop), "e1", "Ann", now_us())
    if project is not None:
        take_maps(log, project)
    people = People(log.engine)
    ann = people.add("Ann", PASSWORD, "administrator")
    token, _ = people.new_token(ann.id, "benchmark", now_us() * 2)
    app = build_app(log, people, now_us, project=project)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        to.send((listening.getsockname()[1], token))
        uvicorn.Server(settings(app, "127.0.0.1", 0)).run([listening])


async def client(number: int, port: int, token: str, count: int, pace: float, seconds: float, found: Found) -> None:  # fmt: skip  # noqa: C901 - one conversation
    """One person: edits at a pace once everybody is here, and hears everybody's edits."""
    from websockets.asyncio.client import connect

    random = Random(number)
    own: dict[int, float] = {}
    address = f"ws://127.0.0.1:{port}/api/maps/shop/live"
    async with connect(address, additional_headers={"Authorization": f"Bearer {token}"}, max_size=None, compression=None, proxy=None) as socket:  # fmt: skip
        await socket.send(json.dumps({"client": f"c{number}"}))

        async def hear() -> None:
            async for frame in socket:
                now = time.perf_counter()
                for message in json.loads(frame):
                    if message["say"] == "hello":
                        found.here += 1
                    elif message["say"] == "saved":
                        found.acknowledged_s.append(now - own.pop(message["n"]))
                    elif message["say"] == "edit":
                        found.told += 1
                        sent = found.sent_s.get(str(message["edit"].get("value")))
                        if sent is not None:
                            found.delivered_s.append(now - sent)

        hearing = asyncio.create_task(hear())
        while found.here < count:  # noqa: ASYNC110 - coming in is not what is measured
            await asyncio.sleep(0.1)
        until = time.perf_counter() + seconds
        await asyncio.sleep(random.random() / pace)
        n = 0
        while time.perf_counter() < until:
            n += 1
            text = f"text {number} {n}"
            ref = f"statement:s{random.randrange(STEPS)}-lane{random.randrange(LANES)}"
            edit = {"do": "change", "ref": ref, "field": "text", "value": text}
            own[n] = found.sent_s[text] = time.perf_counter()
            await socket.send(json.dumps({"say": "edit", "n": n, "edit": edit}))
            await asyncio.sleep(random.expovariate(pace))
        while own:  # noqa: ASYNC110 - the server answers every edit
            await asyncio.sleep(0.05)
        found.done += 1
        for _ in range(600):
            if found.done == count and found.told >= len(found.acknowledged_s) * (count - 1):  # fmt: skip
                break
            await asyncio.sleep(0.1)
        hearing.cancel()


async def load(port: int, token: str, count: int, pace: float, seconds: float) -> Found:
    """All clients at once."""
    found = Found()
    await asyncio.gather(*(client(n, port, token, count, pace, seconds, found) for n in range(count)))  # fmt: skip
    return found


def percentile_ms(values: list[float], share: float) -> float:
    """A percentile in milliseconds."""
    return 1000 * statistics.quantiles(values, n=1000)[round(share * 1000) - 1]


def memory_mb(process: int) -> float:
    """What a process holds now; of this one where the system does not tell."""
    file = Path(f"/proc/{process}/statm")
    if file.exists():
        pages = int(file.read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def run(
    database: str, told_load: str, seconds: float, project: Path | None = None
) -> str:
    """One row of the table."""
    count, _, pace = told_load.partition("x")
    ports, to = multiprocessing.get_context("spawn").Pipe(duplex=False)
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(database, to, project))  # fmt: skip
    server.start()
    try:
        port, token = ports.recv()
        before = os.getloadavg()[0]
        found = asyncio.run(load(port, token, int(count), float(pace), seconds))
        told = found.told
        times, others = found.acknowledged_s, found.delivered_s
        is_all = told == len(times) * (int(count) - 1)
        cells = (
            f"{count} × {pace}",
            f"{len(times) / seconds:.0f}",
            " / ".join(
                f"{percentile_ms(times, share):.0f}" for share in (0.5, 0.95, 0.99)
            ),
            " / ".join(
                f"{percentile_ms(others, share):.0f}" for share in (0.5, 0.95, 0.99)
            ),
            "all" if is_all else f"{told} of {len(times) * (int(count) - 1)}",
            f"{memory_mb(server.pid or 0):.0f}",
            f"{before:.1f}",
            running(database) if project else "none",
        )
        return "| " + " | ".join(cells) + " |"
    finally:
        server.kill()
        server.join()


def running(database: str) -> str:
    """Jobs that run at the moment, and what they do."""
    from sqlalchemy import create_engine

    from desirepath.web.jobs.queue import Jobs

    engine = create_engine(database)
    states = [f"{one.kind}: {one.doing or one.state}" for one in Jobs(engine).of("assumed")]  # fmt: skip
    engine.dispose()
    return ", ".join(states)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("loads", nargs="*", default=LOADS)
    parser.add_argument("--database", default="")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--job", type=int, default=0, metavar="CASES")
    given = parser.parse_args()
    print("| clients × edits/s | edits/s | acknowledged p50 / p95 / p99 ms | at others p50 / p95 / p99 ms | delivered | server MB | load before | jobs at the end |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for one in given.loads:
        with tempfile.TemporaryDirectory() as folder:
            database = given.database or f"sqlite:///{folder}/boards.db"
            print(run(database, one, given.seconds), flush=True)
        if given.job:
            with tempfile.TemporaryDirectory() as folder:
                # a program beside this one
                project = importlib.import_module("room").project_in(Path(folder), given.job)  # fmt: skip
                database = f"sqlite:///{folder}/boards.db"
                print(run(database, one, given.seconds, project), flush=True)


if __name__ == "__main__":
    main()
