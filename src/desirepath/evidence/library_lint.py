"""What to mend in a library of evidence, and in the links of maps to it. Mends nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from desirepath.errors import Problem, did_you_mean
from desirepath.evidence.library import EvidenceItem, Library
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
    found: list[tuple[Path, Problem]] = []
    for element in elements(journey_map):
        part = element.part
        if not isinstance(part, Statement):
            continue
        for number, name in enumerate(part.evidence):
            problem = _of_link(name, known)
            if problem is not None:
                found.append(((*element.path, "evidence", number), problem))
        if part.status == "supported" and not part.evidence:
            problem = Problem(
                "E334",
                "the statement is called supported, and no evidence is linked",
                hint="Add evidence: [id], or call it reasoned.",
            )
            found.append((element.path, problem))
    return tuple(found)


def _of_link(name: str, known: Mapping[str, EvidenceItem]) -> Problem | None:
    """What is wrong with one link."""
    if name not in known:
        return Problem(
            "E332",
            f'no item of evidence is called "{name}"',
            hint=did_you_mean(name, known),
        )
    if not known[name].counts:
        return Problem(
            "E333",
            f'"{name}" was drafted by a model and never counts as evidence',
            hint="Ask people or look at data, and link to that.",
        )
    return None


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
            found.append(
                Problem(
                    "E335",
                    f'the id "{one.id}" is given twice',
                    one.place,
                    "Give each item its own id.",
                )
            )
        seen.add(one.id)
        if journeys:
            found += _of_places(one, steps, ids)
        found += _of_people(one)
    return tuple(found)


def _of_places(
    one: EvidenceItem, steps: AbstractSet[str], statements: AbstractSet[str]
) -> Iterator[Problem]:
    """Steps and statements no map has."""
    if one.step and one.step not in steps:
        yield Problem(
            "E336",
            f'no map has a step "{one.step}"',
            one.place,
            did_you_mean(one.step, steps),
        )
    for name in (*one.supports, *one.against):
        if name not in statements:
            yield Problem(
                "E337",
                f'no map has a statement "{name}"',
                one.place,
                did_you_mean(name, statements),
            )


def _of_people(one: EvidenceItem) -> Iterator[Problem]:
    """People who can be known, and people nobody asked for permission."""
    if CONTACT.search(one.source) or CONTACT.search(one.text):
        yield Problem(
            "E338",
            "an e-mail address or a phone number stands here",
            one.place,
            "Write a pseudonym instead, such as: customer 7.",
        )
    if one.kind in TALKS and not one.permission and not one.text:
        yield Problem(
            "E339",
            "nothing says what this person allowed",
            one.place,
            'Add for example: permission: "may be quoted inside the company".',
        )
