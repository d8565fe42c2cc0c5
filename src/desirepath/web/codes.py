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
    "E708": "this is not allowed",
    "E709": "too many tries",
    "E710": "name or password are wrong",
    "E711": "a first key or a link is wrong or has ended",
    "E712": "a password is too short or too long",
    "E713": "somebody has this name",
    "E714": "nobody has this id",
    "E715": "no administrator would be left",
    "E716": "another site asks in somebody's name",
    "E717": "the request is not what was expected",
    "E718": "the map has changed since",
    "E719": "a value is missing or wrong",
    "E720": "the database of the server cannot be opened",
    "E721": "what the server needs is not installed",
    "E722": "a database or backup is of another version",
    "E723": "another server is using the database",
    "E724": "a backup is damaged",
    "E725": "the database is not empty",
    "E726": "others may read a file that holds secrets",
    "E727": "others could reach the server, and it is not safe for them",
    "E730": "nothing stands at this address",
    "E731": "this address does not take this method",
    "E740": "this cannot be shared between maps",
    "E741": "a picture cannot be read",
    "E742": "a picture is too large",
}
