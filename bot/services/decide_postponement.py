"""A coordinator above grants another term, refuses it, or names a day of his own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.errors import NotFoundError
from bot.domain.ids import AssignmentRequestId
from bot.domain.matters import Matter, OccurrenceState
from bot.domain.names import one_line
from bot.domain.network import Actor
from bot.domain.own_terms import ensure_ahead, ensure_later, own_due_at, read_wanted
from bot.domain.reviewing import AssignmentRequest, AssignmentRequestState, may_decide
from bot.ports.storage import Storage, Stores
from bot.services.accept_reply import MatterClosedError
from bot.services.refresh_messages import Change, refresh_standing
from bot.services.request_postponement import today_of
from bot.services.tell_school import tell_school


@dataclass(frozen=True, slots=True)
class RequestView:
    """``is_new``: it was decided just now, by this actor; else it stands as somebody decided it before."""

    request: AssignmentRequest
    matter: Matter
    is_new: bool = False


async def read_postponement(storage: Storage, *, actor: Actor, request_id: AssignmentRequestId) -> RequestView:
    """The request as it stands, for who may decide it. Raises NotFoundError."""
    async with storage.read() as tx:
        return await _view(tx, actor, request_id)


async def understand_granted(
    storage: Storage, *, actor: Actor, request_id: AssignmentRequestId, words: str, now: datetime
) -> date:
    """The day that the coordinator typed. Raises NotFoundError, TermNotReadError, TermPastError, TermNoLaterError."""
    view = await read_postponement(storage, actor=actor, request_id=request_id)
    granted = read_wanted(one_line(words), today=today_of(view.matter, now), since=view.matter.due_on)
    ensure_later(granted, due_on=view.matter.due_on)
    return granted


async def decide_postponement(
    storage: Storage, *, actor: Actor, request_id: AssignmentRequestId, granted_on: date | None, now: datetime
) -> RequestView:
    """Grants until ``granted_on``, or refuses (None): whoever decides first. The school is told, its ladder replanned.

    Raises NotFoundError, MatterClosedError (nobody owes it any more), and for a day that is no term any more
    TermPastError and TermNoLaterError.
    """
    async with storage.write() as tx:
        return await decide_in(tx, actor, await _view(tx, actor, request_id), granted_on, now=now)


async def decide_in(
    tx: Stores, actor: Actor, view: RequestView, granted_on: date | None, *, now: datetime
) -> RequestView:
    """The same inside the caller's transaction, who has seen that the actor may decide it."""
    request, matter = view.request, view.matter
    if request.state is not AssignmentRequestState.WAITING:
        return view
    if matter.state is not OccurrenceState.OPEN or matter.is_withdrawn:
        raise MatterClosedError(f"assignment {matter.assignment.id} is closed")
    if granted_on is not None:
        _ensure_term(matter, granted_on, now)
    state = AssignmentRequestState.REFUSED if granted_on is None else AssignmentRequestState.GRANTED
    by = actor.person.id
    if not await tx.reviews.settle_request(request.id, state, decided_by=by, now=now, granted_on=granted_on):
        return await _view(tx, actor, request.id)
    if granted_on is not None:
        await move_term(tx, matter, granted_on, now=now)
    told = {"event": "postponement_decided", "postponement": request.id}
    await tell_school(tx, matter, key=f"postponed:{request.id}", detail=told, now=now)
    change = Change.REFUSED if granted_on is None else Change.TERM
    await refresh_standing(tx, [matter.assignment.id], change, now=now)
    detail = {"assignment": matter.assignment.id, "until": granted_on and granted_on.isoformat()}
    unit_id = matter.assignment.unit_id
    await tx.audit.record(f"postponement {state.value}", by=by, unit_id=unit_id, detail=detail, now=now)
    decided = await _view(tx, actor, request.id)
    return RequestView(decided.request, decided.matter, is_new=True)


async def move_term(tx: Stores, matter: Matter, due_on: date, *, now: datetime) -> None:
    """Its own term from now on, and its reminders move with it. Raises TermPastError, TermNoLaterError."""
    _ensure_term(matter, due_on, now)
    due_at = own_due_at(due_on, ZoneInfo(matter.timezone))
    await tx.reviews.set_term(matter.assignment.id, due_at=due_at, due_on=due_on, now=now)


def _ensure_term(matter: Matter, due_on: date, now: datetime) -> None:
    ensure_ahead(due_on, today=today_of(matter, now))
    ensure_later(due_on, due_on=matter.due_on)


async def _view(tx: Stores, actor: Actor, request_id: AssignmentRequestId) -> RequestView:
    request = await tx.reviews.request(request_id)
    matter = None if request is None else await tx.replies.matter(request.assignment_id)
    unit = None if matter is None else await tx.units.get(matter.assignment.unit_id)
    if request is None or matter is None or unit is None:
        raise NotFoundError(f"no request {request_id}")
    if not may_decide(actor, unit_path=unit.path, owed_by=matter.assignment.person_id):
        raise NotFoundError(f"request {request_id} for person {actor.person.id}")
    return RequestView(request, matter)
