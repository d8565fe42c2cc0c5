"""Data in the browser: a file is brought, looked at, corrected, used; activities are bound to steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import expect
from tests.board.conftest import MAP, Visit
from tests.web.server import Server

from desirepath.events.read import read_events
from desirepath.evidence.activities import list_activities
from desirepath.web.data.sources import Sources
from desirepath.web.jobs.results import ReadSource, Results

HOSTILE = "<img src=x onerror=alert(1)>"
ARABIC = "صفحة البحث"
LONG = "x" * 300
COLUMN = "<script>alert(1)</script>"
EVENTS = f"session_id,email,event,at,{COLUMN}\n" + "".join(
    f"s{case},ann{case}@cage.example,{activity},2024-03-{day:02d} 10:00:00,{LONG}\n"
    for case in range(1, 7)
    for day, activity in enumerate(("home", HOSTILE, ARABIC), 1)
)


def test_a_file_is_brought_corrected_and_used(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    visit.expect(
        "status of 404"
    )  # of a window that shows a source somebody else takes away
    server.app.state.project = tmp_path / "project"
    (tmp_path / "project").mkdir()
    page = visit.page("facilitator", f"#/maps/{MAP}/evidence/sources")
    expect(page.get_by_text("No data yet")).to_be_visible()
    field = page.locator("input[type=file]")
    bad = {"photo.csv": b"\x89PNG" + bytes(60), "laughs.xes": b"<!DOCTYPE l [<!ENTITY a 'ha'>]><log/>"}  # fmt: skip
    for name, content in bad.items():
        field.set_input_files({"name": name, "mimeType": "", "buffer": content})
        expect(page.get_by_role("alert")).to_contain_text("the file" if "csv" in name else "the XML")  # fmt: skip
        page.get_by_role("link", name="All sources").click()
        # whoever comes back finds it on the list
        expect(page.get_by_text("Cannot be used", exact=True)).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(1)
        assert visit.faults(page) == []
        page.get_by_role("button", name="Take away").click()
        expect(page.get_by_text("No data yet")).to_be_visible()
    assert list((tmp_path / "project/uploads").iterdir()) == []

    field.set_input_files({"name": f"{ARABIC}.csv", "mimeType": "", "buffer": EVENTS.encode()})  # fmt: skip
    expect(page.get_by_text("A row is one thing a customer did.")).to_be_visible()
    expect(page.get_by_text("18 events · 6 runs")).to_be_visible()
    expect(page.get_by_text(HOSTILE, exact=True)).to_be_visible()
    assert visit.faults(page) == []
    # by keys alone
    page.get_by_role("button", name="This is the customer").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("email")
    page.keyboard.press("Enter")
    how = page.get_by_role("button", name="What happens to “email”")
    expect(how).to_contain_text("Replace by a secret code")
    narrow = visit.page(
        "facilitator", page.url.split("/", 3)[3], width=320, language="de", scheme="dark"
    )  # fmt: skip
    expect(narrow.get_by_text("Eine Zeile ist etwas")).to_be_visible()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    assert visit.faults(narrow) == []
    page.get_by_role("button", name="Yes, use it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("In use", exact=True)).to_be_visible()
    expect(page.get_by_text("Hashed: email")).to_be_visible()
    assert visit.faults(page) == []
    (one,) = Sources(server.log.engine, tmp_path / "project").of(MAP)
    assert "cage" not in one.path.read_text()
    looker = visit.page("viewer", f"#/maps/{MAP}/evidence/sources")
    expect(looker.get_by_text("18 events")).to_be_visible()
    expect(looker.get_by_role("button", name="Take away")).to_have_count(0)
    page.get_by_role("button", name="Take away").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Take away").click()
    expect(page.get_by_text("No data yet")).to_be_visible()
    expect(looker.get_by_text("No data yet")).to_be_visible()
    expect(narrow.get_by_text("Diese Quelle gibt es nicht mehr")).to_be_visible()
    assert not one.folder.exists()


def test_activities_are_bound_by_menu_pattern_and_dragging(
    visit: Visit, server: Server
) -> None:
    names = ["search", HOSTILE, ARABIC, LONG, "Track parcel", "track_parcel"]
    sequences = read_events(
        {
            "session_id": np.array([f"s{one // 3}" for one in range(60)]),
            "event": np.array([names[one % 6] for one in range(60)]),
            "timestamp": np.array([f"2024-01-02 10:{one:02d}:00" for one in range(60)]),
            "channel": np.array([("web", "app")[one // 6 % 2] for one in range(60)]),
        }
    )
    found = {"activities": list_activities(sequences).to_dict()}
    read = [ReadSource("orders.csv")]
    Results(server.log.engine).add(MAP, "activities", found, seq=0, epoch="epoch", made_us=1, by="", sources=read)  # fmt: skip
    page = visit.page("editor", f"#/maps/{MAP}/evidence/binding", height=1400)
    expect(page.get_by_text("5 activities are on no step.")).to_be_visible()
    page.get_by_role("button", name="Bind to … a step: “Track parcel”").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Receive: I unpack")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Track parcel” means “I unpack my plant” now.")).to_be_visible()  # fmt: skip
    expect(page.get_by_text("4 activities are on no step.")).to_be_visible()
    page.get_by_role("button", name="Bind these too").click()
    expect(page.get_by_text("3 activities are on no step.")).to_be_visible()
    step = page.locator(".binding-step").filter(has_text="I unpack my plant")
    expect(step.get_by_text("track_parcel", exact=True)).to_be_visible()
    pattern = step.get_by_role("textbox")
    pattern.fill("<img*")
    expect(step.get_by_text("catches 1 activity, 10 events")).to_have_count(3)
    pattern.press("Enter")
    expect(page.get_by_text("2 activities are on no step.")).to_be_visible()
    name = page.locator("strong").get_by_text(ARABIC, exact=True)
    row = page.locator(".binding-activity").filter(has=name)
    row.drag_to(page.locator(".binding-step").filter(has_text="I compare plants"))
    expect(page.get_by_text("1 activity is on no step.")).to_be_visible()
    assert visit.faults(page) == []
    step.get_by_role("button", name="Let “track_parcel” go").click()
    expect(page.get_by_text("2 activities are on no step.")).to_be_visible()
    narrow = visit.page("editor", f"#/maps/{MAP}/evidence/binding", width=320, scheme="dark")  # fmt: skip
    expect(narrow.get_by_text("2 activities are on no step.")).to_be_visible()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    assert visit.faults(narrow) == []
    # what happens in one channel alone
    page.get_by_role("button", name="Channel").click()
    page.get_by_role("option", name="app").click()
    name = page.locator("strong").get_by_text("track_parcel", exact=True)
    row = page.locator(".binding-activity").filter(has=name)
    expect(row.get_by_text("5 events")).to_be_visible()
    row.get_by_role("button", name="Bind to").click()
    page.get_by_role("menuitem", name="I unpack my plant").click()
    expect(step.get_by_text("track_parcel @ app", exact=True)).to_be_visible()
    page.get_by_role("button", name="Channel").click()
    page.get_by_role("option", name="All channels").click()
    expect(row.get_by_text("5 of its events are on no step")).to_be_visible()
    assert visit.faults(page) == []
    expect(narrow.get_by_text("track_parcel @ app")).to_be_visible()
    events = server.log.load(MAP).board.cards["step:unpack"].fields.get("events")
    assert {one["activity"] for one in events} >= {"Track parcel", "<img*"}  # type: ignore[union-attr]
    assert {"activity": "track_parcel", "channel": "app"} in events  # type: ignore[operator]
