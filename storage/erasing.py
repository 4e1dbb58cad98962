"""Erasure of one person: every column that says who he was, and nothing that only counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, and_, cast, delete, func, literal, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.events import SubstitutionState
from bot.domain.ids import PersonId
from storage.event_tables import event_drafts, feedback, substitutions
from storage.form_privacy import forget_form_answers
from storage.program_tables import dialogues, inbox
from storage.selection_privacy import forget_applications
from storage.tables import assignments, invitations, join_requests, notices, persons, replies
from storage.tag_tables import tags
from storage.task_tables import assignment_requests, call_drafts, decisions, proposals
from storage.thread_privacy import forget_threads
from storage.types import Instant


async def erase_person(connection: AsyncConnection, person_id: PersonId, account: int | None, *, now: datetime) -> None:
    """Memberships must have been left before. The caller removes the account itself."""
    # A comment on a matter is the text of a reply to it, whoever of the school gave the latest answer.
    own_words = select(replies.c.text).where(
        replies.c.person_id == person_id, replies.c.assignment_id == assignments.c.id, replies.c.text.is_not(None)
    )
    about_him = or_(assignments.c.answered_by == person_id, assignments.c.comment.in_(own_words))
    await connection.execute(update(assignments).where(about_him).values(comment=None))
    await connection.execute(update(replies).where(replies.c.person_id == person_id).values(text=None))
    await connection.execute(
        update(notices)
        .where(notices.c.person_id == person_id, notices.c.state == NoticeState.PLANNED.value)
        .values(state=NoticeState.CANCELLED.value, settled_at=now)
    )
    await connection.execute(
        update(notices).where(notices.c.person_id == person_id).values(chat_id=None, message_id=None, detail=null())
    )
    await _forget_requests(connection, person_id)
    await _forget_proposals(connection, person_id)
    await forget_applications(connection, person_id)
    await _forget_problems(connection, person_id, now)
    await forget_threads(connection, person_id)
    await _forget_substitutions(connection, person_id, now)
    await forget_form_answers(connection, person_id)
    await _forget_ways_in(connection, person_id, now)
    await connection.execute(
        update(persons)
        .where(persons.c.id == person_id)
        .values(full_name="", timezone=None, phone=None, consent_version=None, consented_at=None, erased_at=now)
    )
    await connection.execute(
        delete(event_drafts).where(event_drafts.c.person_id == person_id, event_drafts.c.announced_at.is_(None))
    )
    own = select(assignments.c.id).where(assignments.c.person_id == person_id)
    await connection.execute(update(feedback).where(feedback.c.assignment_id.in_(own)).values(text=None))
    await connection.execute(delete(tags).where(tags.c.person_id == person_id))
    if account is not None:
        await _forget_chat(connection, account)


async def _forget_ways_in(connection: AsyncConnection, person_id: PersonId, now: datetime) -> None:
    """What he asked for to be let in, and the invitations that name him."""
    await connection.execute(
        update(join_requests)
        .where(join_requests.c.person_id == person_id, join_requests.c.state == "waiting")
        .values(state="withdrawn", decided_at=now)
    )
    await connection.execute(
        update(invitations)
        .where(invitations.c.person_id == person_id)
        .values(revoked_at=func.coalesce(invitations.c.revoked_at, literal(now, Instant())), invited_name=None)
    )


async def _forget_requests(connection: AsyncConnection, person_id: PersonId) -> None:
    """Why he asked for another term, and why he gave an answer back. What was decided stays."""
    asked = assignment_requests.c.asked_by == person_id
    await connection.execute(update(assignment_requests).where(asked).values(reason=None, phrase=None))
    await connection.execute(update(decisions).where(decisions.c.decided_by == person_id).values(reason=None))


async def _forget_proposals(connection: AsyncConnection, person_id: PersonId) -> None:
    """What he proposed, what he wrote to others about theirs, and the calls that he was making."""
    nothing = {"text": None, "file_kind": None, "file_id": None, "file_name": None}
    await connection.execute(update(proposals).where(proposals.c.person_id == person_id).values(nothing))
    await connection.execute(update(proposals).where(proposals.c.decided_by == person_id).values(decision=None))
    is_draft = call_drafts.c.occurrence_id.is_(None)
    await connection.execute(delete(call_drafts).where(call_drafts.c.person_id == person_id, is_draft))


async def _forget_problems(connection: AsyncConnection, person_id: PersonId, now: datetime) -> None:
    """His coordinators' notices of his problems carry his name and words; the replies name them in their keys."""
    of_him = (
        select(replies.c.id)
        .where(replies.c.person_id == person_id)
        .where(notices.c.key.startswith(literal("problem:").concat(cast(replies.c.id, String)).concat(":")))
        .exists()
    )
    waiting = update(notices).where(of_him, notices.c.state == NoticeState.PLANNED.value)
    await connection.execute(waiting.values(state=NoticeState.CANCELLED.value, settled_at=now))
    await connection.execute(update(notices).where(notices.c.key.startswith("problem:"), of_him).values(detail=null()))


async def _forget_substitutions(connection: AsyncConnection, person_id: PersonId, now: datetime) -> None:
    """«вместо меня – …» names him in the answers of those whom he came instead of."""
    asked = select(substitutions.c.assignment_id).where(substitutions.c.person_id == person_id)
    of_it = and_(replies.c.assignment_id.in_(asked), replies.c.source.endswith(":instead"))
    texts = select(replies.c.text).where(
        of_it, replies.c.assignment_id == assignments.c.id, replies.c.text.is_not(None)
    )
    named = and_(assignments.c.id.in_(asked), assignments.c.comment.in_(texts))
    await connection.execute(update(assignments).where(named).values(comment=None))
    await connection.execute(update(replies).where(of_it).values(text=None))
    waiting = and_(substitutions.c.person_id == person_id, substitutions.c.state == SubstitutionState.ASKED.value)
    declined = {"state": SubstitutionState.DECLINED.value, "decided_at": now}
    await connection.execute(update(substitutions).where(waiting).values(declined))


async def _forget_chat(connection: AsyncConnection, account: int) -> None:
    """What he wrote is in the updates. Their ids stay, so that a second delivery is still absorbed."""
    await connection.execute(
        update(inbox)
        .where(inbox.c.chat_id == account, inbox.c.state.in_(("handled", "parked")))
        .values(payload={}, chat_id=None)
    )
    await connection.execute(delete(dialogues).where(dialogues.c.key.endswith(f":{account}:{account}")))
