"""Treatment: one thing that reading did to events before anybody looked at their cases, counted. Does nothing itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeAlias

Unit: TypeAlias = Literal["", "activities", "cases", "customers"]

WORDS: dict[str, str] = {
    "left out": "left out while reading",
    "joined": "customers joined by shared keys",
    "ids": "activities called by their names without ids and queries",
    "names": "activities called by other names",
    "name": "of them by the rule",
    "gap": "cases cut by silence",
    "ends with": "cases cut at what ends them",
}


@dataclass(frozen=True, slots=True)
class Treatment:
    """One thing that reading did.

    Attributes:
        what: left out, joined, ids, names, name, gap or ends with; `WORDS` says it in words.
        name: Reason, keys, rule or cut.
        events: Events it left out or changed; 0 where it only drew borders.
        cases: Cases they are in; None where that is not known, as for rows without a case.
        unit: What `before` and `after` count; "" where nothing became fewer or more.
        before: Count before.
        after: Count after.
    """

    what: str
    name: str
    events: int
    cases: int | None = None
    unit: Unit = ""
    before: int = 0
    after: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)

    def describe(self) -> str:
        """What became of what, "" where nothing did.

        Examples:
            >>> Treatment("gap", "30m", 0, unit="cases", before=600, after=3605).describe()
            '600 cases became 3,605'
        """
        if not self.unit:
            return ""
        return f"{self.before:,} {self.unit} became {self.after:,}"
