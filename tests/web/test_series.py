"""Series of numbers: what checks measure, what people type and import, and what guests see of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.checked import add_check, evidence_of, share
from tests.web.server import MAP, Caller, Server, running

from desirepath.errors import Problem, WebError
from desirepath.web.tracking.measured import shown_points
from desirepath.web.tracking.numbers import Line, lines_of, value_of
from desirepath.web.tracking.series import Point, Source

LAST = dt.date(2026, 11, 22)
US = 1_000_000
SPRING, SUMMER = ("2023-01-01", "2023-03-31"), ("2023-04-01", "2023-06-30")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("series")) as one:
        one.add_map(MAP.format(map_id="shop"))
        for number, (window, hits) in enumerate(((SPRING, 600), (SUMMER, 900))):
            facts = share("step:pay", "drop_off", hits, 2000), share("map", "goal", 1500 - hits, 2000)  # fmt: skip
            add_check(one, evidence_of("shop", *facts, window=window), 1_650_000_000 * US + number)  # fmt: skip
        yield one


@pytest.fixture(scope="module")
def editor(server: Server) -> Caller:
    return server.person("Ann", "editor")


def made(editor: Caller, **values: object) -> str:
    answer = editor.ask("POST", "/api/maps/shop/series", {"ref": "step:pay"} | values)
    assert answer.status == 201, answer
    return str(answer.data["id"])


def shown(caller: Caller, series: str, language: str = "en") -> dict[str, object]:
    answer = caller.ask("GET", f"/api/maps/shop/series?language={language}")
    assert answer.status == 200, answer
    return next(one for one in answer.data["series"] if one["id"] == series)


def test_a_series_follows_a_fact_through_every_check(editor: Caller) -> None:
    offered = editor.ask("GET", "/api/maps/shop/series/choices").data
    (drop,) = [one for one in offered["facts"] if one["measure"] == "drop_off"]
    assert (drop["place"], drop["kind"], drop["way"]) == ("I pay", "share", "down")
    assert {"ref": "step:pay", "name": "I pay"} in offered["places"]
    series = made(
        editor, kind="share", name="Leave at paying", way="down", target="25 %", measure="drop_off"
    )  # fmt: skip
    for _ in range(2):  # asking again takes nothing in twice
        found = shown(editor, series, "de")
        points = found["points"]
        assert isinstance(points, list)
        assert [(one["day"], one["value"], one["n"], one["source"]) for one in points] == [
            ("2023-03-31", 0.3, 2000, "measured"),
            ("2023-06-30", 0.45, 2000, "measured"),
        ]  # fmt: skip
        assert all(one["low"] < one["value"] < one["high"] for one in points)
        assert found["target_text"] == "25\u00a0%"


def test_numbers_people_give_say_who_and_give_way_to_measured_ones(editor: Caller) -> None:  # fmt: skip
    series = made(editor, kind="share", name="Goal", ref="map", measure="goal")
    path = f"/api/maps/shop/series/{series}"
    for day, value in (("2023-01-31", "12 %"), ("2023-03-31", "0.9")):
        sent = {"day": day, "value": value, "n": 40}
        assert editor.ask("POST", f"{path}/points", sent).status == 201
    csv = "Day;Value;n\n2023-02-28;13,5 %;200\n2023-01-31;14 %;\n"
    answer = editor.ask("POST", f"{path}/import", csv, Content_Type="text/csv")
    assert (answer.status, answer.data) == (201, {"taken": 2})
    points = shown(editor, series)["points"]
    assert isinstance(points, list)
    assert [(one["day"], one["value"], one["n"], one["source"], one["by"]) for one in points] == [
        ("2023-01-31", 0.14, None, "imported", "Ann"),
        ("2023-02-28", 0.135, 200, "imported", "Ann"),
        ("2023-03-31", 0.45, 2000, "measured", "Ann"),
        ("2023-06-30", 0.3, 2000, "measured", "Ann"),
    ]  # fmt: skip
    assert editor.ask("DELETE", f"{path}/points/2023-02-28").status == 204
    assert editor.ask("DELETE", f"{path}/points/2023-06-30").data["code"] == "E791"
    assert editor.ask("PATCH", path, {"target": "20 %", "name": " New  name "}).status == 204  # fmt: skip
    found = shown(editor, series)
    assert (found["name"], found["target"]) == ("New name", 0.2)
    assert editor.ask("DELETE", path).status == 204
    assert editor.ask("PATCH", path, {"target": ""}).status == 404


def test_what_is_wrong_in_an_import_is_told_line_by_line(editor: Caller) -> None:
    series = made(editor, kind="nps", name="NPS", ref="map")
    path = f"/api/maps/shop/series/{series}/import"
    csv = "day,value\n2023-02-30,4\n2023-03-01,101\n2023-03-02,4,many\n2023-03-03\n2023-03-04,4\n2023-03-04,5\n2099-01-01,5\n"
    answer = editor.ask("POST", path, csv, Content_Type="text/csv")
    assert answer.status == 400
    told = [(one["place"], one["what"], one["hint"]) for one in answer.data["problems"]]
    assert told == [
        ("line 2", '"2023-02-30" is no day', "Write days as year-month-day: 2026-03-02."),
        ("line 3", '"101" is too small or too large', "Write a number from -100 to 100, such as 31."),
        ("line 4", '"many" is no count', "Write a whole number, such as 120, or nothing."),
        ("line 5", "expected two or three columns, found 1", "Write day and value, and perhaps a count: 2026-03-02,31,120."),
        ("line 7", "2023-03-04 is there twice", "Keep one line for each day."),
        ("line 8", "2099-01-01 lies in the future", "Write a day that has been."),
    ]  # fmt: skip
    assert shown(editor, series)["points"] == []  # all or none


def test_changes_in_the_business_stand_beside_the_numbers(editor: Caller) -> None:
    path = "/api/maps/shop/changes"
    sent = {"day": "2023-04-01", "until": "2023-04-30", "what": "<b>new</b> gateway", "refs": ["step:pay"], "owner": "Ben"}  # fmt: skip
    made = editor.ask("POST", path, sent).data["id"]
    listed = editor.ask("GET", "/api/maps/shop/series").data["changes"]
    assert [(one["what"], one["places"], one["owner"], one["by"]) for one in listed] == [
        ("<b>new</b> gateway", ["I pay"], "Ben", "Ann")
    ]  # fmt: skip
    wrong = editor.ask("POST", path, sent | {"until": "2023-03-01"}).data
    assert (wrong["code"], wrong["title"]) == ("E790", "2023-03-01 is before 2023-04-01")  # fmt: skip
    assert editor.ask("POST", path, sent | {"refs": ["step:none"]}).data["code"] == "E719"  # fmt: skip
    # all of it can be written anew, for several places; nothing of it is changed by a mistake
    anew = {"day": "2023-04-02", "what": "another gateway", "refs": ["step:pay", "stage:buy"]}  # fmt: skip
    wrong = editor.ask("PUT", f"{path}/{made}", anew | {"refs": ["step:none"]}).data
    assert wrong["code"] == "E719"
    assert editor.ask("PUT", f"{path}/{made}", anew).status == 204
    listed = editor.ask("GET", "/api/maps/shop/series").data["changes"]
    assert [(one["day"], one["until"], one["what"], len(one["places"]), one["by"]) for one in listed] == [
        ("2023-04-02", "", "another gateway", 2, "Ann")
    ]  # fmt: skip
    assert editor.ask("PUT", f"{path}/none", anew).data["code"] == "E791"
    assert editor.ask("DELETE", f"{path}/{made}").status == 204
    assert editor.ask("DELETE", f"{path}/{made}").data["code"] == "E791"


def test_guests_see_no_names_and_no_group_below_ten(server: Server, editor: Caller) -> None:  # fmt: skip
    series = made(editor, kind="own", name="Calls", unit="calls")
    for day, n in (("2023-01-01", 9), ("2023-01-02", 10), ("2023-01-03", None)):
        sent = {"day": day, "value": "3.5", "n": n}
        path = f"/api/maps/shop/series/{series}/points"
        assert editor.ask("POST", path, sent).status == 201
    admin = server.person("root", "administrator")
    link = admin.ask("POST", "/api/maps/shop/links", {"role": "viewer"}).data
    guest = server.caller().signed_in("/api/guest", {"link": link["secret"]})
    points = shown(guest, series)["points"]
    assert isinstance(points, list)
    assert [(one["n"], one["by"], one["text"]) for one in points] == [
        (10, "", "3.5 calls"),
        (None, "", "3.5 calls"),
    ]
    assert "Ann" not in str(guest.ask("GET", "/api/maps/shop/series").data)


@given(st.binary(max_size=200))
def test_whatever_is_imported_is_taken_in_whole_or_refused_with_a_fix(data: bytes) -> None:  # fmt: skip
    for kind in ("nps", "share", "time"):
        problems: tuple[Problem, ...] = ()
        try:
            lines = list(lines_of(data, kind, LAST))
        except WebError as error:
            problems, lines = error.problems, []
        assert bool(lines) != (1 <= len(problems) <= 20)
        assert all(one.code == "E790" and one.hint for one in problems)
        assert lines == sorted(lines, key=lambda one: one.day)


@given(
    st.dictionaries(
        st.dates(dt.date(1900, 1, 1), LAST),
        st.tuples(st.integers(-100, 100), st.none() | st.integers(0, 10**9)),
        min_size=1,
        max_size=20,
    ),
    st.sampled_from(",;\t"),
    st.sampled_from(["", "day,value,n\r\n"]),
)
def test_what_is_written_as_csv_comes_back(
    days: dict[dt.date, tuple[int, int | None]], mark: str, head: str
) -> None:
    head = head.replace(",", mark)
    text = head + "".join(
        f"{day}{mark}{value}{mark}{'' if n is None else n}\r\n"
        for day, (value, n) in days.items()
    )
    expected = [Line(str(day), float(value), n) for day, (value, n) in sorted(days.items())]  # fmt: skip
    assert list(lines_of(b"\xef\xbb\xbf" + text.encode(), "nps", LAST)) == expected


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(2023, 1, 1), dt.date(2023, 1, 5)),
            st.sampled_from(["measured", "imported", "typed"]),
            st.none() | st.floats(0, 1),
            st.integers(0, 5),
        )
    )
)
def test_each_day_shows_one_number_measured_ones_first(
    given_points: list[tuple[dt.date, Source, float | None, int]],
) -> None:
    points = [
        Point("s", str(number), str(day), value, None, None, None, source, "", at_us)
        for number, (day, source, value, at_us) in enumerate(given_points)
    ]
    found = shown_points(points)
    days = [one.day for one in found]
    assert days == sorted({one.day for one in points if one.value is not None})
    for one in found:
        same = [other for other in points if other.day == one.day and other.value is not None]  # fmt: skip
        measured = [other for other in same if other.source == "measured"]
        assert one in (measured or same)
        assert one.at_us == max(other.at_us for other in (measured or same))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [("34%", "share", 0.34), ("1.5 h", "time", 5400), ("2 d", "time", 172_800), ("−7", "nps", -7)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, kind: str, value: float) -> None:  # fmt: skip
    assert value_of(text, kind) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "34", "nan", "1e5", "=1+1", "12 h", "١٢", "1,000.5"])  # fmt: skip
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(WebError) as caught:
        value_of(text, "share")
    assert caught.value.code == "E790"
