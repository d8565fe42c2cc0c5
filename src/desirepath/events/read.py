"""`read_events`: from files, folders, frames or a recipe to sequences."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack

from desirepath.events.account import account_of
from desirepath.events.cases import cut_at
from desirepath.events.cutting import check_gap, cut_by_silence
from desirepath.events.database_source import DatabaseSource
from desirepath.events.load import load
from desirepath.events.load_database import load_database
from desirepath.events.loaded import Loaded
from desirepath.events.names import (
    GivenRules,
    count_uses,
    describe_uses,
    name_rules,
    rename_activities,
    rename_told,
)
from desirepath.events.plain_names import differ_in_ids
from desirepath.events.read_store import ask_store, store_of
from desirepath.events.schema import Asked, Columns, NameUse, Part, Table, fail
from desirepath.events.sequences import Sequences
from desirepath.events.sources.files import RECIPE_SUFFIXES, find_tables
from desirepath.events.sources.recipe import Recipe, read_recipe
from desirepath.events.times import zone_named
from desirepath.events.told import Told, column_rule
from desirepath.steps import step

MANY_DUPLICATES_SHARE = 0.05
MANY_ACTIVITIES = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: sequences with cases cut, and the way there.

    Attributes:
        sequences: All cases, cut as asked.
        loaded: Before cutting, with counts of what was seen.
        rules: Cutting and cleaning that was applied, for the reader.
        names: What rules for names changed.
        told: What columns tell of the activities, by the names they have now.
    """

    sequences: Sequences
    loaded: Loaded
    rules: Mapping[str, str] = field(default_factory=dict)
    names: tuple[NameUse, ...] = ()
    told: tuple[Told, ...] = ()

    def warnings(
        self, many_duplicates: float = MANY_DUPLICATES_SHARE
    ) -> tuple[str, ...]:
        """What a person must know before relying on the sequences, one line each.

        Args:
            many_duplicates: Share of the rows from which on exact duplicates are worth a warning.
        """
        lines = []
        if "way" in self.rules:
            lines.append(f"{self.rules['source']}: {self.rules['way']}.")
        gap = self.rules.get("gap", "")
        if "(auto" in gap:
            lines.append(f"Cases end after a silence of {gap}.")
        loaded = self.loaded
        count = loaded.duplicate_count
        if count and count >= many_duplicates * loaded.row_count:
            share = f"{count / max(loaded.row_count, 1):.0%}".replace("%", " %")
            dropped = "exact duplicates" in loaded.dropped
            advice = (
                "left out. If they are real, --keep-duplicates keeps them"
                if dropped
                else "kept. If the export wrote them twice, leave out --keep-duplicates"
            )
            lines.append(
                f"WARNING: {count:,} of {loaded.row_count:,} rows ({share}) are exact duplicates and are {advice}."
            )
        names = self.sequences.activities
        if loaded.ids is None and len(names) > MANY_ACTIVITIES and differ_in_ids(names):
            lines.append(
                f"WARNING: {len(names):,} different activities, most of which differ in ids only. "
                "--without-ids takes ids and queries out of their names; desirepath events names suggests rules."
            )
        return tuple(lines)


class ReadOptions(TypedDict, total=False):
    """Options of `read_events`, by name; what each means is said there."""

    columns: Columns | None
    recipe: str | os.PathLike[str] | None
    gap: str | None
    ends_with: str | Sequence[str] | None
    names: GivenRules
    zone: str | None
    time_format: str | Sequence[str] | None
    lifecycle: str
    keep_duplicates: bool
    drop_bots: bool
    without_ids: bool


