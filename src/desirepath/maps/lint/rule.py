"""What a lint rule is and what it finds. Knows no single rule."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import Element, Path, dotted

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to mend in a map.

    Attributes:
        code: Code of the rule, such as ``L02``; its meaning never changes.
        severity: error: something in the map points nowhere; warning: readers or the check will
            stumble; hint: worth a thought.
        ref: Ref of the element.
        path: Where it stands in the document: ``stages[0].steps[3].touchpoints[0]``; "" for the map.
        message: What was found.
        hint: What to do next.
    """

    code: str
    severity: Severity
    ref: str
    path: str
    message: str
    hint: str


class Rule(ABC):
    """One rule; the docstring of each is its page in the reference."""

    code: ClassVar[str]
    severity: ClassVar[Severity]

    @abstractmethod
    def check(self, journey: JourneyMap) -> Iterator[LintFinding]:
        """Everything in a map that breaks the rule."""

    def at(
        self, element: Element, message: str, hint: str, *within: str | int
    ) -> LintFinding:
        """Finding at an element, or at a key within it."""
        return self.on(element.ref, (*element.path, *within), message, hint)

    def on(self, ref: str, path: Path, message: str, hint: str) -> LintFinding:
        """Finding at a path."""
        return LintFinding(self.code, self.severity, ref, dotted(path), message, hint)
