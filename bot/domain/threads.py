"""A conversation between those of a school (or one person) and those above them, about one matter or about anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import DomainError
from bot.domain.ids import AssignmentId, PersonId, ThreadId, ThreadMessageId, UnitId
from bot.domain.network import Actor


class ThreadState(StrEnum):
    """A draft is what somebody wrote without saying what it is about: nobody else sees it."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class FileKind(StrEnum):
    """What the messenger carries beside words; each is sent again as what it was."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    VIDEO = "video"
    AUDIO = "audio"
    ROUND = "round"
    ANIMATION = "animation"


class Side(StrEnum):
    """Who speaks: those who owe and ask, or those above them."""

    BELOW = "below"
    ABOVE = "above"

    @property
    def other(self) -> Side:
        return Side.ABOVE if self is Side.BELOW else Side.BELOW


class ThreadClosedError(DomainError):
    """The question is closed: it goes on only once somebody says so."""

    def __init__(self, thread_id: ThreadId) -> None:
        super().__init__(f"thread {thread_id} is closed")
        self.thread_id = thread_id


class DraftGoneError(DomainError):
    """What was written has been sent already, or taken back."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file by the messenger's own id."""

    kind: FileKind
    file_id: str = field(repr=False)
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What one message brings: words, a file, or a file with words."""

    text: str | None = field(default=None, repr=False)
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """``person_id``: the one who speaks for himself; None where all coordinators of the unit speak for it.

    ``unit_id`` is None for somebody who stands in no unit: above him is the owner.
    """

    id: ThreadId
    state: ThreadState
    unit_id: UnitId | None
    unit_path: str | None
    unit_title: str
    person_id: PersonId | None
    assignment_id: AssignmentId | None
    opened_by: PersonId
    opened_at: datetime

    @property
    def is_closed(self) -> bool:
        return self.state is ThreadState.CLOSED


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """``person_name`` is empty for who was erased; his words are gone with it."""

    id: ThreadMessageId
    thread_id: ThreadId
    person_id: PersonId
    person_name: str
    side: Side
    said: Said
    written_at: datetime


def side_of(actor: Actor, thread: Thread) -> Side | None:
    """On which side of the thread the actor stands now; None where it is no business of his.

    Who has left the school, or has been moved out of the part above it, sees it no more.
    """
    me = actor.person.id
    if thread.state is ThreadState.DRAFT:
        return Side.BELOW if thread.opened_by == me else None
    if thread.person_id == me:
        return Side.BELOW
    if thread.person_id is None and any(unit.id == thread.unit_id for unit in actor.coordinated):
        return Side.BELOW
    if thread.unit_path is None:
        return Side.ABOVE if actor.is_owner else None
    return Side.ABOVE if actor.can_manage(thread.unit_path) else None
