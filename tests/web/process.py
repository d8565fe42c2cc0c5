"""A server in a process of its own, until it is killed."""

from __future__ import annotations

import socket
from multiprocessing.connection import Connection

import uvicorn
from tests.web.server import QUICK

from desirepath.web.app import build_app
from desirepath.web.collab.log import EditLog
from desirepath.web.people import People
from desirepath.web.serving import now_us, settings


def serve_until_killed(database: str, to: Connection) -> None:
    """Serve a database at a free port and say which."""
    log = EditLog(database)
    app = build_app(log, People(log.engine, QUICK), now_us)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        to.send(listening.getsockname()[1])
        uvicorn.Server(settings(app, "127.0.0.1", 0)).run([listening])
