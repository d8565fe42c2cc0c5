"""What is planted for each reading of `analyze`, how large, and by which finding it is told."""

from __future__ import annotations

from dataclasses import dataclass

from tests.truth.analysis_worlds import STEPS, Plant, Plants

from desirepath.analyze.finding import AnalysisReport
from desirepath.evidence.groups import Span

CASES = 2_000
ADVISED, FILTERED = (tuple(one for one in STEPS if one != name) for name in ("filter", "advice"))  # fmt: skip
# findings that only count: where nothing of the kind happens there must be none at all
COUNTED = ("A1401", "A1402", "A1801", "A1802")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing planted and the finding that tells it.

    Attributes:
        section: Reading that should tell it.
        what: In words, with its size.
        codes: Kinds of finding that tell it.
        place: Subject of the finding; its place in words where segments are told apart.
        rate: Share of the worlds in which it is promised to be told.
        words: Part of the sentence.
        is_first: It stands before all others of its kind.
    """

    section: str
    what: str
    codes: tuple[str, ...]
    place: str
    rate: float = 0.95
    words: str = ""
    is_first: bool = False

    def is_told(self, report: AnalysisReport) -> bool:
        """True where the reading tells it at the right place."""
        findings = report.section(self.section).findings
        alike = [one for one in findings if one.code in self.codes]
        return any(
            self.place in (one.subject, one.place) and self.words in one.words
            for one in (alike[:1] if self.is_first else alike)
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """A world with some things planted at different steps.

    Attributes:
        name: What they have in common.
        plants: What differs, by step.
        things: What should be told.
        cases: Number of cases.
        every: Width of the windows, None for none.
        is_asked: Customers answer.
    """

    name: str
    plants: Plants
    things: tuple[Thing, ...]
    cases: int = CASES
    every: Span | None = None
    is_asked: bool = False


SCENES = (
    Scene(
        "who leaves",
        {
            "look": Plant(page_leaves=0.2),
            "basket": Plant(channel_leaves=0.15),
            "pay": Plant(group_leaves=0.15),
        },
        (
            Thing("content", "20 points more leave after a page", ("A901", "A903"), "step:look"),
            Thing("moments_of_truth", "the same page", ("A601",), "step:look"),
            Thing("consistency", "15 points more leave in one channel", ("A1002",), "step:basket"),
            Thing("segments", "15 points more of one kind leave", ("A1601",), "step:pay"),
        ),
    ),
    Scene(
        "who is kept",
        {
            "look": Plant(page_leaves=-0.15, repeat_leaves=0.15),
            "basket": Plant(leaves=0.15),
            "pay": Plant(slow_leaves=0.25),
        },
        (
            Thing("content", "15 points fewer leave after a page", ("A902", "A904"), "step:look"),
            Thing("low_points", "15 points more of those who do it again leave", ("A303",), "step:look"),
            Thing("low_points", "15 points more leave at a step", ("A302",), "step:basket"),
            Thing("time_spent", "25 points more of the slow quarter leave", ("A502",), "transition:basket>pay"),
            Thing("moments_of_truth", "the same wait", ("A603",), "step:pay"),
        ),
    ),
    Scene(
        "change of channel that loses",
        {
            "look": Plant(change_leaves=0.35),
            "basket": Plant(change_again=0.2),
        },
        (
            Thing("channel_transitions", "35 points more leave after a change", ("A401", "A402"), "step:look"),
            Thing("channel_transitions", "20 % look anew after a change", ("A404",), "step:basket"),
        ),
    ),
    Scene(
        "change of channel that takes time",
        {"look": Plant(change_wait=2.0)},
        (Thing("channel_transitions", "twice the wait after a change", ("A403",), "step:look"),),
    ),
    Scene(
        "ways",
        {
            "basket": Plant(way_leaves=0.2),
            "pay": Plant(begins="channel", begin_leaves=0.25),
        },
        (
            Thing("choice_of_way", "20 points more of one way leave later", ("A1106",), "step:look"),
            Thing("right_moment", "25 points by channel, in one segment", ("A1501",), "region=s"),
        ),
    ),
    Scene(
        "hours",
        {"look": Plant(begins="hours", begin_leaves=0.3)},
        (Thing("right_moment", "30 points by hour, in one segment", ("A1503",), "region=s"),),
    ),
    Scene(
        "weekdays",
        {"look": Plant(begins="weekday", begin_leaves=0.4)},
        (Thing("right_moment", "40 points by weekday, in one segment", ("A1502",), "region=s"),),
    ),
    Scene(
        "weeks",
        {"pay": Plant(week_leaves=0.25)},
        (Thing("bad_times", "25 points more leave in two of twelve weeks", ("A1701", "A1702"), "step:pay"),),
        every="week",
    ),
    Scene(
        "moods by step",
        {"basket": Plant(felt=0.5), "done": Plant(felt=-0.6)},
        (
            Thing("low_points", "half a point below its neighbors", ("A301",), "step:basket"),
            Thing("high_points", "0.6 points better at the end", ("A702",), "step:done"),
            Thing("high_points", "the same end", ("A703",), "step:done"),
        ),
        is_asked=True,
    ),
    Scene(
        "moods by kind",
        {
            "look": Plant(channel_felt=0.5, hoped=-0.5),
            "basket": Plant(hoped=0.5),
            "pay": Plant(group_felt=0.6, driven=0.5),
        },
        (
            Thing("consistency", "half a point worse in one channel", ("A1003",), "step:look"),
            Thing("segments", "0.6 points worse for one kind", ("A1602",), "step:pay"),
            Thing("unmet_expectations", "half a point less than expected", ("A101",), "step:basket"),
            Thing("high_points", "half a point more than expected", ("A701",), "step:look"),
            Thing("moments_of_truth", "half a point all in all by a point there", ("A604",), "step:pay"),
        ),
        is_asked=True,
    ),
    Scene(
        "moods that last",
        {
            "look": Plant(page_felt=0.4, change_felt=0.6),
            "basket": Plant(repeat_felt=0.7),
            "pay": Plant(slow_felt=0.8),
        },
        (
            Thing("content", "0.4 points worse after a page", ("A905",), "step:look"),
            Thing("channel_transitions", "0.6 points worse after a change", ("A405",), "step:look"),
            Thing("low_points", "0.7 points worse after doing it again", ("A306",), "step:basket"),
            Thing("time_spent", "0.8 points worse for the slow quarter", ("A504",), "transition:basket>pay"),
        ),
        is_asked=True,
    ),
    Scene(
        "to and fro",
        {"basket": Plant(wait=1.3, back=0.2, back_leaves=0.25)},
        (
            Thing("low_points", "25 points more of those who come back leave", ("A304",), "step:basket"),
            Thing("low_points", "the same, to and fro", ("A305",), "transition:look>basket"),
            Thing("moments_of_truth", "the same return", ("A602",), "step:basket"),
            Thing("time_spent", "30 % longer than the map says", ("A501",), "step:basket"),
        ),
    ),
    Scene(
        "ways of those who get there",
        {"advice": Plant(taken=0.4, wait=0.5, felt=-1.0), "basket": Plant(leaves=0.15)},
        (
            Thing("choice_of_way", "a way that six in ten take", ("A1101",), f"way:{'>'.join(FILTERED)}"),
            Thing(
                "choice_of_way", "a way whose second wait is half", ("A1102",), f"way:{'>'.join(ADVISED)}",
                words="Fastest way",
            ),
            Thing(
                "choice_of_way", "a point better at one step of a way", ("A1102", "A1105"),
                f"way:{'>'.join(ADVISED)}", 0.8, "est liked way",
            ),
            Thing("drop_off", "35 % leave at a step, 20 % elsewhere", ("A001",), "step:basket", is_first=True),
        ),
        is_asked=True,
    ),
    Scene(
        "what is counted",
        {
            "look": Plant(complain=0.1),
            "basket": Plant(error=0.1, error_leaves=0.3, twice=0.1),
            "pay": Plant(wait=8.0, praise=0.1),
        },
        (
            Thing("voices", "one in ten complains of waiting", ("A1801",), "step:look", words="waiting"),
            Thing("voices", "one in ten praises how quick it was", ("A1802",), "step:pay"),
            Thing(
                "service_flaws", "an error for one in ten, 30 points more leave", ("A1401",), "step:basket",
                words="of them leave",
            ),
            Thing("service_flaws", "work done twice for one in ten", ("A1402",), "step:basket"),
            Thing("service_flaws", "a wait eight times as long", ("A1403",), "step:pay", words="accounting"),
            Thing("time_spent", "the same wait", ("A503",), "step:pay", is_first=True),
            Thing("unmet_expectations", "a promise kept for half", ("A102",), "step:basket"),
        ),
        is_asked=True,
    ),
)  # fmt: skip
