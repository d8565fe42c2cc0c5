"""A small map with a report, for every picture test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html.parser import HTMLParser

import pytest
from tests.render.browser import CHROMIUM, Browser, browser

from desirepath.check.report import CheckReport, Gap, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.blueprint import Touchpoint
from desirepath.maps.model import Goal, JourneyMap, Stage, Statement, Step
from desirepath.maps.persona import Persona

VOID = {"meta", "br", "link", "input", "img"}


class Tree(HTMLParser):
    """Checks nesting and collects tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def tree_of() -> Callable[[str], Tree]:
    """The tags of a page, nesting checked."""

    def tree_of(text: str) -> Tree:
        tree = Tree()
        tree.feed(text)
        return tree

    return tree_of


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("needs chromium")
    with ExitStack() as stack:
        try:
            one = stack.enter_context(browser(tmp_path_factory.mktemp("browser")))
        except (OSError, EOFError) as error:
            pytest.skip(f"chromium does not run here: {error!r}")
        yield one


@pytest.fixture
def chromium(started: Browser) -> Iterator[Browser]:
    """A browser that has nothing to complain about: no error of a script, no breach of a page's policy."""
    started.complaints.clear()
    yield started
    assert started.complaints == []


@pytest.fixture
def shop_map() -> JourneyMap:
    """Two stages, three steps, six statements."""
    search = Step(
        id="search",
        name="I look for a plant",
        touchpoints=("web-search",),
        moment_of_truth=True,
        statements=(
            Statement(id="sun", lane="questions", text="Will it live with little sun?"),
            Statement(id="low", lane="emotion", score=-1),
            Statement(id="empty", lane="pains", text="Search finds nothing"),
        ),
    )
    compare = Step(
        id="compare",
        name="I compare",
        statements=(Statement(id="up", lane="emotion", score=1.5),),
    )
    pay = Step(
        id="pay",
        name="I pay",
        statements=(Statement(id="fee", lane="pains", text="The fee comes late"),),
    )
    return JourneyMap(
        id="shop",
        title="I order a plant",
        trigger="My balcony looks bare",
        goal=Goal(text="A healthy plant at home"),
        personas=(Persona(id="gifter", name="Hurried gifter"),),
        stages=(
            Stage(id="find", name="Find", steps=(search, compare)),
            Stage(id="order", name="Order", steps=(pay,)),
        ),
        touchpoints=(Touchpoint(id="web-search", name="Shop search", channel="web"),),
    )


@pytest.fixture
def shop_report() -> CheckReport:
    """One verdict of each word that matters, one gap, one dead step."""
    return CheckReport(
        map_id="shop",
        title="I order a plant",
        verdicts=(
            Verdict("step:search", "search", "find", "reach", "at least 1 % reach it", "", is_implied=True, verdict="confirmed", reason="Many do.", value=0.87, unit="share", n=13087, low=0.86, high=0.88),
            Verdict("statement:empty", "search", "find", "share", "at least 20 % see search_empty", "Search finds nothing", is_implied=False, verdict="refuted", reason="The whole interval is below 20 %.", value=0.031, unit="share", n=7904, low=0.02, high=0.04),
            Verdict("statement:fee", "pay", "order", "share", "at most 5 % leave", "The fee comes late", is_implied=False, verdict="unknown", reason="Too few cases.", value=0.04, unit="share", n=31, low=0.01, high=0.2, further_cases=120),
            Verdict("statement:sun", "search", "find", "", "", "Will it live with little sun?", is_implied=False, verdict="untestable", reason="No claim.", proposal="Say what share asks this."),
        ),
        missing=(Gap("activity", "ask_friend", 4057, 0.31, 0.3, 0.32, after="search"),),
        dead=(("pay", 3, 0.001),),
        cases=13087,
        customers=12010,
        events=99123,
        window_from="2011-10-01",
        window_to="2012-03-14",
        false_discovery_rate=0.05,
    )  # fmt: skip


@pytest.fixture
def shop_evidence() -> Evidence:
    """Reach of one step and two ways on from it."""
    facts = (
        Fact("step:search", "reach", 0.87, "share", 13087, 0.86, 0.88),
        Fact("step:search", "drop_off", 0.12, "share", 9000, 0.11, 0.13),
        Fact("transition:search>compare", "next", 0.82, "share", 9000, 0.8, 0.84, target="compare"),
        Fact("transition:search>compare", "time", 180000.0, "s", 9000, 1.0, 2.0, target="compare"),
        Fact("transition:search>pay", "next", 0.02, "share", 9000, 0.01, 0.03, target="pay"),
    )  # fmt: skip
    return Evidence("shop", facts, 13087, 99123, 12010, "2011-10-01", "2012-03-14")
