"""Analyses that were kept as plain data. Finds nothing."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError

from desirepath.analyze.finding import FORMAT, AnalysisReport
from desirepath.errors import CheckError, Problem

_AGAIN = "Analyze the map again."


def analysis_from(data: Any) -> AnalysisReport:
    """Report made of what `AnalysisReport.to_dict` gave, as it came back from JSON.

    Its sentences are in the language they were said in; keys this version does not know are left out.

    Args:
        data: What was read.

    Raises:
        CheckError: E407 if it is no analysis.
    """
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        what = f'expected format "{FORMAT}", found {found or "none"!s:.60}'
        raise CheckError(Problem("E407", what, hint=_AGAIN))
    try:
        return TypeAdapter(AnalysisReport).validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(key) for key in first["loc"])
        what = f"{where} is not what an analysis holds: {first['msg'].lower()}"
        raise CheckError(Problem("E407", what, hint=_AGAIN)) from error
