"""The program: options before a command, and what a run of it leaves with."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import typer

from desirepath import __version__
from desirepath.cli.commands import CommandGroup
from desirepath.cli.output import BAD_INPUT, OK
from desirepath.cli.watching import stoppable, watching
from desirepath.errors import DesirepathError, Problem

DEBUG = "--debug"


def show_version(is_asked: bool) -> None:
    """Print the version and stop, where it is asked for."""
    if is_asked:
        print(f"desirepath {__version__}")
        raise typer.Exit


def build_app() -> typer.Typer:
    """Command line with every command; what is heavy is imported where it runs."""
    app = typer.Typer(
        name="desirepath",
        cls=CommandGroup,
        help="Customer journey maps held against the path customers really take.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def options(
        context: typer.Context,
        *,
        _debug: bool = typer.Option(
            False, DEBUG, help="Show the traceback of an error."
        ),
        quiet: bool = typer.Option(
            False, "--quiet", help="Do not show on the terminal what takes long."
        ),
        profile: bool = typer.Option(
            False, "--profile", help="Print at the end how long each step took."
        ),
        _version: bool = typer.Option(
            False,
            "--version",
            callback=show_version,
            is_eager=True,
            help="Print the version and stop.",
        ),
    ) -> None:
        is_seen = sys.stderr.isatty() and not quiet
        context.with_resource(watching(sys.stderr if is_seen else None, profile))

    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line.

    Returns:
        Exit code: 0 fine, 1 findings, 2 wrong usage, 3 bad input, 4 something is refuted, 130 stopped by Ctrl-C.
    """
    try:
        with stoppable():
            build_app()(list(arguments))
            sys.stdout.flush()
    except DesirepathError as error:
        if DEBUG in arguments or os.environ.get("DESIREPATH_DEBUG"):
            raise
        print(error.short(), file=sys.stderr)
        return BAD_INPUT
    except SystemExit as stop:  # Typer leaves this way; commands choose the code by `raise typer.Exit(code)`
        return _flushed(stop.code if isinstance(stop.code, int) else OK)
    except OSError as error:
        return _not_printed(error)
    return OK


def _flushed(code: int) -> int:
    """The exit code, once what was printed has arrived."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _not_printed(error)
    return code


def _not_printed(error: OSError) -> int:
    """Say that the disk is full where the output went; any other error is ours."""
    if error.errno != errno.ENOSPC:
        raise error
    # Python would try once more at the end, and complain in its own words.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    hint = "Free some room on the disk, or write it elsewhere."
    problem = Problem("E805", "there is no room for the output", hint=hint)
    print(problem, file=sys.stderr)
    return BAD_INPUT
