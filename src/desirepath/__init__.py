"""Customer journey maps held against the path customers really take."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# name -> module that defines it; loaded on first use so that `import desirepath` stays light
_PUBLIC = {
    "CheckReport": "check.report",
    "Comparison": "track.report",
    "DesirepathError": "errors",
    "Evidence": "evidence.facts",
    "Flow": "evidence.flow",
    "FlowDifference": "evidence.flow_difference",
    "Feedback": "events.feedback.answers",
    "JourneyMap": "maps.model",
    "Quotes": "evidence.quotes",
    "Sequences": "events.sequences",
    "analyze_map": "analyze.reading",
    "check_map": "check.verdicts",
    "compare_evidence": "track.compare",
    "choose_quotes": "evidence.quotes",
    "compare_flows": "evidence.flow_difference",
    "diff_maps": "maps.diff",
    "discover_maps": "discover.draft",
    "draw_flow": "render.draw_flow",
    "draw_map": "render.draw",
    "inspect_events": "events.recognize",
    "inspect_feedback": "events.feedback.read",
    "lint_map": "maps.lint",
    "measure_flow": "evidence.measure_flow",
    "measure_map": "evidence.measure",
    "new_map": "maps.templates",
    "read_events": "events.read",
    "read_evidence": "evidence.facts",
    "read_feedback": "events.feedback.read",
    "read_library": "evidence.library",
    "read_map": "maps.files",
    "read_quotes": "evidence.quotes",
    "write_evidence": "evidence.facts",
    "write_map": "maps.files",
    "write_quotes": "evidence.quotes",
}

__all__ = sorted(_PUBLIC)  # noqa: PLE0605 - one table instead of two lists that drift
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name not in _PUBLIC:
        msg = f"module 'desirepath' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"desirepath.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
