"""`desirepath.toml`: what holds for every command in a folder. Reads no events."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desirepath.check.parts import Smallest
from desirepath.errors import DesirepathError, EventsError, Problem, did_you_mean
from desirepath.events.cutting import check_gap
from desirepath.events.database_source import DatabaseSource
from desirepath.events.databases import databases_of
from desirepath.events.schema import NameRule
from desirepath.whole_files import write_whole

FILE = "desirepath.toml"
KEYS = (
    "sources",
    "gap",
    "names",
    "without_ids",
    "thresholds",
    "check",
    "vocabulary",
    "themes",
    "topics",
    "private_key",
    "web",  # read by the server alone
)
NAME_KEYS = ("pattern", "name")
SMALLEST = {f"smallest_{one.name}": one.name for one in fields(Smallest)}
THRESHOLDS = {"false_discovery_rate": 0.05, "many_duplicates": 0.05}
MAX_BYTES = 1024**2
NEW = "# What holds for every desirepath command in this folder and below it.\n"
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*[\"']?([^\s\"'=]+)[\"']?\s*=")


@dataclass(frozen=True, slots=True)
class Project:
    """What a `desirepath.toml` says.

    Attributes:
        path: The file.
        sources: Files, folders or one recipe that commands read where none is named.
        names: Rules for names of activities, in order, the first that fits wins.
        without_ids: Activities are called by their names without queries and ids.
        today: Day from which the age of evidence counts, for events that were recorded long ago; None
            for the day it is.
        gap: Silence that ends a case of these sources, or ``auto``; None for none.
        false_discovery_rate: Share of wrong verdicts accepted among the settled.
        many_duplicates: Share of exact duplicates from which on every command warns.
        vocabulary: File of names for steps and stages of drafts.
        smallest: Smallest changes that make a verdict stale.
        themes: Phrases of the project's own themes of what customers write, by name.
        topics: Names given to topics, each with words of the topic.
        private_key: File with the secret of hashes of private data.
        databases: Tables of databases that commands read in place of files, by name.
    """

    path: Path
    sources: tuple[Path, ...] = ()
    names: tuple[NameRule, ...] = ()
    gap: str | None = None
    false_discovery_rate: float = THRESHOLDS["false_discovery_rate"]
    many_duplicates: float = THRESHOLDS["many_duplicates"]
    vocabulary: Path | None = None
    smallest: Smallest = field(default_factory=Smallest)
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    private_key: Path | None = None
    databases: Mapping[str, DatabaseSource] = field(default_factory=dict)
    without_ids: bool = False
    today: date | None = None


def find_project(folder: Path) -> Project | None:
    """Project of a folder: of the nearest `desirepath.toml` in it or above it, within its repository.

    Args:
        folder: Where to begin.

    Raises:
        DesirepathError: E802 or E803 if the file cannot be used.
    """
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / FILE).is_file():
            return read_project(place / FILE)
        if (place / ".git").exists():
            return None
    return None


def read_project(path: Path) -> Project:
    """Project in a file; relative paths in it start from its folder.

    Raises:
        DesirepathError: E802 if the file cannot be read as TOML, E803 for each key or value that
            nobody knows.
    """
    text, data = _toml(path)
    reader = _Reader(path, text)
    reader.known(data, KEYS, "")
    has_databases = _holds_tables(data.get("sources"))
    databases = reader.databases(data) if has_databases else {}
    sources = [] if has_databases else reader.texts(data, "sources")
    vocabulary = reader.texts(data, "vocabulary")
    limits = reader.thresholds(data)
    smallest = reader.smallest(data)
    today = reader.today(data)
    names = reader.names(data)
    gap = reader.gap(data)
    without_ids = reader.is_said(data, "without_ids")
    themes, topics = reader.words(data, "themes"), reader.words(data, "topics")
    key = reader.texts(data, "private_key")
    if reader.problems:
        raise DesirepathError(*reader.problems)
    return Project(
        path,
        tuple(path.parent / one for one in sources),
        names,
        gap,
        limits["false_discovery_rate"],
        limits["many_duplicates"],
        path.parent / vocabulary[0] if vocabulary else None,
        smallest,
        themes,
        topics,
        path.parent / key[0] if key else None,
        databases,
        without_ids,
        today,
    )


def rules_toml(rules: Iterable[NameRule]) -> str:
    """Rules for names as they stand in `desirepath.toml`.

    Examples:
        >>> print(rules_toml([NameRule("A_*", "application")]), end="")
        [[names]]
        pattern = "A_*"
        name = "application"
    """
    # a basic string of TOML is written as one of JSON is, but for the letter after the printable ones
    texts = (
        f"[[names]]\npattern = {_quoted(rule.pattern)}\nname = {_quoted(rule.name)}\n"
        for rule in rules
    )
    return "\n".join(texts)


def add_rules(rules: Sequence[NameRule], folder: Path) -> Path:
    """The project's file with rules added after those it has; a new one where there is none.

    Args:
        rules: In order.
        folder: Where the project is looked for, and made if there is none.

    Raises:
        DesirepathError: E802 or E803 if the file cannot be used, E804 if it cannot be written.
    """
    project = find_project(folder)
    path = project.path if project else folder / FILE
    text = _toml(path)[0] if project else NEW
    if project and re.search(r"^\s*names\s*=", text, re.MULTILINE):
        raise _fail(
            "E804",
            "rules cannot be added to names that stand in one line",
            str(path),
            "Write each rule as a [[names]] table of its own.",
        )
    whole = text.rstrip("\n") + "\n\n" + rules_toml(rules)
    try:
        write_whole(path, whole.encode())
    except OSError as error:
        raise _fail(
            "E804",
            f"the file cannot be written: {error.strerror}",
            str(path),
            "Choose a folder that you may write to.",
        ) from error
    return path


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Text and data of the file."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _fail(
                "E802", "the file is larger than 1 MiB", str(path), "Shorten it."
            )
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        what, place = "the file is not UTF-8", str(path)
    except OSError as error:
        what, place = f"the file cannot be read: {error.strerror}", str(path)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else str(path)
        what = f"not TOML: {str(error).partition(' (at')[0]}"
    raise _fail(
        "E802", what, place, 'Write lines such as: sources = ["events.csv"]'
    ) from None


class _Reader:
    """Reads parts of one file and collects what is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.problems: list[Problem] = []

    def add(self, what: str, hint: str, key: str, table: str = "", at: int = 0) -> None:
        """Note a problem with a key of a table."""
        line = line_of(self.lines, key, table, at)
        self.problems.append(Problem("E803", what, f"{self.path}:{line}", hint))

    def known(
        self, data: Mapping[str, Any], keys: Iterable[str], table: str, at: int = 0
    ) -> None:
        """Note keys that nobody knows."""
        for key in data:
            if key not in keys:
                what = f'no key is called "{key}"'
                self.add(what, did_you_mean(key, keys), key, table, at)

    def texts(self, data: Mapping[str, Any], key: str) -> list[str]:
        """One text or several."""
        value = data.get(key, [])
        texts = value if isinstance(value, list) else [value]
        if key in ("vocabulary", "private_key") and isinstance(value, list) and value:
            texts = [None]
        if all(isinstance(text, str) and text for text in texts):
            return texts
        what = f"{key} is not the path of a file"
        self.add(what, f'Write for example: {key} = "events.csv"', key)
        return []

    def databases(self, data: Mapping[str, Any]) -> dict[str, DatabaseSource]:
        """Tables of databases among the sources."""

        def place(number: int, key: str) -> str:
            return f"{self.path}:{line_of(self.lines, key, 'sources', number)}"

        found, problems = databases_of(data["sources"], self.path.parent, place)
        self.problems += problems
        return found

    def words(self, data: Mapping[str, Any], table: str) -> dict[str, tuple[str, ...]]:
        """Lists of words by name."""
        given = data.get(table, {})
        if not isinstance(given, dict):
            what = f"{table} is no table"
            self.add(what, f"Write [{table}] in a line of its own.", table)
            return {}
        found = {}
        for name, value in given.items():
            if (
                isinstance(value, list)
                and value
                and all(isinstance(text, str) and text.strip() for text in value)
            ):
                found[name] = tuple(value)
                continue
            what = f"{table}.{name} is no list of words"
            hint = f'Write for example: {name} = ["car park", "parking*"]'
            self.add(what, hint, name, table)
        return found

    def gap(self, data: Mapping[str, Any]) -> str | None:
        """A silence that can be used."""
        gap = data.get("gap")
        if gap is None:
            return None
        try:
            check_gap(str(gap))
        except EventsError as error:
            problem = error.problems[0]
            self.add(problem.what, 'Write for example: gap = "30m"', "gap")
        return str(gap)

    def is_said(self, data: Mapping[str, Any], key: str) -> bool:
        """True or false."""
        value = data.get(key, False)
        if not isinstance(value, bool):
            what = f"{key} is {value!r}, neither true nor false"
            self.add(what, f"Write: {key} = true", key)
        return bool(value)

    def thresholds(self, data: Mapping[str, Any]) -> dict[str, float]:
        """Shares between 0 and 1."""
        given = data.get("thresholds", {})
        if not isinstance(given, dict):
            what = "thresholds is no table"
            self.add(what, "Write [thresholds] in a line of its own.", "thresholds")
            return dict(THRESHOLDS)
        self.known(given, THRESHOLDS, "thresholds")
        for key in THRESHOLDS.keys() & given.keys():
            value = given[key]
            is_share = isinstance(value, float) and 0 < value < 1
            if not is_share:
                what = f"{key} is {value!r}, which is no share between 0 and 1"
                self.add(what, f"Write for example: {key} = 0.05", key, "thresholds")
        return {**THRESHOLDS, **given}

    def smallest(self, data: Mapping[str, Any]) -> Smallest:
        """Smallest changes that matter, in the table of the check."""
        given = data.get("check", {})
        if not isinstance(given, dict):
            self.add(
                "check is no table", "Write [check] in a line of its own.", "check"
            )
            return Smallest()
        self.known(given, (*SMALLEST, "today"), "check")
        found = {}
        for key in SMALLEST.keys() & given.keys():
            value = given[key]
            is_size = isinstance(value, (int, float)) and not isinstance(value, bool)
            if is_size and value > 0:
                found[SMALLEST[key]] = float(value)
                continue
            what = f"{key} is {value!r}, which is no size of a change"
            self.add(what, f"Write for example: {key} = 0.05", key, "check")
        return Smallest(**found)

    def today(self, data: Mapping[str, Any]) -> date | None:
        """Day from which ages count, in the table of the check."""
        given = data.get("check", {})
        day = given.get("today") if isinstance(given, dict) else None
        if day is None or (isinstance(day, date) and not isinstance(day, datetime)):
            return day
        what = f"today is {day!r}, which is no day"
        self.add(what, "Write for example: today = 2024-08-01", "today", "check")
        return None

    def names(self, data: Mapping[str, Any]) -> tuple[NameRule, ...]:
        """Rules for names."""
        given = data.get("names", [])
        hint = 'Write [[names]], and below it pattern = "A_*" and name = "application".'
        if not isinstance(given, list):
            self.add("names is no list of rules", hint, "names")
            return ()
        rules = []
        for number, item in enumerate(given):
            if not isinstance(item, dict) or not all(
                isinstance(item.get(key), str) and item[key].strip()
                for key in NAME_KEYS
            ):
                what = f"names[{number}] is no rule with a pattern and a name"
                self.add(what, hint, "", "names", number)
                continue
            self.known(item, NAME_KEYS, "names", number)
            rules.append(NameRule(item["pattern"], item["name"]))
        return tuple(rules)


def _holds_tables(value: object) -> bool:
    """True where a value is a list with tables of the file."""
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def line_of(lines: Sequence[str], key: str, table: str, at: int) -> int:
    """Line of a key, counted from 1; of its table where the key stands elsewhere.

    Args:
        lines: Of the file.
        key: The key; "" for the table itself.
        table: Table it stands in; "" for the top.
        at: Which of several tables of that name, from 0.
    """
    here, seen, start = "", -1, 1
    for number, line in enumerate(lines, start=1):
        header = _HEADER.match(line)
        if header is not None:
            here = header[2]
            seen += here == table
            if here in (table, key) and seen in (at, -1):
                start = number
            continue
        found = _KEY.match(line)
        is_there = here == table and (not table or seen == at)
        if found is not None and found[1] == key and is_there:
            return number
    return start


def _fail(code: str, what: str, place: str, hint: str) -> DesirepathError:
    return DesirepathError(Problem(code, what, place, hint))
