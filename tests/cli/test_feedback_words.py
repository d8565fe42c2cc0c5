"""`desirepath feedback themes`, `topics` and `quotes`, and private data on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desirepath.cli.app import run
from desirepath.evidence.quotes import read_quotes

SURVEY = "customer_id,submitted_at,csat_1_5,comment\n" + "".join(
    f"c{number},2024-05-01 12:00,{score},{text}\n"
    for number, (score, text) in enumerate(
        [
            (1, "Two weeks late and nobody answered my mails"),
            (2, "The delivery was late; I am still waiting for half of it"),
            (1, "Late again! Write to ann@shop.example about it"),
            (5, "Friendly staff and very easy to find"),
            (5, "Quick and easy. The car park is large"),
            (4, ""),
        ],
        start=1,
    )
)
EVENTS = "customer_id,session_id,event,timestamp\n" + "".join(
    f"c{number},s{number},{event},2024-05-01 0{hour}:00:00\n"
    for number in range(1, 41)
    for hour, event in enumerate(("look", "pay"), start=8)
)
MAP = """format: desirepath/map/1
id: shop
title: Shop
stages:
  - id: buy
    name: Buy
    steps:
      - {id: look, name: I look, events: [{activity: look}]}
      - {id: pay, name: I pay, events: [{activity: pay}]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DESIREPATH_PRIVATE_KEY", raising=False)
    for name, text in (
        ("survey.csv", SURVEY),
        ("events.csv", EVENTS),
        ("shop.yaml", MAP),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_themes_are_listed_with_customers_feeling_and_a_quote(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["feedback", "themes", "survey.csv", "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["customers"] == 5
    by_name = {one["theme"]: one for one in found["themes"]}
    assert by_name["waiting"]["customers"] == 3
    assert by_name["waiting"]["mean_emotion"] == pytest.approx(-5 / 3)
    assert by_name["easy"]["customers"] == 2
    assert "ann@" not in out
    assert err == (
        "survey.csv: PRIVATE DATA in comment (1 with email). "
        "It is not kept in evidence; quotes leave it out.\n"
    )
    assert run(["feedback", "themes", "survey.csv"]) == 0
    told = capsys.readouterr().out
    assert "What customers write about: 5 customers with words" in told
    assert "too few to learn from" in told


def test_inspect_counts_private_data(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["feedback", "inspect", "survey.csv", "--json"]) == 0
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert table["private"] == {"comment": {"email": 1}}


def test_a_column_of_ids_holds_no_cards(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"4{number:015d},fine thing {number}" for number in range(1, 200)]
    text = "\n".join(["ticket_id,comment", *rows])
    (folder / "tickets.csv").write_text(text, encoding="utf-8")
    assert run(["feedback", "inspect", "tickets.csv", "--json"]) == 0
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert table["private"] == {}


def test_themes_of_the_project_count_as_well(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = '[themes]\nparking = ["car park*"]\n'
    (folder / "desirepath.toml").write_text(toml, encoding="utf-8")
    assert run(["feedback", "themes", "survey.csv", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["themes"]
    assert ("parking", 1) in [(one["theme"], one["customers"]) for one in found]


def test_a_wrong_list_of_words_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toml = '[themes]\nparking = "car park"\n'
    (folder / "desirepath.toml").write_text(toml, encoding="utf-8")
    assert run(["feedback", "themes", "survey.csv"]) == 3
    assert capsys.readouterr().err.endswith(
        "desirepath.toml:2: themes.parking is no list of words [E803]\n"
        '  Write for example: parking = ["car park", "parking*"]\n'
    )


def test_quotes_are_saved_beside_the_evidence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["shop.yaml", "--events", "events.csv", "--feedback", "survey.csv"]
    assert run(["feedback", "quotes", *command, "-o", "quotes.json"]) == 0
    assert "words of customers: share them with care" in capsys.readouterr().out
    assert run(["measure", *command, "-o", "e.json", "--quotes", "again.json"]) == 0
    assert read_quotes("quotes.json") == read_quotes("again.json")
    words = (folder / "again.json").read_text(encoding="utf-8")
    assert "Two weeks late" in words
    assert "Two weeks late" not in (folder / "e.json").read_text(encoding="utf-8")


def test_hashes_need_a_key_and_never_show_it(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["feedback", "themes", "survey.csv", "--private", "hash", "--json"]
    assert run(command) == 3
    assert "[E264]" in capsys.readouterr().err
    monkeypatch.setenv("DESIREPATH_PRIVATE_KEY", "a-secret-of-sixteen-letters")
    assert run(command) == 0
    out = "".join(capsys.readouterr())
    assert "a-secret" not in out


def test_a_map_places_the_words_at_its_steps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--map", "shop.yaml", "--events", "events.csv"]
    assert run(["feedback", "themes", "survey.csv", *command]) == 0
    told = capsys.readouterr().out
    assert "What customers write at each step" in told
    assert "3 of 5 (60 %)" in told
    assert run(["feedback", "themes", "survey.csv", "--events", "events.csv"]) == 2


def test_few_texts_have_no_topics(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["feedback", "topics", "survey.csv"]) == 3
    assert "[E266]" in capsys.readouterr().err
