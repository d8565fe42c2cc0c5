"""Numbers on a page: a table of every group for each place, the choice among groups, links into both."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from desirepath.check.report import CheckReport, Verdict
from desirepath.maps.model import JourneyMap
from desirepath.render.page_groups import Group
from desirepath.render.page_rows import Cell, Numbers, Row
from desirepath.render.words import Words


def choice(numbers: Numbers, words: Words) -> str:
    """The list of groups to choose from; hidden until a script makes it work, "" where there are none."""
    if not numbers.groups:
        return ""
    say = words.say
    titles = {
        "persona": say("page.personas"),
        "segment": say("page.segments"),
        "window": say("page.windows"),
    }
    listed = ""
    number = 0
    for kind, groups in groupby(numbers.groups, key=lambda one: one.kind):
        options = ""
        for group in groups:
            number += 1
            options += f'<option value="{escape(group.key)}" data-column="{number}">{escape(group.name)}</option>'
        listed += f'<optgroup label="{escape(titles[kind])}">{options}</optgroup>'
    return (
        '<div class="tools choice" hidden>'
        f'<label for="group">{escape(say("page.numbers_of"))}</label>'
        f'<select id="group" data-only="{escape(say("page.only_all"))}"><option value="" data-column="0">{escape(say("page.everyone"))}</option>{listed}</select>'
        f'<span id="chosen" class="soft" role="status" data-text="{escape(say("page.chosen", group="{group}"))}"></span></div>'
    )


def picked(row: Row | None, text: str = "") -> str:
    """A number that follows the choice of group; plain text where no row has it."""
    shown = escape(text or (row.everyone.text if row else ""))
    return f'<span data-row="{row.key}">{shown}</span>' if row else shown


def numbers_section(
    journey: JourneyMap, numbers: Numbers, report: CheckReport | None, words: Words
) -> str:
    """All numbers of each place, folded; "" where there are none. To be called last: it has every row asked for."""
    tables = ""
    shown: set[str] = set()
    places = list(_places(journey, numbers, report))
    told = {row.key for _, _, rows in places for row in rows}
    places[0][2].extend(row for row in numbers.rows if row.key not in told)
    for name, ref, rows in places:
        mine = [row for row in rows if row.key not in shown]
        shown |= {row.key for row in mine}
        if mine:
            tables += _place(name, ref, mine, numbers.groups, words)
    if not tables:
        return ""
    title = escape(words.say("page.numbers" if numbers.groups else "page.measured"))
    return f'<section id="numbers"><h2>{title}</h2>{tables}</section>'


def _places(
    journey: JourneyMap, numbers: Numbers, report: CheckReport | None
) -> Iterator[tuple[str, str, list[Row]]]:
    by_place: dict[str, list[Verdict]] = {}
    for verdict in report.verdicts if report else ():
        by_place.setdefault(place_of(verdict), []).append(verdict)
    places = [("map", journey.title)]
    for stage in journey.stages:
        places.append((f"stage:{stage.id}", stage.name))
        places += [(f"step:{step.id}", step.name) for step in stage.steps]
    touched = {
        f"step:{step.id}": [f"touchpoint:{one}" for one in step.touchpoints]
        for step in journey.steps()
    }
    for ref, name in places:
        judged = [numbers.row_of(one) for one in by_place.get(ref, ())]
        rows = [row for row in judged if row is not None]
        for one in (ref, *touched.get(ref, ())):
            rows += numbers.rows_about(one)
        if ref == "map":
            for persona in journey.personas:
                if not isinstance(persona, str):
                    rows += numbers.rows_about(f"persona:{persona.id}")
        yield name, ref, list(dict.fromkeys(rows))


def place_of(verdict: Verdict) -> str:
    """Ref of the step, the stage or the map a verdict belongs to."""
    if verdict.step:
        return f"step:{verdict.step}"
    return f"stage:{verdict.stage}" if verdict.stage else "map"


def _place(
    name: str, ref: str, rows: list[Row], groups: tuple[Group, ...], words: Words
) -> str:
    head = "".join(
        f'<th scope="col">{escape(title)}</th>'
        for title in (
            words.say("page.question"),
            words.say("page.everyone"),
            *(group.name for group in groups),
        )
    )
    body = "".join(_row(row, len(groups)) for row in rows)
    return (
        f'<details id="numbers-{escape(ref)}"><summary>{escape(name)}</summary>'
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>'
    )


def _row(row: Row, count: int) -> str:
    cells = "".join(_cell(one) for one in (row.everyone, *row.cells))
    if not row.cells and count:
        cells += f'<td colspan="{count}"></td>'
    return f'<tr id="{row.key}" data-subject="{escape(row.subject)}"><th scope="row">{escape(row.label)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    look = f' class="{cell.verdict}"' if cell.verdict else ""
    value = f' data-value="{cell.value:.4g}"' if cell.value is not None else ""
    return f"<td{look}{value}>{escape(cell.text)}</td>"
