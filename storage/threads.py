"""Conversations: threads, their messages, and how far each reader has read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import NoticeState
from bot.domain.ids import AssignmentId, PersonId, ThreadId, ThreadMessageId, UnitId
from bot.domain.threads import FileKind, Said, SentFile, Side, Thread, ThreadMessage, ThreadState
from bot.ports.threads import ListedThread, NewThread, NewThreadMessage, ThreadReader
from storage.dialect import upsert
from storage.tables import notices, persons, units
from storage.task_tables import thread_messages, thread_readers, threads
from storage.thread_lists import count_threads, list_threads

_ON_ITS_WAY = [state.value for state in (NoticeState.PLANNED, NoticeState.SENDING, NoticeState.IN_DOUBT)]


class ThreadStore:
    """Implements ``bot.ports.threads.Threads``."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, thread: NewThread) -> ThreadId:
        row = {
            "state": thread.state.value,
            "unit_id": thread.unit_id,
            "person_id": thread.person_id,
            "assignment_id": thread.assignment_id,
            "opened_by": thread.opened_by,
            "opened_at": thread.opened_at,
        }
        added = await self._connection.execute(insert(threads).values(row).returning(threads.c.id))
        return ThreadId(added.scalar_one())

    async def thread(self, thread_id: ThreadId) -> Thread | None:
        return await self._one(_threads().where(threads.c.id == thread_id))

    async def open_about(self, assignment_id: AssignmentId) -> Thread | None:
        about = (threads.c.assignment_id == assignment_id) & (threads.c.state == ThreadState.OPEN.value)
        return await self._one(_threads().where(about).order_by(threads.c.id.desc()).limit(1))

    async def open_of(self, assignment_ids: Collection[AssignmentId]) -> Mapping[AssignmentId, ThreadId]:
        statement = (
            select(threads.c.assignment_id, func.max(threads.c.id))
            .where(threads.c.assignment_id.in_(assignment_ids), threads.c.state == ThreadState.OPEN.value)
            .group_by(threads.c.assignment_id)
        )
        return {AssignmentId(owed): ThreadId(one) for owed, one in await self._connection.execute(statement)}

    async def draft_of(self, person_id: PersonId) -> Thread | None:
        own = (threads.c.opened_by == person_id) & (threads.c.state == ThreadState.DRAFT.value)
        return await self._one(_threads().where(own).order_by(threads.c.id.desc()).limit(1))

    async def begin(
        self,
        draft_id: ThreadId,
        *,
        unit_id: UnitId | None,
        person_id: PersonId | None,
        assignment_id: AssignmentId | None,
        now: datetime,
    ) -> None:
        values = {
            "state": ThreadState.OPEN.value,
            "unit_id": unit_id,
            "person_id": person_id,
            "assignment_id": assignment_id,
            "opened_at": now,
        }
        await self._connection.execute(update(threads).where(threads.c.id == draft_id).values(values))

    async def move(self, draft_id: ThreadId, into: ThreadId, side: Side, *, now: datetime) -> None:
        of_draft = select(thread_messages).where(thread_messages.c.thread_id == draft_id)
        written = (await self._connection.execute(of_draft.order_by(thread_messages.c.id))).mappings().all()
        await self.drop(draft_id)
        # Added anew: the order of a thread is that of the ids, and others may have written into it meanwhile.
        place = {"thread_id": into, "is_from_above": side is Side.ABOVE, "written_at": now}
        for message in written:
            row = {name: value for name, value in message.items() if name != "id"} | place
            await self._connection.execute(insert(thread_messages).values(row))

    async def drop(self, draft_id: ThreadId) -> None:
        await self._connection.execute(delete(thread_messages).where(thread_messages.c.thread_id == draft_id))
        await self._connection.execute(delete(threads).where(threads.c.id == draft_id))

    async def drop_message(self, message_id: ThreadMessageId) -> None:
        await self._connection.execute(delete(thread_messages).where(thread_messages.c.id == message_id))

    async def close(self, thread_id: ThreadId, *, by: PersonId, now: datetime) -> None:
        values = {"state": ThreadState.CLOSED.value, "closed_by": by, "closed_at": now}
        await self._connection.execute(update(threads).where(threads.c.id == thread_id).values(values))

    async def reopen(self, thread_id: ThreadId) -> None:
        values = {"state": ThreadState.OPEN.value, "closed_by": None, "closed_at": None}
        await self._connection.execute(update(threads).where(threads.c.id == thread_id).values(values))

    async def message_of(self, source: str) -> ThreadMessage | None:
        return await self._message(_messages().where(thread_messages.c.source == source))

    async def add_message(self, message: NewThreadMessage) -> ThreadMessageId:
        file = message.said.file
        row = {
            "thread_id": message.thread_id,
            "person_id": message.person_id,
            "is_from_above": message.side is Side.ABOVE,
            "text": message.said.text,
            "file_kind": file and file.kind.value,
            "file_id": file and file.file_id,
            "file_name": file and file.name and file.name[:255],
            "written_at": message.written_at,
            "source": message.source,
        }
        added = await self._connection.execute(insert(thread_messages).values(row).returning(thread_messages.c.id))
        return ThreadMessageId(added.scalar_one())

    async def message(self, message_id: ThreadMessageId) -> ThreadMessage | None:
        return await self._message(_messages().where(thread_messages.c.id == message_id))

    async def messages(self, thread_id: ThreadId) -> tuple[ThreadMessage, ...]:
        statement = _messages().where(thread_messages.c.thread_id == thread_id).order_by(thread_messages.c.id)
        return tuple(_to_message(row) for row in await self._connection.execute(statement))

    async def writers(self, thread_id: ThreadId, side: Side) -> tuple[PersonId, ...]:
        statement = (
            select(thread_messages.c.person_id)
            .distinct()
            .where(thread_messages.c.thread_id == thread_id, thread_messages.c.is_from_above.is_(side is Side.ABOVE))
        )
        return tuple(PersonId(one) for one in (await self._connection.execute(statement)).scalars())

    async def note_seen(self, thread_id: ThreadId, person_id: PersonId) -> None:
        latest = select(func.max(thread_messages.c.id)).where(thread_messages.c.thread_id == thread_id)
        seen = (await self._connection.execute(latest)).scalar_one()
        if seen is None:
            return
        row = {"thread_id": thread_id, "person_id": person_id, "seen": seen}
        statement = upsert(self._connection, thread_readers, row, key=["thread_id", "person_id"])
        await self._connection.execute(statement)

    async def listed(
        self, reader: ThreadReader, state: ThreadState, *, limit: int, offset: int
    ) -> tuple[ListedThread, ...]:
        rows = await self._connection.execute(list_threads(reader, state).limit(limit).offset(offset))
        return tuple(_to_listed(row) for row in rows)

    async def count(self, reader: ThreadReader, state: ThreadState) -> tuple[int, int]:
        total, waiting = (await self._connection.execute(count_threads(reader, state))).one()
        return total, waiting

    async def is_told_soon(self, thread_id: ThreadId, person_id: PersonId) -> bool:
        statement = select(notices.c.id).where(
            notices.c.person_id == person_id,
            notices.c.message_id.is_(None),  # of the index: what was sent is not looked through
            notices.c.state == NoticeState.PLANNED.value,
            notices.c.key.startswith(f"thread:{thread_id}:{person_id}:m"),  # that it was closed brings no words
        )
        return (await self._connection.execute(statement.limit(1))).first() is not None

    async def waiting(self, *, since: datetime) -> tuple[ThreadMessage, ...]:
        last = (
            select(func.max(thread_messages.c.id))
            .join(threads, threads.c.id == thread_messages.c.thread_id)
            .where(threads.c.state == ThreadState.OPEN.value)
            .group_by(thread_messages.c.thread_id)
        )
        recent = (thread_messages.c.id.in_(last)) & (thread_messages.c.written_at >= since)
        rows = await self._connection.execute(_messages().where(recent).order_by(thread_messages.c.id))
        return tuple(_to_message(row) for row in rows)

    async def is_heard(self, last: ThreadMessage, readers: Collection[PersonId]) -> bool:
        seen = select(thread_readers.c.thread_id).where(
            thread_readers.c.thread_id == last.thread_id,
            thread_readers.c.person_id.in_(readers),
            thread_readers.c.seen >= last.id,
        )
        if (await self._connection.execute(seen.limit(1))).first() is not None:
            return True
        has_come = and_(notices.c.state == NoticeState.SENT.value, notices.c.settled_at >= last.written_at)
        told = select(notices.c.id).where(
            notices.c.person_id.in_(readers),
            notices.c.key.startswith(f"thread:{last.thread_id}:"),
            or_(has_come, notices.c.state.in_(_ON_ITS_WAY)),
        )
        return (await self._connection.execute(told.limit(1))).first() is not None

    async def thread_of_message(self, person_id: PersonId, message_id: int) -> ThreadId | None:
        statement = (
            select(notices.c.detail)
            .where(
                notices.c.person_id == person_id,
                notices.c.message_id == message_id,
                notices.c.key.startswith("thread:"),
            )
            .order_by(notices.c.id.desc())
            .limit(1)
        )
        detail = (await self._connection.execute(statement)).scalar_one_or_none()
        return ThreadId(detail["thread"]) if detail and "thread" in detail else None

    async def _one(self, statement: Select[Any]) -> Thread | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _to_thread(row)

    async def _message(self, statement: Select[Any]) -> ThreadMessage | None:
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else _to_message(row)


