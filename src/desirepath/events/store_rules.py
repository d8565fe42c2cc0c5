"""Rules by which an event store reads its files: given once, remembered, and checked at every refresh."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desirepath.events.cutting import check_gap
from desirepath.events.learned import columns_from_data, columns_to_data
from desirepath.events.names import name_rules
from desirepath.events.read import ReadOptions, paths_of
from desirepath.events.schema import Asked, Columns, IdentityRule, fail
from desirepath.events.sources.files import RECIPE_SUFFIXES, files_of
from desirepath.events.sources.recipe import Recipe, read_recipe
from desirepath.events.table import segment_name
from desirepath.events.times import zone_named

SOURCE_KEYS = ("paths", "recipe", "recipe_sha256")


@dataclass(frozen=True, slots=True)
class Rules:
    """How a store reads its files.

    Attributes:
        data: What was said, as plain data.
        sources: Files or folders of each source, and what was said about them.
        recipe: What a recipe says; an empty one where there is none.
        named: Files and folders that were named for this refresh and must be there.
    """

    data: Mapping[str, Any]
    sources: tuple[tuple[tuple[Path, ...], Asked], ...]
    recipe: Recipe
    named: frozenset[Path]

    @property
    def by_customer(self) -> bool:
        """Cases are customers, to be cut by silence."""
        return bool(self.data["gap"] or self.recipe.rules.get("gap"))

    @property
    def identity(self) -> IdentityRule | None:
        """By which keys customers are known across sources."""
        return self.recipe.identity

    @property
    def lifecycle(self) -> str:
        """Transition of XES events to take."""
        return str(self.data["lifecycle"])

    @property
    def keep_duplicates(self) -> bool:
        """Keep rows that are equal in every column."""
        return bool(self.data["keep_duplicates"])

    @property
    def drop_bots(self) -> bool:
        """Leave out cases with inhuman activity."""
        return bool(self.data["drop_bots"])

    @property
    def without_ids(self) -> bool:
        """Call activities by their plain names."""
        return bool(self.data["without_ids"])

    def given_segments(self) -> frozenset[str]:
        """Segments that were asked for."""
        return frozenset(
            segment_name(column)
            for _, asked in self.sources
            for column in asked.columns.segments or ()
        )

    def listed(self) -> list[tuple[int, Path, Asked]]:
        """Number of the source, file and what was said about it, for every file there is.

        Raises:
            EventsError: E201 or E202 if a file that was named is not there, or if there is none at all.
        """
        found = [
            (number, file, asked)
            for number, (paths, asked) in enumerate(self.sources)
            for path in paths
            if path in self.named or path.exists()
            for file in files_of(path)
        ]
        seen: set[tuple[int, Path]] = set()
        unique = []
        for number, file, asked in found:
            if (number, file.resolve()) not in seen:
                seen.add((number, file.resolve()))
                unique.append((number, file, asked))
        return unique

    def is_recipe_changed(self, before: Mapping[str, Any]) -> bool:
        """True if the recipe is another than that of the store."""
        return bool(self.data["recipe_sha256"] != before["recipe_sha256"])

    def to_dict(self) -> dict[str, Any]:
        """Plain data, with what a reader of the store applies: names, silence, goals."""
        said = self.recipe.rules
        goals = list(filter(None, said.get("ends_with", "").split("\n")))
        return {
            **self.data,
            "apply": {
                "gap": self.data["gap"] or said.get("gap"),
                "ends_with": self.data["ends_with"] or goals,
                "names": [
                    *self.data["names"],
                    *([rule.pattern, rule.name] for rule in self.recipe.names),
                ],
            },
        }


def rules_of(
    before: Mapping[str, Any] | None,
    source: object,
    options: ReadOptions,
    *,
    is_anew: bool,
) -> Rules:
    """Rules of a refresh.

    Args:
        before: Those the store was made with; None for a new one.
        source: Files or folders named now; None for those of the store.
        options: What was said now.
        is_anew: Everything is read again, so that other rules may be given.

    Raises:
        EventsError: E296 if other rules are given than those of the store, E299 if there are no files.
    """
    said = _said(options)
    given = {key for key, value in said.items() if value not in (None, "", False, [])}
    given -= {"columns"} if said["columns"] == columns_to_data(Columns()) else set()
    if before is not None and not (is_anew and given):
        other = sorted(key for key in given if said[key] != before[key])
        if other:
            raise fail(
                "E296",
                f"the store was made with other rules: {', '.join(other).replace('_', ' ')}",
                hint="Leave the options out, or read everything again with --anew.",
            )
        said = {key: before[key] for key in said}
    paths = _given_paths(source, options)
    stored = [] if before is None else [Path(one) for one in before["paths"]]
    if not paths and not stored:
        raise fail(
            "E299",
            "it is not known which files the event store shall hold",
            hint="Name files or folders: desirepath events refresh STORE EVENTS...",
        )
    now = list(dict.fromkeys([*([] if is_anew and paths else stored), *paths]))
    data = {
        **said,
        "paths": [str(path) for path in now],
        "recipe_sha256": "",
    }
    columns = columns_from_data(said["columns"])
    asked = Asked(columns, zone=said["zone"], time_format=tuple(said["time_format"]))
    if now[0].suffix.lower() not in RECIPE_SUFFIXES:
        return Rules(data, ((tuple(now), asked),), Recipe(), frozenset(paths))
    recipe = read_recipe(now[0], asked)
    named = frozenset(path for files, _ in recipe.sources for path in files)
    data["recipe_sha256"] = hashlib.sha256(now[0].read_bytes()).hexdigest()
    return Rules(data, recipe.sources, recipe, named)


def _given_paths(source: object, options: ReadOptions) -> list[Path]:
    """Files and folders named now, absolute."""
    recipe = options.get("recipe")
    if source is None and recipe is None:
        return []
    found = paths_of(source if recipe is None else recipe)
    if found is None:
        raise fail(
            "E299",
            "a frame has no files that could be new",
            hint="Name files or folders, or read the frame with read_events.",
        )
    return [path.resolve() if path.exists() else path for path in found]


def _said(options: ReadOptions) -> dict[str, Any]:
    """What was said, as plain data."""
    if unknown := options.keys() - ReadOptions.__annotations__:
        msg = f"there is no option {', '.join(sorted(unknown))}"
        raise TypeError(msg)
    zone, gap = options.get("zone"), options.get("gap")
    if zone:
        zone_named(zone, "--zone")
    check_gap(gap)
    return {
        "columns": columns_to_data(options.get("columns") or Columns()),
        "gap": gap,
        "ends_with": _listed(options.get("ends_with")),
        "names": [
            [rule.pattern, rule.name] for rule in name_rules(options.get("names", ()))
        ],
        "zone": zone,
        "time_format": _listed(options.get("time_format")),
        "lifecycle": options.get("lifecycle", ""),
        "keep_duplicates": options.get("keep_duplicates", False),
        "drop_bots": options.get("drop_bots", False),
        "without_ids": options.get("without_ids", False),
    }


def _listed(given: str | Sequence[str] | None) -> list[str]:
    """One or several texts as a list."""
    return [given] if isinstance(given, str) else list(given or ())
