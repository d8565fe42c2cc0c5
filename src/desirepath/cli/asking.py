"""The questions of `desirepath new --guided`, one at a time."""

from __future__ import annotations

from desirepath.maps.drafting import STAGES, Answers, StageAnswers

FEELINGS = "-2 very bad to 2 very good"
MOST_STAGES = 50


def ask(title: str = "") -> Answers:
    """Answers of whoever sits at the terminal; Enter skips a question, the end of input all that are left.

    Args:
        title: Of the map; without one it becomes what they want in the end.
    """
    print("Enter skips a question. Several answers: separate them with ; .")
    who = _line("Whose journey is it? (one kind of customer)")
    trigger = _line("What makes them begin? (something in their life, not your ad)")
    goal = _line("What do they want in the end? (in their words)")
    starts = _line("Where does the journey start?")
    ends = _line("Where does it end?")
    why = _line("Why do you make this map?")
    taken = "; ".join(STAGES["en"])
    names = _lines(f"Which stages do they go through? (skip for: {taken})")
    stages = [_stage(name) for name in (names or STAGES["en"])[:MOST_STAGES]]
    return Answers(
        who=who,
        trigger=trigger,
        goal=goal,
        starts=starts,
        ends=ends,
        why=why,
        title=title,
        stages=tuple(stages),
    )


def _stage(name: str) -> StageAnswers:
    print(f"\n{name}")
    return StageAnswers(
        name=name,
        does=_lines("  What do they do there? (a step each)"),
        touchpoints=_lines("  Where do they meet you?"),
        asks=_lines("  What do they ask themselves?"),
        pains=_lines("  What is hard for them?"),
        feels=_feeling(f"  How do they feel? ({FEELINGS})"),
    )


def _line(question: str) -> str:
    try:
        return input(f"{question}\n> ").strip()
    except EOFError:
        print()
        return ""


def _lines(question: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _line(question).split(";") if one.strip())


def _feeling(question: str) -> float | None:
    while True:
        told = _line(question)
        if not told:
            return None
        try:
            found = float(told.replace(",", "."))
        except ValueError:
            found = 3.0
        if -2 <= found <= 2:  # noqa: PLR2004 - the scale of feelings
            return found
        print(f"  Write a number from {FEELINGS}, or skip it.")