def _threads() -> Select[Any]:
    return select(threads, units.c.path.label("unit_path"), units.c.title.label("unit_title")).outerjoin(
        units, units.c.id == threads.c.unit_id
    )


def _messages() -> Select[Any]:
    return select(thread_messages, persons.c.full_name).join(persons, persons.c.id == thread_messages.c.person_id)


def _to_thread(row: Row[Any]) -> Thread:
    return Thread(
        id=ThreadId(row.id),
        state=ThreadState(row.state),
        unit_id=None if row.unit_id is None else UnitId(row.unit_id),
        unit_path=row.unit_path,
        unit_title=row.unit_title or "",
        person_id=None if row.person_id is None else PersonId(row.person_id),
        assignment_id=None if row.assignment_id is None else AssignmentId(row.assignment_id),
        opened_by=PersonId(row.opened_by),
        opened_at=row.opened_at,
    )


def _to_message(row: Row[Any]) -> ThreadMessage:
    file = None if row.file_id is None else SentFile(FileKind(row.file_kind), row.file_id, row.file_name)
    return ThreadMessage(
        id=ThreadMessageId(row.id),
        thread_id=ThreadId(row.thread_id),
        person_id=PersonId(row.person_id),
        person_name=row.full_name,
        side=Side.ABOVE if row.is_from_above else Side.BELOW,
        said=Said(row.text, file),
        written_at=row.written_at,
    )


def _to_listed(row: Row[Any]) -> ListedThread:
    return ListedThread(
        thread=_to_thread(row),
        side=Side.BELOW if row.is_below else Side.ABOVE,
        title=row.title,
        person_name=row.person_name or "",
        first=row.first_text,
        waiting_since=row.waiting_since,
        last_at=row.last_at,
        unread=row.unread,
    )
