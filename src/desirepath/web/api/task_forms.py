"""What is sent and answered about tasks."""

from __future__ import annotations

from datetime import date

from pydantic import Field, field_validator

from desirepath.web.api.describe import Said
from desirepath.web.policy import Actor
from desirepath.web.talk.tasks import Task

DAY = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


class TaskSaid(Said):
    """What somebody is to see to; it is done when its thread is.

    `person` is the account of who is to do it, "" for nobody yet, `due` an ISO date, "" for any day.
    `is_away` says that this person may not come in any more. Guests are told neither account nor name.
    """

    is_given: bool
    is_mine: bool
    is_away: bool
    person: str
    name: str
    due: str


class TaskGiven(Said):
    """Account of who is to do it, "" for nobody yet, and an ISO date by when, "" for any day."""

    person: str = Field("", max_length=32)
    due: str = Field("", pattern=DAY)

    @field_validator("due")
    @classmethod
    def _is_day(cls, due: str) -> str:
        if due:
            date.fromisoformat(due)
        return due


def task_said(task: Task, actor: Actor) -> TaskSaid:
    """A task as somebody is told of it."""
    is_secret = bool(actor.only_map)
    return TaskSaid(
        is_given=bool(task.person),
        is_mine=bool(task.person) and task.person == actor.person,
        is_away=task.is_away and not is_secret,
        person="" if is_secret else task.person,
        name="" if is_secret else task.name,
        due=task.due,
    )
