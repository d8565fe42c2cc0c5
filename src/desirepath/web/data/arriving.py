"""A file on its way here: written as it comes, whole or not at all, never more than there is room for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

from desirepath.errors import Problem, WebError

MOST_BYTES = 512 * 1024**2
SPARE_BYTES = 256 * 1024**2  # of the disk, for everybody else
TIMES_ITS_SIZE = 3  # as it came, as it is kept, and what reading needs
PIECE = 1024**2
ID_BYTES = 8
LONGEST_NAME = 100
NO_NAME = re.compile(r"[^\w .()+-]")


def safe_name(name: str) -> str:
    """A file name that stays in its folder and means nothing to any program.

    Examples:
        >>> safe_name("../../etc/shop.csv"), safe_name("März [1].CSV.gz"), safe_name("..")
        ('shop.csv', 'März _1_.CSV.gz', 'file')
    """
    last = re.split(r"[\\/]", name)[-1]
    plain = NO_NAME.sub("_", last).strip(" .")
    return plain[-LONGEST_NAME:].lstrip(" .-") or "file"


async def arrive(
    stream: AsyncIterator[bytes], uploads: Path, name: str, expected: int | None
) -> tuple[Path, str]:
    """The file, in a new folder of its own, and its checksum.

    Args:
        stream: What comes.
        uploads: Where folders of files are.
        name: Of the file.
        expected: How large it says it is, if it says so.

    Raises:
        WebError: E752 it is too large, E753 there is no room, E757 it cannot be written.
    """
    if expected is not None and expected > MOST_BYTES:
        raise _too_large()
    folder = uploads / secrets.token_hex(ID_BYTES)
    try:
        await asyncio.to_thread(_make, folder, expected or 0)
        file = folder / safe_name(name)
        return file, await _written(stream, file)
    except OSError as error:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise _unwritten(error) from None
    except BaseException:  # also where whoever sent it went away
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make(folder: Path, expected: int) -> None:
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    _refuse_full(folder.parent, expected)
    folder.mkdir(mode=0o700)


async def _written(stream: AsyncIterator[bytes], file: Path) -> str:
    size, piece, digest = 0, bytearray(), hashlib.sha256()
    with file.open("xb") as sink:

        def write(some: bytes) -> None:
            sink.write(some)
            digest.update(some)

        def settle() -> None:
            """Make it outlive a power cut, because it is answered for from now on."""
            sink.flush()
            os.fsync(sink.fileno())

        async for chunk in stream:
            piece += chunk
            size += len(chunk)
            if size > MOST_BYTES:
                raise _too_large()
            if len(piece) >= PIECE:
                _refuse_full(file.parent, size)
                await asyncio.to_thread(write, bytes(piece))
                piece.clear()
        await asyncio.to_thread(write, bytes(piece))
        await asyncio.to_thread(settle)
    return digest.hexdigest()


def _refuse_full(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < SPARE_BYTES + TIMES_ITS_SIZE * size:
        what = "there is no room for the file on the disk of the server"
        hint = "Take old sources away, or ask whoever runs the server."
        raise WebError(Problem("E753", what, hint=hint))


def _too_large() -> WebError:
    what = f"the file is larger than {MOST_BYTES // 1024**2} MiB"
    hint = "Compress it (.gz), write it as Parquet, or name it in desirepath.toml."
    return WebError(Problem("E752", what, hint=hint))


def _unwritten(error: OSError) -> WebError:
    what = f"the file cannot be written: {error.strerror}"
    hint = "Ask whoever runs the server to look at the folder of the project."
    return WebError(Problem("E757", what, hint=hint))
