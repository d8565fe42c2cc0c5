"""Files written whole or not at all. Raises what the system raises; each room words it for its users."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

PERMISSIONS = 0o7777
NEW_FILE_MODE = 0o666  # the user's mask takes away what it takes from any new file


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file at once: readers see the old or the new content, never a part.

    The content is forced to the disk before it takes the place of the old one; permissions and
    symbolic links stay.

    Args:
        path: File to write; its folder must exist.
        content: All of it.

    Raises:
        OSError: the system refuses; nothing is left behind and the old file is untouched.
    """
    target = path.resolve()
    own = f"{os.getpid()}-{threading.get_ident()}"
    temporary = target.with_name(f".{target.name}.{own}.tmp")
    temporary.unlink(missing_ok=True)  # left by a process that was killed
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(temporary, flags, NEW_FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & PERMISSIONS)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)
    return path


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
