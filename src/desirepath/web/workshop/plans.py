"""Ready plans of workshops, in the languages of the browser's program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from desirepath.web.workshop.plan import AgendaItem, Exercise, Workshop

# Title of the plan, and its items: exercise, minutes, room, title, what to do.
_Line = tuple[Exercise, int, str, str, str]
_Plan = tuple[str, Sequence[_Line]]

EN: Final[Mapping[str, _Plan]] = {
    "mapping": (
        "Draw what we believe (90 minutes)",
        (
            ("welcome", 10, "", "Why we are here", "Say whose journey this is, where it begins and ends, and what will be decided with the map. Agree on who facilitates and who writes."),
            ("draw", 15, "", "Stages and steps", "Name what the customer does, in their words, not what departments do. At most seven stages; park quarrels in the discussion."),
            ("notes", 20, "workshop/notes", "Silent writing", "Everybody writes notes alone: what customers ask, think, find hard, find good. One thing on each note. Nobody talks."),
            ("discuss", 15, "workshop/notes", "Sort the notes", "Put each note to a step and a row. Where two say the same, merge them. Where two say opposite things, keep both."),
            ("apart", 15, "workshop/scoring", "How does each step feel?", "Every department scores the same steps alone, from very bad to very good. Reveal, and begin with the step where you lie widest apart."),
            ("vote", 10, "workshop/votes", "What must we find out first?", "Three dots each, on the statements that matter most and that we know least about."),
            ("close", 5, "", "Who does what until when", "Name who asks customers, who gets the data, and when you meet again. Everything on the map is an assumption until then."),
        ),
    ),
    "evidence": (
        "Hold the map against evidence (60 minutes)",
        (
            ("welcome", 5, "", "What we believed", "Read the map once, aloud, as the customer. Nobody defends anything."),
            ("evidence", 15, "", "What holds, what does not", "Go along the statements that evidence refutes. Read the number, how many cases it rests on, and from when it is. Unknown is an answer."),
            ("discuss", 15, "", "What customers do and the map does not show", "Add what many do, take off what nobody does. Write down why."),
            ("apart", 10, "workshop/scoring", "Where do we disagree?", "Departments score the steps that are still unknown, apart from each other."),
            ("vote", 10, "workshop/votes", "What to find out next", "Dots on the unknown statements that would change a decision."),
            ("close", 5, "", "Who asks whom", "An owner and a day for each unknown."),
        ),
    ),
    "prioritizing": (
        "Decide what to improve first (75 minutes)",
        (
            ("welcome", 5, "", "What we want to reach", "Name the goal of the journey and its number today."),
            ("evidence", 15, "", "Where it hurts, and how many", "Look at the pains with evidence first, by people affected. Leave out what is only believed, or mark it."),
            ("notes", 15, "workshop/notes", "Ideas, alone and in silence", "Each idea on a note, to the step it helps. Begin with: we should …"),
            ("score", 10, "workshop/votes", "How important?", "Score each pain from 1 to 5, secretly. Reveal, and let the highest and the lowest say why."),
            ("vote", 10, "workshop/votes", "Dots on ideas", "Five dots each, at most two on one."),
            ("discuss", 15, "", "The first three", "For each: what is the smallest step, what will we see if it works, what would make us stop?"),
            ("close", 5, "", "Owners and days", "Write an owner and a day to each."),
        ),
    ),
}  # fmt: skip

DE: Final[Mapping[str, _Plan]] = {
    "mapping": (
        "Aufzeichnen, was wir glauben (90 Minuten)",
        (
            ("welcome", 10, "", "Warum wir hier sind", "Sagen Sie, wessen Reise das ist, wo sie beginnt und endet, und was mit der Karte entschieden wird. Wer moderiert, wer schreibt mit?"),
            ("draw", 15, "", "Phasen und Schritte", "Benennen Sie, was die Kundin tut, in ihren Worten, nicht was Abteilungen tun. Höchstens sieben Phasen; Streit kommt in die Diskussion."),
            ("notes", 20, "workshop/notes", "Schreiben in Stille", "Alle schreiben allein Zettel: was Kunden fragen, denken, schwer finden, gut finden. Eine Sache je Zettel. Niemand redet."),
            ("discuss", 15, "workshop/notes", "Zettel sortieren", "Jeder Zettel kommt zu einem Schritt und in eine Zeile. Gleiches wird zusammengelegt. Wo zwei das Gegenteil sagen, bleiben beide."),
            ("apart", 15, "workshop/scoring", "Wie fühlt sich jeder Schritt an?", "Jede Abteilung bewertet dieselben Schritte allein, von sehr schlecht bis sehr gut. Dann aufdecken und beim größten Abstand beginnen."),
            ("vote", 10, "workshop/votes", "Was müssen wir zuerst herausfinden?", "Drei Punkte je Person, auf Aussagen, die am wichtigsten sind und über die wir am wenigsten wissen."),
            ("close", 5, "", "Wer macht was bis wann", "Wer fragt Kunden, wer holt die Daten, wann treffen wir uns wieder? Bis dahin ist alles auf der Karte eine Annahme."),
        ),
    ),
    "evidence": (
        "Die Karte an Belegen messen (60 Minuten)",
        (
            ("welcome", 5, "", "Was wir geglaubt haben", "Lesen Sie die Karte einmal laut, als Kundin. Niemand verteidigt etwas."),
            ("evidence", 15, "", "Was hält, was nicht", "Gehen Sie die widerlegten Aussagen durch. Lesen Sie die Zahl, auf wie vielen Fällen sie beruht und von wann sie ist. Unbekannt ist eine Antwort."),
            ("discuss", 15, "", "Was Kunden tun und die Karte nicht zeigt", "Ergänzen Sie, was viele tun, nehmen Sie weg, was niemand tut. Schreiben Sie auf, warum."),
            ("apart", 10, "workshop/scoring", "Wo sind wir uneinig?", "Die Abteilungen bewerten die noch unbekannten Schritte, jede für sich."),
            ("vote", 10, "workshop/votes", "Was als Nächstes herausfinden", "Punkte auf die unbekannten Aussagen, die eine Entscheidung ändern würden."),
            ("close", 5, "", "Wer fragt wen", "Zu jedem Unbekannten eine Person und ein Tag."),
        ),
    ),
    "prioritizing": (
        "Entscheiden, was zuerst besser wird (75 Minuten)",
        (
            ("welcome", 5, "", "Was wir erreichen wollen", "Nennen Sie das Ziel der Reise und seine Zahl heute."),
            ("evidence", 15, "", "Wo es weh tut, und wie vielen", "Zuerst die belegten Schmerzpunkte, nach betroffenen Menschen. Nur Geglaubtes weglassen oder kennzeichnen."),
            ("notes", 15, "workshop/notes", "Ideen, allein und in Stille", "Jede Idee auf einen Zettel, zu dem Schritt, dem sie hilft. Beginnen Sie mit: Wir sollten …"),
            ("score", 10, "workshop/votes", "Wie wichtig?", "Bewerten Sie jeden Schmerzpunkt geheim von 1 bis 5. Nach dem Aufdecken sagen die höchste und die niedrigste Stimme, warum."),
            ("vote", 10, "workshop/votes", "Punkte auf Ideen", "Fünf Punkte je Person, höchstens zwei auf eine."),
            ("discuss", 15, "", "Die ersten drei", "Für jede: Was ist der kleinste Schritt, woran sehen wir, dass er wirkt, was ließe uns aufhören?"),
            ("close", 5, "", "Wer und wann", "Zu jeder eine Person und ein Tag."),
        ),
    ),
}  # fmt: skip
LANGUAGES: Final = {"en": EN, "de": DE}


def ready_plans(language: str) -> dict[str, Workshop]:
    """Ready plans by name, in a language; in English where there is none.

    Examples:
        >>> [(name, sum(one.minutes for one in plan.items)) for name, plan in ready_plans("de").items()]
        [('mapping', 90), ('evidence', 60), ('prioritizing', 75)]
    """
    return {
        name: Workshop(
            title=title,
            items=[
                AgendaItem(title=head, exercise=exercise, minutes=minutes, what=what, room=room)
                for exercise, minutes, room, head, what in lines
            ],
        )
        for name, (title, lines) in LANGUAGES.get(language, EN).items()
    }  # fmt: skip
