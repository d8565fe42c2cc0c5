"""Tasks: threads given to somebody by a day, and what one is to see to on all maps."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.web.api.asking import desk_of, people_of, route
from desirepath.web.api.describe import Said, given, taken
from desirepath.web.api.library import now
from desirepath.web.api.talk import ABOUT
from desirepath.web.api.task_forms import TaskGiven, TaskSaid, task_said
from desirepath.web.policy import Actor
from desirepath.web.talk.comments import MENTION
from desirepath.web.talk.tasks import OpenTask, Tasks, open_tasks
from desirepath.web.talk.threads import mentionable

MOST = 100


class MyTaskSaid(Said):
    """A task of who asks that is not done; `text` is the first comment, mentions in it by name."""

    map: str
    thread: str
    ref: str
    due: str
    text: str


class MyTasksSaid(Said):
    """Tasks of who asks on all maps, by their day; those for any day last."""

    tasks: list[MyTaskSaid]


async def give_task(request: Request, actor: Actor) -> Response:
    """Make a thread a task, or change to whom it is given and by when."""
    sent = await taken(TaskGiven, request, actor)
    map_id = request.path_params["map"]
    now(request, map_id)
    task = await asyncio.to_thread(
        Tasks(people_of(request).engine).give,
        map_id,
        request.path_params["thread"],
        actor,
        sent.person,
        sent.due,
        desk_of(request).now_us(),
    )
    desk_of(request).tell_about(map_id, ABOUT)
    return given(task_said(task, actor))


async def take_task_away(request: Request, actor: Actor) -> Response:
    """Leave a thread as talk only."""
    map_id = request.path_params["map"]
    await asyncio.to_thread(
        Tasks(people_of(request).engine).take_away,
        map_id,
        request.path_params["thread"],
        actor,
        desk_of(request).now_us(),
    )
    desk_of(request).tell_about(map_id, ABOUT)
    return Response(status_code=204)


async def list_my_tasks(request: Request, actor: Actor) -> Response:
    """Tasks of who asks that are not done, on all maps."""
    engine = people_of(request).engine

    def looked() -> MyTasksSaid:
        found = open_tasks(engine, person=actor.person or "-", limit=MOST)
        names = mentionable(engine)
        return MyTasksSaid(tasks=[_mine(one, names) for one in found])

    return given(await asyncio.to_thread(looked))


def _mine(one: OpenTask, names: dict[str, str]) -> MyTaskSaid:
    text = MENTION.sub(lambda found: f"@{names.get(found[1], '…')}", one.text)
    return MyTaskSaid(
        map=one.task.map,
        thread=one.task.thread,
        ref=one.ref,
        due=one.task.due,
        text=text,
    )


def routes() -> list[BaseRoute]:
    """Routes of tasks."""
    task = "/api/maps/{map}/threads/{thread}/task"
    return [
        route(task, give_task, "PUT", "comment", is_of_map=True).says(
            takes=TaskGiven, gives=TaskSaid
        ),
        route(task, take_task_away, "DELETE", "comment", is_of_map=True).says(),
        route("/api/tasks", list_my_tasks, "GET", "look").says(gives=MyTasksSaid),
    ]
