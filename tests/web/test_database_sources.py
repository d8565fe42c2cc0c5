"""A table of a PostgreSQL as a source in the app: looked at, counted, bound, checked, and read anew as it grows."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select
from tests.postgres import PASSWORD
from tests.web.server import MAP, Caller, Server, running

from desirepath.web.jobs.runner import Runner
from desirepath.web.jobs.tables import JOBS

ONE = "/api/maps/shop"
TABLES = """\
[[sources]]
name = "visits"
engine = "postgres"
connection = "SHOP_DB"
table = "visits"
case = "visit"
activity = "page"
time = "at"
channel = "place"

[[sources]]
name = "till"
engine = "postgres"
connection = "SHOP_DB"
table = "till"
case = "visit"
activity = "page"
time = "at"
"""
HEARD: list[str] = []


@pytest.fixture
def server(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Server]:
    monkeypatch.setenv("SHOP_DB", postgres)
    with psycopg.connect(postgres, autocommit=True) as shop:
        for name in ("visits", "till"):
            shop.execute(f"DROP TABLE IF EXISTS {name}".encode())
            shop.execute(
                f"CREATE TABLE {name} (visit text, page text, at timestamptz, mail text, place text)".encode()
            )
    add(postgres, 0, 40)
    project = tmp_path / "project"
    project.mkdir()
    (project / "desirepath.toml").write_text(TABLES)

    def say(what: str, **told: object) -> None:
        HEARD.append(f"{what} {told}")

    with running(tmp_path, "", say, project=project, with_jobs=True) as one:
        one.add_map(MAP.format(map_id="shop"))
        yield one


def add(postgres: str, first: int, count: int) -> None:
    """Visits that go home and pay, each of somebody else."""
    rows = [
        (f"v{case}", page, f"2024-03-01 10:{minute:02d}:00+00", f"ann{case}@cage.example", "web")
        for case in range(first, first + count)
        for minute, page in enumerate(("home", "pay"))
    ]  # fmt: skip
    with psycopg.connect(postgres, autocommit=True) as shop, shop.cursor() as cursor:
        cursor.executemany("INSERT INTO visits VALUES (%s, %s, %s, %s, %s)", rows)


def asked(page: Caller, **job: str) -> str:
    """Id of a job that is asked for."""
    made: str = page.ask("POST", f"{ONE}/jobs", job).data["id"]
    return made


def ended(page: Caller, job: str) -> dict[str, object]:
    """A job of the map, once it has ended."""
    found: dict[str, object]
    while (found := page.ask("GET", f"{ONE}/jobs/{job}").data)["state"] in ("waiting", "running"):  # fmt: skip
        time.sleep(0.1)
    return found


@pytest.mark.nightly
def test_a_table_of_a_server_is_proved_bound_checked_and_read_anew(
    server: Server, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = server.person("Lea", "facilitator")
    said = lead.ask("GET", f"{ONE}/sources/database:visits").data
    assert (said["source"]["events"], said["source"]["cases"]) == (80, 40)
    assert {one["name"]: one["role"] for one in said["columns"]} == {"visit": "case", "page": "activity", "at": "time", "mail": "", "place": "channel"}  # fmt: skip
    assert "cage.example" not in str(said)

    # which of several is read is asked, until one was
    found = lead.ask("GET", f"{ONE}/evidence").data
    assert (found["databases"], found["database"]) == (["visits", "till"], "")
    edit = {"do": "change", "ref": "step:pay", "field": "events", "value": [{"activity": "pay"}]}  # fmt: skip
    assert lead.ask("POST", f"{ONE}/edits", edit).status < 300
    both = [asked(lead, kind=kind, source="visits") for kind in ("activities", "check")]
    assert [ended(lead, one)["state"] for one in both] == ["done", "done"]
    counted = lead.ask("GET", f"{ONE}/activities").data
    assert {one["activity"]: one["customers"] for one in counted["activities"]} == {"home": 40, "pay": 40}  # fmt: skip
    found = lead.ask("GET", f"{ONE}/evidence").data
    assert found["database"] == "visits"
    (check,) = [one for one in found["snapshots"] if one["kind"] == "check"]
    assert check["cases"] == 40

    server.clock.us += 1_000_000
    add(postgres, 40, 5)  # the next one reads what came since, from the same table
    assert ended(lead, asked(lead, kind="check"))["state"] == "done"
    found = lead.ask("GET", f"{ONE}/evidence").data
    assert [one["cases"] for one in found["snapshots"] if one["kind"] == "check"] == [45]  # fmt: skip

    # a connection that fails says so without what it holds
    runner: Runner = server.app.state.runner
    wrong = postgres.replace(PASSWORD, f"{PASSWORD}-wrong")
    monkeypatch.setenv("SHOP_DB", wrong)
    runner.environment = {**runner.environment, "SHOP_DB": wrong}
    refused = lead.ask("GET", f"{ONE}/sources/database:visits")
    assert refused.data["code"] == "E273"
    failed = ended(lead, asked(lead, kind="check"))
    assert failed["state"] == "failed"
    with server.log.engine.connect() as connection:
        kept = str(connection.execute(select(JOBS)).all())
    told = json.dumps([said, refused.data, failed], ensure_ascii=False)
    for text in (told, kept, "".join(HEARD)):
        assert PASSWORD not in text
        assert "host=" not in text
