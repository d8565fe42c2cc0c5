"""The journey as the customer walks it: one step after the other, with people, feelings, words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain

from desirepath.evidence.quotes import Quote
from desirepath.maps.model import Statement, Step
from desirepath.maps.refs import score_words
from desirepath.render.page_cards import PageCards
from desirepath.render.page_feel import feel_picture, people_picture
from desirepath.render.page_numbers import picked
from desirepath.render.page_table import ALL_COLUMNS
from desirepath.render.views.content import NEXT, Band, Content, content_of
from desirepath.render.views.points import EMOTION
from desirepath.render.views.quotes import MOST_A_STEP, QUOTES, Said, quoted

BEHIND = (
    "frontstage",
    "physical_evidence",
    "backstage",
    "support",
    "technology",
    "process",
    "people",
    "owner",
)
APART = (NEXT, EMOTION, QUOTES, *BEHIND)


def story_section(cards: PageCards, quotes: Iterable[Said] = ()) -> str:
    """The part of a page that walks the journey; a plain list without a script, "" for an empty map."""
    story = _Story(cards, tuple(quotes))
    items = "\n".join(story.items())
    if not items:
        return ""
    say = cards.known.words.say
    return (
        f'<section id="story"><h2>{escape(say("page.story"))}</h2>'
        f'<div class="tools" hidden><button type="button" id="walk-start">{escape(say("page.story_start"))}</button>'
        f'<span class="soft">{escape(say("page.story_help"))}</span></div>'
        f'<details class="listed"><summary>{escape(say("page.story_list"))}</summary>'
        f'<ol class="story">{items}</ol></details>{story.of_no_step()}</section>'
    )


def walk_dialog(cards: PageCards) -> str:
    """The window in which a script shows one step at a time."""
    say = cards.known.words.say
    buttons = "".join(
        f'<button type="button" id="walk-{name}">{escape(say(f"page.{name}"))}</button>'
        for name in ("back", "on", "close")
    )
    title = escape(say("page.story"))
    at = escape(say("page.story_at", number="{number}", count="{count}"))
    return (
        f'<dialog id="walk" aria-label="{title}"><div class="bar">'
        f'<span id="walk-at" role="status" data-text="{at}"></span>'
        f'<progress id="walk-progress" aria-label="{title}" value="0"></progress>{buttons}</div></dialog>'
    )


def panel_dialog(cards: PageCards) -> str:
    """The window in which a script shows the evidence of one element."""
    say = cards.known.words.say
    return (
        '<dialog id="panel" aria-labelledby="panel-title"><div class="bar"><h2 id="panel-title"></h2>'
        f'<button type="button" id="panel-close">{escape(say("page.close"))}</button></div>'
        f'<div id="panel-body" data-numbers="{escape(say("page.numbers"))}"'
        f' data-everyone="{escape(say("page.everyone"))}"></div></dialog>'
    )


class _Story:
    """Articles of one map."""

    def __init__(self, cards: PageCards, quotes: Sequence[Said]) -> None:
        self._cards = cards
        self._known = cards.known
        self._words = cards.known.words
        self._numbers = cards.numbers
        self._quotes = quotes
        self._steps = tuple(cards.journey.steps())
        self._names = {step.id: step.name for step in self._steps}
        self._touchpoints = {one.id: one for one in cards.journey.touchpoints}
        self._content = content_of(
            cards.journey, cards.known, ALL_COLUMNS, has_curve=False
        )

    def items(self) -> Iterator[str]:
        """One list item for each step, and for each stage that has something to say of itself."""
        column = 0
        for number, band in enumerate(self._content.bands):
            if band.ref != "map" and self._has_own(self._content, number, band):
                yield self._stage(number, band)
            for steps in band.columns:
                for step in steps:
                    yield self._step(step, column, band.name)
                column += 1

    @staticmethod
    def _has_own(content: Content, number: int, band: Band) -> bool:
        return any(lane.wide[number] for lane in content.lanes) or not any(band.columns)

    def _stage(self, number: int, band: Band) -> str:
        goal = f"<p>{escape(band.goal)}</p>" if band.goal else ""
        lanes = "".join(
            self._lane(lane.title, self._cards.items(lane.wide[number], lane.key))
            for lane in self._content.lanes
        )
        ref = escape(band.ref.replace(":", "-"))
        return f'<li id="story-{ref}" tabindex="-1"><h3>{escape(band.name)}</h3>{goal}<div class="lanes">{lanes}</div></li>'

    def _step(self, step: Step, column: int, stage: str) -> str:
        say = self._words.say
        number = self._steps.index(step)
        at = say("page.story_at", number=number + 1, count=len(self._steps))
        front = "".join(
            self._lane(
                lane.title, self._cards.items(lane.cells[column], lane.key, step.id)
            )
            for lane in self._content.lanes
            if lane.key not in APART
        )
        onward = "".join(
            self._lane(
                say("page.onward"),
                self._cards.items(lane.cells[column], lane.key, step.id),
            )
            for lane in self._content.lanes
            if lane.key == NEXT
        )
        star = f' <span class="star">★ {escape(say("foot.moment"))}</span>'
        return (
            f'<li id="story-{escape(step.id)}" tabindex="-1" data-ref="step:{escape(step.id)}">'
            f'<p class="soft">{escape(stage)}<span class="at"> · {escape(at)}</span></p><h3>{escape(step.name)}</h3>'
            f"{star if step.moment_of_truth else ''}{self._cards.step_marks(step, has_reach=True)}"
            f"{self._people(step, number)}{self._feel(step, column)}{self._said(step.id)}"
            f'<div class="lanes">{front}{onward}</div>{self._behind(step, column)}</li>'
        )

    @staticmethod
    def _lane(title: str, items: str) -> str:
        return f"<div><h4>{escape(title)}</h4>{items}</div>" if items else ""

    def _people(self, step: Step, number: int) -> str:
        """How many come here and leave here, and how long it took them."""
        say, ref = self._words.say, f"step:{step.id}"
        rows = [
            (say("page.here"), self._numbers.row(ref, "reach")),
            (say("page.left"), self._numbers.row(ref, "drop_off")),
        ]
        before = self._numbers.into(step.id)
        if before is not None:
            start = before.subject.partition(":")[2].partition(">")[0]
            title = say("page.before", step=self._names.get(start, start))
            rows.append((title, self._numbers.row(before.subject, "time", step.id)))
        told = "".join(
            f"<dt>{escape(title)}</dt><dd>{picked(row)}</dd>"
            for title, row in rows
            if row is not None
        )
        if not told:
            return ""
        reaches = [self._numbers.row(f"step:{one.id}", "reach") for one in self._steps]
        note = f'<p class="note">{escape(say("page.bars"))}</p>'
        return f"{people_picture(reaches, number)}{note}<dl>{told}</dl>"

    def _feel(self, step: Step, column: int) -> str:
        """What the team assumes of feelings, and what customers answered."""
        say = self._words.say
        moods = [one for one in step.statements if one.lane == EMOTION]
        row = self._numbers.row(f"step:{step.id}", "score", EMOTION)
        fact = self._numbers.fact(f"step:{step.id}", "score", EMOTION)
        if not moods and row is None:
            return ""
        felt = picked(row) if row else escape(say("page.not_asked"))
        assumed = "; ".join(map(self._mood, moods)) or "–"
        cards = [
            card
            for lane in self._content.lanes
            if lane.key == EMOTION
            for card in lane.cells[column]
        ]
        return (
            f'<div class="felt"><h4>{escape(say("page.felt"))}</h4>'
            f"{feel_picture(moods, fact, row)}"
            f"<dl><dt>{escape(say('curve.assumed'))}</dt><dd>{escape(assumed)}</dd>"
            f"<dt>{escape(say('curve.felt'))}</dt><dd>{felt}</dd></dl>"
            f"{self._cards.marks_of(cards, EMOTION, step.id)}</div>"
        )

    def _mood(self, one: Statement) -> str:
        if one.score is None:
            return one.text or ""
        word = self._words.say(f"score.{round(one.score)}")
        who = f"{one.persona}: " if one.persona else ""
        return f"{who}{score_words(one.score)} {word}"

    def _said(self, step: str) -> str:
        """Quotes of a step: two at once, the others folded."""
        mine = list(
            dict.fromkeys(
                chain(
                    self._known.quotes.get(step, ()),
                    (one for one in self._quotes if one.step == step),
                )
            )
        )
        if not mine:
            return ""
        say = self._words.say
        first = "".join(map(self._quote, mine[:MOST_A_STEP]))
        rest = "".join(map(self._quote, mine[MOST_A_STEP:]))
        folded = (
            f"<details><summary>{escape(say('page.more_quotes'))} ({len(mine) - MOST_A_STEP})</summary>{rest}</details>"
            if rest
            else ""
        )
        title = escape(self._words.lane(QUOTES))
        return f'<div class="said"><h4>{title}</h4>{first}{folded}</div>'

    def _quote(self, one: Said) -> str:
        language = one.language or self._words.language
        return (
            f'<figure><blockquote lang="{escape(language)}"><bdi>{escape(quoted(one.text, language))}</bdi></blockquote>'
            f"<figcaption>{escape(' · '.join(self._about(one)))}</figcaption></figure>"
        )

    def _about(self, one: Said) -> Iterator[str]:
        if one.theme:
            yield one.theme.replace("_", " ")
        if isinstance(one, Quote):
            yield from filter(None, (one.channel, one.when))
            if one.score is not None:
                yield self._words.signed(one.score)
        place = f"step:{one.step}" if one.step else "map"
        mentions = self._numbers.fact(place, "mentions", one.theme)
        if mentions is not None:
            yield self._words.say(
                "page.mentions", count=mentions.hits, all=mentions.cases
            )

    def of_no_step(self) -> str:
        """Quotes nobody could place."""
        rest = [one for one in self._quotes if one.step not in self._names]
        if not rest:
            return ""
        title = escape(self._words.say("page.whole_quotes"))
        told = "".join(map(self._quote, rest))
        return f'<details class="said"><summary>{title} ({len(rest)})</summary>{told}</details>'

    def _behind(self, step: Step, column: int) -> str:
        """What stands behind a step, folded."""
        parts = {
            lane.title: self._cards.items(lane.cells[column], lane.key, step.id)
            for lane in self._content.lanes
            if lane.key in BEHIND
        }
        for key, texts in self._fields(step).items():
            items = "".join(f"<li>{escape(text)}</li>" for text in texts)
            if items and not parts.get(self._words.lane(key)):
                parts[self._words.lane(key)] = f"<ul>{items}</ul>"
        told = "".join(self._lane(title, items) for title, items in parts.items())
        if not told:
            return ""
        title = escape(self._words.say("page.behind"))
        return f'<details><summary>{title}</summary><div class="lanes">{told}</div></details>'

    def _fields(self, step: Step) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in step.touchpoints:
            one = self._touchpoints.get(name)
            if one is None:
                continue
            for key, texts in (
                ("technology", one.technology),
                ("process", filter(None, (one.process,))),
                ("people", one.people),
                ("owner", filter(None, (one.owner, one.organization))),
            ):
                found.setdefault(key, []).extend(texts)
        return {key: list(dict.fromkeys(texts)) for key, texts in found.items()}
