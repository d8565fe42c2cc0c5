"""`desirepath evidence`: what people told, in one list; and what in it leads nowhere."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desirepath.cli.output import FINDINGS, OK, print_json, print_table

if TYPE_CHECKING:
    from desirepath.errors import Problem
    from desirepath.evidence.library import Library
    from desirepath.maps.files import Document

app = typer.Typer(
    help="Anecdotes, interviews and other evidence of a project folder.",
    no_args_is_help=True,
)
Maps = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[MAP...]", help="Maps; all in the folder maps if none."),
]
Folder = Annotated[
    Path,
    typer.Option("--folder", help="Project folder; its folder evidence is read."),
]
HERE = Path()


@app.callback()
def evidence() -> None:
    """Anecdotes, interviews and other evidence of a project folder."""


@app.command("list")
def list_command(
    maps: Maps = None,
    *,
    folder: Folder = HERE,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, what was told included.")
    ] = False,
) -> None:
    """List every item of evidence: who, when, how many, what is allowed, where it is used."""
    from desirepath.evidence.library_lint import used_by

    library, documents = _read(maps, folder)
    if as_json:
        print_json(library.to_dict())
        return
    used = used_by(library, [one.journey for one in documents])
    rows = [
        (
            one.id,
            one.kind,
            one.date,
            one.source,
            "–" if one.n is None else f"{one.n:,}",
            one.how_often or "–",
            one.step or "–",
            one.permission or "not said",
            ", ".join(used.get(one.id, ())) or ("never counts" if not one.counts else "–"),
        )
        for one in library.items
    ]  # fmt: skip
    if not rows:
        print(_nothing(library))
        return
    people = sum(one.heard_from for one in library.anecdotes)
    print_table(
        f"{len(rows):,} items of evidence",
        ("id", "kind", "date", "source", "n", "how often", "step", "permission", "used by"),
        rows,
    )  # fmt: skip
    if library.anecdotes:
        print(
            f"Staff heard it from about {people:,} customers: that supports a statement, it never confirms one."
        )


@app.command("lint")
def lint_command(
    maps: Maps = None,
    *,
    folder: Folder = HERE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find links to evidence that is not there, and evidence about places no map has.

    Leaves with 0 where there is nothing to mend, 1 where there is, 3 on bad input.
    """
    from desirepath.evidence.library_lint import library_problems, link_problems

    library, documents = _read(maps, folder)
    found: list[Problem] = []
    for one in documents:
        found += [
            replace(problem, place=one.place_of(path))
            for path, problem in link_problems(one.journey, library)
        ]
    found += library_problems(library, [one.journey for one in documents])
    if as_json:
        print_json(
            {
                "format": "desirepath/evidence-lint/1",
                "problems": [asdict(one) for one in found],
            }
        )
    elif found:
        rows = [(one.place, one.code, f"{one.what}\n→ {one.hint}") for one in found]
        print_table("", ("Where", "Code", "What, and what to do"), rows)
    else:
        count = len(library.items)
        print(
            f"Nothing to mend in {count:,} items and {len(documents):,} maps."
            if count
            else _nothing(library)
        )
    raise typer.Exit(FINDINGS if found else OK)


@app.command("add-anecdote")
def add_command(
    what_happened: Annotated[
        str, typer.Argument(metavar="TEXT", help="What happened.")
    ],
    *,
    role: Annotated[str, typer.Option(help="Who tells it: support agent, driver.")],
    step: Annotated[str, typer.Option(help="Id of the step it is about.")],
    when: Annotated[str, typer.Option(help="Day, month or year: 2026-03-14, 2026-03.")],
    heard_from: Annotated[
        int, typer.Option(help="About how many customers it was heard from.")
    ] = 1,
    how_often: Annotated[
        str | None, typer.Option(help="once, now and then, weekly or daily.")
    ] = None,
    consequence: Annotated[
        str | None, typer.Option(help="What followed from it.")
    ] = None,
    supports: Annotated[
        list[str] | None, typer.Option(help="Id of a statement it speaks for.")
    ] = None,
    against: Annotated[
        list[str] | None, typer.Option(help="Id of a statement it speaks against.")
    ] = None,
    folder: Folder = HERE,
) -> None:
    """Write down what staff saw: one more anecdote in evidence/anecdotes.yaml."""
    from desirepath.evidence.library import FOLDER
    from desirepath.evidence.telling import add_anecdote

    file = add_anecdote(
        folder / FOLDER,
        {
            "told_by_role": role,
            "heard_from": heard_from,
            "when": when,
            "step": step,
            "what_happened": what_happened,
            "consequence": consequence,
            "how_often": how_often,
            "supports": supports or [],
            "against": against or [],
        },
    )
    print(f"Written: {file}")


def _read(maps: list[Path] | None, folder: Path) -> tuple[Library, list[Document]]:
    """Library and maps of a project."""
    from desirepath.evidence.library import FOLDER, library_beside, read_library
    from desirepath.maps.files import read_document

    files = maps or sorted((folder / "maps").glob("*.yaml"))
    documents = [read_document(file) for file in files]
    library = (
        library_beside(files[0])
        if maps and folder == HERE
        else read_library(folder / FOLDER)
    )
    return library, documents


def _nothing(library: Library) -> str:
    where = library.folder or "a folder called evidence"
    return f"No evidence in {where}. Write for example evidence/anecdotes.yaml; see the guide “Tell what staff saw”."
