"""«Прошу перенести до …»: a school asks its coordinator for another term of one matter, and may take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.calendar import WorkCalendar
from bot.domain.delivery import NoticeKind
from bot.domain.errors import DomainError, NotFoundError
from bot.domain.ids import AssignmentId, AssignmentRequestId, PersonId
from bot.domain.matters import MAX_REPLY_TEXT, ActivityKind, Matter
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import ensure_ahead, ensure_later, proposed_terms, read_wanted
from bot.domain.reviewing import AssignmentRequest, AssignmentRequestState
from bot.ports.notices import NewNotice
from bot.ports.reviews import NewAssignmentRequest
from bot.ports.storage import Storage, Stores
from bot.services.accept_reply import MatterClosedError, ReplyTooLongError
from bot.services.follow_review import HELPS_FOR, ask_apart, deciders_of
from bot.services.refresh_messages import Change, refresh_standing


class NothingToPostponeError(MatterClosedError):
    """The matter is an event, or a final answer was given: no term is left to move."""


class AskedAlreadyError(DomainError):
    """Somebody of the school has asked for another term, and the coordinator has not decided yet."""

    def __init__(self, request: AssignmentRequest) -> None:
        super().__init__(f"request {request.id} waits")
        self.request = request


class RequestDecidedError(DomainError):
    """The request waits no more: it was decided, or taken back."""

    def __init__(self, request: AssignmentRequest) -> None:
        super().__init__(f"request {request.id} is {request.state}")
        self.request = request


@dataclass(frozen=True, slots=True)
class Proposal:
    """Dates to choose from in one tap."""

    matter: Matter
    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class AskedPostponement:
    """``deciders``: how many coordinators were told; with none of them in the bot it waits in their list."""

    matter: Matter
    request: AssignmentRequest
    deciders: int
    is_repeat: bool = False


async def propose_terms(storage: Storage, *, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Proposal:
    """Raises NotFoundError, MatterClosedError (NothingToPostponeError), AskedAlreadyError."""
    async with storage.read() as tx:
        matter = await _postponable(tx, actor, assignment_id, now)
    return Proposal(matter, proposed_terms(matter.due_on, today=today_of(matter, now), days=WorkCalendar()))


async def understand_wanted(
    storage: Storage, *, actor: Actor, assignment_id: AssignmentId, words: str, now: datetime
) -> date:
    """The day that the words ask for.

    Raises TermNotReadError, TermPastError, TermNoLaterError, and what ``propose_terms`` raises.
    """
    async with storage.read() as tx:
        matter = await _postponable(tx, actor, assignment_id, now)
    wanted = read_wanted(one_line(words), today=today_of(matter, now), since=matter.due_on)
    ensure_later(wanted, due_on=matter.due_on)
    return wanted


async def ask_postponement(
    storage: Storage,
    *,
    actor: Actor,
    assignment_id: AssignmentId,
    wanted_on: date,
    phrase: str | None,
    reason: str | None,
    source: str,
    now: datetime,
) -> AskedPostponement:
    """Stores the request and tells the coordinators above, in one transaction; reminders go on as before.

    Handling the same update again asks once. Raises as ``understand_wanted``, and ReplyTooLongError.
    """
    reason = one_line(reason or "") or None
    if reason is not None and len(reason) > MAX_REPLY_TEXT:
        raise ReplyTooLongError(len(reason))
    async with storage.write() as tx:
        known = await tx.reviews.request_of(source)
        if known is not None:
            return await _asked_before(tx, known)
        matter = await _postponable(tx, actor, assignment_id, now)
        ensure_ahead(wanted_on, today=today_of(matter, now))
        ensure_later(wanted_on, due_on=matter.due_on)
        new = NewAssignmentRequest(assignment_id, wanted_on, actor.person.id, now, source, phrase, reason)
        request_id = await tx.reviews.add_request(new)
        deciders = await deciders_of(tx, matter, actor)
        await ask_apart(tx, matter, deciders, lambda person_id: _asked(matter, request_id, person_id, now), now=now)
        await refresh_standing(tx, [assignment_id], Change.ASKED, besides=actor.person.id, now=now)
        request = await tx.reviews.request(request_id)
        changed = await tx.replies.matter(assignment_id)
        assert request is not None, "it was stored in this very transaction"
        assert changed is not None, "and its matter was read there"
        return AskedPostponement(changed, request, len(deciders))


async def withdraw_postponement(
    storage: Storage, *, actor: Actor, request_id: AssignmentRequestId, now: datetime
) -> Matter:
    """«Отозвать просьбу», by anybody who answers for the matter. Raises NotFoundError, RequestDecidedError."""
    async with storage.write() as tx:
        request = await tx.reviews.request(request_id)
        matter = None if request is None else await tx.replies.matter(request.assignment_id)
        if request is None or matter is None or not matter.assignment.can_be_answered_by(actor):
            raise NotFoundError(f"request {request_id} for person {actor.person.id}")
        state = AssignmentRequestState.WITHDRAWN
        if not await tx.reviews.settle_request(request_id, state, decided_by=actor.person.id, now=now):
            raise RequestDecidedError(request)
        await refresh_standing(tx, [request.assignment_id], Change.UNASKED, besides=actor.person.id, now=now)
        changed = await tx.replies.matter(request.assignment_id)
        assert changed is not None, "it was read in this very transaction"
        return changed


def today_of(matter: Matter, now: datetime) -> date:
    """The day on the clock of the term."""
    return now.astimezone(ZoneInfo(matter.timezone)).date()


def _asked(matter: Matter, request_id: AssignmentRequestId, person_id: PersonId, now: datetime) -> NewNotice:
    return NewNotice(
        key=f"postpone:{request_id}:{person_id}",
        person_id=person_id,
        kind=NoticeKind.INFO,
        due_at=now,
        expires_at=now + HELPS_FOR,
        unit_id=matter.assignment.unit_id,
        detail={"event": "postponement", "postponement": request_id},
    )


async def _asked_before(tx: Stores, request_id: AssignmentRequestId) -> AskedPostponement:
    request = await tx.reviews.request(request_id)
    assert request is not None, "it was found by its source"
    matter = await tx.replies.matter(request.assignment_id)
    assert matter is not None, "a request belongs to a matter"
    return AskedPostponement(matter, request, deciders=1, is_repeat=True)


async def _postponable(tx: Stores, actor: Actor, assignment_id: AssignmentId, now: datetime) -> Matter:
    matter = await tx.replies.matter(assignment_id)
    if matter is None or not matter.assignment.can_be_answered_by(actor):
        raise NotFoundError(f"assignment {assignment_id} for person {actor.person.id}")
    zone = ZoneInfo(matter.timezone)
    if matter.kind is not ActivityKind.TASK or not matter.is_open:
        raise NothingToPostponeError(f"assignment {assignment_id} is answered or no task")
    if not matter.takes_answers(now.astimezone(zone).date(), zone):
        raise MatterClosedError(f"assignment {assignment_id} is closed")
    waiting = await tx.reviews.waiting_request(assignment_id)
    if waiting is not None:
        raise AskedAlreadyError(waiting)
    return matter
