"""Find event files and make them readable: kinds, folders, compression, limits. Understands no column."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desirepath.events.schema import Table, fail
from desirepath.events.sources.jsonl import read_json_file
from desirepath.events.sources.text import read_text_file
from desirepath.events.sources.xes import read_xes_file

TEXT_SUFFIXES = {".csv": "", ".tsv": "\t", ".tab": "\t", ".txt": ""}
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
XML_SUFFIXES = {".xes", ".xml"}
PARQUET_SUFFIXES = {".parquet", ".pq"}
KNOWN = {*TEXT_SUFFIXES, *JSON_SUFFIXES, *XML_SUFFIXES, *PARQUET_SUFFIXES}
KINDS = "CSV, TSV, JSON lines, Parquet and XES, also as .gz"
RECIPE_SUFFIXES = {".yaml", ".yml"}
MAX_UNPACKED_BYTES = 4 * 1024**3
MAX_RATIO = 100
RATIO_FROM_BYTES = 64 * 1024**2
BLOCK = 1024**2

NOTES = {".md", ".rst"}  # what people write beside data
# First bytes of what people take for a table by mistake, and what to do about it
MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
)


def find_tables(
    paths: Sequence[Path], scratch: Path, *, lifecycle: str = ""
) -> tuple[Table, ...]:
    """Tables in files and folders; files with the same kind and header are read as one table.

    Args:
        paths: Files or folders.
        scratch: Folder of our own for unpacked and converted files.
        lifecycle: Only events of an XES log with this transition; "" for all.

    Raises:
        EventsError: E201 to E219 if a file cannot be read as what it is.
    """
    files = [file for path in paths for file in files_of(path)]
    tables = [
        _table_of(file, scratch / f"{number}", lifecycle)
        for number, file in enumerate(files)
    ]
    return _joined(tables)


def files_of(path: Path) -> tuple[Path, ...]:
    """The file itself, or the event files of a folder by name."""
    try:
        if path.is_file():
            return (path,)
        if not path.is_dir():
            raise _missing(path)
        inside = sorted(
            file
            for file in path.iterdir()
            if file.is_file()
            and not file.name.startswith((".", "_"))
            and suffix_of(file) not in NOTES
        )
    except PermissionError:
        raise _forbidden(path) from None
    unknown = [file.name for file in inside if suffix_of(file) not in KNOWN]
    if not inside:
        raise fail(
            "E202",
            "the folder holds no event files",
            str(path),
            f"Put files in it that can be read: {KINDS}.",
        )
    if unknown:
        raise fail(
            "E202",
            f"the folder also holds other files: {_some(unknown)}",
            str(path),
            "Name the event files one by one, or keep them in a folder of their own.",
        )
    return tuple(inside)


def _missing(path: Path) -> Exception:
    """Error for a path that does not exist, with its neighbors."""
    near = (
        sorted(file.name for file in path.parent.iterdir() if suffix_of(file) in KNOWN)
        if path.parent.is_dir()
        else []
    )
    hint = (
        f"Files there: {_some(near)}."
        if near
        else "Check the spelling and the folder you are in."
    )
    return fail("E201", "there is no such file or folder", str(path), hint)


def _forbidden(path: Path) -> Exception:
    """Error for a file that may not be opened."""
    return fail(
        "E208",
        "the file may not be opened",
        str(path),
        "Allow reading it, or copy it to a folder of yours.",
    )


def _some(names: Iterable[str], shown: int = 8) -> str:
    """The first names and how many more there are."""
    listed = list(names)
    more = len(listed) - shown
    return ", ".join(listed[:shown]) + (f" and {more} more" if more > 0 else "")


def suffix_of(path: Path) -> str:
    """Suffix in lower case, without that of the compression.

    Examples:
        >>> suffix_of(Path("shop.CSV.gz")), suffix_of(Path("shop.parquet"))
        ('.csv', '.parquet')
    """
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _table_of(path: Path, scratch: Path, lifecycle: str) -> Table:
    """The table in one file."""
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except PermissionError:
        raise _forbidden(path) from None
    if not head:
        raise fail("E204", "the file is empty", str(path), "Export the events again.")
    scratch.mkdir()
    plain = path
    if head.startswith(b"\x1f\x8b"):
        plain = _unpacked(path, scratch / "unpacked")
        with plain.open("rb") as file:
            head = file.read(64)
    return _read_kind(path, plain, head, scratch, lifecycle)


def _read_kind(
    path: Path, plain: Path, head: bytes, scratch: Path, lifecycle: str
) -> Table:
    """The table in one plain file, read by what it is rather than by what it is called."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            raise fail(
                "E203",
                f"the file is {name}, not a table of events",
                str(path),
                f"Export the events as one of {KINDS}.",
            )
    suffix = suffix_of(path)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PAR1"):
        return Table(
            "parquet",
            path.name,
            files=(_plain_name(plain, scratch),),
            originals=(str(path),),
        )
    if suffix in PARQUET_SUFFIXES:
        raise fail(
            "E206",
            "the file is not Parquet, although it is called so",
            str(path),
            "Write it again, or rename it to what it is.",
        )
    if start.startswith(b"<") and (suffix in XML_SUFFIXES or start[:5] == b"<?xml"):
        return read_xes_file(plain, scratch, path, lifecycle=lifecycle)
    if suffix in XML_SUFFIXES:
        raise fail(
            "E217",
            "the file is not XML, although it is called so",
            str(path),
            f"Give one of {KINDS}.",
        )
    if suffix in JSON_SUFFIXES or start[:1] in (b"{", b"["):
        return read_json_file(_plain_name(plain, scratch), scratch, path)
    table = read_text_file(plain, scratch, path, TEXT_SUFFIXES.get(suffix, ""))
    return replace(
        table, files=tuple(_plain_name(file, scratch) for file in table.files)
    )


