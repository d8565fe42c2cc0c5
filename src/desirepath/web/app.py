"""The app: routes, what they share, and what every answer says about safety."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from desirepath.errors import Problem, WebError
from desirepath.web import client, openapi
from desirepath.web import metrics as metrics_of
from desirepath.web.api import (
    activity,
    data,
    exports,
    images,
    jobs,
    library,
    live,
    maps,
    notes,
    oidc,
    people,
    personas,
    progress,
    proposals,
    publishing,
    readings,
    series,
    stories,
    talk,
    tasks,
    telling,
    verdicts,
    votes,
    workshop,
)
from desirepath.web.api.asking import problem
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.rooms import Rooms
from desirepath.web.days import zone_of
from desirepath.web.desk import Desk
from desirepath.web.jobs.at_work import runner_in, running
from desirepath.web.jobs.queue import Job
from desirepath.web.jobs.results import Snapshot
from desirepath.web.letters.reminding import remind
from desirepath.web.logs import Say, Watched, silence
from desirepath.web.metrics import Metrics
from desirepath.web.people import People
from desirepath.web.throttle import Throttle
from desirepath.web.tracking.judged import business_changes
from desirepath.web.tracking.series import Tracking
from desirepath.web.verdicts.shelf import Verdicts

if TYPE_CHECKING:
    from desirepath.web.oidc.provider import Provider

NO_SUCH_METHOD = 405
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
)


class Safe:
    """Puts the headers on every answer that says nothing of them itself."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request, headers added."""

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _ in message["headers"]}
                added = [one for one in HEADERS if one[0] not in told]
                # an empty one says that nothing shall be told
                message["headers"] = [one for one in (*message["headers"], *added) if one[1]]  # fmt: skip
            await send(message)

        await self.app(scope, receive, sending)


def build_app(
    log: EditLog,
    accounts: People,
    now_us: Callable[[], int],
    say: Say = silence,
    provider: Provider | None = None,
    project: Path | None = None,
    *,
    with_jobs: bool = True,
) -> Starlette:
    """The app of a log of edits and its people.

    Args:
        log: The edit log.
        accounts: Accounts and keys.
        now_us: Clock, microseconds since 1970 UTC.
        say: Where the server tells of itself.
        provider: Whose accounts people may sign in with.
        project: Folder with `desirepath.toml`, files of events and what is kept beside the database;
            None for a server that keeps none.
        with_jobs: Whether checks and other long work run here; only with a project.
    """
    desk = Desk(Rooms(log), now_us, lambda ids: accounts.alive(ids, now_us()))
    metrics = Metrics()

    def written(code: str, took_us: list[int]) -> None:
        metrics.written(code, took_us)
        if code:
            say("edits not written", code=code, edits=len(took_us))

    desk.on_written = written
    shelf = Verdicts(log)
    runner = None
    if project is not None and with_jobs:
        runner = runner_in(log, project, now_us, say)
        remind(runner)
        tracking = Tracking(log.engine)
        runner.changes = lambda map_id: business_changes(tracking.changes(map_id))
        send = runner.each_done

        def done(job: Job, made: Snapshot) -> None:
            send(job, made)
            shelf.read_ahead(made)

        runner.each_done = done

    @asynccontextmanager
    async def at_work(_: Starlette) -> AsyncIterator[None]:
        async with desk.at_work(), running(runner, desk), data.at_work(app):
            yield

    app = Starlette(
        routes=[
            Route("/healthz", health),
            *people.routes(),
            *oidc.routes(),
            *live.routes(),
            *maps.routes(),
            *exports.routes(),
            *library.routes(),
            *personas.routes(),
            *images.routes(),
            *data.routes(),
            *jobs.routes(),
            *readings.routes(),
            *series.routes(),
            *progress.routes(),
            *publishing.routes(),
            *verdicts.routes(),
            *talk.routes(),
            *tasks.routes(),
            *workshop.routes(),
            *votes.routes(),
            *stories.routes(),
            *notes.routes(),
            *telling.routes(),
            *proposals.routes(),
            *activity.routes(),
            *openapi.routes(),
            *metrics_of.routes(),
            *client.routes(),
        ],
        lifespan=at_work,
        exception_handlers={HTTPException: nowhere},
    )
    app.add_middleware(Safe)
    app.add_middleware(
        Watched, routes=app.routes, metrics=metrics, say=say, now_us=now_us
    )
    app.state.metrics = metrics
    app.state.desk = desk
    app.state.people = accounts
    app.state.provider = provider
    app.state.project = project
    app.state.zone = zone_of(project)
    app.state.runner = runner
    app.state.verdicts = shelf
    app.state.say = say
    app.state.throttle = Throttle()
    return app


async def nowhere(request: Request, error: Exception) -> Response:
    """Why nothing answers at an address, to programs as a problem."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if not request.url.path.startswith("/api/"):
        return PlainTextResponse("Nothing stands at this address.", status)
    hint = "Look at /api/openapi.json."
    if status == NO_SUCH_METHOD:
        what = f"{request.method} is not possible here"
        return problem(WebError(Problem("E731", what, hint=hint)), status)
    what = "nothing stands at this address"
    return problem(WebError(Problem("E730", what, hint=hint)), status)


async def health(request: Request) -> Response:
    """Whether the database answers."""
    desk: Desk = request.app.state.desk
    count = len(desk.rooms.log.maps())
    return JSONResponse({"status": "ok", "maps": count, "open": len(desk.rooms.open)})
