"""Flows as files: written whole, read back as they were. Measures nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desirepath.errors import EvidenceError, Problem
from desirepath.evidence.flow import (
    CaseShare,
    Flow,
    Journey,
    LeftOut,
    Move,
    SegmentFlow,
    Stop,
    Waits,
)
from desirepath.whole_files import write_whole

FORMAT = "desirepath/flow/1"
MAX_FILE_BYTES = 50_000_000
_AGAIN = "Measure it again: desirepath flow EVENTS -o FILE.json."


def write_flows(flows: Sequence[Flow], path: str | Path) -> Path:
    """File with flows of several levels as JSON; written whole or not at all.

    Raises:
        EvidenceError: E322 if it cannot be written.
    """
    text = (
        json.dumps(flows_data(flows), ensure_ascii=False, indent=1, allow_nan=False)
        + "\n"
    )
    try:
        return write_whole(Path(path), text.encode())
    except OSError as error:
        what = f"the flow cannot be written: {error.strerror}"
        hint = "Choose a folder that exists and that you may write to."
        raise EvidenceError(Problem("E322", what, str(path), hint)) from error


def flows_data(flows: Sequence[Flow]) -> dict[str, Any]:
    """Flows of several levels as plain data for JSON."""
    return {"format": FORMAT, "levels": [asdict(flow) for flow in flows]}


def read_flows(path: str | Path) -> tuple[Flow, ...]:
    """Flows saved before, one for each level.

    Raises:
        EvidenceError: E320 if the file cannot be read, E321 if it holds no flow.
    """
    place, again = str(path), _AGAIN
    try:
        if Path(path).stat().st_size > MAX_FILE_BYTES:
            what = "the file is too large to be a flow"
            raise EvidenceError(Problem("E321", what, place, again))
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        what = f"the flow cannot be read: {error.strerror}"
        problem = Problem("E320", what, place, again)
        raise EvidenceError(problem) from error
    except (ValueError, RecursionError) as error:
        problem = Problem("E321", "the file is not a flow in JSON", place, again)
        raise EvidenceError(problem) from error
    return flows_from(data, place)


def flows_from(data: Any, place: str = "") -> tuple[Flow, ...]:
    """Flows made of what `flows_data` gave, as it came back from JSON.

    Args:
        data: What was read.
        place: Where from, for the error.

    Raises:
        EvidenceError: E321 if it holds no flow.
    """
    again = _AGAIN
    found = data.get("format") if isinstance(data, dict) else None
    if found != FORMAT:
        what = f'expected format "{FORMAT}", found {found or "none"}'
        raise EvidenceError(Problem("E321", what, place, again))
    try:
        return tuple(_flow(one) for one in data["levels"])
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        problem = Problem("E321", "the flow is not whole", place, again)
        raise EvidenceError(problem) from error


def _flow(data: dict[str, Any]) -> Flow:
    stops = tuple(_stop(one) for one in data["stops"])
    journeys = tuple(
        Journey(tuple(one["stops"]), CaseShare(**one["all"]), one["has_goal"])
        for one in data["journeys"]
    )
    moves = tuple(_move(one) for one in data["moves"])
    numbers = [one for journey in journeys for one in journey.stops]
    numbers += [one for move in moves for one in (move.start, move.end)]
    if any(not 0 <= one < len(stops) for one in numbers):
        msg = "a move or journey names a stop that is not there"
        raise ValueError(msg)
    left = data["left_out"]
    return Flow(
        **{
            **data,
            "stops": stops,
            "moves": moves,
            "journeys": journeys,
            "left_out": LeftOut(**{**left, "stops": _pairs(left["stops"])}),
            "by_segment": tuple(_segment(one) for one in data["by_segment"]),
        }
    )  # fmt: skip


def _segment(data: dict[str, Any]) -> SegmentFlow:
    counts = {
        name: tuple(data.get(name, ()))
        for name in ("stop_cases", "move_cases", "over_cases", "leave_cases")
    }
    return SegmentFlow(**{**data, **counts})


def _stop(data: dict[str, Any]) -> Stop:
    shares = ("reach", "begin", "leave", "again")
    goal = data["goal"]
    return Stop(
        **{
            **data,
            **{name: CaseShare(**data[name]) for name in shares},
            "goal": CaseShare(**goal) if goal else None,
            "channels": _pairs(data["channels"]),
        }
    )


def _move(data: dict[str, Any]) -> Move:
    waits = data["waits"]
    return Move(
        **{
            **data,
            "all": CaseShare(**data["all"]),
            "onward": CaseShare(**data["onward"]),
            "waits": Waits(**waits) if waits else None,
        }
    )


def _pairs(rows: Sequence[Sequence[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in rows)
