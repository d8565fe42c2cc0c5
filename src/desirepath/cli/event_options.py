"""Options by which every command that reads events says how. Reads nothing before it is asked to."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from desirepath.errors import did_you_mean

if TYPE_CHECKING:
    from desirepath.events.database_source import DatabaseSource
    from desirepath.events.read import Reading, ReadOptions
    from desirepath.events.refresh import Refreshed
    from desirepath.events.report import EventReport, ReportOptions
    from desirepath.events.schema import Inspection
    from desirepath.events.sequences import Sequences
    from desirepath.events.told import Told
    from desirepath.project import Project

EventFiles: TypeAlias = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="EVENTS...",
        help="Files, folders or one recipe; else those of desirepath.toml.",
        show_default=False,
    ),
]


NamedEvents: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--events", help="Event file, folder or recipe; give it again for several."
    ),
]
SavedEvidence: TypeAlias = Annotated[
    Path | None,
    typer.Option("--evidence", help="Evidence saved by measure, instead of events."),
]


def check_one_source(
    events: list[Path] | None,
    evidence_file: Path | None,
    feedback: list[Path] | None = None,
) -> None:
    """Refuse events or feedback beside evidence that was measured before."""
    if events is not None and evidence_file is not None:
        raise typer.BadParameter("give either --events or --evidence")
    if feedback and evidence_file is not None:
        raise typer.BadParameter("--feedback is joined to --events, not to --evidence")


@dataclass(frozen=True)
class EventOptions:
    """How events are to be read; each field is an option of the command line."""

    case: Annotated[
        str | None,
        typer.Option(help="Column of the case, one run through; a+b joins two."),
    ] = None
    customer: Annotated[
        str | None, typer.Option(help="Column of the customer, across cases.")
    ] = None
    activity: Annotated[
        str | None, typer.Option(help="Column of what happened; a+b joins two.")
    ] = None
    time: Annotated[
        str | None,
        typer.Option(help='Column of the time; "none" takes the order of the rows.'),
    ] = None
    channel: Annotated[
        str | None, typer.Option(help="Column of the channel of each event.")
    ] = None
    segment: Annotated[
        list[str] | None,
        typer.Option(
            help="Column of a property of cases; give it again for more; none for none."
        ),
    ] = None
    zone: Annotated[
        str | None, typer.Option(help="Zone of times without offset: Europe/Berlin.")
    ] = None
    time_format: Annotated[
        list[str] | None,
        typer.Option(
            help="strptime format, or day-first, month-first, epoch-s, epoch-ms, epoch-us."
        ),
    ] = None
    gap: Annotated[
        str | None,
        typer.Option(
            help="A case ends after this silence: 30m, 2d; auto takes it from the data; context judges by the activities around it as well."
        ),
    ] = None
    ends_with: Annotated[
        list[str] | None,
        typer.Option(help="A case ends with this activity; * is any letters."),
    ] = None
    recipe: Annotated[
        Path | None,
        typer.Option(help="Recipe for the files, in place of the options above."),
    ] = None
    source: Annotated[
        str | None,
        typer.Option(help="Database of desirepath.toml to read, by its name."),
    ] = None
    lifecycle: Annotated[
        str, typer.Option(help="Only XES events with this transition: complete.")
    ] = ""
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Keep rows equal in every column.")
    ] = False
    drop_bots: Annotated[
        bool,
        typer.Option("--drop-bots", help="Leave out cases with inhuman activity."),
    ] = False
    without_ids: Annotated[
        bool,
        typer.Option(
            "--without-ids",
            help="Activities without queries and with * in place of ids and long numbers.",
        ),
    ] = False

    sample: Annotated[
        str | None,
        typer.Option(
            help="Share of the cases to look at, chosen by their keys: 10%; else all, or as many as fit into memory."
        ),
    ] = None

    def read(self, files: list[Path] | None, *, is_cut: bool = True) -> Sequences:
        """Sequences of the events; of very many only a share, which is said.

        Args:
            files: What the command line names.
            is_cut: False for the cases of the columns, whatever cuts are asked for.
        """
        from desirepath.events.sampling import fitting_share, sample_cases, share_of

        sequences = self._reading(files, is_cut=is_cut).sequences
        share = (
            share_of(self.sample)
            if self.sample
            else fitting_share(sequences.event_count)
        )
        few = sample_cases(sequences, share)
        if few is not sequences:
            print(f"Looked at: {few.source['sample']}.", file=sys.stderr)
        return few

    def read_told(
        self, files: list[Path] | None, rules: list[str]
    ) -> tuple[Sequences, tuple[Told, ...]]:
        """Sequences of the events, and what columns tell of the activities.

        Args:
            files: What the command line names.
            rules: ``COLUMN=VALUE|VALUE`` each.
        """
        reading = self._reading(files, tell_by=rules)
        return reading.sequences, reading.told

    def read_named(self, files: list[Path] | None) -> tuple[Sequences, set[str]]:
        """Sequences with the cases of the columns, and the names that rules gave."""
        reading = self._reading(files, is_cut=False)
        return reading.sequences, {use.name for use in reading.names if use.event_count}

    def inspect(self, files: list[Path] | None) -> Inspection:
        """What is in the events and how they would be read."""
        from desirepath.events.recognize import report

        return report(
            self._reading(files),
            keep_duplicates=self.keep_duplicates,
            drop_bots=self.drop_bots,
        )

    def refresh(
        self, store: Path, files: list[Path] | None, *, is_anew: bool
    ) -> Refreshed:
        """Event store brought up to date; a new one takes the files of the project where none is named."""
        from desirepath.events.event_store import is_store
        from desirepath.events.refresh import refresh_events

        rules = self._rules()
        if files or self.recipe is not None:
            return refresh_events(store, files or None, is_anew=is_anew, **rules)
        if is_store(store):
            return refresh_events(store, is_anew=is_anew, **rules)
        project = project_here()
        source = self._source(files, project)
        if project is not None:
            rules["names"] = project.names
            rules["gap"] = self.gap or project.gap
            rules["without_ids"] = self.without_ids or project.without_ids
        return refresh_events(store, source, **rules)

    def _reading(
        self,
        files: list[Path] | None,
        *,
        is_cut: bool = True,
        tell_by: Iterable[str] = (),
    ) -> Reading:
        """The events as read; what a person must know of it goes to stderr."""
        from desirepath.events.read import MANY_DUPLICATES_SHARE, read_all

        project = project_here()
        source = self._database(files, project) or self._source(files, project)
        rules = self._rules_in(project, files)
        if not is_cut:
            rules["gap"] = rules["ends_with"] = None
        reading = read_all(source, **rules, is_cut=is_cut, tell_by=tuple(tell_by))
        many = project.many_duplicates if project else MANY_DUPLICATES_SHARE
        for line in reading.warnings(many):
            print(line, file=sys.stderr)
        return reading

    def _rules_in(
        self, project: Project | None, files: list[Path] | None
    ) -> ReadOptions:
        """Rules of the command line, and behind them those of the project."""
        rules = self._rules()
        if project is not None:
            rules["names"] = project.names
            rules["without_ids"] = self.without_ids or project.without_ids
            # a silence belongs to the sources that it was chosen for
            is_own = not files and self.recipe is None
            rules["gap"] = self.gap or (project.gap if is_own else None)
        return rules

    def report(self, files: list[Path] | None, asked: ReportOptions) -> EventReport:
        """What happens in the cases; a database counts itself."""
        project = project_here()
        database = self._database(files, project)
        if database is not None:
            from desirepath.events.report_database import report_database

            rules = self._rules_in(project, files)
            return report_database(database, **asked, **rules)
        from desirepath.events.report_sequences import report_sequences

        reading = self._reading(files)
        return report_sequences(
            reading.sequences, dropped=reading.loaded.dropped, **asked
        )

    def keeping(self, files: list[Path] | None, column: str) -> EventOptions:
        """Options that keep a column as a segment; a recipe names its columns itself."""
        return self if self._is_recipe(files) else replace(self, segment=[column])

    def read_segments(self, files: list[Path] | None, names: list[str]) -> Sequences:
        """Sequences with segments of these names, where the events have them.

        Columns that are no segments by themselves are kept as well; a recipe names its own.
        """
        sequences = self.read(files)
        missing = [one for one in names if one not in sequences.segments]
        if not missing or self._is_recipe(files):
            return sequences
        wanted = list(dict.fromkeys([*sequences.segments, *missing]))
        return replace(self, segment=wanted).read(files)

    def _is_recipe(self, files: list[Path] | None) -> bool:
        """True where a recipe says which columns are segments."""
        project = project_here()
        sources = files or (list(project.sources) if project else [])
        return self.recipe is not None or any(
            one.suffix.lower() in (".yaml", ".yml") for one in sources
        )

    def given_gaps(self) -> tuple[str, ...]:
        """Silences named on the command line."""
        return (self.gap,) if self.gap not in (None, "auto", "context") else ()

    def _database(
        self, files: list[Path] | None, project: Project | None
    ) -> DatabaseSource | None:
        """Database to read: the one that is named, else the only one of the project."""
        known = dict(project.databases) if project else {}
        if self.source is None and (files or self.recipe is not None or not known):
            return None
        if self.source is not None and (files or self.recipe is not None):
            raise typer.BadParameter("give files, a --recipe or a --source, not two")
        if self.source is None and len(known) > 1:
            raise typer.BadParameter(
                f"desirepath.toml has several databases; choose with --source: {', '.join(known)}"
            )
        name = self.source or next(iter(known))
        if name not in known:
            raise typer.BadParameter(
                f'no source of desirepath.toml is called "{name}". {did_you_mean(name, known)}'
            )
        return known[name]

    def _source(
        self, files: list[Path] | None, project: Project | None
    ) -> list[Path] | None:
        """Files to read; those of the project where none is named."""
        if files or self.recipe is not None:
            return files or None
        if project is None or not project.sources:
            raise typer.BadParameter(
                "no events are named: give files or folders of events (or --events FILE where the "
                "command takes a map), a --recipe, or sources in desirepath.toml"
            )
        return list(project.sources)

    def _rules(self) -> ReadOptions:
        from desirepath.events.read import ReadOptions
        from desirepath.events.schema import Columns

        return ReadOptions(
            columns=Columns(
                case=self.case,
                customer=self.customer,
                activity=self.activity,
                time=self.time,
                channel=self.channel,
                segments=_segments(self.segment),
            ),
            recipe=self.recipe,
            gap=self.gap,
            ends_with=self.ends_with,
            zone=self.zone,
            time_format=self.time_format,
            lifecycle=self.lifecycle,
            keep_duplicates=self.keep_duplicates,
            drop_bots=self.drop_bots,
            without_ids=self.without_ids,
            names=(),
        )


def split_segments(options: EventOptions) -> tuple[str, EventOptions]:
    """The segment chosen by ``name=value``, and options with the columns that are named besides.

    Examples:
        >>> split_segments(EventOptions(segment=["on=app", "plan"]))[0]
        'on=app'
    """
    given = options.segment or []
    chosen = [one for one in given if "=" in one]
    if len(chosen) > 1:
        raise typer.BadParameter("choose one --segment name=value")
    columns = [one for one in given if "=" not in one]
    return (chosen[0] if chosen else ""), replace(options, segment=columns or None)


def project_here() -> Project | None:
    """Project of the folder in which the command runs."""
    from desirepath.project import find_project

    return find_project(Path.cwd())


def _segments(given: list[str] | None) -> tuple[str, ...] | None:
    """Columns of segments; () where none are wanted, None where nothing was said."""
    return () if given == ["none"] else tuple(given) if given else None


def reads_events(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every field of EventOptions as an option of its own.

    Args:
        command: Takes them together as keyword `options`.
    """
    own = inspect.signature(command, eval_str=True)
    kinds = inspect.get_annotations(EventOptions, eval_str=True)
    # where a command has an option of the same name, that one counts
    names = [
        field.name for field in fields(EventOptions) if field.name not in own.parameters
    ]
    shared = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=kinds[field.name],
        )
        for field in fields(EventOptions)
        if field.name in names
    ]

    @functools.wraps(command)
    def run(**given: Any) -> None:
        options = EventOptions(**{name: given.pop(name) for name in names})
        command(**given, options=options)

    kept = [
        one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for one in own.parameters.values()
        if one.name != "options"
    ]
    run.__signature__ = own.replace(parameters=[*kept, *shared])  # type: ignore[attr-defined]
    return run
