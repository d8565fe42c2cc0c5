"""What each E7xx code means; a code never changes its meaning."""

from __future__ import annotations

from typing import Final

CODES: Final = {
    "E701": "there is a map of this id",
    "E702": "there is no map or version of this name",
    "E703": "the log of a map is damaged",
    "E704": "edits cannot be written",
    "E705": "another server has written edits of the same map",
    "E706": "a map has a version of this name",
    "E707": "an edit is too large",
    "E708": "an edit is not allowed",
}
