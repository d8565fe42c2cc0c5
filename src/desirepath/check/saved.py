"""Check reports in files: written whole, read back with what counts checked. Judges nothing."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from desirepath.check.report import CheckReport
from desirepath.errors import CheckError, Problem
from desirepath.sentences.kept import with_phrases
from desirepath.whole_files import write_whole

FORMAT = "desirepath/check/1"
MAX_FILE_BYTES = 100_000_000
FOLDER = "checks"
_AGAIN = "Check the map again: desirepath check MAP --events FILE -o report.json."


def report_json(report: CheckReport) -> str:
    """The report as JSON text, stable in keys and order."""
    return json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"


def write_report(report: CheckReport, path: str | Path) -> Path:
    """File with the report as JSON, written whole or not at all; its folder is made.

    Raises:
        CheckError: E422 if it cannot be written.
    """
    file = Path(path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        return write_whole(file, report_json(report).encode())
    except OSError as error:
        what = f"the report cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise CheckError(Problem("E422", what, str(path), hint)) from error


def read_report(path: str | Path) -> CheckReport:
    """Report saved before.

    Keys that this version does not know are left out.

    Raises:
        CheckError: E403 if the file cannot be read, E404 if the file is no report.
    """
    place = str(path)
    try:
        if Path(path).stat().st_size > MAX_FILE_BYTES:
            raise _not_a_report("the file is too large to be a report", place)
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        raise CheckError(Problem("E403", what, place, _AGAIN)) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_report("the file is not a report in JSON", place) from error
    return report_from(data, place)


def report_from(data: Any, place: str = "") -> CheckReport:
    """Report made of what `CheckReport.to_dict` gave, as it came back from JSON.

    Args:
        data: What was read.
        place: Where from, for the error.

    Raises:
        CheckError: E404 if it is no report.
    """
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        what = f'expected format "{FORMAT}", found {found or "none"!s:.60}'
        raise _not_a_report(what, place)
    try:
        report = _adapter().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(key) for key in first["loc"])
        what = f"{where} is not what a report holds: {first['msg'].lower()}"
        raise _not_a_report(what, place) from error
    return with_phrases(report, data.get("phrases"))


@cache
def _adapter() -> TypeAdapter[CheckReport]:
    """Made once: making it takes longer than reading a report."""
    return TypeAdapter(CheckReport)


def _not_a_report(what: str, place: str) -> CheckError:
    return CheckError(Problem("E404", what, place, _AGAIN))
