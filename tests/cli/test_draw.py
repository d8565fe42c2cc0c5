from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.evidence.quotes import Quote, Quotes, write_quotes

MAP = {
    "format": "desirepath/map/1",
    "id": "shop",
    "title": "I order a plant",
    "stages": [
        {
            "id": "find",
            "name": "Find",
            "steps": [
                {"id": "search", "name": "I search", "events": [{"activity": "search"}]}
            ],
        }
    ],
}


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    file = tmp_path / "shop.json"
    file.write_text(json.dumps(MAP), encoding="utf-8")
    return file


def test_draw_writes_the_file_it_names(
    map_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "poster.svg"
    assert run(["draw", str(map_file), "-o", str(target), "--size", "A1"]) == 0
    assert capsys.readouterr().out == f"{target}\n"
    assert 'width="841mm"' in target.read_text("utf-8")


def test_draw_without_a_name_writes_a_pdf_beside_the_map(map_file: Path) -> None:
    assert run(["draw", str(map_file)]) == 0
    assert map_file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_draw_says_which_sizes_there_are(
    map_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(["draw", str(map_file), "-o", str(tmp_path / "a.pdf"), "--size", "A33"])
    assert code == 3
    assert capsys.readouterr().err == (
        'no paper size is called "A33" [E601]\n'
        '  Did you mean "A3"? Known names: A0, A1, A2, A3, A4, letter, tabloid.\n'
    )


def test_draw_with_evidence_marks_what_is_claimed(
    map_file: Path, tmp_path: Path
) -> None:
    from desirepath import write_evidence  # noqa: PLC0415
    from desirepath.evidence.facts import Evidence, Fact  # noqa: PLC0415

    reach = Fact(
        "step:search",
        "reach",
        0.87,
        "share",
        900,
        0.85,
        0.89,
        783,
        900,
        window_from="2024-01-01",
        window_to="2024-03-01",
    )
    file = write_evidence(
        Evidence("shop", (reach,), 900, 2000, 900, "2024-01-01", "2024-03-01"),
        tmp_path / "evidence.json",
    )
    target = tmp_path / "poster.svg"
    assert run(["draw", str(map_file), "--evidence", str(file), "-o", str(target)]) == 0
    text = target.read_text("utf-8").replace("\u00a0", " ")
    assert "reach 87 % (85–89 %) · n 900" in text
    assert "confirmed" in text


def test_quotes_of_a_file_stand_on_the_poster(map_file: Path, tmp_path: Path) -> None:
    quote = Quote("search", "not_found", "nothing found for my balcony", "en")
    file = write_quotes(Quotes("shop", (quote,), ()), tmp_path / "quotes.json")
    target = tmp_path / "poster.svg"
    assert run(["draw", str(map_file), "--quotes", str(file), "-o", str(target)]) == 0
    assert "nothing found" in target.read_text("utf-8")
