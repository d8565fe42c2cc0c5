"""What users rely on changes on purpose only."""

from __future__ import annotations

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

import desirepath

HERE = Path(__file__).parent
ACCEPT = "accept it with: python tests/architecture/make_public_names.py"
# words of others for which the glossary has one of ours
BANNED = (
    "phase",
    "node",
    "trace",
    "cohort",
    "insight",
    "hypothesis",
    "distinct_id",
    "user_id",
    "swimlane",
    "analyse",
    "colour",
    "utils",
    "helper",
    "manager",
)
MOST_NAMES = 40  # five verbs and three nouns with up to five names each; beyond that a reader is lost


@pytest.fixture(scope="module")
def lines() -> list[str]:
    spec = spec_from_file_location("make_public_names", HERE / "make_public_names.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.lines())


def test_public_names_and_signatures_are_those_accepted(lines: list[str]) -> None:
    accepted = (HERE / "public_names.txt").read_text(encoding="utf-8").splitlines()
    assert lines == accepted, ACCEPT


def test_public_names_are_few() -> None:
    assert len(desirepath.__all__) <= MOST_NAMES


def test_functions_are_verb_and_object_and_types_are_nouns() -> None:
    for name in desirepath.__all__:
        assert re.fullmatch(r"[a-z]+_[a-z]+|([A-Z][a-z]+)+", name), name


def test_public_names_use_the_words_of_the_glossary(lines: list[str]) -> None:
    for line in lines:
        words = re.findall(r"[A-Za-z_]+", line)
        for word in words:
            parts = set(re.sub(r"([A-Z])", r"_\1", word).lower().split("_")) | {
                word.lower()
            }
            assert not parts & set(BANNED), line


def test_unknown_names_are_ordinary_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(sys.modules["desirepath"], "nothing")  # noqa: B009 - a name that types forbid


def test_every_public_name_is_listed() -> None:
    assert set(desirepath.__all__) < set(dir(desirepath))
