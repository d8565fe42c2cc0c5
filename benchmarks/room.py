"""How long a check with all its groups takes, and how long choosing a group on the board takes after it.

    python benchmarks/room.py [--customers 1000000] [--folder FOLDER]

The plant shop is simulated once; with a folder it is kept there for the next run. The check runs as
a job does: in a process of its own, with its limits. Then the verdicts of every group are asked for
over HTTP, as the filter on the board does, each for the first time and again. Printed: seconds of the
job that passed and that its processors worked, its groups, milliseconds of answers.

docs/explanation/board-speed.md holds what it said.
"""

from __future__ import annotations

import argparse
import http.client
import os
import resource
import socket
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlencode

MAP = "assumed"


def project_in(folder: Path, customers: int) -> Path:
    """A project of the shop."""
    import numpy as np

    from desirepath.events.simulate import simulate_shop

    if (folder / "maps").is_dir():
        return folder
    (folder / "maps").mkdir(parents=True)
    simulate_shop(customers, np.random.default_rng(1)).write(folder / "events")
    shipped = files("desirepath.cli").joinpath("demo_project")
    for name in ("desirepath.toml", "maps/assumed.yaml"):
        text = shipped.joinpath(name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="kept for the next run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        began = time.perf_counter()
        folder = project_in(given.folder or Path(name), given.customers)
        print(f"simulated: {given.customers:,} cases in {time.perf_counter() - began:.0f} s", flush=True)  # fmt: skip
        measure(folder)


def measure(folder: Path) -> None:
    """Run the check, then ask for its groups."""
    import numpy as np
    import uvicorn

    from desirepath.web.app import build_app
    from desirepath.web.collab.log import EditLog
    from desirepath.web.jobs.queue import OPEN
    from desirepath.web.jobs.runner import Runner
    from desirepath.web.people import People
    from desirepath.web.serving import now_us, settings, settle, take_maps

    log = EditLog.in_file(folder / "boards.db")
    take_maps(log, folder)
    load = os.getloadavg()[0]
    runner = Runner(log, folder, now_us)
    runner.start()
    began = time.perf_counter()
    job = runner.jobs.ask(MAP, "check", {}, "benchmark", "", now_us())
    while (found := runner.jobs.one(job.id)) and found.state in OPEN:
        time.sleep(0.1)
    took = time.perf_counter() - began
    runner.stop()
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = runner.results.newest(MAP)
    if made is None:
        raise SystemExit(f"the job failed: {found}")
    groups = runner.results.part(made.id, "groups")
    print(f"processors: {worked.ru_utime + worked.ru_stime:.0f} s, memory {worked.ru_maxrss / 1024**2:.1f} GiB", flush=True)  # fmt: skip
    print(f"check: {took:.0f} s for {made.extent.cases:,} cases, {made.extent.events:,} events, {len(groups)} groups; load before {load:.1f}", flush=True)  # fmt: skip
    people = People(log.engine)
    ann = people.add("Ann", "a password of a benchmark", "administrator")
    token, _ = people.new_token(ann.id, "benchmark", now_us() * 2)
    app = build_app(log, people, now_us)
    settle()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(settings(app, "127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        port = listening.getsockname()[1]
        paths = [path_of(one) for one in groups]
        ask_ms(port, token, "/api/maps")  # it has begun
        whole = ask_ms(port, token, f"/api/maps/{MAP}/verdicts")
        print(f"everybody, as the page opens: {whole:.0f} ms", flush=True)
        app.state.verdicts.read_ahead(made)  # as a server does when the job ends
        for told in ("first", "again"):
            times = [ask_ms(port, token, path) for path in paths]
            p50, p99 = np.percentile(times, (50, 99))
            print(f"a group, {told} time: p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {max(times):.0f} ms of {len(times)}", flush=True)  # fmt: skip
        server.should_exit = True
        thread.join()
    log.close()


def path_of(group: dict[str, str]) -> str:
    """Address of the verdicts of a group."""
    kind, _, value = group["segment"].partition("=")
    asked = {"persona": value} if kind == "persona" else {"segment": group["segment"]}
    if group["window_from"]:
        asked["window"] = f"{group['window_from']}..{group['window_to']}"
    return f"/api/maps/{MAP}/verdicts?{urlencode(asked)}"


def ask_ms(port: int, token: str, path: str) -> float:
    """Milliseconds of one answer."""
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            began = time.perf_counter()
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})  # fmt: skip
            answer = connection.getresponse()
            text = answer.read()
        except ConnectionRefusedError:  # it has not begun yet
            time.sleep(0.1)
            continue
        took = 1000 * (time.perf_counter() - began)
        connection.close()
        if answer.status != 200:
            raise SystemExit(text.decode())
        return took


if __name__ == "__main__":
    main()
