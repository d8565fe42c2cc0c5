"""Sticky notes that wait to be put on the map: pasted as lines, or taken from the file of a whiteboard."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Mapping, Sequence
from html import unescape

from pydantic import Field
from sqlalchemy import Engine, delete, func, insert, select, update

from desirepath.errors import Problem, WebError
from desirepath.maps.edits.board import Board
from desirepath.web.workshop.forms import Form
from desirepath.web.workshop.tables import METADATA, NOTES

MOST_NOTES = 500  # of a map
KEPT_US = 86_400 * 1_000_000  # after they became cards
LONGEST = 1000
MARKS = ",;\t|"
# Headers of exports of whiteboards, in the languages they come in.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "note", "notes", "sticky", "sticky note", "sticky notes", "sticky text", "inhalt", "notiz", "title", "titel", "message", "card"),
    "color": ("color", "colour", "background", "background color", "bg color", "fill", "sticky color", "farbe", "hintergrund"),
    "x": ("x", "pos x", "position x", "x position", "left", "positionx"),
    "y": ("y", "pos y", "position y", "y position", "top", "positiony"),
    "author": ("author", "created by", "creator", "user", "owner", "last updated by", "autor", "erstellt von", "verfasser"),
}  # fmt: skip
BULLET = re.compile(r"^\s*(?:[-*•–·▪‣]|\(?\d{1,3}[.)])\s+")
TAG = re.compile(r"</?(?:p|br|div|span|strong|em|b|i|u|s|a|ul|ol|li)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)  # fmt: skip
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Note(Form):
    """A sticky note.

    Attributes:
        text: What it says.
        color: As the whiteboard names it, "" where nobody says.
        x: Where it was on the whiteboard; null where nobody says.
        y: The same, downwards.
        author: Who wrote it, "" where nobody says.
        times: How many notes became this one.
        lane: Where somebody put it, "" until then.
        at: Stage or step somebody put it at, "" until then.
        put: Ref of the card it became, "" until then. It waits again where that is taken off.
        put_us: When it became one, microseconds since 1970 UTC.
    """

    text: str = Field(min_length=1, max_length=LONGEST)
    color: str = Field("", max_length=40)
    x: float | None = None
    y: float | None = None
    author: str = Field("", max_length=200)
    times: int = Field(1, ge=1)
    lane: str = Field("", max_length=200)
    at: str = Field("", max_length=400)
    put: str = Field("", max_length=400)
    put_us: int = 0

    def waits(self, board: Board) -> bool:
        """Whether it is not on a map, or no longer."""
        return not (self.put and board.is_shown(self.put))


class Notes:
    """Sticky notes in the database of the edit log.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        METADATA.create_all(engine)

    def all(self, map_id: str) -> dict[str, Note]:
        """Notes of a map by id, in the order they came."""
        wanted = select(NOTES).where(NOTES.c.map == map_id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(NOTES.c.pos, NOTES.c.id))
            return {row.id: Note.model_validate_json(row.said) for row in rows}

    def add(self, board: Board, notes: Sequence[Note]) -> None:
        """Put notes behind those that wait.

        Raises:
            WebError: E788 there would be too many.
        """
        map_id = board.map_id
        count = sum(one.waits(board) for one in self.all(map_id).values())
        with self._engine.begin() as connection:
            wanted = select(func.max(NOTES.c.pos)).where(NOTES.c.map == map_id)
            last = connection.scalar(wanted)
            if count + len(notes) > MOST_NOTES:
                what = f"there is room for {MOST_NOTES} notes, these would make {count + len(notes)}"
                hint = "Put those that are sorted on the map first."
                raise WebError(Problem("E788", what, hint=hint))
            rows = [
                {"id": secrets.token_hex(8), "map": map_id, "pos": n, "said": one.model_dump_json()}
                for n, one in enumerate(notes, (last or 0) + 1)
            ]  # fmt: skip
            if rows:
                connection.execute(insert(NOTES), rows)

    def change(self, map_id: str, changes: Mapping[str, Mapping[str, object]]) -> None:
        """Other words, other lanes, other places; all or none.

        Args:
            map_id: The map.
            changes: What changes, by the id of a note.

        Raises:
            WebError: E787 there is no such note.
        """
        with self._engine.begin() as connection:
            for note_id, values in changes.items():
                one = (NOTES.c.map == map_id) & (NOTES.c.id == note_id)
                wanted = select(NOTES.c.said).where(one).with_for_update()
                said = connection.scalar(wanted)
                if said is None:
                    raise _missing()
                note = Note.model_validate_json(said).model_copy(update=dict(values))
                row = {"said": note.model_dump_json()}
                connection.execute(update(NOTES).where(one).values(**row))

    def put(self, board: Board, refs: Mapping[str, str], now_us: int) -> None:
        """Note which cards some notes became; those that became one a day ago are forgotten.

        Args:
            board: The map.
            refs: Refs of the cards, by the id of a note.
            now_us: When, microseconds since 1970 UTC.

        Raises:
            WebError: E787 there is no such note.
        """
        changes = {one: {"put": ref, "put_us": now_us} for one, ref in refs.items()}
        self.change(board.map_id, changes)
        old = [
            one
            for one, note in self.all(board.map_id).items()
            if not note.waits(board) and note.put_us < now_us - KEPT_US
        ]
        self.remove(board.map_id, old)

    def merge(self, map_id: str, into: str, others: Sequence[str]) -> None:
        """Make one note of several that say the same.

        Raises:
            WebError: E787 there is no such note.
        """
        found = self.all(map_id)
        if into not in found:
            raise _missing()
        gone = [one for one in dict.fromkeys(others) if one in found and one != into]
        times = found[into].times + sum(found[one].times for one in gone)
        self.change(map_id, {into: {"times": times}})
        self.remove(map_id, gone)

    def remove(self, map_id: str, ids: Sequence[str]) -> None:
        """Take notes out."""
        with self._engine.begin() as connection:
            gone = (NOTES.c.map == map_id) & NOTES.c.id.in_(list(ids))
            connection.execute(delete(NOTES).where(gone))