def read_events(  # noqa: PLR0913 - one option each, all by name
    source: object,
    *,
    columns: Columns | None = None,
    recipe: str | os.PathLike[str] | None = None,
    gap: str | None = None,
    ends_with: str | Sequence[str] | None = None,
    names: GivenRules = (),
    zone: str | None = None,
    time_format: str | Sequence[str] | None = None,
    lifecycle: str = "",
    keep_duplicates: bool = False,
    drop_bots: bool = False,
    without_ids: bool = False,
) -> Sequences:
    """Sequences of events from files, folders, frames or a recipe.

    Args:
        source: Path or list of paths (CSV, TSV, JSON lines, Parquet, XES, these as .gz, folders, a
            recipe .yaml, an event store), a frame with ``__arrow_c_stream__`` (pandas, Polars, PyArrow), or a dict
            of NumPy columns, or a `DatabaseSource`. None with `recipe`.
        columns: Which column plays which role; what is left out is recognized.
        recipe: Recipe whose relative paths are used in place of `source`.
        gap: Longest silence within a case, such as ``"30m"``, ``"auto"`` for the valley of the
            customers' waits, or ``"context"`` for the wait together with the activities around it;
            customers' events are then cut into cases.
        ends_with: Activity or activities, ``*`` for any letters, with which a case ends.
        names: Pairs of a pattern of activities and their name, in order, the first that fits wins;
            rules of a recipe come after them.
        zone: Zone of times without offset; UTC is assumed otherwise.
        time_format: strptime formats, or day-first, month-first, epoch-s, epoch-ms, epoch-us.
        lifecycle: Only events of an XES log with this transition, such as ``"complete"``.
        keep_duplicates: Keep rows that are equal in every column.
        drop_bots: Leave out cases with inhuman activity.
        without_ids: Call activities by their names without queries of pages, with ``*`` in place of
            ids and long numbers; before `names`.

    Raises:
        EventsError: E2xx if the events cannot be read for certain; nothing is guessed in silence.

    Examples:
        >>> import numpy as np
        >>> sequences = read_events({
        ...     "session_id": np.array(["a", "a", "b"]),
        ...     "event": np.array(["home", "buy", "home"]),
        ...     "timestamp": np.array(["2024-01-02 10:00", "2024-01-02 10:05", "2024-01-03 09:00"]),
        ... })
        >>> sequences.case_count, sequences.event_count, sequences.activities
        (2, 3, ('buy', 'home'))
    """
    return read_all(
        source,
        columns=columns,
        recipe=recipe,
        gap=gap,
        ends_with=ends_with,
        names=names,
        zone=zone,
        time_format=time_format,
        lifecycle=lifecycle,
        keep_duplicates=keep_duplicates,
        drop_bots=drop_bots,
        without_ids=without_ids,
    ).sequences


def tell_backstage(source: object, rule: str, **options: Unpack[ReadOptions]) -> Told:
    """What a column tells of each activity: the share of its rows that hold given values.

    Its `majority` are the activities of which at least half of the rows do.

    Args:
        source: As for `read_events`.
        rule: ``COLUMN=VALUE`` or ``COLUMN=VALUE|VALUE``; ``*`` is any letters.
        options: Those of `read_events`.

    Raises:
        EventsError: E248 if the rule is none, E223 if there is no such column, and those of `read_events`.

    Examples:
        >>> import numpy as np
        >>> told = tell_backstage({
        ...     "case_id": np.array(["a", "a", "b"]),
        ...     "event": np.array(["ask", "route", "route"]),
        ...     "timestamp": np.array(["2024-01-02 10:00", "2024-01-02 10:05", "2024-01-03 09:00"]),
        ...     "by": np.array(["Ann", "bot 1", "bot 2"]),
        ... }, "by=bot*")
        >>> told.majority
        ('route',)
    """
    return read_all(source, tell_by=(rule,), **options).told[0]


@step("reading events")
def read_all(
    source: object,
    *,
    is_cut: bool = True,
    tell_by: Sequence[str] = (),
    **options: Unpack[ReadOptions],
) -> Reading:
    """Sequences as from `read_events`, together with what was seen on the way.

    Without `is_cut` cases are those of the columns, even where a recipe cuts them. `tell_by` are rules
    as for `tell_backstage`.

    Raises:
        TypeError: an option is not one of `read_events`.
    """
    if unknown := options.keys() - ReadOptions.__annotations__:
        raise TypeError(f"there is no option {', '.join(sorted(unknown))}")
    zone, gap = options.get("zone"), options.get("gap")
    ends_with, time_format = options.get("ends_with"), options.get("time_format")
    keep_duplicates = options.get("keep_duplicates", False)
    drop_bots = options.get("drop_bots", False)
    without_ids = options.get("without_ids", False)
    if zone:
        zone_named(zone, "--zone")
    own_names = name_rules(options.get("names", ()))
    columns_told = tuple(column_rule(one) for one in tell_by)
    formats = (
        (time_format,) if isinstance(time_format, str) else tuple(time_format or ())
    )
    columns = options.get("columns") or Columns()
    asked = Asked(columns, zone=zone, time_format=formats)
    with tempfile.TemporaryDirectory(prefix="desirepath-") as folder:
        scratch = Path(folder)
        lifecycle = options.get("lifecycle", "")
        ask: Callable[..., Loaded]
        if isinstance(source, DatabaseSource) and options.get("recipe") is None:
            read, ask = Recipe(), partial(load_database, source.asked(asked))
        elif (store := store_of(source)) is not None:
            ask, read = ask_store(store, options)
        else:
            parts, read = _parts(
                source, options.get("recipe"), asked, scratch, lifecycle
            )
            ask = partial(load, parts, scratch, identity=read.identity)
        said = read.rules if is_cut else {}
        gap = gap or said.get("gap")
        goals = (ends_with,) if isinstance(ends_with, str) else tuple(ends_with or ())
        goals = goals or tuple(filter(None, said.get("ends_with", "").split("\n")))
        check_gap(gap)
        loaded = ask(
            keep_duplicates=keep_duplicates,
            drop_bots=drop_bots,
            by_customer=bool(gap),
            tell_by=columns_told,
            without_ids=without_ids,
        )
    rules = (*own_names, *read.names)
    sequences = rename_activities(loaded.sequences, rules)
    cuts = []
    if gap:
        before = sequences.case_count
        sequences, gap = cut_by_silence(sequences, gap)
        cuts.append(("gap", gap, before, sequences.case_count))
    if goals:
        before = sequences.case_count
        sequences = cut_at(sequences, goals)
        cuts.append(("ends with", ", ".join(goals), before, sequences.case_count))
    uses = count_uses(loaded.sequences, rules, sequences.offsets)
    applied = _rules(loaded, gap, goals, uses, keep_duplicates=keep_duplicates)
    if isinstance(source, DatabaseSource):
        applied = {**applied, "way": source.way}
    sequences = replace(
        sequences,
        source=applied,
        account=account_of(loaded, rules, uses, cuts, sequences.offsets),
    )
    told = tuple(
        rename_told(one, rules, without_ids=without_ids) for one in loaded.told
    )
    return Reading(sequences, loaded, applied, uses, told)


