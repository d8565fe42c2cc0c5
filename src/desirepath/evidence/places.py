"""Where customers are while things happen: step, channel and activity of every event. Counts nothing."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.align import latest_steps
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import Laid
from desirepath.evidence.stays import Stays, stays_of

# fewer cases than this never make a group of their own
MIN_CASES = 30


class Places:
    """A laid map with what several readings need, computed once.

    Attributes:
        laid: Map and cases.
        names: Distinct activities, in order.
    """

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.names, self._activity_of_code = np.unique(
            np.array(laid.sequences.activities), return_inverse=True
        )

    @cached_property
    def case(self) -> IntArray:
        """int64[n_events], index of the case."""
        return self.laid.sequences.case_index()

    @cached_property
    def activity(self) -> IntArray:
        """int64[n_events], index into `names`."""
        return np.asarray(self._activity_of_code[self.laid.sequences.codes])

    @cached_property
    def place(self) -> IntArray:
        """int64[n_events], step at which the customer is: that of the event or the last one before, else -1."""
        return latest_steps(self.laid.aligned, self.laid.sequences)

    @cached_property
    def stays(self) -> Stays:
        """Runs of events at one step."""
        return stays_of(self.laid.aligned.step_of_event, self.laid.sequences)

    @cached_property
    def left_at(self) -> IntArray:
        """int64[n_cases], last step of closed cases without the goal, -1 for all others."""
        laid = self.laid
        last = self.place[laid.sequences.offsets[1:] - 1]
        return np.where(laid.goal | laid.aligned.is_open, UNBOUND, last)

    @cached_property
    def is_aim(self) -> BoolArray:
        """bool[n_steps], steps that show the goal by themselves, so that being there proves nothing."""
        binding = self.laid.aligned.binding
        return np.asarray((binding.codes & binding.completing).any(axis=1))

    def before_goal(self, event: IntArray) -> BoolArray:
        """bool[n_cases], cases with an event at which the goal was not reached yet.

        Args:
            event: int64[n_cases], index of an event of the case, or -1.
        """
        goal = self.laid.aligned.goal
        return np.asarray((event >= 0) & ((goal < 0) | (goal > event)))
