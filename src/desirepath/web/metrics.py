"""What a server counts while it runs, in the text format that Prometheus reads.

Only an administrator's token reads it. Being on this machine is no right: behind a proxy everybody
comes from this machine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from desirepath.web.api.asking import desk_of, route
from desirepath.web.desk import Desk
from desirepath.web.policy import Actor

KIND = "text/plain"
BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
MICRO = 1_000_000
OUTRUN = "E705"


class Metrics:
    """Counts since the start."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.refused_sign_ins = 0
        self.failed_writes = 0
        self.outrun = 0
        self._buckets = [0] * (len(BOUNDS_S) + 1)
        self._sum_s = 0.0

    def written(self, code: str, took_us: Iterable[int]) -> None:
        """Count a batch: what went wrong, if anything did, and how long each edit had waited."""
        if code:
            self.outrun += code == OUTRUN
            self.failed_writes += code != OUTRUN
            return
        for one in took_us:
            took_s = max(0, one) / MICRO
            self._buckets[bisect_left(BOUNDS_S, took_s)] += 1
            self._sum_s += took_s

    def lines(self, desk: Desk) -> Iterator[str]:
        """The counts as text."""
        rooms = desk.rooms.open.values()
        waiting = sum(len(room.waiting) for room in rooms)
        yield from _one("rooms_open", "gauge", "Maps that are open.", len(rooms))
        yield from _one("members", "gauge", "Pages and programs in rooms.", len(desk.members))  # fmt: skip
        yield from _one("edits_waiting", "gauge", "Edits accepted and not durable yet.", waiting)  # fmt: skip
        yield from _one("edits_total", "counter", "Edits acknowledged.", sum(self._buckets))  # fmt: skip
        yield from _one("write_failures_total", "counter", "Batches of edits that could not be written.", self.failed_writes)  # fmt: skip
        yield from _one("write_races_total", "counter", "Batches tried again because another server was quicker.", self.outrun)  # fmt: skip
        yield from _one("sign_ins_refused_total", "counter", "Refused sign-ins.", self.refused_sign_ins)  # fmt: skip
        yield from _head("requests_total", "counter", "Requests answered.")
        for (method, status), count in sorted(self.requests.items()):
            told = f'{{method="{method}",status="{status}"}}'
            yield f"desirepath_requests_total{told} {count}"
        yield from self._histogram()

    def _histogram(self) -> Iterator[str]:
        name = "acknowledgement_seconds"
        yield from _head(
            name, "histogram", "From an edit's coming to its being durable."
        )
        upto = 0
        for bound, count in zip((*BOUNDS_S, "+Inf"), self._buckets, strict=True):
            upto += count
            yield f'desirepath_{name}_bucket{{le="{bound}"}} {upto}'
        yield f"desirepath_{name}_sum {self._sum_s:.6f}"
        yield f"desirepath_{name}_count {upto}"


def _head(name: str, kind: str, what: str) -> Iterator[str]:
    yield f"# HELP desirepath_{name} {what}"
    yield f"# TYPE desirepath_{name} {kind}"


def _one(name: str, kind: str, what: str, value: int) -> Iterator[str]:
    yield from _head(name, kind, what)
    yield f"desirepath_{name} {value}"


async def show(request: Request, _: Actor) -> Response:
    """Counts since the start, for Prometheus."""
    metrics: Metrics = request.app.state.metrics
    text = "\n".join(metrics.lines(desk_of(request))) + "\n"
    return PlainTextResponse(text)


def routes() -> list[BaseRoute]:
    """The route of the counts."""
    return [route("/metrics", show, "GET", "administer").says(gives=KIND)]
