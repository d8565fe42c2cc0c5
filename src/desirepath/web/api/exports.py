"""Maps out of a server and into another one."""

from __future__ import annotations

import asyncio
import tempfile
from typing import IO, Literal
from urllib.parse import quote

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.maps.files import json_text, map_text
from desirepath.web.api.asking import desk_of, route
from desirepath.web.api.describe import Asked, Said, asked, given
from desirepath.web.api.library import now
from desirepath.web.api.people import noted
from desirepath.web.archive import collect, put, read_archive, write_archive
from desirepath.web.policy import Actor

ZIP, YAML, JSON = "application/zip", "application/yaml", "application/json"
MOST_BYTES = 128 * 1024 * 1024
IN_MEMORY = 8 * 1024 * 1024


class ExportAsked(Asked):
    """How a map is wanted."""

    format: Literal["yaml", "json", "zip"] = Field(
        "yaml", description="A map file; or a zip with its versions and pictures."
    )


class Imported(Said):
    """Ids of the maps that were taken in."""

    maps: list[str]


async def export_map(request: Request, actor: Actor) -> Response:
    """A map as a file to keep; for guests without who named its versions."""
    wanted = asked(ExportAsked, request).format
    log, map_id = desk_of(request).rooms.log, request.path_params["map"]
    now(request, map_id)
    noted(request, actor, "map.exported", {"format": wanted}, map_id)
    if wanted == "zip":
        archive = await asyncio.to_thread(collect, log, [map_id])
        if actor.only_map:
            archive = archive.without_names()
        content = await asyncio.to_thread(write_archive, archive)
        return file_answer(content, ZIP, f"{map_id}.zip")
    journey = (await asyncio.to_thread(log.load, map_id)).board.journey()
    if wanted == "json":
        return file_answer(json_text(journey).encode(), JSON, f"{map_id}.json")
    return file_answer(map_text(journey).encode(), YAML, f"{map_id}.yaml")


async def export_all(request: Request, actor: Actor) -> Response:
    """Everything as a zip: maps, versions, what maps share, pictures; no people and no secrets."""
    log = desk_of(request).rooms.log
    archive = await asyncio.to_thread(collect, log)
    noted(request, actor, "server.exported")
    content = await asyncio.to_thread(write_archive, archive)
    return file_answer(content, ZIP, "desirepath.zip")


def file_answer(content: bytes, kind: str, name: str) -> Response:
    """An answer that browsers save as a file."""
    told = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, media_type=kind, headers={"Content-Disposition": told})


async def import_zip(request: Request, actor: Actor) -> Response:
    """Take in a zip that was exported, all or nothing; the maps in it must be new here."""
    desk = desk_of(request)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        await _receive(request, file)
        archive = await asyncio.to_thread(read_archive, file)
    log = desk.rooms.log
    maps = await asyncio.to_thread(put, log, archive, actor.name, desk.now_us())
    for map_id in maps:
        noted(request, actor, "map.imported", map_id=map_id)
    return given(Imported(maps=list(maps)), 201)


async def _receive(request: Request, file: IO[bytes]) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind != ZIP:
        hint = f"Send it with the header Content-Type: {ZIP}."
        raise WebError(Problem("E717", "this is not a zip", hint=hint))
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MOST_BYTES:
            hint = "Export single maps, or restore a backup."
            what = f"the zip is larger than {MOST_BYTES // 1024**2} MB"
            raise WebError(Problem("E739", what, hint=hint))
        file.write(chunk)
    file.seek(0)


def routes() -> list[BaseRoute]:
    """Routes of exports and imports."""
    return [
        route("/api/maps/{map}/export", export_map, "GET", "look", is_of_map=True).says(
            gives=(YAML, JSON, ZIP), query=ExportAsked
        ),
        route("/api/export", export_all, "GET", "administer").says(gives=ZIP),
        route("/api/import", import_zip, "POST", "lead").says(
            takes=ZIP, gives=Imported, status=201
        ),
    ]
