"""Parts of the report for management. Says and counts nothing."""

from __future__ import annotations

from dataclasses import dataclass

from desirepath.check.report import CheckReport


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the report says.

    Attributes:
        text: The sentence.
        detail: Its numbers, each with interval and n.
        place: Where it is, "" for nowhere in particular.
        verdict: Word of a verdict, for its color.
    """

    text: str
    detail: str = ""
    place: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below a heading.

    Attributes:
        key: Short name, stable.
        title: The heading.
        lines: What it says.
        note: How to read it.
        is_ranked: The first weighs most.
    """

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""
    is_ranked: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements have a verdict."""

    verdict: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """How much of a stage is settled."""

    name: str
    statements: int
    settled: int
    share: float


@dataclass(frozen=True, slots=True)
class Brief:
    """A report for management.

    Attributes:
        title: Title of the map.
        kind: What this is.
        about: What it rests on.
        top: The three sentences that matter, each below its heading.
        coverage_title: Heading of the coverage.
        coverage: How much is settled, in a sentence.
        counts: Statements by verdict.
        stages: Coverage of each stage.
        stage_heads: Heads of their table.
        blocks: The rest.
        language: Language of all of it.
        is_rtl: It is read from right to left.
        shape: Words for the small picture of the map.
    """

    title: str
    kind: str
    about: str
    top: tuple[Block, ...]
    coverage_title: str
    coverage: str
    counts: tuple[Count, ...]
    stages: tuple[StageCount, ...]
    stage_heads: tuple[str, ...]
    blocks: tuple[Block, ...]
    language: str
    is_rtl: bool
    shape: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A check of before, to tell what has changed.

    Attributes:
        report: Its verdicts.
        day: When it was made, ISO date.
    """

    report: CheckReport
    day: str
