"""The same step in several channels: who reaches the goal, who leaves, how it felt. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events.sequences import IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.heard import Heard
from desirepath.evidence.places import MIN_CASES, Places
from desirepath.evidence.question import Question, ScoreQuestion, ShareQuestion

CHANNEL_GOAL, CHANNEL_LEAVE = "channel_goal", "channel_leave"
CHANNEL_SCORE = "channel_score"
MIN_ANSWERS = 10


def channel_questions(places: Places, heard: Heard | None) -> Iterator[Question]:
    """For each step and each channel of it: of the cases whose first event there came through it.

    Each case counts for one channel only, so that channels can be compared. Scores are on the
    emotion scale.
    """
    laid = places.laid
    closed = ~laid.aligned.is_open
    for step, place in laid.place.items():
        if not laid.is_bound[place] or places.is_aim[place]:
            continue
        first = laid.aligned.first[:, place]
        channel, names = _first_channel(first, places)
        here = places.before_goal(first)
        sizes = {
            code: int((here & (channel == code)).sum()) for code in range(len(names))
        }
        large = [code for code, size in sizes.items() if size >= MIN_CASES]
        if len(large) < 2:  # noqa: PLR2004 - nothing to compare
            continue
        subject = f"step:{step}"
        for code in large:
            asked = here & (channel == code) & closed
            if laid.aligned.binding.is_goal_known:
                yield ShareQuestion(
                    subject, CHANNEL_GOAL, asked, asked & laid.goal, names[code]
                )
            left = asked & (places.left_at == place)
            yield ShareQuestion(subject, CHANNEL_LEAVE, asked, left, names[code])
            if heard is not None:
                yield from _scores(heard, place, channel, code, (subject, names[code]))


def _first_channel(first: IntArray, places: Places) -> tuple[IntArray, list[str]]:
    """int64[n_cases], channel of an event of each case, -1 for none known; and the names."""
    sequences = places.laid.sequences
    names = sorted(set(sequences.channels) - {""})
    code = np.array(
        [names.index(one) if one else UNBOUND for one in sequences.channels],
        dtype=np.int64,
    )
    of_event = code[sequences.codes[np.maximum(first, 0)]]
    return np.where(first >= 0, of_event, UNBOUND), names


def _scores(
    heard: Heard, place: int, channel: IntArray, code: int, named: tuple[str, str]
) -> Iterator[Question]:
    case = heard.joined.case
    answers = heard.is_used & heard.feedback.is_score & (heard.step == place)
    answers &= (case >= 0) & (channel[np.maximum(case, 0)] == code)
    if answers.sum() >= MIN_ANSWERS:
        yield ScoreQuestion(
            named[0],
            CHANNEL_SCORE,
            np.asarray(heard.feedback.emotions[answers], dtype=np.float64),
            heard.customers[answers],
            case[answers],
            named[1],
            is_whole=False,
        )
