"""What each E1xx code means; a code never changes its meaning."""

from __future__ import annotations

from typing import Final

CODES: Final = {
    "E101": "the file cannot be opened",
    "E102": "the file is not UTF-8 text",
    "E103": "the file is larger than a map can be",
    "E104": "the text is not valid YAML or JSON",
    "E105": "anchors and aliases are not allowed",
    "E106": "tags are not allowed",
    "E107": "nested too deeply",
    "E108": "a key is given twice",
    "E109": "the file is not one mapping of keys and values",
    "E110": "the format line is missing or names something else",
    "E111": "the format is newer than this version of desirepath",
    "E112": "no element has this name",
    "E113": "unknown key",
    "E114": "a key is missing",
    "E115": "a value is of the wrong kind",
    "E116": "a word is not one of the allowed words",
    "E117": "a share or a duration is not written with its unit",
    "E118": "a number is outside its range",
    "E119": "the parts of a claim do not fit together",
    "E120": "an id is given twice",
    "E121": "an id contains characters that references cannot hold",
    "E122": "the file exists already",
    "E123": "no template has this name",
    "E124": "a value cannot be written to a file",
    "E125": "the text is not a reference to an element",
    "E126": "the file cannot be written",
    "E127": "the existing file is not a map and is left alone",
    "E128": "a persona file and its id differ",
    "E129": "a position in a row is not one",
    "E130": "an edit puts something where it cannot stand",
    "E131": "others have changed since what an undo would take back",
}
