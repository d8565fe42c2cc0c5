from __future__ import annotations

from dataclasses import replace

from desirepath.analyze.finding import AnalysisReport, Finding, Section, by_weight
from desirepath.analyze.reading import corrected


def finding(
    subject: str, people: int, severity: float, p: float | None = None
) -> Finding:
    return Finding(
        analysis="low_points",
        code="A301",
        subject=subject,
        place=subject,
        words=f"It is bad at {subject}.",
        people=people,
        people_share=people / 1000,
        value=severity,
        unit="share",
        low=None,
        high=None,
        n=people,
        severity=severity,
        p=p,
    )


def report(*sections: Section) -> AnalysisReport:
    return AnalysisReport("m", "M", sections, 1000, 1000, 1000, "", "", 0.05)


def test_many_people_hurt_a_little_weigh_as_much_as_few_hurt_badly() -> None:
    many, few = finding("step:a", 100, 0.1), finding("step:b", 10, 1.0)
    assert many.rank_score == few.rank_score
    worse = finding("step:c", 11, 1.0)
    assert by_weight([few, many, worse]) == [worse, many, few]


def test_a_difference_that_chance_may_have_made_is_dropped() -> None:
    section = Section(
        "low_points",
        "Low points",
        (
            finding("step:a", 10, 0.1, p=0.001),
            finding("step:b", 10, 0.1, p=0.04),
            finding("step:c", 10, 0.1, p=0.9),
        ),
    )
    (shown,), tested, dropped = corrected([section], 0.05)
    assert [one.subject for one in shown.findings] == ["step:a"]
    assert (tested, dropped) == (3, 2)
    assert shown.findings[0].p_adjusted == 0.003


def test_differences_are_corrected_over_all_sections() -> None:
    alone = Section("one", "One", (finding("step:a", 1, 1.0, p=0.03),))
    beside = Section("two", "Two", (finding("step:b", 1, 1.0, p=0.9),))
    assert len(corrected([alone], 0.05)[0][0].findings) == 1
    assert len(corrected([alone, beside], 0.05)[0][0].findings) == 0


def test_a_description_is_not_corrected() -> None:
    section = Section("one", "One", (finding("step:a", 1, 1.0),))
    assert corrected([section], 0.05) == ((section,), 0, 0)


def test_the_first_to_fix_are_of_different_places() -> None:
    section = Section(
        "one",
        "One",
        (
            finding("step:a", 100, 1.0),
            finding("step:a", 90, 1.0),
            finding("step:b", 1, 1.0),
        ),
    )
    assert [one.people for one in report(section).first()] == [100, 1]


def test_the_first_to_fix_say_the_same_of_two_places_at_most() -> None:
    alike = [finding(f"step:{name}", 100, 1.0) for name in "abcd"]
    other = replace(finding("step:e", 1, 1.0), code="A999")
    told = report(Section("one", "One", (*alike, other))).first()
    assert [one.subject for one in told] == ["step:a", "step:b", "step:e"]


def test_plain_data_says_the_weight_of_each_finding() -> None:
    data = report(Section("one", "One", (finding("step:a", 100, 0.5),))).to_dict()
    assert data["format"] == "desirepath/analysis/1"
    assert data["sections"][0]["findings"][0]["rank_score"] == 50.0


def test_other_readings_of_the_same_place_stand_beside_the_first() -> None:
    first = finding("step:a", 100, 1.0)
    other = replace(finding("step:a", 90, 1.0), analysis="content")
    elsewhere = replace(finding("step:b", 95, 1.0), analysis="content")
    praise = replace(finding("step:a", 99, 1.0), analysis="high_points", kind="keep")
    section = Section("one", "One", (first, other, elsewhere, praise))
    assert report(section).also(first) == (other,)


def test_times_that_went_worse_are_told_beside_the_first_findings() -> None:
    named = replace(finding("step:a", 900, 1.0), analysis="bad_times")
    times = [
        replace(finding(f"step:{name}", people, 0.1), analysis="bad_times")
        for name, people in (("b", 10), ("c", 90), ("d", 50), ("e", 20))
    ]
    look = replace(finding("step:f", 80, 0.1), analysis="bad_times", kind="look")
    others = [
        replace(finding(f"step:{number}", 500, 1.0), code=f"A{number}")
        for number in range(5)
    ]
    told = report(
        Section("low_points", "Low points", tuple(others)),
        Section("bad_times", "Bad times", (named, *times, look)),
    )
    assert named in told.first()
    assert [one.subject for one in told.times()] == ["step:c", "step:d", "step:e"]
