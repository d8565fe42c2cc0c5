"""What a database counts is what the kernels count, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.nasty import CASE

from desirepath.errors import EventsError
from desirepath.events.database_source import DatabaseSource
from desirepath.events.read import ReadOptions, read_all
from desirepath.events.report import EventReport
from desirepath.events.report_database import report_database
from desirepath.events.report_sequences import report_sequences
from desirepath.events.schema import Columns

MANY = 10_000
FUNNEL = "look > p?y > straße"
FEW = {CASE: "!long"}
EXAMPLES = {"sqlite": 40, "duckdb": 6}
EXAMPLES_ELSEWHERE = 3


@dataclass(frozen=True)
class Asked:
    """What a report is asked for."""

    goal: str | None = FUNNEL
    least_cases: int = 1
    most_variants: int = MANY
    gap: str | None = None
    ends_with: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    keep_duplicates: bool = False


def options(asked: Asked) -> ReadOptions:
    return ReadOptions(
        gap=asked.gap,
        ends_with=asked.ends_with,
        names=asked.names,
        keep_duplicates=asked.keep_duplicates,
    )


def counted(source: DatabaseSource, asked: Asked) -> EventReport:
    return report_database(
        source,
        goal=asked.goal,
        least_cases=asked.least_cases,
        most_variants=asked.most_variants,
        **options(asked),
    )


def read(source: DatabaseSource, asked: Asked) -> EventReport:
    reading = read_all(source, **options(asked))
    report = report_sequences(
        reading.sequences,
        goal=asked.goal,
        least_cases=asked.least_cases,
        most_variants=asked.most_variants,
        dropped=reading.loaded.dropped,
    )
    return replace(
        report,
        way="counted",
        sample=source.sample,
        source=reading.loaded.tables[0].label,
    )


def test_every_engine_counts_the_nasty_table_as_the_kernels_do(
    source: DatabaseSource,
) -> None:
    few = replace(source, where=FEW)
    found = counted(few, Asked())
    assert found == read(few, Asked())
    assert 2_000 < found.events < 4_000
    reached = [one.cases for one in found.funnel]
    assert reached == sorted(reached, reverse=True)
    assert reached[-1] > 10
    assert {one.value for one in found.segments} == {"k0", "k1", "k2"}
    assert len({one.cases for one in found.variants}) > 1


def test_sequences_of_many_events_have_fingerprints(
    duckdb_source: DatabaseSource,
) -> None:
    found = counted(duckdb_source, Asked())
    assert found == read(duckdb_source, Asked())
    assert max(one.length for one in found.variants) == 100_000


def test_a_sample_is_counted_as_it_is_read(duckdb_source: DatabaseSource) -> None:
    half = replace(duckdb_source, where=FEW, sample=0.5)
    found = counted(half, Asked(most_variants=20))
    assert found == read(half, Asked(most_variants=20))
    assert "a sample of 50 % of the cases" in found.told


def test_what_few_cases_show_is_not_told_by_the_database(
    duckdb_source: DatabaseSource,
) -> None:
    few = replace(duckdb_source, where=FEW)
    whole = counted(few, Asked())
    least = sorted(one.cases for one in whole.moves)[len(whole.moves) * 3 // 4]
    some = counted(few, Asked(least_cases=least))
    assert some == read(few, Asked(least_cases=least))
    assert some.moves == tuple(one for one in whole.moves if one.cases >= least)
    assert 0 < len(some.moves) < len(whole.moves)
    assert all(one.cases >= least for one in some.reach)
    assert all(one.cases >= least for one in some.variants)
    assert all(cases >= least for one in some.segments for _, _, cases in one.reach)


SMALL = Columns(
    case="visit",
    customer="person",
    activity="page",
    channel="place",
    time="moment",
    sequence="number",
    segments=("kind",),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", None]),
        st.sampled_from(["u", "v", None]),
        st.sampled_from(["look", "pay", "pays", "", None]),
        st.sampled_from(["web", None]),
        st.one_of(st.integers(0, 4), st.integers(0, 9).map(lambda t: t * 10_000_000)),
        st.one_of(st.integers(0, 2), st.none()),
        st.sampled_from(["x", "y", None]),
    ),
    min_size=1,
    max_size=40,
)
ASKED = st.builds(
    Asked,
    goal=st.sampled_from([None, "look > pay*", "pay > look > pay", "web"]),
    least_cases=st.integers(1, 2),
    most_variants=st.sampled_from([2, MANY]),
    gap=st.sampled_from([None, "15s"]),
    ends_with=st.sampled_from([(), ("pay",), ("p*",)]),
    names=st.sampled_from([(), (("pay*", "buy"), ("look", "pay"))]),
    keep_duplicates=st.booleans(),
)


def literal(value: object) -> str:
    return (
        "NULL"
        if value is None
        else str(value)
        if isinstance(value, int)
        else f"'{value}'"
    )


def table_of(rows: Sequence[tuple[object, ...]], kinds: Mapping[str, str]) -> str:
    """The rows as a query that every engine understands."""
    return " UNION ALL ".join(
        "SELECT "
        + ", ".join(
            f"CAST({literal(value)} AS {kind}) AS {name}"
            for value, (name, kind) in zip(row, kinds.items(), strict=True)
        )
        for row in rows
    )


def outcome(
    way: Callable[[DatabaseSource, Asked], EventReport],
    source: DatabaseSource,
    asked: Asked,
) -> EventReport | str:
    try:
        return way(source, asked)
    except EventsError as error:
        return str(error)


def same(source: DatabaseSource, asked: Asked) -> None:
    """Both ways give one report, or refuse with the same words."""
    assert outcome(counted, source, asked) == outcome(read, source, asked)


def test_whatever_the_rows_every_engine_counts_as_the_kernels_do(
    source: DatabaseSource,
) -> None:
    if source.engine == "spark":
        pytest.skip("in this test Sail 0.7 once waited without end; why is not known")
    is_clickhouse = source.engine == "clickhouse"
    text = "TEXT" if source.engine == "sqlite" else "VARCHAR"
    text, whole = (
        ("Nullable(String)", "Nullable(Int64)") if is_clickhouse else (text, "BIGINT")
    )
    kinds = dict.fromkeys(
        ("visit", "person", "page", "place", "moment", "number", "kind"), text
    )
    kinds |= {"moment": whole, "number": whole}

    @settings(
        max_examples=EXAMPLES.get(source.engine, EXAMPLES_ELSEWHERE),
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(ROWS, ASKED)
    def check(rows: list[tuple[Any, ...]], asked: Asked) -> None:
        small = replace(
            source,
            table="",
            query=table_of(rows, kinds),
            columns=SMALL,
            time_format="epoch-us",
        )
        same(small, asked)

    check()


@pytest.mark.parametrize("gap", ["auto", "context"])
def test_a_gap_that_only_events_tell_is_refused(
    duckdb_source: DatabaseSource, gap: str
) -> None:
    with pytest.raises(EventsError) as error:
        counted(duckdb_source, Asked(gap=gap))
    assert str(error.value) == (
        f"a gap that is {gap} cannot be told from counts [E285]\n"
        "  Give a duration, such as 30m."
    )


def test_an_activity_that_is_nowhere_is_named(duckdb_source: DatabaseSource) -> None:
    for asked in (Asked(goal="fly"), Asked(ends_with=("fly",))):
        with pytest.raises(EventsError, match=r'no activity matches "fly" \[E281\]'):
            counted(duckdb_source, asked)
