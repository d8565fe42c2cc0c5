"""The table of commands: one line each for the help, a module each, imported when its command is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

# In the order of the loop. A module offers `command` (a function) or `app` (a group of commands); the
# lines stand here, and not only in the modules, so that `desirepath --help` need not import them.
COMMANDS = {
    "new": "Write a starter map with examples to overwrite.",
    "add": "Add a statement to a map; comments and layout of the file stay.",
    "lint": "Find what is missing, points nowhere or cannot be tested in maps.",
    "diff": "Say what changed between two maps: added, removed, changed, moved.",
    "edit": "Put edits into a map, all or none.",
    "schema": "Print the JSON Schema of a map file.",
    "migrate": "Bring a map of an older format up to date.",
    "events": "Look at events before relying on them.",
    "feedback": "Look at surveys, tickets and reviews before relying on them.",
    "evidence": "Anecdotes, interviews and other evidence of a project folder.",
    "discover": "Draft maps of the journeys customers really take.",
    "measure": "Measure what events say about a map and save it as evidence.",
    "check": "Hold a map against events: confirmed, refuted, unknown, stale.",
    "analyze": "Read a map in all ways: low points, waits, channels, promises.",
    "compare": "Compare two maps, evidence files, windows or segments.",
    "personas": "Say whom each persona stands for, how they fare.",
    "draw": "Draw a map as a poster (PDF, PNG, SVG) or as a page.",
    "flow": "Draw how customers move between activities.",
    "serve": "Serve a project's maps to a team: edits in one order.",
    "backup": "Write everything a server keeps into one file.",
    "restore": "Put a backup into a database.",
    "pull": "Write a map of a server into a file.",
    "push": "Send what changed in a pulled map as edits.",
    "demo": "Simulate a plant shop, hold its team's map against it.",
}


def load(name: str) -> Any:
    """The command of a module, ready to be called."""
    app = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )
    app.callback()(_nothing)  # so that one command is still a group of one
    module = import_module(f"desirepath.cli.{name}")
    if hasattr(module, "app"):
        app.add_typer(module.app, name=name)
    else:
        app.command(name)(module.command)
    group: Any = typer.main.get_command(app)
    _leave_files_to_us(group.commands[name])
    return group.commands[name]


def _leave_files_to_us(command: Any) -> None:
    """Keep the parser from refusing files that may not be read: our errors say what to do."""
    for one in getattr(command, "commands", {}).values():
        _leave_files_to_us(one)
    for parameter in command.params:
        parameter.type_descriptor.parameter_info.readable = False


def _nothing() -> None:
    """Before a command nothing is done here."""


class Loaded(Mapping[str, Any]):
    """Commands by name, each loaded when it is first looked up."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        if name not in self._loaded:
            self._loaded[name] = load(name)
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class CommandGroup(TyperGroup):
    """The program: its help comes from the table, its commands from their modules."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = Loaded()

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer calls it so
        """Names in the order of the loop."""
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the table."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, COMMANDS[name]) for name in self.list_commands(ctx)]
            )
