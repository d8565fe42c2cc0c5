"""Reading feedback: surveys, tickets and reviews written by hand."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.real_data import source

from desirepath.errors import EventsError
from desirepath.events.feedback.answers import NO_TIME_US, NOBODY, Feedback
from desirepath.events.feedback.columns import keys_of
from desirepath.events.feedback.read import inspect_feedback, read_feedback
from desirepath.events.feedback.schema import (
    FeedbackColumns,
    FeedbackInspection,
    ScoreColumn,
)
from desirepath.events.read import read_events

SURVEY = """user_id,session_id,submitted_at,survey_channel,touchpoint,expectation,delivered,scale,comment
u1,s1,2024-04-27 16:55:29,in-app,Product page,5,4,1-5,fine
u1,s2,2024-04-29 21:40:09,in-app,Browse,8,7,0-10,
u2,s3,30/04/2024 08:00,mail,Cart,,2,1-5,where is my voucher
u3,s4,2024-05-01 10:00:00,mail,Cart,3,9,1-5,
"""
QUALTRICS = """StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,ExternalReference,UserLanguage,Q1,Q1_NPS_GROUP,Q2
Start Date,End Date,Response Type,Finished,Recorded Date,Response ID,External Data Reference,User Language,"How likely are you to recommend us,
to a friend?",NPS group,What could we do better?
"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate"",""timeZone"":""America/Denver""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}","{""ImportId"":""QID1_NPS_GROUP""}","{""ImportId"":""QID2_TEXT""}"
2024-05-01 10:00:00,2024-05-01 10:05:00,IP Address,True,2024-05-01 10:05:01,R_1,c1,EN,9,Promoter,Answer the phone sooner please
2024-05-02 10:00:00,2024-05-02 10:05:00,IP Address,True,2024-05-02 10:05:01,R_2,c2,DE,0,Detractor,
2024-05-02 11:00:00,2024-05-02 11:05:00,Survey Preview,True,2024-05-02 11:05:01,R_3,,EN,10,Promoter,test
"""
SURVEYMONKEY = """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,How satisfied were you with the delivery?,How easy was it to pay?,What did you use?,,Anything else?
,,,,,,Response,Response,Chat,Phone,Open-Ended Response
11,5,05/14/2024 10:00:00 AM,05/14/2024 10:05:00 AM,1.2.3.4,a@example.org,5,6,Chat,,You answered at once
12,5,05/14/2024 11:00:00 AM,05/14/2024 11:05:00 AM,1.2.3.5,b@example.org,2,7,,Phone,
"""
LONG = """customer,answered_at,question,answer
c1,2024-05-01,How satisfied are you (1-5)?,4
c1,2024-05-01,Would you recommend us?,9
c1,2024-05-01,Why?,The parcel came early
c2,2024-05-02,How satisfied are you (1-5)?,N/A
c2,2024-05-02,Would you recommend us?,6
"""


def written(folder: Path, text: str, name: str = "survey.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def scores_of(feedback: Feedback) -> list[tuple[str, str, float]]:
    """Question, scale and number of every numeric answer."""
    found = []
    for asked, score in zip(
        feedback.asked.tolist(), feedback.scores.tolist(), strict=True
    ):
        question = feedback.questions[asked]
        if question.scale is not None:
            found.append((question.text, question.scale.name, score))
    return found


def question(seen: FeedbackInspection, name: str, place: int = 0) -> tuple[object, ...]:
    one = [one for one in seen.tables[0].questions if one.question == name][place]
    return one.scale, one.why, one.aspect, one.answered, one.not_applicable, one.empty, dict(one.unusable)  # fmt: skip


def test_each_row_may_have_its_own_scale(tmp_path: Path) -> None:
    feedback = read_feedback(written(tmp_path, SURVEY))
    assert scores_of(feedback) == [
        ("expectation", "csat-5", 5),
        ("delivered", "csat-5", 4),
        ("expectation", "rating-0-10", 8),
        ("delivered", "rating-0-10", 7),
        ("delivered", "csat-5", 2),
        ("expectation", "csat-5", 3),
    ]
    assert feedback.emotions[feedback.is_score].tolist() == pytest.approx([1, 0.8, -1])
    assert feedback.conventions == (
        "csat-5: e = s - 3",
        "rating-0-10: e = (s - 5) × 2/5",
    )


def test_what_cannot_be_used_is_counted_by_reason(tmp_path: Path) -> None:
    seen = inspect_feedback(written(tmp_path, SURVEY))
    assert question(seen, "delivered", 1) == (
        "csat-5", 'the row says "1-5"', "score", 2, 0, 0, {"outside 1 to 5": 1},
    )  # fmt: skip
    assert [(one.role, one.column, one.why) for one in seen.tables[0].roles] == [
        ("customer", "user_id", "by name"),
        ("case", "session_id", "by name"),
        ("time", "submitted_at", "by name"),
        ("at", "touchpoint", "by name"),
        ("channel", "survey_channel", "by name"),
        ("scale", "scale", "by name"),
    ]
    assert (seen.response_count, seen.score_count, seen.text_count) == (4, 3, 2)
    assert dict(seen.hints) == {"Product page": 2, "Browse": 2, "Cart": 2}


def test_words_stand_beside_the_only_score_of_their_row(tmp_path: Path) -> None:
    feedback = read_feedback(written(tmp_path, SURVEY))
    beside = dict(
        zip(
            feedback.scores[feedback.is_score],
            feedback.texts[feedback.is_score],
            strict=True,
        )
    )
    assert beside == {4: "fine", 7: "", 2: "where is my voucher"}


def test_keys_are_those_of_events(tmp_path: Path) -> None:
    events = "customer_id,session_id,event,timestamp\nu1,s1,look,2024-04-27 10:00:00\nu1,s1,buy,2024-04-27 10:01:00\n"
    log = read_events(written(tmp_path, events, "events.csv"))
    feedback = read_feedback(written(tmp_path, SURVEY))
    assert log.case_keys.tolist() == [feedback.cases[0]] == keys_of(["s1"]).tolist()
    assert log.customers.tolist() == [feedback.customers[0]]


def test_three_header_rows_of_qualtrics_are_understood(tmp_path: Path) -> None:
    path = written(tmp_path, QUALTRICS)
    seen = inspect_feedback(path)
    (table,) = seen.tables
    assert (table.looks_like, table.row_count) == ("a Qualtrics export", 3)
    assert dict(table.dropped) == {"previews and tests": 1}
    assert [one.question for one in table.questions] == [
        "How likely are you to recommend us,\nto a friend?",
        "What could we do better?",
    ]
    assert [one.scale for one in table.questions] == ["nps", ""]
    assert table.times[0].zone == "America/Denver"
    feedback = read_feedback(path)
    # 10:05:01 in Denver in summer is 16:05:01 UTC
    assert feedback.times_us[0] == 1_714_579_501_000_000
    assert dict(seen.languages) == {"EN": 1, "DE": 1}


def test_two_header_rows_of_surveymonkey_are_understood(tmp_path: Path) -> None:
    seen = inspect_feedback(written(tmp_path, SURVEYMONKEY))
    (table,) = seen.tables
    assert table.looks_like == "a SurveyMonkey export"
    assert [(one.question, one.scale) for one in table.questions] == [
        ("How satisfied were you with the delivery?", "csat-5"),
        ("How easy was it to pay?", "ces-7"),
        ("Anything else?", ""),
    ]
    roles = {one.role: one.column for one in table.roles}
    assert (roles["customer"], roles["time"]) == ("Email Address", "End Date")
    assert table.times[0].parsed_share == 1


def test_typeform_times_are_utc(tmp_path: Path) -> None:
    text = "#,How satisfied are you?,Submit Date (UTC),Network ID\nx1,4,2024-05-01 10:00:00,n1\nx2,5,2024-05-02 10:00:00,n2\n"
    (table,) = inspect_feedback(written(tmp_path, text)).tables
    assert table.looks_like == "a Typeform export"
    assert (table.times[0].zone, table.times[0].zone_source) == ("UTC", "given")
    assert [one.question for one in table.questions] == ["How satisfied are you?"]


def test_one_answer_per_row_is_read_question_by_question(tmp_path: Path) -> None:
    path = written(tmp_path, LONG)
    assert scores_of(read_feedback(path)) == [
        ("How satisfied are you (1-5)?", "csat-5", 4),
        ("Would you recommend us?", "nps", 9),
        ("Would you recommend us?", "nps", 6),
    ]
    seen = inspect_feedback(path)
    assert question(seen, "How satisfied are you (1-5)?")[3:5] == (1, 1)
    assert (seen.text_count, seen.customer_count) == (1, 2)


def test_zero_is_an_answer_or_none_as_is_said() -> None:
    table = {"Seat comfort": np.array(["0", "1", "5", "3"])}
    columns = FeedbackColumns(scores={"Seat comfort": ScoreColumn("csat-5")})
    plain = inspect_feedback(table, columns=columns)
    assert question(plain, "Seat comfort")[3:] == (3, 0, 0, {"outside 1 to 5": 1})
    said = inspect_feedback(table, columns=columns, zero_is_na=True)
    assert question(said, "Seat comfort")[3:] == (3, 1, 0, {})


def test_a_scale_on_which_much_is_bad_is_turned() -> None:
    table = {"effort": np.array(["1", "5"])}
    turned = FeedbackColumns(
        scores={"effort": ScoreColumn("ces-5", high_is_good=False)}
    )
    feedback = read_feedback(table, columns=turned)
    assert feedback.emotions.tolist() == [2, -2]
    assert feedback.conventions == ("ces-5: e = -(s - 3)",)


def test_tickets_without_a_score_are_words(tmp_path: Path) -> None:
    text = "ticket_id,user_id,opened_at,text,csat_1_5\nT1,u1,2024-05-01T10:00:00+02:00,card declined three times,\nT2,u2,2024-05-02T10:00:00+02:00,is the battery included?,3\n"
    feedback = read_feedback(written(tmp_path, text, "tickets.csv"))
    assert feedback.texts.tolist() == [
        "card declined three times",
        "is the battery included?",
    ]
    assert np.isnan(feedback.scores[0])
    assert feedback.scores[1] == 3
    assert feedback.times_us[0] == 1_714_550_400_000_000
    assert (feedback.cases == NOBODY).all()


def test_rows_without_any_answer_are_counted(tmp_path: Path) -> None:
    text = "customer_id,at,nps\nc1,2024-05-01 10:00,\nc2,2024-05-02 11:00,9\nc3,2024-05-02 12:00,10\nc4,2024-05-02 12:00,0\n"
    seen = inspect_feedback(written(tmp_path, text))
    assert dict(seen.tables[0].dropped) == {"no answer in the row": 1}
    assert (seen.response_count, seen.from_us) == (3, 1_714_647_600_000_000)


def test_several_files_are_one_feedback(tmp_path: Path) -> None:
    first = written(tmp_path, SURVEY)
    second = tmp_path / "long.csv.gz"
    second.write_bytes(gzip.compress(LONG.encode()))
    feedback = read_feedback([first, second])
    assert feedback.source["files"] == "survey.csv, long.csv.gz"
    assert feedback.count == read_feedback(first).count + read_feedback(second).count
    assert len(np.unique(feedback.responses)) == 4 + 4
    assert set(feedback.hints.values) == {"", "Product page", "Browse", "Cart"}


def test_a_time_that_cannot_be_read_is_no_time(tmp_path: Path) -> None:
    text = (
        "customer_id,at,nps\nc1,soon,9\nc2,2024-05-02 11:00,10\nc3,2024-05-02 12:00,2\n"
    )
    feedback = read_feedback(written(tmp_path, text))
    assert (feedback.times_us == NO_TIME_US).tolist() == [True, False, False]


def test_numbers_that_only_look_like_answers_are_named_and_not_taken(
    tmp_path: Path,
) -> None:
    text = "customer_id,nps,Seat comfort,Age\nc1,9,0,41\nc2,10,5,22\nc3,4,3,33\n"
    (table,) = inspect_feedback(written(tmp_path, text)).tables
    assert [one.question for one in table.questions] == ["nps"]
    assert table.maybe == (
        (
            "Seat comfort",
            "answers from 0 to 5: say on which scale, and whether 0 means not applicable",
        ),
    )


ERRORS = {
    "nothing": (
        "customer_id,Seat comfort\nc1,4\nc2,3\n",
        None,
        (
            'survey.csv: no column holds scores or words of customers for certain ("Seat comfort": '
            "numbers only, answers from 3 to 4) [E250]\n"
            '  Name them: --score "COLUMN=csat-5" or --text COLUMN.'
        ),
    ),
    "several alike": (
        "customer_id,Seat comfort,Food\nc1,0,4\nc2,5,5\n",
        None,
        (
            'survey.csv: no column holds scores or words of customers for certain ("Seat comfort": '
            "answers from 0 to 5: say on which scale, and whether 0 means not applicable; "
            '"Food": numbers only, answers from 4 to 5) [E250]\n'
            '  Take all 2 that end at 5: --score "*=csat-5" --zero-is-na '
            "(without --zero-is-na if 0 is a score)."
        ),
    ),
    "empty": (
        "customer_id,nps\n",
        None,
        (
            "survey.csv: the file holds no answers [E250]\n"
            "  Export the answers again; a header alone is not enough."
        ),
    ),
    "column": (
        "customer_id,nps\nc1,9\n",
        FeedbackColumns(customer="custmer_id"),
        (
            'survey.csv: no column is called "custmer_id" [E251]\n'
            '  Did you mean "customer_id"? Known names: customer_id, nps.'
        ),
    ),
    "scale": (
        "customer_id,nps\nc1,9\n",
        FeedbackColumns(scores={"nps": ScoreColumn("csat5")}),
        (
            'survey.csv: no scale is called "csat5" [E253]\n'
            '  Did you mean "csat-5"? Known names: ces-5, ces-7, csat-5, csat-7, emotion, nps, '
            "rating-0-10, rating-1-10 and 2 more."
        ),
    ),
    "unsure": (
        "customer_id,mark\nc1,9\nc2,4\n",
        FeedbackColumns(scores={"mark": ScoreColumn()}),
        (
            'survey.csv: the scale of "mark" cannot be told: answers from 4 to 9: say whether the scale '
            "is rating-1-10, rating-0-10 or nps [E255]\n"
            '  Say it: --score "mark=csat-5", or scale: csat-5 in a recipe.'
        ),
    ),
    "time": (
        "customer_id,when,nps\nc1,soon,9\n",
        FeedbackColumns(time="when"),
        (
            'survey.csv: the column "when" holds no times that can be read [E256]\n'
            "  Name the column of times, or give time_format in a recipe."
        ),
    ),
    "order": (
        "customer_id,at,nps\nc1,03/04/2024,9\n",
        None,
        (
            'survey.csv: day and month of "at" cannot be told apart [E256]\n'
            "  Give --time-format day-first or month-first."
        ),
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_read_says_what_to_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, columns, message = ERRORS[name]
    monkeypatch.chdir(tmp_path)
    written(tmp_path, text)
    with pytest.raises(EventsError) as error:
        read_feedback("survey.csv", columns=columns)
    assert str(error.value) == message


def test_what_is_no_source_says_so() -> None:
    with pytest.raises(EventsError) as error:
        read_feedback(7)
    assert str(error.value) == (
        "feedback cannot be read from an object of type int [E257]\n"
        "  Give a path, a list of paths, a table, or a dict of NumPy columns."
    )
    with pytest.raises(EventsError) as error:
        read_feedback([])
    assert str(error.value) == "no file of feedback is named [E257]\n  Give a file."


RECIPE = """format: desirepath/recipe/1
feedback:
  - files: survey.csv
    customer: who
    time: at
    zone: Europe/Berlin
    scores:
      nps: {scale: nps}
      fit: {scale: 1-5, at: try-on, zero: not applicable}
      hoped: {scale: csat-5, expectation: true}
    text: words
