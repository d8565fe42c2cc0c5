"""Evidence files: what is read is what was written, and any change is found."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from desirepath.errors import EvidenceError
from desirepath.events.sequences import Sequences
from desirepath.evidence.facts import (
    MAX_FILE_BYTES,
    Evidence,
    Fact,
    read_evidence,
    write_evidence,
)
from desirepath.evidence.measure import measure_map
from desirepath.maps.model import JourneyMap

AGAIN = "Measure the map again: desirepath measure MAP --events FILE -o FILE."


@pytest.fixture
def evidence(
    log: Callable[..., Sequences], plan: Callable[..., JourneyMap]
) -> Evidence:
    shop = log("look@web 注文", "look x", "look@web", segments={"city": ["ö"] * 3})
    return measure_map(plan("look think= buy=注文", goal="注文"), shop)


def test_what_is_read_is_what_was_written(evidence: Evidence, tmp_path: Path) -> None:
    path = write_evidence(evidence, tmp_path / "new" / "evidence.json")
    assert read_evidence(path) == evidence
    assert read_evidence(str(path)) == evidence


def test_the_same_evidence_gives_the_same_bytes(
    evidence: Evidence, tmp_path: Path
) -> None:
    one = write_evidence(evidence, tmp_path / "one.json").read_bytes()
    other = write_evidence(
        read_evidence(tmp_path / "one.json"), tmp_path / "other.json"
    )
    assert other.read_bytes() == one


def test_facts_are_found_by_what_they_are_about(evidence: Evidence) -> None:
    found = evidence.find("step:look", "channel", target="web")
    assert found is not None
    assert (found.hits, found.cases) == (2, 3)
    assert evidence.find("step:look", "channel", target="app") is None
    assert evidence.find("step:look", "reach", segment="city=ö") is None
    assert list(evidence.select()) == list(evidence.facts)
    assert {one.measure for one in evidence.select("step:buy")} == {
        "reach",
        "goal",
        "repeat",
        "passed_over",
        "too_early",
        "elsewhere_next",
        "left_so_far",
        "time_share",
    }


def test_a_changed_file_is_found(evidence: Evidence, tmp_path: Path) -> None:
    path = write_evidence(evidence, tmp_path / "evidence.json")
    text = path.read_text("utf-8")
    path.write_text(text.replace('"cases": 3', '"cases": 4'), "utf-8")
    with pytest.raises(EvidenceError) as error:
        read_evidence(path)
    assert str(error.value) == (
        f"{path}: the file was changed since it was saved [E312]\n  {AGAIN}"
    )


def test_a_file_without_its_checksum_is_a_changed_one(
    evidence: Evidence, tmp_path: Path
) -> None:
    path = tmp_path / "evidence.json"
    path.write_text(json.dumps(evidence.to_dict()), "utf-8")
    with pytest.raises(EvidenceError, match="E312"):
        read_evidence(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    with pytest.raises(EvidenceError) as error:
        read_evidence(path)
    assert (
        str(error.value)
        == f"{path}: the file cannot be read: No such file or directory [E310]\n  {AGAIN}"
    )


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"not json", "the file is not evidence in JSON"),
        (b"\xff\xfe", "the file is not evidence in JSON"),
        (b"[" * 100_000, "the file is not evidence in JSON"),
        (b"[]", 'expected format "desirepath/evidence/1", found none'),
        (b'{"format": 2}', 'expected format "desirepath/evidence/1", found 2'),
        (
            b'{"format": "desirepath/evidence/9"}',
            'expected format "desirepath/evidence/1", found desirepath/evidence/9',
        ),
    ],
)
def test_what_is_no_evidence_is_refused(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "evidence.json"
    path.write_bytes(content)
    with pytest.raises(EvidenceError) as error:
        read_evidence(path)
    assert str(error.value) == f"{path}: {what} [E311]\n  {AGAIN}"


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "evidence.json"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(EvidenceError) as error:
        read_evidence(path)
    assert str(error.value) == (
        f"{path}: the file is too large to be evidence [E311]\n  {AGAIN}"
    )


def test_a_failed_write_leaves_the_old_file(
    evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_evidence(evidence, tmp_path / "evidence.json")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EvidenceError, match="No space left"):
        write_evidence(evidence, path)
    assert read_evidence(path) == evidence
    assert [one.name for one in tmp_path.iterdir()] == ["evidence.json"]


def test_what_is_not_a_number_is_never_written(tmp_path: Path) -> None:
    fact = Fact("map", "goal", math.nan, "share", 1, None, None)
    evidence = Evidence("shop", (fact,), 1, 1, 1, "", "")
    with pytest.raises(ValueError, match="JSON"):
        write_evidence(evidence, tmp_path / "evidence.json")
    assert not list(tmp_path.iterdir())
