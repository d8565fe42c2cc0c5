"""Which column of a table of feedback plays which role, with what spoke for it. Reads no answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desirepath.errors import did_you_mean
from desirepath.events.feedback.schema import FeedbackColumns, Sheet
from desirepath.events.feedback.sheets import PLAIN
from desirepath.events.fingerprints import NAMES, plain_name
from desirepath.events.schema import RoleChoice, fail
from desirepath.events.times import recognize_times

NONE = "none"
ROLES = ("customer", "case", "time", "at", "channel", "language", "question", "answer", "scale")  # fmt: skip
TIME_SHARE = 0.9
LOOKED_AT = 400
MIN_WORDS = 2.5  # an open answer has more words than a name on average
MIN_DIFFERENT_SHARE = 0.2
FEEDBACK_NAMES: Mapping[str, tuple[str, ...]] = {
    "customer": (
        "externalreference", "externaldatareference", "customdata1", "recipientemail",
        *NAMES["customer"], "customerno", "customernumber",
    ),
    "case": tuple(name for name in NAMES["case"] if "ticket" not in name and "conversation" not in name),
    "time": (
        "submittedat", "submitdateutc", "submitdate", "submitted", "recordeddate", "answeredat",
        "reviewanswertimestamp", "respondedat", "completedat", "enddate", "openedat", "createdat",
        "reviewcreationdate", "reviewdate", "at", *NAMES["time"],
    ),
    "at": (
        "touchpoint", "touchpointid", "touchpointname", "step", "stepid", "stepname", "journeystep",
        "kontaktpunkt", "schritt", "puntodecontacto", "pontodecontato", "pointdecontact",
    ),
    "channel": ("surveychannel", "feedbackchannel", *NAMES["channel"]),
    "language": ("userlanguage", "language", "lang", "locale", "sprache", "idioma", "langue"),
    "question": ("question", "questiontext", "questionname", "frage", "pregunta", "pergunta", "item"),
    "answer": ("answer", "response", "answertext", "antwort", "respuesta", "resposta", "reponse", "value"),
    "scale": ("scale", "answerscale", "skala", "escala", "echelle"),
}  # fmt: skip
TEXT_NAMES = frozenset((
    "comment", "comments", "text", "feedback", "review", "reviewtext", "reviewcomment", "message",
    "reviewcommentmessage", "reviewcommenttitle", "verbatim", "openended", "kommentar", "bemerkung",
    "freitext", "comentario", "comentarios", "commentaire", "remarks", "content", "ticketbody",
    "description", "openanswer",
))  # fmt: skip
# people, machines and things about the survey; words there are no feedback
NOT_ANSWERS = re.compile(
    r"^(ip|ipaddress|email.*|.*name|author.*|location.*|latitude|longitude|url|link|.*address|"
    r"startdate|enddate|recordeddate|submitdate.*|progress|duration.*|finished|distributionchannel|"
    r"responseid|respondentid|collectorid|networkid|externalreference|customdata\d*|"
    r"recipient.*|status|device.*|.*country|.*city)$"
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Column of each role.

    Attributes:
        columns: Name of the column by role; roles that nothing plays are missing.
        choices: The same for the reader, with what spoke for it.
    """

    columns: Mapping[str, str]
    choices: tuple[RoleChoice, ...]


def choose_roles(sheet: Sheet, given: FeedbackColumns) -> Roles:
    """Column of each role: as given, by name, and times by their shape.

    Raises:
        EventsError: E251 if a column that is named is not there.
    """
    found: dict[str, str] = {}
    choices: list[RoleChoice] = []
    for role in ROLES:
        asked = getattr(given, role)
        if asked == NONE:
            continue
        if asked is not None:
            known_columns(
                sheet, (asked,) if asked in sheet.columns else asked.split("+")
            )
            fitting, why = [asked], "given"
        else:
            fitting = _by_name(sheet, role, set(found.values()))
            why = "by name"
            if role == "time" and not fitting:
                fitting, why = _by_shape(sheet, set(found.values())), "holds times"
        if fitting:
            found[role] = fitting[0]
            choices.append(RoleChoice(role, fitting[0], why, tuple(fitting[1:])))
    if "question" not in found or "answer" not in found:
        for role in ("question", "answer"):
            found.pop(role, None)
        choices = [one for one in choices if one.role not in ("question", "answer")]
    return Roles(found, tuple(choices))


def known_columns(sheet: Sheet, names: Sequence[str]) -> None:
    """Nothing, where all columns are there.

    Raises:
        EventsError: E251 for one that is not.
    """
    for name in names:
        if name not in sheet.columns:
            raise fail(
                "E251",
                f'no column is called "{name}"',
                sheet.place,
                did_you_mean(name, sheet.columns),
            )


def _by_name(sheet: Sheet, role: str, taken: set[str]) -> list[str]:
    """Columns whose name fits a role, best first; empty columns never fit."""
    plain = {name: plain_name(name) for name in sheet.columns if name not in taken}
    return [
        name
        for wanted in dict.fromkeys(FEEDBACK_NAMES[role])
        for name, found in plain.items()
        if found == wanted and _has_values(sheet, name)
    ]


def _has_values(sheet: Sheet, name: str) -> bool:
    return any(value.strip() for value in values_of(sheet, name))


def _by_shape(sheet: Sheet, taken: set[str]) -> list[str]:
    """Columns of dates, in the order of the table; plain numbers are no dates here."""
    found = []
    for name in sheet.columns:
        if name in taken:
            continue
        rule, share = recognize_times(values_of(sheet, name)[:LOOKED_AT])
        if rule is not None and rule.kind != "epoch" and share >= TIME_SHARE:
            found.append(name)
    return found


def values_of(sheet: Sheet, name: str) -> tuple[str, ...]:
    """Texts of a column."""
    return sheet.values[sheet.columns.index(name)]


def joined_values(sheet: Sheet, name: str) -> list[str]:
    """Texts of a column, or of several joined by "+"; empty where one of them is."""
    if name in sheet.columns:
        return list(values_of(sheet, name))
    parts = [values_of(sheet, part) for part in name.split("+")]
    return [
        "+".join(row) if all(cell.strip() for cell in row) else ""
        for row in zip(*parts, strict=True)
    ]


def is_open_answer(sheet: Sheet, name: str) -> bool:
    """True for a column in which customers write: by its name, or by many different longer texts."""
    plain = plain_name(name)
    if plain in TEXT_NAMES:
        return True
    if NOT_ANSWERS.match(plain):
        return False
    filled = [value for value in values_of(sheet, name) if value.strip()][:LOOKED_AT]
    if not filled or recognize_times(filled)[1] >= TIME_SHARE:
        return False
    words = sum(len(value.split()) for value in filled) / len(filled)
    different = len(set(filled)) / len(filled)
    needed = MIN_WORDS if sheet.looks_like == PLAIN else 1.5
    return words >= needed and different >= MIN_DIFFERENT_SHARE and plain != "title"
