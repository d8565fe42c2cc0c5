"""Files of what people told, read with file and line of every mistake; and the facts they give."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.evidence.facts import Fact
from desirepath.evidence.told import Anecdote, AnecdoteFile, Interview, ItemFile, Said
from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import Path as ElementPath
from desirepath.maps.refs import dotted
from desirepath.maps.source import Node, place
from desirepath.maps.storage import read_text
from desirepath.maps.validation import validate
from desirepath.maps.yaml_source import parse_yaml

P = TypeVar("P", bound=Part)
LIST_KEYS = ("supports", "against")
NO_MAPPING = "E109"
NEGATIVE, POSITIVE = "negative", "positive"


def read_anecdotes(file: Path) -> tuple[tuple[Anecdote, str], ...]:
    """Anecdotes of a YAML or CSV file, each with its place.

    Raises:
        MapError: up to 20 problems, each with file and line; E331 for columns nobody knows.
    """
    if file.suffix.lower() == ".csv":
        found, lines = _csv_anecdotes(file)
        return tuple((one, f"{file}:{n}") for one, n in zip(found, lines, strict=True))
    data, tree = read_part(AnecdoteFile, file, "anecdotes:")
    places = (
        f"{file}:{tree.line_at(('anecdotes', n))}" for n in range(len(data.anecdotes))
    )
    return tuple(zip(data.anecdotes, places, strict=True))


def read_interview(file: Path) -> tuple[Interview, Callable[[int], str]]:
    """Interview of a YAML file, and where its quotes stand.

    Raises:
        MapError: up to 20 problems, each with file and line.
    """
    data, tree = read_part(Interview, file, "who: a pseudonym")
    return data, lambda n: f"{file}:{tree.line_at(('quotes', n))}"


def read_items(file: Path) -> tuple[ItemFile, Callable[[int], str]]:
    """Other items of evidence, and where each stands.

    Raises:
        MapError: up to 20 problems, each with file and line.
    """
    data, tree = read_part(ItemFile, file, "items:")
    return data, lambda n: f"{file}:{tree.line_at(('items', n))}"


def read_part(model: type[P], file: Path, first: str) -> tuple[P, Node]:
    """Part of a YAML file, with its tree.

    Args:
        model: What the file holds.
        file: The file.
        first: How it begins, for the hint where it is no mapping.

    Raises:
        MapError: E101 to E119 as for a map.
    """
    try:
        tree = parse_yaml(read_text(file), str(file))
    except MapError as error:
        if error.code == NO_MAPPING:
            problem = replace(error.problems[0], hint=f"Start with: {first}")
            raise MapError(problem) from None
        raise
    return validate(model, tree.data(), _in_yaml(file, tree)), tree


def _in_yaml(file: Path, tree: Node) -> Callable[[ElementPath], tuple[int, str]]:
    def locate(path: ElementPath) -> tuple[int, str]:
        line = tree.line_at(path)
        return line, place(str(file), line, path)

    return locate


def _csv_anecdotes(file: Path) -> tuple[tuple[Anecdote, ...], list[int]]:
    text = read_text(file)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=mark)
    header = [re.sub(r"[\s-]+", "_", name.strip().lower()) for name in next(reader, [])]
    unknown = [name for name in header if name and name not in Anecdote.model_fields]
    if not header:
        raise MapError(Problem("E331", "the file has no header", f"{file}:1", _HEADER))
    if unknown:
        raise MapError(*(_unknown(name, file) for name in unknown))
    rows: list[Mapping[str, object]] = []
    lines: list[int] = []
    line = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append(_values(dict(zip(header, row, strict=False))))
            lines.append(line)
        line = reader.line_num + 1

    def locate(path: ElementPath) -> tuple[int, str]:
        number = path[1] if len(path) > 1 and isinstance(path[1], int) else None
        at = 1 if number is None else lines[number]
        return at, f"{file}:{at} {dotted(path[2:])}".rstrip()

    return validate(AnecdoteFile, {"anecdotes": rows}, locate).anecdotes, lines


def _unknown(name: str, file: Path) -> Problem:
    hint = did_you_mean(name, Anecdote.model_fields)
    return Problem("E331", f'no column is called "{name}"', f"{file}:1", hint)


_HEADER = "Write a header such as: told_by_role,heard_from,when,step,what_happened"


def _values(row: Mapping[str, str]) -> Mapping[str, object]:
    """Cells as values; empty ones are left out, numbers are numbers, ids are parted by blanks."""
    found: dict[str, object] = {}
    for name, cell in row.items():
        text = cell.strip()
        if not text:
            continue
        if name in LIST_KEYS:
            found[name] = re.split(r"[\s;,]+", text)
        elif name == "heard_from" and re.fullmatch(r"\d{1,9}", text):
            found[name] = int(text)
        elif name == "sentiment" and re.fullmatch(r"[-+]?\d(\.\d+)?", text):
            found[name] = float(text)
        else:
            found[name] = text
    return found


def told_facts(
    journey_map: JourneyMap,
    anecdotes: Iterable[Anecdote],
    interviews: Iterable[Interview],
) -> Iterator[Fact]:
    """Counts of what was told of each step: they support, they never confirm, so they have no interval.

    `told` (source ``anecdotes``): customers that staff heard it from, n is the number of anecdotes; once
    for all and once for each `how_often` as target. `said` (source ``interviews``): people who spoke of
    the step, n the same; for all, and for those who spoke badly or well of it (target ``negative``,
    ``positive``). No words are in them.
    """
    stories, talks = list(anecdotes), list(interviews)
    for step in journey_map.steps():
        here = [one for one in stories if one.step == step.id]
        often = dict.fromkeys(one.how_often for one in here if one.how_often)
        for target in ("", *often) if here else ():
            mine = [one for one in here if target in ("", one.how_often)]
            heard = sum(one.heard_from for one in mine)
            days = [one.when for one in mine]
            yield _count(step.id, "told", target, heard, len(mine), days, "anecdotes")
        spoken = [(t, said) for t in talks for said in t.quotes if said.step == step.id]
        for target in ("", NEGATIVE, POSITIVE):
            kept = [(t, said) for t, said in spoken if _is_meant(said, target)]
            people = {t.who for t, _ in kept}
            if people:
                days = [t.date for t, _ in kept]
                count = len(people)
                yield _count(step.id, "said", target, count, count, days, "interviews")


def _is_meant(said: Said, target: str) -> bool:
    if not target:
        return True
    feeling = said.sentiment or 0
    return feeling < 0 if target == NEGATIVE else feeling > 0


def _count(
    step: str, measure: str, target: str, value: int, n: int, days: list[str], source: str,
) -> Fact:  # fmt: skip
    return Fact(
        subject=f"step:{step}",
        measure=measure,
        value=float(value),
        unit="count",
        n=n,
        low=None,
        high=None,
        hits=n,
        cases=value,
        target=target,
        window_from=min(days),
        window_to=max(days),
        source=source,
    )
