"""What people told: read from files, linked, and kept on both sides of a statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desirepath.errors import MapError
from desirepath.events.sequences import Sequences
from desirepath.evidence.anecdotes import read_anecdotes
from desirepath.evidence.facts import Evidence, Fact
from desirepath.evidence.library import (
    EvidenceItem,
    Library,
    all_sides,
    for_and_against,
    library_beside,
    read_library,
)
from desirepath.evidence.library_lint import library_problems, link_problems, used_by
from desirepath.evidence.measure import measure_map
from desirepath.maps.claims import Claim, ShareClaim
from desirepath.maps.model import JourneyMap, Statement

Log = Callable[..., Sequences]
Plan = Callable[..., JourneyMap]

STORIES = """anecdotes:
  - id: late
    told_by_role: support agent
    heard_from: 12
    when: 2026-03
    step: wait
    what_happened: Parcels are said to be out for delivery for days
    consequence: They call us twice
    how_often: daily
    against: [quick]
  - told_by_role: driver
    when: 2026-03-14
    step: wait
    what_happened: Nobody at home
"""
TALK = """who: customer 7
date: 2026-02-11
permission: may be quoted inside the company
quotes:
  - {text: I sat by the door all day, step: wait, lane: pains, sentiment: -0.8}
  - {text: It was a nice box, step: open, sentiment: 0.6}
"""
ITEMS = """items:
  - {id: study, kind: document, date: 2025-11, source: Post study, n: 400, supports: [quick]}
  - {id: idea, kind: ai_suggestion, date: 2026-01-02, source: a language model, step: wait, supports: [quick]}
