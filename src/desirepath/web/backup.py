"""Backups: a whole database as one file that either database can be restored from.

A backup is a zip of JSON lines, one file a table, with a manifest of their sums. The comment at its
end is the sum of everything before it, so that no changed byte goes unnoticed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from desirepath.errors import Problem, WebError
from desirepath.web.collab.log import GATE, still
from desirepath.web.collab.tables import EDITS, MAPS, SNAPSHOTS
from desirepath.web.migrations import (
    HEAD,
    VERSIONS,
    bring_up_to_date,
    refuse_newer,
    revision_of,
)
from desirepath.web.notices import Notice, tell

FORMAT = "desirepath/backup/1"
MANIFEST = "manifest.json"
SUM_BYTES = 64
AT_ONCE = 1000  # rows
EPOCH_BYTES = 8
# Who is signed in is not kept: a session that was ended must not come back to life.
LEFT_OUT = {"key": ("session", "guest", "first")}
# What reading a damaged zip ends in.
DAMAGES = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, RuntimeError, EOFError, OSError)  # fmt: skip
HINT = "Take another backup; nothing was restored."


@dataclass(frozen=True, slots=True)
class Content:
    """What is in a backup.

    Attributes:
        made_us: When it was taken, microseconds since 1970 UTC.
        rows: Number of rows by table.
        maps: Number of the last edit by map.
    """

    made_us: int
    rows: Mapping[str, int]
    maps: Mapping[str, int]


def write_backup(engine: Engine, file: Path, made_us: int) -> Content:
    """Write everything in a database into a file, as it is at one moment; servers go on meanwhile.

    Args:
        engine: The database.
        file: Where to; only its owner may read it, and it is there whole or not at all.
        made_us: Now.

    Raises:
        OSError: The file cannot be written.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "w+b") as to:
            content = _write(engine, to, made_us)
            _seal(to)
            to.flush()
            os.fsync(to.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return content


def _write(engine: Engine, to: IO[bytes], made_us: int) -> Content:
    parts: dict[str, dict[str, object]] = {}
    with still(engine) as connection, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:  # fmt: skip
        archive.comment = b"0" * SUM_BYTES
        for table in _tables(connection):
            digest, count = hashlib.sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as part:
                for line in _lines(connection, table):
                    part.write(line)
                    digest.update(line)
                    count += 1
            parts[table.name] = {"rows": count, "sha256": digest.hexdigest()}
        content = Content(made_us, {name: int(str(one["rows"])) for name, one in parts.items()}, _maps(connection))  # fmt: skip
        manifest = {
            "format": FORMAT,
            "revision": revision_of(connection),
            "made_us": made_us,
            "maps": dict(content.maps),
            "parts": parts,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return content


def _tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [one for one in found.sorted_tables if one.name != VERSIONS]


def _maps(connection: Connection) -> dict[str, int]:
    """Number of the last edit of each map, whether its row is still kept or only its snapshot."""
    last = dict.fromkeys(connection.scalars(select(MAPS.c.id).order_by(MAPS.c.id)), 0)
    for table, number in ((SNAPSHOTS, SNAPSHOTS.c.upto), (EDITS, EDITS.c.seq)):
        newest = select(table.c.map, func.max(number)).group_by(table.c.map)
        for map_id, seq in connection.execute(newest):
            last[map_id] = max(last[map_id], int(seq))
    return last


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    rows = select(table).order_by(*table.primary_key.columns)
    if table.name in LEFT_OUT:
        rows = rows.where(table.c.kind.not_in(LEFT_OUT[table.name]))
    streamed = connection.execution_options(yield_per=AT_ONCE).execute(rows)
    for row in streamed.mappings():
        told = {name: _told(value) for name, value in row.items()}
        yield json.dumps(told, ensure_ascii=True).encode() + b"\n"


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value


def _sum_before_comment(archive: IO[bytes]) -> bytes:
    left = archive.seek(0, os.SEEK_END) - SUM_BYTES
    archive.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := archive.read(min(left, 1 << 20))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def _seal(archive: IO[bytes]) -> None:
    found = _sum_before_comment(archive)
    archive.seek(-SUM_BYTES, os.SEEK_END)
    archive.write(found)


def read_backup(file: Path) -> Content:
    """What is in a backup, after every byte of it was checked.

    Raises:
        WebError: E722 it is of a newer version, E724 it is damaged, or no backup.
        OSError: It cannot be read.
    """
    with file.open("rb") as archive:
        return _content(_checked(archive, file.name))


def _content(manifest: Mapping[str, Any]) -> Content:
    rows = {name: one["rows"] for name, one in manifest["parts"].items()}
    return Content(manifest["made_us"], rows, manifest["maps"])


def _checked(archive: IO[bytes], name: str) -> dict[str, Any]:
    """The manifest of a backup whose every byte is what was written."""
    found = _sum_before_comment(archive)
    if archive.read(SUM_BYTES) != found:
        raise _damaged(name, _first_damage(archive))
    try:
        with zipfile.ZipFile(archive) as parts:
            manifest: dict[str, Any] = json.loads(parts.read(MANIFEST))
            is_known = manifest["format"] == FORMAT
            wanted = {part: one["sha256"] for part, one in manifest["parts"].items()}
            told = {part: _part_sum(parts, f"{part}.jsonl") for part in wanted}
            revision = str(manifest["revision"])
    except DAMAGES:
        raise _damaged(name, _first_damage(archive)) from None
    if not is_known:
        hint = "Install the version of desirepath that made it."
        raise WebError(Problem("E722", "this kind of backup is not known", name, hint))
    for part, digest in wanted.items():
        if told[part] != digest:
            raise _damaged(name, f"in {part}.jsonl")
    refuse_newer(revision)
    return manifest


def _part_sum(archive: zipfile.ZipFile, part: str) -> str:
    digest = hashlib.sha256()
    with archive.open(part) as lines:
        while chunk := lines.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _first_damage(archive: IO[bytes]) -> str:
    """Where a backup is damaged, as far as it can be told."""
    part = ""
    try:
        with zipfile.ZipFile(archive) as parts:
            for part in parts.namelist():
                _part_sum(parts, part)
    except DAMAGES:
        return f"in {part}" if part else "in its list of parts"
    return "between its parts"


def _damaged(name: str, where: str) -> WebError:
    return WebError(Problem("E724", f"the backup is damaged {where}", name, HINT))


def restore(engine: Engine, file: Path, *, replaces: bool = False) -> Content:
    """Put a backup into a database: everything or nothing.

    Every map gets a new epoch, so that pages that were left open load it again and bring nothing of
    the old past into it.

    Args:
        engine: An empty database, or one whose content is to be replaced.
        file: The backup.
        replaces: Whether what is in the database goes.

    Raises:
        WebError: E722 the backup is of a newer version, E724 it is damaged, E725 the database is
            not empty.
        OSError: The backup cannot be read.
    """
    with file.open("rb") as archive:
        manifest = _checked(archive, file.name)
        with engine.connect() as connection:
            is_new = not revision_of(connection)
        if not is_new and manifest["revision"] != HEAD:
            hint = "Restore it into a new, empty database."
            raise WebError(Problem("E722", "the backup is of an older version", file.name, hint))  # fmt: skip
        bring_up_to_date(engine, manifest["revision"])
        with engine.begin() as connection, zipfile.ZipFile(archive) as parts:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(select(func.pg_advisory_xact_lock(GATE)))
            before = list(connection.scalars(select(MAPS.c.id)))
            _fill(connection, parts, manifest["parts"], replaces=replaces)
            for map_id in connection.scalars(select(MAPS.c.id)).all():
                epoch = secrets.token_hex(EPOCH_BYTES)
                connection.execute(update(MAPS).where(MAPS.c.id == map_id).values(epoch=epoch))  # fmt: skip
                before.append(map_id)
            if engine.dialect.name != "sqlite":
                tell(connection, *(Notice("", map=one) for one in sorted(set(before))))
    bring_up_to_date(engine)
    return _content(manifest)


def _fill(
    connection: Connection,
    parts: zipfile.ZipFile,
    told: Mapping[str, Any],
    *,
    replaces: bool,
) -> None:
    tables = {one.name: one for one in _tables(connection)}
    for table in reversed(list(tables.values())):
        if replaces:
            connection.execute(delete(table))
        elif connection.execute(select(table).limit(1)).first() is not None:
            what = "there are maps or people in this database already"
            hint = (
                "Restore into an empty place, or with --replace, which takes them away."
            )
            raise WebError(Problem("E725", what, hint=hint))
    for name in told:
        with parts.open(f"{name}.jsonl") as lines:
            batch: list[dict[str, Any]] = []
            for line in lines:
                batch.append(_row(tables[name], json.loads(line)))
                if len(batch) == AT_ONCE:
                    connection.execute(insert(tables[name]), batch)
                    batch = []
            if batch:
                connection.execute(insert(tables[name]), batch)


def _row(table: Table, told: Mapping[str, Any]) -> dict[str, Any]:
    """A row as this database wants it: truth values and bytes differ between databases."""
    row = dict(told)
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(column.type, LargeBinary) and isinstance(value, dict):
            row[column.name] = base64.b64decode(value["base64"])
        elif isinstance(value, (bool, int)) and column.type.python_type is bool:
            row[column.name] = bool(value)
    return row
