"""`desirepath lint`: what to mend in a map before anyone checks it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desirepath.cli.output import BAD_INPUT, FINDINGS, OK, print_json, print_table
from desirepath.errors import DesirepathError

if TYPE_CHECKING:
    from desirepath.maps.lint import LintFinding


def command(
    maps: Annotated[list[Path], typer.Argument(metavar="MAP...", help="Maps to read.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON instead.")
    ] = False,
) -> None:
    """Find what is missing, points nowhere or cannot be tested in maps.

    Leaves with 0 where there is nothing above a hint, 1 where there are warnings or errors, 3 on bad input.
    """
    found: list[tuple[str, LintFinding]] = []
    bad: list[DesirepathError] = []
    for file in maps:
        try:
            found += _findings(file)
        except DesirepathError as error:
            bad.append(error)
    if as_json:
        print_json(_data(found, bad))
    else:
        _show(found, len(maps) - len(bad))
        for refused in bad:
            print(refused.short(), file=sys.stderr)
    is_fine = all(finding.severity == "hint" for _, finding in found)
    raise typer.Exit(BAD_INPUT if bad else OK if is_fine else FINDINGS)


def _findings(file: Path) -> list[tuple[str, LintFinding]]:
    """Findings of one map, each with its place in the file."""
    from desirepath.maps.catalog import with_catalog
    from desirepath.maps.files import read_document
    from desirepath.maps.lint import lint_map
    from desirepath.maps.refs import split_path

    document = read_document(file)
    findings = lint_map(with_catalog(document.journey, file))
    return [(document.place_of(split_path(one.path)), one) for one in findings]


def _show(found: list[tuple[str, LintFinding]], count: int) -> None:
    if found:
        rows = [
            (where, one.severity, one.code, f"{one.message}\n→ {one.hint}")
            for where, one in found
        ]
        print_table("", ("Where", "Severity", "Rule", "What, and what to do"), rows)
    elif count:
        print("Nothing to mend.")


def _data(
    found: list[tuple[str, LintFinding]], bad: list[DesirepathError]
) -> dict[str, Any]:
    return {
        "format": "desirepath/lint/1",
        "findings": [{"place": where, **asdict(one)} for where, one in found],
        "problems": [asdict(one) for error in bad for one in error.problems],
    }
