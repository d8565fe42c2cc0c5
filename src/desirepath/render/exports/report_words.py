"""Words of the report around its findings. Findings are written in English by the analyses."""

from __future__ import annotations

WORDS = {
    "first": "What to fix first, and how sure",
    "first_none": "Nothing to fix was found in this data. Each section says which data it lacks.",
    "keep": "What to keep",
    "sections": "All readings",
    "skip": "Skip to the findings",
    "place": "where",
    "what": "what was found",
    "people": "cases",
    "effect": "how much",
    "sure": "how sure",
    "interval": "with 95 % interval",
    "warning": "Mind",
    "more": "To know more",
    "details": "Details",
    "also": "Also here",
    "facts": "Facts",
    "needs": "To say more, this section needs:",
    "nothing": "Nothing was found here that chance could not have made.",
    "silent": "Asked, and nothing found that chance could not have made:",
    "lacking": "What more data would tell:",
    "more_findings": "further findings stand in the JSON report.",
    "how": "How to read this",
    "of_all": "of all cases",
    "quotes": "What customers say",
}

HOW = (
    """The order is cases affected × how bad it is for each (0 to 1); a customer lost counts 1.
    Of a difference, the end of its interval nearer to nothing counts, so that sure findings come first.
    Weights of moods, waiting, repeating and broken promises are conventions, named beside the finding.""",
    """A difference is shown where it holds after correction for all questions of the report and of its
    section. Of findings as clear as “almost certain” at most 1 in 1,000 is an accident, “very likely”
    1 in 100, “likely” 1 in 20.""",
    "“Counted” is no test: it is a share or a time of this data, with its interval.",
    """Differences between groups are seen together, not shown as causes. A trial with a random half of
    the customers shows a cause.""",
)


def say(key: str) -> str:
    """Words for a key.

    Examples:
        >>> say("keep")
        'What to keep'
    """
    return WORDS[key]


def how_to_read() -> tuple[str, ...]:
    """Sentences on how to read the report, each on one line."""
    return tuple(" ".join(text.split()) for text in HOW)
