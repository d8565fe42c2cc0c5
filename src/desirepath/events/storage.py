"""Sequences on disk: one folder of plain arrays with checksums, mapped into memory on loading."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from desirepath.errors import EventsError, Problem
from desirepath.events.sequences import Segment, Sequences
from desirepath.events.treatment import Treatment

FORMAT = "desirepath/sequences/1"
MANIFEST = "manifest.json"
ARRAYS = ("offsets", "codes", "times_us", "case_keys", "customers")
SAVE_AGAIN = "Read the events again and save them anew."
NEW_FOLDER_MODE = 0o777  # less what the user's mask takes away


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
    with tempfile.TemporaryDirectory(
        prefix=f".{target.name}-", dir=target.parent
    ) as staging:
        new, old = Path(staging, "new"), Path(staging, "old")
        new.mkdir(NEW_FOLDER_MODE)
        write_sequences(sequences, new)
        _exchange(new, target, old)
    return target


def _exchange(new: Path, target: Path, old: Path) -> None:
    """Put `new` in the place of `target`; what was there comes back if that fails."""
    is_there = target.exists()
    if is_there:
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if is_there:
            old.rename(target)
        raise


def load_sequences(folder: str | Path, *, is_verified: bool = True) -> Sequences:
    """Sequences saved before, as read-only memory maps.

    Args:
        folder: Where `save_sequences` put them.
        is_verified: Compare every file with its checksum first.

    Raises:
        EventsError: E292 if it is no such folder, E293 if a file was changed or is missing.
    """
    source = Path(folder)
    manifest = read_manifest(source)
    names = [
        *ARRAYS,
        *(f"segment-{index}" for index in range(len(manifest["segments"]))),
    ]
    arrays = {
        name: _load(source, name, manifest["sha256"], is_verified=is_verified)
        for name in names
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
        account=tuple(Treatment(**one) for one in manifest.get("account", ())),
    )


def read_manifest(folder: Path, expected: str = FORMAT) -> dict[str, Any]:
    """What the folder says it holds, whole and unchanged.

    Raises:
        EventsError: E292 if it holds something else, E293 if it was changed.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EventsError(
            Problem(
                "E292",
                "no saved sequences are here",
                str(folder),
                "Save them first, or read the events again.",
            )
        ) from error
    except ValueError as error:
        raise _changed(path) from error
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if found != expected:
        raise EventsError(
            Problem(
                "E292",
                f'expected format "{expected}", found "{found}"',
                str(folder),
                "Read the events again.",
            )
        )
    if manifest.pop("manifest_sha256", None) != _manifest_digest(manifest):
        raise _changed(path)
    return cast("dict[str, Any]", manifest)


def _manifest_digest(manifest: dict[str, Any]) -> str:
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _changed(path: Path) -> EventsError:
    return EventsError(
        Problem("E293", "a saved file was changed or is missing", str(path), SAVE_AGAIN)
    )


def write_sequences(sequences: Sequences, folder: Path) -> None:
    """Write sequences into an empty folder of our own."""
    arrays: dict[str, Any] = {name: getattr(sequences, name) for name in ARRAYS}
    arrays |= {
        f"segment-{index}": part.codes
        for index, part in enumerate(sequences.segments.values())
    }
    digests = write_arrays(folder, arrays)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "activities": sequences.activities,
        "channels": sequences.channels,
        "segments": [(name, part.values) for name, part in sequences.segments.items()],
        "has_times": bool(sequences.has_times),
        "end_us": int(sequences.end_us),
        "source": dict(sequences.source),
        "account": [one.to_dict() for one in sequences.account],
        "sha256": digests,
    }
    write_manifest(folder, manifest)


def write_arrays(folder: Path, arrays: Mapping[str, NDArray[Any]]) -> dict[str, str]:
    """Write arrays to files of a folder, forced to the disk.

    Returns:
        Checksum of each.
    """
    digests = {}
    for name, array in arrays.items():
        path = folder / f"{name}.npy"
        with path.open("wb") as file:
            np.save(file, np.ascontiguousarray(array))
            file.flush()
            os.fsync(file.fileno())
        digests[name] = _digest(path)
    return digests


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write what a folder holds, with a checksum of its own, forced to the disk."""
    sealed = {**manifest, "manifest_sha256": _manifest_digest(manifest)}
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(json.dumps(sealed, ensure_ascii=False, indent=1))
        file.flush()
        os.fsync(file.fileno())


def load_array(
    folder: Path, name: str, digests: Mapping[str, str], *, is_verified: bool = True
) -> NDArray[Any]:
    """One array as a read-only memory map.

    Raises:
        EventsError: E293 if its file was changed or is missing.
    """
    loaded: NDArray[Any] = _load(folder, name, digests, is_verified=is_verified)
    return loaded


def stamp_of(folder: Path, name: str) -> list[int]:
    """Size and time of writing of the file of an array; [] if it is missing."""
    try:
        seen = (folder / f"{name}.npy").stat()
    except OSError:
        return []
    return [seen.st_size, seen.st_mtime_ns]


def _load(
    folder: Path, name: str, digests: Mapping[str, str], *, is_verified: bool
) -> Any:
    path = folder / f"{name}.npy"
    if not path.exists() or (is_verified and _digest(path) != digests[name]):
        raise _changed(path)
    return np.load(path, mmap_mode="r", allow_pickle=False)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
