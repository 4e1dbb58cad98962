"""Two questions to those who were there: a rating by one tap, then a line that can be left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.afterwards import FEEDBACK_HELPS, FEEDBACK_WITHIN, RATINGS, BadFeedbackError, feedback_line
from bot.domain.attendance import LONGEST_LASTS
from bot.domain.delivery import NoticeKind
from bot.domain.errors import NotFoundError
from bot.domain.events import Attendance
from bot.domain.ids import AssignmentId
from bot.domain.matters import Matter
from bot.domain.network import Actor
from bot.ports.afterwards import Feedback
from bot.ports.notices import NewNotice
from bot.ports.storage import Storage, Stores


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    matter: Matter
    feedback: Feedback


async def ask_feedback(storage: Storage, *, now: datetime) -> int:
    """Asks everybody who was at an event that is over, once, at his next allowed hour; returns how many.

    Who is marked as present later is asked then, up to a week after the end. Running it again asks nobody twice.
    """
    began_after = now - FEEDBACK_WITHIN - LONGEST_LASTS
    async with storage.read() as tx:
        found = await tx.afterwards.to_ask(began_after=began_after, now=now)
    if not found:
        return 0
    async with storage.write() as tx:
        planned = [
            NewNotice(
                key=f"feedback:{one.assignment_id}",
                person_id=one.person_id,
                kind=NoticeKind.INFO,
                due_at=now,
                expires_at=now + FEEDBACK_HELPS,
                occurrence_id=one.occurrence_id,
                occurrence_version=one.version,
                assignment_id=one.assignment_id,
                detail={"event": "feedback"},
            )
            for one in found
        ]
        return await tx.notices.plan(planned, now=now)


async def rate_event(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, rating: int, now: datetime
) -> GivenFeedback:
    """Another rating takes the place of the first. Raises NotFoundError for one who was not there, BadFeedbackError."""
    if rating not in RATINGS:
        raise BadFeedbackError(f"rating {rating}")
    async with storage.write() as tx:
        matter = await _attended(tx, actor, assignment_id)
        await tx.afterwards.rate(assignment_id, rating, now=now)
        return await _given(tx, matter)


async def write_feedback(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, text: str, now: datetime
) -> GivenFeedback:
    """Another line takes the place of the first. Raises NotFoundError for one who was not there, BadFeedbackError."""
    line = feedback_line(text)
    async with storage.write() as tx:
        matter = await _attended(tx, actor, assignment_id)
        await tx.afterwards.write_line(assignment_id, line, now=now)
        return await _given(tx, matter)


async def given_feedback(storage: Storage, *, actor: Actor, assignment_id: AssignmentId) -> GivenFeedback:
    """What the actor has said so far. Raises NotFoundError for one who was not there, or has said nothing."""
    async with storage.read() as tx:
        matter = await _attended(tx, actor, assignment_id)
        given = await tx.afterwards.feedback_of(assignment_id)
    if given is None:
        raise NotFoundError(f"feedback {assignment_id}")
    return GivenFeedback(matter, given)


async def _attended(tx: Stores, actor: Actor, assignment_id: AssignmentId) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    is_his = matter is not None and matter.assignment.person_id == actor.person.id and not matter.is_withdrawn
    if matter is None or not is_his or matter.assignment.attendance is not Attendance.PRESENT:
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    return matter


async def _given(tx: Stores, matter: Matter) -> GivenFeedback:
    given = await tx.afterwards.feedback_of(matter.assignment.id)
    assert given is not None, "it was stored in this very transaction"
    return GivenFeedback(matter, given)
