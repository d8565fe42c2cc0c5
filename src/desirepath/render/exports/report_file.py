"""An analysis as a file: the ending says in which form. Makes no finding."""

from __future__ import annotations

import json
from pathlib import Path

from desirepath.analyze.finding import AnalysisReport
from desirepath.errors import Problem, RenderError, did_you_mean
from desirepath.render.exports.report_markdown import analysis_markdown
from desirepath.render.exports.report_page import analysis_page
from desirepath.render.exports.report_pictures import PictureFolder
from desirepath.whole_files import write_whole

SUFFIXES = (".html", ".json", ".md")


def check_report_file(path: str | Path) -> None:
    """Nothing where the ending is known.

    Raises:
        RenderError: E620 if no report has this ending.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        what = f'no form of the report is called "{Path(path).suffix}"'
        hint = did_you_mean(suffix, SUFFIXES)
        raise RenderError(Problem("E620", what, str(path), hint))


def write_analysis(report: AnalysisReport, path: str | Path) -> Path:
    """Write the report as .html, .md or .json, whole or not at all.

    Pictures of a .md stand beside it in a folder of their own and are there before the text is.

    Raises:
        RenderError: E620 if the ending is another, E621 if the file cannot be written.
    """
    check_report_file(path)
    target = Path(path)
    suffix = target.suffix.lower()
    try:
        if suffix == ".md":
            return _write_with_pictures(report, target)
        if suffix == ".html":
            text = analysis_page(report)
        else:
            text = json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
        return write_whole(target, text.encode())
    except OSError as error:
        what = f"the report cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise RenderError(Problem("E621", what, str(path), hint)) from error


def _write_with_pictures(report: AnalysisReport, target: Path) -> Path:
    pictures = PictureFolder(target)
    text = analysis_markdown(report, pictures)
    before = target.read_bytes() if target.is_file() else b""
    pictures.write()
    write_whole(target, text.encode())
    pictures.clear(before.decode(errors="replace"))
    return target
