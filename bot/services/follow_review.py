"""What an answer means above: it ends a request for another term, and may wait for the word of the coordinator.

What is decided one by one reaches the coordinator at once, with its buttons; what comes on top of ``MOST_APART`` of
them within a day, in one message about all that waits: a district of forty schools must not ring forty times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NoticeKind
from bot.domain.ids import PersonId, ReplyId
from bot.domain.matters import Answer, Matter
from bot.domain.network import Actor
from bot.domain.quiet import local_instant
from bot.ports.notices import NewNotice
from bot.ports.reviews import Reviewer
from bot.ports.storage import Stores

HELPS_FOR = timedelta(days=14)
"""What waits above stands in the list «На проверку» as well: a message about it may come late, but not for ever."""

MOST_APART = 2
"""How many questions of schools come to a coordinator one by one within ``_DAY``; the rest stand in the list."""

_DAY = timedelta(hours=24)

_LOOKS = (time(9, 0), time(15, 0))
"""When a coordinator is told how much waits, on his own clock: of answers at the next of them, once a day at most."""


async def follow_answer_above(tx: Stores, matter: Matter, reply_id: ReplyId, *, actor: Actor, now: datetime) -> None:
    """``matter`` as it is after the answer. Nobody above is told of one that nobody looks at."""
    answer = matter.assignment.answer
    if answer is None or not answer.is_final:
        return
    if matter.reviewing.request_id is not None:
        await tx.reviews.withdraw_requests(matter.assignment.id, by=actor.person.id, now=now)
    if not matter.is_in_review:
        return
    deciders = await deciders_of(tx, matter, actor)
    if answer is Answer.NOT_OURS:
        await ask_apart(tx, matter, deciders, lambda person_id: _not_ours(matter, reply_id, person_id, now), now=now)
        return
    reviewers = await tx.reviews.reviewers(deciders, apart_since=now - _DAY)
    news = [_look(one, matter, now, one.heard_at) for one in reviewers if not one.is_about_to_hear]
    await tx.notices.plan(news, now=now)


async def ask_apart(
    tx: Stores,
    matter: Matter,
    deciders: tuple[PersonId, ...],
    question: Callable[[PersonId], NewNotice],
    *,
    now: datetime,
) -> None:
    """Plans the question for each of them; who had ``MOST_APART`` within a day hears at his next hour how many wait."""
    reviewers = await tx.reviews.reviewers(deciders, apart_since=now - _DAY)
    news = [
        question(one.person_id) if one.apart < MOST_APART else _look(one, matter, now, heard_at=None)
        for one in reviewers
    ]
    await tx.notices.plan(news, now=now)


async def deciders_of(tx: Stores, matter: Matter, actor: Actor) -> tuple[PersonId, ...]:
    """The reachable coordinators nearest above: of a teacher's matter those of his school, of a school's one above."""
    is_own = matter.assignment.person_id is not None
    return await tx.replies.coordinators_for(matter.assignment.unit_id, with_own=is_own, besides=actor.person.id)


def _not_ours(matter: Matter, reply_id: ReplyId, person_id: PersonId, now: datetime) -> NewNotice:
    """At once, with the buttons to decide it."""
    return NewNotice(
        key=f"not-ours:{reply_id}:{person_id}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + HELPS_FOR,
        unit_id=matter.assignment.unit_id,
        detail={"event": "not_ours", "assignment_id": matter.assignment.id, "reply": reply_id},
    )


def _look(reviewer: Reviewer, matter: Matter, now: datetime, heard_at: datetime | None) -> NewNotice:
    """Of all that wait by then together."""
    zone = reviewer.zone or ZoneInfo(matter.timezone)
    at = _next_look(now, zone, heard_at)
    return NewNotice(
        key=f"review:p{reviewer.person_id}:{at.astimezone(zone):%Y%m%dT%H}",
        person_id=reviewer.person_id,
        kind=NoticeKind.INFO,
        due_at=at,
        expires_at=at + HELPS_FOR,
        detail={"event": "review"},
    )


def _next_look(now: datetime, zone: ZoneInfo, heard_at: datetime | None) -> datetime:
    """The next on a day on which he has not heard yet. Where that is a day off, it is held over it."""
    today = now.astimezone(zone).date()
    has_heard = heard_at is not None and heard_at.astimezone(zone).date() == today
    looks = (local_instant(today + timedelta(days=ahead), at, zone) for ahead in (has_heard, True) for at in _LOOKS)
    return next(at for at in looks if at > now)
