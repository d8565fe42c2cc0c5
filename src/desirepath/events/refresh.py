"""`refresh_events`: keep an event store up to date by reading only what is new."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any, Unpack

import numpy as np

from desirepath.errors import EventsError
from desirepath.events import clean
from desirepath.events.event_store import (
    State,
    is_store,
    locked,
    open_store,
    save_state,
)
from desirepath.events.learned import (
    asked_again,
    check_same,
    learn,
)
from desirepath.events.merging import (
    has_other_customers,
    merge,
)
from desirepath.events.pieces import (
    Changes,
    Piece,
    check_unchanged,
    compare_files,
    cut_out,
    whole_files,
)
from desirepath.events.raw import no_raw, read_raw
from desirepath.events.read import ReadOptions
from desirepath.events.schema import (
    Asked,
    Part,
    fail,
)
from desirepath.events.sequences import IntArray
from desirepath.events.settled import Work, engine_version, ranks, settled
from desirepath.events.sources.files import find_tables
from desirepath.events.store_rules import Rules, rules_of
from desirepath.events.touched import (
    Added,
    OtherCustomersError,
    added,
    merge_all,
    newly_overfull,
)
from desirepath.steps import step

FILES_AT_ONCE = 64
BYTES_AT_ONCE = 1024**3


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did.

    Attributes:
        new_files: Files that were not known.
        grown_files: Files of which only what was added was read.
        unchanged_files: Files that were not read.
        gone_files: Files that are no longer there; their events stay.
        moved_files: Files that are known under another name; they were not read.
        why_whole: Why everything was read, "" where only what is new was.
        events_before: Events in the store before.
        events: Events in the store now.
        cases: Cases in the store now.
        touched_cases: Cases that have events of what was read.
    """

    new_files: int
    grown_files: int
    unchanged_files: int
    gone_files: tuple[str, ...]
    moved_files: tuple[str, ...]
    why_whole: str
    events_before: int
    events: int
    cases: int
    touched_cases: int

    @property
    def is_new(self) -> bool:
        """True if anything was read."""
        return bool(self.new_files or self.grown_files or self.why_whole)


@step("refreshing the event store")
def refresh_events(
    store: str | os.PathLike[str],
    source: object = None,
    *,
    is_anew: bool = False,
    **options: Unpack[ReadOptions],
) -> Refreshed:
    """Bring an event store up to date; only new files and lines added to known ones are read.

    The store can be read wherever events can; it holds what `read_events` would give for all files.
    Late events find their place however late they come. A file that was changed in another way than by
    added lines makes everything be read again, since what it said before cannot be taken back.

    Args:
        store: Folder of the store; made where it is missing.
        source: Files or folders, as for `read_events`; None for those the store was made from.
        is_anew: Read everything again and forget files that are gone.
        options: Those of `read_events`, when the store is made; it remembers them.

    Raises:
        EventsError: E291 to E299 if the store cannot be refreshed; E2xx as `read_events` would. The
            store is then as it was.
    """
    path = Path(store)
    with locked(path):
        before = open_store(path) if is_store(path) else None
        rules = rules_of(
            before.rules if before else None, source, options, is_anew=is_anew
        )
        files = [(one, file) for one, file, _ in rules.listed()]
        known = before.pieces if before and not is_anew else ()
        changes = compare_files(known, files)
        why = _why_whole(before, rules, changes, is_anew=is_anew)
        if why:
            _check_all_there(path, why, changes.gone)
        if not why and not changes.new and before:
            return _told(before, before, changes, "", 0)
        start = None if why else before
        asked = [one for _, one in rules.sources]
        with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
            reader = _Reader(rules, asked, Path(folder))
            work: Work | None = None
            more: Added | None = None
            new = changes.new
            try:
                if start is not None:
                    work = reader.read(_start(start), new)
                    with step("settling the cases of new rows"):
                        more = added(start, work, rules)
                    if more is None:
                        with step("merging"):
                            merge_all(start, work, rules)
            except (OtherCustomersError, EventsError) as error:
                why = _why_again(error, changes)
                if not why:
                    raise
                work = more = None
                _check_all_there(path, why, changes.gone)
            if work is None:
                new = whole_files(files)
                work = reader.whole(new)
        for piece in new:
            check_unchanged(piece)
        if more is None:
            with step("settling order and duplicates"):
                more = Added(*settled(work, rules), work.raw)
        with step("writing the new state"):
            save_state(path, more.state, more.sequences, more.raw)
        touched = len(reduce(clean.union_of, work.touched)) if work.touched else 0
        return _told(before, more.state, changes, why if before else "", touched)


def _why_again(error: Exception, changes: Changes) -> str:
    """Why everything must be read after reading only what is new failed; "" where that would not help."""
    if isinstance(error, OtherCustomersError):
        return "a case has another customer in a new file"
    if changes.grown:
        return "added lines cannot be understood by themselves"
    return ""


def _check_all_there(path: Path, why: str, gone: Sequence[str]) -> None:
    """Nothing, if all files that were ever read can be read again.

    Raises:
        EventsError: E297 if some are gone.
    """
    if gone:
        raise fail(
            "E297",
            f"everything must be read again ({why}), but {_some(gone)} can no longer be read",
            str(path),
            "Bring these files back, or leave their events out with --anew.",
        )


def _start(before: State | None) -> Work:
    """What is known before anything is read; the rows of the store are left where they are."""
    if before is None:
        return Work(no_raw(), [], {}, set())
    return Work(
        no_raw(),
        list(before.pieces),
        dict(enumerate(before.learned)),
        set(before.overfull),
    )


