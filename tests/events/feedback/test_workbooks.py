"""Excel workbooks of answers, written by hand part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from desirepath.errors import EventsError
from desirepath.events.feedback import workbooks
from desirepath.events.feedback.read import inspect_feedback, read_feedback

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
MAY_1_2024_10_H = 45413 + 10 / 24

Cell = str | float | tuple[str, str]


def sheet_xml(
    rows: Sequence[Sequence[Cell]],
    merged: Sequence[str] = (),
    hidden: Sequence[int] = (),
    dates: Sequence[int] = (),
) -> str:
    """Sheet of rows; a pair is a formula with its value; `dates` are columns shown as dates."""
    lines = []
    for y, row in enumerate(rows, 1):
        cells = []
        for x, cell in enumerate(row):
            at = f"{'ABCDEFGH'[x]}{y}"
            if isinstance(cell, tuple):
                cells.append(f'<c r="{at}"><f>{cell[0]}</f><v>{cell[1]}</v></c>')
            elif isinstance(cell, str):
                if cell:
                    cells.append(
                        f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                    )
            else:
                style = ' s="1"' if x in dates else ""
                cells.append(f'<c r="{at}"{style}><v>{cell}</v></c>')
        mark = ' hidden="1"' if y in hidden else ""
        lines.append(f'<row r="{y}"{mark}>{"".join(cells)}</row>')
    spans = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    cells_merged = f"<mergeCells>{spans}</mergeCells>" if spans else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{cells_merged}</worksheet>'


def book(path: Path, sheets: Mapping[str, str], states: Mapping[str, str] | None = None) -> Path:  # fmt: skip
    """Workbook of sheets by name."""
    listed, links = "", ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", STYLES)
        for number, (name, text) in enumerate(sheets.items(), 1):
            state = f' state="{states[name]}"' if states and name in states else ""
            listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'  # fmt: skip
            links += f'<Relationship Id="rId{number}" Type="{RELS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            archive.writestr(f"xl/worksheets/sheet{number}.xml", text)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{LINKS}">{links}</Relationships>',
        )
    return path


HEADER = ("customer_id", "submitted_at", "csat_1_5", "comment")
ANSWERS = sheet_xml(
    [
        HEADER,
        ("a", MAY_1_2024_10_H, 4, "quick & kind"),
        ("b", MAY_1_2024_10_H + 1, ("1+1", "2"), ""),
        ("c", MAY_1_2024_10_H + 2, 5, ""),
    ],
    hidden=(3,),
    dates=(1,),
)
OTHER = sheet_xml([("code", "meaning"), ("1", "bad")])


def test_a_workbook_is_read_as_the_same_answers_in_csv(tmp_path: Path) -> None:
    path = book(tmp_path / "may.XLSX", {"Answers": ANSWERS})
    text = "customer_id,submitted_at,csat_1_5,comment\na,2024-05-01 10:00:00,4,quick & kind\nb,2024-05-02 10:00:00,2,\nc,2024-05-03 10:00:00,5,\n"
    (tmp_path / "may.csv").write_text(text, encoding="utf-8")
    plain, found = read_feedback(tmp_path / "may.csv"), read_feedback(path)
    assert found.scores.tolist() == plain.scores.tolist() == [4, 2, 5]
    assert found.times_us.tolist() == plain.times_us.tolist()
    assert found.customers.tolist() == plain.customers.tolist()
    assert found.texts.tolist() == ["quick & kind", "", ""]


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    path = book(tmp_path / "may.xlsx", {"Answers": ANSWERS})
    (table,) = inspect_feedback(path).tables
    assert table.row_count == 3
    assert table.notes == ("1 hidden rows of the sheet are read as well",)


def test_the_first_visible_sheet_with_rows_is_read_and_the_others_are_named(
    tmp_path: Path,
) -> None:
    sheets = {"Old": OTHER, "Cover": sheet_xml([("May",)]), "Answers": ANSWERS, "Codes": OTHER}  # fmt: skip
    path = book(tmp_path / "may.xlsx", sheets, {"Old": "hidden"})
    (table,) = inspect_feedback(path).tables
    assert 'sheet "Answers" is read; also there: "Codes"' in table.notes


def test_a_sheet_can_be_named_in_the_path_and_in_a_recipe(tmp_path: Path) -> None:
    path = book(tmp_path / "may.xlsx", {"Codes": OTHER, "Answers": ANSWERS})
    assert read_feedback(f"{path}#Answers").count == 3
    recipe = tmp_path / "all.yaml"
    recipe.write_text(
        "format: desirepath/recipe/1\nfeedback:\n  - {files: may.xlsx, sheet: Answers}\n"
    )
    assert read_feedback(recipe).count == 3


def test_a_sheet_that_is_not_there_is_named_with_its_neighbors(tmp_path: Path) -> None:
    path = book(tmp_path / "may.xlsx", {"Answers": ANSWERS})
    with pytest.raises(EventsError) as caught:
        read_feedback(f"{path}#Anwsers")
    assert str(caught.value) == (
        f'{path}: no sheet is called "Anwsers" [E259]\n'
        '  Did you mean "Answers"? Known names: Answers.'
    )


def test_titles_and_merged_headers_become_one_row(tmp_path: Path) -> None:
    text = sheet_xml(
        [
            ("Survey of May", "", "", ""),
            ("Customer ID", "How satisfied were you with", "", "Comment"),
            ("", "Delivery (1-5)", "Payment (1-5)", ""),
            ("a", 4, 5, "fine"),
            ("b", 2, 3, ""),
        ],
        merged=("A1:D1", "A2:A3", "B2:C2", "D2:D3"),
    )
    (table,) = inspect_feedback(book(tmp_path / "m.xlsx", {"S": text})).tables
    assert [one.question for one in table.questions] == [
        "How satisfied were you with - Delivery (1-5)",
        "How satisfied were you with - Payment (1-5)",
        "Comment",
    ]
    assert [one.answered for one in table.questions] == [2, 2, 1]
    assert table.notes == (
        "1 rows above the table are left out",
        "the header stands in 2 rows with merged cells; it is read as one",
    )


def test_the_two_header_rows_of_a_known_tool_are_left_to_its_reader(tmp_path: Path) -> None:  # fmt: skip
    text = sheet_xml(
        [
            ("Respondent ID", "Collector ID", "How satisfied were you?", "What did you use?", ""),
            ("", "", "Response", "Chat", "Phone"),
            ("11", "5", 5, "Chat", ""),
        ],
        merged=("D1:E1",),
    )  # fmt: skip
    (table,) = inspect_feedback(book(tmp_path / "m.xlsx", {"S": text})).tables
    assert table.looks_like == "a SurveyMonkey export"
    assert table.questions[0].answered == 1


def message(path: Path) -> str:
    with pytest.raises(EventsError) as caught:
        read_feedback(path)
    assert len(caught.value.problems) == 1
    return str(caught.value).replace(str(path), "FILE")


def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("customer,csat\na,4\n", encoding="utf-8")
    again = "\n  Save it again as .xlsx, or export the answers as CSV."
    assert (
        message(path)
        == f"FILE: the file is not a workbook, although it is called so [E252]{again}"
    )
    path.write_bytes(workbooks.OLD + b"\0" * 100 + workbooks.LOCKED)
    assert message(path) == (
        "FILE: the workbook is locked with a password [E252]\n"
        "  Remove the password in Excel, or export the answers as CSV."
    )
    path.write_bytes(workbooks.OLD + b"\0" * 100)
    assert (
        message(path)
        == f"FILE: the workbook has the old format of Excel (.xls) [E252]{again}"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no sheets")
    assert message(path) == f"FILE: the workbook is damaged [E252]{again}"
    whole = book(path, {"Answers": ANSWERS}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert message(path) == f"FILE: the file is not a workbook, although it is called so [E252]{again}"  # fmt: skip
    assert "there is no such file" in message(tmp_path / "none.xlsx")


def test_a_bomb_is_refused_even_if_it_lies_about_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED_BYTES", 100_000)
    path = book(tmp_path / "a.xlsx", {"Answers": ANSWERS + " " * 1_000_000})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = path.read_bytes().replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little"))  # fmt: skip
    path.write_bytes(lying)
    assert message(path) == (
        "FILE: the workbook unpacks to more than 1 GiB [E252]\n"
        "  Export the answers as CSV."
    )


def test_a_cell_far_outside_does_not_eat_the_memory(tmp_path: Path) -> None:
    far = ANSWERS.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')  # fmt: skip
    path = book(tmp_path / "a.xlsx", {"Answers": far})
    assert message(path) == (
        'FILE: the sheet "Answers" spans 1,048,576 rows and 16,384 columns [E252]\n'
        "  Delete what stands far outside the table, or export it as CSV."
    )


def test_a_workbook_without_rows_says_so(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"Cover": sheet_xml([("May",)])})
    assert message(path) == (
        "FILE: no visible sheet of the workbook holds a header and rows [E259]\n"
        "  Export the answers again, or name the sheet: answers.xlsx#Sheet."
    )


def test_cells_merged_over_a_whole_sheet_do_not_widen_the_table(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["How was it?", "", "Who"],
        ["Score", "Words", "Id"],
        [3, "fine", "a"],
        [4, "good", "b"],
    ]
    path = book(tmp_path / "a.xlsx", {"A": sheet_xml(rows, ["A1:B1", "C1:XFD1"])})
    table = workbooks.workbook_table(path, tmp_path)
    assert table.columns == ("How was it? - Score", "How was it? - Words", "Who - Id")
