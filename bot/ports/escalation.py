"""What telling those above of the silent needs of the storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.domain.escalation import Post
from bot.domain.ids import DocumentId, NoticeId, OccurrenceId, PersonId, UnitId
from bot.ports.planning import OverdueDate


@dataclass(frozen=True, slots=True)
class Debt:
    """A unit that is silent on a date, with its term; ``is_of_school``: the school owes it, not people of it."""

    occurrence_id: OccurrenceId
    due_at: datetime
    unit_id: UnitId
    is_of_school: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A coordinator of a silent school; ``phone`` only where he lets those above see it."""

    full_name: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SilentUnit:
    """A unit that is silent, how many owe in it, and whom to call there."""

    unit_id: UnitId
    title: str
    count: int
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may control the execution of a document."""

    person_id: PersonId
    full_name: str
    unit_title: str


@dataclass(frozen=True, slots=True)
class SentSummary:
    """The collective summary that somebody got: its detail, and the moment whose silence it tells."""

    detail: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary that was planned for somebody; ``expires_at`` is the end of its day on his clock."""

    notice_id: NoticeId
    person_id: PersonId
    detail: Mapping[str, Any]
    expires_at: datetime


class Escalation(Protocol):
    async def debts(self, dates: Sequence[OverdueDate], *, after: UnitId, units: int) -> tuple[Debt, ...]:
        """Who is silent on a date with these terms of it: the next ``units`` after ``after``, in the order of their
        numbers, and nobody where there are no more."""

    async def posts(self, unit_ids: Collection[UnitId]) -> Mapping[UnitId, tuple[Post, ...]]:
        """For each unit the reachable coordinators of itself and of those above it."""

    async def controllers(self, occurrence_ids: Collection[OccurrenceId]) -> Mapping[OccurrenceId, Post]:
        """Who controls the execution of the document of a date, where he was named and can be written to."""

    async def candidates(self, unit_path: str) -> tuple[Candidate, ...]:
        """The coordinators of the unit with this path and of those above it."""

    async def controller_of(self, document_id: DocumentId) -> PersonId | None: ...

    async def set_controller(self, document_id: DocumentId, person_id: PersonId | None) -> None: ...

    async def owed_by_schools(self, occurrence_ids: Collection[OccurrenceId]) -> frozenset[OccurrenceId]:
        """Those of the dates that schools answer for, and not people one by one."""

    async def silent_page(
        self, occurrence_id: OccurrenceId, scope: Sequence[str], *, at: datetime, limit: int, offset: int
    ) -> tuple[tuple[SilentUnit, ...], int]:
        """A page of those whose term has passed by ``at``, by title, with their contacts; and how many there are."""

    async def summary(self, notice_id: NoticeId, person_id: PersonId) -> SentSummary | None:
        """The summary, where it was this person's."""

    async def known(self, person_ids: Collection[PersonId], *, after: datetime) -> tuple[Summary, ...]:
        """The summaries of these persons whose day ends after ``after``, whatever became of them."""

    async def expired(self, *, after: datetime, until: datetime) -> tuple[Summary, ...]:
        """Those whose day ended then, ``until`` included, before they were sent."""

    async def extend(self, notice_id: NoticeId, detail: Mapping[str, Any]) -> bool:
        """Lets a summary that still waits say this; False where it is under way or settled."""
