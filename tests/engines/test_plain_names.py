"""Every engine takes the same ids out of the names of activities."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from desirepath.events.database_source import DatabaseSource
from desirepath.events.engine.dialects import DIALECTS
from desirepath.events.names import take_ids
from desirepath.events.read import read_all
from desirepath.events.sequences import Sequences

UUID = "3f2504e0-4f89-11D3-9a0c-0305e82c3301"
HARD = {
    ("k0", 0): "/a/123/456/789?x=1#y",
    ("k0", 1): "https://shop.example/?q=Straße 買う#/p/77123?z",
    ("k0", 2): f"/order/{UUID}/pay",
    ("k1", 0): "mail to ann.b+c@shop.example, bob@x.de sent",
    ("k1", 1): "5f3a9c1b-77aa0012_deadbeef1 öpened 99999",
    ("k1", 2): "What now? /step/2#",
    ("k2", 0): "/é/1000/#!/cart?12",
    ("k2", 1): "**xyz12345abcdef12*12345678a",
}


@pytest.fixture
def hard(source: DatabaseSource) -> DatabaseSource:
    """The table with activities that are hard to read alike, made of two other columns."""
    columns = source.columns
    kind, order, what = (
        (columns.segments or ("",))[0],
        columns.sequence,
        columns.activity,
    )
    quoted = DIALECTS[source.engine].quoted
    whens = " ".join(
        f"WHEN {quoted(str(kind))} = '{one}' AND {quoted(str(order))} = {number} THEN '{name}'"
        for (one, number), name in HARD.items()
    )
    kept = ", ".join(quoted(str(name)) for name in (columns.case, columns.time, kind))
    query = f"SELECT {kept}, CASE {whens} ELSE '/p/12345' END AS {quoted(str(what))} FROM {source.table or f'({source.query})'} x"  # noqa: S608 - texts of this file
    columns = replace(columns, customer=None, channel=None, sequence=None)
    few = {str(columns.case): "!long"}
    return replace(source, table="", query=query, columns=columns, where=few)


def test_every_engine_gives_the_names_that_python_gives(hard: DatabaseSource) -> None:
    plain = read_all(hard, without_ids=True, keep_duplicates=True)
    expected, taken = take_ids(read_all(hard, keep_duplicates=True).sequences)
    assert _events(plain.sequences) == _events(expected)
    assert plain.loaded.ids == taken
    assert taken.names_before == len(HARD) + 1
    assert "/a/*/*/*" in plain.sequences.activities
    assert "*-*_* öpened *" in plain.sequences.activities


def _events(sequences: Sequences) -> Counter[tuple[int, int, str]]:
    """Case, time and activity of every event; which of two at one moment comes first is the code's to say."""
    names = [sequences.activities[code] for code in sequences.codes.tolist()]
    cases = sequences.case_keys[sequences.case_index()].tolist()
    return Counter(zip(cases, sequences.times_us.tolist(), names, strict=True))
