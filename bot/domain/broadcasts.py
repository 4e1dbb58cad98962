"""A broadcast: something that a person sends to many, watched by him until the last message has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ActivityId, BroadcastId, DocumentId, PersonId, SeriesId, UnitId

LEAST_SHOWN = 30
"""Messages: fewer have left before their sender could read how far they are."""


class BroadcastKind(StrEnum):
    """What is sent."""

    EVENT = "event"
    PLAN = "plan"
    TASK = "task"
    SELECTION = "selection"
    CALL = "call"
    NUDGE = "nudge"
    DECISIONS = "decisions"
    MATERIALS = "materials"
    MOVED = "moved"
    CALLED_OFF = "called-off"
    ENDED = "ended"  # a call or a selection takes nothing more
    CHANGED = "changed"


NEWS = frozenset({BroadcastKind.MOVED, BroadcastKind.CALLED_OFF, BroadcastKind.ENDED, BroadcastKind.CHANGED})
"""That something is not as it was told. A half-told change is worse than either: its sender watches it and no more."""


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """Announces an activity, a series or a document's plan; of no such thing its notices name it one by one."""

    kind: BroadcastKind
    title: str
    by: PersonId
    unit_id: UnitId | None
    activity_id: ActivityId | None = None
    series_id: SeriesId | None = None
    document_id: DocumentId | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """``message_id``: the message that shows how far it is, with what it ``shown``; ``stopped_at``: paused since."""

    id: BroadcastId
    kind: BroadcastKind
    title: str
    by: PersonId
    unit_id: UnitId | None
    stopped_at: datetime | None = None
    ended_at: datetime | None = None
    message_id: int | None = None
    shown: str | None = None

    @property
    def can_be_paused(self) -> bool:
        return self.kind not in NEWS

    @property
    def can_be_dropped(self) -> bool:
        """Whether it may be ended half-way. Of what was opened, decided or handed out everybody hears sooner or later:
        that is called off, not dropped."""
        return self.kind is BroadcastKind.NUDGE


@dataclass(frozen=True, slots=True)
class Flight:
    """How far it has come: ``gone`` of ``total`` messages have left, ``failed`` more could not arrive.

    ``is_planned``: False while its messages are not all written. ``later``: how many of those that wait are not due
    yet, for it is night where they go.
    """

    gone: int
    total: int
    stopped_at: datetime | None
    is_planned: bool
    failed: int = 0
    later: int = 0

    @property
    def waiting(self) -> int:
        return self.total - self.gone

    @property
    def is_over(self) -> bool:
        """A paused one is not, even where nothing waits: it holds newcomers too, until it is resumed."""
        return self.is_planned and self.waiting <= 0 and self.stopped_at is None

    @property
    def is_resting(self) -> bool:
        """Nothing of it is due: it is night wherever it still goes, or it is held."""
        return self.is_planned and not self.is_over and self.waiting == self.later

    @property
    def mark(self) -> str:
        """Names exactly what a message about it says."""
        standing = "over" if self.is_over else "stopped" if self.stopped_at else "going"
        return f"{standing} {self.gone} {self.total} {self.failed} {self.later}"
