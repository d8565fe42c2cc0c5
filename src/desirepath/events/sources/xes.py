"""XES event logs (IEEE 1849) as tables, read as a stream. Decides nothing about roles."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from desirepath.errors import EventsError
from desirepath.events.schema import Table, fail
from desirepath.events.sources.limits import MAX_COLUMNS

CASE = "case:concept:name"
TIME = "time:timestamp"
LIFECYCLE = "lifecycle:transition"
HEAD_BYTES = 64 * 1024
PLAIN = frozenset({"string", "date", "int", "float", "boolean", "id"})
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_ADVICE = re.compile(r",? (?:use|try) XML_PARSE_HUGE.*", re.DOTALL)
_BREAKS = re.compile(r"[\r\n]+")


@dataclass
class _Log:
    """What a log holds, collected while it streams by.

    Attributes:
        columns: Position of each column.
        trace_count: Traces so far.
        event_count: Events so far.
        names: Names of traces, to see those that occur twice.
        repeated_count: Traces that share their name with an earlier one.
        unnamed_count: Traces without a name.
        has_times: Any event has a time.
        has_lists: Lists or nested values were left out.
        is_plain: By tag as written, whether the element is an attribute with one value.
    """

    columns: dict[str, int] = field(default_factory=lambda: {CASE: 0})
    trace_count: int = 0
    event_count: int = 0
    names: set[str] = field(default_factory=set)
    repeated_count: int = 0
    unnamed_count: int = 0
    has_times: bool = False
    has_lists: bool = False
    is_plain: dict[object, bool] = field(default_factory=dict)

    def values(self, element: Any, prefix: str = "") -> dict[str, str]:
        """Attributes of a trace or an event; lists and what lies within attributes are left out."""
        found: dict[str, str] = {}
        for child in element:
            is_plain = self.is_plain.get(child.tag)
            if is_plain is None:  # a comment has a function for a tag
                is_plain = self.is_plain[child.tag] = _local(child.tag) in PLAIN
            if is_plain:
                found[prefix + child.get("key", "")] = child.get("value", "")
                if len(child):
                    self.has_lists = True
            elif _local(child.tag) in ("list", "container"):
                self.has_lists = True
        return found

    def row(self, values: dict[str, str]) -> list[str]:
        """Values in the order of the columns; new columns are added at the end."""
        for key in values:
            if key not in self.columns:
                self.columns[key] = len(self.columns)
        cells = [""] * len(self.columns)
        for key, value in values.items():
            # rows are padded, which engines only do where no value holds a line break
            cells[self.columns[key]] = (
                _BREAKS.sub(" ", value) if "\n" in value or "\r" in value else value
            )
        return cells

    def trace(self, element: Any) -> dict[str, str]:
        """Attributes of a trace; one without a name is called by its number."""
        self.trace_count += 1
        found = self.values(element, "case:")
        if not found.get(CASE):
            self.unnamed_count += 1
            found[CASE] = f"(trace {self.trace_count})"
        self.repeated_count += found[CASE] in self.names
        self.names.add(found[CASE])
        return found

    def notes(self) -> tuple[str, ...]:
        """What a reader should know."""
        said = (
            (self.unnamed_count, "traces have no name and go by their number"),
            (
                self.repeated_count,
                "traces share their name with another and are read as one case",
            ),
            (self.has_lists, "lists and values within values are left out"),
            (not self.has_times, "no event has a time; the order of the file counts"),
            (
                LIFECYCLE in self.columns,
                'every lifecycle transition is an event; the activity is "concept:name" alone',
            ),
        )
        return tuple(
            f"{count} {text}" if count is not True else text
            for count, text in said
            if count
        )


def _local(tag: object) -> str:
    """Name of an element without its namespace."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def read_xes_file(
    plain: Path, scratch: Path, path: Path, *, lifecycle: str = ""
) -> Table:
    """Table with one row per event; attributes of traces are columns called ``case:…``.

    Args:
        plain: Uncompressed file.
        scratch: Folder for the table.
        path: The file as the user knows it, for messages.
        lifecycle: Only events with this transition; "" for all.

    Raises:
        EventsError: E216 to E219 if it is not an XES log with events.
    """
    _refuse_entities(plain, path)
    log = _Log()
    rows = scratch / "rows"
    try:
        with (
            rows.open("w", encoding="utf-8", newline="") as file,
            plain.open("rb") as source,
        ):
            writer = csv.writer(file, lineterminator="\n")
            for cells in _rows(source, log, path, lifecycle.casefold()):
                writer.writerow(cells)
    except etree.XMLSyntaxError as error:
        raise fail(
            "E216",
            f"the XML is broken: {_first_clause(error)}",
            f"{path}:{error.lineno or 1}",
            "Export the log again; the file may have been cut short.",
        ) from None
    if not log.event_count:
        raise _no_events(path, log, lifecycle)
    target = scratch / "events.csv"
    with target.open("wb") as whole:
        with (scratch / "head").open("w+", encoding="utf-8", newline="") as head:
            csv.writer(head, lineterminator="\n").writerow(log.columns)
        whole.write((scratch / "head").read_bytes())
        with rows.open("rb") as body:
            shutil.copyfileobj(body, whole)
    rows.unlink()
    return Table(
        "csv",
        path.name,
        files=(target,),
        originals=(str(path),),
        columns=tuple(log.columns),
        notes=log.notes(),
        has_times=log.has_times,
        is_padded=True,
    )