"""


def folder(path: Path, **files: str) -> Path:
    """Project folder with files of evidence."""
    (path / "evidence" / "interviews").mkdir(parents=True)
    names = {"stories": "anecdotes.yaml", "talk": "interviews/anna.yaml", "items": "items.yaml", "table": "anecdotes.csv"}  # fmt: skip
    for key, text in files.items():
        (path / "evidence" / names[key]).write_text(text, encoding="utf-8")
    return path / "evidence"


def test_everything_stands_in_one_list_with_its_line(tmp_path: Path) -> None:
    top = folder(tmp_path, stories=STORIES, talk=TALK, items=ITEMS)
    library = read_library(top)
    assert [(one.id, one.kind, one.n, one.place.rpartition("/")[2]) for one in library.items] == [
        ("late", "anecdote", 12, "anecdotes.yaml:2"),
        ("a-d739c6", "anecdote", 1, "anecdotes.yaml:11"),
        ("anna", "interview", 1, "anna.yaml:1"),
        ("anna/1", "interview", 1, "anna.yaml:5"),
        ("anna/2", "interview", 1, "anna.yaml:6"),
        ("study", "document", 400, "items.yaml:2"),
        ("idea", "ai_suggestion", None, "items.yaml:3"),
    ]  # fmt: skip
    assert [one.counts for one in library.items] == [True] * 6 + [False]


def test_a_folder_without_evidence_gives_an_empty_library(tmp_path: Path) -> None:
    assert library_beside(tmp_path / "shop.yaml") == Library()


def test_a_table_of_anecdotes_says_the_same_as_yaml(tmp_path: Path) -> None:
    table = (
        "id;Told by role;heard_from;when;step;what_happened;consequence;how_often;against\n"
        'late;support agent;12;2026-03;wait;"Parcels are said to be out for delivery for days";They call us twice;daily;quick\n'
        "\n;driver;;2026-03-14;wait;Nobody at home;;;\n"
    )
    top = folder(tmp_path, stories=STORIES, table=table)
    plain = read_anecdotes(top / "anecdotes.yaml")
    found = read_anecdotes(top / "anecdotes.csv")
    assert [one for one, _ in found] == [one for one, _ in plain]
    assert [place.rpartition(":")[2] for _, place in found] == ["2", "4"]


BAD = {
    "anecdotes:\n  - {told_by_role: driver, when: 2026-03, step: wait, what_hapened: Nothing}\n": (
        'FILE:2 anecdotes[0]: "what_happened" is missing [E114]\n'
        '  Add "what_happened: …" here.\n'
        'FILE:2 anecdotes[0].what_hapened: unknown key "what_hapened" [E113]\n'
        '  Did you mean "what_happened"? Known keys: against, consequence, heard_from, how_often, id, lane, permission, sentiment and 5 more.'
    ),
    "anecdotes:\n  - {told_by_role: driver, when: last week, step: wait, what_happened: Nothing, how_often: often}\n": (
        'FILE:2 anecdotes[0].when: "last week" is not a day [E117]\n'
        "  Write a day, a month or a year: 2026-03-14, 2026-03, 2026.\n"
        'FILE:2 anecdotes[0].how_often: expected once or now and then or weekly or daily, found "often" [E116]\n'
        "  Allowed words: daily, now and then, once, weekly."
    ),
    "- told_by_role: driver\n": (
        "FILE: expected a map of keys and values, found a list [E109]\n"
        "  Start with: anecdotes:"
    ),
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_wrong_is_said_with_its_line(text: str, tmp_path: Path) -> None:
    file = folder(tmp_path, stories=text) / "anecdotes.yaml"
    with pytest.raises(MapError) as caught:
        read_library(tmp_path / "evidence")
    assert str(caught.value).replace(str(file), "FILE") == BAD[text]


def test_a_column_nobody_knows_and_a_wrong_cell_are_named(tmp_path: Path) -> None:
    file = folder(tmp_path, table="told_by,when,step,what_happened\na,2026,b,c\n") / "anecdotes.csv"  # fmt: skip
    with pytest.raises(MapError) as caught:
        read_anecdotes(file)
    assert (
        str(caught.value)
        .replace(str(file), "FILE")
        .startswith(
            'FILE:1: no column is called "told_by" [E331]\n  Did you mean "told_by_role"?'
        )
    )
    file.write_text("told_by_role,when,step,what_happened,heard_from\na,2026,b,c,\nd,2026,b,c,many\n")  # fmt: skip
    with pytest.raises(MapError) as caught:
        read_anecdotes(file)
    assert str(caught.value).replace(str(file), "FILE") == (
        'FILE:3 heard_from: expected a whole number, found "many" [E115]\n'
        "  Write a whole number here."
    )


def test_what_was_told_becomes_counts_without_intervals_and_without_words(
    tmp_path: Path, log: Log, plan: Plan
) -> None:
    library = read_library(folder(tmp_path, stories=STORIES, talk=TALK))
    evidence = measure_map(plan("wait open"), log("wait open"), library=library)
    told = [
        (one.subject, one.measure, one.target, one.value, one.n, one.low, one.high)
        for one in evidence.facts
        if one.source in ("anecdotes", "interviews")
    ]
    assert told == [
        ("step:wait", "told", "", 13, 2, None, None),
        ("step:wait", "told", "daily", 12, 1, None, None),
        ("step:wait", "said", "", 1, 1, None, None),
        ("step:wait", "said", "negative", 1, 1, None, None),
        ("step:open", "said", "", 1, 1, None, None),
        ("step:open", "said", "positive", 1, 1, None, None),
    ]
    assert "Parcels" not in str(evidence.to_dict())


QUICK = Statement(
    id="quick",
    lane="pains",
    text="Few wait long",
    claim=Claim(share=ShareClaim(activity="late", at_most="5%")),
    evidence=("study",),
)


def measured(value: float, low: float, high: float) -> Evidence:
    fact = Fact("statement:quick", "share", value, "share", 1204, low, high, target="late")  # fmt: skip
    return Evidence("shop", (fact,), 1204, 5000, 1204, "", "")


def test_what_contradicts_is_kept_beside_what_supports(tmp_path: Path) -> None:
    library = read_library(folder(tmp_path, stories=STORIES, items=ITEMS))
    both = for_and_against(QUICK, measured(0.03, 0.02, 0.04), library.items)
    assert [(one.kind, one.id, one.words) for one in both.speaks_for] == [
        ("measured", "share", "3 % (2 % to 4 %), n 1,204, from events"),
        ("document", "study", "Post study, n 400 (document, 2025-11)"),
    ]
    assert [(one.id, one.words, one.text) for one in both.against] == [
        (
            "late",
            "support agent, heard from about 12, daily (anecdote, 2026-03)",
            "Parcels are said to be out for delivery for days. They call us twice",
        )
    ]
    assert both.is_contested


def test_an_interval_across_the_limit_speaks_for_neither_side() -> None:
    assert for_and_against(QUICK, measured(0.05, 0.03, 0.07), ()).speaks_for == ()
    over = for_and_against(QUICK, measured(0.09, 0.07, 0.11), ())
    assert [one.kind for one in over.against] == ["measured"]


def test_feelings_told_at_a_step_speak_about_the_feeling_there(
    tmp_path: Path, plan: Plan
) -> None:
    library = read_library(folder(tmp_path, talk=TALK))
    glad = Statement(id="glad", lane="emotion", score=1)
    (both,) = all_sides(plan("wait", claims={"wait": [glad]}), None, library)
    assert [one.id for one in both.against] == ["anna/1"]


def test_links_that_lead_nowhere_are_found(tmp_path: Path, plan: Plan) -> None:
    library = read_library(folder(tmp_path, items=ITEMS))
    said = [
        Statement(id="a", lane="pains", text="x", evidence=("studdy",)),
        Statement(id="b", lane="pains", text="y", evidence=("idea", "study")),
        Statement(id="c", lane="pains", text="z", status="supported"),
    ]
    journey = plan("wait", claims={"wait": said})
    assert [(path[-1], str(one)) for path, one in link_problems(journey, library)] == [
        (0, 'no item of evidence is called "studdy" [E332]\n  Did you mean "study"? Known names: idea, study.'),
        (0, '"idea" was drafted by a model and never counts as evidence [E333]\n  Ask people or look at data, and link to that.'),
        (2, "the statement is called supported, and no evidence is linked [E334]\n  Add evidence: [id], or call it reasoned."),
    ]  # fmt: skip
    assert used_by(library, [journey]) == {"study": ("shop/b",), "idea": ("shop/b",)}


def test_what_is_wrong_in_the_library_is_found(tmp_path: Path, plan: Plan) -> None:
    stories = STORIES.replace("id: late", "id: anna") + (
        "  - {told_by_role: a@example.org, when: 2026-03-14, step: weit, what_happened: Call 0170 1234567}\n"
    )
    talk = TALK.replace("permission: may be quoted inside the company\n", "")
    library = read_library(folder(tmp_path, stories=stories, talk=talk))
    found = library_problems(library, [plan("wait open", claims={"wait": [QUICK]})])
    assert [(one.code, one.place.rpartition("/")[2]) for one in found] == [
        ("E336", "anecdotes.yaml:15"),
        ("E338", "anecdotes.yaml:15"),
        ("E335", "anna.yaml:1"),
        ("E339", "anna.yaml:1"),
    ]


def test_a_day_is_no_phone_number() -> None:
    item = EvidenceItem("a", "document", "2026", "Study", text="On 2026-03-14 1,234,567 parcels, order 4711-08-15")  # fmt: skip
    assert library_problems(Library(items=(item,)), []) == ()