"""
ROWS = "who,at,nps,fit,hoped,words\nc1,2024-05-01 10:00,9,0,5,good\nc2,2024-05-01 12:00,3,4,4,\n"


def test_a_recipe_says_which_question_is_about_which_step(tmp_path: Path) -> None:
    written(tmp_path, ROWS)
    feedback = read_feedback(written(tmp_path, RECIPE, "all.yaml"))
    assert [
        (one.text, one.scale.name if one.scale else "", one.aspect, one.at)
        for one in feedback.questions
    ] == [
        ("nps", "nps", "score", ""),
        ("fit", "csat-5", "score", "try-on"),
        ("hoped", "csat-5", "expectation", ""),
        ("words", "", "text", ""),
    ]
    assert feedback.hints.values == ("", "try-on")
    assert feedback.times_us[0] == 1_714_550_400_000_000


RECIPE_ERRORS = {
    "format: desirepath/recipe/1\nsources: []\n": (
        "all.yaml: the recipe lists no feedback [E258]\n"
        "  Add a list: feedback: [{files: survey.csv, customer: customer_id}]."
    ),
    RECIPE.replace("recipe/1", "recipe/9"): (
        'all.yaml:1: expected "format: desirepath/recipe/1", found desirepath/recipe/9 [E240]\n'
        "  Begin the file with: format: desirepath/recipe/1"
    ),
    RECIPE.replace("zero: not applicable", "zero: none"): (
        "all.yaml:9: zero is 'none' [E254]\n"
        "  Write zero: not applicable, or leave it out where 0 is an answer."
    ),
    RECIPE.replace("expectation: true", "expectation: maybe"): (
        "all.yaml:10: expectation is 'maybe' [E254]\n"
        "  Write expectation: true or expectation: false."
    ),
    RECIPE.replace("{scale: nps}", "[nps]"): (
        'all.yaml:8: "nps" says neither a scale nor a mapping [E254]\n'
        "  Write nps: csat-5, or nps: {scale: csat-5, at: checkout}."
    ),
    "format: desirepath/recipe/1\nfeedback:\n  - files: survey.csv\n    scores: nps\n": (
        "all.yaml:4: scores is not a mapping of columns to scales [E254]\n"
        "  Write lines such as: csat: {scale: csat-5, at: checkout}"
    ),
    "format: desirepath/recipe/1\nfeedback:\n  - files: survey.csv\n    score: nps\n": (
        'all.yaml:4: no key is called "score" [E240]\n'
        '  Did you mean "scores"? Known names: answer, at, case, channel, customer, files, language, '
        "question and 8 more."
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", RECIPE_ERRORS)
def test_a_recipe_that_is_wrong_names_the_line(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, ROWS)
    written(tmp_path, text, "all.yaml")
    with pytest.raises(EventsError) as error:
        read_feedback("all.yaml")
    assert str(error.value) == RECIPE_ERRORS[text]


def test_cells_beyond_the_header_leave_their_row_out(tmp_path: Path) -> None:
    seen = inspect_feedback(written(tmp_path, "id,nps\na,9\nb,10,and,more\nc,1\n"))
    assert dict(seen.tables[0].dropped) == {"more cells than the header": 1}
    assert (seen.tables[0].row_count, seen.response_count) == (3, 2)


def test_json_lines_are_read_as_csv_is(tmp_path: Path) -> None:
    rows = '{"customer_id": "c1", "nps": 9}\n{"customer_id": "c2", "nps": 3}\n{"customer_id": "c3", "nps": null}\n'
    feedback = read_feedback(written(tmp_path, rows, "answers.jsonl"))
    assert feedback.scores.tolist() == [9, 3]


@pytest.mark.data
def test_real_surveys_tickets_and_reviews_are_recognized() -> None:
    found = {
        name: [
            (one.question, one.scale, one.answered, one.not_applicable)
            for one in inspect_feedback(source(name), zero_is_na="airline" in name).tables[0].questions
            if one.scale
        ]
        for name in (
            "rete-ecom-feedback/tickets.csv",
            "olist-orders-sample/olist_order_reviews_dataset.csv",
            "airline-satisfaction/test.csv",
        )
    }  # fmt: skip
    assert list(found.values()) == [
        [("csat_1_5", "csat-5", 103, 0)],
        [("review_score", "stars-5", 3986, 0)],
        [("Ease of Online booking", "ces-5", 24781, 1195)],
    ]
