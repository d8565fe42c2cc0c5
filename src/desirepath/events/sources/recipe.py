"""Recipes: which files hold events and how to read them, as YAML. Opens none of the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from desirepath.errors import EventsError, Problem, did_you_mean
from desirepath.events.cutting import check_gap
from desirepath.events.fingerprints import NAMES, plain_name
from desirepath.events.schema import (
    Asked,
    Choice,
    Columns,
    Constant,
    IdentityRule,
    NameRule,
    fail,
)
from desirepath.events.sources.yaml_file import load_yaml
from desirepath.events.times import given_rule, zone_named

FORMAT = "desirepath/recipe/1"
ROLE_KEYS = ("case", "customer", "activity", "channel")
SOURCE_KEYS = (
    "files",
    *ROLE_KEYS,
    "time",
    "sequence",
    "wide",
    "zone",
    "time_format",
    "segments",
    "rename",
    "where",
    "keys",
)
DEFAULT_KEYS = (*ROLE_KEYS, "time", "sequence", "zone", "time_format", "segments")
TOP_KEYS = (
    "format",
    "sources",
    "feedback",
    "gap",
    "ends_with",
    "names",
    "identity",
    *DEFAULT_KEYS,
)
IDENTITY_KEYS = ("keys", "aliases", "limit")
LEAST_KEYS = 2
NAME_KEYS = ("pattern", "name")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe, read.

    Attributes:
        sources: Files, and what is said about them, for each source.
        rules: Texts of ``gap`` and ``ends_with`` (one activity per line) where they are given.
        names: Rules for names of activities, in order.
        identity: By which keys customers are known across the sources.
    """

    sources: tuple[tuple[tuple[Path, ...], Asked], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    names: tuple[NameRule, ...] = ()
    identity: IdentityRule | None = None


def read_recipe(path: Path, asked: Asked) -> Recipe:
    """Recipe in a file.

    Args:
        path: The file; relative paths in it start from its folder.
        asked: What was said outside the recipe; it goes before the recipe.

    Raises:
        EventsError: E240 to E243 with file and line; E201 if there is no such file.
    """
    data = load_yaml(path)
    reader = RecipeReader(path)
    top = reader.mapping(data, None, "the recipe")
    if top.get("format") != FORMAT:
        raise fail(
            "E240",
            f'expected "format: {FORMAT}", found {top.get("format") or "none"}',
            reader.place(top, "format"),
            f"Begin the file with: format: {FORMAT}",
        )
    reader.known(top, TOP_KEYS)
    listed = top.get("sources")
    if not isinstance(listed, CommentedSeq) or not listed:
        raise fail(
            "E240",
            "expected a list of sources",
            reader.place(top, "sources"),
            "List at least one source with its files.",
        )
    sources = [
        reader.source(top, listed, number, asked) for number in range(len(listed))
    ]
    names = reader.names(top)
    given = [one.columns.customer for _, one in sources]
    identity = reader.identity(top, given)
    if reader.problems:
        raise EventsError(*reader.problems)
    return Recipe(tuple(sources), _cuts(top, reader), names, identity)


def _cuts(top: CommentedMap, reader: RecipeReader) -> Mapping[str, str]:
    """Rules that cut cases."""
    rules: dict[str, str] = {}
    if (gap := top.get("gap")) is not None:
        try:
            check_gap(str(gap))
        except EventsError as error:
            problem = error.problems[0]
            raise fail(
                problem.code, problem.what, reader.place(top, "gap"), problem.hint
            ) from None
        rules["gap"] = str(gap)
    if (ends := top.get("ends_with")) is not None:
        goals = ends if isinstance(ends, list) else [ends]
        rules["ends_with"] = "\n".join(str(goal) for goal in goals)
    return rules


def _own_key(keys: Sequence[str], customers: Sequence[Choice]) -> str:
    """Key of the customer: the one the sources name, else the one called most like a customer, else the first."""
    said = [key for key in keys if key in customers]
    known = [
        key for name in NAMES["customer"] for key in keys if plain_name(key) == name
    ]
    return [*said, *known, *keys][0]


class RecipeReader:
    """Reads parts of one recipe and collects what is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def place(self, node: Any, key: object) -> str:
        """File and line of a key."""
        try:
            line = (
                node.lc.key(key)[0]
                if isinstance(node, CommentedMap)
                else node.lc.item(key)[0]
            )
        except (AttributeError, KeyError, TypeError):
            line = getattr(getattr(node, "lc", None), "line", 0) or 0
        return f"{self.path}:{line + 1}"

    def add(self, code: str, what: str, place: str, hint: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, what, place, hint))

    def mapping(self, node: Any, parent_place: str | None, what: str) -> CommentedMap:
        """A mapping, or an error at once, since nothing below it can be read."""
        if not isinstance(node, CommentedMap):
            place = parent_place or str(self.path)
            raise fail(
                "E240",
                f"{what} is not a mapping of keys to values",
                place,
                "Write lines such as: files: orders.csv",
            )
        return node

    def known(self, node: CommentedMap, keys: Iterable[str]) -> None:
        """Note keys that nobody knows."""
        for key in node:
            if key not in keys:
                self.add(
                    "E240",
                    f'no key is called "{key}"',
                    self.place(node, key),
                    did_you_mean(str(key), keys),
                )

    def source(
        self, top: CommentedMap, listed: CommentedSeq, number: int, asked: Asked
    ) -> tuple[tuple[Path, ...], Asked]:
        """Files of one source, and what is said about them."""
        place = self.place(listed, number)
        node = self.mapping(listed[number], place, f"sources[{number}]")
        self.known(node, SOURCE_KEYS)
        files = self.files(node, place)
        both = {key: node.get(key, top.get(key)) for key in DEFAULT_KEYS}
        wide = self.wide(node)
        if wide:
            both["activity"] = both["time"] = None
        given = asked.columns
        columns = Columns(
            case=given.case or self.choice(node, "case", both["case"]),
            customer=given.customer or self.choice(node, "customer", both["customer"]),
            activity=given.activity or self.choice(node, "activity", both["activity"]),
            channel=given.channel or self.choice(node, "channel", both["channel"]),
            time=given.time or self.text(node, "time", both["time"]),
            sequence=given.sequence or self.text(node, "sequence", both["sequence"]),
            segments=given.segments
            if given.segments is not None
            else self.texts(node, "segments", both["segments"]),
        )
        formats = (
            asked.time_format
            or self.texts(node, "time_format", both["time_format"])
            or ()
        )
        zone = asked.zone or self.text(node, "zone", both["zone"])
        self.attempt(node, "zone", lambda: zone and zone_named(zone))
        self.attempt(node, "time_format", lambda: formats and given_rule(formats))
        return files, Asked(
            columns=columns,
            wide=wide,
            rename=self.renames(node),
            keys=self.columns_of_keys(node),
            where=self.where(node),
            zone=zone,
            time_format=formats,
            place=place,
        )

    def attempt(self, node: CommentedMap, key: str, act: Any) -> None:
        """Note the problem of a value that is checked elsewhere."""
        try:
            act()
        except EventsError as error:
            problem = error.problems[0]
            self.add(problem.code, problem.what, self.place(node, key), problem.hint)

    def files(self, node: CommentedMap, place: str) -> tuple[Path, ...]:
        """Files of a source; wildcards are expanded in order of name."""
        names = self.texts(node, "files", node.get("files"))
        if not names:
            self.add(
                "E242",
                "the source names no files",
                place,
                "Write files: orders.csv, or a list of files.",
            )
            return ()
        found: list[Path] = []
        for name in names:
            some = self._expanded(name)
            if not some:
                near = sorted(
                    p.name
                    for p in self.path.parent.iterdir()
                    if p.is_file() and p != self.path
                )
                self.add(
                    "E242",
                    f'no file is called "{name}"',
                    self.place(node, "files"),
                    did_you_mean(name, near)
                    if near
                    else "Files are looked for beside the recipe; check the folder.",
                )
            found += some
        return tuple(found)

    def _expanded(self, name: str) -> list[Path]:
        """Existing files of one name; a wildcard stays below the folder it starts from."""
        whole = self.path.parent / name
        if whole.exists():
            return [whole]
        if Path(name).is_absolute() or not any(letter in name for letter in "*?["):
            return []
        return sorted(p for p in self.path.parent.glob(name) if p.is_file())

    def choice(self, node: CommentedMap, key: str, value: Any) -> Choice:
        """A column, or a constant."""
        if isinstance(value, CommentedMap):
            if list(value) == ["constant"]:
                return Constant(str(value["constant"]))
            self.add(
                "E241",
                f"{key} is neither a column nor a constant",
                self.place(node, key),
                f"Write {key}: column, or {key}: {{constant: text}}.",
            )
            return None
        return self.text(node, key, value)

    def text(self, node: CommentedMap, key: str, value: Any) -> str | None:
        """A text or nothing."""
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self.add(
            "E241",
            f"{key} is not a text",
            self.place(node, key),
            f"Write {key}: column.",
        )
        return None

    def texts(self, node: CommentedMap, key: str, value: Any) -> tuple[str, ...] | None:
        """One text or a list of texts, or nothing."""
        if value is None:
            return None
        items: Sequence[Any] = value if isinstance(value, CommentedSeq) else [value]
        return tuple(
            str(text)
            for item in items
            if (text := self.text(node, key, item)) is not None
        )

    def wide(self, node: CommentedMap) -> tuple[tuple[str, str], ...]:
        """Columns of times and the activities they stand for."""
        value = node.get("wide")
        if value is None:
            return ()
        if (
            not isinstance(value, CommentedMap)
            or not value
            or not all(isinstance(v, str) for v in value.values())
        ):
            self.add(
                "E243",
                "wide is not a mapping of columns of times to activities",
                self.place(node, "wide"),
                "Write lines such as: shipped_at: shipped",
            )
            return ()
        for key in ("time", "activity"):
            if key in node:
                self.add(
                    "E243",
                    f"{key} and wide exclude each other",
                    self.place(node, key),
                    f"Leave {key} out; wide gives times and activities.",
                )
        return tuple((str(column), activity) for column, activity in value.items())

    def renames(self, node: CommentedMap) -> Mapping[str, str]:
        """New name by activity."""
        value = node.get("rename")
        if value is None:
            return {}
        if not isinstance(value, CommentedMap):
            self.add(
                "E241",
                "rename is not a mapping of old to new names",
                self.place(node, "rename"),
                'Write lines such as: "chat_open": opens chat',
            )
            return {}
        return {str(old): str(new) for old, new in value.items()}

    def names(self, top: CommentedMap) -> tuple[NameRule, ...]:
        """Rules for names, in order."""
        listed = top.get("names")
        if listed is None:
            return ()
        items = listed if isinstance(listed, CommentedSeq) else [None]
        rules = []
        for number, item in enumerate(items):
            place = self.place(listed, number)
            if not isinstance(item, CommentedMap) or not all(
                isinstance(item.get(key), str) and item[key].strip()
                for key in NAME_KEYS
            ):
                self.add(
                    "E245",
                    f"names[{number}] is no rule with a pattern and a name",
                    place,
                    'Write lines such as: - {pattern: "A_*", name: application}',
                )
                continue
            self.known(item, NAME_KEYS)
            rules.append(NameRule(item["pattern"], item["name"]))
        return tuple(rules)

    def columns_of_keys(self, node: CommentedMap) -> Mapping[str, str]:
        """Column by key of customers."""
        value = node.get("keys")
        if value is None:
            return {}
        if not isinstance(value, CommentedMap) or not all(
            isinstance(column, str) for column in value.values()
        ):
            self.add(
                "E246",
                "keys is not a mapping of keys of customers to columns",
                self.place(node, "keys"),
                "Write lines such as: customer_id: buyer",
            )
            return {}
        return {str(key): str(column) for key, column in value.items()}

    def identity(
        self, top: CommentedMap, customers: Sequence[Choice]
    ) -> IdentityRule | None:
        """Keys of customers, the customer's own first.

        Args:
            top: The recipe.
            customers: Columns of customers that the sources name.
        """
        node = top.get("identity")
        if node is None:
            return None
        place = self.place(top, "identity")
        given = node.get("keys") if isinstance(node, CommentedMap) else None
        keys = given if isinstance(given, CommentedSeq) else []
        names = [key for key in keys if isinstance(key, str) and key]
        if len(set(names)) < LEAST_KEYS or len(set(names)) < len(keys):
            what = "identity does not list two or more different keys"
            hint = "Write identity: {keys: [customer_id, visitor_id]}"
            self.add("E246", what, place, hint)
            return None
        self.known(node, IDENTITY_KEYS)
        limit, aliases = node.get("limit", 50), node.get("aliases")
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < LEAST_KEYS:
            what = f"limit is {limit!r}, which is no number of keys above 1"
            self.add("E246", what, self.place(node, "limit"), "Write limit: 50")
            return None
        own = _own_key(names, customers)
        return IdentityRule(
            (own, *(key for key in names if key != own)),
            self.path.parent / str(aliases) if aliases else None,
            limit,
            place,
        )

    def where(self, node: CommentedMap) -> Mapping[str, tuple[str, ...]]:
        """Values to keep, or with ! to drop, by column."""
        value = node.get("where")
        if value is None:
            return {}
        if not isinstance(value, CommentedMap):
            self.add(
                "E241",
                "where is not a mapping of columns to values",
                self.place(node, "where"),
                'Write lines such as: event: ["!heartbeat"]',
            )
            return {}
        return {
            str(column): self.texts(node, "where", values) or ()
            for column, values in value.items()
        }
