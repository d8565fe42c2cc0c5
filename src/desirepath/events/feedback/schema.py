"""What files of feedback are asked for and what was found in them. Reads nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desirepath.events.feedback.answers import Aspect, Feedback
from desirepath.events.schema import RoleChoice, TimeReading


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """What is said about one column (or question) of answers.

    Attributes:
        scale: Name such as ``nps``, ``csat-5`` or ``1-7``; None to recognize it.
        at: Step, touchpoint or activity it is about.
        high_is_good: None for what the scale says.
        zero_is_na: 0 means "not applicable".
        aspect: ``score`` or ``expectation``; None to recognize it.
    """

    scale: str | None = None
    at: str = ""
    high_is_good: bool | None = None
    zero_is_na: bool = False
    aspect: Aspect | None = None


@dataclass(frozen=True, slots=True)
class FeedbackColumns:
    """Which column plays which role; None leaves the choice to recognition, ``none`` takes none.

    Attributes:
        customer: Who answered.
        case: Run through the journey it is about.
        time: When it was answered.
        at: Step, touchpoint or activity the answer is about.
        channel: How it was asked.
        language: Language of the words.
        question: Wording, where each row is one answer.
        answer: Number or words, where each row is one answer.
        scale: Scale of the row, where scales are mixed.
        scores: Columns (or questions) with numbers; None to recognize them.
        texts: Columns with words; None to recognize them.
    """

    customer: str | None = None
    case: str | None = None
    time: str | None = None
    at: str | None = None
    channel: str | None = None
    language: str | None = None
    question: str | None = None
    answer: str | None = None
    scale: str | None = None
    scores: Mapping[str, ScoreColumn] | None = None
    texts: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class FeedbackSource:
    """Files of one kind and what is said about them.

    Attributes:
        files: Files.
        columns: Roles.
        zone: Zone of times without offset; None for UTC.
        time_format: strptime formats, or day-first, month-first, epoch-s and the like.
        zero_is_na: 0 means "not applicable" in every score column.
        place: Where it was said, for messages.
        sheet: Sheet of a workbook; "" for the first that holds rows.
    """

    files: tuple[Path, ...]
    columns: FeedbackColumns = field(default_factory=FeedbackColumns)
    zone: str | None = None
    time_format: tuple[str, ...] = ()
    zero_is_na: bool = False
    place: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of feedback as texts.

    Attributes:
        label: Name in messages.
        place: Where a person finds it.
        looks_like: Kind of export.
        columns: Names, all different.
        questions: Wording of the question of each column, its name where there is none.
        values: Texts of each column, "" for empty cells.
        zone: Zone that the export names for its times, "" for none.
        notes: What a reader should know about how it was read.
        dropped: Rows left out, by reason.
    """

    label: str
    place: str
    looks_like: str
    columns: tuple[str, ...]
    questions: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    zone: str = ""
    notes: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """Number of rows of answers."""
        return len(self.values[0]) if self.values else 0


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """How one question was understood, and what became of its answers.

    Attributes:
        question: Wording or column.
        scale: Name of the scale, "" for words.
        why: What spoke for it.
        aspect: score, expectation or text.
        at: What it is about, "" where the file says it row by row, or not at all.
        answered: Answers that are used.
        not_applicable: Answers that say "not applicable".
        empty: Rows without an answer.
        unusable: Answers left out, by reason.
        counts: How often each number was answered.
    """

    question: str
    scale: str
    why: str
    aspect: Aspect
    at: str
    answered: int
    not_applicable: int = 0
    empty: int = 0
    unusable: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """How one table was understood.

    Attributes:
        label: Name of the file.
        looks_like: Kind of export.
        row_count: Rows of answers, those left out included.
        roles: Column of each role, and why.
        questions: Questions taken.
        maybe: (column, why it was not taken) of what looks like answers.
        times: How times are read; () without any.
        dropped: Rows left out, by reason.
        notes: What a reader should know.
        private: Cells with mail addresses, phones and the like, by column and kind.
    """

    label: str
    looks_like: str
    row_count: int
    roles: tuple[RoleChoice, ...]
    questions: tuple[ScoreReading, ...]
    maybe: tuple[tuple[str, str], ...]
    times: tuple[TimeReading, ...]
    dropped: Mapping[str, int]
    notes: tuple[str, ...]
    private: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedbackInspection:
    """What is in the feedback and how it would be read; holds no words of customers.

    Attributes:
        tables: How each table was understood.
        response_count: Rows with at least one answer.
        answer_count: Answers, words included.
        score_count: Numbers that say how it was.
        text_count: Answers with words.
        customer_count: Different customers, as far as known.
        from_us: First answer, microseconds since 1970 UTC; None without times.
        to_us: Last answer.
        hints: What answers are about, as the file names it, with counts.
        languages: Languages the file names, with counts.
        conventions: How each scale becomes an emotion; conventions, not findings.
    """

    tables: tuple[SheetReading, ...]
    response_count: int
    answer_count: int
    score_count: int
    text_count: int
    customer_count: int
    from_us: int | None
    to_us: int | None
    hints: Mapping[str, int]
    languages: Mapping[str, int]
    conventions: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class FeedbackReading:
    """Feedback together with how it was understood."""

    feedback: Feedback
    tables: tuple[SheetReading, ...]
