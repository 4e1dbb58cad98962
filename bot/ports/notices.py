"""What planning and sending need of the storage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from bot.domain.delivery import Notice, NoticeKind, NoticeState
from bot.domain.ids import AssignmentId, BroadcastId, DocumentId, NoticeId, OccurrenceId, PersonId, SeriesId, UnitId
from bot.domain.quiet import WorkingDays

HOME = ZoneInfo("Europe/Moscow")
"""The zone of somebody in no unit (the owner, as a rule), unless the network's own is another."""


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be planned. ``key`` is unique: what is planned already is left as it is."""

    key: str
    person_id: PersonId
    kind: NoticeKind
    due_at: datetime
    expires_at: datetime
    occurrence_id: OccurrenceId | None = None
    occurrence_version: int | None = None
    assignment_id: AssignmentId | None = None
    document_id: DocumentId | None = None
    series_id: SeriesId | None = None
    unit_id: UnitId | None = None
    days_before: int | None = None
    detail: Mapping[str, Any] | None = None
    assignment_due_version: int = 0
    broadcast_id: BroadcastId | None = None


class DueNotice(NamedTuple):
    """A notice claimed for sending, with the account it goes to and the zone of its reader.

    ``gathered``: the others that its message tells; they were claimed with it and share its fate.
    """

    notice: Notice
    account: int
    zone: ZoneInfo
    gathered: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """``looked_at`` counts every due notice that was judged: with none there is nothing due.

    ``is_held_up``: others are due, to people who are busy.
    """

    to_send: tuple[DueNotice, ...]
    looked_at: int = 0
    held: int = 0
    cancelled: int = 0
    expired: int = 0
    is_held_up: bool = False


class Settlement(NamedTuple):
    """What became of a claimed notice. ``due_at`` is the next attempt, where it is to be tried again.

    ``is_of_several``: others were gathered into its message, and the same became of them.
    """

    notice_id: NoticeId
    state: NoticeState
    attempts: int
    due_at: datetime
    was_in_doubt: bool = False
    error: str | None = None
    account: int | None = None
    message_id: int | None = None
    is_of_several: bool = False


@dataclass(frozen=True, slots=True)
class Delayed:
    """What an outage kept back: ``late`` messages that still go, ``stale`` ones that would not have helped any more."""

    late: int = 0
    stale: int = 0


class Notices(Protocol):
    async def plan(self, notices: Sequence[NewNotice], *, now: datetime) -> int:
        """Stores those whose key is new, as ``planned``; returns how many were."""

    async def claim(
        self,
        limit: int,
        *,
        now: datetime,
        days: WorkingDays,
        busy: Collection[PersonId] = (),
        home: ZoneInfo = HOME,
    ) -> Claim:
        """Takes up to ``limit`` due notices, at most one a person and none of the ``busy``, the longest due first.

        Each is judged anew (``bot.domain.delivery.judge``) and becomes ``sending``, waits, or is put aside. What the
        last run left in doubt comes before what was never tried. ``home`` is the zone of who stands in no unit.

        A reminder brings along the others that are due on the same day of its reader (``DueNotice.gathered``).
        """

    async def settle(self, settlements: Sequence[Settlement], *, now: datetime) -> None:
        """Stores what became of the claimed ones; one that was gathered and is settled by itself is led no more."""

    async def doubt_interrupted(self) -> int:
        """At the start: what a crash left ``sending`` may or may not have arrived, and is sent once more."""

    async def expire(self, *, now: datetime) -> int:
        """Puts aside everything waiting that no longer helps; returns how many."""

    async def delayed(self, *, since: datetime, now: datetime) -> Delayed:
        """What became due after ``since`` and has not been sent."""

    def get_ready(self) -> None:
        """Puts into words, before anybody waits, what a broadcast asks for each dozen of its messages."""

    async def next_due_at(self) -> datetime | None:
        """When the next waiting notice is due; None where none waits."""

    async def counts(self) -> Mapping[NoticeState, int]:
        """How many notices there are in each state."""
