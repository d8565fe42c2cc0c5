"""What a job works with: a map, and the events and answers of a project or of people. Judges nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from desirepath.check.report import CheckReport
from desirepath.errors import Problem, WebError
from desirepath.events.database_source import DatabaseSource
from desirepath.events.feedback.answers import Feedback
from desirepath.events.feedback.read import read_all_feedback
from desirepath.events.feedback.recipe import read_feedback_recipe
from desirepath.events.read import Reading, ReadOptions, read_all
from desirepath.events.sampling import fitting_share, sample_cases
from desirepath.events.schema import Asked
from desirepath.events.sequences import Sequences
from desirepath.events.sources.files import RECIPE_SUFFIXES, files_of
from desirepath.events.sources.recipe import read_recipe
from desirepath.events.sources.yaml_file import load_yaml
from desirepath.evidence.library import Library
from desirepath.maps.model import JourneyMap
from desirepath.project import Project
from desirepath.track.business import BusinessChange
from desirepath.web.jobs.results import Extent, ReadSource
from desirepath.web.jobs.told import whole_library

NOTHING_TOLD = Library()
Parts = Iterator[tuple[str, Any]]


@dataclass(frozen=True)
class Work:
    """What a job works with; events and answers are read when they are first asked for.

    Attributes:
        journey_map: The map.
        project: Settings and sources of the project; None where it has none.
        events_recipe: Recipe of the events that people brought and confirmed, None for none; they
            stand in place of those of the project.
        feedback_recipe: Recipe of their answers of customers, None for none.
        given: What was asked for besides.
        earlier: The check before, None for the first.
        sources_before: Sources the check before read.
        folder: Folder of the project, whether or not it has a `desirepath.toml`.
        told: What the server keeps besides of what people told.
        told_before: Sum of all that people had told at the check before.
        today: Day from which ages count.
        known: Ids of maps there are.
        changes: What people told beside the map of changes in the business.
    """

    journey_map: JourneyMap
    project: Project | None = None
    events_recipe: Path | None = None
    feedback_recipe: Path | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    earlier: CheckReport | None = None
    sources_before: tuple[ReadSource, ...] = ()
    folder: Path | None = None
    told: Library = NOTHING_TOLD
    told_before: str = ""
    today: date | None = None
    known: frozenset[str] = frozenset()
    changes: tuple[BusinessChange, ...] = ()

    @property
    def day(self) -> date | None:
        """Day from which ages count: as the project says, else today."""
        return (self.project.today if self.project else None) or self.today

    @property
    def has_events(self) -> bool:
        """Whether there is anything to read."""
        return bool(self._events())

    @cached_property
    def reading(self) -> Reading:
        """The events as read.

        Raises:
            WebError: E762 there are none.
        """
        source = self._events()
        if not source:
            hint = "Bring events on the page of sources, or write sources = [...] into desirepath.toml."
            raise WebError(Problem("E762", "there are no events to look at", hint=hint))
        rules = ReadOptions()
        if self.project is not None:
            rules["names"] = self.project.names
            rules["without_ids"] = self.project.without_ids
            if self.events_recipe is None:
                # a silence belongs to the sources that it was chosen for
                rules["gap"] = self.project.gap
        return read_all(source, **rules)

    @cached_property
    def sequences(self) -> Sequences:
        """All cases, or as many as can be looked at in memory."""
        whole = self.reading.sequences
        return sample_cases(whole, fitting_share(whole.event_count))

    @cached_property
    def feedback(self) -> Feedback | None:
        """Answers of customers, None where there are none."""
        files = list(self._feedback_files())
        if not files:
            return None
        found = read_all_feedback(files).feedback
        themes = self.project.themes if self.project else found.own_themes
        return replace(found, own_themes=themes)

    @cached_property
    def library(self) -> Library:
        """What people told: in the folder of the project, and in workshops."""
        folder = self.folder or (self.project.path.parent if self.project else None)
        return whole_library(folder, self.told) if folder else self.told

    @cached_property
    def sources(self) -> tuple[ReadSource, ...]:
        """What is read, each file with its sum."""
        source = self._events()
        if isinstance(source, DatabaseSource):
            files: list[Path] = []
            told = [ReadSource(self._database())]
        else:
            files, told = [one for path in source for one in _files(path)], []
        for path in self._feedback_files():
            files += _files(path)
        own = {self.events_recipe, self.feedback_recipe}
        unique = dict.fromkeys(files)
        return (
            *told,
            *(ReadSource("" if one in own else one.name, _sum(one)) for one in unique),
        )

    @property
    def extent(self) -> Extent:
        """How much was looked at."""
        sequences = self.sequences
        if not sequences.has_times or not sequences.case_count:
            return Extent(sequences.case_count, sequences.event_count)
        days = sequences.times_us.min(), sequences.times_us.max()
        first, last = (str(one.astype("datetime64[us]").astype("datetime64[D]")) for one in days)  # fmt: skip
        return Extent(sequences.case_count, sequences.event_count, first, last)

    def _events(self) -> DatabaseSource | list[Path]:
        if self.events_recipe is not None:
            return [self.events_recipe]
        if self.project is None:
            return []
        if self.project.databases:
            return self.project.databases[self._database()]
        return list(self.project.sources)

    def _database(self) -> str:
        assert self.project is not None  # noqa: S101 - asked by who has looked
        known = list(self.project.databases)
        asked = str(self.given.get("source") or "")
        if asked:
            found = [asked] if asked in known else []
        else:
            read_before = {one.name for one in self.sources_before}
            found = [one for one in known if one in read_before] or known
        if len(found) == 1:
            return found[0]
        what = "desirepath.toml names several databases, and a job reads one: cases of different databases are not joined"
        if asked:
            what = f'desirepath.toml names no database "{asked}"'
        hint = f"Say which one as the source of the job: {', '.join(known)}. Later jobs read what the newest check read."
        raise WebError(Problem("E762", what, hint=hint))

    def _feedback_files(self) -> Iterator[Path]:
        """Recipes that list answers."""
        if self.feedback_recipe is not None:
            yield self.feedback_recipe
        for path in self.project.sources if self.project else ():
            if path.suffix.lower() in RECIPE_SUFFIXES and load_yaml(path).get("feedback"):  # fmt: skip
                yield path


def _files(path: Path) -> list[Path]:
    """Files a path stands for: itself, those of a folder, or those a recipe names, and the recipe."""
    if path.suffix.lower() not in RECIPE_SUFFIXES:
        return list(files_of(path))
    found = [path]
    data = load_yaml(path)
    if data.get("sources"):
        found += [file for files, _ in read_recipe(path, Asked()).sources for one in files for file in files_of(one)]  # fmt: skip
    if data.get("feedback"):
        for one in read_feedback_recipe(path):
            found += [file for named in one.files for file in files_of(named)]
    return found


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
