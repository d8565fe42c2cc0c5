"""Maps of a server as one zip that another server takes in: the same bytes again when it is asked."""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from PIL import Image
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from desirepath.errors import DesirepathError, Problem, WebError
from desirepath.maps.edits.board import HOMES, Board
from desirepath.maps.edits.positions import check_position
from desirepath.maps.files import map_text
from desirepath.web.collab.log import EditLog
from desirepath.web.collab.rows import checksum, text_of
from desirepath.web.collab.tables import MAPS, SNAPSHOTS
from desirepath.web.images import FORMATS, IMAGES, MOST_PIXELS, Images
from desirepath.web.notices import Notice

FORMAT = "desirepath/export/1"
MANIFEST = "manifest.json"
MOST_ENTRIES = 10_000
MOST_BYTES = 512 * 1024 * 1024  # unpacked
MOST_RATIO = 100
SMALL_BYTES = 1_000_000  # of which any ratio is fine
EPOCH_BYTES = 8
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}
CARD = {"ref": str, "at": str, "pos": str, "lane": str, "gone": bool, "fields": dict}
IMAGE_ID = re.compile(r"[0-9a-f]{64}")
MAP_ID = re.compile(r"[^/\\?#%\x00-\x1f]{1,200}")
DAMAGES = (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, RuntimeError, EOFError, OSError, RecursionError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A named version."""

    name: str
    author: str
    at_us: int
    board: Board


@dataclass(frozen=True, slots=True)
class KeptMap:
    """A map with its named versions, oldest first."""

    board: Board
    versions: tuple[KeptVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptImage:
    """A picture."""

    id: str
    kind: str
    author: str
    at_us: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """Everything in a zip."""

    maps: tuple[KeptMap, ...]
    images: tuple[KeptImage, ...]

    def without_names(self) -> Archive:
        """The same without who named versions and brought pictures."""
        maps = (
            replace(kept, versions=tuple(replace(one, author="") for one in kept.versions))
            for kept in self.maps
        )  # fmt: skip
        return Archive(tuple(maps), tuple(replace(one, author="") for one in self.images))  # fmt: skip


def collect(log: EditLog, maps: Iterable[str] | None = None) -> Archive:
    """Maps of a server, their versions and pictures; all of them where none are named."""
    wanted = sorted(log.maps() if maps is None else maps)
    kept = tuple(_kept(log, one) for one in wanted)
    used = None if maps is None else set(IMAGE_ID.findall(text_of([_data(one) for one in kept])))  # fmt: skip
    Images(log.engine)  # so that their table is there
    with log.engine.connect() as connection:
        rows = connection.execute(select(IMAGES).order_by(IMAGES.c.id))
        images = tuple(
            KeptImage(row.id, row.kind, row.author, int(row.at_us), bytes(row.data))
            for row in rows
            if used is None or row.id in used
        )
    return Archive(kept, images)


def _kept(log: EditLog, map_id: str) -> KeptMap:
    found = sorted(log.versions(map_id), key=lambda one: (one.seq, one.name))
    wanted = select(SNAPSHOTS.c.upto, SNAPSHOTS.c.name, SNAPSHOTS.c.document).where(
        SNAPSHOTS.c.map == map_id, SNAPSHOTS.c.name != ""
    )
    with log.engine.connect() as connection:
        texts = {(int(upto), name): text for upto, name, text in connection.execute(wanted)}  # fmt: skip
    versions = tuple(
        KeptVersion(one.name, one.author, one.at_us, Board.from_dict(json.loads(texts[one.seq, one.name])))
        for one in found
    )  # fmt: skip
    return KeptMap(log.load(map_id).board, versions)


def _data(kept: KeptMap) -> dict[str, Any]:
    return {
        "board": kept.board.to_dict(),
        "versions": [
            {
                "name": one.name,
                "by": one.author,
                "at_us": one.at_us,
                "board": one.board.to_dict(),
            }
            for one in kept.versions
        ],
    }


def write_archive(archive: Archive) -> bytes:
    """The zip of an archive; equal archives give equal bytes."""
    files: dict[str, bytes] = {}
    for kept in archive.maps:
        name = kept.board.map_id
        files[f"maps/{name}.json"] = _json(_data(kept))
        files[f"maps/{name}.yaml"] = map_text(kept.board.journey()).encode()
    told = [
        {"id": one.id, "kind": one.kind, "by": one.author, "at_us": one.at_us}
        for one in archive.images
    ]
    files["images.json"] = _json(told)
    for one in archive.images:
        files[f"images/{one.id}.{SUFFIXES[one.kind]}"] = one.data
    sums = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(_entry(MANIFEST), _json({"format": FORMAT, "files": sums}))
        for name in sorted(files):
            packed.writestr(_entry(name), files[name])
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(
        name
    )  # of the year 1980 for all: when it was written is no content
    found.compress_type = zipfile.ZIP_DEFLATED
    found.create_system, found.external_attr = 3, 0o600 << 16
    return found


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read_archive(file: IO[bytes]) -> Archive:
    """What is in a zip that `write_archive` wrote.

    Raises:
        WebError: E738 it is damaged or not such a zip, E739 it is larger than it may be.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            files = _unpacked(packed)
        return _archive(files)
    except WebError:
        raise
    except DesirepathError as error:
        raise _damaged(error.problems[0].what) from None
    except DAMAGES as error:
        raise _damaged(type(error).__name__) from None


def _unpacked(packed: zipfile.ZipFile) -> dict[str, bytes]:
    entries = packed.infolist()
    names = [one.filename for one in entries]
    if len(names) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_BYTES:
        raise _too_large()
    if len(set(names)) != len(names):
        raise _damaged("a name stands in it twice")
    for one in entries:
        packs = one.file_size > SMALL_BYTES and one.file_size > MOST_RATIO * one.compress_size  # fmt: skip
        if packs:
            raise _too_large()
        if one.is_dir() or (one.external_attr >> 16) & 0o170000 not in (0, 0o100000):
            raise _damaged(f"{one.filename[:80]!r} is no file")
    sums = json.loads(_read(packed, MANIFEST))
    if sums["format"] != FORMAT or set(sums["files"]) != set(names) - {MANIFEST}:
        raise _damaged("its list of files is not what is in it")
    files = {name: _read(packed, name) for name in sums["files"]}
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != sums["files"][name]:
            raise _damaged(f"{name[:80]!r} is not what was written")
    return files


def _read(packed: zipfile.ZipFile, name: str) -> bytes:
    """Content of a file, never more than its head says."""
    size = packed.getinfo(name).file_size
    with packed.open(name) as part:
        content = part.read(size + 1)
    if len(content) != size:
        raise _damaged(f"{name[:80]!r} is longer than it says")
    return content


def _archive(files: Mapping[str, bytes]) -> Archive:
    told = json.loads(files["images.json"])
    images = tuple(_image(one, files) for one in told)
    expected = {"images.json"} | {f"images/{one.id}.{SUFFIXES[one.kind]}" for one in images}  # fmt: skip
    maps = []
    for name in sorted(files):
        if name.startswith("maps/") and name.endswith(".json"):
            kept = _map(json.loads(files[name]))
            if name != f"maps/{kept.board.map_id}.json":
                raise _damaged(f"{name[:80]!r} holds another map")
            expected |= {name, f"{name.removesuffix('.json')}.yaml"}
            maps.append(kept)
    if expected != set(files):
        raise _damaged("it holds what does not belong there")
    return Archive(tuple(maps), images)


def _image(told: Mapping[str, Any], files: Mapping[str, bytes]) -> KeptImage:
    data = files[f"images/{told['id']}.{SUFFIXES[told['kind']]}"]
    if hashlib.sha256(data).hexdigest() != told["id"]:
        raise _damaged("a picture is not what its name says")
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        kind = Image.MIME.get(opened.format or "")
        if kind != told["kind"] or opened.width * opened.height > MOST_PIXELS:
            raise _damaged("a picture is not of the kind it says")
        opened.load()
    return KeptImage(told["id"], told["kind"], _text(told["by"]), _whole(told["at_us"]), data)  # fmt: skip


def _map(data: Mapping[str, Any]) -> KeptMap:
    board = _board(data["board"])
    versions = tuple(
        KeptVersion(_text(one["name"]), _text(one["by"]), _whole(one["at_us"]), _board(one["board"]))
        for one in data["versions"]
    )  # fmt: skip
    if any(one.board.map_id != board.map_id or not one.name for one in versions):
        raise _damaged("a version is of another map")
    return KeptMap(board, versions)


def _board(data: Mapping[str, Any]) -> Board:
    """A board, of which every card would also have been let in as an edit."""
    for card in data["cards"]:
        if set(card) != set(CARD) or any(type(card[name]) is not kind for name, kind in CARD.items()):  # fmt: skip
            raise _damaged("a card is none")
    board = Board.from_dict(data)
    if len(board.cards) != len(data["cards"]) or data["format"] != "desirepath/board/1":
        raise _damaged("a board is none")
    if not MAP_ID.fullmatch(_text(board.map_id)) or "map" not in board.cards:
        raise _damaged("a map has no id")
    for ref, card in board.cards.items():
        if ref == "map":
            continue
        if card.spot.at not in board.cards or card.spot.at.partition(":")[0] not in HOMES[card.kind]:  # fmt: skip
            raise _damaged(f"{ref[:80]!r} stands nowhere")
        check_position(card.spot.pos)
    shown = {ref: replace(card, gone=False) for ref, card in board.cards.items()}
    replace(board, cards=shown).journey()  # those taken off must fit as well
    board.journey()
    return board


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 200 or "\x00" in value:  # noqa: PLR2004 - as wide as the columns
        raise _damaged("a name is none")
    value.encode()
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise _damaged("a time is none")
    return value


def put(log: EditLog, archive: Archive, author: str, at_us: int) -> tuple[str, ...]:
    """Put an archive into a server, all or nothing; pictures it has already stay.

    Returns:
        Ids of the maps.

    Raises:
        WebError: E701 the server has one of the maps.
    """
    ids = tuple(one.board.map_id for one in archive.maps)
    taken = sorted(set(ids) & set(log.maps()))
    error = WebError(
        Problem(
            "E701",
            f"there is a map called {', '.join(taken[:5]) or 'so'} already",
            hint="Nothing was taken in. Import into a server without it.",
        )
    )
    if taken:
        raise error
    Images(log.engine)
    try:
        with log.engine.begin() as connection:
            known = set(connection.scalars(select(IMAGES.c.id)))
            for image in archive.images:
                if image.id not in known:
                    connection.execute(insert(IMAGES), _image_row(image))
            for kept in archive.maps:
                row = {"id": kept.board.map_id, "epoch": secrets.token_hex(EPOCH_BYTES), "created_us": at_us}  # fmt: skip
                connection.execute(insert(MAPS), row)
                connection.execute(insert(SNAPSHOTS), _snapshots(kept, author, at_us))
                log.tell(connection, Notice(log.server, map=kept.board.map_id))
    except IntegrityError:
        raise error from None
    return ids


def _image_row(image: KeptImage) -> dict[str, Any]:
    return {
        "id": image.id,
        "kind": image.kind,
        "data": image.data,
        "author": image.author,
        "at_us": image.at_us,
    }


def _snapshots(kept: KeptMap, author: str, at_us: int) -> Sequence[dict[str, Any]]:
    """Rows of the versions in their order, and of the map as it stands after them."""
    now = KeptVersion("", author, at_us, kept.board)
    rows = []
    for number, one in enumerate((*kept.versions, now)):
        document = text_of(one.board.to_dict())
        rows.append(
            {
                "map": kept.board.map_id,
                "upto": number,
                "name": one.name,
                "author": one.author,
                "at_us": one.at_us,
                "document": document,
                "sum": checksum(document),
            }
        )
    return rows


def _damaged(why: str) -> WebError:
    what = f"this is not an export that can be taken in: {why}"
    return WebError(Problem("E738", what, hint="Export again; nothing was taken in."))


def _too_large() -> WebError:
    what = "the export is larger than it may be"
    hint = "Export single maps; nothing was taken in."
    return WebError(Problem("E739", what, hint=hint))
