"""`desirepath serve`: maps of a project, edited by several people and programs at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from desirepath.cli.server import Database, ServedProject, needing_the_server

Log = Literal["text", "json"]


def command(
    project: ServedProject = Path(),
    *,
    database: Database = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8765,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy with https on this machine stands before it; its word is taken for who asks.",
        ),
    ] = False,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="Address of the proxy, where it is not on this machine.",
        ),
    ] = None,
    administrator: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Make the first account, if nobody has one; asks for its password.",
        ),
    ] = None,
    open_page: Annotated[
        bool, typer.Option("--open", help="Show the board in the browser.")
    ] = False,
    no_jobs: Annotated[
        bool,
        typer.Option(
            "--no-jobs",
            help="Run no checks and analyses here; what they found can be read.",
        ),
    ] = False,
    log_as: Annotated[
        Log,
        typer.Option("--log", help="How to write requests and events to stderr."),
    ] = "text",
) -> None:
    """Serve a project's maps to a team: edits in one order, nothing acknowledged is lost.

    The first start prints a link for the first administrator.
    """
    import os
    import webbrowser
    from functools import partial

    with needing_the_server():
        from desirepath.web.people import People
        from desirepath.web.serving import (
            LOOPBACK,
            Listening,
            log_in,
            now_us,
            open_engine,
            provider_of,
            refuse_unsafe,
            run,
            take_maps,
        )
        from desirepath.web.sole import alone_with

    provider = provider_of(project, os.environ)
    engine = open_engine(project, database)
    try:
        with alone_with(engine):
            log = log_in(engine)
            new, wrong = take_maps(log, project)
            people = People(log.engine)
            for one in wrong:
                print(f"left out: {one.short(1)}", file=sys.stderr)
            if administrator and people.is_new():
                people.add(administrator, _password(), "administrator")
            proxies = (*LOOPBACK, *(proxy or ())) if behind_proxy else ()
            is_new = people.is_new()
            refuse_unsafe(host, is_new=is_new, behind_proxy=behind_proxy)
            address = f"http://{host}:{port}"
            print(f"Maps: {len(log.maps())}, new: {len(new)}.")
            page = address
            if is_new:
                page = f"{address}/#/first/{people.first_key(now_us())}"
                print(f"First administrator, within 15 minutes: {page}")
            print(f"Serving at {address}; stop with Ctrl-C.", flush=True)
            show = partial(webbrowser.open, page) if open_page else bool
            run(
                log,
                people,
                Listening(host, port, proxies, log_as),
                ready=show,
                provider=provider,
                project=project,
                with_jobs=not no_jobs,
            )
    finally:
        engine.dispose()


def _password() -> str:
    """A password from the terminal, or from the input of a program."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")
