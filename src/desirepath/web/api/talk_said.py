"""Threads and comments as somebody is told of them; guests are told no names of the team."""

from __future__ import annotations

from collections.abc import Mapping

from desirepath.maps.edits.board import Board
from desirepath.web.api.talk_forms import CommentSaid, NamedSaid, ThreadSaid
from desirepath.web.api.task_forms import task_said
from desirepath.web.policy import Actor
from desirepath.web.talk.comments import MENTION
from desirepath.web.talk.findings import Found
from desirepath.web.talk.places import Spoken, spoken_of, stage_of
from desirepath.web.talk.threads import Comment, Thread

UNSEEN = "@…"  # somebody whose name guests are not told


def spoken(
    board: Board, thread: Thread, now_found: Mapping[str, Found], actor: Actor
) -> Spoken:
    """What a thread is about, as somebody is told of it."""
    if thread.finding is None:
        return spoken_of(board, thread.ref) or Spoken(thread.ref, "", "", is_gone=True)
    today = now_found.get(thread.finding.same)
    told = today or thread.finding
    # of few people at any time, guests are told at none
    if actor.only_map and (told.is_small or thread.finding.is_small):
        return Spoken(thread.ref, "", "", is_gone=today is None)
    stage = stage_of(board, told.ref)
    return Spoken(thread.ref, told.words, stage, is_gone=today is None, finding=told)


def thread_said(
    thread: Thread, about: Spoken, comments: list[Comment], actor: Actor
) -> ThreadSaid:
    """A thread as somebody is told of it."""
    return ThreadSaid(
        id=thread.id,
        ref=thread.ref,
        label=about.label,
        place=about.finding.place if about.finding else "",
        stage=about.stage,
        finding=about.finding.same if about.finding else "",
        reading=about.finding.reading if about.finding else "",
        is_gone=about.is_gone,
        resolved_by="" if actor.only_map else thread.resolved_by,
        resolved_us=thread.resolved_us,
        task=task_said(thread.task, actor) if thread.task else None,
        is_unread=thread.is_unread,
        mentions_me=thread.mentions_me,
        is_calling=thread.is_calling,
        comments=[_comment(one, actor) for one in comments],
    )


def _comment(one: Comment, actor: Actor) -> CommentSaid:
    is_of_team = bool(one.person)
    is_secret = bool(actor.only_map)
    return CommentSaid(
        id=one.id,
        n=one.n,
        author="" if is_secret and is_of_team else one.author,
        is_guest=not is_of_team,
        is_mine=one.is_by(actor),
        at_us=one.at_us,
        edited_us=one.edited_us,
        is_deleted=bool(one.deleted_us),
        text=MENTION.sub(UNSEEN, one.text) if is_secret else one.text,
        mentions=[] if is_secret else named(one.mentions),
    )


def named(found: object) -> list[NamedSaid]:
    """People by name."""
    pairs = found.items() if isinstance(found, dict) else ()
    return sorted(
        (NamedSaid(id=one, name=name) for one, name in pairs), key=lambda one: one.name
    )
