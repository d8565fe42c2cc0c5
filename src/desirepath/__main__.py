"""Start of the command line: `desirepath` and `python -m desirepath`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from desirepath.cli.app import run  # noqa: PLC0415 - `python -m desirepath` must start fast

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