def _why_whole(
    before: State | None, rules: Rules, changes: Changes, *, is_anew: bool
) -> str:
    """Why everything must be read; "" where it is enough to read what is new."""
    if before is None or is_anew:
        return "as asked" if is_anew else "the store is new"
    changed = f"{_some(changes.changed)} changed in another way than by added lines"
    reasons = (
        (bool(changes.changed), changed),
        (rules.is_recipe_changed(before.rules), "the recipe was changed"),
        (before.engine != engine_version(), "the engine has another version"),
        (
            rules.identity is not None and bool(changes.new),
            "customers are joined by keys, which new files may join anew",
        ),
    )
    return next((why for is_so, why in reasons if is_so), "")


class _Reader:
    """Reads pieces and merges them with what is known."""

    def __init__(self, rules: Rules, asked: Sequence[Asked], scratch: Path) -> None:
        self.rules = rules
        self.asked = asked
        self.scratch = scratch
        self.count = 0

    def whole(self, pieces: Sequence[Piece]) -> Work:
        """Rows of all pieces; read at once where one must know of the other."""
        if self.rules.identity is None:
            try:
                return self.read(_start(None), pieces)
            except OtherCustomersError:
                pass
        return self.read(_start(None), pieces, is_at_once=True)

    def read(
        self, work: Work, pieces: Sequence[Piece], *, is_at_once: bool = False
    ) -> Work:
        """Rows of all pieces together with those known."""
        order = ranks([*work.pieces, *pieces])
        for batch in _batches(pieces, set(work.learned), is_at_once=is_at_once):
            self._add(work, batch, order, is_at_once=is_at_once)
        return work

    def _add(
        self,
        work: Work,
        batch: Sequence[Piece],
        order: IntArray,
        *,
        is_at_once: bool,
    ) -> None:
        """Read some pieces together and merge them."""
        given = self.rules.given_segments()
        read = read_raw(
            [self._part(piece, work.learned) for piece in batch],
            self._folder(),
            by_customer=self.rules.by_customer,
            given=given,
            identity=self.rules.identity,
            without_ids=self.rules.without_ids,
        )
        if not read.has_times:
            raise fail(
                "E299",
                "there are no times by which later events could find their place",
                batch[0].path,
                "Read these events whole wherever they are needed, or give their column of times with --time.",
            )
        for piece, one in zip(batch, read.reads, strict=True):
            if piece.source not in work.learned:
                work.learned[piece.source] = learn(one)
            elif not is_at_once:
                check_same(one, work.learned[piece.source])
        offset = len(work.pieces)
        for i, (piece, one) in enumerate(zip(batch, read.reads, strict=True)):
            work.pieces.append(
                replace(
                    piece,
                    columns=one.columns,
                    row_count=one.row_count,
                    dropped=dict(read.dropped) if i == 0 else {},
                    plain_count=read.plain_count if i == 0 else 0,
                )
            )
        raw = replace(read.raw, pieces=read.raw.pieces + np.uint32(offset))
        if not is_at_once and has_other_customers(work.raw, raw):
            raise OtherCustomersError
        work.overfull |= read.overfull
        work.touched.append(raw.case_keys[np.diff(raw.offsets) > 0])
        with step("merging"):
            work.raw = merge(work.raw, raw, order, given)
        work.overfull |= newly_overfull(work.raw, raw)

    def _part(self, piece: Piece, learned: Mapping[int, Mapping[str, Any]]) -> Part:
        """The piece as a table, with what is asked of it."""
        folder = self._folder()
        path = cut_out(piece, folder / "added") if piece.from_byte else Path(piece.path)
        found = find_tables([path], folder, lifecycle=self.rules.lifecycle)[0]
        asked = self.asked[piece.source]
        if piece.source in learned:
            asked = asked_again(asked, learned[piece.source])
        return Part(replace(found, originals=(piece.path,)), asked)

    def _folder(self) -> Path:
        """A folder of our own."""
        self.count += 1
        folder = self.scratch / f"{self.count}"
        folder.mkdir()
        return folder


def _batches(
    pieces: Sequence[Piece], learned: set[int], *, is_at_once: bool
) -> Iterator[list[Piece]]:
    """Pieces to read together; the first of a source nothing is known of comes alone."""
    if is_at_once:
        yield list(pieces)
        return
    batch: list[Piece] = []
    known = set(learned)
    for piece in pieces:
        if piece.source not in known:
            known.add(piece.source)
            yield [piece]
            continue
        size = sum(one.to_byte - one.from_byte for one in batch)
        if len(batch) == FILES_AT_ONCE or (batch and size > BYTES_AT_ONCE):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


def _told(
    before: State | None, now: State, changes: Changes, why: str, touched: int
) -> Refreshed:
    """What a refresh did."""
    return Refreshed(
        new_files=len(changes.new) - changes.grown,
        grown_files=changes.grown,
        unchanged_files=changes.unchanged,
        gone_files=changes.gone,
        moved_files=changes.moved,
        why_whole=why,
        events_before=before.counts["events"] if before else 0,
        events=now.counts["events"],
        cases=now.counts["cases"],
        touched_cases=touched,
    )


def _some(names: Iterable[str], shown: int = 3) -> str:
    """The first names and how many more there are."""
    listed = list(names)
    more = len(listed) - shown
    return ", ".join(listed[:shown]) + (f" and {more} more" if more > 0 else "")
