"""No committed file speaks of one machine."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

# joined here, so that this file does not hold what it looks for
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("registry", "yarnpkg"),
)]  # fmt: skip
MACHINE_PATHS = [f"/{name}/" for name in ("work", "farm", "root")]
BINARY = {".ttf", ".woff2", ".png", ".pdf", ".gz", ".parquet", ".xes"}
# license texts and names of files that must speak of registries, with the reason
ALLOWED: dict[str, str] = {}


@pytest.fixture(scope="module")
def committed(root: Path) -> list[Path]:
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a clone")
    done = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - any git will do
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:  # a clone of somebody else's, for one
        pytest.skip(f"git does not list this folder: {done.stderr}")
    files = [root / name for name in done.stdout.split("\0") if name]
    assert len(files) > 100
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


@pytest.mark.parametrize(
    "words", [REGISTRIES, MACHINE_PATHS], ids=["registries", "paths"]
)
def test_no_committed_file_names_a_registry_or_a_path_of_one_machine(
    committed: list[Path], root: Path, words: list[str]
) -> None:
    found = []
    for file in committed:
        if str(file.relative_to(root)) in ALLOWED:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        found += [f"{file.relative_to(root)}: {word}" for word in words if word in text]
    assert found == []


def test_no_committed_file_is_large(committed: list[Path]) -> None:
    large = [file.name for file in committed if file.stat().st_size > 2_000_000]
    assert large == []
