"""Sequences on disk: one folder of plain arrays with checksums, mapped into memory on loading."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from desirepath.errors import EventsError, Problem
from desirepath.events.sequences import Segment, Sequences

FORMAT = "desirepath/sequences/1"
MANIFEST = "manifest.json"
ARRAYS = ("offsets", "codes", "times_us", "case_keys", "customers")


def save_sequences(sequences: Sequences, folder: str | Path) -> Path:
    """Folder with the sequences; an older one there is replaced as a whole, never in part.

    Raises:
        EventsError: E291 if something else than saved sequences is already there.
    """
    target = Path(folder)
    if target.exists() and not (target / MANIFEST).exists():
        raise EventsError(
            Problem(
                "E291",
                "something else is already here",
                str(target),
                "Choose another place to save the sequences.",
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        _write(sequences, staging)
        if target.exists():
            shutil.rmtree(target)
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return target


def load_sequences(folder: str | Path, *, is_verified: bool = True) -> Sequences:
    """Sequences saved before, as read-only memory maps.

    Args:
        folder: Where `save_sequences` put them.
        is_verified: Compare every file with its checksum first.

    Raises:
        EventsError: E292 if it is no such folder, E293 if a file was changed or is missing.
    """
    source = Path(folder)
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EventsError(
            Problem(
                "E292",
                "no saved sequences are here",
                str(source),
                "Save them first, or read the events again.",
            )
        ) from error
    if manifest.get("format") != FORMAT:
        raise EventsError(
            Problem(
                "E292",
                f'expected format "{FORMAT}", found "{manifest.get("format")}"',
                str(source),
                "Read the events again.",
            )
        )
    arrays = {
        name: _load(source, name, manifest["sha256"], is_verified=is_verified)
        for name in manifest["sha256"]
    }
    return Sequences(
        activities=tuple(manifest["activities"]),
        channels=tuple(manifest["channels"]),
        **{name: arrays[name] for name in ARRAYS},
        segments={
            name: Segment(tuple(values), arrays[f"segment-{index}"])
            for index, (name, values) in enumerate(manifest["segments"])
        },
        has_times=manifest["has_times"],
        end_us=manifest["end_us"],
        source=manifest["source"],
    )


def _write(sequences: Sequences, folder: Path) -> None:
    arrays: dict[str, Any] = {name: getattr(sequences, name) for name in ARRAYS}
    arrays |= {
        f"segment-{index}": part.codes
        for index, part in enumerate(sequences.segments.values())
    }
    digests = {}
    for name, array in arrays.items():
        path = folder / f"{name}.npy"
        with path.open("wb") as file:
            np.save(file, np.ascontiguousarray(array))
            file.flush()
            os.fsync(file.fileno())
        digests[name] = _digest(path)
    manifest = {
        "format": FORMAT,
        "activities": sequences.activities,
        "channels": sequences.channels,
        "segments": [(name, part.values) for name, part in sequences.segments.items()],
        "has_times": sequences.has_times,
        "end_us": sequences.end_us,
        "source": dict(sequences.source),
        "sha256": digests,
    }
    (folder / MANIFEST).write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _load(
    folder: Path, name: str, digests: dict[str, str], *, is_verified: bool
) -> Any:
    path = folder / f"{name}.npy"
    if not path.exists() or (is_verified and _digest(path) != digests[name]):
        raise EventsError(
            Problem(
                "E293",
                "a saved array was changed or is missing",
                str(path),
                "Read the events again and save them anew.",
            )
        )
    return np.load(path, mmap_mode="r", allow_pickle=False)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
