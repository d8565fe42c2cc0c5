"""`desirepath.toml`: what holds for every command in a folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirepath.check.parts import Smallest
from desirepath.cli.app import run
from desirepath.errors import DesirepathError
from desirepath.events.schema import NameRule
from desirepath.project import (
    FILE,
    Project,
    add_rules,
    find_project,
    read_project,
    rules_toml,
)

WHOLE = """sources = ["events.csv", "calls.csv"]
gap = "30m"
vocabulary = "words.yaml"

[thresholds]
false_discovery_rate = 0.01
many_duplicates = 0.2

[[names]]
pattern = "A_*"
name = "apply"
"""
ROWS = """user_id,event,timestamp
u1,A_one,2024-01-02 10:00
u1,A_two,2024-01-02 10:05
u1,pay,2024-01-04 10:00
u2,A_one,2024-01-05 10:00
"""


def written(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text)
    return path


def problems(folder: Path, text: str) -> str:
    with pytest.raises(DesirepathError) as error:
        read_project(written(folder, text))
    return str(error.value).replace(f"{folder}/", "")


def test_every_key_is_read_and_paths_start_at_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    assert read_project(path) == Project(
        path=path,
        sources=(tmp_path / "events.csv", tmp_path / "calls.csv"),
        names=(NameRule("A_*", "apply"),),
        gap="30m",
        false_discovery_rate=0.01,
        many_duplicates=0.2,
        vocabulary=tmp_path / "words.yaml",
    )


def test_an_empty_file_is_a_project(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    assert read_project(path) == Project(path)


def test_the_nearest_file_above_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    written(tmp_path, WHOLE)
    found = find_project(inner)
    assert found is not None
    assert found.path.parent == tmp_path.resolve()
    written(tmp_path / "a", "")
    found = find_project(inner)
    assert found is not None
    assert found.sources == ()


def test_a_repository_ends_the_search(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    assert find_project(tmp_path / "repository") is None


def test_what_is_a_large_enough_change_is_the_team_s_to_say(tmp_path: Path) -> None:
    text = "[check]\nsmallest_share = 0.1\nsmallest_nps = 5\n"
    project = find_project(written(tmp_path, text).parent)
    assert project is not None
    assert project.smallest == Smallest(share=0.1, nps=5.0)


def test_ids_are_taken_out_of_names_where_the_file_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, 'sources = ["events.csv"]\nwithout_ids = true\n')
    rows = ROWS.replace("A_one", "/p/123?x=1").replace("A_two", "/p/77123")
    (tmp_path / "events.csv").write_text(rows)
    monkeypatch.chdir(tmp_path)
    assert run(["events", "inspect", "--json"]) == 0
    seen = json.loads(capsys.readouterr().out)
    assert "/p/*" in {one["activity"] for one in seen["top_activities"]}
    assert seen["rules"]["ids"].endswith("names became 2")
    assert problems(tmp_path, 'without_ids = "yes"\n') == (
        "desirepath.toml:1: without_ids is 'yes', neither true nor false [E803]\n"
        "  Write: without_ids = true"
    )


def test_unknown_keys_are_named_with_their_lines(tmp_path: Path) -> None:
    text = WHOLE.replace("sources =", "source =").replace("many_dup", "many_dub")
    text += 'names = "x"\n\n[[names]]\npattern = "b"\nname = "c"\nchannel = "web"\n'
    assert problems(tmp_path, text) == (
        'desirepath.toml:1: no key is called "source" [E803]\n'
        '  Did you mean "sources"? Known names: check, gap, names, private_key, sources, themes, thresholds, topics and 3 more.\n'
        'desirepath.toml:7: no key is called "many_dublicates" [E803]\n'
        '  Did you mean "many_duplicates"? Known names: false_discovery_rate, many_duplicates.\n'
        'desirepath.toml:12: no key is called "names" [E803]\n'
        '  Did you mean "name"? Known names: name, pattern.\n'
        'desirepath.toml:17: no key is called "channel" [E803]\n'
        "  Known names: name, pattern."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "sources = 3\n",
            (
                "desirepath.toml:1: sources is not the path of a file [E803]\n"
                '  Write for example: sources = "events.csv"'
            ),
        ),
        (
            '\ngap = "30"\n',
            (
                'desirepath.toml:2: gap is "30", which is not a duration with a unit [E803]\n'
                '  Write for example: gap = "30m"'
            ),
        ),
        (
            "[thresholds]\n\nfalse_discovery_rate = 5\n",
            (
                "desirepath.toml:3: false_discovery_rate is 5, which is no share between 0 and 1 [E803]\n"
                "  Write for example: false_discovery_rate = 0.05"
            ),
        ),
        (
            "[check]\nsmallest_score = true\n",
            (
                "desirepath.toml:2: smallest_score is True, which is no size of a change [E803]\n"
                "  Write for example: smallest_score = 0.05"
            ),
        ),
        (
            "[check]\nsmallest_time = 0\n",
            (
                "desirepath.toml:2: smallest_time is 0, which is no size of a change [E803]\n"
                "  Write for example: smallest_time = 0.05"
            ),
        ),
        (
            "check = 3\n",
            (
                "desirepath.toml:1: check is no table [E803]\n"
                "  Write [check] in a line of its own."
            ),
        ),
        (
            "thresholds = 3\n",
            (
                "desirepath.toml:1: thresholds is no table [E803]\n"
                "  Write [thresholds] in a line of its own."
            ),
        ),
        (
            '[[names]]\npattern = "a"\nname = "b"\n\n[[names]]\npattern = "c"\n',
            (
                "desirepath.toml:5: names[1] is no rule with a pattern and a name [E803]\n"
                '  Write [[names]], and below it pattern = "A_*" and name = "application".'
            ),
        ),
        (
            'vocabulary = ["a", "b"]\n',
            (
                "desirepath.toml:1: vocabulary is not the path of a file [E803]\n"
                '  Write for example: vocabulary = "events.csv"'
            ),
        ),
        (
            "gap = \n",
            (
                "desirepath.toml:1: not TOML: Invalid value [E802]\n"
                '  Write lines such as: sources = ["events.csv"]'
            ),
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    assert problems(tmp_path, text) == said


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"gap = '\xff'")
    with pytest.raises(DesirepathError) as error:
        find_project(tmp_path)
    assert error.value.code == "E802"


def test_added_rules_come_last_and_nothing_else_changes(tmp_path: Path) -> None:
    path = written(tmp_path, "# ours\n" + WHOLE)
    assert add_rules([NameRule("b", "c")], tmp_path) == path.resolve()
    assert path.read_text().startswith("# ours\n" + WHOLE)
    assert read_project(path).names == (NameRule("A_*", "apply"), NameRule("b", "c"))


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    path = add_rules([NameRule("b", "c")], tmp_path)
    assert read_project(path) == Project(path, names=(NameRule("b", "c"),))


def test_rules_are_not_added_to_names_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "names = []\n")
    with pytest.raises(DesirepathError) as error:
        add_rules([NameRule("b", "c")], tmp_path)
    assert error.value.code == "E804"
    assert path.read_text() == "names = []\n"


@given(st.lists(st.tuples(*[st.text(min_size=1).filter(str.strip)] * 2), max_size=4))
def test_rules_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    rules = tuple(NameRule(*pair) for pair in pairs)
    path = folder / FILE
    path.write_bytes(rules_toml(rules).encode())
    assert read_project(path).names == rules


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "events.csv").write_text(ROWS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def inspected(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run(["events", "inspect", *arguments, "--json"]) == 0
    data: dict[str, object] = json.loads(capsys.readouterr().out)
    return data


def test_commands_read_the_sources_of_the_project(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written(shop, WHOLE.replace(', "calls.csv"', ""))
    (shop / "below").mkdir()
    monkeypatch.chdir(shop / "below")
    data = inspected(capsys)
    assert (data["case_count"], data["activity_count"]) == (3, 2)
    assert data["rules"] == {"gap": "30m"}


def test_names_hold_for_other_files_and_the_gap_does_not(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(shop, WHOLE)
    data = inspected(capsys, "events.csv")
    assert (data["case_count"], data["activity_count"], data["rules"]) == (2, 2, {})


def test_options_go_before_the_project(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(shop, WHOLE.replace(', "calls.csv"', ""))
    assert inspected(capsys, "--gap", "7d")["case_count"] == 2


def test_a_project_without_sources_asks_for_them(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(shop, 'gap = "30m"\n')
    assert run(["events", "inspect"]) == 2
    assert "sources in desirepath.toml" in capsys.readouterr().err.replace("\n", " ")


def test_a_broken_project_stops_every_command_on_events(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(shop, "gaps = 3\n")
    assert run(["events", "inspect", "events.csv"]) == 3
    assert capsys.readouterr().err.startswith(f"{shop.resolve()}/{FILE}:1: no key")


def test_suggested_rules_are_written_and_then_in_force(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "events.csv").write_text(
        ROWS + "u2,PAY,2024-01-06 10:00\nu2,pay,2024-01-07 10:00\n"
    )
    assert run(["events", "names", "events.csv", "--write"]) == 0
    printed = capsys.readouterr().out
    assert '[[names]]\npattern = "PAY"\nname = "pay"\n' in printed
    assert f"1 rule added to {shop.resolve() / FILE}" in printed.replace("\n", "")
    assert inspected(capsys, "events.csv")["activity_count"] == 3
    assert run(["events", "names", "events.csv", "--write"]) == 0
    assert "No two names look like one." in capsys.readouterr().out
    assert (shop / FILE).read_text().count("[[names]]") == 1


def test_names_as_json_hold_counts_and_rules(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "events.csv").write_text(
        ROWS + "u2,PAY,2024-01-06 10:00\nu2,pay,2024-01-07 10:00\n"
    )
    assert run(["events", "names", "events.csv", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["activities"][0] == {"activity": "A_one", "events": 2, "cases": 2}
    assert data["rules"] == [{"pattern": "PAY", "name": "pay"}]
    assert not (shop / FILE).exists()


def test_check_takes_events_and_threshold_from_the_project(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(shop, WHOLE.replace(', "calls.csv"', ""))
    (shop / "map.yaml").write_text(
        "format: desirepath/map/1\nid: shop\ntitle: Shop\nstages:\n- id: all\n  name: All\n"
        "  steps:\n  - id: apply\n    name: Apply\n    events: [{activity: apply}]\n"
    )
    assert run(["check", "map.yaml", "--json"]) in (0, 4)
    printed = capsys.readouterr()
    data = json.loads(printed.out)
    assert (data["cases"], data["false_discovery_rate"]) == (3, 0.01)


def test_discover_takes_its_words_from_the_project(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        f"u{customer},{activity},2024-01-{1 + customer % 28:02} 10:{minute:02}"
        for customer in range(40)
        for minute, activity in enumerate(("look", "basket", "pay"))
    ]
    (shop / "events.csv").write_text("\n".join(["user_id,event,timestamp", *rows]))
    (shop / "words.yaml").write_text("basket: Fill the basket\n")
    written(shop, 'sources = "events.csv"\nvocabulary = "words.yaml"\n')
    assert run(["discover"]) == 0
    assert "name: Fill the basket" in (shop / "map.yaml").read_text()


def test_the_day_from_which_ages_count_is_a_day(tmp_path: Path) -> None:
    file = tmp_path / "desirepath.toml"
    file.write_text("[check]\ntoday = 2024-08-01\n", encoding="utf-8")
    assert read_project(file).today == date(2024, 8, 1)
    file.write_text('[check]\ntoday = "soon"\n', encoding="utf-8")
    with pytest.raises(DesirepathError) as caught:
        read_project(file)
    assert str(caught.value) == (
        f"{file}:2: today is 'soon', which is no day [E803]\n"
        "  Write for example: today = 2024-08-01"
    )
