"""How each engine spells the contract: one entry an engine. Runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desirepath.events.engine.contract import DUCKDB, Dialect

DIALECTS: Mapping[str, Dialect] = {
    "duckdb": replace(DUCKDB, fast_key=""),
    "sqlite": Dialect(
        key="desirepath_key({0})",
        micros="desirepath_us({0})",
        # as an expression a column loses the collation it was declared with
        text="(CAST({0} AS TEXT) || '')",
        integer="INTEGER",
        plain="desirepath_plain({0})",
    ),
    "postgres": Dialect(
        key="CAST(CAST('x0' || SUBSTR(md5(convert_to({0}, 'UTF8')), 1, 15) AS bit(64)) AS BIGINT)",
        micros="CASE WHEN isfinite({0}) THEN CAST(extract(epoch FROM {0}) * 1000000 AS BIGINT) END",
        text='(CAST({0} AS TEXT) COLLATE "C")',
    ),
    "clickhouse": Dialect(
        key="reinterpretAsInt64(reverse(unhex(concat('0', SUBSTR(hex(MD5({0})), 1, 15)))))",
        micros="toUnixTimestamp64Micro(toDateTime64({0}, 6, 'UTC'))",
        text="CAST({0} AS Nullable(String))",
        integer="Nullable(Int64)",
        replace="replaceRegexpAll({0}, {1}, {2})",
        group=r"\\{0}",
    ),
    "spark": Dialect(
        key="CAST(conv(SUBSTR(md5({0}), 1, 15), 16, 10) AS BIGINT)",
        micros="unix_micros(CAST({0} AS TIMESTAMP))",
        text="CAST({0} AS STRING)",
        quote="`",
        replace="regexp_replace({0}, {1}, {2})",
        group="${0}",
    ),
    "datafusion": Dialect(
        key="desirepath_hex(md5({0}))",
        # from any unit and zone, without moving the clock
        micros="""CAST(arrow_cast({0}, 'Timestamp(Microsecond, Some("UTC"))') AS BIGINT)""",
    ),
    "trino": Dialect(
        key="from_base(SUBSTR(to_hex(md5(to_utf8({0}))), 1, 15), 16)",
        micros="CAST(to_unixtime({0}) * 1000000 AS BIGINT)",
        replace="regexp_replace({0}, {1}, {2})",
        group="${0}",
        is_tried=False,
    ),
    "snowflake": Dialect(
        key="TO_NUMBER(SUBSTR(md5({0}), 1, 15), 'XXXXXXXXXXXXXXX')",
        micros="DATE_PART(EPOCH_MICROSECOND, {0})",
        replace="REGEXP_REPLACE({0}, {1}, {2})",
        group=r"\\{0}",
        is_tried=False,
    ),
    "bigquery": Dialect(
        key="CAST(CONCAT('0x', SUBSTR(TO_HEX(MD5({0})), 1, 15)) AS INT64)",
        micros="UNIX_MICROS({0})",
        text="CAST({0} AS STRING)",
        quote="`",
        integer="INT64",
        replace="REGEXP_REPLACE({0}, {1}, {2})",
        group=r"\\{0}",
        is_tried=False,
    ),
}
