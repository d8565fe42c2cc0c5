"""A page as a browser keeps it: what the server said, and edits of its own that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desirepath.errors import DesirepathError
from desirepath.maps.edits.apply import apply_edit
from desirepath.maps.edits.board import Board
from desirepath.maps.edits.commands import Edit, edit_data, edit_of


@dataclass
class Page:
    """One page.

    Attributes:
        board: What the server confirmed.
        seq: Number of the last edit in it.
        pending: Own edits without an answer yet, in order.
        undo: What takes back each own edit that was saved, newest last.
        denied: Own edits that were refused, with why.
        lost: Values of others that own edits wrote over.
    """

    client: str
    board: Board | None = None
    epoch: str = ""
    seq: int = 0
    sent: int = 0
    pending: dict[int, Edit] = field(default_factory=dict)
    undo: list[Edit] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    lost: list[Mapping[str, Any]] = field(default_factory=list)

    def hello(self) -> dict[str, Any]:
        return {"epoch": self.epoch, "seq": self.seq} if self.board else {}

    def edit(self, edit: Edit) -> dict[str, Any]:
        """A new edit of this page, to be sent."""
        self.sent += 1
        self.pending[self.sent] = edit
        return self.message(self.sent)

    def message(self, n: int) -> dict[str, Any]:
        return {"say": "edit", "n": n, "edit": edit_data(self.pending[n])}

    def hear(self, frame: Iterable[Mapping[str, Any]]) -> None:
        for message in frame:
            match message["say"]:
                case "hello":
                    self._hello(message)
                case "edit":
                    self._apply(message)
                    if message["client"] == self.client:
                        self.pending.pop(message["n"], None)
                case "saved":
                    if self.pending.pop(message["n"], None) is not None:
                        self.undo.append(edit_of(message["inverse"]))
                        self.lost += message["replaced"]
                    if message["seq"] > self.seq:
                        self._apply(message)
                case "denied":
                    self.pending.pop(message["n"], None)
                    self.denied.append(message["why"])

    def _hello(self, message: Mapping[str, Any]) -> None:
        if "board" in message:
            self.board, self.seq = Board.from_dict(message["board"]), message["seq"]
        for one in message.get("edits", ()):
            self._apply(one)
            if one["client"] == self.client:
                self.pending.pop(one["n"], None)
        assert self.seq == message["seq"]
        self.epoch = message["epoch"]

    def _apply(self, message: Mapping[str, Any]) -> None:
        assert self.board is not None
        assert message["seq"] == self.seq + 1, "an edit was left out"
        self.board = apply_edit(self.board, edit_of(message["edit"])).board
        self.seq = message["seq"]

    def view(self) -> Board:
        """What its person sees: the confirmed map with the own edits on top."""
        board = self.board
        assert board is not None
        for edit in self.pending.values():
            try:
                board = apply_edit(board, edit).board
            except DesirepathError:
                continue
        return board
