"""The secret of the hashes of private data: the project's own, else one made for its uploads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from desirepath.events.feedback.private import MIN_KEY_BYTES, private_key
from desirepath.project import FILE, read_project

OWN = "secret.key"
KEY_BYTES = 32


def secret_of(project: Path, uploads: Path) -> bytes:
    """The secret, at least 16 bytes; made where there is none, so that only its owner may read it.

    Args:
        project: Folder of the project.
        uploads: Where its uploads are.

    Raises:
        EventsError: E265 the file that `desirepath.toml` names cannot be read.
        DesirepathError: E802, E803 `desirepath.toml` cannot be used.
    """
    named = read_project(project / FILE).private_key if (project / FILE).is_file() else None  # fmt: skip
    given = private_key(named)
    if given is not None and len(given) >= MIN_KEY_BYTES:
        return given
    own = uploads / OWN
    try:
        return own.read_bytes()
    except FileNotFoundError:
        pass
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # whole before it has its name, so that two servers never use two
    fresh = own.with_name(f".{OWN}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
        file.write(secrets.token_hex(KEY_BYTES).encode())
    try:
        if not own.exists():
            os.link(fresh, own)
    except FileExistsError:
        pass  # another server was quicker
    finally:
        fresh.unlink()
    return own.read_bytes()