def _rules(
    loaded: Loaded,
    gap: str | None,
    goals: Sequence[str],
    uses: Sequence[NameUse],
    *,
    keep_duplicates: bool,
) -> Mapping[str, str]:
    """What was applied, for the reader."""
    rules = {"source": ", ".join(table.label for table in loaded.tables)}
    zones = dict.fromkeys(
        f"{time.zone} ({time.zone_source})"
        for table in loaded.tables
        for time in table.times
    )
    if zones:
        rules["zone"] = ", ".join(zones)
    if gap:
        rules["gap"] = gap
    if goals:
        rules["ends with"] = ", ".join(goals)
    if loaded.stitching is not None:
        rules["identity"] = loaded.stitching.describe()
    if loaded.ids is not None:
        rules["ids"] = loaded.ids.describe()
    if uses:
        rules["names"] = describe_uses(uses) or "no activity fits a rule"
    if loaded.duplicate_count:
        kept = "kept" if keep_duplicates else "dropped"
        rules["exact duplicates"] = f"{loaded.duplicate_count} {kept}"
    return rules


def _parts(
    source: object,
    recipe: str | os.PathLike[str] | None,
    asked: Asked,
    scratch: Path,
    lifecycle: str,
) -> tuple[tuple[Part, ...], Recipe]:
    """Tables with what was asked of them, and the recipe; an empty one where there is none."""
    if recipe is not None and source is not None:
        raise fail(
            "E240",
            "both events and a recipe are given",
            str(recipe),
            "Give one of them; a recipe names its files itself.",
        )
    paths = paths_of(source if recipe is None else recipe)
    if paths is None:
        return (
            Part(Table("frame", "the table", frame=_frame(source)), asked),
        ), Recipe()
    if not paths:
        raise fail("E201", "no file is named", hint="Give a file, a folder or a frame.")
    if paths[0].suffix.lower() in RECIPE_SUFFIXES:
        if len(paths) > 1:
            raise fail(
                "E240",
                "a recipe stands for all its files and cannot be combined with others",
                str(paths[0]),
                "List the other files under its sources.",
            )
        read = read_recipe(paths[0], asked)
        parts = [
            Part(table, source_asked)
            for number, (files, source_asked) in enumerate(read.sources)
            for table in find_tables(
                files, _made(scratch / f"source{number}"), lifecycle=lifecycle
            )
        ]
        return tuple(parts), read
    tables = find_tables(paths, _made(scratch / "files"), lifecycle=lifecycle)
    return tuple(Part(table, asked) for table in tables), Recipe()


def _made(folder: Path) -> Path:
    """The folder, made."""
    folder.mkdir()
    return folder


def paths_of(source: object) -> tuple[Path, ...] | None:
    """Paths, or None if the source is no path and no list of paths."""
    if isinstance(source, str | os.PathLike):
        return (Path(source),)
    if isinstance(source, list | tuple):
        wrong = [item for item in source if not isinstance(item, str | os.PathLike)]
        if wrong:
            raise fail(
                "E260",
                f"a list of events holds a {type(wrong[0]).__name__}, which is no path",
                hint="Give paths, or one frame.",
            )
        return tuple(Path(item) for item in source)
    return None


def _frame(source: Any) -> Any:
    """A frame that the engine can read."""
    if isinstance(source, dict) or hasattr(source, "__arrow_c_stream__"):
        return source
    raise fail(
        "E260",
        f"a {type(source).__name__} is no source of events",
        hint="Give a path, a list of paths, a pandas, Polars or PyArrow table, or a dict of NumPy columns.",
    )
