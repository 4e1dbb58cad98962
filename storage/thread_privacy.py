"""What somebody wrote in threads: for the file of his own data, and gone when he is erased."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import PersonId
from bot.domain.threads import ThreadState
from storage.tables import activities, assignments, occurrences, units
from storage.task_tables import thread_messages, thread_readers, threads


async def forget_threads(connection: AsyncConnection, person_id: PersonId) -> None:
    """His words and files go; that something was written stays, so that the answers to it keep their place.

    What he had not sent yet is gone with the draft.
    """
    drafts = select(threads.c.id).where(threads.c.opened_by == person_id, threads.c.state == ThreadState.DRAFT.value)
    await connection.execute(delete(thread_messages).where(thread_messages.c.thread_id.in_(drafts)))
    await connection.execute(delete(threads).where(threads.c.id.in_(drafts)))
    own = thread_messages.c.person_id == person_id
    nothing = {"text": None, "file_kind": None, "file_id": None, "file_name": None}
    await connection.execute(update(thread_messages).where(own).values(nothing))
    await connection.execute(delete(thread_readers).where(thread_readers.c.person_id == person_id))


def thread_messages_of(person_id: PersonId) -> Select[Any]:
    """Everything he wrote, the oldest first."""
    return (
        select(
            units.c.title.label("unit"),
            activities.c.title.label("activity"),
            thread_messages.c.text,
            thread_messages.c.file_kind,
            thread_messages.c.file_name,
            thread_messages.c.written_at,
        )
        .join_from(thread_messages, threads, threads.c.id == thread_messages.c.thread_id)
        .outerjoin(units, units.c.id == threads.c.unit_id)
        .outerjoin(assignments, assignments.c.id == threads.c.assignment_id)
        .outerjoin(occurrences, occurrences.c.id == assignments.c.occurrence_id)
        .outerjoin(activities, activities.c.id == occurrences.c.activity_id)
        .where(thread_messages.c.person_id == person_id)
        .order_by(thread_messages.c.id)
    )
