"""Dependencies are few, permissive, pinned, and added on purpose."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

MOST = 20
ACCEPTED = (
    "brotli",
    "duckdb",
    "fonttools",
    "lxml",
    "numpy",
    "py3langid",
    "pydantic",
    "pyphen",
    "python-calamine",
    "rapidfuzz",
    "rich",
    "ruamel.yaml",
    "scikit-learn",
    "scipy",
    "snowballstemmer",
    "typer",
    "typst",
    "tzdata",
    "uharfbuzz",
)
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|0BSD|Zlib|Unlicense)\b", re.IGNORECASE
)
# offered under several licenses, used under the one named; see docs/decisions/0010
CHOSEN = {"pyphen": "MPL"}


def required(root: Path) -> list[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"]
    return [re.split(r"[<>=!~\[; ]", line)[0].lower() for line in lines]


def license_of(found: Distribution) -> str:
    data = found.metadata
    # some packages put the whole text of the license into its field
    keys = ("License-Expression", "License")
    said = [(data.get_all(key) or [""])[0][:200] for key in keys]
    classifiers = data.get_all("Classifier") or []
    return " ".join([*said, *(one for one in classifiers if "License ::" in one)])


def test_dependencies_are_those_accepted(root: Path) -> None:
    assert tuple(sorted(required(root))) == ACCEPTED
    assert len(ACCEPTED) <= MOST


@pytest.mark.parametrize("name", ACCEPTED)
def test_licenses_are_permissive(name: str) -> None:
    text = license_of(distribution(name))
    if name in CHOSEN:
        assert CHOSEN[name] in text or "Mozilla" in text
        return
    assert PERMISSIVE.search(text), f"{name}: {text!r}"
    assert not re.search(r"\bA?GPL", text), f"{name}: {text!r}"


def test_every_dependency_is_pinned(root: Path) -> None:
    pins = (root / "constraints.txt").read_text(encoding="utf-8").lower()
    pinned = {
        re.sub(r"[-_.]+", "-", line.split("==")[0].strip())
        for line in pins.splitlines()
        if "==" in line
    }
    names = required(root)
    assert "duckdb" in names
    for name in names:
        assert re.sub(r"[-_.]+", "-", name) in pinned, name
