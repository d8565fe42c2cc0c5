"""Every engine gives the same bytes, those of plain Python."""

from __future__ import annotations

from dataclasses import replace

from tests.engines.nasty import CASE, Row, digest, key_of, oracle

from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import read_all

FEW = {CASE: "!long"}
SAMPLE_DIGEST = "1415c19d11d0af3a86bc874b11ff6032"
DIGEST = "c0f987496810001d2e4e01a75877610d"


def test_plain_python_gives_the_fixed_digest(table: list[Row]) -> None:
    assert oracle(table) == DIGEST


def test_every_engine_gives_the_fixed_digest(source: DatabaseSource) -> None:
    assert digest(read_all(source).sequences) == DIGEST


def test_a_sample_holds_the_same_whole_cases_everywhere(
    source: DatabaseSource,
) -> None:
    tenth = replace(source, sample=0.1, where=FEW)
    found = read_all(tenth).sequences
    assert digest(found) == SAMPLE_DIGEST
    assert (found.case_keys % 1000 < 100).all()
    assert 0.05 < found.case_count / 400 < 0.2


def test_a_sample_is_part_of_a_larger_one_and_keeps_cases_whole(
    duckdb_source: DatabaseSource,
) -> None:
    whole = read_all(duckdb_source).sequences
    half = read_all(replace(duckdb_source, sample=0.5)).sequences
    chosen = whole.take(whole.case_keys % 1000 < 500)
    assert half.case_keys.tolist() == chosen.case_keys.tolist()
    assert half.lengths.tolist() == chosen.lengths.tolist()
    assert half.times_us.tolist() == chosen.times_us.tolist()
    assert half.source["source"] == "nasty (duckdb: w.m, a sample of 50 % of the cases)"


def test_plain_python_gives_the_digest_of_the_sample(table: list[Row]) -> None:
    chosen = [
        row
        for row in table
        if row[0] and row[0] != "long" and key_of(row[0]) % 1000 < 100
    ]
    assert oracle(chosen) == SAMPLE_DIGEST
