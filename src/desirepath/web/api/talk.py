"""Comments: threads about what stands on a map, answers, mentions, and what waits for somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from desirepath.errors import Problem, WebError
from desirepath.web.api.asking import desk_of, people_of, route, today_of
from desirepath.web.api.describe import asked, given, page_of, taken
from desirepath.web.api.library import now
from desirepath.web.api.people import throttle_of
from desirepath.web.api.readings import shelf_of
from desirepath.web.api.talk_forms import (
    CommentText,
    MentionSaid,
    MentionsSaid,
    NamesSaid,
    NewThread,
    RefTalked,
    TalkSaid,
    ThreadChange,
    ThreadSaid,
    ThreadsAsked,
    ThreadSeen,
    ThreadsSaid,
)
from desirepath.web.api.talk_said import named, spoken, thread_said
from desirepath.web.policy import Actor, refusal
from desirepath.web.talk.comments import MENTION, Comments
from desirepath.web.talk.findings import Found, found_at, found_now
from desirepath.web.talk.places import FINDING, Spoken, spoken_of
from desirepath.web.talk.proposals import Proposals
from desirepath.web.talk.reminders import is_due
from desirepath.web.talk.tasks import NEVER
from desirepath.web.talk.threads import (
    Thread,
    calling,
    comments_in,
    mentionable,
    threads_of,
)

MOST_OF_GUEST = 30  # comments a minute
MOST_MENTIONS = 100
NEWEST = 10**17  # minus a time: such keys rise from the newest to the oldest
ABOUT = "comments"


def comments_of(request: Request) -> Comments:
    """Comments of the app."""
    return Comments(people_of(request).engine)


async def list_threads(request: Request, actor: Actor) -> Response:
    """Threads of a map, those with the newest comments first."""
    map_id, wanted = request.path_params["map"], asked(ThreadsAsked, request)
    board = now(request, map_id)[2]
    engine = people_of(request).engine
    every = await asyncio.to_thread(threads_of, engine, map_id, actor)
    now_found = await _found_now(request, every, wanted.language)
    found = [
        (thread, spoken(board, thread, now_found, actor))
        for thread in every
        if _is_wanted(thread, wanted, actor)
    ]
    if wanted.stage:
        found = [one for one in found if one[1].stage == wanted.stage]
    is_by_day = wanted.only in ("tasks", "my_tasks")
    part, after = page_of(found, _by_day if is_by_day else _key, wanted)
    ids = [thread.id for thread, _ in part]
    said = await asyncio.to_thread(comments_in, engine, ids)
    threads = [thread_said(one, about, said[one.id], actor) for one, about in part]
    return given(ThreadsSaid(threads=threads, after=after))


def _key(one: tuple[Thread, Spoken]) -> str:
    return f"{NEWEST - one[0].last_us:018d}:{one[0].id}"


def _by_day(one: tuple[Thread, Spoken]) -> str:
    task = one[0].task
    return f"{task.order if task else NEVER}:{_key(one)}"


def _is_wanted(thread: Thread, wanted: ThreadsAsked, actor: Actor) -> bool:
    fits = {
        "all": True,
        "open": not thread.resolved_us,
        "resolved": bool(thread.resolved_us),
        "mine": thread.is_mine,
        "mentions": thread.mentions_me,
        "tasks": thread.is_to_do,
        "my_tasks": thread.is_to_do_by(actor.person),
    }
    known = thread.finding.same if thread.finding else ""
    is_about = wanted.ref in ("", thread.ref) and wanted.finding in ("", known)
    return fits[wanted.only] and is_about


async def _found_now(
    request: Request, threads: Sequence[Thread], language: str
) -> Mapping[str, Found]:
    """Findings of today, where some of the threads are about findings."""
    if not any(one.finding for one in threads):
        return {}
    shelf, map_id = shelf_of(request), request.path_params["map"]
    return await asyncio.to_thread(found_now, shelf, map_id, language)


async def begin_thread(request: Request, actor: Actor) -> Response:
    """The first comment about something on a map, or about a finding."""
    map_id, sent = request.path_params["map"], await taken(NewThread, request, actor)
    finding = None
    if FINDING.fullmatch(sent.ref):
        shelf = shelf_of(request)
        now(request, map_id)
        finding = await asyncio.to_thread(found_at, shelf, map_id, sent.ref)
        if finding is None or (actor.only_map and finding.is_small):
            what = "what you speak of is not among the findings"
            hint = "Load the findings again; there may be newer ones."
            raise WebError(Problem("E773", what, hint=hint))
    else:
        spoken = spoken_of(now(request, map_id)[2], sent.ref)
        if spoken is None or spoken.is_gone:
            what = "what you speak of is not on the map"
            hint = "Load the map again; it may have been taken off."
            raise WebError(Problem("E773", what, hint=hint))
    _refuse(request, actor, sent.text)
    made = await asyncio.to_thread(
        comments_of(request).begin,
        map_id,
        sent.ref,
        actor,
        sent.text,
        desk_of(request).now_us(),
        finding,
    )
    return await _told(request, actor, made.thread, 201)


async def answer_thread(request: Request, actor: Actor) -> Response:
    """Another comment in a thread."""
    sent = await taken(CommentText, request, actor)
    now(request, request.path_params["map"])
    _refuse(request, actor, sent.text)
    thread = request.path_params["thread"]
    await asyncio.to_thread(
        comments_of(request).answer,
        request.path_params["map"],
        thread,
        actor,
        sent.text,
        desk_of(request).now_us(),
    )
    return await _told(request, actor, thread, 201)


def _refuse(request: Request, actor: Actor, text: str) -> None:
    if not actor.only_map:
        return
    if MENTION.search(text):
        what = "guests can mention nobody"
        raise WebError(Problem("E772", what, hint="Write the name as a word."))
    now_us = desk_of(request).now_us()
    throttle_of(request).refuse_more(actor.session, MOST_OF_GUEST, now_us)


async def _told(
    request: Request, actor: Actor, thread_id: str, status: int = 200
) -> Response:
    """A thread as it is now, to who changed it; all others ask anew."""
    map_id = request.path_params["map"]
    desk_of(request).tell_about(map_id, ABOUT)
    engine = people_of(request).engine
    every = await asyncio.to_thread(threads_of, engine, map_id, actor)
    thread = next((one for one in every if one.id == thread_id), None)
    if thread is None:  # its last comment was deleted at this moment
        raise WebError(Problem("E770", "there is no such thread"))
    said = await asyncio.to_thread(comments_in, engine, [thread_id])
    now_found = await _found_now(request, [thread], "")
    about = spoken(now(request, map_id)[2], thread, now_found, actor)
    return given(thread_said(thread, about, said[thread_id], actor), status)


async def change_thread(request: Request, actor: Actor) -> Response:
    """Say that a thread is done, or open it again."""
    sent = await taken(ThreadChange, request, actor)
    map_id, thread = request.path_params["map"], request.path_params["thread"]
    await asyncio.to_thread(
        comments_of(request).resolve,
        map_id,
        thread,
        actor,
        desk_of(request).now_us(),
        is_resolved=sent.resolved,
    )
    return await _told(request, actor, thread)


async def see_thread(request: Request, actor: Actor) -> Response:
    """Keep up to which comment somebody has read a thread."""
    sent = await taken(ThreadSeen, request, actor)
    map_id, thread = request.path_params["map"], request.path_params["thread"]
    if actor.person:
        await asyncio.to_thread(
            comments_of(request).see, map_id, thread, actor.person, sent.n
        )
    return Response(status_code=204)


async def reword_comment(request: Request, actor: Actor) -> Response:
    """Another text for an own comment."""
    sent = await taken(CommentText, request, actor)
    _refuse(request, actor, sent.text)
    done = await asyncio.to_thread(
        comments_of(request).reword,
        request.path_params["map"],
        request.path_params["comment"],
        actor,
        sent.text,
        desk_of(request).now_us(),
    )
    return await _told(request, actor, done.thread)


async def delete_comment(request: Request, actor: Actor) -> Response:
    """Delete the text of an own comment, or as a facilitator of any."""
    map_id = request.path_params["map"]
    await asyncio.to_thread(
        comments_of(request).delete,
        map_id,
        request.path_params["comment"],
        actor,
        desk_of(request).now_us(),
        may_any=not refusal(actor, "lead", map_id),
    )
    desk_of(request).tell_about(map_id, ABOUT)
    return Response(status_code=204)


async def read_talk(request: Request, actor: Actor) -> Response:
    """How much is talked about on a map, and how much of it waits for who asks."""
    map_id = request.path_params["map"]
    board = now(request, map_id)[2]
    engine = people_of(request).engine
    every = await asyncio.to_thread(threads_of, engine, map_id, actor)
    waiting = await asyncio.to_thread(Proposals(engine).waiting, map_id)
    owner = board.cards["map"].fields.get("owner")
    is_mine = bool(actor.person) and owner == actor.name
    refs: dict[str, list[Thread]] = {}
    for one in every:
        if not one.resolved_us:
            about = one.finding.same if one.finding else one.ref
            refs.setdefault(about, []).append(one)
    told = [
        RefTalked(
            ref=found[0].ref,
            finding=ref if found[0].finding else "",
            comments=sum(one.count for one in found),
            threads=len(found),
            is_calling=any(one.is_calling for one in found),
        )
        for ref, found in sorted(refs.items())
    ]
    return given(
        TalkSaid(
            refs=told,
            threads=len(every),
            open=sum(one.threads for one in told),
            unread=sum(one.is_unread and not one.resolved_us for one in every),
            calling=sum(one.is_calling for one in every),
            tasks=sum(one.is_to_do for one in every),
            my_tasks=sum(one.is_to_do_by(actor.person) for one in every),
            proposals=waiting,
            review_due=is_mine and is_due(board, today_of(request)),
        )
    )


async def list_mentionable(request: Request, actor: Actor) -> Response:
    """People who may be mentioned; guests are told nobody."""
    engine = people_of(request).engine
    found = {} if actor.only_map else await asyncio.to_thread(mentionable, engine)
    return given(NamesSaid(people=named(found)))


async def list_mentions(request: Request, actor: Actor) -> Response:
    """Comments that mention who asks, on all maps, not read yet."""
    engine = people_of(request).engine
    found = await asyncio.to_thread(calling, engine, actor.person or "-", MOST_MENTIONS)
    mentions = [
        MentionSaid(
            map=one.map,
            thread=one.thread,
            ref=ref,
            author=one.author,
            at_us=one.at_us,
            text=one.text,
            mentions=named(one.mentions),
        )
        for ref, one in found
    ]
    return given(MentionsSaid(mentions=mentions))


def routes() -> list[BaseRoute]:
    """Routes of comments."""
    one = "/api/maps/{map}"
    thread, comment = f"{one}/threads/{{thread}}", f"{one}/comments/{{comment}}"
    return [
        route(f"{one}/talk", read_talk, "GET", "look", is_of_map=True).says(
            gives=TalkSaid
        ),
        route(f"{one}/people", list_mentionable, "GET", "look", is_of_map=True).says(
            gives=NamesSaid
        ),
        route("/api/mentions", list_mentions, "GET", "look").says(gives=MentionsSaid),
        route(f"{one}/threads", list_threads, "GET", "look", is_of_map=True).says(
            gives=ThreadsSaid, query=ThreadsAsked
        ),
        route(f"{one}/threads", begin_thread, "POST", "comment", is_of_map=True).says(
            takes=NewThread, gives=ThreadSaid, status=201
        ),
        route(thread, change_thread, "PATCH", "comment", is_of_map=True).says(
            takes=ThreadChange, gives=ThreadSaid
        ),
        route(f"{thread}/seen", see_thread, "POST", "look", is_of_map=True).says(
            takes=ThreadSeen
        ),
        route(
            f"{thread}/comments", answer_thread, "POST", "comment", is_of_map=True
        ).says(takes=CommentText, gives=ThreadSaid, status=201),
        route(comment, reword_comment, "PATCH", "comment", is_of_map=True).says(
            takes=CommentText, gives=ThreadSaid
        ),
        route(comment, delete_comment, "DELETE", "comment", is_of_map=True).says(),
    ]
