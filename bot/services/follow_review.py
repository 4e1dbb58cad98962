"""What an answer means above: it ends a request for another term, and may wait for the word of the coordinator."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NoticeKind
from bot.domain.ids import PersonId, ReplyId
from bot.domain.matters import Answer, Matter
from bot.domain.network import Actor
from bot.domain.quiet import local_instant
from bot.ports.notices import NewNotice
from bot.ports.storage import Stores

HELPS_FOR = timedelta(days=14)
"""What waits above stands in the list «На проверку» as well: a message about it may come late, but not for ever."""

_LOOKS = (time(9, 0), time(15, 0))
"""When a coordinator is told how many answers wait: twice a day at most, whatever their number."""


async def follow_answer_above(tx: Stores, matter: Matter, reply_id: ReplyId, *, actor: Actor, now: datetime) -> None:
    """``matter`` as it is after the answer. Nobody above is told of one that nobody looks at."""
    answer = matter.assignment.answer
    if answer is None or not answer.is_final:
        return
    await tx.reviews.withdraw_requests(matter.assignment.id, by=actor.person.id, now=now)
    if not matter.is_in_review:
        return
    deciders = await deciders_of(tx, matter, actor)
    news = _not_ours if answer is Answer.NOT_OURS else _look
    await tx.notices.plan([news(matter, reply_id, person_id, now) for person_id in deciders], now=now)


async def deciders_of(tx: Stores, matter: Matter, actor: Actor) -> tuple[PersonId, ...]:
    """The reachable coordinators nearest above: of a teacher's matter those of his school, of a school's one above."""
    is_own = matter.assignment.person_id is not None
    return await tx.replies.coordinators_for(matter.assignment.unit_id, with_own=is_own, besides=actor.person.id)


def _not_ours(matter: Matter, reply_id: ReplyId, person_id: PersonId, now: datetime) -> NewNotice:
    """At once, for it is decided one by one."""
    return NewNotice(
        key=f"not-ours:{reply_id}:{person_id}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + HELPS_FOR,
        unit_id=matter.assignment.unit_id,
        detail={"event": "not_ours", "assignment_id": matter.assignment.id, "reply": reply_id},
    )


def _look(matter: Matter, _reply_id: ReplyId, person_id: PersonId, now: datetime) -> NewNotice:
    """Of all that wait by then together."""
    at = _next_look(now, ZoneInfo(matter.timezone))
    return NewNotice(
        key=f"review:p{person_id}:{at:%Y%m%dT%H}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=at,
        expires_at=at + HELPS_FOR,
        detail={"event": "review"},
    )


def _next_look(now: datetime, zone: ZoneInfo) -> datetime:
    today = now.astimezone(zone).date()
    looks = (local_instant(today + timedelta(days=ahead), at, zone) for ahead in (0, 1) for at in _LOOKS)
    return next(at for at in looks if at > now)