def _rows(
    source: IO[bytes], log: _Log, path: Path, lifecycle: str
) -> Iterator[list[str]]:
    """One row per event, trace by trace."""
    stream = etree.iterparse(
        source,
        events=("start", "end"),
        tag=("{*}log", "{*}trace", "{*}event"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    events: list[dict[str, str]] = []
    is_log = in_trace = False
    for action, element in stream:
        kind = _local(element.tag)
        if action == "start":
            is_log = is_log or (kind == "log" and element.getparent() is None)
            in_trace = in_trace or kind == "trace"
            continue
        if not is_log:
            break
        if kind == "event" and in_trace:
            events.append(log.values(element))
            element.clear()
        elif kind == "trace":
            in_trace = False
            yield from _trace_rows(log, element, events, lifecycle)
            _refuse_wide(log, path)
            events = []
            element.clear()
            parent = element.getparent()
            while parent is not None and len(parent) > 1:
                del parent[0]
    if not is_log:
        name = _local(stream.root.tag) if stream.root is not None else "?"
        raise fail(
            "E217",
            f"the XML is no XES log: its first element is <{name}>, not <log>",
            str(path),
            "Export the events as XES, CSV, JSON lines or Parquet.",
        )


def _trace_rows(
    log: _Log, element: Any, events: list[dict[str, str]], lifecycle: str
) -> Iterator[list[str]]:
    """Rows of one trace."""
    shared = log.trace(element)
    for event in events:
        if lifecycle and event.get(LIFECYCLE, lifecycle).casefold() != lifecycle:
            continue
        log.event_count += 1
        log.has_times = log.has_times or event.get(TIME, "")[:1].isdigit()
        yield log.row(shared | event)


def _refuse_wide(log: _Log, path: Path) -> None:
    """Attributes with a name of their own in each event would fill any memory."""
    if len(log.columns) > MAX_COLUMNS:
        raise fail(
            "E212",
            f"the events have more than {MAX_COLUMNS:,} different attributes",
            str(path),
            "Give attributes the same names in all events.",
        )


def _refuse_entities(plain: Path, path: Path) -> None:
    """XES needs no document type; one can only hold entities, which are a way to attack."""
    with plain.open("rb") as file:
        head = file.read(HEAD_BYTES).replace(b"\0", b"")
    start = _ELEMENT.search(head)
    before = head[: start.start()] if start else head
    if b"<!DOCTYPE" in before or b"<!ENTITY" in before:
        raise fail(
            "E219",
            "the XML declares a document type, which XES does not have and which can hide attacks",
            str(path),
            "Remove the line that begins with <!DOCTYPE if you trust the file.",
        )


def _first_clause(error: etree.XMLSyntaxError) -> str:
    """What the XML reader says, without its place and its advice to programmers."""
    said = (error.msg or "not XML").partition(", line ")[0]
    return _ADVICE.sub("", said).strip()


def _no_events(path: Path, log: _Log, lifecycle: str) -> EventsError:
    """Error for a log from which nothing is left."""
    if lifecycle and log.trace_count:
        return fail(
            "E218",
            f'no event has the lifecycle transition "{lifecycle}"',
            str(path),
            "Choose another transition, or leave it out.",
        )
    return fail(
        "E218",
        f"the log has no events in its {log.trace_count:,} traces",
        str(path),
        "Export the log again.",
    )
