"""The engine: what it is asked, what it is shut off from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import duckdb  # noqa: TID251 - to see its errors
import numpy as np
import pytest

from desirepath.events.engine.contract import DUCKDB, Contract
from desirepath.events.engine.duckdb import DuckDB, quoted
from desirepath.events.read import read_events
from desirepath.events.schema import Columns, Table


def key(text: str) -> int:
    """First 60 bits of md5."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def test_the_contract_asks_three_plain_texts() -> None:
    contract = Contract()
    assert contract.vocab() == (
        "SELECT activity, COALESCE(channel, '') AS channel, COUNT(*) AS n FROM events "
        "WHERE activity <> '' GROUP BY activity, COALESCE(channel, '')"
    )
    assert contract.core(has_channels=True) == (
        "SELECT CAST(hash(e.case_id) >> 1 AS BIGINT) AS c, e.t AS t, e.r AS r, m.code AS code "
        "FROM events e JOIN m m ON e.activity = m.activity AND COALESCE(e.channel, '') = m.channel "
        "WHERE e.case_id <> '' ORDER BY c, t, r"
    )
    assert contract.attrs(1, has_customers=False).endswith(
        "FROM events e LEFT JOIN g0 g0 ON e.g0 = g0.value WHERE e.case_id <> '' GROUP BY e.case_id) a ORDER BY c"
    )


def test_colliding_fast_keys_are_noticed_and_give_the_same_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = {
        "case_id": np.array(["a", "b", "a", "c"]),
        "activity": np.array(["x", "y", "z", "x"]),
        "timestamp": np.array(
            [1_700_000_003, 1_700_000_002, 1_700_000_001, 1_700_000_000]
        ),
    }
    expected = read_events(frame)
    poor = replace(DUCKDB, fast_key="CAST(LENGTH({0}) AS BIGINT)")
    monkeypatch.setattr("desirepath.events.load.DUCKDB", poor)
    found = read_events(frame)
    assert found.case_keys.tolist() == expected.case_keys.tolist()
    assert found.codes.tolist() == expected.codes.tolist()
    assert found.times_us.tolist() == expected.times_us.tolist()


def test_a_nasty_log_gives_what_plain_python_gives() -> None:
    rng = np.random.default_rng(7)
    count = 5000
    ids = np.array(["", "a", "b;--", 'c"', "d'", "é", "NA", "  ", "x" * 500, "Ω"])[
        rng.integers(0, 10, count)
    ]
    names = np.array(["", "home", "buy", "Straße", "'); DROP TABLE m; --", "home "])[
        rng.integers(0, 6, count)
    ]
    times = rng.integers(1_700_000_000, 1_700_000_300, count)
    order = rng.integers(0, 5, count)
    frame = {"case_id": ids, "activity": names, "timestamp": times, "sequence": order}
    columns = Columns(
        case="case_id", activity="activity", time="timestamp", sequence="sequence"
    )
    sequences = read_events(frame, columns=columns, keep_duplicates=True)

    expected: dict[int, list[tuple[int, int, int, str]]] = defaultdict(list)
    for row in range(count):
        if ids[row] and names[row]:
            expected[key(str(ids[row]))].append(
                (int(times[row]), int(order[row]), row, str(names[row]).strip())
            )
    assert sequences.case_keys.tolist() == sorted(expected)
    flat = [event for case in sorted(expected) for event in sorted(expected[case])]
    assert [sequences.activities[code] for code in sequences.codes] == [
        e[3] for e in flat
    ]
    assert sequences.times_us.tolist() == [e[0] * 1_000_000 for e in flat]


@pytest.fixture
def engine(tmp_path: Path) -> DuckDB:
    (tmp_path / "given.csv").write_text("a,b\n1,2\n")
    (tmp_path / "secret.csv").write_text("a,b\n3,4\n")
    (tmp_path / "scratch").mkdir()
    table = Table(
        "csv", "given.csv", files=(tmp_path / "given.csv",), columns=("a", "b")
    )
    return DuckDB([table], tmp_path / "scratch")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM read_csv('{folder}/scratch/../secret.csv')",
        "SELECT * FROM '{folder}/*.csv'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM read_json('{folder}/secret.csv')",
        "SELECT * FROM read_csv('https://example.com/x.csv')",
        "ATTACH '{folder}/other.duckdb' AS other",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "SET threads = 64",
        "SET allowed_paths = ['/']",
        "SET temp_directory = '/tmp'",
        "RESET memory_limit",
    ],
)
def test_the_engine_is_shut_off(engine: DuckDB, tmp_path: Path, statement: str) -> None:
    with engine, pytest.raises(duckdb.Error):
        engine.rows(statement.replace("{folder}", str(tmp_path)))
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()


def test_names_never_end_their_quotes() -> None:
    assert quoted('a"b""c') == '"a""b""""c"'
