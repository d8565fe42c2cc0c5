"""Files on disk: text in with a limit, text out at once or not at all. Knows nothing of maps."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.source import place
from desirepath.whole_files import write_whole

MAX_YAML_BYTES = (
    1_000_000  # about six seconds of parsing; a thousand statements are a tenth of it
)
MAX_JSON_BYTES = 5_000_000
BOMS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00\x00\xfe\xff": "UTF-32",
}


def is_json(path: Path) -> bool:
    """Whether a file holds JSON by its name.

    Examples:
        >>> is_json(Path("shop.json")), is_json(Path("shop.yaml"))
        (True, False)
    """
    return path.suffix.casefold() == ".json"


def read_text(path: Path) -> str:
    r"""Text of a UTF-8 file without byte order mark, as it lies on the disk (``\r\n`` stays).

    Raises:
        MapError: E101 it cannot be opened, E102 it is not UTF-8 text, E103 it is too large.
    """
    limit = MAX_JSON_BYTES if is_json(path) else MAX_YAML_BYTES
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise MapError(_not_opened(path, error)) from error
    if len(content) > limit:
        what = f"the file is larger than {limit // 1_000_000} MB"
        hint = "Give a map file, or split the map into several."
        raise MapError(Problem("E103", what, str(path), hint))
    return _decoded(content, str(path))


def _not_opened(path: Path, error: OSError) -> Problem:
    if path.is_dir():
        hint = "Give one file of the folder."
        return Problem("E101", "this is a folder", str(path), hint)
    if not isinstance(error, FileNotFoundError):
        what = f"the file cannot be opened: {error.strerror or error}"
        return Problem("E101", what, str(path), "Check who may read it.")
    beside: list[str] = []
    with contextlib.suppress(OSError):
        beside = [
            one.name
            for one in path.parent.iterdir()
            if one.suffix in {".yaml", ".yml", ".json"}
        ]
    hint = "Check the name and the folder."
    if beside:
        known = did_you_mean(path.name, beside)
        hint = known.replace("Known names", "Maps in that folder")
    return Problem("E101", "there is no such file", str(path), hint)


def _decoded(content: bytes, name: str) -> str:
    hint = "Save it as UTF-8 text."
    for mark, encoding in BOMS.items():
        if content.startswith(mark):
            what = f"expected UTF-8 text, found {encoding}"
            raise MapError(Problem("E102", what, name, hint))
    if b"\x00" in content:
        what = "expected UTF-8 text, found a binary file"
        raise MapError(Problem("E102", what, name, "Give a map file."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The position counts from after a byte order mark.
        before = content.removeprefix(b"\xef\xbb\xbf")[: error.start]
        line = before.count(b"\n") + 1
        what = f"expected UTF-8 text, found the byte 0x{error.object[error.start]:02x}"
        raise MapError(
            Problem("E102", what, place(name, line), f"{hint} It may be Latin-1 now.")
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a file at once: readers see the old or the new content, never a part.

    The content is forced to the disk before it takes the place of the old one; permissions and
    symbolic links stay.

    Raises:
        MapError: E124 the text cannot be UTF-8, E126 it cannot be written.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        what = "the text holds half a character (a lone surrogate)"
        raise MapError(
            Problem("E124", what, str(path), "Write the character itself.")
        ) from error
    try:
        write_whole(path, content)
    except OSError as error:
        what = f"the file cannot be written: {error.strerror or error}"
        hint = "Check that the folder exists, that you may write there and that the disk has room."
        raise MapError(Problem("E126", what, str(path), hint)) from error