def _missing() -> WebError:
    hint = "Somebody put it on the map, or took it out."
    return WebError(Problem("E787", "there is no such note", hint=hint))


def notes_of(text: str) -> list[Note]:
    r"""Notes in what was pasted or in a file: a table with a header, or a note a line.

    Args:
        text: Lines, or CSV with a column of texts; colors, places and authors are read where there are any.

    Raises:
        WebError: E788 there is no text in it, or there are too many notes.

    Examples:
        >>> [one.text for one in notes_of("- Too slow\n\n2. Where is my parcel?")]
        ['Too slow', 'Where is my parcel?']
        >>> notes_of("Text;Color;X\nToo slow;yellow;120\n")[0].color
        'yellow'
    """
    rows = _table(text.removeprefix("\ufeff"))
    if rows is None:
        lines = (
            BULLET.sub("", one) for one in text.removeprefix("\ufeff").splitlines()
        )
        rows = [{"text": one} for one in lines]
    found = [note for row in rows if (note := _note(row)) is not None]
    if not found:
        hint = "Paste a note a line, or a CSV file with a column called text."
        raise WebError(Problem("E788", "there is no text in it", hint=hint))
    if len(found) > MOST_NOTES:
        what = f"these are {len(found)} notes, at most {MOST_NOTES} fit"
        raise WebError(Problem("E788", what, hint="Take a part of them."))
    return found


def _table(text: str) -> list[dict[str, str]] | None:
    """Rows of a table by what their columns hold; None where it is none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(MARKS, key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=mark)
    try:
        header = [_column(name) for name in next(reader, [])]
        if "text" not in header or (len(header) == 1 and not _is_header(first)):
            return None
        return [
            {name: cell for name, cell in zip(header, row, strict=False) if name}
            for row in reader
        ]
    except csv.Error:
        return None


def _is_header(line: str) -> bool:
    return line.strip().strip('"').lower() in ("text", "content", "sticky note", "notiz")  # fmt: skip


def _column(name: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", name.strip().lower())
    return next((key for key, names in HEADERS.items() if plain in names), "")


def _note(row: Mapping[str, str]) -> Note | None:
    text = unescape(TAG.sub(" ", row.get("text", "")))
    text = " ".join(CONTROL.sub(" ", text).split())[:LONGEST].strip()
    if not text:
        return None
    return Note(
        text=text,
        color=_plain(row.get("color", ""), 40).lower(),
        x=_number(row.get("x", "")),
        y=_number(row.get("y", "")),
        author=_plain(row.get("author", ""), 200),
    )


def _plain(cell: str, longest: int) -> str:
    return " ".join(CONTROL.sub(" ", cell).split())[:longest]


def _number(cell: str) -> float | None:
    text = cell.strip().replace(",", ".")
    return float(text) if NUMBER.fullmatch(text) else None
