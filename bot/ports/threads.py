"""What conversations need of the storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import AssignmentId, PersonId, ThreadId, ThreadMessageId, UnitId
from bot.domain.threads import Said, Side, Thread, ThreadMessage, ThreadState


@dataclass(frozen=True, slots=True)
class NewThread:
    """``person_id``: who speaks for himself; None where a unit's coordinators speak for it."""

    state: ThreadState
    unit_id: UnitId | None
    person_id: PersonId | None
    assignment_id: AssignmentId | None
    opened_by: PersonId
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class NewThreadMessage:
    """``source`` names the update it came in: the same update handled again adds nothing."""

    thread_id: ThreadId
    person_id: PersonId
    side: Side
    said: Said
    written_at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class ThreadReader:
    """For whom threads are listed: himself, the units he speaks for, the subtrees he stands above."""

    person_id: PersonId
    unit_ids: Sequence[UnitId]
    paths: Sequence[str]
    is_owner: bool


@dataclass(frozen=True, slots=True)
class ListedThread:
    """``title``: of its matter; ``first``: the words it began with. ``waiting_since``: of the oldest message that
    nobody of the reader's side has answered; ``unread``: how many of the others' messages he has not opened.
    """

    thread: Thread
    side: Side
    title: str | None
    person_name: str
    first: str | None
    waiting_since: datetime | None
    last_at: datetime
    unread: int


class Threads(Protocol):
    async def add(self, thread: NewThread) -> ThreadId: ...

    async def thread(self, thread_id: ThreadId) -> Thread | None: ...

    async def open_about(self, assignment_id: AssignmentId) -> Thread | None:
        """The open one about this matter, the latest where there are several."""

    async def open_of(self, assignment_ids: Collection[AssignmentId]) -> Mapping[AssignmentId, ThreadId]:
        """Those of these matters that have an open one."""

    async def draft_of(self, person_id: PersonId) -> Thread | None:
        """What he has written and not sent yet."""

    async def begin(
        self,
        draft_id: ThreadId,
        *,
        unit_id: UnitId | None,
        person_id: PersonId | None,
        assignment_id: AssignmentId | None,
        now: datetime,
    ) -> None:
        """The draft is an open thread from now on."""

    async def move(self, draft_id: ThreadId, into: ThreadId, side: Side, *, now: datetime) -> None:
        """The messages of the draft belong to that thread, as of ``now`` and after all it had; the draft is gone."""

    async def drop(self, draft_id: ThreadId) -> None:
        """The draft is gone with its messages."""

    async def drop_message(self, message_id: ThreadMessageId) -> None: ...

    async def close(self, thread_id: ThreadId, *, by: PersonId, now: datetime) -> None: ...

    async def reopen(self, thread_id: ThreadId) -> None: ...

    async def message_of(self, source: str) -> ThreadMessage | None:
        """What was stored of that update already."""

    async def add_message(self, message: NewThreadMessage) -> ThreadMessageId: ...

    async def message(self, message_id: ThreadMessageId) -> ThreadMessage | None: ...

    async def messages(self, thread_id: ThreadId) -> tuple[ThreadMessage, ...]:
        """All of them, the oldest first."""

    async def writers(self, thread_id: ThreadId, side: Side) -> tuple[PersonId, ...]:
        """Who has spoken on that side."""

    async def note_seen(self, thread_id: ThreadId, person_id: PersonId) -> None:
        """He has seen everything that is there now."""

    async def listed(
        self, reader: ThreadReader, state: ThreadState, *, limit: int, offset: int
    ) -> tuple[ListedThread, ...]:
        """His own, those of his units, and of those below the ones that nobody nearer answers, or that he has joined.

        What waits for the reader's side comes first, the longest waiting before the others.
        """

    async def count(self, reader: ThreadReader, state: ThreadState) -> tuple[int, int]:
        """How many are listed, and how many of them wait for the reader's side."""

    async def is_told_soon(self, thread_id: ThreadId, person_id: PersonId) -> bool:
        """Whether a message of this thread waits for this person already: it brings whatever comes until then."""

    async def waiting(self, *, since: datetime) -> tuple[ThreadMessage, ...]:
        """The last message of each open thread, if it was written since then."""

    async def is_heard(self, last: ThreadMessage, readers: Collection[PersonId]) -> bool:
        """Whether a message about it has reached any of them, is on its way, or he has opened the thread himself."""

    async def thread_of_message(self, person_id: PersonId, message_id: int) -> ThreadId | None:
        """The thread of the notice that reached this person as that message."""