def _plain_name(path: Path, scratch: Path) -> Path:
    """A way to the file whose name holds no wildcard; engines would expand it."""
    if not any(letter in str(path) for letter in "*?[]{}"):
        return path.resolve()
    target = scratch / f"plain{path.suffix if path.suffix.isascii() else ''}"
    if any(letter in str(target) for letter in "*?[]{}"):
        target = scratch / "plain"
    target.symlink_to(path.resolve())
    return target


def _unpacked(path: Path, target: Path) -> Path:
    """The file without its gzip compression, within limits."""
    packed_bytes = path.stat().st_size
    written = 0
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as sink:
            while block := source.read(BLOCK):
                written += len(block)
                _check_size(path, packed_bytes, written)
                sink.write(block)
    except EOFError:
        raise fail(
            "E206",
            "the compressed file ends too early",
            str(path),
            "Copy or download it again.",
        ) from None
    except (gzip.BadGzipFile, zlib.error):
        raise fail(
            "E206",
            "the compressed file is damaged",
            str(path),
            "Copy or download it again.",
        ) from None
    if written == 0:
        raise fail("E204", "the file is empty", str(path), "Export the events again.")
    return target


def _check_size(path: Path, packed_bytes: int, unpacked_bytes: int) -> None:
    """Refuse a file that unpacks to more than a table of events plausibly would."""
    if unpacked_bytes > MAX_UNPACKED_BYTES:
        raise fail(
            "E207",
            f"the file unpacks to more than {MAX_UNPACKED_BYTES // 1024**3} GiB",
            str(path),
            "Unpack it yourself, or convert it to Parquet.",
        )
    if unpacked_bytes > max(RATIO_FROM_BYTES, MAX_RATIO * packed_bytes):
        raise fail(
            "E207",
            f"the file unpacks to more than {MAX_RATIO} times its size",
            str(path),
            "Unpack it yourself if you trust it.",
        )


def _joined(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Tables of the same kind and header as one, in the order of first appearance."""
    groups: dict[object, list[Table]] = {}
    for table in tables:
        same = (table.kind, table.columns, table.delimiter, table.skip, table.notes)
        groups.setdefault(same, []).append(table)
    return tuple(
        replace(
            group[0],
            label=group[0].label
            if len(group) == 1
            else f"{group[0].label} and {len(group) - 1} more",
            files=tuple(file for table in group for file in table.files),
            originals=tuple(name for table in group for name in table.originals),
        )
        for group in groups.values()
    )
