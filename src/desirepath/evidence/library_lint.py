"""What to mend in a library of evidence, and in the links of maps to it. Mends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desirepath.errors import Problem, did_you_mean
from desirepath.evidence.library import Library
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import Path, elements, with_statement_ids

# an e-mail address, or a number that begins as phone numbers do
CONTACT = re.compile(r"\S+@\S+\.\w|(?<!\d)(\+\d|0\d)[\d /()-]{6,}\d")
TALKS = ("interview", "transcript")


def used_by(library: Library, maps: Iterable[JourneyMap]) -> dict[str, tuple[str, ...]]:
    """Statements (``map/statement``) that link to each item or that it names."""
    found: dict[str, dict[str, None]] = {one.id: {} for one in library.items}
    for journey in maps:
        for element in elements(with_statement_ids(journey)):
            part = element.part
            if not isinstance(part, Statement):
                continue
            for one in library.items:
                named = (*one.supports, *one.against)
                if one.id in part.evidence or part.id in named:
                    found[one.id][f"{journey.id}/{part.id}"] = None
    return {name: tuple(users) for name, users in found.items()}


def link_problems(
    journey_map: JourneyMap, library: Library
) -> tuple[tuple[Path, Problem], ...]:
    """Links of a map that lead nowhere or to what does not count, with their path in the document."""
    known = {one.id: one for one in library.items}
    found = []
    for element in elements(journey_map):
        part = element.part
        if not isinstance(part, Statement):
            continue
        for number, name in enumerate(part.evidence):
            path = (*element.path, "evidence", number)
            if name not in known:
                what = f'no item of evidence is called "{name}"'
                problem = Problem("E332", what, hint=did_you_mean(name, known))
                found.append((path, problem))
            elif not known[name].counts:
                what = f'"{name}" was drafted by a model and never counts as evidence'
                hint = "Ask people or look at data, and link to that."
                found.append((path, Problem("E333", what, hint=hint)))
        if part.status == "supported" and not part.evidence:
            what = "the statement is called supported, and no evidence is linked"
            hint = "Add evidence: [id], or call it reasoned."
            found.append((element.path, Problem("E334", what, hint=hint)))
    return tuple(found)


def library_problems(
    library: Library, maps: Iterable[JourneyMap]
) -> tuple[Problem, ...]:
    """What to mend in the library itself: ids given twice, places no map has, people who can be known."""
    journeys = [with_statement_ids(one) for one in maps]
    steps = {step for journey in journeys for step in journey.step_ids()}
    ids = {s.id for journey in journeys for s in journey.all_statements() if s.id}
    found: list[Problem] = []
    seen: set[str] = set()
    for one in library.items:
        if one.id in seen:
            what, hint = f'the id "{one.id}" is given twice', "Give each item its own id."  # fmt: skip
            found.append(Problem("E335", what, one.place, hint))
        seen.add(one.id)
        if journeys and one.step and one.step not in steps:
            what = f'no map has a step "{one.step}"'
            found.append(Problem("E336", what, one.place, did_you_mean(one.step, steps)))  # fmt: skip
        for name in (*one.supports, *one.against) if journeys else ():
            if name not in ids:
                what = f'no map has a statement "{name}"'
                found.append(Problem("E337", what, one.place, did_you_mean(name, ids)))
        if CONTACT.search(one.source) or CONTACT.search(one.text):
            what = "an e-mail address or a phone number stands here"
            hint = "Write a pseudonym instead, such as: customer 7."
            found.append(Problem("E338", what, one.place, hint))
        if one.kind in TALKS and not one.permission and not one.text:
            what = "nothing says what this person allowed"
            hint = 'Add for example: permission: "may be quoted inside the company".'
            found.append(Problem("E339", what, one.place, hint))
    return tuple(found)
