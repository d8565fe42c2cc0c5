"""Reports as files: Markdown or JSON by the ending, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desirepath.errors import CheckError, Problem
from desirepath.whole_files import write_whole


def save(out: Path, markdown: str, data: Mapping[str, Any]) -> None:
    """Write one of two forms of a report.

    Args:
        out: File; ``.md`` takes the text, ``.json`` the data.
        markdown: The report as text.
        data: The report as plain data.

    Raises:
        CheckError: E437 if the ending is another, E438 if the file cannot be written.
    """
    if out.suffix not in (".md", ".json"):
        what = f'a report cannot be written as "{out.suffix}"'
        raise CheckError(Problem("E437", what, str(out), "Use .md or .json."))
    text = markdown
    if out.suffix == ".json":
        text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    try:
        write_whole(out, text.encode())
    except OSError as error:
        what = f"the report cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise CheckError(Problem("E438", what, str(out), hint)) from error
