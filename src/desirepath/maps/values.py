"""Words people type for shares and durations: checked, kept as written, turned into numbers on demand."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

SHARE_PATTERN = r"^\s*(\d{1,3}(?:\.\d+)?)\s*%\s*$"
DURATION_PATTERN = r"^\s*(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w|mo|y)\s*$"
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"
UNIT_S = {
    "s": 1.0,
    "m": 60.0,
    "min": 60.0,
    "h": 3600.0,
    "d": 86400.0,
    "w": 604800.0,
    "mo": 2629800.0,
    "y": 31557600.0,
}
FULL_PERCENT = 100.0


def share_of(text: str) -> float:
    """Share between 0 and 1 of a text such as ``20%``.

    Raises:
        ValueError: the text is not a percentage between 0 % and 100 %.

    Examples:
        >>> share_of("20%"), share_of("2.5 %")
        (0.2, 0.025)
    """
    found = re.match(SHARE_PATTERN, text)
    if not found or float(found[1]) > FULL_PERCENT:
        raise ValueError(
            f'"{text}" is not a share; write a percentage between 0% and 100%, such as 20%'
        )
    return float(found[1]) / FULL_PERCENT


def seconds_of(text: str) -> float:
    """Seconds of a text such as ``2d``, ``30m``, ``1.5h``; months have 30.44 days.

    Raises:
        ValueError: the text has no unit or is not a duration.

    Examples:
        >>> seconds_of("2d"), seconds_of("10m")
        (172800.0, 600.0)
    """
    found = re.match(DURATION_PATTERN, text)
    if not found:
        raise ValueError(
            f'"{text}" is not a duration; write a number with a unit: 30s, 10m, 2h, 2d, 3w, 2mo, 1y'
        )
    return float(found[1]) * UNIT_S[found[2]]


def _is_share(text: str) -> str:
    share_of(text)
    return text


def _is_duration(text: str) -> str:
    seconds_of(text)
    return text


def _is_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        is_date = False
    else:
        is_date = re.fullmatch(DATE_PATTERN, text) is not None
    if not is_date:
        raise ValueError(f'"{text}" is not a date; write it as 2026-03-02')
    return text


Date = Annotated[
    str,
    AfterValidator(_is_date),
    Field(json_schema_extra={"pattern": DATE_PATTERN, "examples": ["2026-03-02"]}),
]
Share = Annotated[
    str,
    AfterValidator(_is_share),
    Field(json_schema_extra={"pattern": SHARE_PATTERN, "examples": ["20%"]}),
]
Duration = Annotated[
    str,
    AfterValidator(_is_duration),
    Field(json_schema_extra={"pattern": DURATION_PATTERN, "examples": ["2d"]}),
]
