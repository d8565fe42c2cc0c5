"""What is known of a persona, worded for pictures: its cases, its statements on the map. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.persona import Persona, Segment, listed
from desirepath.maps.statements import persona_statements
from desirepath.render.views.boxes import Item
from desirepath.render.views.known import Known, Mark
from desirepath.render.words import Words
from desirepath.sentences.rounding import kept_limits

# Measure, words for it.
SHARES = (
    ("persona_share", "persona.share"),
    ("persona_customers", "persona.customers"),
    ("persona_goal", "persona.goal"),
    ("persona_value", "persona.value"),
    ("persona_pain", "persona.pain"),
)
MOST_STEPS = 3
LEAST_DIFFERENCE = 0.05


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement about a persona and the name of its place."""

    statement: Statement
    place: str


def measured_items(
    persona: Persona, evidence: Evidence | None, words: Words
) -> list[Item]:
    """Its shares, times and feelings with interval and n; what is missing is said."""
    if persona.segment is None or not persona.segment.is_bound:
        return [Item(words.say("persona.unbound"), is_soft=True)]
    items = [Item(words.say("persona.rule", rule=rule_words(persona.segment, words)))]
    if evidence is None:
        return [*items, Item(words.say("persona.unmeasured"), is_soft=True)]
    found = list(_shares(persona, evidence, words))
    if not found:
        return [*items, Item(words.say("persona.untold"), is_soft=True)]
    return [*items, *found, *_others(persona, evidence, words)]


def _shares(persona: Persona, evidence: Evidence, words: Words) -> Iterator[Item]:
    for measure, key in SHARES:
        fact = evidence.find(f"persona:{persona.id}", measure)
        if fact is not None and fact.value is not None:
            yield Item(words.say(key, share=with_interval(fact, words)))


def _others(persona: Persona, evidence: Evidence, words: Words) -> Iterator[Item]:
    segment = f"persona={persona.id}"
    time = evidence.find("map", "time", segment=segment)
    if time is not None and time.value is not None:
        yield Item(words.say("persona.time", time=with_interval(time, words)))
    feeling = evidence.find("map", "score", target="emotion", segment=segment)
    if feeling is not None and feeling.value is not None:
        yield Item(words.say("persona.feeling", score=with_interval(feeling, words)))


def with_interval(fact: Fact, words: Words) -> str:
    r"""Value, interval and n.

    Examples:
        >>> one = Fact("persona:a", "persona_share", 0.341, "share", 900, 0.31, 0.37)
        >>> with_interval(one, Words("en")).replace("\xa0", " ")
        '34 % (31–37 %, n 900)'
    """
    ends = words.interval(fact.low, fact.high, fact.unit)
    value = words.value(fact.value, fact.unit, kept_limits(fact.low, fact.high))
    return f"{value} ({ends}, n\u00a0{words.number(fact.n)})"


def rule_words(segment: Segment, words: Words) -> str:
    """The rule of a segment in the language of the picture.

    Examples:
        >>> rule_words(Segment(name="m", rule={"device": ("app", "web")}, did_not="pay"), Words("en"))
        'device: app / web; never pay'
    """
    parts = [
        f"{name}: {' / '.join(listed(value))}" for name, value in segment.rule.items()
    ]
    for one in listed(segment.did):
        often = (
            f" (≥ {words.number(segment.times_at_least)}×)"
            if segment.times_at_least > 1
            else ""
        )
        parts.append(f"{words.say('persona.did', name=one)}{often}")
    parts += [words.say("persona.did_not", name=one) for one in listed(segment.did_not)]
    return "; ".join(parts)


def statements_of(persona: Persona, journey: JourneyMap) -> list[Placed]:
    """Statements about a persona in map order; where the map has no other persona, all of them."""
    described = [one if isinstance(one, str) else one.id for one in journey.personas]
    is_only = described == [persona.id]
    found = []
    for place, statement in _places(journey):
        if statement.persona == persona.id or (is_only and statement.persona is None):
            found.append(Placed(statement, place))
    return found


def _places(journey: JourneyMap) -> Iterator[tuple[str, Statement]]:
    for statement in journey.statements:
        yield "", statement
    for stage in journey.stages:
        for statement in stage.statements:
            yield stage.name, statement
        for step in stage.steps:
            for statement in step.statements:
                yield step.name, statement


def statement_item(placed: Placed, known: Known) -> Item:
    """A statement with its place and what the evidence says of it."""
    statement = placed.statement
    text = statement.text or ""
    if statement.score is not None:
        score = known.words.signed(statement.score)
        text = f"{text} ({score})" if text else score
    if placed.place:
        text = f"{text} · {placed.place}"
    return Item(text, known.marks(f"statement:{statement.id}"))


def plain_items(*texts: str | None) -> tuple[Item, ...]:
    """Words that are no statements."""
    return tuple(Item(text) for text in texts if text)


class Texts:
    """The texts of a persona as items, each with what the evidence says of it.

    Args:
        persona: The persona.
        journey: The map it belongs to.
        known: Verdicts.
    """

    def __init__(self, persona: Persona, journey: JourneyMap, known: Known) -> None:
        self._known = known
        self._by_field: dict[str, list[Statement]] = {}
        for one in persona_statements(journey):
            if one.persona == persona.id:
                self._by_field.setdefault(one.lane, []).append(one)

    def items(self, *fields: str) -> tuple[Item, ...]:
        """Texts of some fields, one field after the other."""
        return tuple(
            Item(one.text or "", self.marks(one))
            for field in fields
            for one in self._by_field.get(field, ())
        )

    def quote(self) -> tuple[Item, ...]:
        """The quote in the quotation marks of the language."""
        words = self._known.words
        return tuple(
            Item(f"{words.say('quote.open')}{one.text}{words.say('quote.close')}", self.marks(one))
            for one in self._by_field.get("quote", ())
        )  # fmt: skip

    def marks(self, statement: Statement) -> tuple[Mark, ...]:
        """Sign and word of its verdict, also where nothing could refute it; none without a check."""
        word = self._known.words.say("verdict.untestable")
        return tuple(
            Mark(one.verdict, word) if one.is_bare else one
            for one in self._known.marks(f"statement:{statement.id}")
        )


def habit_items(
    persona: Persona, journey: JourneyMap, evidence: Evidence | None, words: Words
) -> list[Item]:
    """Steps that its cases come to more or less often than all, the largest differences first."""
    if evidence is None:
        return []
    found = []
    for step in journey.steps():
        ref = f"step:{step.id}"
        here = evidence.find(ref, "reach", segment=f"persona={persona.id}")
        everybody = evidence.find(ref, "reach")
        if (
            here is None
            or everybody is None
            or here.value is None
            or everybody.value is None
        ):
            continue
        difference = here.value - everybody.value
        # shown where the interval of the persona leaves the share of all out
        is_shown = not (here.low or 0.0) <= everybody.value <= (here.high or 1.0)
        if is_shown and abs(difference) >= LEAST_DIFFERENCE:
            text = words.say(
                "persona.step",
                step=step.name,
                share=with_interval(here, words),
                all=words.share(everybody.value),
            )
            found.append((abs(difference), text))
    found.sort(key=lambda one: -one[0])
    return [Item(text) for _, text in found[:MOST_STEPS]]
